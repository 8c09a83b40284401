"""What a move is aimed at: the words after "push in on", "pull back from", "orbit around".

The law:

1. A move that goes to, from or round a landmark of the place looks at it all the while, as
   "framed on" says. What is named keeps its own meaning besides: a church is still shown.
2. A move that is said to go to something else that stands in the place is not aimed at it, and
   the reader is told so.
3. Where a subject or the inclination is named, that stands.
4. A landmark that is named by its colour ("the red house at dusk") is looked at even where no
   move goes to it, unless the camera turns: nothing else tells it from the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from generique.world.layout import ABOVE_THE_TREES
from generique.world.reasons import remarks
from generique.world.scene import Family, Move
from generique.world.words.lexicon_entry import Role
from generique.world.words.lexicon_optics import ARTICLES
from generique.world.words.sentence_draft import Draft, Item, Rank
from generique.world.words.sentence_focus import part_of_a_name

LANDMARKS: Mapping[Family, frozenset[str]] = {
    Family.SUBURB: frozenset(("house",)),
    Family.TERRACES: frozenset(("church", "steeple", "viaduct")),
    Family.MAIN_STREET: frozenset(("church", "diner", "water tower", "elevator", "station")),
    Family.BLOCKS: frozenset(("chimney",)),
    Family.FARMLAND: frozenset(("barn", "farm")),
    Family.BOREAL_FOREST: frozenset(("cabin",)),
    Family.BROADLEAF_FOREST: frozenset(("cabin",)),
    Family.MOUNTAINS: frozenset(("church", "village")),
    Family.COAST: frozenset(("lighthouse",)),
    Family.DESERT: frozenset(("station",)),
}
"""What stands singly in a place, by the last word of its name."""

_WAYS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "en": {
        "push-in": frozenset(("on", "to", "toward", "towards", "onto", "in on")),
        "pull-back": frozenset(("from", "of")),
        "orbit": frozenset(("around", "round")),
    },
    "fr": {
        "push-in": frozenset(("sur", "vers", "à", "au", "de", "du", "d'")),
        "pull-back": frozenset(("de", "du", "d'", "depuis", "depuis le", "depuis la")),
        "orbit": frozenset(("autour", "autour de", "autour du", "de", "du", "d'")),
    },
}
"""By language and move: what stands between the move and what it is aimed at."""
COLOURS = frozenset(("red", "white", "grey", "blue", "green", "yellow", "beige", "brown"))
_TURNING = (Move.PAN, Move.TILT, Move.WHIP, Move.THROUGH)
_ON_THEIR_OWN = ("approach", "orbiting", "circling")
"""Moves that take what they go to or round at once."""
_LIT = frozenset(("dark",))
"""What is said of the light of a thing, not of the thing."""
_OVER = frozenset(("survol", "survole", "survolant", "en survolant", "vol au-dessus"))
_ASIDE = ("camera.subject", "camera.pitch", "scale camera.pitch", "camera.heading")


def aim(draft: Draft, family: Family | None) -> None:
    """Aim the first move of a shot where its words say.

    Args:
        draft: Read, with its place settled.
        family: Of the place.
    """
    for at, item in enumerate(draft.items):
        if item.leg or item.fault is not None or not item.is_a(Role.MOVE) or item.entry is None:
            continue
        named = _named(draft, at, _move(item))
        if named and not any(made.field in _ASIDE for made in draft.statements):
            _take(draft, item, named, None if _stays(draft, family) else family)
            return
    _look_at_the_coloured(draft, family)


def _look_at_the_coloured(draft: Draft, family: Family | None) -> None:
    """Make the first landmark named by its colour the subject, where the camera may look."""
    turns = any(item.is_a(Role.MOVE) and _move(item) in _TURNING for item in draft.items)
    if turns or _stays(draft, family) or any(made.field in _ASIDE for made in draft.statements):
        return
    language = draft.lexicon.language
    for _, clause in groupby(draft.items, key=lambda item: item.clause):
        run: list[Item] = []
        for item in [*clause, None]:
            if item is not None and part_of_a_name(item, language):
                run.append(item)
                continue
            if _is_coloured(run, language):
                _take(draft, run[0], run, family)
                return
            run = []


def _is_coloured(run: list[Item], language: str) -> bool:
    """True for the name of one thing by its colour, which nothing else has understood."""
    said = [str(part_of_a_name(item, language)) for item in run]
    colour = (said[-1] if language == "fr" else said[0]) if len(said) > 1 else ""
    unread = run[-1 if language == "fr" else 0].fault is not None if run else False
    return unread and colour in COLOURS


def _move(item: Item) -> str:
    return str(dict(item.entry.sets).get("camera.move")) if item.entry is not None else ""


def _stays(draft: Draft, family: Family | None) -> bool:
    """True where a camera cannot leave its street, or other towers hide what it would go to."""
    low = any(
        made.field == "camera.altitude" and float(made.value) < ABOVE_THE_TREES
        for made in draft.statements
    )
    return (low and family is not Family.INTERIOR) or family is Family.CITY


def _named(draft: Draft, at: int, move: str) -> list[Item]:
    """The stretches after a move that name what it goes to, from or round; empty where none do."""
    language, item = draft.lexicon.language, draft.items[at]
    ways = _WAYS[language].get(move)
    if ways is None or item.text.lower() in _OVER:
        return []
    said = item.text.lower()
    joined = said.split()[-1] in ways or said.startswith(_ON_THEIR_OWN)
    named: list[Item] = []
    for after in draft.items[at + 1 :]:
        word = after.text.lower().replace("\u2019", "'")
        if after.clause != item.clause:
            break
        if not named and word in ways:
            joined = True
        elif word in ARTICLES[language] and not named:
            continue
        elif part_of_a_name(after, language) or after.is_a(Role.SHOWN):
            named.append(after)
        else:
            break
    return named if joined else []


def _take(draft: Draft, move: Item, named: list[Item], family: Family | None) -> None:
    """Aim a move at a landmark, or tell the reader that it is not aimed at what was named."""
    language = draft.lexicon.language
    parts = [part_of_a_name(item, language) for item in named]
    words = " ".join(reversed([str(one) for one in parts]) if language == "fr" else map(str, parts))
    words = " ".join(word for word in words.split() if word not in _LIT)
    thing = family is Family.INTERIOR or _is_landmark(words, family)
    single = not any(item.text.lower().endswith("s") for item in named)
    if None not in parts and single and thing:
        for item in named:
            item.fault = None
        draft.state("camera.subject", words, Rank.IMPLIED, move, *named)
    elif named[-1].is_a(Role.SHOWN) and named[-1].fault is None and single:
        told = remarks.NOT_AIMED.of(word=" ".join(item.text for item in named))
        draft.warnings.append(told.say(language))


def _is_landmark(words: str, family: Family | None) -> bool:
    known = LANDMARKS.get(family, frozenset()) if family is not None else frozenset()
    return any(words.endswith(one) for one in known)
