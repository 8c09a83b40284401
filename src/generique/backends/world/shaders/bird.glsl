// Birds: two bent wings and a body, circling, gliding and beating their wings.
#vertex
#include common
#include pass_vertex
in vec4 shape;
in vec4 circle;
in vec4 motion;
in vec4 look;
uniform float seconds;
uniform float pixels;
uniform vec3 ambient;
uniform vec3 sun;
uniform vec3 sunWay;
out vec3 colour;
out float seen;
out vec3 air;
void main() {
    float turn = motion.x + motion.y * seconds;
    float slow = 0.11 * seconds + motion.x * 3.0;
    vec3 middle = circle.xyz + motion.z * vec3(sin(slow), cos(slow * 0.83), 0.3 * sin(slow * 1.7));
    vec3 p = middle + circle.w * vec3(cos(turn), sin(turn), 0.0);
    vec2 ahead = vec2(-sin(turn), cos(turn)) * sign(motion.y);
    vec2 side = vec2(ahead.y, -ahead.x);
    // They beat their wings for a while, then glide.
    float beating = smoothstep(-0.1, 0.4, sin(0.45 * seconds + motion.x * 5.0));
    float beat = sin(motion.w * seconds + motion.x * 9.0);
    float lift = mix(0.16, 0.10 + 0.55 * beat, beating) * shape.w;
    float bank = 0.35 * sign(motion.y) * clamp(20.0 / circle.w, 0.2, 1.0);
    // Never thinner than a pixel can show.
    float size = look.w * max(1.0, 1.6 * length(p - eye) / (pixels * look.w));
    vec3 local = vec3(shape.xy, shape.z + lift * abs(shape.x)) * size;
    vec3 up = normalize(vec3(-side * bank * -1.0, 1.0));
    vec3 q = p + vec3(side, -bank) * local.x + vec3(ahead, 0.0) * local.y + up * local.z;
    vec3 n = normalize(up + vec3(side, 0.0) * (-0.6 * lift * sign(shape.x)));
    float tip = smoothstep(0.40, 0.5, abs(shape.x)) * step(0.3, look.r);
    vec3 albedo = look.rgb * (1.0 - 0.85 * tip);
    float below = step(dot(n, eye - q), 0.0);
    vec3 light = ambient * mix(1.0, 0.62, below) + sun * max(dot(n, sunWay), 0.0) * mix(1.0, 0.25, below);
    colour = albedo * light;
    seen = receded(clearness(q), q);
    air = hazeTowards(q);
    passOn(q, q, n, OWNER_BIRD);
    gl_Position = VP * vec4(q, 1.0);
}
#fragment
#include pass_fragment
in vec3 colour;
in float seen;
in vec3 air;
out vec4 pixel;
void main() {
    passOut();
    pixel = vec4(mix(air, colour, seen), 1.0);
}
