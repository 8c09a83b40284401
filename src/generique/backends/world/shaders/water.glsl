// Water: sky and land mirrored in waves, the bed seen through it, foam at the shore, or ice.
#vertex
#include common
#include pass_vertex
in vec2 place;
uniform float level;
out vec3 at;
out float seen;
out vec3 air;
void main() {
    at = vec3(place + eye.xy, level);
    seen = receded(clearness(at), at);
    air = hazeTowards(at);
    passOn(at, at, vec3(0.0, 0.0, 1.0), OWNER_WATER);
    gl_Position = VP * vec4(at, 1.0);
}
#fragment
#include pass_fragment
#include common
#include skylight
#include waves
#include beacon
in vec3 at;
in float seen;
in vec3 air;
uniform sampler2D noise;
uniform sampler2D lightMap;
uniform sampler2D mirror;
uniform vec2 screen;
uniform vec3 right;
uniform vec3 deep;
uniform float dim;
uniform float swell;
uniform float mist;
uniform float snowCover;
uniform vec3 ambient;
uniform vec3 sun;
uniform vec3 sunWay;
out vec4 pixel;

// Banks of fog are finer than the cells of the net.
#ifdef FOG
#define SEEN receded(clearness(at), at)
#else
#define SEEN seen
#endif

// The sky without its clouds.
vec3 firmament(vec3 d) {
    vec3 edge = haze * farHaze + glowed(glowing(d.xy)) * 0.45;
    return mix(clearSky(d), edge, exp(-max(d.z, 0.0) * 17.0));
}

// The mirrored picture, drawn out along the line of sight by waves that are not seen singly.
vec3 mirrored(vec2 s, float sigma) {
    vec2 ahead = vec2(-right.y, right.x);
    vec2 shift = vec2(dot(s, right.xy), dot(s, ahead)) * vec2(0.10, 0.30);
    // Waves that cannot be seen singly show their near sides: they mirror what is higher up.
    vec2 uv = gl_FragCoord.xy / screen + shift - vec2(0.0, 0.55 * sigma);
    vec3 c = vec3(0.0);
    float reach = 0.42 * sigma;
    for (int i = -2; i <= 2; i++) {
        float k = float(i) * 0.5;
        c += texture(mirror, uv + vec2(0.0, k * reach)).rgb * (0.30 - 0.10 * abs(k) - 0.025 * k * k);
    }
    return c / 1.18;
}

// Foam: a broken fringe at the shore, and on a coast swell that breaks in bands before it.
float foam(vec2 bed, float height) {
    float rough = texture(noise, at.xy * 0.083 + vec2(0.013, 0.007) * seconds).r;
    float broad = texture(noise, at.xy * 0.011).r;
    float strong = clamp(swell + 0.05 * max(blow - 3.0, 0.0) * longest, 0.0, 1.0);
    float wash = 0.5 + 0.5 * sin(seconds * 0.7 + broad * 14.0);
    float reach = (0.25 + 6.0 * strong) * (0.5 + 0.7 * wash * strong + 0.5 * broad);
    float fringe = smoothstep(reach, 0.1 * reach, bed.y) * smoothstep(0.26, 0.62, rough + 0.28 * (1.0 - bed.y / (reach + 0.01)));
    float bands = 0.0;
#ifdef SURF
    {
        float phase = bed.y / 15.0 + seconds * 0.16 + 1.4 * broad;
        float crest = fract(phase);
        float line = smoothstep(0.0, 0.07, crest) * (1.0 - smoothstep(0.07, 0.42, crest));
        float broken = smoothstep(0.46, 0.64, texture(noise, at.xy * 0.019 + floor(phase) * 0.37).r);
        float zone = smoothstep(62.0, 12.0, bed.y) * smoothstep(-7.5, -1.0, bed.x);
        bands = line * broken * zone * strong * 1.7 * smoothstep(0.22, 0.66, rough + 0.35 * line);
    }
#endif
    float caps = longest * smoothstep(6.0, 15.0, blow);
    caps *= smoothstep(1.75 - 0.5 * caps, 2.3, height) * smoothstep(0.35, 0.6, rough);
    return clamp(fringe * (0.35 + 0.65 * strong) + bands + caps, 0.0, 1.0);
}

void main() {
    passOut();
    vec3 to = eye - at;
    float away = length(to);
    vec3 v = to / away;
    vec2 bed = bedBelow(at.xy);
    float depth = max(-bed.x, 0.0);
    vec3 day = ambient + flashLight + sun * max(sunWay.z, 0.0);
    if (beamCount > 0) day += swept(at, vec3(0.0, 0.0, 1.0)) * 0.31831;
#ifdef FROZEN
    {
        float wide = texture(noise, at.xy / 210.0).r, fine = texture(noise, at.xy / 31.0 + 0.3).r;
        float lying = smoothstep(0.40, 0.58, 0.6 * wide + 0.4 * fine + 0.35 * (snowCover - 0.55));
        vec2 uv = (at.xy - origin) / extent;
        vec2 gap = min(uv, 1.0 - uv) * extent;
        vec3 e = mix(day, texture(lightMap, uv).rgb * 0.31831, smoothstep(0.0, 30.0, min(gap.x, gap.y)));
        vec3 ice = mix(vec3(0.055, 0.075, 0.085), vec3(0.20, 0.22, 0.23), fine) * e;
        float f = 0.4 * fresnel(v.z, 0.02);
        ice = mix(ice, clearSky(normalize(vec3(-v.xy, v.z + 0.1))), f);
        vec3 white = vec3(0.76, 0.79, 0.84) * (0.90 + 0.2 * (fine - 0.5)) * e;
        pixel = vec4(mix(air, mix(ice, white, lying), SEEN), 1.0);
    }
#else
    // Sheltered from waves near the shore, and in patches where gusts do not reach.
    float gust = texture(noise, at.xy / 640.0 + vec2(0.004, 0.002) * seconds).r;
    float calm = mix(0.35, 1.0, smoothstep(0.0, 30.0, bed.y)) * mix(0.55, 1.35, gust);
    float unseen;
    vec3 wave = rippled(at.xy, away, v.z, calm, unseen);
    float sigma = sqrt(unseen);
    vec3 n = normalize(vec3(-wave.xy, 1.0));
    float f = fresnel(max(dot(n, v), 0.02), unseen);
    vec3 r = reflect(-v, n);
    r.z = abs(r.z) + 0.7 * sigma;
    vec3 sky = firmament(normalize(r));
#ifdef LAND
    float share = smoothstep(0.20, 0.10, sqrt(slope * calm));
#else
    float share = 0.0;
#endif
    sky = mix(sky, mirrored(wave.xy, sigma), max(share, 0.40));
    vec3 c = sky * f;
    c += sun * (3.14159 * glitter(v, sunWay, wave.xy, max(unseen, 0.0006)));
    float thick = depth / max(v.z, 0.25) * 0.6 + depth * 0.4;
    float body = 1.0 - exp(-thick * dim);
    vec3 shallow = deep * 2.2 + vec3(0.010, 0.030, 0.026);
    vec3 inner = mix(shallow, deep, 1.0 - exp(-depth * dim * 0.5)) * day;
    c += inner * body * (1.0 - f);
    float clear = (1.0 - body) * (1.0 - f);
    float white = foam(bed, wave.z);
    c = mix(c, vec3(0.66, 0.69, 0.71) * day * (0.75 + 0.5 * max(n.y + n.x, 0.0)), white * 0.9);
    clear *= 1.0 - white;
    // A soft edge: the last hand's breadth of water is a film.
    float film = smoothstep(0.0, 0.10, depth + 0.02 * away / 100.0);
    float cover = (1.0 - clear) * film;
    float open = SEEN, clearer = open;
#ifdef MIST
    {
        // Mist lies on the water in banks that drift: what is seen of it grows with the way through.
        vec2 q = at.xy / 190.0 + vec2(0.0016, 0.0009) * seconds;
        float banks = 0.6 * texture(noise, q).r + 0.4 * texture(noise, q * 3.3 + vec2(-0.004, 0.002) * seconds).r;
        float thin = smoothstep(0.30, 0.66, banks) * mist * smoothstep(-2.0, 10.0, bed.y);
        clearer *= exp(-thin * min(1.4 / max(v.z, 0.02), 30.0) * 0.09);
    }
#endif
    vec3 veil = mix(air, day * 0.95, step(clearer, open - 1e-4) * (open - clearer) / max(1.0 - clearer, 1e-3));
    pixel = vec4(c * film * clearer + veil * ((1.0 - clearer) * cover), cover);
#endif
}
