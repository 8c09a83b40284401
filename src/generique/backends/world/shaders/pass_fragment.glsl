// The passes of a plate, beside the picture; nothing at all where only a picture is drawn.
#ifdef PLATE
in vec3 passSight;
in vec3 passFacing;
in vec4 passNow;
in vec4 passThen;
flat in int passOwner;
uniform vec3 ahead;
uniform vec2 halfRaster;
layout(location = 1) out int matte;
layout(location = 2) out vec4 surface;
layout(location = 3) out vec4 motion;
void passOut() {
    matte = passOwner;
    surface = vec4(normalize(passFacing), length(passSight));
    vec2 moved = passThen.xy / max(passThen.w, 1e-3) - passNow.xy / passNow.w;
    motion = vec4(moved * halfRaster, dot(passSight, ahead), 1.0);
}
#else
#define passOut()
#endif
