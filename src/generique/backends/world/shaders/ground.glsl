// The ground plane: albedo and light maps, mirrored beyond the edge, wet gloss.
#vertex
#include common
#include skylight
#include pass_vertex
in vec2 place;
out vec3 at;
out float seen;
out vec3 air;
out float graze;
out vec3 mirrored;
void main() {
    // The net travels with the camera and is finer below it, so that haze may be left to the
    // vertices.
    at = vec3(place + eye.xy, 0.0);
    seen = clearness(at);
    air = hazeTowards(at);
    vec3 sight = normalize(at - eye);
    graze = pow(1.0 + sight.z, 4.0);
    // Trees and walls hide some of the low sky.
    mirrored = 0.65 * clearSky(vec3(sight.xy, -sight.z));
    passOn(at, at, vec3(0.0, 0.0, 1.0), OWNER_GROUND);
    gl_Position = VP * vec4(at, 1.0);
}
#fragment
#include common
#include headlights
#include pass_fragment
in vec3 at;
in float seen;
in vec3 air;
in float graze;
uniform sampler2D albedoMap;
uniform sampler2D lightMap;
uniform sampler2D noise;
uniform vec2 origin;
uniform float extent;
in vec3 mirrored;
out vec4 pixel;
#ifdef NEAR
#include near
#endif
// Banks of fog are finer than the cells of the net.
#ifdef FOG
#define SEEN clearness(at)
#else
#define SEEN seen
#endif
void main() {
    passOut();
#ifdef NEAR
    vec3 sight = at - eye;
    float away = length(sight), foot = footOf(sight, away);
    vec2 uv = (frayed(at.xy, foot) - origin) / extent;
#else
    vec2 uv = (at.xy - origin) / extent;
#endif
    vec2 fold = 1.0 - abs(mod(uv, 2.0) - 1.0);
    vec4 map = texture(albedoMap, fold, -0.8);
#ifdef NEAR
    map.rgb = crisp(map.rgb, fold, away);
#endif
    vec3 light = texture(lightMap, fold, -0.5).rgb;
    vec3 albedo = map.rgb * map.rgb;
    albedo *= 0.80 + 0.40 * texture(noise, at.xy * 0.11).r;
#ifdef NEAR
    albedo = nearGround(albedo, at.xy, away, foot);
#endif
    vec3 e = light;
    e += flashLight * 3.14159;
    if (headCount > 0) e += headlights(at, vec3(0.0, 0.0, 1.0));
    vec3 c = albedo * e * 0.31831;
    c += map.a * (graze * light * 0.10 + mirrored * ((0.02 + 0.6 * graze) * map.a));
    pixel = vec4(mix(air, c, SEEN), 1.0);
}
