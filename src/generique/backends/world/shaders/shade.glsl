// The shade that a car's body leaves on the road under and round it.
#vertex
#include common
in vec2 corner;
in vec4 stand;
in vec2 halves;
out vec2 local;
flat out vec2 reach;
out float seen;
const float SOFT = 0.75;
void main() {
    local = corner * (halves + SOFT);
    reach = halves;
    float s = sin(stand.w), c = cos(stand.w);
    vec3 p = vec3(stand.xy + vec2(c * local.x - s * local.y, s * local.x + c * local.y), stand.z + 0.03);
    seen = clearness(p);
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
in vec2 local;
flat in vec2 reach;
in float seen;
out vec4 pixel;
void main() {
    vec2 out_ = max(abs(local) - reach + 0.35, 0.0);
    float k = 1.0 - smoothstep(0.0, 1.05, length(out_));
    pixel = vec4(0.0, 0.0, 0.0, 0.82 * k * seen);
}
