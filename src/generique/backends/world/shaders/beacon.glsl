// Light of a lighthouse's beams on what they sweep: narrow, with some spill above and below.
const int MOST_BEAMS = 2;
uniform int beamCount;
uniform vec3 beamPlace;
uniform vec3 beamLight;
uniform vec2 beamWay[MOST_BEAMS];

vec3 swept(vec3 p, vec3 n) {
    vec3 light = vec3(0.0);
    vec3 d = p - beamPlace;
    float square = dot(d, d) + 9.0;
    vec3 w = d * inversesqrt(square);
    float tall = exp(-w.z * w.z * 800.0) + 0.10 * exp(-w.z * w.z * 9.0);
    for (int i = 0; i < beamCount; i++) {
        float c = dot(normalize(w.xy + 1e-6), beamWay[i]);
        if (c < 0.97) continue;
        light += beamLight * (exp((c - 1.0) * 900.0) * tall * max(dot(n, -w), 0.12) / square);
    }
    return light;
}
