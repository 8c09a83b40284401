"""What a prompt wants to become otherwise, as changes of the scene.

====================  =======================================================
words                 when, as shares of the shot
====================  =======================================================
from an hour to one   all of it
match cut             at once, half-way
fog comes or lifts    from 0.1 to 0.9
lamps                 half a second, from 0.4 on
windows               one after the other, from 0.15 to 0.85
last window           from 0.15 to 0.85
snow, rain            begin or stop from 0.4 to 0.6
rack of the focus     from 0.35, over 0.3, at most two seconds
====================  =======================================================

Where the words say when ("at 3 s", "after 4 seconds"), it begins just then; what has its own length
above keeps it as far as the shot goes, and a last window takes :data:`SWITCH`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generique.model.values import Json
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import refused
from generique.world.scene import Time
from generique.world.words.composing_sky import country_of, life_at, time_of
from generique.world.words.lexicon_entry import Setting

PREFIX = "becomes."
CUE = "when."
"""Before the name of a change: the second at which it begins."""
LAMPS = 0.5
"""Seconds in which lamps go out or come on."""
SWITCH = 0.3
"""Seconds in which a window goes dark whose moment is named."""
FALL = 1.5
"""Seconds in which snow or rain begins or stops at a moment that is named."""
LONGEST_RACK = 2.0


def tells_a_change(fields: Sequence[str]) -> bool:
    """True for words that say what something becomes."""
    return any(field.startswith(PREFIX) for field in fields)


def changes_of(
    said: Mapping[str, Setting], season: str, time: Time, seconds: float
) -> tuple[dict[str, Json], ...]:
    """The changes of a scene, in order of time.

    Args:
        said: Settled fields.
        season: Of the scene.
        time: Of the first frame.
        seconds: Length of the shot.

    Raises:
        NotCapable: Two ways for the hour to change.
    """
    if f"{PREFIX}time" in said and f"{PREFIX}cut" in said:
        raise refused(told.TWO_HOURS_LATER)
    found = sorted(_changes(said, season, time, seconds), key=lambda change: change[0])
    return tuple(
        {"at": round(at, 3), "over": round(over, 3), "field": field, "value": value}
        for at, over, field, value in found
    )


def _changes(
    said: Mapping[str, Setting], season: str, time: Time, seconds: float
) -> Iterator[tuple[float, float, str, Setting]]:
    for name, at, over in (("time", 0.0, seconds), ("cut", 0.5 * seconds, 0.0)):
        wanted = said.get(PREFIX + name)
        if wanted is None:
            continue
        plain = {field: value for field, value in said.items() if field != "time.hour"}
        after = time_of({**plain, "time": str(wanted)}, season)
        # An hour that the day has passed is one of the next.
        yield at, over, "time.hour", after.hour if after.hour > time.hour else after.hour + 24
        yield from _followers(said, after, time, at, over)
    for name, (field, begins, lasts, cued) in _SPANS.items():
        if PREFIX + name in said:
            length = lasts * seconds or cued
            at, over = _when(said, name, (begins * seconds, length, cued or length), seconds)
            yield at, over, field, said[PREFIX + name]


_SPANS: Mapping[str, tuple[str, float, float, float]] = {
    "fog": ("weather.fog", 0.1, 0.8, 0.0),
    "lamps": ("life.lamps", 0.4, 0.0, LAMPS),
    "windows": ("life.lit_windows", 0.15, 0.7, 0.0),
    "window": ("life.lit_windows", 0.15, 0.7, SWITCH),
    "snowfall": ("weather.snowfall", 0.4, 0.2, FALL),
    "rain": ("weather.rain", 0.4, 0.2, FALL),
}
"""Field, begin and length as shares of the shot (0: see the last), seconds at a named moment (0:
the length as without one)."""


def _when(
    said: Mapping[str, Setting], name: str, span: tuple[float, float, float], seconds: float
) -> tuple[float, float]:
    """When a change begins and how long it takes, seconds.

    Args:
        said: Settled fields.
        name: Of the change.
        span: Begin and length where no moment is named, and length where one is.
        seconds: Length of the shot.

    Raises:
        NotCapable: The moment that is named comes after the end.
    """
    at = said.get(CUE + name)
    if at is None:
        return span[0], span[1]
    if float(at) >= seconds:
        raise refused(told.AFTER_THE_END, at=float(at), seconds=seconds)
    return float(at), min(span[2], seconds - float(at))


def racks_of(said: Mapping[str, Setting], seconds: float) -> tuple[dict[str, Json], ...]:
    """The rack of the focus that the words ask for, as the scene has it; none or one.

    Args:
        said: Settled fields.
        seconds: Length of the shot.

    Raises:
        NotCapable: It would begin after the end of the shot.
    """
    to = said.get(f"{PREFIX}focus")
    if to is None:
        return ()
    over = min(LONGEST_RACK, 0.3 * seconds)
    at, over = _when(said, "focus", (0.35 * seconds, over, over), seconds)
    return ({"at": round(at, 3), "over": round(over, 3), "to": to},)


def _followers(
    said: Mapping[str, Setting], after: Time, before: Time, at: float, over: float
) -> Iterator[tuple[float, float, str, Setting]]:
    """Lamps and windows that follow the hour, unless the prompt speaks of them."""
    now, then = (life_at(time, country_of(said)) for time in (before, after))
    if "life.lamps" not in said and now["lamps"] != then["lamps"]:
        yield at + 0.5 * over, LAMPS if over else 0.0, "life.lamps", bool(then["lamps"])
    if "life.lit_windows" not in said:
        yield at, over, "life.lit_windows", float(then["lit_windows"])
