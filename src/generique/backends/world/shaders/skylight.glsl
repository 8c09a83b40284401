// The clear sky in a direction, shared by the sky itself and by what mirrors it.
uniform vec3 zenith;
uniform vec3 horizon;
uniform float steep;
uniform vec3 belt;
uniform float beltHeight;

vec3 clearSky(vec3 d) {
    float z = max(d.z, 0.0);
    vec3 s = mix(zenith, horizon, exp(-z * steep));
    // A higher line of sight passes through less air and is reddened less: orange below, then yellow,
    // then pale, and blue above it without a band of mauve.
    // The rose belt opposite the sun, above the shadow of the earth.
    float off = (z - beltHeight) / (0.45 * beltHeight + 0.02), across = max(-dot(normalize(d.xy + 1e-6), glowWay), 0.0);
    s += belt * (across * exp(-off * off));
    vec3 low = exp(-z * vec3(13.0, 9.0, 6.0)), high = exp(-z * glowFocus * vec3(0.95, 0.60, 0.45));
    return s + glowed(glowing(d.xy)) * (0.95 * low + vec3(0.10, 0.15, 0.20) * high);
}
