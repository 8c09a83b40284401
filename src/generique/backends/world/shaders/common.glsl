// Camera, haze and headlights, shared by all programs.
uniform mat4 VP;
uniform vec3 eye;
uniform float density;
uniform float scaleHeight;
uniform float uniformShare;
uniform vec3 haze;
uniform vec3 farHaze;
uniform vec3 glow;
uniform vec2 glowWay;

// Transmittance along the line of sight through fog that thins out exponentially with height.
float clearness(vec3 p) {
    vec3 d = p - eye;
    float k = d.z / scaleHeight;
    float mean = abs(k) < 1e-3 ? 1.0 : (1.0 - exp(-k)) / k;
    float along = density * (exp(-eye.z / scaleHeight) * mean + uniformShare);
    return exp(-along * length(d));
}

// How much of the glow of dawn or dusk lies in a direction.
float glowing(vec2 way) {
    float c = dot(normalize(way + vec2(1e-6)), glowWay) * 0.5 + 0.5;
    return c * c * c * c;
}

vec3 hazeTowards(vec3 p) {
    vec3 d = p - eye;
    float far = 1.0 - exp(-length(d) / 1500.0);
    return haze * mix(vec3(1.0), farHaze, far) + glow * (0.45 * far * glowing(d.xy));
}

// Land and water end in haze before the last of them is drawn.
float receded(float seen, vec3 p) {
    return seen * smoothstep(8600.0, 3800.0, length(p.xy - eye.xy));
}
