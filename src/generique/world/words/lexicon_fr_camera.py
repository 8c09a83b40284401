"""French words for the camera, its moves, and changes asked of a retake.

By the first English phrase of the entry (:mod:`generique.world.words.lexicon_camera`).
"""

from __future__ import annotations

from itertools import product

from generique.world.words.lexicon_entry import spelled

CAMERA_WORDS = (
    "travelling", "panoramique", "mouvement", "grue", "orbite", "survol", "plan", "caméra",
    "la caméra", "déplacement",
)  # fmt: skip
"""Beginnings of moves that can only be the camera's."""

MOTIONS = spelled("travelling | mouvement | déplacement | glissement | glisse | se déplace"
                   " | se déplaçant | glissant | avance | vole | volant | dérive")  # fmt: skip


def _motions(ways: str) -> str:
    """Every word of motion with every way to go."""
    return " | ".join(f"{motion} {way}" for motion, way in product(MOTIONS, spelled(ways)))


def _windows(ways: str) -> str:
    """Every way with every name for the window."""
    names = ("la fenêtre", "une fenêtre", "sa fenêtre", "la fenêtre ouverte", "une fenêtre ouverte")
    return " | ".join(way.format(name) for way, name in product(spelled(ways), names))


MOVES: dict[str, str] = {
    "move in": _motions("avant | vers l'avant | en avant") + " | en avant | vers l'avant | avance"
    " | avancée | avancer | avançant | survol | survole | survolant | en survolant"
    " | approche | s'approche | se rapproche | rapprochement | s'approchant | vol au-dessus",
    "move back": _motions("arrière | vers l'arrière | en arrière") + " | vers l'arrière"
    " | en arrière | recul | recule | reculant | s'éloigne | s'éloignant | retrait",
    "move left": _motions("gauche | à gauche | vers la gauche | latéral gauche"
                          " | latéral vers la gauche | latéral à gauche | de droite à gauche"
                          " | latéral de droite à gauche"),
    "move right": _motions("droite | à droite | vers la droite | latéral droite"
                           " | latéral vers la droite | latéral à droite | de gauche à droite"
                           " | latéral de gauche à droite"),
    "truck": "travelling latéral | latéral | latérale | latéralement | déplacement latéral"
    " | mouvement latéral",
    "move up": _motions("vers le haut") + " | mouvement de grue vers le haut | grue vers le haut"
    " | montée | monte | s'élève | s'élevant | ascension | grue montante | en montant"
    " | prend de la hauteur | mouvement ascendant | ascendant | ascendante",
    "move down": _motions("vers le bas") + " | mouvement de grue vers le bas | grue vers le bas"
    " | descente | descend | descendant | descendante | grue descendante | en descendant",
    "crane": "grue | mouvement de grue | plan à la grue",
    "orbit": "orbite | en orbite | orbital | tourne autour | tournant autour"
    " | mouvement circulaire | travelling circulaire | arc de cercle",
    "pan": "panoramique | panoramique horizontal",
    "tilt up": "panoramique vers le haut | panoramique vertical vers le haut",
    "tilting down": "panoramique vers le bas | panoramique vertical vers le bas",
    "through the window": _windows("à travers {0} | par {0} | traverse {0} | traversant {0}"
                                   " | passage par {0} | passe par {0} | passant par {0}"),
    "out through the window": _windows("sort par {0} | sortant par {0} | en sortant par {0}"
                                       " | sortie par {0} | sort à travers {0} | hors de {0}"),
    "in through the window": _windows("entre par {0} | entrant par {0} | en entrant par {0}"
                                      " | entrée par {0} | entre à travers {0}"
                                      " | vers {0} et entre"),
    "whip pan": "panoramique filé | filé",
    "static": "plan fixe | fixe | caméra fixe | trépied | sur trépied | sur pied"
    " | caméra sur pied | caméra sur trépied | immobile"
    " | caméra immobile | sans mouvement de caméra | sans mouvement | statique",
    "hovering": "vol stationnaire | stationnaire | drone stationnaire",
    "left": "à gauche | vers la gauche | gauche | de droite à gauche | sens horaire",
    "right": "à droite | vers la droite | droite | de gauche à droite | sens antihoraire",
    "upward": "vers le haut",
    "down": "vers le bas",
}  # fmt: skip

CAMERA: dict[str, str] = {
    "aerial": "vue aérienne | plan aérien | prise de vue aérienne | aérien | aérienne"
    " | vue de drone | drone | plan de drone | par drone | vu du ciel | vue du ciel"
    " | vu d'en haut | vue d'en haut | depuis les airs",
    "bird's-eye view": "à vol d'oiseau | vue à vol d'oiseau",
    "high aerial": "vue aérienne haute | plan aérien haut | vue aérienne de très haut",
    "low aerial": "vue aérienne basse | plan aérien bas | vue aérienne de basse altitude",
    "very slow": "très lent | très lente | très lentement | extrêmement lent | imperceptible"
    " | imperceptiblement",
    "slow": "lent | lente | lentement",
    "gentle": "doux | douce | doucement",
    "medium speed": "vitesse normale | vitesse moyenne",
    "fast": "rapide | rapidement | vite | vif | vive",
    "very fast": "très rapide | très rapidement | à toute vitesse | à grande vitesse",
    "ease in": "démarrage en douceur | départ en douceur | accélérant | en accélérant"
    " | démarrage progressif | départ progressif",
    "ease out": "arrêt en douceur | ralentissant | en ralentissant | décélérant | arrêt progressif",
    "ease in and out": "départ et arrêt en douceur | démarrage et arrêt en douceur"
    " | départ et arrêt progressifs",
    "constant speed": "vitesse constante | à vitesse constante | linéaire | vitesse régulière",
    "handheld": "caméra à l'épaule | caméra portée | à main levée | à l'épaule | caméra à la main",
    "slightly handheld": "caméra légèrement portée | léger vent sur le drone",
    "shaky": "tremblante | tremblant | caméra tremblante",
    "steady": "stable",
    "smooth": "fluide | stabilisé | stabilisée | caméra stable | caméra stabilisée | steadicam"
    " | avec fluidité",
    "high": "haut | haute | en hauteur | vu de haut | à haute altitude | haute altitude"
    " | en altitude",
    "very high": "très haut | très haute | de très haut | à très haute altitude",
    "low": "bas | basse | à basse altitude | basse altitude",
    "very low": "très bas | très basse | au ras des toits | à hauteur des toits | rasant"
    " | en rase-mottes | à très basse altitude",
    "street level": "à hauteur de rue | à hauteur d'homme | à hauteur d'œil"
    " | à hauteur des yeux | à hauteur de tête | au niveau de la rue | au niveau du sol"
    " | au ras du sol",
    "looking down": "plongée | en plongée | vue plongeante | regard vers le bas | forte plongée",
    "straight down": "à la verticale | plongée verticale | plongée totale | vue du dessus"
    " | vue zénithale | plan zénithal"
    " | zénithal | zénithale",
    "level camera": "caméra horizontale | à l'horizontale | regard droit devant",
    "wide": "plan large | large | vue large",
    "wide lens": "grand angle | objectif grand angle | courte focale",
    "ultra-wide": "très grand angle | ultra grand angle",
    "normal lens": "focale normale | objectif standard | objectif normal",
    "long lens": "téléobjectif | longue focale",
}

_WAYS = {
    "north": "nord", "north-east": "nord-est", "east": "est", "south-east": "sud-est",
    "south": "sud", "south-west": "sud-ouest", "west": "ouest", "north-west": "nord-ouest",
}  # fmt: skip


def _heading(way: str) -> str:
    """Ways to say a direction of view; "est" alone is the verb."""
    vowel = way[0] in "eo"
    article, onto = ("l'", "à l'") if vowel else ("le ", "au ")
    of = "de l'" if vowel else "du "
    forms = [
        f"vers {article}{way}",
        f"{onto}{way}",
        f"face {onto}{way}",
        f"plein {way}",
        f"regard vers {article}{way}",
        f"en direction {of}{way}",
        f"cap {onto}{way}",
    ]
    return " | ".join(forms if way == "est" else [way, *forms])


HEADINGS: dict[str, str] = {key: _heading(way) for key, way in _WAYS.items()}

STRENGTHS: dict[str, str] = {
    "": "",
    "much ": "beaucoup ",
    "far ": "bien ",
    "a lot ": "nettement ",
    "slightly ": "légèrement ",
    "a little ": "un peu ",
    "a bit ": "un petit peu ",
    "somewhat ": "quelque peu ",
}
"""Words before a change, by the English ones."""
_CHANGED = {
    "slower": "plus lent|plus lente|plus lentement",
    "faster": "plus rapide|plus rapidement|plus vite",
    "higher": "plus haut|plus haute",
    "lower": "plus bas|plus basse|plus près",
    "wider": "plus large",
    "tighter": "plus serré|plus serrée",
    "steadier": "plus stable|plus fluide|moins tremblant|moins tremblante",
    "shakier": "plus tremblant|plus tremblante",
    "steeper": "plus plongeant|plus plongeante",
    "flatter": "moins plongeant|moins plongeante",
    "windier": "plus venteux|plus venteuse",
    "calmer": "plus calme|moins venteux|moins venteuse",
    "foggier": "plus brumeux|plus brumeuse",
    "clearer": "plus clair|plus claire|moins brumeux|moins brumeuse",
    "darker windows": "fenêtres plus sombres|maisons plus sombres",
    "brighter windows": "fenêtres plus éclairées",
    "snowier": "plus neigeux|plus neigeuse",
    "rainier": "plus pluvieux|plus pluvieuse",
    "quieter streets": "rues plus calmes|rues plus vides|moins animé",
    "busier": "plus animé|plus animée|rues plus animées",
}


def _strengthened(phrase: str, strength: str) -> str:
    """A change with its strength, which stands before "plus" or "moins"."""
    before, comparative, after = phrase.partition("moins " if "moins " in phrase else "plus ")
    return f"{before}{strength}{comparative}{after}"


CHANGES: dict[str, str] = {
    "less": "moins de | moins | réduire",
    "much less": "beaucoup moins de | beaucoup moins | bien moins de | bien moins",
    "a little less": "un peu moins de | un peu moins | légèrement moins de",
    "more": "plus de | plus | davantage de | augmenter",
    "much more": "beaucoup plus de | beaucoup plus | bien plus de | bien plus",
    "a little more": "un peu plus de | un peu plus | légèrement plus de",
    **{
        f"{strength}{key}": " | ".join(_strengthened(phrase, spoken) for phrase in spelled(said))
        for key, said in _CHANGED.items()
        for strength, spoken in STRENGTHS.items()
    },
}

WORDS: dict[str, str] = {**MOVES, **CAMERA, **HEADINGS, **CHANGES}
"""All of them."""
