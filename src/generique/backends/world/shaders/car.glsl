// Cars that drive: bodies under the light of the street, with the sky and the lamps in their paint.
#vertex
#include common
#include pass_vertex
in vec3 place;
in vec3 facing;
in vec4 look;
in vec4 stand;
in vec4 paint;
in vec4 lit;
#ifdef PLATE
in vec4 then;
in int owner;
#endif
out vec3 colour;
out vec3 normal;
out vec3 spot;
out float gloss;
out vec3 under;
out vec3 shine;
uniform vec3 inside;
const vec3 LIVERY[7] = vec3[7](
    vec3(0.66, 0.66, 0.65), vec3(0.60), vec3(0.07, 0.15, 0.32), vec3(0.36, 0.05, 0.04),
    vec3(0.10, 0.20, 0.13), vec3(0.52, 0.36, 0.10), vec3(0.30, 0.30, 0.31));
vec3 standing(vec4 at) {
    float s = sin(at.w), c = cos(at.w);
    return vec3(c * place.x - s * place.y, s * place.x + c * place.y, place.z + lit.w * place.x) + at.xyz;
}
void main() {
    float s = sin(stand.w), c = cos(stand.w);
    vec3 p = standing(stand);
    normal = vec3(c * facing.x - s * facing.y, s * facing.x + c * facing.y, facing.z);
    colour = look.rgb;
    gloss = 0.25;
    shine = vec3(0.0);
    if (look.w > 3.5) { gloss = 1.0; shine = inside; } // a window of a lit coach
    else if (look.w > 2.5) { colour = LIVERY[int(paint.w + 0.5)]; gloss = 0.35; }
    else if (look.w > 1.5) gloss = 1.0;
    else if (look.w > 0.5) { colour = paint.rgb; gloss = 0.8; }
    // Low on the flanks the road's light comes from below and the sky's is shut out.
    under = lit.rgb * mix(0.62, 1.0, smoothstep(0.2, 0.9, place.z));
    spot = p;
    passOn(p, standing(then), towardsEye(p, normal), owner);
    gl_Position = VP * vec4(p, 1.0);
}
#fragment
#include common
#include pass_fragment
in vec3 colour;
in vec3 normal;
in vec3 spot;
in float gloss;
in vec3 under;
in vec3 shine;
uniform vec3 mirrored;
out vec4 pixel;
void main() {
    passOut();
    vec3 n = normalize(normal);
    vec3 view = normalize(eye - spot);
    vec3 c = shine + colour * under * ((0.42 + 0.58 * max(n.z, 0.0) + 0.10 * min(n.z, 0.0)) * 0.31831);
    vec3 r = reflect(-view, n);
    float fresnel = 0.04 + 0.96 * pow(1.0 - max(dot(n, view), 0.0), 5.0);
    // What the paint mirrors: sky above, the lit road below, and lamps as a soft spot overhead.
    vec3 world = mix(under * 0.022, mirrored, smoothstep(-0.12, 0.22, r.z));
    world += under * (0.9 * pow(max(r.z, 0.0), 28.0));
    c += world * (gloss * min(fresnel, 0.7));
    pixel = vec4(mix(hazeTowards(spot), c, clearness(spot)), 1.0);
}
