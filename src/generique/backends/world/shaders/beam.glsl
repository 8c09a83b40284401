// A beam in the haze: light scattered out of a narrow cone, and the flash when it meets the eye.
#vertex
#include common
in vec2 corner;
uniform vec3 source;
uniform vec2 way;
uniform vec3 light;
uniform vec3 right;
uniform vec3 up;
uniform int burst;
out vec2 spot;
out vec3 colour;
const float SPREAD = 0.024;
const float FARTHEST = 2600.0;
void main() {
    spot = corner;
    vec3 axis = vec3(way, 0.0);
    vec3 to = normalize(eye - source);
    float towards = dot(to, axis);
    if (burst == 1) {
        float strength = exp((towards - 1.0) * 160.0);
        float radius = 0.045 * length(eye - source);
        colour = light * (6.0e-6 * strength * clearness(source));
        gl_Position = VP * vec4(source + to * 4.0 + radius * (right * corner.x + up * corner.y), 1.0);
        return;
    }
    // From 1.6 m out, each step longer than the one before.
    float along = 1.6 * pow(FARTHEST / 1.6, corner.y * 0.5 + 0.5);
    vec3 p = source + axis * along;
    float width = 0.9 + SPREAD * along;
    vec3 sight = p - eye;
    vec3 side = normalize(cross(axis, sight));
    float angle = max(length(cross(axis, normalize(sight))), 0.16);
    float here = density * (exp(-p.z / scaleHeight) + uniformShare);
    // Henyey and Greenstein (1941), g = 0.72.
    float c = dot(axis, normalize(eye - p));
    float phase = 0.4816 / (12.566 * pow(1.5184 - 1.44 * c, 1.5));
    float thick = 2.0 * width / angle;
    float spent = exp(-here * along) * smoothstep(1.0, 0.6, along / FARTHEST);
    // A beam that comes straight at the eye is its flash.
    spent *= smoothstep(0.995, 0.93, towards);
    colour = light * (here * phase * thick * spent * clearness(p) / (along * along + 60.0));
    gl_Position = VP * vec4(p + side * (corner.x * 1.9 * width), 1.0);
}
#fragment
in vec2 spot;
in vec3 colour;
uniform int burst;
out vec4 pixel;
void main() {
    float k;
    if (burst == 1) {
        float r = length(spot);
        k = 0.25 * exp(-r * 6.0) * (1.0 - smoothstep(0.5, 1.0, r)) + 2.0 * exp(-r * r * 220.0);
    } else {
        k = exp(-spot.x * spot.x * 5.0) - 0.0067;
    }
    pixel = vec4(colour * max(k, 0.0), 1.0);
}
