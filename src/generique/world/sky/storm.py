"""Lightning: when it flashes, where, and how brightly.

Flashes keep to less than three in any second, the limit of WCAG 2 for viewers with photosensitive
epilepsy: between the starts of two lie at least 0.55 s. Each rises at once and fades over two to
four frames without flickering.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generique.world.arrays import stream
from generique.world.scene import SceneDocument

LEAST_GAP = 0.55
"""Seconds between the starts of two flashes."""
RAREST, OFTENEST = 9.0, 2.5
"""Mean seconds between flashes, for the least and the most lightning."""


@dataclass(frozen=True)
class Flash:
    """One flash at a moment.

    Attributes:
        heading: Degrees clockwise from +y.
        strength: Radiance that it throws into cloud, on the scale of the scene.
        channel: Radiance of the channel itself; 0 where it stays in cloud.
        light: Irradiance on the ground, as radiance.
    """

    heading: float
    strength: float
    channel: float
    light: float


@dataclass(frozen=True)
class _Event:
    start: float
    seconds: float
    heading: float
    strength: float
    bare: bool


class Storm:
    """The flashes of a shot; the same scene has the same ones.

    Args:
        scene: Its seed, weather, camera and length.
        lux: On level ground: beside daylight a flash is weak.
    """

    def __init__(self, scene: SceneDocument, lux: float) -> None:
        self._frame = float(scene.rate.seconds(1))
        self._events = _events(scene) if scene.weather.lightning > 0 else ()
        self._level = 0.42 / (1.0 + (lux / 900.0) ** 0.63)

    @property
    def starts(self) -> tuple[float, ...]:
        """Seconds at which flashes begin."""
        return tuple(event.start for event in self._events)

    def at(self, seconds: float) -> Flash | None:
        """The flash of a moment, steady within a frame; None most of the time."""
        for event in self._events:
            age = math.floor((seconds - event.start) / self._frame + 1e-6)
            if 0 <= age * self._frame < event.seconds - 1e-6:
                left = (1 - age * self._frame / event.seconds) ** 1.4
                strength = self._level * event.strength * left
                channel = 22.0 * left if event.bare and age < 2 else 0.0
                return Flash(event.heading, strength, channel, 0.20 * strength)
        return None


def _events(scene: SceneDocument) -> tuple[_Event, ...]:
    chance = stream(scene.seed, "lightning")
    mean = RAREST * (OFTENEST / RAREST) ** scene.weather.lightning
    frame = float(scene.rate.seconds(1))
    length = float(scene.rate.seconds(scene.frames))
    events = []
    # The first comes early, so that a short shot of a storm shows one.
    at = min(float(chance.uniform(0.3, 1.2)), 0.3 * length)
    while at < length:
        start = round(at / frame) * frame
        spread = float(chance.normal(0, 26))
        events.append(
            _Event(
                start=start,
                seconds=int(chance.integers(2, 5)) * frame,
                heading=scene.camera.heading + spread,
                strength=float(chance.uniform(0.5, 1.0)),
                bare=bool(chance.random() < 0.55),
            )
        )
        at = start + LEAST_GAP + frame + float(chance.exponential(max(mean - LEAST_GAP, 0.1)))
    return tuple(events)
