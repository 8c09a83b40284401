"""Words that stand about the window of a room, in both languages.

The lexicon knows a window by itself ("out of the window"). These say which words may stand before
and after it, and what they make of it (:mod:`generique.world.words.sentence_window`).
"""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.scene import WINDOWS, Family, Move
from generique.world.words.lexicon_entry import Entry, Role, spelled
from generique.world.words.lexicon_family import SETTLED

THROUGH, OUT, IN = "through the window", "out through the window", "in through the window"
"""Entries of the lexicon for a way, by their keys."""
DWELLINGS = ("cabin", "chalet")
"""Nouns of what stands in the open, by their entry's key, that are the room's house beside the
window: "through the window of a cabin"."""
ALONE = tuple(family for family in SETTLED if family in WINDOWS)
CHALET = Entry(
    Role.SHOWN,
    "chalet",
    names=(Family.MOUNTAINS,),
    shown_by=tuple(family for family in ALONE if family is not Family.MOUNTAINS),
)
"""A house that is known beside a window only, and is shown nowhere."""
VIEW = Entry(Role.MOVE, "view from the window", (("camera.move", Move.STATIC.value),))
"""What a way that belongs to a view means: the camera stays in the room."""
LODGINGS: Mapping[str, Mapping[str, str]] = {
    "en": {"chalet": CHALET.key, "hotel": "hotel room", "motel": "hotel room"},
    "fr": {"chalet": CHALET.key, "hôtel": "hotel room", "hotel": "hotel room"},
}
"""By language: words that name a house or a room beside a window only, and their entry's key."""
PANES = {"en": ("window",), "fr": ("fenêtre", "fenetre")}
"""A window that the lexicon has not taken along already."""
BETWEEN = {
    "en": frozenset(spelled("a | an | the | its | my | our | his | her | their | of | open")),
    "fr": frozenset(
        spelled(
            "un | une | le | la | l' | les | des | sa | son | ma | mon | notre | leur | de | du"
            " | d' | ouverte"
        )
    ),
}
"""What may stand between the way and the window, and between the window and its house."""
WAYS = {
    "en": frozenset(
        spelled(
            "out | of | through | in | into | inside | from | by"
            " | at | outside | look | looks | looking | gazing | view"
        )
    ),
    "fr": frozenset(spelled("depuis | le | la | à | vue | vues | de")),
}
"""What a way to a window is made of."""
LOOKS = {
    "en": frozenset(spelled("look | looks | looking | gazing")),
    "fr": frozenset(spelled("regard | regarde | regardant")),
}
"""What lets the camera look out, and what is not understood without a window."""
SIGHTS = {
    "en": frozenset(spelled("view | views | see | seen | sees | looking")),
    "fr": frozenset(spelled("vue | vues | vu | vus | voit | voir")),
}
"""What is said of a view without a window."""
OPENS = {
    "en": frozenset(spelled("open | opens | opening | onto | over | overlooking")),
    "fr": frozenset(spelled("ouverte | ouvrant | s'ouvre | qui | donnant | donne | sur")),
}
ONWARDS = frozenset(spelled("onto | over | overlooking | sur"))
"""What follows a window that shows something, and the last word of it."""
FROM = {"en": ("from",), "fr": ("depuis", "depuis le", "depuis la")}
"""What stands before a room that something is seen from."""
ONTO = {
    "en": frozenset(spelled("view | views | overlooking")),
    "fr": frozenset(spelled("vue | vues | donnant | donne")),
}
"""What joins a room and, after it, what is seen from it."""
BOUND = {"sortie": OUT, "sort": OUT, "sortant": OUT, "entrée": IN, "entre": IN}
"""French for going out and in, parted from the window by a speed."""
WAYS_OF_MOVES = ("push-in", "pull-back")
"""Moves whose last word may begin a way: "dolly out" of a bedroom window."""
