// A tree onto a card: its colours and its normals, weighted by how much it covers.
#vertex
in vec3 place;
in vec3 facing;
in vec4 albedo;
uniform float solid;
uniform float snowCover;
uniform float size;
uniform vec2 rise;
out vec3 colour;
out vec4 looks;
void main() {
    vec3 m = normalize(facing * 0.6 + normalize(vec3(place.xy, 0.001)) * 0.7);
    float depth = mix(0.45, 1.0, smoothstep(0.0, 0.24 * solid + 0.02, length(place.xy)));
    depth *= mix(0.55, 1.0, place.z);
    float snow = albedo.a * snowCover;
    colour = albedo.rgb * (depth * (1.0 - snow));
    looks = vec4(m, depth * snow);
    // Seen from -y and above: rise holds cosine and sine of the height.
    vec3 q = (place - vec3(0.0, 0.0, 0.5)) / size;
    gl_Position = vec4(
        q.x, q.z * rise.x + q.y * rise.y, 0.5 * (q.y * rise.x - q.z * rise.y), 1.0);
}
#fragment
in vec3 colour;
in vec4 looks;
layout(location = 0) out vec4 shown;
layout(location = 1) out vec4 kept;
void main() { shown = vec4(colour, 1.0); kept = looks; }
