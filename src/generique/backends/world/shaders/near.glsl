// What ground is made of, seen from near: finer than the maps of the place can hold. Grain of stone
// and snow, blades of grass, cracks; all of it evens out with the distance, so that nothing shimmers.
uniform float pixels;
const float FAR_OFF = 70.0;

// Noise about 0 whose cells repeat after some metres; `foot` is the size of a pixel on the ground.
float grainOf(vec2 p, float metres, float foot) {
    return textureLod(noise, p / metres, max(0.0, log2(foot * 256.0 / metres))).r - 0.524;
}

// A pixel's size on level ground, metres: between its width and its length.
float footOf(vec3 sight, float away) { return away / pixels * pow(max(-sight.z / away, 0.02), -0.65); }

// Where to look into a map: its edges fray instead of melting, by a hand's breadth.
vec2 frayed(vec2 p, float foot) {
    vec2 shift = vec2(grainOf(p, 1.7, foot), grainOf(p.yx + 0.63, 1.7, foot));
    return p + 0.30 * shift;
}

// A map of ground whose texels are seen singly, sharpened: what is painted or kerbed has an edge.
vec3 crisp(vec3 seen, vec2 uv, float away) {
    const vec3 GREY = vec3(0.333);
    float own = dot(seen, GREY), step_ = own - dot(textureLod(albedoMap, uv, 1.7).rgb, GREY);
    return seen * clamp(1.0 + 0.9 * step_ / (own + 0.02) * smoothstep(26.0, 10.0, away), 0.6, 1.5);
}

vec3 nearGround(vec3 albedo, vec2 p, float away, float foot) {
    float most = max(albedo.r, max(albedo.g, albedo.b)), least = min(albedo.r, min(albedo.g, albedo.b));
    // Sand, brick and yellow paint are redder than anything that grows.
    float lively = smoothstep(0.15, 0.45, (most - least) / (most + 1e-3));
    lively *= smoothstep(1.32, 1.12, albedo.r / (albedo.g + 1e-3));
    float bright = smoothstep(0.25, 0.55, most);
    float fine = grainOf(p, 0.9, foot), blades = grainOf(p * vec2(1.0, 0.8) + 7.1, 2.3, foot);
    float broad = grainOf(p.yx + 3.3, 7.0, foot), wide = grainOf(p, 31.0, foot);
    // Cracks and seams of what is paved: where a slow noise crosses its middle.
    float line = abs(grainOf(p + 1.1 * vec2(blades, fine), 19.0, foot) + 0.02);
    float crack = smoothstep(0.006, 0.0, line) * smoothstep(0.02, 0.10, wide + 0.06) * smoothstep(0.05, 0.012, foot);
    float grit = grainOf(p.yx, 0.31, foot);
    float stone = 1.0 + 1.1 * grit + 0.8 * fine + 0.35 * blades + 0.45 * broad + 0.5 * wide - 0.45 * crack;
    float grass = 1.0 + 2.1 * fine + 2.2 * blades + 0.9 * broad;
    float snow = 1.0 + 0.28 * fine + 0.35 * blades + 0.25 * broad;
    float much = mix(mix(stone, grass, lively), snow, bright);
    vec3 tint = mix(vec3(1.0), vec3(1.0 + 0.9 * broad, 1.0 + 0.25 * broad, 1.0 - 0.5 * broad), lively * (1.0 - bright));
    return mix(albedo, albedo * tint * clamp(much, 0.25, 1.9), smoothstep(FAR_OFF, 12.0, away));
}
