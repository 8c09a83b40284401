// Cars that drive: a body under the light of the street, head and tail lights.
#vertex
#include common
#include pass_vertex
in vec3 place;
in vec3 facing;
in vec4 look;
uniform vec3 pose;
uniform vec3 poseAfter;
uniform int owner;
uniform vec3 paint;
uniform vec3 irradiance;
out vec3 colour;
out float seen;
out vec3 air;
vec3 stand(vec3 local, vec3 at) {
    float s = sin(at.z), c = cos(at.z);
    return vec3(c * local.x - s * local.y + at.x, s * local.x + c * local.y + at.y, local.z);
}
void main() {
    vec3 p = stand(place, pose);
    vec3 base = look.w > 0.5 ? paint : look.rgb;
    colour = base * irradiance * ((0.45 + 0.55 * facing.z) / 3.14159);
    if (look.w < -0.5) colour = look.rgb;
    if (look.w == 0.0) colour += irradiance * (0.012 * (0.4 + facing.z));
    seen = clearness(p);
    air = hazeTowards(p);
    passOn(p, stand(place, poseAfter), towardsEye(p, stand(facing, vec3(0.0, 0.0, pose.z))), owner);
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
#include pass_fragment
in vec3 colour;
in float seen;
in vec3 air;
out vec4 pixel;
void main() {
    passOut();
    pixel = vec4(mix(air, colour, seen), 1.0);
}
