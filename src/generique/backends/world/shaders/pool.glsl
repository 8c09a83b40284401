// The light that a car throws on the road before it, as a patch on the road.
#vertex
#include common
in vec2 corner;
in vec4 stand;
out vec2 at;
out vec2 local;
out float seen;
void main() {
    local = vec2(17.0 + corner.x * 17.0, corner.y * 5.5);
    float s = sin(stand.w), c = cos(stand.w);
    at = stand.xy + vec2(c * local.x - s * local.y, s * local.x + c * local.y);
    vec3 p = vec3(at, stand.z + 0.05);
    seen = clearness(p);
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
in vec2 at;
in vec2 local;
in float seen;
uniform sampler2D albedoMap;
uniform vec2 origin;
uniform float extent;
uniform float strength;
out vec4 pixel;
void main() {
    vec2 fold = 1.0 - abs(mod((at - origin) / extent, 2.0) - 1.0);
    vec3 albedo = texture(albedoMap, fold).rgb;
    float x = max(local.x, 0.0);
    float wide = 1.3 + 0.13 * x;
    float square = x * x + local.y * local.y + 2.0;
    float k = exp(-local.y * local.y / (wide * wide)) * smoothstep(0.5, 7.0, x)
        * (1.0 - smoothstep(14.0, 33.0, x));
    pixel = vec4(albedo * albedo * vec3(1.0, 0.93, 0.82) * (strength * 0.030 * k / square * seen), 1.0);
}
