// The sky behind everything.
#vertex
in vec2 place;
out vec2 screen;
void main() { screen = place; gl_Position = vec4(place, 0.99999, 1.0); }
#fragment
#include common
#include firmament
in vec2 screen;
uniform mat4 inverseVP;
out vec4 pixel;
void main() {
    vec4 far = inverseVP * vec4(screen, 1.0, 1.0);
    pixel = vec4(firmament(normalize(far.xyz / far.w - eye)), 1.0);
}
