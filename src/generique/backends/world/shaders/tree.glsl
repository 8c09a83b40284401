// Trees: instances with light in first-order harmonics at two heights.
#vertex
#include common
#include pass_vertex
#include beacon
in vec3 place;
in vec3 facing;
in vec4 albedo;
in vec4 stand;
in vec4 tint;
in vec4 lowLight;
in vec3 lowWay;
in vec3 highLight;
in vec3 highWay;
in float foot;
#ifdef PLATE
in float number;
uniform float secondsAfter;
#endif
uniform float seconds;
uniform float wind;
uniform float snowCover;
uniform float solid;
uniform vec3 ambient;
uniform vec3 sun;
uniform vec3 sunWay;
out vec3 colour;
out float seen;
out vec3 air;
#ifdef LEAVES
in float spray;
uniform float leafSheet;
out vec3 sheet;
// Where a corner of a quad lies on the sheets, and on which of them; below 0 for none.
vec3 onSheet() {
    int corner = gl_VertexID & 3;
    vec2 at = vec2(corner == 1 || corner == 2 ? 1.0 : -1.0, corner > 1 ? 1.0 : -1.0);
    if (spray < 0.0) return vec3(0.25 * (at.x + at.y) + 0.5, 0.25 * (at.x - at.y) + 0.5, 1.0);
    float chance = fract(sin(float(gl_VertexID >> 2) * 12.9898 + stand.w) * 43758.5453);
    vec2 place = at * (spray * stand.z / leafSheet) + vec2(chance, fract(chance * 57.0));
    return vec3(place, spray > 0.0 ? 0.0 : -1.0);
}
#endif
float swaying(float at) {
    return place.z * place.z * wind * sin(at * 1.3 + stand.x * 0.3 + place.x * 2.0);
}
void main() {
    float s = sin(stand.w), c = cos(stand.w);
    vec3 q = vec3(c * place.x - s * place.y, s * place.x + c * place.y, place.z) * stand.z;
    float sway = swaying(seconds);
    vec3 p = q + vec3(stand.xy, foot) + vec3(sway, sway * 0.4, 0.0);
    vec3 n = vec3(c * facing.x - s * facing.y, s * facing.x + c * facing.y, facing.z);
    vec3 m = normalize(n * 0.6 + normalize(vec3(q.xy, 0.001)) * 0.7);
    float rise = smoothstep(0.1, 0.95, place.z);
    vec3 level = mix(lowLight.rgb, highLight, rise);
    vec3 way = mix(lowWay, highWay, rise);
    vec3 e = level * max(0.0, 1.0 + dot(m, way));
    e += (ambient + flashLight) * (tint.a * (1.57 + 1.41 * m.z));
    e += sun * (lowLight.a * max(0.0, 0.9 + dot(m, sunWay)));
    if (beamCount > 0) e += swept(p, m);
    float depth = mix(0.45, 1.0, smoothstep(0.0, 0.24 * solid + 0.02, length(place.xy)));
    depth *= mix(0.55, 1.0, place.z);
    vec3 base = mix(albedo.rgb * tint.rgb, vec3(0.62, 0.65, 0.70), albedo.a * snowCover);
    colour = base * e * (2.0 * depth / 3.14159);
    seen = clearness(p);
    air = hazeTowards(p);
    passOn(p, p + vec3(1.0, 0.4, 0.0) * (swaying(secondsAfter) - sway), n, OWNER_TREE + int(number));
#ifdef LEAVES
    sheet = onSheet();
#endif
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
#include pass_fragment
in vec3 colour;
in float seen;
in vec3 air;
out vec4 pixel;
#ifdef LEAVES
in vec3 sheet;
uniform sampler2DArray sheets;
#endif
void main() {
    vec3 shown = colour;
#ifdef LEAVES
    if (sheet.z > -0.5) {
        vec2 leaf = texture(sheets, sheet, -0.7).rg;
        if (leaf.r < 0.5) discard;
        shown *= 2.0 * leaf.g;
    }
#endif
    passOut();
    pixel = vec4(mix(air, shown, seen), 1.0);
}
