// The sky behind a subframe: between the skies of two moments, with stars, moon, sun and lightning in
// full size.
#vertex
in vec2 place;
uniform mat4 inverseVP;
uniform mat4 skyVP;
uniform mat4 nextVP;
uniform vec3 eye;
out vec3 ray;
out vec3 now;
out vec3 next;
void main() {
    vec4 far = inverseVP * vec4(place, 1.0, 1.0);
    ray = far.xyz / far.w - eye;
    now = (skyVP * vec4(ray, 0.0)).xyw;
    next = (nextVP * vec4(ray, 0.0)).xyw;
    gl_Position = vec4(place, 0.99999, 1.0);
}
#fragment
#include common
in vec3 ray;
in vec3 now;
in vec3 next;
uniform float share;
uniform float margin;
uniform sampler2D later;
uniform sampler2D dome;
uniform sampler2D noise;
uniform float pixels;
uniform float stars;
uniform vec3 sunSeen;
uniform vec3 sunDisc;
uniform vec3 moonSeen;
uniform vec3 moonDisc;
uniform vec3 moonHalo;
uniform float level;
out vec4 pixel;

float hash(vec2 q) {
    vec3 p = fract(vec3(q.xyx) * 0.1031);
    p += dot(p, p.yzx + 33.33);
    return fract((p.x + p.y) * p.z);
}

vec3 starlight(vec3 d) {
    float scale = 120.0;
    vec2 q = d.xy / (1.0 + d.z) * scale;
    vec2 cell = floor(q);
    float h = hash(cell);
    if (h < 0.42) return vec3(0.0);
    vec2 at = cell + 0.2 + 0.6 * vec2(hash(cell + 17.3), hash(cell + 51.9));
    float k = (h - 0.42) / 0.58;
    float bright = 0.010 + 0.75 * pow(k, 40.0) + 0.10 * pow(k, 9.0);
    float away = length(q - at) * (pixels * 2.1 / scale);
    vec3 tint = mix(vec3(1.0, 0.86, 0.70), vec3(0.78, 0.88, 1.0), hash(cell + 7.7));
    return tint * (bright * exp(-away * away * 1.1) * smoothstep(0.0, 0.35, d.z));
}

vec3 moonlit(vec3 d) {
    float c = dot(d, moonSeen);
    if (c < 0.96) return vec3(0.0);
    vec3 halo = moonHalo * (0.10 * pow(c, 220.0) + 0.9 * pow(c, 9000.0));
    float radius = 0.0050;
    vec3 side = normalize(cross(moonSeen, vec3(0.0, 0.0, 1.0))), up = cross(side, moonSeen);
    vec2 at = vec2(dot(d, side), dot(d, up)) / radius;
    float r = length(at);
    float rim = 1.0 - smoothstep(1.0 - 2.0 / (radius * pixels), 1.0, r);
    if (rim <= 0.0) return halo;
    vec3 n = side * at.x + up * at.y - moonSeen * sqrt(max(0.0, 1.0 - r * r));
    float lit = smoothstep(-0.03, 0.12, dot(n, sunSeen));
    float seas = 0.72 + 0.42 * smoothstep(0.40, 0.60, texture(noise, at * 0.045 + 0.4).r);
    return halo + moonDisc * (rim * lit * seas);
}

// A channel from cloud to ground: two wandering lines about the heading of the flash.
float bolt(vec3 d) {
    vec2 way = d.xy / max(length(d.xy), 1e-4);
    if (dot(way, flash.xy) < 0.8 || d.z > 0.42) return 0.0;
    float across = way.x * flash.y - way.y * flash.x, up = d.z;
    float seed = fract(flash.x * 37.7 + flash.y * 91.3);
    float line = 0.16 * (textureLod(noise, vec2(up * 0.23, seed), 0.0).r - 0.5)
        + 0.040 * (textureLod(noise, vec2(up * 0.9, seed + 0.3), 0.0).r - 0.5)
        + 0.014 * (textureLod(noise, vec2(up * 3.3, seed + 0.6), 0.0).r - 0.5);
    float split = max(0.0, 0.16 - up);
    float other = line + split * (0.55 + 0.5 * (textureLod(noise, vec2(up * 1.1, seed + 0.8), 0.0).r - 0.5));
    float size = pixels * 0.95;
    float one = exp(-pow(abs(across - line) * size, 2.0));
    float two = 0.35 * exp(-pow(abs(across - other) * size * 1.4, 2.0)) * step(up, 0.16) * step(0.05, up);
    return (one + two) * smoothstep(0.42, 0.30, up);
}

void main() {
    vec3 d = normalize(ray);
    vec4 s = texture(dome, now.xy / (now.z * margin) * 0.5 + 0.5);
    if (share > 0.0) s = mix(s, texture(later, next.xy / (next.z * margin) * 0.5 + 0.5), share);
    vec3 c = s.rgb;
    if (stars > 0.01 && d.z > 0.0 && s.a > 0.04) c += starlight(d) * (stars * s.a * s.a);
    if (sunDisc.r > 0.0) {
        vec3 off = d - sunSeen;
        c += sunDisc * ((1.0 - smoothstep(1.76e-5, 2.70e-5, dot(off, off))) * s.a);
    }
    if (moonDisc.r > 0.0) c += moonlit(d) * s.a;
    if (flash.z > 0.0) {
        // Cloud is where the sky is not open; its own structure shows in the light.
        float cloud = 0.35 + 0.65 * (1.0 - s.a);
        float shape = clamp(dot(s.rgb, vec3(0.33)) / level, 0.4, 2.2);
        c += flashed(d) * (cloud * shape * shape * 0.8);
        c += vec3(0.8, 0.85, 1.0) * (flash.w * bolt(d));
    }
    pixel = vec4(c, 1.0);
}
