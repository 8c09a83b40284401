// Behind everything in a plate: nobody's but the sky's, out of reach, moving as the camera turns.
#vertex
in vec2 place;
out vec2 screen;
void main() { screen = place; gl_Position = vec4(place, 0.99999, 1.0); }
#fragment
in vec2 screen;
uniform mat4 inverseVP;
uniform mat4 afterVP;
uniform vec3 eye;
uniform vec2 halfRaster;
uniform float unreached;
out vec4 pixel;
layout(location = 1) out int matte;
layout(location = 2) out vec4 surface;
layout(location = 3) out vec4 motion;
void main() {
    vec4 far = inverseVP * vec4(screen, 1.0, 1.0);
    vec4 then = afterVP * vec4(normalize(far.xyz / far.w - eye), 0.0);
    pixel = vec4(0.0);
    matte = OWNER_SKY;
    surface = vec4(0.0, 0.0, 0.0, unreached);
    motion = vec4((then.xy / max(then.w, 1e-3) - screen) * halfRaster, unreached, 1.0);
}
