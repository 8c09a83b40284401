// Adds a subframe to the frame.
#vertex
in vec2 place;
out vec2 at;
void main() { at = place * 0.5 + 0.5; gl_Position = vec4(place, 0.0, 1.0); }
#fragment
in vec2 at;
uniform sampler2D subframe;
uniform float share;
out vec4 pixel;
void main() { pixel = texture(subframe, at) * share; }
