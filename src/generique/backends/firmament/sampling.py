"""From noise to a picture: the schedule and the steps of the diffusion.

Steps after Song, Meng and Ermon, "Denoising Diffusion Implicit Models", ICLR 2021, with the
velocity of Salimans and Ho, "Progressive Distillation for Fast Sampling of Diffusion Models",
ICLR 2022. The schedule is the cosine of Nichol and Dhariwal, "Improved Denoising Diffusion
Probabilistic Models", ICML 2021, drawn down to no signal at all as Lin, Liu, Li and Yang do in
"Common Diffusion Noise Schedules and Sample Steps are Flawed", WACV 2024.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from generique.backends.firmament.network import Network, Plane

TRAINED_STEPS = 1000
_MOST_NOISE = 0.999


def signal_shares() -> np.ndarray:
    """Share of the signal's power that is left at each of the 1,000 steps, float64."""
    place = np.arange(TRAINED_STEPS + 1) / TRAINED_STEPS
    bar = np.cos((place + 0.008) / 1.008 * math.pi / 2) ** 2
    noise = np.minimum(1 - bar[1:] / bar[:-1], _MOST_NOISE)
    root = np.sqrt(np.cumprod(1 - noise))
    shifted = (root - root[-1]) * root[0] / (root[0] - root[-1])
    found: np.ndarray = shifted**2
    return found


class Moment(NamedTuple):
    """One step: which of the 1,000, and the shares of signal before and after it."""

    step: int
    share: float
    then: float


def moments(count: int, strength: float = 1.0) -> tuple[Moment, ...]:
    """So many steps evenly from the end; with a strength below 1 only the last part of them."""
    shares = signal_shares()
    steps = np.round(np.arange(TRAINED_STEPS, 0, -TRAINED_STEPS / count)).astype(int) - 1
    stride = TRAINED_STEPS // count
    found = [
        Moment(
            int(step), float(shares[step]), float(shares[step - stride]) if step >= stride else 1.0
        )
        for step in steps
    ]
    return tuple(found[count - round(count * strength) :])


def noised(clean: Plane, noise: Plane, moment: Moment) -> Plane:
    """A clean picture as it would stand at a moment of the diffusion."""
    found: Plane = (math.sqrt(moment.share) * clean + math.sqrt(1 - moment.share) * noise).astype(
        np.float32
    )
    return found


def denoised(
    network: Network,
    held: Plane,
    label: int,
    steps: tuple[Moment, ...],
    told: Callable[[], None],
) -> Plane:
    """Take the noise out, step by step; ``told`` is called after each and may stop it."""
    for moment in steps:
        velocity = network(held, moment.step, label)
        signal, rest = math.sqrt(moment.share), math.sqrt(1 - moment.share)
        clean = np.clip(signal * held - rest * velocity, -1.0, 1.0)
        noise = signal * velocity + rest * held
        held = (math.sqrt(moment.then) * clean + math.sqrt(1 - moment.then) * noise).astype(
            np.float32
        )
        told()
    return held


def folded(picture: Plane) -> Plane:
    """3 x H x W as 12 x H/2 x W/2: four neighbours become channels of one place."""
    channels, height, width = picture.shape
    parts = picture.reshape(channels, height // 2, 2, width // 2, 2)
    return parts.transpose(0, 2, 4, 1, 3).reshape(channels * 4, height // 2, width // 2)


def unfolded(held: Plane) -> Plane:
    """The inverse of :func:`folded`."""
    channels, height, width = held.shape
    parts = held.reshape(channels // 4, 2, 2, height, width)
    return parts.transpose(0, 3, 1, 4, 2).reshape(channels // 4, height * 2, width * 2)
