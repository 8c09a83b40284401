// Plumes from chimneys: puffs that rise, grow and drift with the wind.
#vertex
#include common
in vec2 corner;
in vec4 mouth;
in vec3 puff;
uniform float seconds;
uniform vec3 right;
uniform vec3 up;
uniform vec2 wind;
out vec2 spot;
out float opacity;
out float seen;
out vec3 air;
void main() {
    float age = fract(seconds * 0.16 / puff.z + puff.x + mouth.w);
    vec3 p = mouth.xyz + vec3(wind, 0.0) * age * (1.0 + 0.6 * age);
    p.xy += (puff.z - 1.0) * wind * age;
    p.xy += 0.35 * puff.z * vec2(sin(age * 9.0 + mouth.w * 30.0 + seconds * 0.4), cos(age * 7.0 + mouth.w * 20.0));
    p.z += 2.6 * puff.z * sqrt(age);
    float radius = (0.35 + 1.55 * age) * puff.z;
    vec3 x = p + radius * (right * corner.x + up * corner.y);
    spot = corner;
    opacity = 0.30 * smoothstep(0.0, 0.06, age) * (1.0 - age) * puff.y;
    seen = clearness(x);
    air = hazeTowards(x);
    gl_Position = VP * vec4(x, 1.0);
}
#fragment
in vec2 spot;
in float opacity;
in float seen;
in vec3 air;
uniform vec3 light;
out vec4 pixel;
void main() {
    float k = max(0.0, 1.0 - dot(spot, spot));
    pixel = vec4(mix(air, light, seen), 1.0) * (opacity * k * k);
}
