// The sky behind a subframe: the sky of the frame, with stars, moon, sun and lightning in full size.
#vertex
in vec2 place;
out vec2 screen;
void main() { screen = place; gl_Position = vec4(place, 0.99999, 1.0); }
#fragment
in vec2 screen;
uniform mat4 inverseVP;
uniform mat4 skyVP;
uniform vec3 eye;
uniform float margin;
uniform sampler2D dome;
uniform sampler2D noise;
uniform float pixels;
uniform float stars;
uniform vec3 sunSeen;
uniform vec3 sunDisc;
uniform vec3 moonSeen;
uniform vec3 moonDisc;
uniform vec3 moonHalo;
uniform vec4 flash;
out vec4 pixel;

float hash(vec2 q) {
    vec3 p = fract(vec3(q.xyx) * 0.1031);
    p += dot(p, p.yzx + 33.33);
    return fract((p.x + p.y) * p.z);
}

vec3 starlight(vec3 d) {
    float scale = 90.0;
    vec2 q = d.xy / (1.0 + d.z) * scale;
    vec2 cell = floor(q);
    float h = hash(cell);
    if (h < 0.42) return vec3(0.0);
    vec2 at = cell + 0.2 + 0.6 * vec2(hash(cell + 17.3), hash(cell + 51.9));
    float k = (h - 0.42) / 0.58;
    float bright = 0.012 + 0.55 * pow(k, 14.0) + 0.06 * pow(k, 4.0);
    float away = length(q - at) * (pixels * 1.7 / scale);
    vec3 tint = mix(vec3(1.0, 0.86, 0.70), vec3(0.78, 0.88, 1.0), hash(cell + 7.7));
    return tint * (bright * exp(-away * away * 1.1) * smoothstep(0.0, 0.35, d.z));
}

vec3 moonlit(vec3 d) {
    float c = dot(d, moonSeen);
    vec3 halo = moonHalo * (0.10 * pow(max(c, 0.0), 220.0) + 0.9 * pow(max(c, 0.0), 9000.0));
    float radius = 0.0050;
    vec3 side = normalize(cross(moonSeen, vec3(0.0, 0.0, 1.0))), up = cross(side, moonSeen);
    vec2 at = vec2(dot(d, side), dot(d, up)) / radius;
    float r = length(at);
    float rim = 1.0 - smoothstep(1.0 - 2.0 / (radius * pixels), 1.0, r);
    if (c < 0.9 || rim <= 0.0) return halo;
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
    float line = 0.10 * (texture(noise, vec2(up * 0.55, seed)).r - 0.5)
        + 0.034 * (texture(noise, vec2(up * 2.6, seed + 0.3)).r - 0.5)
        + 0.012 * (texture(noise, vec2(up * 9.0, seed + 0.6)).r - 0.5);
    float split = max(0.0, 0.16 - up);
    float other = line + split * (0.55 + 0.5 * (texture(noise, vec2(up * 3.0, seed + 0.8)).r - 0.5));
    float size = pixels * 0.5;
    float one = exp(-pow(abs(across - line) * size, 2.0));
    float two = 0.35 * exp(-pow(abs(across - other) * size * 1.4, 2.0)) * step(up, 0.16) * step(0.05, up);
    return (one + two) * smoothstep(0.42, 0.30, up);
}

void main() {
    vec4 far = inverseVP * vec4(screen, 1.0, 1.0);
    vec3 d = normalize(far.xyz / far.w - eye);
    vec4 at = skyVP * vec4(eye + d * 1000.0, 1.0);
    vec4 s = texture(dome, at.xy / at.w / margin * 0.5 + 0.5);
    vec3 c = s.rgb;
    if (stars > 0.01) c += starlight(d) * (stars * s.a * s.a);
    if (max(sunDisc.r, sunDisc.g) > 0.0) {
        float away = acos(min(dot(d, sunSeen), 1.0));
        c += sunDisc * ((1.0 - smoothstep(0.0042, 0.0052, away)) * s.a);
    }
    if (max(moonDisc.r, moonDisc.b) > 0.0) c += moonlit(d) * s.a;
    if (flash.w > 0.0) c += vec3(0.8, 0.85, 1.0) * (flash.w * bolt(d));
    pixel = vec4(c, 1.0);
}
