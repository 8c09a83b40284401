"""What a number with a unit means in a prompt, by its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from generique.model.vocabulary import Quantity
from generique.world.reasons import faults, remarks
from generique.world.reasons.telling import Name
from generique.world.words.lexicon_entry import Role
from generique.world.words.sentence_draft import Draft, Item, Rank


def read_measure(draft: Draft, index: int, quantity: Quantity) -> None:
    """State what a number with a unit sets, or fault it.

    Args:
        draft: Of the prompt.
        index: Of the item that the number is.
        quantity: The number.
    """
    if quantity.unit in _READERS:
        _READERS[quantity.unit](draft, index, quantity.value)
    elif quantity.unit == "fps":
        draft.state("fps", quantity.value, Rank.STATED, draft.items[index])
    else:
        draft.items[index].fault = faults.NO_UNIT_OF_PICTURES.of(unit=Name(quantity.unit))


def _with_cues(draft: Draft, index: int, *names: str) -> list[Item]:
    """The item and the cues beside it that have one of these names."""
    beside = (draft.beside(index, -1), draft.beside(index, 1))
    cues = [
        cue
        for cue in beside
        if cue is not None and cue.entry is not None and cue.entry.key in names
    ]
    for cue in cues:
        cue.filler = False
    return [draft.items[index], *cues]


FILM = frozenset(("film", "film stock", "stock", "print", "pellicule", "celluloid"))
"""Words after a width of film, which is then no focal length."""
SHOT_ON = frozenset(("shot on", "shot in", "filmed on", "filmed in"))

_MOMENTS = ("at", "à", "after")


def _seconds(draft: Draft, index: int, value: float) -> None:
    before = draft.beside(index, -1)
    if before is not None and before.entry is not None:
        at = before.text.lower() in _MOMENTS and before.entry.key == "at"
        if at or before.entry.key == "after":
            _moment(draft, index, before, value)
            return
    draft.state("length", value, Rank.STATED, *_with_cues(draft, index, "long"))


def _moment(draft: Draft, index: int, cue: Item, value: float) -> None:
    """The second at which something happens, and what that is."""
    item, happens = draft.items[index], _happening(draft, index, draft.items.index(cue))
    if happens is None or happens.entry is None:
        item.named = f"{cue.text} {item.text}"
        item.fault = faults.WHAT_HAPPENS
        cue.done, cue.said = True, remarks.OF_A_MOMENT
        return
    changes = [name for name, _ in happens.entry.sets if name.startswith("becomes.")]
    timed = [name for name in changes if name not in ("becomes.time", "becomes.cut")]
    if not timed:
        item.fault = faults.OWN_TIME.of(words=happens.text)
        return
    for name in timed:
        draft.state(f"when.{name.removeprefix('becomes.')}", value, Rank.STATED, item, cue)
    cue.filler = False


def _happening(draft: Draft, index: int, cue: int) -> Item | None:
    """What a moment belongs to: what stands next to it, after it first, or the next clause."""
    after, before = draft.beside(index, 1), draft.beside(cue, -1)
    if after is not None and _happens(after):
        return after
    if before is not None and _happens(before):
        return before
    clause = draft.items[index].clause
    near = [item for item in draft.items[index + 1 :] if item.clause == clause]
    earlier = [item for item in draft.items[:cue][::-1] if item.clause == clause]
    found = [item for item in (*near, *earlier) if _happens(item)]
    if found:
        return found[0]
    at = draft.next(index)
    following = draft.items[at] if at is not None else None
    return following if following is not None and _happens(following) else None


def _happens(item: Item) -> bool:
    """True for what comes about during a shot."""
    return item.entry is not None and any(
        name.startswith("becomes.") for name, _ in item.entry.sets
    )


def _f_number(draft: Draft, index: int, value: float) -> None:
    draft.state("camera.aperture", value, Rank.STATED, *_with_cues(draft, index, "at", "aperture"))


def _frames(draft: Draft, index: int, value: float) -> None:
    draft.state("frames", value, Rank.STATED, *_with_cues(draft, index, "long"))


def _metres_a_second(draft: Draft, index: int, value: float) -> None:
    before = draft.beside(index, -1)
    if before is not None and before.is_a(Role.CUE):
        before = draft.beside(draft.items.index(before), -1)
    if before is not None and before.entry is not None and before.is_a(Role.THING):
        if before.entry.thing in ("wind", "breeze"):
            draft.state("weather.wind", value, Rank.STATED, draft.items[index], before)
            return
        draft.items[index].fault = faults.SPEED_OF_WHAT
        return
    after = draft.items[index + 1] if index + 1 < len(draft.items) else None
    if after is not None and after.entry is not None and after.entry.thing == "wind":
        draft.state("weather.wind", value, Rank.STATED, draft.items[index], after)
        return
    draft.state("camera.speed", value, Rank.STATED, *_with_cues(draft, index, "speed", "at"))


def _metres(draft: Draft, index: int, value: float) -> None:
    before = draft.beside(index, -1)
    items = _with_cues(draft, index, "at", "up")
    alone = before is None or before.is_a(Role.FRAMING, Role.HEIGHT)
    if len(items) == 1 and not alone:
        items[0].fault = faults.METRES_OF_WHAT
        return
    draft.state("camera.altitude", value, Rank.STATED, *items)


_GAUGES = (8, 16, 35, 65, 70)
"""Millimetres that film is wide."""


def _millimetres(draft: Draft, index: int, value: float) -> None:
    item = draft.items[index]
    before = " ".join(other.text.lower() for other in draft.items[max(0, index - 2) : index])
    after = [other.text.lower() for other in draft.items[index + 1 : index + 2]]
    if value in _GAUGES and (before in SHOT_ON or FILM.intersection(after)):
        item.fault = faults.FILM_STOCK
        return
    draft.state("camera.focal", value, Rank.STATED, *_with_cues(draft, index, "lens"))


def _degrees(draft: Draft, index: int, value: float) -> None:
    shutter = _with_cues(draft, index, "shutter")
    if len(shutter) > 1:
        if 1 <= value <= 360:
            draft.state("camera.shutter", value, Rank.STATED, *shutter)
        else:
            shutter[0].fault = faults.NO_SHUTTER
        return
    items = _with_cues(draft, index, "lens")
    if len(items) > 1:
        draft.state("field of view", value, Rank.STATED, *items)
        return
    beside = (draft.beside(index, -1), draft.beside(index, 1))
    angles = [
        item
        for item in beside
        if item is not None
        and item.entry is not None
        and (item.is_a(Role.ANGLE) or item.entry.key in ("below the horizon", "down"))
    ]
    if not angles:
        items[0].fault = faults.DEGREES_OF_WHAT
        return
    draft.state("camera.pitch", value, Rank.STATED, items[0], *angles)


LARGEST_SHARE = 90.0
"""Per cent of the picture's height that a subject may take."""


def _percent(draft: Draft, index: int, value: float) -> None:
    item, after = draft.items[index], draft.beside(index, 1)
    framed = _with_cues(draft, index, "of the frame")
    if len(framed) > 1 and 0 < value <= LARGEST_SHARE:
        draft.state("camera.share", value / 100, Rank.STATED, *framed)
        return
    if after is None or after.entry is None or after.entry.thing != "lit windows":
        item.fault = faults.PERCENT_OF_WHAT
        return
    draft.state("life.lit_windows", value / 100, Rank.STATED, item, after)


def _before_noon(draft: Draft, index: int, value: float) -> None:
    _hour(draft, index, value % 12 if 0 <= value < 13 else -1)


def _after_noon(draft: Draft, index: int, value: float) -> None:
    _hour(draft, index, value % 12 + 12 if 0 <= value < 13 else -1)


def _hour(draft: Draft, index: int, hour: float) -> None:
    """An hour of the clock, in local solar time."""
    if not 0 <= hour <= 24:
        draft.items[index].fault = faults.NO_HOUR
        return
    draft.state("time.hour", hour % 24, Rank.STATED, *_with_cues(draft, index, "at"))


_READERS: MappingProxyType[str, Callable[[Draft, int, float], None]] = MappingProxyType(
    {
        "s": _seconds,
        "frames": _frames,
        "m": _metres,
        "m/s": _metres_a_second,
        "mm": _millimetres,
        "degrees": _degrees,
        "percent": _percent,
        "am": _before_noon,
        "pm": _after_noon,
        "h": _hour,
        "f": _f_number,
    }
)
