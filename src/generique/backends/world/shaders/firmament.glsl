// Radiance of the sky in a direction: gradient, glow, layers of cloud, a few stars, haze.
uniform sampler2D noise;
uniform vec3 zenith;
uniform vec3 horizon;
uniform float clouds;
uniform float overcast;
uniform float stars;
uniform float drift;
float layer(vec2 q) {
    return texture(noise, q).r * 0.55 + texture(noise, q * 2.7 + 0.31).r * 0.28
        + texture(noise, q * 7.1 + 0.67).r * 0.17;
}
float hash(vec2 q) { return fract(sin(dot(q, vec2(127.1, 311.7))) * 43758.5453); }
vec3 firmament(vec3 d) {
    float z = max(d.z, 0.0);
    float low = exp(-z * 4.2);
    vec3 s = mix(zenith, horizon, low);
    float g = glowing(d.xy);
    s += glow * g * (0.75 * exp(-z * 7.0) + 0.25 * exp(-z * 2.2));
    vec2 q = d.xy / (z + 0.10) * 0.020 + vec2(drift, 0.0);
    float banks = smoothstep(0.38 - 0.2 * overcast, 0.74, layer(q));
    vec3 lit = horizon * 0.9 + glow * g * 0.65;
    vec3 cloudy = clouds >= 0.0 ? mix(s, lit, 0.55) : s * (1.0 + clouds);
    s = mix(s, cloudy, banks * abs(clouds) * (1.0 - exp(-z * 26.0)));
    if (stars > 0.01) {
        vec2 cell = floor(d.xy / (z + 0.35) * 240.0);
        float h = hash(cell);
        float pin = step(0.9965, h) * (1.0 - banks) * smoothstep(0.05, 0.30, z);
        s += stars * pin * 0.05 * (h - 0.9965) / 0.0035;
    }
    vec3 edge = haze * farHaze + glow * (0.45 * g);
    return mix(s, edge, exp(-z * 17.0));
}
