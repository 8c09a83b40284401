// The glow of haze round a lamp.
#vertex
#include common
in vec2 corner;
in vec3 place;
in vec3 light;
uniform vec3 right;
uniform vec3 up;
uniform float radius;
out vec3 colour;
out vec2 spot;
void main() {
    spot = corner;
    gl_Position = VP * vec4(place + radius * (corner.x * right + corner.y * up), 1.0);
    colour = light * clearness(place);
}
#fragment
in vec3 colour;
in vec2 spot;
uniform float radius;
uniform float strength;
out vec4 pixel;
void main() {
    float r = length(spot);
    float k = (1.0 - smoothstep(0.3, 1.0, r)) / max(r * radius, 0.35);
    pixel = vec4(colour * (strength * k * 0.25), 1.0);
}
