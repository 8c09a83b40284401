// The sky of a moment: gradient, aureole, cirrus, heaped cloud, closed cloud, aurora, haze.
// Drawn now and then at half the size; dome.glsl lays it behind each subframe and adds what is small
// or quick.
#vertex
in vec2 place;
uniform mat4 inverseVP;
uniform float margin;
uniform vec3 eye;
out vec3 ray;
void main() {
    vec4 far = inverseVP * vec4(place * margin, 1.0, 1.0);
    ray = far.xyz / far.w - eye;
    gl_Position = vec4(place, 0.0, 1.0);
}
#fragment
#include common
#include skylight
in vec3 ray;
uniform sampler2D noise;
uniform vec3 sunSeen;
uniform vec3 aureole;
uniform vec3 cloudLit;
uniform vec3 cloudShade;
uniform float cloudGlow;
uniform float cirrusGlow;
uniform float threshold;
uniform float cirrus;
uniform float closed;
uniform float closedDepth;
uniform vec2 drifted;
uniform float aurora;
uniform vec2 north;
uniform float seconds;
uniform float band;
uniform float grain;
uniform float fogged;
out vec4 pixel;

const mat2 TURN = mat2(0.80, 0.60, -0.60, 0.80);
const mat2 TURN2 = mat2(0.28, 0.96, -0.96, 0.28);
const int STEPS = 20;
const int HEIGHTS = 36;

// Kilometres along a direction to a shell of cloud, on an earth made small so that it closes in.
float reach(float z, float height) {
    float r = 2600.0;
    return sqrt(r * r * z * z + 2.0 * r * height + height * height) - r * z;
}

// A noise cell of some size in kilometres; the pixel's footprint picks the level, for the neighbours
// of a pixel may have left the loop that this is called in.
float cell(vec2 p, float scale, float footprint) {
    return textureLod(noise, p * scale, max(0.0, log2(footprint * scale * NOISE_SIDE))).r;
}

// The finer it is, the more it differs from height to height (0 base, 1 top).
float broad(vec2 p, float h, float foot) {
    return cell(p, 0.021, foot) * 0.44
        + cell(TURN * p + 9.31 + h * vec2(0.25, -0.20), 0.061, foot) * 0.28;
}

float fine(vec2 p, float h, float foot) {
    return cell(TURN2 * p + 3.67 + h * vec2(0.55, 0.40), 0.171, foot) * 0.17
        + cell(p + h * vec2(-0.32, 0.41), 0.47, foot) * 0.11;
}

float sheets(vec2 p, float foot) {
    return cell(p, 0.030, foot) * 0.5 + cell(TURN * p + 5.2, 0.083, foot) * 0.3
        + cell(TURN2 * p, 0.24, foot) * 0.2;
}

float hash(vec2 q) { return fract(sin(dot(q, vec2(12.9898, 78.233))) * 43758.5453); }

// Heaped cloud: a field of noise is its thickness over a flat base, walked through from below.
vec4 cumulus(vec3 d, float g) {
    float alpha = 0.0, z = max(d.z, 0.015);
    vec3 sum = vec3(0.0);
    vec2 towards = sunSeen.xy / max(length(sunSeen.xy), 0.05);
    vec3 glows = glow * (cloudGlow * (0.10 + 0.90 * g));
    float high = reach(z, 1.9), low = reach(z, 1.3);
    float stride = (high - low) / float(STEPS);
    float jitter = hash(gl_FragCoord.xy) - 0.5;
    for (int i = 0; i < STEPS; i++) {
        float h = (float(i) + 0.5 + 0.25 * jitter) / float(STEPS);
        float t = mix(low, high, h);
        vec2 p = eye.xy * 0.001 + d.xy * t + drifted;
        float foot = max(t * grain / sqrt(z + 0.02), 0.8 * stride);
        float above = threshold + 0.075 * h * h + 0.012 * h;
        float f = broad(p, h, foot);
        // Where the broad shapes leave no room for cloud, the fine ones are not asked.
        if (f + 0.28 < above) continue;
        f += fine(p, h, foot);
        float over = f - above;
        float dens = smoothstep(0.0, 0.045, over);
        if (dens < 0.01) continue;
        vec2 q = p + towards * 0.45;
        float shade = broad(q, h, foot) + fine(q, h, foot);
        float lit = clamp(0.30 + (f - shade) * 9.0 + 0.75 * h - 3.0 * over, 0.0, 1.0);
        vec3 c = mix(cloudShade + 0.35 * glows, cloudLit + glows, lit);
        float a = (1.0 - alpha) * dens * 0.36 * (1.0 - smoothstep(45.0, 110.0, t));
        sum += a * c;
        alpha += a;
        if (alpha > 0.98) break;
    }
    return vec4(sum, alpha);
}

// Curtains: bands that hang above a line, in the sky towards the pole.
vec3 curtains(vec3 d) {
    vec3 sum = vec3(0.0);
    float z = max(d.z, 0.04);
    // Heights that lie further apart than a curtain is thin would show as a comb.
    float apart = 0.8 * 0.75 / (float(HEIGHTS) * z);
    float thin = min(420.0, 0.30 / (apart * apart));
    for (int i = 0; i < HEIGHTS; i++) {
        float h = float(i) / float(HEIGHTS - 1);
        vec2 p = d.xy * ((1.0 + 0.75 * h) / z);
        vec2 q = vec2(dot(p, vec2(north.y, -north.x)), dot(p, north));
        float warp = texture(noise, vec2(q.x * 0.020 + seconds * 0.0006, 0.37)).r - 0.5;
        float fold = texture(noise, vec2(q.x * 0.085 - seconds * 0.0011, 0.71)).r - 0.5;
        float line = q.y * 0.33 + 4.6 * warp + 0.9 * fold;
        float away = abs(fract(line) - 0.5);
        float rays = 0.35 + 1.3 * texture(noise, vec2(q.x * 0.34 + 0.9 * fold + seconds * 0.002, h * 0.04 + floor(line) * 0.3)).r;
        float strength = exp(-away * away * thin) * rays * exp(-3.2 * h) * smoothstep(0.0, 0.04, h + 0.02);
        vec3 colour = mix(vec3(0.10, 1.0, 0.36), vec3(0.55, 0.12, 0.62), smoothstep(0.30, 1.0, h));
        sum += colour * strength;
    }
    float towards = smoothstep(-0.75, 0.55, dot(normalize(d.xy + 1e-5), north));
    return sum * (towards * smoothstep(0.03, 0.16, d.z) * 0.20 * 18.0 / float(HEIGHTS) * sqrt(thin / 420.0));
}

void main() {
    vec3 d = normalize(ray);
    if (d.z < -0.06) { pixel = vec4(0.0, 0.0, 0.0, 1.0); return; }
    float z = max(d.z, 0.0);
    float g = glowing(d.xy);
    // Cloud is high and takes on the glow from further round.
    float turned = max(dot(normalize(d.xy + 1e-6), glowWay) * 0.5 + 0.5, 0.0), round_ = turned * turned * turned;
    vec3 s = clearSky(d);
    float near = max(dot(d, sunSeen), 0.0);
    s += aureole * (0.16 * pow(near, 8.0) + 0.7 * pow(near, 60.0) + 3.5 * pow(near, 700.0));
    if (band > 0.001) {
        float across = dot(d, normalize(vec3(0.62, -0.35, 0.70)));
        float dust = texture(noise, d.xy * 0.9 + d.z * 0.4).r;
        s += band * exp(-across * across * 22.0) * dust * dust * vec3(0.010, 0.011, 0.014);
    }
    if (aurora > 0.0) s += aurora * curtains(d);
    float open = 1.0;
    if (cirrus > 0.01) {
        vec2 p = TURN2 * (d.xy * reach(z, 8.5) + 0.5 * drifted);
        float foot = reach(z, 8.5) * grain / sqrt(z + 0.02) * 0.5;
        float wisps = cell(p * vec2(0.32, 1.0) + 13.0, 0.014, foot) * 0.55
            + cell(p * vec2(0.25, 1.0), 0.061, foot) * 0.30 + cell(p * vec2(0.3, 1.0), 0.20, foot) * 0.15;
        float veil = smoothstep(0.46, 0.80, wisps) * cirrus * (1.0 - exp(-z * 9.0));
        s = mix(s, cloudLit * 0.85 + glow * (cirrusGlow * round_ * 0.8), veil);
        open -= 0.6 * veil;
    }
    if (threshold < 0.9 && closed < 0.995) {
        vec4 heap = cumulus(d, round_);
        heap *= 1.0 - closed;
        s = s * (1.0 - heap.a) + heap.rgb;
        open *= 1.0 - heap.a;
    }
    if (closed > 0.005) {
        float t = reach(z, 0.9);
        vec2 p = d.xy * t + drifted;
        float foot = t * grain / sqrt(z + 0.02);
        float low = sheets(p * 1.6, 1.6 * foot), broad = sheets(p * 0.45 + 3.1, 0.45 * foot);
        float billow = smoothstep(0.40, 0.64, 0.55 * low + 0.45 * broad);
        vec3 veil = clearSky(d) * (1.0 - closedDepth * billow * (1.0 - exp(-z * 26.0)));
        veil *= 1.0 + 0.25 * abs(closedDepth) * (low - 0.5) * 2.0 * (1.0 - exp(-z * 12.0));
        s = mix(s, veil, closed);
        open *= 1.0 - closed;
    }
    vec3 edge = haze * farHaze + glowed(g) * 0.45;
    float hazy = max(exp(-z * 17.0), 1.0 - exp(-fogged / max(z, 0.01)));
    pixel = vec4(mix(s, edge, hazy), open * (1.0 - hazy));
}
