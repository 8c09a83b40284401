// Lamps mirrored in a wet street: an ellipse on the ground about the point of reflection.
#vertex
#include common
in vec2 corner;
in vec3 place;
in vec3 light;
out vec3 colour;
out vec2 spot;
out vec2 at;
void main() {
    vec2 away = place.xy - eye.xy;
    float reach = length(away) + 1e-3;
    vec2 along = away / reach;
    vec2 across = vec2(-along.y, along.x);
    float share = eye.z / (eye.z + place.z);
    float steep = eye.z / reach;
    vec2 centre = eye.xy + away * share;
    // A lamp far above the eye is mirrored close by, and its image is as small as itself.
    float stretch = min(min(3.0 / max(steep, 0.08), 34.0), 0.7 * reach * share + 1.5);
    at = centre + along * (corner.y * stretch) + across * (corner.x * mix(0.16, 1.1, share));
    spot = corner;
    float graze = pow(1.0 - steep / sqrt(1.0 + steep * steep), 3.0);
    colour = light * ((0.03 + 0.75 * graze) * clearness(vec3(centre, 0.0)));
    gl_Position = VP * vec4(at, 0.04, 1.0);
}
#fragment
in vec3 colour;
in vec2 spot;
in vec2 at;
uniform sampler2D albedoMap;
uniform sampler2D noise;
uniform vec2 origin;
uniform float extent;
uniform float strength;
out vec4 pixel;
void main() {
    float gloss = texture(albedoMap, (at - origin) / extent).a;
    float ripple = 0.55 + 0.9 * texture(noise, at * 0.8).r;
    float k = exp(-spot.x * spot.x * 4.5 - abs(spot.y) * 3.2) * (1.0 - spot.y * spot.y) * gloss * gloss * ripple;
    pixel = vec4(colour * (strength * k), 1.0);
}
