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
uniform float glowFocus;
uniform vec3 flashLight;
uniform vec4 flash;

#ifdef FOG
uniform float layer;
uniform float layerDepth;
uniform vec2 layerDrift;

// How thick the fog lies at a place, 1 on the mean: long soft banks that drift, evened out far off.
float banked(vec2 p, float away) {
    vec2 q = p - layerDrift;
    q += vec2(31.0 * sin(q.y / 53.0) + 13.0 * sin(q.y / 19.0), 37.0 * sin(q.x / 67.0 + 1.7));
    float banks = sin(q.x / 41.0 + 0.6) * sin(q.y / 59.0) + 0.6 * sin((q.x + q.y) / 113.0 + 2.1)
        + 0.5 * sin(q.x / 23.0 - q.y / 29.0);
    return mix(1.0, exp2(1.25 * banks - 0.25), smoothstep(1800.0, 300.0, away));
}

// Integral over height of fog that ends softly at a depth: square of a hyperbolic secant.
float fogBelow(float z) { return z < 0.0 ? z : layerDepth * tanh(min(z / layerDepth, 8.0)); }

// Extinction along the line of sight by the fog that lies on the ground, on the mean of the way.
float fogAlong(vec3 d, float away) {
    float rise = abs(d.z) < 0.05 ? 0.05 : d.z;
    return layer * max((fogBelow(eye.z + rise) - fogBelow(eye.z)) / rise, 0.0) * banked(eye.xy + d.xy, away);
}
#endif

// Transmittance along the line of sight through haze that thins out exponentially with height.
float clearness(vec3 p) {
    vec3 d = p - eye;
    float k = d.z / scaleHeight;
    float mean = abs(k) < 1e-3 ? 1.0 : (1.0 - exp(-k)) / k;
    float along = density * (exp(-eye.z / scaleHeight) * mean + uniformShare);
#ifdef FOG
    along += fogAlong(d, length(d));
#endif
    return exp(-along * length(d));
}

// How much of the glow of dawn or dusk lies in a direction.
float glowing(vec2 way) {
    float c = dot(normalize(way + vec2(1e-6)), glowWay) * 0.5 + 0.5;
    return pow(max(c, 0.0), glowFocus);
}

// The glow in a direction. From the sun's side round to the other, twilight goes from orange over
// white to blue, as daylight does; red and blue mixed alone would go over mauve.
vec3 glowed(float near) { return glow * near * mix(vec3(0.70, 1.0, 1.5), vec3(1.0), near); }

// Light that a flash throws into cloud about its own heading.
vec3 flashed(vec3 d) {
    float near = max(dot(normalize(d.xy + 1e-5), flash.xy) * 0.5 + 0.5, 0.0);
    float round_ = 0.10 + 0.5 * pow(near, 5.0) + 1.6 * pow(near, 40.0);
    return vec3(0.78, 0.84, 1.0) * (flash.z * round_ * exp(-max(d.z, 0.0) * 1.4));
}

vec3 hazeTowards(vec3 p) {
    vec3 d = p - eye;
#ifdef FOG
    float far = 1.0 - exp(-length(d) / 600.0);
#else
    float far = 1.0 - exp(-length(d) / 1500.0);
#endif
    vec3 lit = flash.z > 0.0 ? flashLight * 0.35 + flashed(vec3(d.xy, 0.0)) * (0.45 * far) : vec3(0.0);
    // Before a slope that rises from the horizon the glow fades as it does in the sky behind it.
    float risen = exp(-6.0 * max(d.z, 0.0) / max(length(d), 1.0));
    return haze * mix(vec3(1.0), farHaze, far) + lit + glowed(glowing(d.xy)) * (0.45 * far * risen);
}

// Land and water end in haze before the last of them is drawn.
float receded(float seen, vec3 p) {
    return seen * smoothstep(8600.0, 3800.0, length(p.xy - eye.xy));
}
