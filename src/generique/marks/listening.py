"""What all listening for marks shares: which sounds are taken, at which pace they may run."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generique.model.errors import UsageError

LOWEST_RATE, HIGHEST_RATE = 16_000, 192_000
_FINEST_RATIO = 2000

Floats32 = NDArray[np.float32]


@dataclass(frozen=True)
class Pace:
    """How a sound may have been sped up on its way.

    Attributes:
        speed: How much faster than the original it runs.
        pitch: How much higher than the original it sounds.
    """

    speed: Fraction
    pitch: Fraction

    @property
    def tempo(self) -> Fraction:
        """What remains of the speed once the pitch is put right."""
        return self.speed / self.pitch


_ONE, _PAL = Fraction(1), Fraction(25, 24)

ORIGINAL = Pace(_ONE, _ONE)

PACES = (
    ORIGINAL,
    Pace(_PAL, _PAL),
    Pace(1 / _PAL, 1 / _PAL),
    Pace(_PAL, _ONE),
    Pace(1 / _PAL, _ONE),
)
"""What happens between 24 and 25 pictures a second, with and without correction of the pitch.

The change between 23.976 and 24, one in a thousand, is within what each of them tolerates.
"""


def check_sound(samples: Floats32, rate: int) -> None:
    """Refuse what is no sound, or has too little of it.

    Args:
        samples: n x channels, float32.
        rate: Samples a second.

    Raises:
        UsageError: Another shape or type, values that are no numbers, or a rate out of range.
    """
    if samples.ndim != 2 or samples.dtype != np.float32 or samples.shape[1] < 1:
        raise UsageError(
            f"a sound is samples x channels of float32, not {samples.dtype} {samples.shape}"
        )
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise UsageError(
            f"marks of sound are not made or found at {rate} samples a second",
            why="they lie below 7,600 Hz, and filters are designed for usual rates",
            next_step=f"resample to a rate from {LOWEST_RATE} to {HIGHEST_RATE}, such as 48000",
        )
    if not np.isfinite(samples).all():
        raise UsageError("the sound holds values that are no numbers")


def resampled(samples: Floats32, rate: int, target: int, pitch: Fraction) -> Floats32:
    """A sound at another rate, its pitch and speed divided by a ratio.

    Args:
        samples: n x channels.
        rate: Samples a second.
        target: Samples for a second of the original.
        pitch: How much higher than the original it sounds.

    Returns:
        m x channels.
    """
    ratio = (Fraction(target, rate) * pitch).limit_denominator(_FINEST_RATIO)
    if ratio == 1:
        return samples
    return np.asarray(
        signal.resample_poly(samples, ratio.numerator, ratio.denominator, axis=0), np.float32
    )
