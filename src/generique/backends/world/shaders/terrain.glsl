// The relief: maps of the place inside its bounds, a rule for the land beyond, rock where steep.
#vertex
#include common
#include pass_vertex
in vec3 place;
in vec3 facing;
out vec3 at;
out vec3 up;
out float seen;
out vec3 air;
void main() {
    at = place;
    up = facing;
    seen = receded(clearness(at), at);
    air = hazeTowards(at);
    passOn(at, at, facing, OWNER_GROUND);
    gl_Position = VP * vec4(at, 1.0);
}
#fragment
#include pass_fragment
#include common
#include headlights
#include beacon
in vec3 at;
in vec3 up;
in float seen;
in vec3 air;
uniform sampler2D albedoMap;
uniform sampler2D lightMap;
uniform sampler2D noise;
uniform vec2 origin;
uniform float extent;
uniform float beyond;
uniform vec3 lowCover;
uniform vec3 highCover;
uniform vec3 needles;
uniform vec3 leavesOne;
uniform vec3 leavesTwo;
uniform float leafy;
uniform vec3 rock;
uniform float change;
uniform float woods;
uniform float snowLine;
uniform float shore;
uniform float snowCover;
uniform vec3 ambient;
uniform vec3 sun;
uniform vec3 sunWay;
out vec4 pixel;

#ifdef NEAR
#include near
#endif
// Banks of fog are finer than the triangles of the land.
#ifdef FOG
#define SEEN receded(clearness(at), at)
#else
#define SEEN seen
#endif

const vec3 SNOW = vec3(0.78, 0.80, 0.84);

// Rock by where it lies in space, so that nothing is drawn out down a cliff: beds and cracks.
vec3 cliff(vec3 n, out float relief) {
    vec3 w = n * n;
    vec2 side = abs(n.x) > abs(n.y) ? at.yz : at.xz;
    float broad = texture(noise, at.xy * 0.0021).r;
    float warp = at.z + 9.0 * (broad - 0.5) + 0.03 * (at.x + at.y);
    float bed = texture(noise, vec2(warp * 0.021, 0.13 + broad * 0.1)).r;
    float seam = texture(noise, vec2(warp * 0.11, 0.6)).r;
    float fine = texture(noise, side * vec2(0.045, 0.09)).r;
    float crack = texture(noise, side * vec2(0.16, 0.035) + 0.4).r;
    float joint = texture(noise, side * vec2(0.055, 0.009) + 0.8).r;
    relief = (bed - 0.5) * 1.1 + (seam - 0.5) * 1.3 + (fine - 0.5) * 1.0 + (crack - 0.5) * 1.2;
    relief -= 1.5 * smoothstep(0.42, 0.26, joint) + 0.9 * smoothstep(0.40, 0.30, seam);
    vec3 tone = mix(vec3(0.84, 0.92, 1.02), vec3(1.14, 1.0, 0.82), bed);
    return rock * tone * clamp(0.86 + relief, 0.22, 1.75);
}

float rib(vec2 q) { return texture(noise, q).r + 0.45 * texture(noise, q * 3.1 + 0.3).r; }

// Ribs and gullies of high ground that are finer than its triangles.
vec3 crags(vec3 n, float much) {
    vec2 q = at.xy / 1100.0, e = vec2(0.005, 0.0);
    float h = rib(q);
    vec2 bump = vec2(rib(q + e.xy), rib(q + e.yx)) - h;
    return normalize(n - vec3(bump * 5.0 * much, 0.0));
}

// What covers the land that no map shows.
vec3 covered(vec3 n, float level, inout float wooded) {
    float wide = texture(noise, at.xy / 5300.0).r;
    float patches = texture(noise, at.xy.yx / 760.0 + 0.37).r;
    float small = texture(noise, at.xy / 130.0 + 0.71).r;
    float grain = texture(noise, at.xy / 23.0).r;
    float high = smoothstep(0.9, 1.1, at.z / change + 0.5 * (patches - 0.5));
    vec3 open = mix(lowCover, highCover, high) * (0.72 + 0.34 * patches + 0.22 * small);
    open *= 0.84 + 0.32 * grain;
    float mask = 0.42 * wide + 0.40 * patches + 0.18 * small;
    float limit = mix(0.66, 0.34, woods) + 0.30 * high + 0.30 * smoothstep(2.5, 0.3, level);
    wooded = smoothstep(limit - 0.012, limit + 0.012, mask) * step(0.001, woods);
    float crown = texture(noise, at.xy / 47.0 + 0.2).r;
    float pick = 0.55 * crown + 0.45 * texture(noise, at.yx / 61.0 + 0.55).r + 0.5 * (small - 0.5);
    float leaves = smoothstep(-0.05, 0.05, leafy * 1.1 - 0.05 - (0.78 - pick) / 0.56);
    vec3 tint = mix(needles, mix(leavesOne, leavesTwo, smoothstep(0.35, 0.65, grain)), leaves);
    vec3 wood = tint * (0.45 + 0.75 * crown + 0.35 * (grain - 0.5) + 0.25 * (patches - 0.5));
    return mix(open, wood, wooded);
}

void main() {
    passOut();
#ifdef NEAR
    vec3 sight = at - eye;
    float away = length(sight), foot = footOf(sight, away);
    vec2 uv = (frayed(at.xy, foot) - origin) / extent;
#else
    vec2 uv = (at.xy - origin) / extent;
#endif
    vec2 gap = min(uv, 1.0 - uv) * extent;
    float edge = min(gap.x, gap.y);
#if defined(MAPS) && defined(RULE)
    float own = beyond > 0.5 ? smoothstep(0.0, 30.0, edge) : 1.0;
#elif defined(MAPS)
    float own = 1.0;
#else
    float own = 0.0;
#endif
    vec3 n = normalize(up);
    float rough = texture(noise, at.xy * 0.013).r - 0.5;
    vec3 albedo = vec3(0.0), light = vec3(0.0);
    float gloss = 0.0;
    vec2 fold = 1.0 - abs(mod(uv, 2.0) - 1.0);
#ifdef MAPS
    vec4 map = texture(albedoMap, fold, -0.8);
#ifdef NEAR
    map.rgb = crisp(map.rgb, fold, away);
#endif
    albedo = map.rgb * map.rgb * (0.80 + 0.40 * texture(noise, at.xy * 0.11).r);
    light = texture(lightMap, fold, -0.5).rgb;
    gloss = map.a;
#endif
#ifdef RULE
    float wooded = 0.0;
    vec3 rule = covered(n, at.z - shore, wooded);
    float craggy = smoothstep(0.45, 1.1, at.z / change);
    vec3 m = craggy > 0.0 ? crags(n, craggy) : n;
    float lying = snowCover * smoothstep(0.62, 0.80, n.z + 0.3 * rough);
    lying = max(lying, smoothstep(0.94, 1.06, at.z / snowLine + 0.4 * rough));
    lying *= mix(1.0, smoothstep(0.40, 0.66, m.z), craggy);
    rule = mix(rule, SNOW, lying * (1.0 - 0.82 * wooded));
    if (wooded > 0.0) {
        // Crowns stand out of a wood: its surface is rougher than the ground.
        vec2 q = at.xy / 47.0 + 0.2;
        float c = texture(noise, q).r;
        vec2 bump = vec2(texture(noise, q + vec2(0.012, 0.0)).r, texture(noise, q + vec2(0.0, 0.012)).r) - c;
        m = normalize(m - vec3(bump * 5.0, 0.0) * wooded);
    }
    vec2 way = glowWay * max(dot(m.xy, glowWay), 0.0);
    vec3 e = ambient * (0.62 + 0.38 * m.z) + glow * (0.30 * dot(way, way));
    e += sun * max(dot(m, sunWay), 0.0);
    albedo = mix(rule, albedo, own);
    light = mix(e * 3.14159, light, own);
#endif
#ifdef CLIFF
    float steep = smoothstep(0.80, 0.66, n.z + 0.22 * rough);
    float relief;
    vec3 bare = cliff(n, relief);
    float ledge = smoothstep(0.30, 0.62, n.z + 0.20 * relief);
    bare = mix(bare, SNOW, snowCover * ledge * 0.9);
    float wet = smoothstep(2.2, 0.4, at.z - shore + 1.5 * rough);
    bare *= 1.0 - 0.6 * wet;
    albedo = mix(albedo, bare, steep);
#endif
#ifdef NEAR
    albedo = nearGround(albedo, at.xy, away, foot);
#endif
    float beach = smoothstep(0.9, 0.1, at.z - shore + 0.8 * rough);
    albedo *= 1.0 - 0.45 * beach;
    if (headCount > 0) light += headlights(at, n);
    light += flashLight * 3.14159;
    if (beamCount > 0) light += swept(at, n);
    vec3 c = albedo * light * 0.31831;
    float graze = pow(1.0 - max(normalize(eye - at).z, 0.0), 4.0);
    c += gloss * graze * light * (0.10 * own);
    pixel = vec4(mix(air, c, SEEN), 1.0);
}
