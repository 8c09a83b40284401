"""What the phrases of a prompt say together: amounts find their things, numbers their meaning.

The law:

1. An amount ("light", "few", "no") belongs to the next thing; only fillers may stand between.
2. "No" reaches over a list that is closed with "or": "no snow, rain or fog". A list closed with
   "and" after "no" is ambiguous and refused.
3. A word that finds nothing to belong to is refused; it is never dropped.
4. "No" before what is never shown is granted; before what every such place shows, refused.
5. In French an adjective of amount also belongs to the thing that it follows.

Which family of places the words mean is decided last (:mod:`generique.world.words.sentence_place`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generique.world.reasons import faults, remarks
from generique.world.scene import Family
from generique.world.words.lexicon import Lexicon
from generique.world.words.lexicon_directing import IN_THE_SKY
from generique.world.words.lexicon_entry import Entry, Role
from generique.world.words.lexicon_place import THINGS
from generique.world.words.lexicon_window import VIEW
from generique.world.words.measures import read_measure
from generique.world.words.sentence_aim import aim
from generique.world.words.sentence_draft import Draft, Item, Rank, Statement
from generique.world.words.sentence_focus import read_focus
from generique.world.words.sentence_place import settle_place
from generique.world.words.sentence_room import call_by_room
from generique.world.words.sentence_window import goes_through_window, open_window

_CAMERA_ROLES = (Role.FRAMING, Role.HEIGHT, Role.ANGLE, Role.LENS, Role.MOVE, Role.HAND)
_ABOUT_CAMERA_ONLY = (Role.HEIGHT, Role.LENS, Role.SPEED, Role.HAND, Role.ANGLE)
_NOUNS = (Role.SHOWN, Role.PLACE)
_FOLLOWING = ("faint", "light", "moderate", "heavy", "very heavy", "gentle")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A prompt, read.

    Attributes:
        items: Every stretch in order; those with a ``fault`` cannot be served.
        family: Of places, that the words name; None when they name none.
        lexicon: Of the language that the prompt was read in.
    """

    items: tuple[Item, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...]
    family: Family | None
    lexicon: Lexicon


def read_sentence(prompt: str, family: Family | None = None) -> Sentence:
    """Read all phrases of a prompt; refuses nothing itself, faults are left in the items.

    Args:
        prompt: In English or French.
        family: Of the place that is there already, for a note.
    """
    draft = Draft(prompt)
    if family is None:
        open_window(draft, prompt)
    call_by_room(draft, family)
    reader = _Reader(draft)
    # What is in focus takes its own nouns along; cues are left for the numbers beside them.
    cues = [(item.is_a(Role.CUE, Role.LINK), not item.is_a(Role.FOCUS)) for item in draft.items]
    for index in sorted(range(len(draft.items)), key=lambda at: (cues[at], at)):
        reader.read(index)
    found = settle_place(draft, family)
    aim(draft, found)
    return Sentence(
        items=tuple(draft.items),
        statements=tuple(draft.statements),
        warnings=tuple(dict.fromkeys(draft.warnings)),
        family=found,
        lexicon=draft.lexicon,
    )


class _Reader:
    """Reads item after item; each role has its method."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.items = draft.items
        self._readers: dict[Role, Callable[[int, Entry], None]] = {
            Role.NOBODY: self._nobody,
            Role.THING: self._thing,
            Role.AMOUNT: self._amount,
            Role.CHANGE: self._change,
            Role.SPEED: self._speed,
            Role.MOVE: self._move,
            Role.CUE: self._cue,
            Role.LINK: self._cue,
            Role.NEVER: self._never,
            Role.FOCUS: lambda index, _: read_focus(draft, index),
        }

    def read(self, index: int) -> None:
        """Read one item, unless another has taken it along."""
        item = self.items[index]
        if item.done or item.filler or item.fault is not None:
            return
        if item.quantity is not None:
            read_measure(self.draft, index, item.quantity)
        elif item.entry is not None:
            self._readers.get(item.entry.role, self._plain)(index, item.entry)

    def _plain(self, index: int, entry: Entry) -> None:
        """A phrase that sets its fields."""
        item = self.items[index]
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        described = after is not None and after.clause == item.clause
        if entry.role in _ABOUT_CAMERA_ONLY and self._describes_before(index, after):
            item.fault = faults.ABOUT_THE_CAMERA.of(noun=self.items[index - 1].text)
            return
        if after is not None and described and entry.role in _ABOUT_CAMERA_ONLY:
            if entry.level and after.is_a(Role.THING):
                self._amount(index, entry)
                return
            if after.is_a(Role.THING, *_NOUNS) and " " not in item.text:
                item.fault = faults.ABOUT_THE_CAMERA.of(noun=after.text)
                return
        if entry.note and not self._leaves_no_choice(item, entry):
            self.draft.warn(item, entry.note)
        for name, value in entry.sets:
            self.draft.state(name, value, Rank.IMPLIED if entry.weak else Rank.STATED, item)

    def _leaves_no_choice(self, item: Item, entry: Entry) -> bool:
        """True for "interior" where another word names the room, or a window goes with it."""
        rooms = (
            other is not item and other.entry is not None and "place.room" in dict(other.entry.sets)
            for other in self.items
        )
        named = any(rooms) or any(map(goes_through_window, self.items))
        return Family.INTERIOR in entry.names and named

    def _describes_before(self, index: int, after: Item | None) -> bool:
        """True for "maisons basses", where an adjective belongs to the noun that it follows."""
        item, before = self.items[index], self.items[index - 1] if index else None
        adjective = " " not in item.text and not item.text.lower().endswith("ment")
        if before is None or not adjective or not self.draft.lexicon.amounts_follow:
            return False
        for_camera = after is not None and after.clause == item.clause
        for_camera = for_camera and after is not None and after.is_a(*_CAMERA_ROLES)
        return before.clause == item.clause and before.is_a(Role.THING, *_NOUNS) and not for_camera

    def _nobody(self, index: int, entry: Entry) -> None:
        """That nobody is there, which is so in every place."""
        self.items[index].said = faults.noted(entry.note)

    def _never(self, index: int, entry: Entry) -> None:
        """Something that world never shows, and that no "no" stands before."""
        item = self.items[index]
        passes = any(
            name in ("becomes.time", "becomes.cut")
            for other in self.items
            for name, _ in (other.entry.sets if other.entry is not None else ())
        )
        if entry.key == "time-lapse" and passes:
            item.said, item.done = remarks.THE_HOUR_PASSES, True
            return
        item.fault = faults.noted(entry.note)

    def _cue(self, index: int, entry: Entry) -> None:
        """A word that matters only beside a number, a way or in a list; else it changes nothing."""
        item = self.items[index]
        if entry.key == "or" and not item.done:
            item.fault = faults.A_CHOICE
        elif entry.key == "moving":
            self._which_way(item)
        elif entry.key in faults.EXAMPLES and not item.fields:
            item.fault = faults.NEEDS_A_NUMBER.of(example=faults.EXAMPLES[entry.key])
        item.filler = item.fault is None and not item.fields and not item.said

    def _which_way(self, item: Item) -> None:
        """A verb of motion that a speed stands after: the way it goes says which move it is."""
        said = [
            (other.start, other.entry)
            for other in self.items
            if other.clause == item.clause and other.entry is not None
        ]
        turns = [entry.sets[0][1] for _, entry in said if entry.role is Role.TURN]
        moves = Role.MOVE in {entry.role for _, entry in said}
        if Role.THING in {entry.role for start, entry in said if start < item.start}:
            item.fault = faults.WHAT_MOVES
        elif turns and not moves:
            move = "crane" if turns[0] in ("up", "down") else "truck"
            self.draft.state("camera.move", move, Rank.STATED, item)
        elif not moves:
            item.fault = faults.WHICH_WAY

    def _speed(self, index: int, entry: Entry) -> None:
        """A speed, which is the camera's; the speed of anything else cannot be directed."""
        item = self.items[index]
        before, after = self.draft.beside(index, -1), self.draft.beside(index, 1)
        if entry.level and after is not None and after.is_a(Role.THING):
            self._amount(index, entry)
            return
        touching = index + 1 < len(self.items) and after is self.items[index + 1]
        camera_next = after is not None and after.is_a(*_CAMERA_ROLES)
        of_thing = before is not None and before.is_a(Role.THING) and not camera_next
        of_thing |= self._of_the_sky(index)
        if of_thing or (touching and after is not None and after.is_a(Role.THING)):
            item.fault = faults.SPEED_OF_A_THING
            return
        self._plain(index, entry)

    def _move(self, index: int, entry: Entry) -> None:
        """A move, unless its grammar says that the snow or the smoke moves."""
        item, before = self.items[index], self.draft.beside(index, -1)
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        for_camera = item.text.lower().startswith(self.draft.lexicon.camera_words)
        transitive = " " in item.text.strip() or after is None or after.clause != item.clause
        things = (before, None if transitive else after)
        tilts = any(value == "tilt" for _, value in entry.sets)
        if not tilts and self._goes_along_a_street(item, self.draft.beside(index, 1)):
            item.fault = faults.ALONG_A_STREET
            return
        moved = any(thing is not None and thing.is_a(Role.THING) for thing in things)
        if not for_camera and entry is not VIEW and (moved or self._of_the_sky(index)):
            item.fault = faults.WHAT_MOVES
            return
        self._plain(index, entry)

    def _of_the_sky(self, index: int) -> bool:
        """True for "the moon rises" and "clouds racing", which say nothing of the camera."""
        before = self.items[index - 1] if index else None
        if before is None or before.clause != self.items[index].clause:
            return False
        return before.text.lower() in IN_THE_SKY[self.draft.lexicon.language]

    def _goes_along_a_street(self, move: Item, after: Item | None) -> bool:
        """True for "moving down a suburban street", which is no move of the camera's height."""
        lexicon = self.draft.lexicon
        streets = after is not None and after.text.lower().rstrip("s").endswith(lexicon.streets)
        return streets and move.text.lower().endswith(lexicon.ups_and_downs)

    def _thing(self, index: int, entry: Entry, *amounts: Item, level: str = "plain") -> None:
        """A thing, in an amount or just mentioned."""
        item, thing = self.items[index], THINGS[entry.thing]
        item.done, item.negated = True, level == "none"
        following = self._amount_after(index) if level == "plain" else None
        if following is not None and following.entry is not None:
            self._thing(index, entry, following, level=following.entry.level)
            return
        if level not in thing.levels:
            level = self.draft.lexicon.measures.get(level, level)
        if level == "plain" and level not in thing.levels:
            item.fields.append(thing.field)
            return
        if level not in thing.levels:
            for amount in amounts:
                amount.fault = faults.NO_AMOUNT_OF.of(thing=item.text)
                amount.done = True
            return
        rank = Rank.MENTIONED if level == "plain" else Rank.STATED
        self.draft.state(thing.field, thing.levels[level], rank, *amounts, item)
        if level in thing.also:
            rank = Rank.STATED if level == "none" else Rank.IMPLIED
            self.draft.state(thing.also_field, thing.also[level], rank, *amounts, item)
        if entry.note and level in ("none", "few", "faint"):
            self.draft.warn(item, entry.note)

    def _amount_after(self, index: int) -> Item | None:
        """The adjective of amount that follows a thing, in a language where it may."""
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        if after is None or after.entry is None or not self.draft.lexicon.amounts_follow:
            return None
        same = after.clause == self.items[index].clause and not after.done
        return after if same and after.entry.key in _FOLLOWING else None

    def _amount(self, index: int, entry: Entry) -> None:
        """An amount and the thing, or the things, that it belongs to."""
        item, at = self.items[index], self.draft.next(index)
        target = self.items[at] if at is not None else None
        if at is None or target is None or target.entry is None:
            item.fault = faults.AMOUNT_OF_NOTHING
        elif target.is_a(Role.THING):
            self._thing(at, target.entry, item, level=entry.level)
        elif entry.level == "none" and target.is_a(Role.NEVER):
            target.said, target.done = remarks.NEVER_SHOWN, True
            item.said, item.done = remarks.GRANTED, True
        elif entry.level == "none" and target.is_a(*_NOUNS):
            target.negated = target.done = item.done = True
            item.said, target.named = remarks.GRANTED, f"{item.text} {target.text}"
        elif target.is_a(*_NOUNS):
            item.named = f"{item.text} {target.text}"
            item.fault = faults.IN_ITS_OWN_NUMBER
        else:
            item.fault = faults.NO_AMOUNT_OF.of(thing=target.text)
        if at is not None and entry.level == "none" and item.fault is None:
            self._negate_list(item, at)

    def _negate_list(self, no: Item, at: int) -> None:
        """Carry a "no" over a list that is closed with "or"; refuse one closed with "and"."""
        members, link = self._list_after(at)
        if link is None or link.entry is None:
            return
        if link.entry.key != "or":
            self._refuse_and(no, at, self.items[members[-1]], link)
            return
        link.done, link.said = True, remarks.CARRIES_ON.of(word=no.text)
        for index in members:
            item = self.items[index]
            if item.entry is not None and item.entry.role is Role.THING:
                self._thing(index, item.entry, no, level="none")
            elif item.is_a(*_NOUNS):
                item.negated = item.done = True
            else:
                item.said, item.done = remarks.NEVER_SHOWN, True

    def _list_after(self, at: int) -> tuple[list[int], Item | None]:
        """The things that follow a thing up to the one after "or" or "and", and that link."""
        members: list[int] = []
        link: Item | None = None
        for index in range(at + 1, len(self.items)):
            item = self.items[index]
            if item.is_a(Role.LINK) and link is None:
                link = item
            elif item.is_a(Role.THING, Role.NEVER, *_NOUNS):
                members.append(index)
                if link is not None:
                    return members, link
            elif not item.filler:
                break
        return members, None

    def _refuse_and(self, no: Item, at: int, last: Item, link: Item) -> None:
        """Refuse "no snow and rain", unless only a single clause separates the two."""
        if last.clause == self.items[at].clause and last.is_a(Role.THING):
            no.named = f"{no.text} {self.items[at].text} {link.text} {last.text}"
            no.fault = faults.THERE_OR_NOT.of(thing=last.text)

    def _change(self, index: int, entry: Entry) -> None:
        """A change of what is there: of the next thing, or of the field that it names."""
        item = self.items[index]
        name, factor = entry.sets[0]
        if name != "change":
            self.draft.state(name, factor, Rank.STATED, item)
            return
        at = self.draft.next(index)
        target = self.items[at] if at is not None else None
        if target is None or target.entry is None or not target.is_a(Role.THING):
            item.fault = faults.CHANGE_OF_NOTHING
            return
        thing = THINGS[target.entry.thing]
        if target.entry.thing in ("dark windows", "street lamps"):
            item.fault = faults.CANNOT_CHANGE.of(thing=target.text)
            return
        name = "snow" if target.entry.thing == "snow" else thing.field
        self.draft.state(f"scale {name}", factor, Rank.STATED, item, target)
