// Snow and rain: drops in a box that travels with the camera.
#vertex
#include common
in vec2 corner;
in vec4 drop;
uniform float seconds;
uniform vec3 right;
uniform vec3 fall;
uniform vec3 streak;
uniform float width;
uniform float waver;
uniform float nearest;
uniform vec3 dryLow;
uniform vec3 dryHigh;
out float strength;
out vec2 spot;
void main() {
    vec3 box = vec3(50.0, 60.0, 40.0);
    vec3 low = eye - box * vec3(0.5, 0.5, 0.6);
    vec3 moved = drop.xyz * box + fall * seconds * (0.8 + 0.4 * drop.w);
    moved.x += sin(drop.w * 40.0 + seconds) * waver;
    vec3 p = mod(moved - low, box) + low;
    float away = length(p - eye);
    spot = corner;
    strength = smoothstep(nearest, nearest * 2.4, away) * exp(-away * 0.045);
    // Nothing falls in a room.
    if (all(greaterThan(p, dryLow)) && all(lessThan(p, dryHigh))) strength = 0.0;
    gl_Position = VP * vec4(p + right * (corner.x * width) + streak * corner.y, 1.0);
}
#fragment
in float strength;
in vec2 spot;
uniform vec3 light;
uniform float solid;
out vec4 pixel;
void main() {
    float k = strength * max(0.0, 1.0 - dot(spot, spot));
    // The more solid it is the more it hides, up to all of what is behind it.
    k *= 1.0 + 1.2 * solid;
    k = mix(k, min(k, 1.0), solid);
    pixel = vec4(light * k, solid * min(k, 1.0));
}
