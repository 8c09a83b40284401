// Far trees: a card of two triangles that faces the camera, lit as the near ones are.
#vertex
#include common
#include pass_vertex
in vec4 stand;
in vec4 tint;
in vec4 lowLight;
in vec3 lowWay;
in vec3 highLight;
in vec3 highWay;
in float foot;
in vec4 card;
uniform mat4 model;
uniform vec3 ambient;
uniform vec3 sun;
uniform vec3 sunWay;
out vec3 at;
out vec3 still;
out vec3 way;
out vec3 direct;
out vec3 sunward;
out vec4 shade;
out vec3 air;
flat out float grid;
float brightness(vec3 c) { return dot(c, vec3(0.2126, 0.7152, 0.0722)); }
void main() {
    int corner = gl_VertexID & 3;
    vec2 at2 = vec2(corner == 1 || corner == 2 ? 1.0 : -1.0, corner > 1 ? 1.0 : -1.0);
    at2.x *= card.w; // what is beside the tree is empty
    vec3 base = (model * vec4(stand.xy, 0.0, 1.0)).xyz + vec3(0.0, 0.0, foot);
    vec3 centre = base + vec3(0.0, 0.0, 0.5 * stand.z);
    vec3 d = normalize(centre - eye + vec3(0.0, 1e-4, 0.0));
    vec3 across = normalize(vec3(d.y, -d.x, 0.0));
    vec3 up = cross(across, d);
    vec3 ahead = normalize(vec3(d.xy, 0.0));
    float size = abs(card.y) * stand.z;
    across *= sign(card.y);
    vec3 p = centre + (across * at2.x + up * at2.y) * size;
    at = vec3(at2 * 0.5 + 0.5, card.x);
    float top = at.y;
    vec3 level = mix(lowLight.rgb, highLight, top);
    vec3 lamps = mat3(model) * mix(lowWay, highWay, top) * brightness(level);
    still = level + ambient * (tint.a * 1.57);
    lamps.z += brightness(ambient) * tint.a * 1.41;
    lamps /= brightness(still) + 1e-6;
    way = vec3(dot(lamps, across), dot(lamps, ahead), lamps.z);
    direct = sun * lowLight.a;
    sunward = vec3(dot(sunWay, across), dot(sunWay, ahead), sunWay.z);
    shade = vec4(tint.rgb, clearness(p));
    air = hazeTowards(p);
    grid = card.z;
    passOn(p, p, -d, OWNER_FOREST);
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
#include pass_fragment
in vec3 at;
in vec3 still;
in vec3 way;
in vec3 direct;
in vec3 sunward;
in vec4 shade;
in vec3 air;
flat in float grid;
uniform sampler2DArray colours;
uniform sampler2DArray looks;
uniform vec2 cut;
uniform float brightest;
const vec4 UNPACK = vec4(vec3(255.0 / 127.0), 1.0);
out vec4 pixel;
float hash(vec2 q) { return fract(sin(dot(q, vec2(127.1, 311.7))) * 43758.5453); }
void main() {
    vec4 a = texture(colours, at);
    if (a.a < cut.x) discard;
    // A ragged edge: leaves and twigs that are smaller than a texel are there or not.
    if (a.a < cut.x + cut.y * hash(floor(at.xy * grid) + at.z)) discard;
    passOut();
    vec4 b = (texture(looks, at) * UNPACK - vec4(1.0, 1.0, 1.0, 0.0)) / a.a;
    vec3 base = a.rgb * (brightest / a.a) * shade.rgb + vec3(0.62, 0.65, 0.70) * b.a;
    vec3 e = still * max(0.1, 1.0 + dot(b.xyz, way)) + direct * max(0.0, 0.9 + dot(b.xyz, sunward));
    pixel = vec4(mix(air, base * e * (2.0 / 3.14159), shade.a), 1.0);
}
