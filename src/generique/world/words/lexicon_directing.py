"""Words that come with a shot list, in both languages.

Sluglines, sizes of shots, where the light comes from, and what is asked of a film but not of a
picture of ``world``.
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.scene import Family
from generique.world.words.lexicon_entry import Entry, Role
from generique.world.words.lexicon_family import WITH_LAMPS, WITH_TRAFFIC, WITH_TREES, WITH_WINDOWS

DIRECTING = (
    Entry(Role.SHOWN, "INT", names=(Family.INTERIOR,),
          note="which room or corridor it is follows from the seed of the place"),
    Entry(Role.TIME, "long shadows | low sun | low winter sun | raking light | sun low in the sky"
          " | sun is low | low sunlight"
          " | low evening sun", (("time", "golden-hour"), ("sunshine", True))),
    Entry(Role.WEATHER, "backlit | back-lit | backlight | backlighting | against the light"
          " | against the sun | into the sun | shot into the sun | contre-jour | silhouetted"
          " | in silhouette", (("backlit", True),)),
    Entry(Role.WEATHER, "rough sea | rough seas | heavy seas | heavy sea | raging sea | choppy sea"
          " | choppy water | big waves | high waves", (("weather.wind", 14),),
          names=(Family.COAST,)),
    Entry(Role.WEATHER, "gentle waves | gentle swell | small waves | gentle surf",
          (("weather.wind", 3),), names=(Family.COAST,)),
    Entry(Role.LIFE, "lighthouse beam | beam of the lighthouse | beam of a lighthouse"
          " | lighthouse beam sweeping | sweeping lighthouse beam | lighthouse beam sweeps",
          (("life.lamps", True),), names=(Family.COAST,)),
    Entry(Role.LIFE, "floodlit | illuminated at night | lit up at night",
          (("life.lamps", True),), shown_by=WITH_LAMPS),
    Entry(Role.LIFE, "quiet streets | quiet street | quiet road | little-used road",
          (("life.traffic", 0.1),), shown_by=WITH_TRAFFIC),
    Entry(Role.LIFE, "rush hour | rush-hour traffic | peak hour | traffic jam | heavy traffic jam",
          (("life.traffic", 0.85),), shown_by=WITH_TRAFFIC),
    Entry(Role.LIFE, "single lit window | one lit window | one window lit | one window still lit"
          " | only one window lit | only one window still lit | a single window lit"
          " | a single window is lit | one window is lit | single window is lit"
          " | single window lit | one window glowing | one glowing window | lone lit window"
          " | a lit window | a single window still lit",
          (("life.lit_windows", 0.02),), shown_by=WITH_WINDOWS,
          note="windows are not counted: very few are lit, and which follows the seed"),
    Entry(Role.MOVE, "pan left | pan to the left | panning left | panning to the left"
          " | pan right to left | pan from right to left | pans left | pans to the left",
          (("camera.move", "pan"), ("camera.direction", "left"))),
    Entry(Role.MOVE, "pan right | pan to the right | panning right | panning to the right"
          " | pan left to right | pan from left to right | pans right | pans to the right",
          (("camera.move", "pan"), ("camera.direction", "right"))),
    Entry(Role.MOVE, "rise from behind the trees | rises from behind the trees"
          " | rising from behind the trees | rise up from behind the trees"
          " | rising up from behind the trees | crane up from behind the trees"
          " | crane up from the trees | rise from the trees | rising from the trees"
          " | rise above the trees | rising above the trees | rise from among the trees"
          " | rise out of the trees | rising out of the trees | rise over the trees"
          " | rise through the trees | rise from between the trees",
          (("camera.move", "crane"), ("camera.direction", "up"), ("camera.altitude", 4),
           ("own speed", 4.5)), shown_by=WITH_TREES,
          note="the camera starts between the trees, 4 m up, and rises out of them"),
    Entry(Role.MOVE, "rise from behind the rooftops | rising from behind the rooftops"
          " | rise from behind the houses | rising from behind the houses"
          " | rise from behind the roofs | rise above the rooftops | rising above the rooftops"
          " | rise above the roofs | rising above the roofs | rise above the houses"
          " | rise over the rooftops | rising over the rooftops | crane up above the rooftops"
          " | crane up over the rooftops",
          (("camera.move", "crane"), ("camera.direction", "up"), ("camera.altitude", 4),
           ("own speed", 4.5)),
          shown_by=(Family.SUBURB, Family.TERRACES, Family.MAIN_STREET),
          note="the camera starts in the street, 4 m up, and rises above the roofs"),
    Entry(Role.MOVE, "walking down | walking along | walking through | walking into"
          " | walking forward | walking towards | walk down | walk along | walk through"
          " | walk forward", (("camera.move", "push-in"),)),
    Entry(Role.LENS, "extreme wide shot | extreme long shot | very wide shot | extreme wide",
          (("camera.focal", 24),), weak=True),
)  # fmt: skip
"""Words that a scene can have."""

NOT_IN_A_PROMPT = (
    Entry(Role.NEVER, "low angle | low angle shot | low-angle view | worm's-eye view | looking up"
          " | looking up at | looking upwards | camera looks up",
          note="the sky takes at most 60 % of a picture of world; say eye level"),
    Entry(Role.NEVER, "dutch angle | dutch tilt | canted | canted angle | tilted horizon",
          note="the horizon of world is level"),
    Entry(Role.NEVER, "vertical pan", note="say which way: tilt up or tilt down"),
    Entry(Role.NEVER, "pan to | panning to | pan over to | pan across to | pans to",
          note="a pan turns left or right at its speed; where it ends is not directed"),
    Entry(Role.NEVER, "reveal | revealing | to reveal",
          note="a move shows what lies on its way; name the move alone"),
    Entry(Role.NEVER, "black and white | black-and-white | monochrome | sepia | noir | film noir"
          " | low-key | low-key lighting | high-key | high-key lighting | high contrast"
          " | low contrast | desaturated | teal and orange | technicolor | film grain | grainy"
          " | lens flare | lens flares | vintage | colour grade | color grade | colour grading"
          " | color grading",
          note="the finish of a picture is set in the grade of its scene, not in the prompt"),
    Entry(Role.NEVER, "4K | 8K | UHD | HD | full HD | anamorphic | widescreen | CinemaScope"
          " | IMAX | aspect ratio | film stock",
          note="the size of a picture is an option of the shot, not of the prompt"),
    Entry(Role.NEVER, "birdsong | foghorn | barks | barking | howling | sound of | sounds | music"
          " | soundtrack | voice-over | narration | dialogue | footsteps | sirens wailing",
          note="a prompt asks for pictures; sounds are cues of their own"),
    Entry(Role.NEVER, "behind | beside | next to | at the end of | in front of | opposite"
          " | against | in the foreground | foreground",
          note="a place lays itself out by its seed; where things stand is not directed"),
    Entry(Role.NEVER, "fifties | sixties | seventies | eighties | nineties | 1940s | 1950s | 1960s"
          " | 1970s | 1980s | 1990s | medieval | futuristic | post-apocalyptic | apocalyptic"
          " | dystopian | cyberpunk | steampunk | sci-fi | science fiction | Victorian era",
          note="the places of world are of today"),
    Entry(Role.NEVER, "god rays | light shafts | shafts of light | rays of light",
          note="the light of world throws no such rays"),
    Entry(Role.NEVER, "time-lapse | timelapse | time lapse",
          note='say from which hour to which: "from day to night"'),
)  # fmt: skip
"""Words that are known and refused; "no" before one is granted."""

IN_FRENCH: dict[str, str] = {
    "INT": "INT",
    "long shadows": "ombres longues | longues ombres | soleil bas | soleil rasant"
    " | lumière rasante | soleil bas sur l'horizon",
    "backlit": "contre-jour | à contre-jour | en contre-jour | face au soleil"
    " | contre la lumière | en ombre chinoise | en ombres chinoises | en silhouette",
    "rough sea": "mer démontée | mer déchaînée | mer houleuse | grosse mer | mer forte"
    " | mer agitée | mer formée",
    "gentle waves": "petites vagues | vagues douces | vagues légères | houle légère",
    "lighthouse beam": "faisceau du phare | faisceau d'un phare | le faisceau du phare balaie",
    "floodlit": "éclairé la nuit | éclairée la nuit | éclairés la nuit | éclairées la nuit"
    " | illuminé la nuit | illuminée la nuit | illuminés la nuit | illuminées la nuit",
    "rise from behind the trees": "s'élève derrière les arbres | s'élève de derrière les arbres"
    " | s'élevant de derrière les arbres | s'élève au-dessus des arbres"
    " | s'élevant au-dessus des arbres | montée au-dessus des arbres | monte au-dessus des arbres"
    " | monte de derrière les arbres | sortir des arbres | s'élève d'entre les arbres",
    "rise from behind the rooftops": "s'élève au-dessus des toits | s'élevant au-dessus des toits"
    " | monte au-dessus des toits | montée au-dessus des toits | s'élève de derrière les toits"
    " | s'élève derrière les toits | s'élève de derrière les maisons",
    "walking down": "en marchant | au pas | à pas lents",
    "quiet streets": "rue calme | rues calmes | rue tranquille | rues tranquilles | route calme"
    " | route tranquille",
    "rush hour": "heure de pointe | heures de pointe | embouteillage | embouteillages",
    "single lit window": "une seule fenêtre éclairée | une seule fenêtre allumée"
    " | une fenêtre éclairée | une fenêtre encore éclairée | une fenêtre allumée"
    " | une seule fenêtre encore éclairée | seule une fenêtre est éclairée",
    "pan left": "panoramique à gauche | panoramique vers la gauche | panoramique gauche"
    " | panoramique de droite à gauche | panoramique horizontal à gauche"
    " | panoramique horizontal vers la gauche",
    "pan right": "panoramique à droite | panoramique vers la droite | panoramique droite"
    " | panoramique de gauche à droite | panoramique horizontal à droite"
    " | panoramique horizontal vers la droite",
    "extreme wide shot": "plan très large | plan général | très large",
    "low angle": "contre-plongée | en contre-plongée | vue en contre-plongée | regard vers le haut",
    "dutch angle": "plan débullé | débullé | cadrage oblique | cadre penché | horizon penché",
    "vertical pan": "panoramique vertical",
    "pan to": "panoramique vers | panoramique jusqu'à | panoramique jusqu'au"
    " | panoramique jusqu'aux",
    "reveal": "révéler | révèle | révélant | révélation | dévoile | dévoilant | dévoiler"
    " | pour révéler",
    "black and white": "noir et blanc | sépia | monochrome | film noir | clair-obscur"
    " | contrasté | contrastée | lumière contrastée | désaturé | désaturée | étalonnage"
    " | grain de pellicule | granuleux | reflets dans l'objectif | lens flare",
    "4K": "4K | 8K | UHD | HD | full HD | anamorphique | cinémascope | IMAX | pellicule"
    " | format d'image",
    "birdsong": "chants d'oiseaux | chant d'oiseau | chant des oiseaux | corne de brume | aboie"
    " | aboiement | bruit | bruit de | bruit des | musique | voix off | voix | narration"
    " | dialogue | bande-son",
    "behind": "derrière | à côté de | à côté d'un | à côté d'une | devant | en face de"
    " | en face d'un | en face d'une | au bout d'une rue | au bout de la rue | au bout du chemin"
    " | au bout d'un chemin | au bout de la route | au premier plan | contre",
    "fifties": "années cinquante | années soixante | années soixante-dix | années quatre-vingt"
    " | années quatre-vingt-dix | années 40 | années 50 | années 60 | années 70 | années 80"
    " | années 90 | médiéval | médiévale | futuriste | post-apocalyptique | apocalyptique"
    " | dystopique | cyberpunk | steampunk | science-fiction",
    "god rays": "rayons divins | rais de lumière | faisceaux de lumière | rayons de lumière",
    "time-lapse": "accéléré | time-lapse",
}

IN_THE_SKY: Mapping[str, frozenset[str]] = {
    "en": frozenset(("moon", "full moon", "half moon", "sun", "clouds", "low clouds", "stars")),
    "fr": frozenset(("lune", "pleine lune", "demi-lune", "soleil", "nuages", "étoiles")),
}
"""By language: what moves by itself, so that a verb just after it is not the camera's."""
