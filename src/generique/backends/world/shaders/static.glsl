// Houses, fences, lamps: radiance baked per vertex, passing headlights and the sky in panes added.
// PLAIN is for what is too far to show stains: its haze is left to the vertices.
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
uniform vec3 zenith;
uniform vec3 horizon;
out vec3 colour;
#ifndef PLAIN
out vec2 grain;
out float seen;
out vec3 air;
flat out float bright; // above a half no stains show
#endif
#ifdef NEAR
out float away;
flat out vec2 made;
#endif

// The sky in a pane (Fresnel after Schlick, 1994); towards the ground it mirrors dim houses.
vec3 mirrored(vec3 p, vec3 n, vec3 base) {
    vec3 way = normalize(p - eye);
    vec3 r = reflect(way, n);
    float graze = pow(1.0 - min(abs(dot(way, n)), 1.0), 5.0);
    vec3 sky = mix(zenith, horizon, exp(-max(r.z, 0.0) * 4.2));
    float open = smoothstep(-0.08, 0.30, r.z);
    return (base + (1.0 - base) * (0.6 * graze)) * sky * mix(0.30, 1.0, open);
}

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
    bool sleek = albedo.a > 0.25 && albedo.a < 0.5; // paint and panes of cars
    if (radiance.a > 0.9) { // less is a pane or a lamp in a room, which mirrors no sky
        colour += mirrored(p, normalize(mat3(model) * (facing.xyz * 2.0 - 1.0)), albedo.rgb * albedo.rgb);
    } else if (sleek) {
        colour += mirrored(p, normalize(mat3(model) * (facing.xyz * 2.0 - 1.0)), vec3(0.05));
    }
#ifdef PLAIN
    colour = mix(hazeTowards(p), colour, clearness(p));
#else
    seen = clearness(p);
    air = hazeTowards(p);
    // Walls are grained along themselves: a slanted plane would draw slanted streaks on them.
    vec3 outwards = facing.xyz * 2.0 - 1.0;
    vec2 along = vec2(dot(place.xy, normalize(vec2(-outwards.y, outwards.x) + 1e-4)), place.z);
    grain = (abs(outwards.z) > 0.5 ? place.xy : along) * 0.11;
    bright = sleek ? 1.0 : radiance.a;
#endif
#ifdef NEAR
    away = length(p - eye);
    vec3 own = albedo.rgb * albedo.rgb;
    float ratio = own.r / (own.g + 1e-3);
    float red = smoothstep(1.35, 1.5, ratio) * smoothstep(3.2, 2.6, ratio) * step(own.r, 0.4);
    made = albedo.a > 0.5 && radiance.a < 0.1 ? vec2(1.0, red * step(abs(outwards.z), 0.2)) : vec2(0.0);
#endif
    passOn(p, p, towardsEye(p, mat3(model) * (facing.xyz * 2.0 - 1.0)), copied > 0 ? OWNER_SKYLINE : owner);
}
#fragment
#include pass_fragment
in vec3 colour;
#ifndef PLAIN
in vec2 grain;
in float seen;
in vec3 air;
flat in float bright;
uniform sampler2D noise;
uniform float uneven;
#endif
#ifdef NEAR
in float away;
flat in vec2 made;
#include masonry
#endif
out vec4 pixel;
void main() {
    passOut();
#ifdef PLAIN
    pixel = vec4(colour, 1.0);
#else
    float n = 1.0 + uneven * (0.68 * texture(noise, grain).r - 0.34);
    vec3 c = bright > 0.5 ? colour : colour * n;
#ifdef NEAR
    float near = made.x * smoothstep(45.0, 18.0, away);
    if (near > 0.0) c *= mix(vec3(1.0), masonry(grain / 0.11, made.y, away / pixels), near);
#endif
    pixel = vec4(mix(air, c, seen), 1.0);
#endif
}
