"""French names for the values of scene documents and for the words of landmarks.

English has the values themselves. A test holds that every value that a refusal may name is here.
"""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    # families
    "residential-suburb": "banlieue résidentielle",
    "terraced-street": "rue de maisons mitoyennes",
    "housing-blocks": "immeubles collectifs",
    "main-street": "rue principale",
    "city": "grande ville",
    "industrial-port": "port industriel",
    "farmland": "terres agricoles",
    "boreal-forest": "forêt boréale",
    "broad-leaved-forest": "forêt de feuillus",
    "lake": "lac",
    "river": "rivière",
    "sea-coast": "côte",
    "mountain-valley": "vallée de montagne",
    "desert": "désert",
    "highway": "autoroute",
    "interior": "intérieur",
    # families, as English messages call them
    "residential suburb": "banlieue résidentielle",
    "terraced street": "rue de maisons mitoyennes",
    "housing blocks": "immeubles collectifs",
    "main street": "rue principale",
    "industrial port": "port industriel",
    "boreal forest": "forêt boréale",
    "broad-leaved forest": "forêt de feuillus",
    "frozen lake": "lac gelé",
    "sea coast": "côte",
    "harbour": "port",
    "mountain valley": "vallée de montagne",
    # rooms
    "corridor": "couloir",
    "hospital corridor": "couloir d'hôpital",
    "office corridor": "couloir de bureaux",
    "hotel corridor": "couloir d'hôtel",
    "living room": "salon",
    "hotel room": "chambre d'hôtel",
    "bedroom": "chambre",
    # countries
    "canada": "Canada",
    "united-states": "États-Unis",
    "france": "France",
    "united-kingdom": "Royaume-Uni",
    "norway": "Norvège",
    "russia": "Russie",
    "japan": "Japon",
    # hours
    "night": "nuit",
    "dawn": "aube",
    "dusk": "crépuscule",
    "overcast day": "jour",
    "midnight": "minuit",
    "deep night": "cœur de la nuit",
    "sunrise": "lever du soleil",
    "morning": "matin",
    "noon": "midi",
    "afternoon": "après-midi",
    "golden hour": "heure dorée",
    "sunset": "coucher du soleil",
    "blue hour": "heure bleue",
    # seasons and trees
    "winter": "hiver",
    "spring": "printemps",
    "summer": "été",
    "autumn": "automne",
    "bare": "nus",
    "green": "verts",
    # skies
    "clear": "clair",
    "broken": "changeant",
    "overcast": "couvert",
    # moves and ways
    "static": "plan fixe",
    "push-in": "travelling avant",
    "pull-back": "travelling arrière",
    "truck": "travelling latéral",
    "crane": "grue",
    "orbit": "orbite",
    "pan": "panoramique",
    "tilt": "panoramique vertical",
    "whip": "panoramique filé",
    "through-window": "passage par la fenêtre",
    "left": "vers la gauche",
    "right": "vers la droite",
    "up": "vers le haut",
    "down": "vers le bas",
    "in": "vers l'intérieur",
    "out": "vers l'extérieur",
    # easings
    "linear": "constant",
    "ease-in": "départ en douceur",
    "ease-out": "arrêt en douceur",
    "ease-in-out": "départ et arrêt en douceur",
    # units that mean nothing in a picture
    "celsius": "degrés Celsius",
    "bpm": "battements par minute",
    "Hz": "hertz",
    "dB": "décibels",
}
"""By the value of the scene document, or by what English messages call it."""

LANDMARKS: Mapping[str, str] = {
    "barn": "grange",
    "block": "immeuble",
    "bridge": "pont",
    "cabin": "cabane",
    "chapel": "chapelle",
    "chimney": "cheminée",
    "church": "église",
    "diner": "diner",
    "elevator": "élévateur",
    "farm": "ferme",
    "farmstead": "corps de ferme",
    "house": "maison",
    "lighthouse": "phare",
    "lookout": "tour de guet",
    "plant": "centrale",
    "skyscraper": "gratte-ciel",
    "station": "station",
    "steeple": "clocher",
    "tower": "tour",
    "viaduct": "viaduc",
    "village": "village",
    "sofa": "canapé",
    "armchair": "fauteuil",
    "chair": "chaise",
    "lamp": "lampe",
    "table": "table",
    "window": "fenêtre",
    "door": "porte",
    "picture": "tableau",
    "television": "télévision",
    "shelf": "étagère",
    "curtain": "rideau",
    "rug": "tapis",
    "bed": "lit",
    "wardrobe": "armoire",
    "desk": "bureau",
    "trolley": "chariot",
    "extinguisher": "extincteur",
    "houseplant": "plante",
    "cabinet": "meuble",
    # what is said of them
    "coffee": "de salon",
    "low": "basse",
    "side": "d'appoint",
    "bedside": "de chevet",
    "night": "de nuit",
    "tabletop": "de table",
    "floor": "sur pied",
    "ceiling": "au plafond",
    "filling": "service",
    "fire": "incendie",
    "gas": "essence",
    "grain": "grain",
    "heating": "chauffage",
    "log": "rondins",
    "petrol": "essence",
    "railway": "chemin de fer",
    "service": "service",
    "tallest": "plus haut",
    "bungalow": "de plain-pied",
    "two-storey": "à étage",
    "water": "eau",
    "blue": "bleu",
    "brown": "brun",
    "grey": "gris",
    "red": "rouge",
    "white": "blanc",
    "green": "vert",
    "yellow": "jaune",
    "beige": "beige",
    "pale": "pâle",
    "dark": "sombre",
}
"""Words of landmarks; those that are things stand first."""

_FIRST_SAID_OF_THEM = "coffee"
_SAID_BY: Mapping[str, tuple[str, ...]] = {
    "armchair": ("chair",),
    "coffee": ("low",),
    "bedside": ("night", "side", "tabletop"),
}
"""Other words for the same thing, which a list need not repeat, by the one that it has."""
_ORDER = {word: place for place, word in enumerate(LANDMARKS)}


def in_french(value: str) -> str:
    """The French name of a value; the value itself where it has none."""
    return NAMES.get(value, value)


def listed(words: frozenset[str]) -> str:
    """The words of a landmark for a list of what there is, the thing last: "bedside lamp"."""
    repeated = {other for word in words for other in _SAID_BY.get(word, ())}
    said_of_them = _ORDER[_FIRST_SAID_OF_THEM]

    def place(word: str) -> tuple[bool, str]:
        return _ORDER.get(word, len(_ORDER)) < said_of_them, word

    return " ".join(sorted(words - repeated, key=place))


def things_in_french(words: str) -> str:
    """The words of a landmark in French, the thing before what is said of it."""
    ordered = sorted(words.split(), key=lambda word: _ORDER.get(word, len(_ORDER)))
    return " ".join(LANDMARKS.get(word, word) for word in ordered)
