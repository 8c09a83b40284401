// Adds a subframe to the frame, blurred over the part of the lens that its point stands for.
//
// Every pixel spreads over a disc as large as its own circle of confusion. What lies behind spreads
// no further over what is before it than that is blurred itself: nothing leaks into what is sharp.
#vertex
in vec2 place;
out vec2 at;
void main() { at = place * 0.5 + 0.5; gl_Position = vec4(place, 0.0, 1.0); }
#fragment
in vec2 at;
uniform sampler2D subframe;
uniform sampler2D depths;
uniform float share, focus, reach, widest, turn;
uniform vec2 texel, planes;
out vec4 pixel;
const int TAPS = 18, SCOUTS = 5;
const float SHARP = 0.5642;  // radius of a disc of one pixel

vec2 inside(vec2 where) { return clamp(where, 0.5 * texel, 1.0 - 0.5 * texel); }
// One over the distance along the axis, 1/m.
float nearness(vec2 where) {
    float ndc = 2.0 * texture(depths, where).r - 1.0;
    return (planes.y + planes.x - ndc * (planes.y - planes.x)) / (2.0 * planes.x * planes.y);
}
// Radius of the circle of confusion, pixels.
float blur(float near) { return min(abs(near - focus) * reach, widest); }
vec2 spiral(float k, float n, float radius) {
    float angle = turn + 2.39996 * k;
    return radius * sqrt((k + 0.5) / n) * vec2(cos(angle), sin(angle));
}

void main() {
    float near = nearness(at), own = blur(near), radius = own;
    for (int i = 0; i < SCOUTS; i++) {
        float there = nearness(inside(at + spiral(float(i), float(SCOUTS), widest * 0.5) * texel));
        if (there > near && blur(there) > 1.4 * own) radius = max(radius, blur(there));
    }
    vec4 middle = textureLod(subframe, at, 0.0);
    if (radius < SHARP) {
        pixel = middle * share;
        return;
    }
    float size = max(own, SHARP), weight = 1.0 / (3.14159 * size * size);
    vec4 sum = middle * weight;
    float total = weight;
    // Far apart, the taps read coarser levels, so that thin lights do not fall into copies.
    float level = max(0.0, log2(radius * sqrt(3.14159 / float(TAPS))) - 0.5);
    for (int i = 0; i < TAPS; i++) {
        vec2 off = spiral(float(i), float(TAPS), radius);
        vec2 where = inside(at + off * texel);
        float there = nearness(where), wide = blur(there);
        if (there < near) wide = min(wide, own);
        // A soft rim: a hard one would flicker where the blur of a surface changes slowly.
        float reached = 1.0 - smoothstep(0.75 * wide, 1.3 * wide + 0.3, length(off));
        wide = max(wide, SHARP);
        weight = reached * radius * radius / (float(TAPS) * wide * wide);
        sum += textureLod(subframe, where, level) * weight;
        total += weight;
    }
    pixel = sum * (share / total);
}
