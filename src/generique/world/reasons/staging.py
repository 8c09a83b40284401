"""Refusals of a camera's way and of its focus, found before anything is drawn."""

from __future__ import annotations

from generique.world.reasons.telling import Refusal, Text

_CAMERA = Text("camera", "camera")
_FOCUS = Text("camera.focus", "camera.focus")
_SUBJECT = Text("camera.subject", "camera.subject")
_GO_SLOWER = Text("go slower", "allez moins vite")
_SKY = Text("{sky:.0%} of the picture would be sky", "{sky:.0%} de l'image seraient du ciel")
_SPEED = Text("the camera would move at {speed:.1f} m/s", "la caméra irait à {speed:.1f} m/s")
_LEAVES = Text("the camera would leave the place", "la caméra sortirait du lieu")
_BUILT = Text("{extent:g} m are built", "{extent:g} m sont bâtis")

TOO_HIGH = Refusal(
    Text(
        "from {highest:.0f} m the edge of the place would be seen",
        "à {highest:.0f} m on verrait le bord du lieu",
    ),
    Text(
        "{extent:g} m are built, good for {ceiling:g} m of height",
        "{extent:g} m sont bâtis, assez pour {ceiling:g} m de hauteur",
    ),
    Text(
        "stay below {ceiling:g} m, or build a larger place",
        "restez sous {ceiling:g} m, ou bâtissez un lieu plus grand",
    ),
    _CAMERA,
)
THROUGH_A_WALL = Refusal(
    Text("the camera would go through a wall", "la caméra traverserait un mur"),
    Text(
        "the room is {across:.1f}, {long:.1f}, {high:.1f} m across, long and high, "
        "and the lens needs {room:g} m",
        "la pièce a {across:.1f} m de large, {long:.1f} de long et {high:.1f} de haut, "
        "et l'objectif veut {room:g} m",
    ),
    Text(
        "go slower, shorten the shot, or stay between floor and ceiling",
        "allez moins vite, raccourcissez le plan, ou restez entre sol et plafond",
    ),
    _CAMERA,
)
TOO_FAST_INDOORS = Refusal(
    _SPEED,
    Text(
        "in a room {most:g} m/s is the most that can be watched",
        "dans une pièce on ne peut suivre plus de {most:g} m/s",
    ),
    _GO_SLOWER,
    _CAMERA,
)
TOO_FAST_TO_THE_WINDOW = Refusal(
    Text(
        "the camera would move at {speed:.1f} m/s in the room",
        "la caméra irait à {speed:.1f} m/s dans la pièce",
    ),
    Text(
        "{most:g} m/s is the most that can be watched there",
        "on ne peut y suivre plus de {most:g} m/s",
    ),
    Text(
        "go slower, ease less, or make the shot longer",
        "allez moins vite, adoucissez moins, ou allongez le plan",
    ),
    _CAMERA,
)
TOO_FAST_AT_THE_GROUND = Refusal(
    _SPEED,
    Text("so near to the ground that cannot be watched", "si près du sol on ne peut pas le suivre"),
    _GO_SLOWER,
    _CAMERA,
)
ONLY_SKY = Refusal(_SKY, None, Text("look further down", "regardez plus bas"), _CAMERA)
TOO_MUCH_SKY = ONLY_SKY._replace(
    why=Text("the place has to fill most of it", "le lieu doit en remplir la plus grande part")
)
LEAVES_AFTER_THE_WINDOW = Refusal(
    _LEAVES,
    _BUILT,
    Text(
        "go slower, shorten the shot, or build a larger place",
        "allez moins vite, raccourcissez le plan, ou bâtissez un lieu plus grand",
    ),
    _CAMERA,
)
LEAVES_THE_PLACE = Refusal(
    _LEAVES,
    Text(
        "{extent:g} m are built; it would stand at {x:.0f}, {y:.0f}",
        "{extent:g} m sont bâtis ; elle serait en {x:.0f}, {y:.0f}",
    ),
    Text("go slower, or shorten the shot", "allez moins vite, ou raccourcissez le plan"),
    _CAMERA,
)
LOOKS_BEYOND = Refusal(
    Text(
        "the camera would look beyond the edge of the place",
        "la caméra regarderait au-delà du bord du lieu",
    ),
    _BUILT,
    Text(
        "go slower or lower, shorten the shot, or look another way",
        "allez moins vite ou plus bas, raccourcissez le plan, ou regardez ailleurs",
    ),
    _CAMERA,
)
TOO_LOW = Refusal(
    Text(
        "the camera would come down to {lowest:.1f} m",
        "la caméra descendrait à {lowest:.1f} m",
    ),
    Text("it needs {least:g} m of air", "il lui faut {least:g} m d'air"),
    Text(
        "start higher, go slower, or shorten the shot",
        "partez de plus haut, allez moins vite, ou raccourcissez le plan",
    ),
    _CAMERA,
)
INTO_A_HOUSE = Refusal(
    Text(
        "the camera would fly into a house or a tree",
        "la caméra heurterait une maison ou un arbre",
    ),
    Text(
        "below {trees:g} m it has to keep to the main street, which runs north "
        "and south; this path goes {away:.0f} m away from it",
        "sous {trees:g} m elle doit suivre la rue principale, qui va du nord au sud ; "
        "ce chemin s'en écarte de {away:.0f} m",
    ),
    Text(
        "go to {trees:g} m or above, or push in along the street",
        "montez à {trees:g} m ou plus, ou avancez le long de la rue",
    ),
    _CAMERA,
)
INTO_A_BUILDING = Refusal(
    Text("the camera would fly into a building", "la caméra heurterait un bâtiment"),
    Text(
        "it needs {air:g} m of air over roofs and beside walls, and has {above:.0f} m",
        "il lui faut {air:g} m d'air au-dessus des toits et le long des murs, "
        "et elle en a {above:.0f}",
    ),
    Text(
        "go higher, keep to the street below {trees:g} m, shorten the shot, or look another way",
        "montez, suivez la rue sous {trees:g} m, raccourcissez le plan, ou regardez ailleurs",
    ),
    _CAMERA,
)
TOO_FAST = Refusal(
    _SPEED,
    Text(
        "at {height:g} m of height {fastest:.1f} m/s is the most that can be watched",
        "à {height:g} m de hauteur on ne peut suivre plus de {fastest:.1f} m/s",
    ),
    Text("go slower, or higher", "allez moins vite, ou plus haut"),
    _CAMERA,
)
TOO_HARD = Refusal(
    Text(
        "the camera would accelerate at {acceleration:.1f} m/s^2",
        "la caméra accélérerait de {acceleration:.1f} m/s²",
    ),
    Text(
        "at {height:g} m of height {hardest:.1f} m/s^2 is the most that can be watched",
        "à {height:g} m de hauteur on ne peut suivre plus de {hardest:.1f} m/s²",
    ),
    Text(
        "go slower, make the shot longer, or ease less",
        "allez moins vite, allongez le plan, ou adoucissez moins",
    ),
    _CAMERA,
)
TURNS_TOO_FAST = Refusal(
    Text(
        "the camera would turn by {turning:.0f} degrees a second",
        "la caméra tournerait de {turning:.0f} degrés par seconde",
    ),
    Text("{most:g} is the most that can be watched", "on ne peut en suivre plus de {most:g}"),
    Text(
        "go slower, hold the camera steadier, or look less steeply down on an orbit",
        "allez moins vite, tenez mieux la caméra, ou plongez moins pendant une orbite",
    ),
    _CAMERA,
)
MOVES_TOO_MANY = Refusal(
    Text(
        "{count} camera moves do not fit into {total:g} s",
        "{count} mouvements de caméra ne tiennent pas en {total:g} s",
    ),
    Text("each needs {least:g} s", "chacun veut {least:g} s"),
    Text(
        "make the shot longer, or take a move away", "allongez le plan, ou ôtez un mouvement"
    ),
    Text("camera.then", "camera.then"),
)  # fmt: skip
TURNS_AWAY = Refusal(
    Text("a {move} turns away from its subject", "ce mouvement se détourne du sujet : {move}"),
    None,
    Text(
        "leave the subject out, or choose another move",
        "ôtez le sujet, ou choisissez un autre mouvement",
    ),
    _SUBJECT,
)
HIDDEN = Refusal(
    Text(
        "the {subject:quoted} is hidden by something before it",
        "{subject:quoted} : quelque chose le cache",
    ),
    None,
    Text(
        "go higher, let it take a larger share of the picture, or turn the heading",
        "montez, donnez-lui une plus grande part de l'image, ou tournez le regard",
    ),
    _SUBJECT,
)
NO_STAND = Refusal(
    Text(
        "nowhere in the room can a camera look at the {subject:quoted} with this move",
        "nulle part dans la pièce une caméra ne peut regarder {subject:quoted} par ce mouvement",
    ),
    Text(
        "a way of {length:.1f} m at {height:g} m of height would go through a wall",
        "un trajet de {length:.1f} m à {height:g} m de hauteur traverserait un mur",
    ),
    Text(
        "go slower, shorten the shot, or stay between floor and ceiling",
        "allez moins vite, raccourcissez le plan, ou restez entre sol et plafond",
    ),
    _SUBJECT,
)
NO_SUCH_LANDMARK = Refusal(
    Text(
        "the place has no {subject:quoted} to look at",
        "le lieu n'a pas de {subject:quoted} à regarder",
    ),
    Text("it has {known:;}", "il a : {known:;}"),
    Text("name one of these, or leave the subject out", "nommez l'un de ceux-ci, ou ôtez le sujet"),
    _SUBJECT,
)
NO_LANDMARKS = NO_SUCH_LANDMARK._replace(why=Text("it has no landmarks", "il n'a pas de repère"))

PULLED_TOO_LONG = Refusal(
    Text(
        "the focus would be pulled until {end:g} s",
        "la mise au point durerait jusqu'à {end:g} s",
    ),
    Text("the shot is {seconds:g} s long", "le plan dure {seconds:g} s"),
    Text(
        "pull it earlier or faster, or make the shot longer",
        "commencez plus tôt, faites plus vite, ou allongez le plan",
    ),
    _FOCUS,
)
STANDS_BEFORE = Text("something stands before it", "quelque chose se trouve devant")
OUTSIDE_THE_PICTURE = Text("it is outside the picture", "c'est hors de l'image")
NOT_IN_FOCUS = Refusal(
    Text(
        "the focus cannot be on the {subject:quoted} at {seconds:g} s",
        "la mise au point ne peut se faire sur {subject:quoted} à {seconds:g} s",
    ),
    Text("{reason} at that time", "{reason} à ce moment"),
    Text(
        "focus on something in the picture or at a distance in metres, or look another way",
        "faites le point sur ce qui est dans l'image ou à une distance en mètres, "
        "ou regardez ailleurs",
    ),
    _FOCUS,
)

FALLS_IN_THE_ROOM = Refusal(
    Text(
        "rain or snow would fall in the room", "la pluie ou la neige tomberait dans la pièce"
    ),
    Text(
        "world does not keep what falls out of a room whose window is open",
        "world ne retient pas ce qui tombe devant une fenêtre ouverte",
    ),
    Text("leave it out; snow may lie outside", "ôtez-la ; de la neige peut tenir dehors"),
    _CAMERA,
)  # fmt: skip
NOT_THROUGH = Refusal(
    Text(
        "the shot ends before the camera is through the window",
        "le plan finit avant que la caméra ait passé la fenêtre",
    ),
    Text(
        "it goes from {first:.1f} to {last:.1f} m beyond it",
        "elle va de {first:.1f} à {last:.1f} m au-delà",
    ),
    Text("make the shot longer, or go faster", "allongez le plan, ou allez plus vite"),
    _CAMERA,
)
JOLTS = Refusal(
    Text(
        "the acceleration would jump by {jolt:.1f} m/s^2",
        "l'accélération sauterait de {jolt:.1f} m/s²",
    ),
    Text(
        "{most:g} is the most that is not felt as a jolt",
        "au-delà de {most:g} on sent une secousse",
    ),
    Text("go slower, or make the shot longer", "allez moins vite, ou allongez le plan"),
    _CAMERA,
)
TOUCHES_THE_FRAME = Refusal(
    Text(
        "the camera would touch the frame of the window",
        "la caméra toucherait le cadre de la fenêtre",
    ),
    Text(
        "the lens needs {room:g} m and has {spare:.2f}",
        "l'objectif veut {room:g} m et en a {spare:.2f}",
    ),
    Text(
        "pass at {low:.1f} to {high:.1f} m of height, and hold the camera steadier",
        "passez entre {low:.1f} et {high:.1f} m de hauteur, et tenez mieux la caméra",
    ),
    _CAMERA,
)
TOUCHES_THE_ROOM = Refusal(
    Text(
        "the camera would touch a wall or something in the room",
        "la caméra toucherait un mur ou un objet de la pièce",
    ),
    Text(
        "the lens needs {walls:g} m from walls and {things:g} m from things",
        "l'objectif veut {walls:g} m jusqu'aux murs et {things:g} m jusqu'aux objets",
    ),
    Text(
        "go at the height of the window, at about 1.5 m",
        "allez à la hauteur de la fenêtre, vers 1,5 m",
    ),
    _CAMERA,
)
INTO_THE_HOUSE_ACROSS = Refusal(
    Text(
        "the camera would fly into the house across the street",
        "la caméra heurterait la maison d'en face",
    ),
    Text("it comes within {gap:.0f} m of its middle", "elle passe à {gap:.0f} m de son milieu"),
    Text(
        "shorten the shot, or take another seed of the place",
        "raccourcissez le plan, ou prenez une autre graine du lieu",
    ),
    _CAMERA,
)
INTO_THE_GROUND = Refusal(
    Text(
        "the camera would touch the ground or the water outside",
        "la caméra toucherait le sol ou l'eau au-dehors",
    ),
    Text(
        "it comes within {above:.1f} m of it and needs {least:g}",
        "elle en approche à {above:.1f} m et en veut {least:g}",
    ),
    Text(
        "shorten the shot, or take another seed of the place",
        "raccourcissez le plan, ou prenez une autre graine du lieu",
    ),
    _CAMERA,
)
INTO_A_ROOF = Refusal(
    Text(
        "the camera would fly into a building outside",
        "la caméra heurterait un bâtiment au-dehors",
    ),
    Text(
        "it has {above:.1f} m above a roof and needs {least:g}",
        "elle a {above:.1f} m au-dessus d'un toit et en veut {least:g}",
    ),
    Text(
        "shorten the shot, or take another seed of the place",
        "raccourcissez le plan, ou prenez une autre graine du lieu",
    ),
    _CAMERA,
)
