// Cars that drive: a body under the light of the street, head and tail lights.
#vertex
#include common
in vec3 place;
in vec3 facing;
in vec4 look;
uniform vec3 pose;
uniform vec3 paint;
uniform vec3 irradiance;
out vec3 colour;
out float seen;
out vec3 air;
void main() {
    float s = sin(pose.z), c = cos(pose.z);
    vec3 p = vec3(c * place.x - s * place.y + pose.x, s * place.x + c * place.y + pose.y, place.z);
    vec3 base = look.w > 0.5 ? paint : look.rgb;
    colour = base * irradiance * ((0.45 + 0.55 * facing.z) / 3.14159);
    if (look.w < -0.5) colour = look.rgb;
    if (look.w == 0.0) colour += irradiance * (0.012 * (0.4 + facing.z));
    seen = clearness(p);
    air = hazeTowards(p);
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
in vec3 colour;
in float seen;
in vec3 air;
out vec4 pixel;
void main() { pixel = vec4(mix(air, colour, seen), 1.0); }
