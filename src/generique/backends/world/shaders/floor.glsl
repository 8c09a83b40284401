// A polished floor: the mirrored room, blurred more the farther it stands from the floor.
#vertex
#include common
in vec3 place;
out vec3 at;
void main() {
    at = place + vec3(0.0, 0.0, 0.012);
    gl_Position = VP * vec4(at, 1.0);
}
#fragment
#include common
in vec3 at;
uniform sampler2D mirror;
uniform sampler2D noise;
uniform vec2 screen;
uniform float gloss;
uniform float rough;
uniform vec4 walls;
out vec4 pixel;
void main() {
    vec3 v = normalize(eye - at);
    float f = gloss * (0.05 + 0.95 * pow(1.0 - max(v.z, 0.0), 4.0));
    vec2 uv = gl_FragCoord.xy / screen;
    float uneven = texture(noise, at.xy * 0.9).r - 0.5;
    // At the foot of a wall a reflection is sharp; beyond it there is the day outside.
    vec2 gap = min(at.xy - walls.xy, walls.zw - at.xy);
    float clear = smoothstep(0.0, 0.45, min(gap.x, gap.y));
    vec2 reach = vec2(0.010, 0.055) * rough * clear / max(length(eye - at) * 0.25, 0.6);
    // A pattern that differs from pixel to pixel, so that few samples do not fall into copies.
    float between = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
    vec3 c = vec3(0.0);
    float total = 0.0;
    for (int i = -3; i <= 3; i++) {
        for (int j = -1; j <= 1; j++) {
            vec2 shift = vec2(float(j) * 0.7, (float(i) + between) / 3.0) * reach;
            float k = exp(-0.5 * (float(i * i) / 4.0 + float(j * j)));
            c += k * min(texture(mirror, uv + shift + vec2(0.0, 0.006 * uneven * rough * clear)).rgb, vec3(24.0));
            total += k;
        }
    }
    pixel = vec4(c / total * f * (0.85 + 0.5 * uneven), 1.0);
}
