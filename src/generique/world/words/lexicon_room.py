"""Words for what stands in a room, in both languages.

A prompt that mentions such a thing asks for nothing new: it is there already, or is refused by
name. Which room has which is known to its plan alone (:mod:`generique.world.words.sentence_room`).
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.scene import Family
from generique.world.words.lexicon_entry import Entry, Role


def _in_a_room(furnishing: str, phrases: str) -> Entry:
    return Entry(Role.SHOWN, phrases, shown_by=(Family.INTERIOR,), furnishing=furnishing)


FURNISHINGS = (
    _in_a_room("bed", "bed"),
    _in_a_room("sofa", "sofa | couch | settee"),
    _in_a_room("armchair", "armchair"),
    _in_a_room("chair", "chair"),
    _in_a_room("table", "table"),
    _in_a_room("coffee table", "coffee table | low table"),
    _in_a_room("side table", "side table"),
    _in_a_room("bedside table", "bedside table | night table | nightstand"),
    _in_a_room("lamp", "indoor lamp"),
    _in_a_room("bedside lamp", "bedside lamp | night lamp"),
    _in_a_room("tabletop lamp", "table lamp | desk lamp"),
    _in_a_room("floor lamp", "floor lamp | standard lamp"),
    _in_a_room("ceiling lamp", "ceiling lamp"),
    _in_a_room("door", "door"),
    _in_a_room("picture", "painting | picture on the wall | pictures on the wall"),
    _in_a_room("television", "television | TV | television set"),
    _in_a_room("shelf", "shelf | shelves | bookshelf | bookshelves | bookcase"),
    _in_a_room("curtain", "curtain | curtains"),
    _in_a_room("rug", "rug | carpet"),
    _in_a_room("wardrobe", "wardrobe | closet"),
    _in_a_room("desk", "desk"),
    _in_a_room("trolley", "trolley"),
    _in_a_room("extinguisher", "fire extinguisher | extinguisher"),
    _in_a_room("houseplant", "houseplant | potted plant"),
    _in_a_room("cabinet", "cabinet | filing cabinet"),
)

IN_FRENCH: dict[str, str] = {
    "bed": "lit",
    "sofa": "canapé | divan | sofa",
    "armchair": "fauteuil",
    "chair": "chaise",
    "table": "table",
    "coffee table": "table basse | table de salon",
    "side table": "guéridon | table d'appoint",
    "bedside table": "table de chevet | table de nuit",
    "indoor lamp": "lampe",
    "bedside lamp": "lampe de chevet | lampe de nuit",
    "table lamp": "lampe de table | lampe de bureau",
    "floor lamp": "lampe sur pied",
    "ceiling lamp": "plafonnier",
    "door": "porte",
    "painting": "tableau | tableau au mur | tableaux au mur",
    "television": "télévision | téléviseur | télé",
    "shelf": "étagère | étagères | bibliothèque",
    "curtain": "rideau | rideaux",
    "rug": "tapis",
    "wardrobe": "armoire",
    "desk": "table de travail",
    "trolley": "chariot",
    "fire extinguisher": "extincteur",
    "houseplant": "plante verte | plante en pot",
    "cabinet": "meuble de rangement",
}

CALLED_IN_A_ROOM: Mapping[str, Mapping[str, str]] = {
    "en": {"lamp": "indoor lamp", "lamps": "indoor lamp"},
    "fr": {
        "lampadaire": "floor lamp",
        "lampadaires": "floor lamp",
        "bureau": "desk",
        "bureaux": "desk",
    },
}
"""By language: words that mean another entry where a room is named, and that entry's key."""
