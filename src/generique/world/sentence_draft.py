"""A prompt while it is being read: its stretches, their neighbours, and what was stated so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from generique.model.vocabulary import Quantity
from generique.world.lexicon import BY_NAME, vocabulary
from generique.world.lexicon_entry import Entry, Role, Setting

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
        field: Of the scene document, or ``aerial``, ``pace``, ``sky``, ``foliage``, ``wet``,
            ``length`` (seconds) and ``frames``; ``scale`` before it multiplies what is there.
        text: The words, for messages.
    """

    field: str
    value: Setting
    rank: Rank
    text: str


@dataclass(slots=True)
class Item:
    """A stretch of the prompt while it is being read.

    Attributes:
        clause: Count of stops before it.
        fields: Fields that it bears on.
        said: What became of it when it bears on no field.
        fault: Why it cannot be served, if it cannot.
        named: What to call it in a refusal, when that is more than its own text.
    """

    start: int
    end: int
    text: str
    clause: int = 0
    entry: Entry | None = None
    quantity: Quantity | None = None
    filler: bool = False
    fields: list[str] = field(default_factory=list)
    said: str = ""
    fault: str | None = None
    named: str = ""
    done: bool = False

    def is_a(self, *roles: Role) -> bool:
        """True when the stretch is a phrase of one of the roles."""
        return self.entry is not None and self.entry.role in roles


class Draft:
    """All stretches of a prompt, and the statements made of them.

    Args:
        prompt: Any text.

    Attributes:
        items: In the order of the prompt; unknown words have their fault already.
        statements: In the order in which they were made.
        warnings: What the reader should know.
    """

    def __init__(self, prompt: str) -> None:
        self.items = _items(prompt)
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

    def state(self, name: str, value: Setting, rank: Rank, *items: Item) -> None:
        """Record a statement and that these items bear on its field."""
        text = " ".join(item.text for item in items)
        self.statements.append(Statement(name, value, rank, text))
        for item in items:
            item.fields.append(name.removeprefix("scale "))
            item.done = True


def _items(prompt: str) -> list[Item]:
    """Every stretch of the prompt in order, with its clause."""
    matches, unknown = vocabulary().read(prompt)
    items = [
        Item(
            match.start,
            match.end,
            match.text,
            entry=BY_NAME.get(match.meaning or ""),
            quantity=match.quantity,
            filler=match.meaning is None,
        )
        for match in matches
    ]
    items += [Item(word.start, word.end, word.text, fault="not understood") for word in unknown]
    items.sort(key=lambda item: item.start)
    clause, before = 0, 0
    for item in items:
        clause += any(mark in _STOPS for mark in prompt[before : item.start])
        item.clause, before = clause, item.end
    return items
