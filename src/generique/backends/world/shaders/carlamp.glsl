// Lamps of cars: soft points that keep their energy when they get small, bright along their beam.
#vertex
#include common
in vec3 place;
in vec3 way;
in vec3 light;
uniform float pixels;
out vec3 colour;
out float radius;
const float LENS = 0.17;
void main() {
    vec3 d = eye - place;
    float reach = length(d);
    gl_Position = VP * vec4(place, 1.0);
    // A little towards the camera, so that the body behind does not eat the point.
    gl_Position.z -= 0.02 * gl_Position.w / max(reach, 1.0) * min(reach, 12.0) * 0.2;
    float size = LENS * pixels / reach;
    float shown = max(size, 1.35);
    float c = dot(d / reach, way);
    float beam = c > 0.0 ? 0.05 + 0.95 * pow(c, 10.0) : 0.0;
    if (light.r > 8.0 * light.g) beam = smoothstep(-0.05, 0.6, c);
    radius = shown;
    gl_PointSize = clamp(2.0 * shown + 1.0, 3.0, 60.0);
    colour = light * (beam * size * size / (shown * shown) * clearness(place));
}
#fragment
in vec3 colour;
in float radius;
out vec4 pixel;
void main() {
    vec2 q = (gl_PointCoord - 0.5) * (clamp(2.0 * radius + 1.0, 3.0, 60.0)) / radius;
    // It ends within its square: so bright a light would show the corners of anything wider.
    float k = max(1.0 - dot(q, q), 0.0);
    pixel = vec4(colour * (k * k), 1.0);
}
