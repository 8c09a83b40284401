// The ground plane: albedo and light maps, mirrored beyond the edge, wet gloss.
#vertex
#include common
in vec2 place;
out vec3 at;
void main() {
    at = vec3(place, 0.0);
    gl_Position = VP * vec4(at, 1.0);
}
#fragment
#include common
#include headlights
in vec3 at;
uniform sampler2D albedoMap;
uniform sampler2D lightMap;
uniform sampler2D noise;
uniform vec2 origin;
uniform float extent;
uniform vec3 mirrored;
out vec4 pixel;
void main() {
    vec2 uv = (at.xy - origin) / extent;
    vec2 fold = 1.0 - abs(mod(uv, 2.0) - 1.0);
    vec4 map = texture(albedoMap, fold, -0.8);
    vec3 light = texture(lightMap, fold, -0.5).rgb;
    vec3 albedo = map.rgb * map.rgb;
    float n = texture(noise, at.xy * 0.23).r;
    albedo *= 0.84 + 0.32 * n;
    vec3 toEye = normalize(eye - at);
    float graze = pow(1.0 - toEye.z, 4.0);
    vec3 e = light;
    if (headCount > 0) e += headlights(at, vec3(0.0, 0.0, 1.0));
    vec3 c = albedo * e / 3.14159;
    c += map.a * (graze * light * 0.10 + mirrored * (0.02 + 0.6 * graze) * map.a);
    pixel = vec4(mix(hazeTowards(at), c, clearness(at)), 1.0);
}
