"""What the phrases of a prompt say together: amounts find their things, numbers their meaning.

The law:

1. An amount ("light", "few", "no") belongs to the next thing; only fillers may stand between.
2. "No" reaches over a list that is closed with "or": "no snow, rain or fog". A list closed with
   "and" after "no" is ambiguous and refused.
3. A word that finds nothing to belong to is refused; it is never dropped.
4. "No" before what ``world`` never shows is granted; before what every place shows, refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from generique.model.vocabulary import Quantity
from generique.world.lexicon import BY_NAME, vocabulary
from generique.world.lexicon_entry import Entry, Role, Setting
from generique.world.lexicon_place import THINGS

_CAMERA_VERBS = ("push", "pull", "dolly", "truck", "crane", "craning", "orbit", "jib", "boom")
_CAMERA_ROLES = (Role.FRAMING, Role.HEIGHT, Role.ANGLE, Role.LENS, Role.MOVE, Role.HAND)
_ABOUT_CAMERA_ONLY = (Role.HEIGHT, Role.LENS, Role.SPEED, Role.HAND, Role.ANGLE)
_CUES_OF_NUMBERS = {
    "below the horizon": '"tilted 20 degrees"',
    "speed": '"at a speed of 4 m/s", or say "slow"',
    "lens": '"35 mm lens", or say "wide lens"',
}
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A prompt, read.

    Attributes:
        items: Every stretch in order; those with a ``fault`` cannot be served.
        names_place: True when a word says where.
    """

    items: tuple[Item, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...]
    names_place: bool


def read_sentence(prompt: str) -> Sentence:
    """Read all phrases of a prompt; refuses nothing itself, faults are left in the items."""
    reader = _Reader(prompt)
    cues = [item.is_a(Role.CUE, Role.LINK) for item in reader.items]
    for index in sorted(range(len(reader.items)), key=lambda at: (cues[at], at)):
        reader.read(index)
    return Sentence(
        items=tuple(reader.items),
        statements=tuple(reader.statements),
        warnings=tuple(dict.fromkeys(reader.warnings)),
        names_place=any(item.is_a(Role.PLACE, Role.HOUSES) for item in reader.items),
    )


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


class _Reader:
    """Reads item after item; each role has its method."""

    def __init__(self, prompt: str) -> None:
        self.items = _items(prompt)
        self.statements: list[Statement] = []
        self.warnings: list[str] = []
        self._readers: dict[Role, Callable[[int, Entry], None]] = {
            Role.SHOWN: self._shown,
            Role.PLACE: self._shown,
            Role.HOUSES: self._shown,
            Role.THING: self._thing,
            Role.AMOUNT: self._amount,
            Role.CHANGE: self._change,
            Role.SPEED: self._speed,
            Role.MOVE: self._move,
            Role.CUE: self._cue,
            Role.LINK: self._cue,
            Role.NEVER: self._never,
        }

    def read(self, index: int) -> None:
        """Read one item, unless another has taken it along."""
        item = self.items[index]
        if item.done or item.filler or item.fault is not None:
            return
        if item.quantity is not None:
            self._quantity(index, item.quantity)
        elif item.entry is not None:
            self._readers.get(item.entry.role, self._plain)(index, item.entry)

    # neighbours

    def _next(self, index: int) -> int | None:
        """The next item that is no filler; None at the end of the prompt."""
        rest = range(index + 1, len(self.items))
        return next((at for at in rest if not self.items[at].filler), None)

    def _beside(self, index: int, step: int) -> Item | None:
        """The neighbour that is no filler, in the same clause; ``step`` is 1 or -1."""
        at = index + step
        while 0 <= at < len(self.items) and self.items[at].filler:
            at += step
        inside = 0 <= at < len(self.items)
        same = inside and self.items[at].clause == self.items[index].clause
        return self.items[at] if same else None

    def _state(self, name: str, value: Setting, rank: Rank, *items: Item) -> None:
        """Record a statement and that these items bear on its field."""
        text = " ".join(item.text for item in items)
        self.statements.append(Statement(name, value, rank, text))
        for item in items:
            item.fields.append(name.removeprefix("scale "))
            item.done = True

    # roles

    def _plain(self, index: int, entry: Entry) -> None:
        """A phrase that sets its fields."""
        item = self.items[index]
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        described = after is not None and after.clause == item.clause
        if after is not None and described and entry.role in _ABOUT_CAMERA_ONLY:
            if entry.level and after.is_a(Role.THING):
                self._amount(index, entry)
                return
            if after.is_a(Role.THING, Role.SHOWN, Role.HOUSES) and " " not in item.text:
                item.fault = f'cannot describe "{after.text}", only the camera'
                return
        if entry.note:
            self.warnings.append(f"{item.text}: {entry.note}")
        for name, value in entry.sets:
            self._state(name, value, Rank.IMPLIED if entry.weak else Rank.STATED, item)

    def _shown(self, index: int, entry: Entry) -> None:
        """Something that every place shows."""
        item = self.items[index]
        item.said = entry.note or "shown by the place"
        for name, _ in entry.sets:
            item.fields.append(name)
        if entry.role is not Role.SHOWN:
            item.said = "place.family = residential-suburb"

    def _never(self, index: int, entry: Entry) -> None:
        """Something that world never shows, and that no "no" stands before."""
        self.items[index].fault = entry.note

    def _cue(self, index: int, entry: Entry) -> None:
        """A word that matters only beside a number, a way or in a list; else it changes nothing."""
        item = self.items[index]
        if entry.name == "moving":
            self._which_way(item)
        elif entry.name in _CUES_OF_NUMBERS and not item.fields:
            item.fault = f"needs a number, for example {_CUES_OF_NUMBERS[entry.name]}"
        item.filler = item.fault is None and not item.fields

    def _which_way(self, item: Item) -> None:
        """A verb of motion that a speed stands after: the way it goes says which move it is."""
        clause = [other for other in self.items if other.clause == item.clause]
        turns = [
            other.entry.sets[0][1] for other in clause if other.entry and other.is_a(Role.TURN)
        ]
        if any(other.is_a(Role.THING) and other.start < item.start for other in clause):
            item.fault = "what moves here? put a comma before a move of the camera"
        elif turns and not any(other.is_a(Role.MOVE) for other in clause):
            move = "crane" if turns[0] in ("up", "down") else "truck"
            self._state("camera.move", move, Rank.STATED, item)
        elif not any(other.is_a(Role.MOVE) for other in clause):
            item.fault = "which way? say forward, back, left, right, up or down"

    def _speed(self, index: int, entry: Entry) -> None:
        """A speed, which is the camera's; the speed of anything else cannot be directed."""
        item, before, after = self.items[index], self._beside(index, -1), self._beside(index, 1)
        if entry.level and after is not None and after.is_a(Role.THING):
            self._amount(index, entry)
            return
        touching = index + 1 < len(self.items) and after is self.items[index + 1]
        camera_next = after is not None and after.is_a(*_CAMERA_ROLES)
        of_thing = before is not None and before.is_a(Role.THING) and not camera_next
        if of_thing or (touching and after is not None and after.is_a(Role.THING)):
            item.fault = "only the speed of the camera can be directed"
            return
        self._plain(index, entry)

    def _move(self, index: int, entry: Entry) -> None:
        """A move, unless its grammar says that the snow or the smoke moves."""
        item, before = self.items[index], self._beside(index, -1)
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        for_camera = item.text.lower().startswith(_CAMERA_VERBS)
        things = (beside for beside in (before, after) if beside is not None)
        if not for_camera and any(
            thing.is_a(Role.THING) and thing.clause == item.clause for thing in things
        ):
            item.fault = "what moves here? put a comma before a move of the camera"
            return
        self._plain(index, entry)

    def _thing(self, index: int, entry: Entry, *amounts: Item, level: str = "plain") -> None:
        """A thing, in an amount or just mentioned."""
        item, thing = self.items[index], THINGS[entry.thing]
        item.done = True
        if level == "plain" and level not in thing.levels:
            item.fields.append(thing.field)
            return
        if level not in thing.levels:
            for amount in amounts:
                amount.fault = f'is no amount of "{item.text}"'
                amount.done = True
            return
        rank = Rank.MENTIONED if level == "plain" else Rank.STATED
        self._state(thing.field, thing.levels[level], rank, *amounts, item)
        if level in thing.also:
            rank = Rank.STATED if level == "none" else Rank.IMPLIED
            self._state(thing.also_field, thing.also[level], rank, *amounts, item)
        if entry.note and level in ("none", "few", "faint"):
            self.warnings.append(f"{item.text}: {entry.note}")

    def _amount(self, index: int, entry: Entry) -> None:
        """An amount and the thing, or the things, that it belongs to."""
        item, at = self.items[index], self._next(index)
        target = self.items[at] if at is not None else None
        if at is None or target is None or target.entry is None:
            item.fault = "has nothing after it that it could be an amount of"
        elif target.is_a(Role.THING):
            self._thing(at, target.entry, item, level=entry.level)
        elif entry.level == "none" and target.is_a(Role.NEVER):
            target.said, target.done = "granted: never shown", True
            item.said, item.done = "granted", True
        elif target.is_a(Role.SHOWN, Role.PLACE, Role.HOUSES):
            item.named = f"{item.text} {target.text}"
            item.fault = "every place shows these, in its own number"
        else:
            item.fault = f'is no amount of "{target.text}"'
        if at is not None and entry.level == "none" and item.fault is None:
            self._negate_list(item, at)

    def _negate_list(self, no: Item, at: int) -> None:
        """Carry a "no" over a list that is closed with "or"; refuse one closed with "and"."""
        members: list[int] = []
        closed, ends_list = "", False
        for index in range(at + 1, len(self.items)):
            item = self.items[index]
            if item.is_a(Role.LINK):
                closed = "or" if item.entry is not None and item.entry.name == "or" else "and"
                ends_list = True
            elif item.is_a(Role.THING, Role.NEVER):
                members.append(index)
                if ends_list:
                    break
            elif not item.filler:
                break
        if not members or not ends_list or self.items[members[-1]].start < self._last_link(at):
            return
        if closed == "and":
            self._refuse_and(no, at, members)
            return
        for index in members:
            entry = self.items[index].entry
            if entry is not None and entry.role is Role.THING:
                self._thing(index, entry, no, level="none")
            else:
                self.items[index].said, self.items[index].done = "granted: never shown", True

    def _last_link(self, at: int) -> int:
        """Where the first "or" or "and" after an item stands; -1 without one."""
        links = (item.start for item in self.items[at + 1 :] if item.is_a(Role.LINK))
        return next(links, -1)

    def _refuse_and(self, no: Item, at: int, members: list[int]) -> None:
        """Refuse "no snow and rain", unless only a single clause separates the two."""
        last = self.items[members[-1]]
        if last.clause == self.items[at].clause and last.is_a(Role.THING):
            no.named = f"{no.text} {self.items[at].text} and {last.text}"
            no.fault = f'is there {last.text} or not? say "or", or put "{last.text}" first'

    def _change(self, index: int, entry: Entry) -> None:
        """A change of what is there: of the next thing, or of the field that it names."""
        item = self.items[index]
        name, factor = entry.sets[0]
        if name != "change":
            self._state(name, factor, Rank.STATED, item)
            return
        at = self._next(index)
        target = self.items[at] if at is not None else None
        if target is None or target.entry is None or not target.is_a(Role.THING):
            item.fault = "has nothing after it that could be more or less"
            return
        thing = THINGS[target.entry.thing]
        if target.entry.thing in ("dark windows", "street lamps"):
            item.fault = (
                f'cannot change "{target.text}"; say "darker windows" or "street lamps off"'
            )
            return
        name = "snow" if target.entry.thing == "snow" else thing.field
        self._state(f"scale {name}", factor, Rank.STATED, item, target)

    # numbers

    def _quantity(self, index: int, quantity: Quantity) -> None:
        """A number with a unit."""
        unit = quantity.unit
        readers: dict[str, Callable[[int, float], None]] = {
            "s": self._seconds,
            "frames": self._frames,
            "m": self._metres,
            "m/s": self._metres_a_second,
            "mm": self._millimetres,
            "degrees": self._degrees,
            "percent": self._percent,
            "am": self._before_noon,
            "pm": self._after_noon,
        }
        if unit in readers:
            readers[unit](index, quantity.value)
        elif unit == "fps":
            self._state("fps", quantity.value, Rank.STATED, self.items[index])
        else:
            self.items[index].fault = f"{unit} mean nothing in a picture"

    def _with_cues(self, index: int, *names: str) -> list[Item]:
        """The item and the cues beside it that have one of these names."""
        beside = (self._beside(index, -1), self._beside(index, 1))
        cues = [
            cue
            for cue in beside
            if cue is not None and cue.entry is not None and cue.entry.name in names
        ]
        for cue in cues:
            cue.filler = False
        return [self.items[index], *cues]

    def _seconds(self, index: int, value: float) -> None:
        self._state("length", value, Rank.STATED, *self._with_cues(index, "long"))

    def _frames(self, index: int, value: float) -> None:
        self._state("frames", value, Rank.STATED, *self._with_cues(index, "long"))

    def _metres_a_second(self, index: int, value: float) -> None:
        before = self._beside(index, -1)
        if before is not None and before.entry is not None and before.is_a(Role.THING):
            if before.entry.thing in ("wind", "breeze"):
                self._state("weather.wind", value, Rank.STATED, self.items[index], before)
                return
            self.items[index].fault = "only the speeds of the camera and the wind can be directed"
            return
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        if after is not None and after.entry is not None and after.entry.thing == "wind":
            self._state("weather.wind", value, Rank.STATED, self.items[index], after)
            return
        self._state("camera.speed", value, Rank.STATED, *self._with_cues(index, "speed", "at"))

    def _metres(self, index: int, value: float) -> None:
        before = self._beside(index, -1)
        items = self._with_cues(index, "at")
        alone = before is None or before.is_a(Role.FRAMING, Role.HEIGHT)
        if len(items) == 1 and not alone:
            items[0].fault = 'of what? an altitude is written "at 60 m"'
            return
        self._state("camera.altitude", value, Rank.STATED, *items)

    def _millimetres(self, index: int, value: float) -> None:
        self._state("camera.focal", value, Rank.STATED, *self._with_cues(index, "lens"))

    def _degrees(self, index: int, value: float) -> None:
        items = self._with_cues(index, "lens")
        if len(items) > 1:
            self._state("field of view", value, Rank.STATED, *items)
            return
        beside = (self._beside(index, -1), self._beside(index, 1))
        angles = [
            item
            for item in beside
            if item is not None
            and item.entry is not None
            and (item.is_a(Role.ANGLE) or item.entry.name in ("below the horizon", "down"))
        ]
        if not angles:
            items[0].fault = 'of what? write "tilted 20 degrees" or "60 degrees field of view"'
            return
        self._state("camera.pitch", value, Rank.STATED, items[0], *angles)

    def _percent(self, index: int, value: float) -> None:
        item, after = self.items[index], self._beside(index, 1)
        if after is None or after.entry is None or after.entry.thing != "lit windows":
            item.fault = 'of what? write "30 % of the windows lit"'
            return
        self._state("life.lit_windows", value / 100, Rank.STATED, item, after)

    def _before_noon(self, index: int, value: float) -> None:
        self._hour(index, value % 12)

    def _after_noon(self, index: int, value: float) -> None:
        self._hour(index, value % 12 + 12)

    def _hour(self, index: int, hour: float) -> None:
        """An hour of the clock: those that are night in any season of a Canadian year."""
        if hour >= 22 or hour < 4:
            self._state("time", "night", Rank.STATED, *self._with_cues(index, "at"))
        else:
            self.items[index].fault = 'depends on the season; say "dawn", "dusk" or "overcast day"'
