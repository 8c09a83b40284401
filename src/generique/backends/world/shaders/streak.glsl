// Lamps mirrored in water: the strip of it whose waves can send a lamp's light to the eye.
#vertex
#include common
in vec2 corner;
in vec3 place;
in vec3 light;
uniform float level;
uniform float slope;
out vec3 at;
flat out vec3 lamp;
flat out vec3 strength;
void main() {
    float tilt = 2.6 * sqrt(slope) + 0.02;
    float a = eye.z - level, b = max(place.z - level, 0.3);
    vec2 way = place.xy - eye.xy;
    float reach = length(way) + 1e-3;
    way /= reach;
    float first = a / tan(min(2.0 * tilt + b / reach, 1.4));
    float last = reach - b / tan(min(2.0 * tilt + a / reach, 1.4));
    first = min(first, reach * 0.98);
    last = max(last, first + 0.01);
    float x = corner.y > 0.0 ? last : first;
    float rest = max(reach - x, 0.5);
    float width = 1.3 * tilt * (a / x + b / rest) / (1.0 / x + 1.0 / rest) + 0.3;
    at = vec3(eye.xy + way * x + vec2(-way.y, way.x) * (corner.x * width), level);
    lamp = place;
    strength = light;
    gl_Position = VP * vec4(at, 1.0);
    gl_Position.z -= 0.00004 * gl_Position.w;
}
#fragment
#include common
#include waves
in vec3 at;
flat in vec3 lamp;
flat in vec3 strength;
out vec4 pixel;
void main() {
    vec3 to = eye - at;
    float away = length(to);
    vec3 v = to / away;
    vec3 l = lamp - at;
    float square = dot(l, l);
    float unseen;
    vec3 wave = rippled(at.xy, away, v.z, 1.0, unseen);
    float k = glitter(v, l * inversesqrt(square), wave.xy, max(unseen, 0.0012));
    float dry = step(bedBelow(at.xy).x, 0.0);
    pixel = vec4(strength * (min(k, 40.0) / square * clearness(at) * dry), 1.0);
}
