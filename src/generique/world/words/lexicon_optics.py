"""Words for the aperture and the focus, in both languages.

What is in focus is said by the words of a landmark, which a scene has in English; which landmarks
there are is known to the plan of a place alone, and staging refuses what it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.words.lexicon_entry import Entry, Role

SHALLOW = 4.0
"""The largest f-number that goes with a shallow depth of field."""
SHARP_EVERYWHERE = 0.0
"""Stands for no aperture at all, where the words ask for everything to be sharp."""

OPTICS = (
    Entry(Role.LENS, "shallow depth of field | shallow focus | soft background"
          " | blurred background | blurry background | background blur | out-of-focus background"
          " | narrow depth of field | thin depth of field | bokeh",
          (("camera.aperture", 1.8), ("shallow", True)), weak=True),
    Entry(Role.LENS, "wide open | lens wide open | aperture wide open | fully open aperture",
          (("camera.aperture", 1.4),)),
    Entry(Role.LENS, "stopped down | small aperture", (("camera.aperture", 8),)),
    Entry(Role.LENS, "deep focus | deep depth of field | large depth of field"
          " | great depth of field | everything in focus | everything sharp"
          " | sharp from front to back", (("camera.aperture", SHARP_EVERYWHERE),)),
    Entry(Role.FOCUS, "focus on | focusing on | focused on | in focus | focus at | focused at"
          " | focusing at | sharp focus on | focus | pin sharp on", (("camera.focus", ""),)),
    Entry(Role.FOCUS, "rack focus | racking focus | rack focus from | rack focus to | focus pull"
          " | pull focus | pull focus to | pull focus from | pulling focus | focus racks from"
          " | focus racks to | focus shifts from | focus shifts to | focus moves from"
          " | focus moves to | focus pull from | focus pull to | shift focus from"
          " | shift focus to", (("becomes.focus", ""),)),
    Entry(Role.FOCUS, "framed on | framing | framing on | looking at | centred on | centered on"
          " | camera on | trained on", (("camera.subject", ""),)),
    Entry(Role.FRAMING, "in the left third | left third | on the left third"
          " | in the left third of the frame | left third of the frame | left of frame"
          " | frame left | on the left of the frame | to the left of the frame",
          (("camera.third", "left"),)),
    Entry(Role.FRAMING, "in the right third | right third | on the right third"
          " | in the right third of the frame | right third of the frame | right of frame"
          " | frame right | on the right of the frame | to the right of the frame",
          (("camera.third", "right"),)),
    Entry(Role.FRAMING, "centred in the frame | centered in the frame | in the centre of the frame"
          " | in the center of the frame | in the middle of the frame",
          (("camera.third", "middle"),)),
    Entry(Role.CUE, "of the frame | of the frame height | of the height of the frame"
          " | of the picture | of the frame's height | of the picture's height"
          " | share of the frame"),
    Entry(Role.CUE, "shutter | shutter angle | shutter angle of | shutter at"),
    Entry(Role.LENS, "fast shutter | short shutter | no motion blur | crisp motion",
          (("camera.shutter", 45),)),
    Entry(Role.LENS, "slow shutter | long shutter | heavy motion blur | strong motion blur",
          (("camera.shutter", 320),)),
    Entry(Role.LENS, "motion blur | natural motion blur", (("camera.shutter", 180),)),
)  # fmt: skip

IN_FRENCH: dict[str, str] = {
    "in the left third": "dans le tiers gauche | tiers gauche | au tiers gauche"
    " | dans le tiers gauche du cadre | à gauche du cadre | à gauche dans le cadre",
    "in the right third": "dans le tiers droit | tiers droit | au tiers droit"
    " | dans le tiers droit du cadre | à droite du cadre | à droite dans le cadre",
    "centred in the frame": "au centre du cadre | centré dans le cadre | au milieu du cadre",
    "of the frame": "du cadre | de la hauteur du cadre | de l'image | de la hauteur de l'image",
    "shutter": "obturateur | angle d'obturation | obturateur à | angle d'obturation de",
    "fast shutter": "obturateur rapide | sans flou de bougé | sans flou de mouvement",
    "slow shutter": "obturateur lent | fort flou de mouvement | fort flou de bougé",
    "motion blur": "flou de mouvement | flou de bougé | flou cinétique",
    "shallow depth of field": "faible profondeur de champ | petite profondeur de champ"
    " | courte profondeur de champ | arrière-plan flou | fond flou | flou d'arrière-plan | bokeh",
    "wide open": "pleine ouverture | à pleine ouverture | grande ouverture | à grande ouverture",
    "stopped down": "petite ouverture | à petite ouverture | diaphragme fermé",
    "deep focus": "grande profondeur de champ | tout est net | net partout"
    " | profondeur de champ totale",
    "focus on": "mise au point sur | mise au point à | point sur | le point sur"
    " | en faisant le point sur | mise au point",
    "framed on": "cadré sur | cadrée sur | cadrant | centré sur | centrée sur | caméra sur"
    " | regardant | cadrage sur",
    "rack focus": "bascule de point | bascule de point de | bascule de point du"
    " | bascule du point | bascule du point de | le point bascule | le point bascule de"
    " | le point passe de | bascule de point vers | bascule de point sur | report de point",
}

TO: Mapping[str, frozenset[str]] = {
    "en": frozenset(("to", "onto", "towards", "toward")),
    "fr": frozenset(("à", "vers", "sur", "au", "jusqu'")),
}
"""What stands before the second thing in focus."""
FROM: Mapping[str, frozenset[str]] = {
    "en": frozenset(("from", "of")),
    "fr": frozenset(("de", "du", "d'", "depuis")),
}
"""What stands before the first."""
ARTICLES: Mapping[str, frozenset[str]] = {
    "en": frozenset(("the", "a", "an")),
    "fr": frozenset(("le", "la", "les", "l'", "un", "une", "de", "d'", "du", "à", "en", "des")),
}
"""Passed over in the name of a thing."""

_ENGLISH = (
    "house bungalow two-storey red white grey blue green yellow beige brown pale dark"
    " tower skyscraper tallest church steeple viaduct railway bridge chimney heating plant block"
    " water grain elevator diner gas petrol filling service station log cabin fire lookout village"
    " farm farmstead barn lighthouse"
    " sofa armchair chair table coffee side tabletop bedside lamp window door picture television"
    " shelf curtain rug bed wardrobe desk trolley extinguisher houseplant cabinet"
    " ceiling floor night"
)
_FRENCH = {
    "maison": "house", "pavillon": "house", "rouge": "red", "blanche": "white", "blanc": "white",
    "gris": "grey", "grise": "grey", "bleu": "blue", "bleue": "blue", "vert": "green",
    "verte": "green", "jaune": "yellow", "beige": "beige", "brun": "brown", "brune": "brown",
    "pâle": "pale", "sombre": "dark", "tour": "tower", "gratte-ciel": "skyscraper",
    "église": "church", "clocher": "steeple", "viaduc": "viaduct", "pont": "bridge",
    "cheminée": "chimney", "immeuble": "block", "château d'eau": "water tower",
    "silo": "elevator", "restaurant": "diner", "station-service": "station",
    "canapé": "sofa", "divan": "sofa", "sofa": "sofa", "fauteuil": "armchair", "chaise": "chair",
    "table": "table", "basse": "low", "guéridon": "side table", "lampe": "lamp",
    "lampadaire": "floor lamp", "plafonnier": "ceiling lamp", "chevet": "bedside",
    "de nuit": "night", "nuit": "night", "fenêtre": "window", "porte": "door", "tableau": "picture",
    "cadre": "picture", "télévision": "television", "téléviseur": "television",
    "télé": "television", "étagère": "shelf", "bibliothèque": "shelf", "rideau": "curtain",
    "rideaux": "curtain", "tapis": "rug", "lit": "bed", "armoire": "wardrobe", "bureau": "desk",
    "chariot": "trolley", "extincteur": "extinguisher", "plante": "houseplant",
    "cabane": "cabin", "rondins": "log", "ferme": "farm", "grange": "barn", "village": "village",
    "phare": "lighthouse",
}  # fmt: skip
_SYNONYMS = {
    "couch": "sofa", "settee": "sofa", "loveseat": "sofa", "tv": "television",
    "painting": "picture",
    "bookshelf": "shelf", "bookcase": "shelf", "shelves": "shelf", "curtains": "curtain",
    "carpet": "rug", "closet": "wardrobe", "nightstand": "bedside table", "low": "low",
}  # fmt: skip
COMPOUNDS: Mapping[str, str] = {"table lamp": "tabletop lamp", "desk lamp": "tabletop lamp"}
"""Names of two things that are one: what the landmark has instead."""
NIGHTLY: Mapping[str, tuple[str, ...]] = {
    "en": ("lamp", "table", "light", "stand"),
    "fr": ("lampe", "table"),
}
"""What "night" says the kind of in the name of a thing, and no hour."""
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "en": {word: word for word in _ENGLISH.split()} | _SYNONYMS,
    "fr": _FRENCH,
}
"""By language: words for what may be in focus, as the landmarks of places have them."""
