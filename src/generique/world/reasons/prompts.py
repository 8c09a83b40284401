"""Refusals of a prompt or a note as a whole."""

from __future__ import annotations

from generique.world.reasons.skies import CONTRADICTION, KEEP_ONE
from generique.world.reasons.telling import Refusal, Text

PROMPT = Text("prompt", "demande")
NOTE = Text("note", "note")

TOO_LONG = Refusal(
    Text("the {text} has {count} characters", "la {text} a {count} caractères"),
    Text("at most {most} are read", "au plus {most} sont lus"),
    Text(
        "describe one shot in a few sentences", "décrivez un seul plan en quelques phrases"
    ),
    Text("{text}", "{text}"),
)  # fmt: skip
INVISIBLE = Refusal(
    Text(
        "the {text} holds the invisible character U+{character}",
        "la {text} contient le caractère invisible U+{character}",
    ),
    None,
    Text("type the text anew, without formatting", "tapez le texte à neuf, sans mise en forme"),
    Text("{text}, character {at}", "{text}, caractère {at}"),
)
EMPTY = Refusal(
    Text("the {text} is empty", "la {text} est vide"),
    None,
    Text(
        'say what is to be seen, for example "night aerial over a suburb"',
        "dites ce qu'on doit voir, par exemple « vue aérienne de nuit sur une banlieue »",
    ),
    Text("{text}", "{text}"),
)

CANNOT_SHOW = Refusal(
    Text("world cannot show {words:quoted}", "world ne peut pas montrer {words:quoted}"),
    Text("{reasons:;}", "{reasons:;}"),
    Text(
        "leave these words out or put them otherwise ({page}), or ask another backend",
        "ôtez ces mots ou dites-les autrement ({page}), ou adressez-vous à un autre générateur",
    ),
    Text("{text}, character {at}", "{text}, caractère {at}"),
)
CANNOT_SHOW_MORE = CANNOT_SHOW._replace(
    what=Text(
        "world cannot show {words:quoted} and {more} more",
        "world ne peut pas montrer {words:quoted} et {more} de plus",
    )
)
REASON = Text("{word:quoted}: {fault}", "{word:quoted} : {fault}")
REASON_WITH_ADVICE = Text(
    "{word:quoted}: {fault}, did you mean {advice:quoted}?",
    "{word:quoted} : {fault}, vouliez-vous dire {advice:quoted} ?",
)

NO_PLACE = Refusal(
    Text("the prompt names no place", "la demande ne nomme aucun lieu"),
    None,
    Text(
        'say where, for example "a residential suburb in Canada" or "a sea coast"',
        "dites où, par exemple « une banlieue résidentielle au Canada » ou « une côte »",
    ),
    PROMPT,
)
NOTHING_CHANGES = Refusal(
    Text("the note changes nothing", "la note ne change rien"),
    Text(
        "the scene is already so, or the note holds only fillers",
        "la scène est déjà ainsi, ou la note n'a que des mots sans effet",
    ),
    Text(
        'say what to change, for example "slower, less snow"',
        "dites ce qui change, par exemple « plus lent, moins de neige »",
    ),
    NOTE,
)
NO_SUCH_COUNTRY = Refusal(
    Text("world knows no {family} as in {named:quoted}", "world ne construit pas ce lieu pour"
         " {named:quoted} : {family}"),
    None,
    Text("leave the country out, or take {known}", "ôtez le pays, ou prenez l'un de ceux-ci :"
         " {known}"),
    PROMPT,
)  # fmt: skip
NOT_IN_THAT_COUNTRY = Refusal(
    Text(
        "world's {family} in {country} shows no {words:quoted}",
        "world n'y montre pas {words:quoted} : {family}, {country}",
    ),
    None,
    Text(
        "leave these words out, or name another country",
        "ôtez ces mots, ou nommez un autre pays",
    ),
    PROMPT,
)
NO_GRAMMAR = Refusal(
    Text(
        "world knows no {family} in {country}",
        "world ne connaît pas ce lieu dans ce pays : {family}, {country}",
    ),
    None,
    Text("take {known}", "prenez {known}"),
    Text("place.country", "place.country"),
)
NO_SPOT_FOR_A_ROOM = Refusal(
    Text(
        "this place has no spot for a room whose window opens on it ({family})",
        "ce lieu n'a pas d'endroit pour une pièce dont la fenêtre s'ouvre sur lui ({family})",
    ),
    Text(
        "a house needs level ground and a clear way before its window, a room in a tower an "
        "open view",
        "une maison veut un sol plat et un passage libre devant sa fenêtre, une pièce dans une "
        "tour une vue dégagée",
    ),
    Text(
        "take another seed of the place, or a larger extent than {extent:g} m",
        "prenez une autre graine du lieu, ou une étendue plus grande que {extent:g} m",
    ),
    Text("place.seed", "place.seed"),
)
OTHER_RATE = Refusal(
    Text(
        "the prompt asks for {asked:g} frames a second, the shot has {rate}",
        "la demande veut {asked:g} images par seconde, le plan en a {rate}",
    ),
    None,
    Text(
        "set the rate of the production, and leave it out of the prompt",
        "fixez la cadence de la production, et ôtez-la de la demande",
    ),
)
_SAY_SECONDS = Text(
    "say {least:g} to {most:g} seconds", "dites de {least:g} à {most:g} secondes"
)  # fmt: skip
NO_SHOT_OF_SECONDS = Refusal(
    Text(
        "a shot of {seconds:g} s cannot be made", "un plan de {seconds:g} s ne peut être fait"
    ),
    None,
    _SAY_SECONDS,
)  # fmt: skip
NO_SHOT_OF_FRAMES = Refusal(
    Text(
        "a shot of {frames} frames cannot be made",
        "un plan de {frames} images ne peut être fait",
    ),
    None,
    _SAY_SECONDS,
)
NO_SUCH_LENGTH = Refusal(
    Text(
        "the length of {frames:g} frames cannot be had",
        "la durée de {frames:g} images ne peut être faite",
    ),
    Text(
        "frames are whole, and agree with the seconds when both are named",
        "les images sont entières, et s'accordent aux secondes si les deux sont dites",
    ),
    Text("name the length once", "dites la durée une fois"),
)
OUT_OF_RANGE = Refusal(
    Text(
        "the words ask for a value that world cannot show",
        "les mots demandent une valeur que world ne peut pas montrer",
    ),
    Text("{english}", "{fields:;}"),
    Text(
        "keep heights within 2 to 400 m, lenses within 10 to 400 mm, "
        "speeds below 60 m/s and wind below 40 m/s",
        "gardez les hauteurs entre 2 et 400 m, les focales entre 10 et 400 mm, "
        "les vitesses sous 60 m/s et le vent sous 40 m/s",
    ),
)
BOUNDED = Text("", "{field} : {value:g} est hors des limites")

TWO_WORDS = Refusal(
    CONTRADICTION,
    Text(
        "both speak of {field}: {one:quoted}, {other:quoted}",
        "les deux parlent de la même chose, {field} : {one:quoted}, {other:quoted}",
    ),
    KEEP_ONE,
)
ONE_WORD_TWICE = Refusal(
    CONTRADICTION,
    Text(
        "{one:quoted} says two things about {field}",
        "{one:quoted} dit deux choses à la fois, {field}",
    ),
    KEEP_ONE,
)
AERIAL_TOO_LOW = Refusal(
    Text(
        "an aerial at {altitude:g} m would fly among roofs and trees",
        "une vue aérienne à {altitude:g} m volerait parmi les toits et les arbres",
    ),
    Text("these reach 16 m", "ils atteignent 16 m"),
    Text(
        "go to {least:g} m or above, or leave out the aerial",
        "montez à {least:g} m ou plus, ou ôtez la vue aérienne",
    ),
)
AERIAL_INDOORS = AERIAL_TOO_LOW._replace(
    why=Text("a room has no air above it", "une pièce n'a pas d'air au-dessus d'elle")
)
NOT_SHALLOW = Refusal(
    CONTRADICTION,
    Text(
        "a shallow depth of field needs f/{most:g} or a wider aperture",
        "une faible profondeur de champ veut f/{most:g} ou une ouverture plus grande",
    ),
    KEEP_ONE,
)
NO_FOCUS_TO_RACK = Refusal(
    CONTRADICTION,
    Text(
        "where everything is sharp, there is no focus to rack",
        "où tout est net, il n'y a pas de point à basculer",
    ),
    KEEP_ONE,
)
NOT_THAT_WAY = Refusal(
    Text(
        "the camera move {move:quoted} does not go {way}",
        "le mouvement {move:quoted} ne va pas {way}",
    ),
    None,
    Text(
        "name one move: truck, orbit or pan left or right, crane or tilt up or down",
        "nommez un mouvement : travelling latéral, orbite ou panoramique à gauche ou à droite, "
        "grue ou panoramique vertical vers le haut ou vers le bas",
    ),
)
STATIC_SPEED = Refusal(
    CONTRADICTION,
    Text(
        "a static camera has no speed and no easing",
        "une caméra fixe n'a ni vitesse ni départ adouci",
    ),
    Text(
        "leave out the words for speed, or name a move",
        "ôtez les mots de vitesse, ou nommez un mouvement",
    ),
)
SPEED_TWICE = Refusal(
    Text(
        "the prompt says the camera's speed twice, as a word and as a number",
        "la demande dit deux fois la vitesse de la caméra, par un mot et par un nombre",
    ),
    None,
    KEEP_ONE,
)
LENS_TWICE = Refusal(
    Text(
        "the prompt says the lens twice, as a length and as an angle",
        "la demande dit deux fois l'objectif, par sa focale et par son angle",
    ),
    None,
    KEEP_ONE,
)
NO_SUCH_ANGLE = Refusal(
    Text(
        "a field of view of {angle:g} degrees is beyond world's lenses",
        "aucun objectif de world n'a un angle de champ de {angle:g} degrés",
    ),
    None,
    Text("say 5 to 120 degrees", "dites 5 à 120 degrés"),
)
LOOKS_TWO_WAYS = Refusal(
    CONTRADICTION,
    Text(
        "a camera looks at its subject, wherever that is",
        "une caméra regarde son sujet, où qu'il soit",
    ),
    Text(
        "leave out the direction of view, or the subject",
        "ôtez la direction du regard, ou le sujet",
    ),
)
LOOKS_ALONG_ITS_WAY = Refusal(
    CONTRADICTION,
    Text(
        "through a window a camera looks along its way, at no subject",
        "par une fenêtre la caméra regarde devant elle, aucun sujet",
    ),
    Text(
        "leave out the subject, or focus on it", "ôtez le sujet, ou faites le point sur lui"
    ),
)  # fmt: skip
FRAMES_NOTHING = Refusal(
    Text("the prompt frames nothing", "la demande ne cadre rien"),
    Text(
        "it says where or how large in the picture, and not what",
        "elle dit où ou de quelle taille dans l'image, et non quoi",
    ),
    Text(
        'name a landmark of the place, for example "framed on the church"',
        "nommez un repère du lieu, par exemple « cadré sur l'église »",
    ),
)
TWO_HOURS_LATER = Refusal(
    CONTRADICTION,
    Text(
        "the hour passes, or the picture cuts to another hour, not both",
        "l'heure passe, ou l'image coupe à une autre heure, pas les deux",
    ),
    KEEP_ONE,
)
AFTER_THE_END = Refusal(
    Text(
        "something is to happen at {at:g} s of a shot of {seconds:g} s",
        "quelque chose doit arriver à {at:g} s d'un plan de {seconds:g} s",
    ),
    None,
    Text(
        "name an earlier moment, or make the shot longer",
        "nommez un moment plus tôt, ou allongez le plan",
    ),
    PROMPT,
)

CHANGED_AND_SET = Refusal(
    Text("the note contradicts itself", "la note se contredit"),
    Text(
        "{words:quoted} changes what the note also sets",
        "{words:quoted} change ce que la note fixe aussi",
    ),
    KEEP_ONE,
)
STANDS_STILL = Refusal(
    Text(
        "{words:quoted}: the camera of this take stands still",
        "{words:quoted} : la caméra de cette prise est fixe",
    ),
    None,
    Text(
        'name a move, for example "slow push-in"',
        "nommez un mouvement, par exemple « travelling avant lent »",
    ),
)
NOT_YET = Refusal(
    Text(
        "{words:quoted}: what the note asks for anew cannot be more or less yet",
        "{words:quoted} : ce que la note demande de neuf ne peut encore être plus ou moins",
    ),
    Text(
        "the scene has none of it to compare with", "la scène n'en a pas à quoi comparer"
    ),
    Text(
        'say how it is to be, for example "slow pan"',
        "dites comment ce doit être, par exemple « panoramique lent »",
    ),
)  # fmt: skip
_ALREADY = Text("{field} is {value:g} already", "{field} est déjà à {value:g}")
_LEAVE_OUT = Text("leave these words out", "ôtez ces mots")
NO_MORE = Refusal(
    Text(
        "{words:quoted}: there is no more to be had", "{words:quoted} : on ne peut avoir plus"
    ),
    _ALREADY,
    _LEAVE_OUT,
)  # fmt: skip
NO_LESS = Refusal(
    Text(
        "{words:quoted}: there is no less to be had", "{words:quoted} : on ne peut avoir moins"
    ),
    _ALREADY,
    _LEAVE_OUT,
)  # fmt: skip

FIELDS: dict[str, Text] = {
    "place.country": Text("the country", "le pays"),
    "place.room": Text("place.room", "la pièce"),
    "place.outside": Text("place.outside", "le lieu au-dehors"),
    "weather.snowfall": Text("falling snow", "la neige qui tombe"),
    "weather.snow_cover": Text("lying snow", "la neige au sol"),
    "weather.rain": Text("rain", "la pluie"),
    "weather.fog": Text("fog", "le brouillard"),
    "weather.wind": Text("wind", "le vent"),
    "weather.cloud": Text("weather.cloud", "les nuages"),
    "weather.lightning": Text("weather.lightning", "les éclairs"),
    "weather.aurora": Text("weather.aurora", "les aurores boréales"),
    "life.traffic": Text("traffic", "la circulation"),
    "life.smoke": Text("chimney smoke", "la fumée des cheminées"),
    "life.lit_windows": Text("lit windows", "les fenêtres éclairées"),
    "life.birds": Text("birds", "les oiseaux"),
    "life.trains": Text("trains", "les trains"),
    "life.lamps": Text("street lamps", "les lampadaires"),
    "camera.move": Text("the camera's move", "le mouvement de la caméra"),
    "camera.direction": Text("direction", "la direction du mouvement"),
    "camera.altitude": Text("the camera's height", "la hauteur de la caméra"),
    "camera.pitch": Text("pitch", "l'inclinaison"),
    "camera.heading": Text("heading", "la direction du regard"),
    "camera.speed": Text("speed", "la vitesse"),
    "camera.focal": Text("focal", "la focale"),
    "camera.easing": Text("easing", "le départ et l'arrêt"),
    "camera.handheld": Text("handheld", "la tenue de la caméra"),
    "camera.aperture": Text("aperture", "l'ouverture"),
    "camera.focus": Text("focus", "la mise au point"),
    "camera.subject": Text("subject", "le sujet du cadre"),
    "camera.share": Text("share", "la part du sujet"),
    "camera.third": Text("third", "le tiers du sujet"),
    "camera.shutter": Text("shutter", "l'obturateur"),
    "pace": Text("the camera's speed", "la vitesse de la caméra"),
    "own speed": Text("the camera's speed", "la vitesse de la caméra"),
    "aerial": Text("aerial", "la vue aérienne"),
    "field of view": Text("field of view", "l'angle de champ"),
    "time": Text("time", "l'heure"),
    "time.hour": Text("time.hour", "l'heure de l'horloge"),
    "time.day": Text("time.day", "le jour de l'année"),
    "time.moon": Text("time.moon", "la lune"),
    "time.bearing": Text("time.bearing", "l'orientation du lieu"),
    "season": Text("season", "la saison"),
    "foliage": Text("foliage", "le feuillage"),
    "sky": Text("sky", "le ciel"),
    "sunshine": Text("sunshine", "le soleil"),
    "backlit": Text("backlight", "le contre-jour"),
    "stars": Text("stars", "les étoiles"),
    "wet": Text("wet", "les rues mouillées"),
    "hover": Text("hover", "le vol sur place"),
    "shallow": Text("shallow", "la profondeur de champ"),
    "length": Text("length", "la durée"),
    "frames": Text("frames", "le nombre d'images"),
    "fps": Text("fps", "la cadence"),
    "becomes.time": Text("becomes.time", "l'heure qui passe"),
    "becomes.cut": Text("becomes.cut", "la coupe à une autre heure"),
    "becomes.focus": Text("becomes.focus", "la bascule du point"),
    "becomes.fog": Text("becomes.fog", "le brouillard qui change"),
    "becomes.lamps": Text("becomes.lamps", "les lampadaires qui changent"),
    "becomes.windows": Text("becomes.windows", "les fenêtres qui changent"),
    "becomes.window": Text("becomes.window", "la dernière fenêtre"),
    "becomes.snowfall": Text("becomes.snowfall", "la neige qui commence ou cesse"),
    "becomes.rain": Text("becomes.rain", "la pluie qui commence ou cesse"),
    "when.focus": Text("when.focus", "le moment de la bascule"),
    "when.fog": Text("when.fog", "le moment du brouillard"),
    "when.lamps": Text("when.lamps", "le moment des lampadaires"),
    "when.windows": Text("when.windows", "le moment des fenêtres"),
    "when.window": Text("when.window", "le moment de la dernière fenêtre"),
    "when.snowfall": Text("when.snowfall", "le moment de la neige"),
    "when.rain": Text("when.rain", "le moment de la pluie"),
}
"""What a field of a prompt is called in a message."""


def field_name(field: str) -> Text:
    """What a field is called; its own name where it has none, as a field of a document has."""
    return FIELDS.get(field) or Text(field, field)


def document_field(field: str) -> Text:
    """A field of a scene document: by its own name in English, by what it is called in French."""
    return Text(field, field_name(field).french)
