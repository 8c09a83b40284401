// Boats that go their way: hull and house under sky and sun, lamps, and the wake behind them.
#vertex
#include common
#include pass_vertex
#include beacon
in vec3 place;
in vec3 facing;
in vec4 look;
uniform vec3 stand;
uniform vec2 course;
uniform vec3 tilt;
uniform vec3 ambient;
uniform vec3 sun;
uniform vec3 sunWay;
uniform int wake;
uniform float fade;
out vec4 colour;
out vec3 at;
out float seen;
out vec3 air;
void main() {
    vec3 q = place;
    if (wake == 0) {
        q.z += tilt.x + tilt.y * q.x + tilt.z * q.y;
        q.y -= tilt.z * place.z;
    }
    vec2 left = vec2(-course.y, course.x);
    vec3 p = stand + vec3(course * q.x + left * q.y, q.z);
    vec3 n = vec3(course * facing.x + left * facing.y, facing.z);
    vec3 light = ambient * (0.62 + 0.38 * n.z) + sun * max(dot(n, sunWay), 0.0);
    if (beamCount > 0) light += swept(p, n) * 0.31831;
    colour = look.a > 1.5 ? vec4(look.rgb, 1.0) : vec4(look.rgb * light, look.a * fade);
    at = place;
    seen = receded(clearness(p), p);
    air = hazeTowards(p);
    passOn(p, p, n, OWNER_BOAT);
    gl_Position = VP * vec4(p, 1.0);
    if (wake == 1) gl_Position.z -= 0.00004 * gl_Position.w;
}
#fragment
#include pass_fragment
in vec4 colour;
in vec3 at;
in float seen;
in vec3 air;
uniform sampler2D noise;
uniform int wake;
uniform float seconds;
uniform vec2 run;
out vec4 pixel;
void main() {
    passOut();
    float cover = 1.0;
    if (wake == 1) {
        vec2 q = at.xy + run * seconds;
        float rough = texture(noise, q * vec2(0.03, 0.11)).r * 0.6 + texture(noise, q * 0.17).r * 0.4;
        cover = colour.a * smoothstep(0.34, 0.62, rough + 0.25 * colour.a);
    }
    pixel = vec4(mix(air, colour.rgb, seen) * cover, cover);
}
