// What the passes of a plate take from a vertex; nothing at all where only a picture is drawn.
#ifdef PLATE
uniform mat4 afterVP;
out vec3 passSight;
out vec3 passFacing;
out vec4 passNow;
out vec4 passThen;
flat out int passOwner;
void passOn(vec3 p, vec3 then, vec3 facing, int owner) {
    passSight = p - eye;
    passFacing = facing;
    passNow = VP * vec4(p, 1.0);
    passThen = afterVP * vec4(then, 1.0);
    passOwner = owner;
}
// The side of a surface that is seen.
vec3 towardsEye(vec3 p, vec3 facing) { return dot(facing, eye - p) < 0.0 ? -facing : facing; }
#else
#define passOn(p, then, facing, owner)
#endif
