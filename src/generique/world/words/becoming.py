"""What a prompt wants to become otherwise, as changes of the scene.

====================  =======================================================
words                 when, as shares of the shot
====================  =======================================================
from an hour to one   all of it
match cut             at once, half-way
fog comes or lifts    from 0.1 to 0.9
lamps                 half a second, from 0.4 on
windows               one after the other, from 0.15 to 0.85
====================  =======================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generique.model.errors import NotCapable
from generique.model.values import Json
from generique.world.scene import Time
from generique.world.words.composing_sky import country_of, life_at, time_of
from generique.world.words.lexicon_entry import Setting

PREFIX = "becomes."
LAMPS = 0.5
"""Seconds in which lamps go out or come on."""


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
        raise NotCapable(
            "the prompt contradicts itself",
            why="the hour passes, or the picture cuts to another hour, not both",
            next_step="keep one of the two",
        )
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
    if f"{PREFIX}fog" in said:
        yield 0.1 * seconds, 0.8 * seconds, "weather.fog", said[f"{PREFIX}fog"]
    if f"{PREFIX}lamps" in said:
        yield 0.4 * seconds, LAMPS, "life.lamps", said[f"{PREFIX}lamps"]
    if f"{PREFIX}windows" in said:
        yield 0.15 * seconds, 0.7 * seconds, "life.lit_windows", said[f"{PREFIX}windows"]


def _followers(
    said: Mapping[str, Setting], after: Time, before: Time, at: float, over: float
) -> Iterator[tuple[float, float, str, Setting]]:
    """Lamps and windows that follow the hour, unless the prompt speaks of them."""
    now, then = (life_at(time, country_of(said)) for time in (before, after))
    if "life.lamps" not in said and now["lamps"] != then["lamps"]:
        yield at + 0.5 * over, LAMPS if over else 0.0, "life.lamps", bool(then["lamps"])
    if "life.lit_windows" not in said:
        yield at, over, "life.lit_windows", float(then["lit_windows"])
