"""A prompt while it is being read: its stretches, their neighbours, and what was stated so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from generique.model.vocabulary import Quantity
from generique.world.reasons import faults, remarks
from generique.world.reasons.telling import Said, Text
from generique.world.words.lexicon import LEXICONS, Lexicon
from generique.world.words.lexicon_entry import Entry, Role, Setting

LEG_FIELDS = {
    "camera.move": "move",
    "camera.direction": "direction",
    "camera.speed": "speed",
    "camera.easing": "easing",
    "pace": "speed",
    "own speed": "speed",
}
"""What each move of the camera has of its own, and its name in a further move."""

_STOPS = frozenset(".,;:!?()\n\u2013\u2014\u2026/")


class Rank(IntEnum):
    """How firmly a word sets a field: a firmer word wins, equally firm ones must agree."""

    IMPLIED = 0
    MENTIONED = 1
    STATED = 2


@dataclass(frozen=True, slots=True)
class Statement:
    """One field as some words set it.

    Attributes:
        field: Of the scene document, or ``aerial``, ``pace``, ``own speed`` (which ``pace``
            scales), ``sky``, ``foliage``, ``wet``, ``length`` (seconds) and ``frames``; ``scale``
            before it multiplies what is there.
        text: The words, for messages.
        leg: Of which move of the camera it speaks: 0 for the first, and for all else.
    """

    field: str
    value: Setting
    rank: Rank
    text: str
    leg: int = 0


@dataclass(slots=True)
class Item:
    """A stretch of the prompt while it is being read.

    Attributes:
        clause: Count of stops before it.
        leg: Count of "then" before it that part one move of the camera from the next.
        fields: Fields that it bears on.
        said: What became of it when it bears on no field.
        fault: Why it cannot be served, if it cannot.
        named: What to call it in a refusal, when that is more than its own text.
        advice: What to say instead, where it is known.
        negated: True when a "no" reaches it.
    """

    start: int
    end: int
    text: str
    clause: int = 0
    leg: int = 0
    entry: Entry | None = None
    quantity: Quantity | None = None
    filler: bool = False
    fields: list[str] = field(default_factory=list)
    said: Text | Said | None = None
    fault: Text | Said | None = None
    named: str = ""
    advice: str = ""
    negated: bool = False
    done: bool = False

    def is_a(self, *roles: Role) -> bool:
        """True when the stretch is a phrase of one of the roles."""
        return self.entry is not None and self.entry.role in roles


class Draft:
    """All stretches of a prompt, and the statements made of them.

    Args:
        prompt: Any text.

    Attributes:
        lexicon: Of the language that reads more of the prompt.
        items: In the order of the prompt; unknown words have their fault already.
        statements: In the order in which they were made.
        warnings: What the reader should know.
    """

    def __init__(self, prompt: str) -> None:
        self.lexicon, self.items = _best_reading(prompt)
        _part_moves(self.items)
        self.statements: list[Statement] = []
        self.warnings: list[str] = []

    def next(self, index: int) -> int | None:
        """The next item that is no filler; None at the end of the prompt."""
        rest = range(index + 1, len(self.items))
        return next((at for at in rest if not self.items[at].filler), None)

    def beside(self, index: int, step: int) -> Item | None:
        """The neighbour that is no filler, in the same clause; ``step`` is 1 or -1."""
        at = index + step
        while 0 <= at < len(self.items) and self.items[at].filler:
            at += step
        inside = 0 <= at < len(self.items)
        same = inside and self.items[at].clause == self.items[index].clause
        return self.items[at] if same else None

    def warn(self, item: Item, note: str) -> None:
        """Record what the reader should know of a word, in the language of the prompt."""
        said = remarks.WORD.of(word=item.text, note=faults.noted(note))
        self.warnings.append(said.say(self.lexicon.language))

    def state(self, name: str, value: Setting, rank: Rank, *items: Item) -> None:
        """Record a statement and that these items bear on its field."""
        text = " ".join(item.text for item in sorted(items, key=lambda item: item.start))
        leg = items[0].leg if name in LEG_FIELDS else 0
        self.statements.append(Statement(name, value, rank, text, leg))
        shown = f"camera.then.{leg - 1}.{LEG_FIELDS[name]}" if leg else name.removeprefix("scale ")
        for item in items:
            item.fields.append(shown)
            item.done = True


def _part_moves(items: list[Item]) -> None:
    """Count the moves of the camera that "then" parts from one another."""
    links = [at for at, item in enumerate(items) if item.entry and item.entry.key == "then"]
    edges = [-1, *links, len(items)]
    moving = [
        any(item.is_a(Role.MOVE) or _is_motion(item) for item in items[start + 1 : end])
        for start, end in pairwise(edges)
    ]
    leg = 0
    for link, before, after in zip(links, moving, moving[1:], strict=False):
        if not (before and after):
            continue
        leg += 1
        items[link].said, items[link].done = remarks.ONE_AFTER_THE_OTHER, True
        for item in items[link + 1 :]:
            item.leg = leg


def _is_motion(item: Item) -> bool:
    return item.entry is not None and item.entry.key == "moving"


def language_of(text: str) -> str:
    """The language that reads more of a text, ``en`` or ``fr``."""
    return _best_reading(text)[0].language


def _best_reading(prompt: str) -> tuple[Lexicon, list[Item]]:
    """The prompt in the language that leaves fewer words unread, the first on a tie."""
    readings = [(lexicon, _items(prompt, lexicon)) for lexicon in LEXICONS]
    best = min(readings, key=lambda reading: sum(bool(item.fault) for item in reading[1]))
    for other in LEXICONS:
        if other is not best[0]:
            _point_to(other, *best)
    return best


def _point_to(other: Lexicon, lexicon: Lexicon, items: list[Item]) -> None:
    """Say of unread words of another language that they are, and what they are in this one."""
    for item in items:
        if item.fault is None:
            continue
        matches, unknown = other.vocabulary.read(item.text)
        if unknown or any(match.quantity for match in matches):
            continue
        item.fault = faults.IN_ANOTHER_LANGUAGE[other.language]
        entry = lexicon.by_key.get(matches[0].meaning or "")
        item.advice = entry.spellings[0] if entry is not None else ""


def _items(prompt: str, lexicon: Lexicon) -> list[Item]:
    """Every stretch of the prompt in order, with its clause."""
    matches, unknown = lexicon.vocabulary.read(prompt)
    items = []
    for match in matches:
        key = lexicon.homographs.get(match.text.casefold(), match.meaning or "")
        entry = lexicon.by_key.get(key)
        filler = entry is None and match.quantity is None
        items.append(
            Item(
                match.start,
                match.end,
                match.text,
                entry=entry,
                quantity=match.quantity,
                filler=filler,
            )
        )
    items += [
        Item(word.start, word.end, word.text, fault=faults.NOT_UNDERSTOOD) for word in unknown
    ]
    items.sort(key=lambda item: item.start)
    clause, before = 0, 0
    for item in items:
        clause += any(mark in _STOPS for mark in prompt[before : item.start])
        item.clause, before = clause, item.end
    return items
