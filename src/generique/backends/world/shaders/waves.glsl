// The surface of water: slopes of waves that drift, and what is too fine to be seen singly.
uniform sampler2D waves;
uniform sampler2D nearBed;
uniform sampler2D farBed;
uniform vec2 origin;
uniform float extent;
uniform vec2 farOrigin;
uniform float farExtent;
uniform float slope;
uniform float blow;
uniform float longest;
uniform vec2 flow;
uniform float seconds;
uniform float pixels;

const vec2 WIND = vec2(0.925, 0.381);

vec2 turned(vec2 p, float angle) {
    float s = sin(angle), c = cos(angle);
    return vec2(c * p.x + s * p.y, c * p.y - s * p.x);
}

// Slope of one sheet of waves and the share of it that is too fine for a pixel.
vec3 sheet(vec2 p, float angle, float side, float foot, out float lost) {
    float speed = 1.25 * sqrt(side / 12.0);
    vec2 q = turned(p, angle) - vec2(speed * seconds, 0.0);
    vec3 w = texture(waves, q / side + angle, -0.6).rgb;
    float f = foot * 15.0 / side;
    lost = 1.0 - 1.0 / (1.0 + f * f);
    return vec3(turned(w.xy, -angle), w.z);
}

// Slope of the surface (xy), height of its middle waves (z) and unseen mean square slope.
vec3 rippled(vec2 p, float away, float graze, float calm, out float unseen) {
    float wind = atan(WIND.y, WIND.x);
    float foot = away / pixels / max(graze, 0.03);
    vec2 drifted = p - flow * seconds;
    vec3 share = vec3(0.25 * longest * smoothstep(1.5, 9.0, blow), 0.35 * smoothstep(0.3, 5.0, blow), 0.4);
    share *= slope * calm;
    vec3 lost;
    vec3 a = sheet(drifted, wind, 211.0, foot, lost.x);
    vec3 b = sheet(drifted, wind + 0.55, 47.0, foot, lost.y);
    vec3 c = sheet(drifted, wind - 0.62, 11.0, foot, lost.z);
    unseen = dot(share, lost) + 0.0003;
    vec3 kept = sqrt(share * (1.0 - lost)) * (1.0 - lost);
    vec2 s = a.xy * kept.x + b.xy * kept.y + c.xy * kept.z;
    return vec3(s, 0.6 * a.z + 0.6 * b.z);
}

// Height of the ground above the water and distance from the shore, metres.
vec2 bedBelow(vec2 p) {
    vec2 uv = (p - origin) / extent;
    vec2 gap = min(uv, 1.0 - uv);
    float own = smoothstep(0.0, 0.04, min(gap.x, gap.y));
    vec2 bed = vec2(0.0);
    if (own < 1.0) bed = textureLod(farBed, (p - farOrigin) / farExtent, 0.0).rg * (1.0 - own);
    if (own > 0.0) bed += textureLod(nearBed, uv, 0.0).rg * own;
    return bed;
}

// Fresnel's share of what a rough surface mirrors (fit of Bruneton, Neyret and Holzschuch, 2010).
float fresnel(float c, float unseen) {
    float sigma = sqrt(unseen);
    return 0.02 + 0.98 * pow(1.0 - clamp(c, 0.0, 1.0), 5.0 * exp(-2.69 * sigma)) / (1.0 + 22.7 * pow(sigma, 1.5));
}

// Share of a light's irradiance that facets of the surface send to the eye, 1/sr.
float glitter(vec3 toEye, vec3 toLight, vec2 s, float unseen) {
    vec3 h = normalize(toEye + toLight);
    vec2 gap = -h.xy / max(h.z, 0.05) - s;
    float p = exp(-dot(gap, gap) / (2.0 * unseen)) / (6.2832 * unseen);
    float f = 0.02 + 0.98 * pow(1.0 - max(dot(h, toEye), 0.0), 5.0);
    return f * p / (4.0 * pow(max(h.z, 0.2), 4.0) * max(toEye.z, 0.04));
}
