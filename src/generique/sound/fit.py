"""Dub timing: fitting a spoken line into its slot without rushing the voice."""

from __future__ import annotations

import math

from pydantic import Field

from generique.model.errors import NotCapable, UsageError
from generique.model.values import Value

SLOWEST, FASTEST = 0.85, 1.25
"""Limits of the speaking speed: beyond them listeners notice (reference: metrics of section 9)."""


class Fit(Value):
    """How a line is spoken to fit.

    Attributes:
        speed: Speaking speed relative to the natural one, 1 when it fits as it is.
        overflow: Seconds by which the line is too long even at the fastest speed; 0 when it fits.
    """

    speed: float = Field(gt=0)
    overflow: float = Field(ge=0)

    @property
    def fits(self) -> bool:
        """True when the line can be spoken inside its slot."""
        return self.overflow == 0


def fit_speed(natural: float, slot: float, lo: float = SLOWEST, hi: float = FASTEST) -> Fit:
    """Speed at which a line fits its slot best.

    A line that is too long is spoken faster, to ``hi`` at most; one that is much too short is
    spoken slower, to ``lo`` at most, and then leaves a pause.

    Args:
        natural: Seconds that the line takes at speed 1.
        slot: Seconds that it may take.
        lo: Slowest speed, over 0, at most 1.
        hi: Fastest speed, at least 1.

    Raises:
        UsageError: A length that is not positive, or limits that do not enclose 1.
    """
    if not (0 < natural < math.inf and 0 < slot < math.inf and 0 < lo <= 1 <= hi):
        raise UsageError("a line and its slot have positive lengths, and 0 < lo <= 1 <= hi")
    speed = min(max(natural / slot, lo), hi)
    overflow = max(0.0, natural / hi - slot)
    return Fit(speed=speed, overflow=overflow if overflow > _TOUCH else 0.0)


def characters_to_cut(text: str, fit: Fit, slot: float) -> int:
    """How many characters of the text must go so that the line fits at the fastest speed.

    Duration is taken as proportional to length in characters, a fair guess within one line.

    Args:
        text: The line.
        fit: As :func:`fit_speed` gave it for that line.
        slot: The same slot in seconds.
    """
    if fit.fits:
        return 0
    return math.ceil(len(text) * fit.overflow / (slot + fit.overflow))


def require_fit(text: str, natural: float, slot: float, *, where: str) -> Fit:
    """As :func:`fit_speed` with the usual limits, refusing a line that would have to be rushed.

    Args:
        text: The line, for counting.
        natural: Seconds at speed 1.
        slot: Seconds that it may take.
        where: The line's name and language, for the error.

    Raises:
        NotCapable: It cannot fit; says how many characters to cut.
    """
    fit = fit_speed(natural, slot)
    if fit.fits:
        return fit
    cut = characters_to_cut(text, fit, slot)
    raise NotCapable(
        f"the line is {fit.overflow:.1f} s too long for its {slot:.1f} s, even at speed {FASTEST}",
        where=where,
        why="a voice is not rushed and a line is not cut short without a person deciding it",
        next_step=f"cut about {cut} of its {len(text)} characters, or give the shot more time",
    )


_TOUCH = 1e-9
