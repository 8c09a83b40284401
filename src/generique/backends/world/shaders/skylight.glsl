// The clear sky in a direction, shared by the sky itself and by what mirrors it.
uniform vec3 zenith;
uniform vec3 horizon;
uniform float steep;

vec3 clearSky(vec3 d) {
    float z = max(d.z, 0.0);
    vec3 s = mix(zenith, horizon, exp(-z * steep));
    return s + glow * (glowing(d.xy) * (0.75 * exp(-z * 7.0) + 0.25 * exp(-z * 0.55 * glowFocus)));
}
