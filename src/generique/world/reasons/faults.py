"""Why a word of a prompt or of a note cannot be served."""

from __future__ import annotations

from generique.world.reasons.notes import NOTES_IN_FRENCH
from generique.world.reasons.telling import Text

NOT_UNDERSTOOD = Text("not understood", "n'est pas compris")
FRENCH_IN_ENGLISH = Text(
    "is French in a prompt that reads as English; use one language",
    "est du français dans une demande lue comme anglaise ; n'utilisez qu'une langue",
)
ENGLISH_IN_FRENCH = Text(
    "is English in a prompt that reads as French; use one language",
    "est de l'anglais dans une demande lue comme française ; n'utilisez qu'une langue",
)
IN_ANOTHER_LANGUAGE = {"fr": FRENCH_IN_ENGLISH, "en": ENGLISH_IN_FRENCH}
"""By the language of the word."""

# amounts and things
ABOUT_THE_CAMERA = Text(
    "cannot describe {noun:quoted}, only the camera",
    "ne peut décrire {noun:quoted}, seulement la caméra",
)
A_CHOICE = Text("leaves a choice; name one of the two", "laisse un choix ; nommez l'un des deux")
NEEDS_A_NUMBER = Text(
    "needs a number, for example {example}", "veut un nombre, par exemple {example}"
)
EXAMPLES = {
    "up": Text('"60 metres up", or say "crane up"', "« 60 mètres de haut », ou dites « grue vers"
               " le haut »"),
    "below the horizon": Text('"tilted 20 degrees"', "« incliné de 20 degrés »"),
    "speed": Text('"at a speed of 4 m/s", or say "slow"', "« à une vitesse de 4 m/s », ou dites"
                  " « lent »"),
    "lens": Text('"35 mm lens", or say "wide lens"', "« objectif 35 mm », ou dites « grand"
                 " angle »"),
    "aperture": Text('"f/1.8", or say "wide open"', "« f/1,8 », ou dites « pleine ouverture »"),
    "shutter": Text('"90 degree shutter", or say "fast shutter"', "« obturateur à 90 degrés », ou"
                    " dites « obturateur rapide »"),
    "of the frame": Text('"framed on the church, 40 % of the frame"', "« cadré sur l'église,"
                         " 40 % du cadre »"),
    "after": Text('"after 4 seconds it begins to snow"', "« après 4 secondes il commence à"
                  " neiger »"),
}  # fmt: skip
"""How a number stands beside a cue, by the cue's key."""
NO_SHUTTER = Text(
    "a shutter is open for 1 to 360 degrees",
    "un obturateur est ouvert de 1 à 360 degrés",
)
WHAT_MOVES = Text(
    "what moves here? put a comma before a move of the camera",
    "qu'est-ce qui bouge ? mettez une virgule avant un mouvement de la caméra",
)
WHICH_WAY = Text(
    "which way? say forward, back, left, right, up or down",
    "dans quel sens ? dites avant, arrière, à gauche, à droite, vers le haut ou vers le bas",
)
SPEED_OF_A_THING = Text(
    "only the speed of the camera can be directed",
    "on ne dirige que la vitesse de la caméra",
)
ALONG_A_STREET = Text(
    'along a street is "forward", towards the ground is "descending"',
    "le long d'une rue c'est « en avant », vers le sol « en descendant »",
)
NO_AMOUNT_OF = Text("is no amount of {thing:quoted}", "n'est pas une quantité de {thing:quoted}")
AMOUNT_OF_NOTHING = Text(
    "has nothing after it that it could be an amount of",
    "n'est suivi de rien dont ce serait la quantité",
)
IN_ITS_OWN_NUMBER = Text(
    "every place shows these, in its own number",
    "chaque lieu en montre, et leur nombre ne se choisit pas",
)
THERE_OR_NOT = Text(
    'is there {thing} or not? say "or", or put {thing:quoted} first',
    "faut-il {thing:quoted} ou non ? dites « ni », ou mettez ce mot en premier",
)
CHANGE_OF_NOTHING = Text(
    "has nothing after it that could be more or less",
    "n'est suivi de rien qui pourrait être plus ou moins",
)
CANNOT_CHANGE = Text(
    'cannot change {thing:quoted}; say "darker windows" or "street lamps off"',
    "ne peut changer {thing:quoted} ; dites « fenêtres plus sombres » ou « lampadaires éteints »",
)

# places
ALWAYS_SHOWN = Text(
    "every place of this family shows these", "tout lieu de cette famille en montre"
)
NOT_IN_THE_ROOM = Text("this room ({room}) has none", "cette pièce n'en a pas ({room})")
STANDS_IN_THE_ROOM = Text("this room ({room}) always has one", "cette pièce en a toujours ({room})")
ONE_IN_THE_ROOM = Text(
    "this room ({room}) has only one", "cette pièce n'en a qu'un exemplaire ({room})"
)
NO_WEATHER_INDOORS = Text(
    "no weather is seen from an interior", "d'un intérieur on ne voit pas le temps qu'il fait"
)
OTHER_PLACE = Text(
    "contradicts {said:quoted}; a shot shows one family of places, keep one of the two",
    "contredit {said:quoted} ; un plan montre une seule famille de lieux, gardez l'un des deux",
)
PLACE_STAYS = Text(
    "the place of this take, a {family}, stays", "le lieu de cette prise demeure : {family}"
)
SHOWN_ELSEWHERE = Text(
    "world's {family} does not show this, its {other} does",
    "ce lieu de world ne le montre pas ({family}), un autre le montre : {other}",
)
WINDOW_FIRST = Text(
    "the way through a window is the first move of a shot",
    "le passage par une fenêtre est le premier mouvement d'un plan",
)
LOOKS_BACK = Text(
    'looks back; through a window a camera looks ahead, so say "push-in" or nothing',
    "regarde en arrière ; par une fenêtre une caméra regarde devant elle : dites « travelling"
    " avant » ou rien",
)
NO_WINDOW = Text(
    "a corridor of world has no window to go through",
    "un couloir de world n'a pas de fenêtre par où passer",
)
HIGH_ONLY = Text(
    "the window of a hotel room opens on a {family} only",
    "la fenêtre d'une chambre d'hôtel ne s'ouvre que sur ce lieu : {family}",
)
NOTHING_FALLS = Text(
    "world shows no rain or falling snow about a room whose window is open",
    "world ne montre ni pluie ni neige qui tombe autour d'une pièce à la fenêtre ouverte",
)
OPENS_ON = Text(
    "a window of world opens on these places only: {families}",
    "une fenêtre de world ne s'ouvre que sur ces lieux : {families}",
)
OPENS_ON_ONE = Text(
    "the window opens on another place that is named, a {family}",
    "la fenêtre s'ouvre sur un autre lieu nommé : {family}",
)

# focus
FOCUS_EXAMPLE = Text(
    '"focus on the red house" or "focus at 4 m"',
    "« mise au point sur la maison rouge » ou « mise au point à 4 m »",
)
FRAME_EXAMPLE = Text(
    '"framed on the red house" or "framed on the lamp"',
    "« cadré sur la maison rouge » ou « cadré sur la lampe »",
)
RACK_EXAMPLE = Text(
    '"rack focus from the church to the diner"',
    "« bascule de point de l'église à la maison »",
)
NO_LANDMARK = Text(
    "{word:quoted} is no landmark that world knows; say for example {example}",
    "{word:quoted} n'est pas un repère que world connaît ; dites par exemple {example}",
)
ON_WHAT = Text("on what? say for example {example}", "sur quoi ? dites par exemple {example}")

# numbers
NO_UNIT_OF_PICTURES = Text(
    "{unit} mean nothing in a picture", "cette unité ne dit rien d'une image : {unit}"
)
FILM_STOCK = Text(
    'is the width of film, which world does not have; a lens is written "35 mm lens"',
    "est une largeur de pellicule, que world n'a pas ; un objectif s'écrit « objectif 35 mm »",
)
WHAT_HAPPENS = Text(
    'what happens then? say for example "at 3 s the last window goes dark"',
    "qu'arrive-t-il alors ? dites par exemple « à 3 s la dernière fenêtre s'éteint »",
)
OWN_TIME = Text("{words:quoted} has its own time", "{words:quoted} a son propre temps")
SPEED_OF_WHAT = Text(
    "only the speeds of the camera and the wind can be directed",
    "on ne dirige que les vitesses de la caméra et du vent",
)
METRES_OF_WHAT = Text(
    'of what? an altitude is written "at 60 m"', "de quoi ? une hauteur s'écrit « à 60 m »"
)
DEGREES_OF_WHAT = Text(
    'of what? write "tilted 20 degrees" or "60 degrees field of view"',
    "de quoi ? écrivez « incliné de 20 degrés » ou « 60 degrés d'angle de champ »",
)
PERCENT_OF_WHAT = Text(
    'of what? write "30 % of the windows lit"',
    "de quoi ? écrivez « 30 % des fenêtres éclairées »",
)
NO_HOUR = Text("is no hour of the day", "n'est pas une heure du jour")

# notes
CHANGES_A_TAKE = Text(
    "changes an earlier take; a first prompt says how much there is",
    "change une prise déjà faite ; une première demande dit combien il y en a",
)
ROOM_STAYS = Text(
    "the room of this take, a {room}, stays", "la pièce de cette prise demeure : {room}"
)
STAYS_THIS_SIDE = Text(
    "the camera of this take stays on its side of the window; ask for a new one",
    "la caméra de cette prise reste de son côté de la fenêtre ; demandez-en une nouvelle",
)
GOES_THROUGH = Text(
    "the camera of this take goes through the window; ask for a new one",
    "la caméra de cette prise passe par la fenêtre ; demandez-en une nouvelle",
)
LOOKS_OUT = Text(
    "the camera of this take looks out of the window; ask for a new one",
    "la caméra de cette prise regarde par la fenêtre ; demandez-en une nouvelle",
)
COUNTRY_STAYS = Text(
    "the place of this take lies in {country}, and stays",
    "le lieu de cette prise est dans ce pays et y demeure : {country}",
)
FIRST_MOVE_ONLY = Text(
    "a note changes the first move; edit the scene for a further one",
    "une note change le premier mouvement ; modifiez la scène pour un autre",
)
CHANGES_IN_THE_SCENE = Text(
    "a note says how the shot is; what changes in it is edited in the scene",
    "une note dit comment est le plan ; ce qui y change se modifie dans la scène",
)
LENGTH_FOLLOWS = Text(
    "the length of a shot follows from the music and the voices",
    "la durée d'un plan suit la musique et les voix",
)


def noted(note: str) -> Text:
    """The reason that the lexicon gives for a word that is known and refused."""
    return Text(note, NOTES_IN_FRENCH[note])
