// Distant lamps beyond the place: points that keep their energy when they get small.
#vertex
#include common
in vec4 place;
in vec3 light;
uniform float pixels;
out vec3 colour;
void main() {
    gl_Position = VP * vec4(place.xyz, 1.0);
    float size = 0.5 * pixels / length(place.xyz - eye);
    gl_PointSize = clamp(size, 1.0, 3.0);
    colour = light * (min(1.0, size * size) * pow(clearness(place.xyz), 0.8) * abs(place.w));
    // The place's own lanterns are drawn as they are where they are larger than a pixel.
    if (place.w < 0.0) colour *= 1.0 - smoothstep(1.2, 2.6, size);
}
#fragment
in vec3 colour;
out vec4 pixel;
void main() { pixel = vec4(colour, 1.0); }
