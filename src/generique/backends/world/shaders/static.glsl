// Houses, fences, lamps: radiance baked per vertex, passing headlights added.
#vertex
#include common
#include headlights
#include pass_vertex
#include beacon
in vec3 place;
in vec4 radiance;
in vec4 albedo;
in vec4 facing;
uniform mat4 model;
#ifdef PLATE
in int owner;
uniform int copied;
#endif
out vec3 colour;
out vec2 grain;
out float seen;
out vec3 air;
flat out float bright;
void main() {
    vec3 p = (model * vec4(place, 1.0)).xyz;
    gl_Position = VP * vec4(p, 1.0);
    colour = radiance.rgb;
    if (headCount > 0) {
        colour += albedo.rgb * albedo.rgb * headlights(p, facing.xyz * 2.0 - 1.0) / 3.14159;
    }
    if (beamCount > 0 && radiance.a < 0.5) {
        colour += albedo.rgb * albedo.rgb * swept(p, facing.xyz * 2.0 - 1.0) / 3.14159;
    }
    colour += albedo.rgb * albedo.rgb * flashLight * (0.55 + 0.45 * (facing.z * 2.0 - 1.0)) * (1.0 - min(radiance.a, 1.0));
    seen = clearness(p);
    air = hazeTowards(p);
    grain = (place.xy + place.z * vec2(0.37, 0.71)) * 0.11;
    bright = radiance.a;
    passOn(p, p, towardsEye(p, mat3(model) * (facing.xyz * 2.0 - 1.0)), copied > 0 ? OWNER_SKYLINE : owner);
}
#fragment
#include pass_fragment
in vec3 colour;
in vec2 grain;
in float seen;
in vec3 air;
flat in float bright;
uniform sampler2D noise;
out vec4 pixel;
void main() {
    passOut();
    float n = 0.66 + 0.68 * texture(noise, grain).r;
    pixel = vec4(mix(air, bright > 0.5 ? colour : colour * n, seen), 1.0);
}
