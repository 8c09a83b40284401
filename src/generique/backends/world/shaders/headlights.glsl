// Light of passing cars: position and strength, and direction, of the nearest few.
const int MOST = 4;
uniform int headCount;
uniform vec4 headPlace[MOST];
uniform vec3 headWay[MOST];

vec3 headlights(vec3 p, vec3 n) {
    vec3 light = vec3(0.0);
    for (int i = 0; i < headCount; i++) {
        vec3 d = p - headPlace[i].xyz;
        float square = dot(d, d) + 0.3;
        if (square > 3600.0) continue;
        vec3 w = d * inversesqrt(square);
        float c = dot(w, headWay[i]);
        if (c > 0.72) {
            float cone = pow((c - 0.72) / 0.28, 3.0) * smoothstep(0.06, -0.03, w.z);
            float facing = max(dot(n, -w), 0.05);
            light += headPlace[i].w * cone * facing / square * vec3(1.0, 0.93, 0.82);
        }
    }
    return light;
}
