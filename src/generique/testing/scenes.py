"""Scenes of any place, with only what a test cares for."""

from __future__ import annotations

from generique.model.time import Rate
from generique.world.scene import (
    Camera,
    Life,
    Move,
    Place,
    SceneDocument,
    Season,
    Time,
    Weather,
)


def shot_of(place: Place, season: Season, frames: int = 144, **camera: object) -> SceneDocument:
    """A night shot of a place, with life and weather as they are by default.

    Args:
        place: What is shown.
        season: Of the year; the hour is 22.
        frames: Length at 24 a second.
        camera: Fields of the camera; a push-in from 62 m unless they say otherwise.
    """
    fields = {"move": Move.PUSH_IN, "altitude": 62, "pitch": 6, "speed": 4.6} | camera
    return SceneDocument(
        place=place,
        time=Time(hour=22, day=15),
        season=season,
        weather=Weather(),
        camera=Camera.model_validate(fields),
        life=Life(),
        rate=Rate(numerator=24),
        frames=frames,
        seed=1,
    )


def sunny_suburb(hour: float = 12.0, frames: int = 48, **parts: object) -> SceneDocument:
    """A suburb in June that is looked at to the north: at noon the sun is behind the camera.

    Args:
        hour: Of the day, sun time.
        frames: Length at 24 a second.
        parts: Other parts of the scene, instead of these.
    """
    known: dict[str, object] = {
        "place": Place(seed=7, extent=100),
        "time": Time(hour=hour, day=172, latitude=45.0, moon=0.0),
        "season": Season.SUMMER,
        "weather": Weather(fog=0.05, cloud=0.1),
        "camera": Camera(move=Move.STATIC, altitude=30, pitch=10, speed=0),
        "life": Life(traffic=0),
        "rate": Rate(numerator=24),
        "frames": frames,
        "seed": 1,
    }
    return SceneDocument.model_validate(known | parts)
