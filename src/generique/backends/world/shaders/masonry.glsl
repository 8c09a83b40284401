// What walls are made of, seen from near: grain of plaster and boards, courses of brick. Finer than
// their corners can hold; it evens out with the distance, so that nothing shimmers.
uniform float pixels;
const float COURSE = 0.075, BRICK = 0.225, JOINT = 0.013;

float grainOf(vec2 p, float metres, float foot) {
    return textureLod(noise, p / metres, max(0.0, log2(foot * 256.0 / metres))).r - 0.524;
}

float chanceOf(vec2 q) { return fract(sin(dot(q, vec2(127.1, 311.7))) * 43758.5453); }

// How much of a pixel of some size a joint takes, of joints that lie some metres apart.
float jointed(float at, float apart, float foot) {
    float away = abs(fract(at / apart + 0.5) - 0.5) * apart;
    float wide = max(JOINT, foot);
    return (1.0 - smoothstep(0.35 * wide, 0.85 * wide, away)) * JOINT / wide;
}

// A factor on the light of a wall.
//   p: metres along it and up; red: how much it is of brick, 0 to 1; foot: size of a pixel, metres.
vec3 masonry(vec2 p, float red, float foot) {
    float grain = 0.7 * grainOf(p, 0.37, foot) + 0.8 * grainOf(p.yx + 0.4, 1.3, foot)
        + 0.5 * grainOf(p + 3.7, 5.0, foot);
    vec3 wall = vec3(1.0 + 0.8 * grain);
    if (red > 0.0) {
        float row = floor(p.y / COURSE), shift = 0.5 * BRICK * mod(row, 2.0);
        float told = smoothstep(0.8 * COURSE, 0.3 * COURSE, foot) * red;
        float tone = chanceOf(vec2(floor((p.x + shift) / BRICK), row)) - 0.5;
        float joint = max(jointed(p.y, COURSE, foot), jointed(p.x + shift, BRICK, foot));
        wall *= mix(vec3(1.0), vec3(1.0 + 0.55 * tone, 1.0 + 0.38 * tone, 1.0 + 0.3 * tone), told);
        wall = mix(wall, vec3(1.15, 1.55, 1.8), joint * told * 0.8);
    }
    return clamp(wall, 0.3, 2.0);
}
