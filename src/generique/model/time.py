"""Exact time: frame rates, frame counts and timecode.

Seconds are :class:`fractions.Fraction` where they must add up, and frames are integers at a
stated :class:`Rate`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from pydantic import PositiveInt

from generique.model.errors import UnreadableInput
from generique.model.values import Value

_TIMECODE = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:\.(\d{1,6})|:(\d{1,3}))?")


class Rate(Value):
    """Frames a second as an exact fraction, for example 24/1 or 24000/1001."""

    numerator: PositiveInt
    denominator: PositiveInt = 1

    @property
    def fps(self) -> Fraction:
        """Frames a second."""
        return Fraction(self.numerator, self.denominator)

    def seconds(self, frames: int) -> Fraction:
        """Exact length of a number of frames, in seconds."""
        return frames / self.fps

    def frames(self, seconds: Fraction | float) -> int:
        """Nearest whole number of frames in a length in seconds (halves go up)."""
        exact = Fraction(seconds) * self.fps
        return int((exact + Fraction(1, 2)) // 1)

    def timecode(self, frames: int) -> str:
        """Non-drop timecode ``HH:MM:SS:FF`` counted at the nominal whole rate."""
        nominal = _nominal(self.numerator, self.denominator)
        minutes, rest = divmod(frames, nominal * 60)
        hours, minutes = divmod(minutes, 60)
        seconds, frame = divmod(rest, nominal)
        return f"{hours:02d}:{minutes:02d}:{seconds:02d}:{frame:02d}"

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read ``"24"``, ``"25/1"`` or ``"24000/1001"``.

        Raises:
            UnreadableInput: The text is not a positive whole number or fraction.
        """
        match = re.fullmatch(r"(\d{1,6})(?:/(\d{1,6}))?", text.strip())
        if not match or int(match[1]) == 0 or match[2] == "0":
            raise UnreadableInput(
                f"{text!r} is not a frame rate",
                next_step='write a rate such as "24", "25" or "24000/1001"',
            )
        return cls(numerator=int(match[1]), denominator=int(match[2] or 1))


@lru_cache(maxsize=64)
def _nominal(numerator: int, denominator: int) -> int:
    """The whole number nearest to a rate, kept because every timecode asks for it."""
    return round(Fraction(numerator, denominator))


def parse_seconds(text: str, rate: Rate) -> Fraction:
    """Read a point in time: ``SS``, ``MM:SS``, ``HH:MM:SS``, with ``.fraction`` or ``:FF``.

    Raises:
        UnreadableInput: The text is none of these.
    """
    plain = re.fullmatch(r"\d+(?:\.\d{1,6})?", text)
    if plain:
        return Fraction(text)
    match = _TIMECODE.fullmatch(text)
    if not match:
        raise UnreadableInput(
            f"{text!r} is not a time",
            next_step="write HH:MM:SS, HH:MM:SS.5 or HH:MM:SS:FF",
        )
    hours, minutes, seconds, fraction, frames = match.groups()
    total = Fraction(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))
    if fraction:
        total += Fraction(f"0.{fraction}")
    if frames:
        total += rate.seconds(int(frames))
    return total
