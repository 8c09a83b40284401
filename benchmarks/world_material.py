"""The scene and the table that the benchmarks of ``world`` share."""

from __future__ import annotations

from generique.model.element import Raster
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

RASTER = Raster(width=1280, height=720)


def night(extent: float) -> SceneDocument:
    """The reference scene: a winter night over the suburb."""
    return SceneDocument(
        place=Place(seed=7, extent=extent),
        time=Time(hour=22, day=15, bearing=163.8),
        season=Season.WINTER,
        weather=Weather(snow_cover=0.9, snowfall=0.35),
        camera=Camera(move=Move.PUSH_IN, altitude=min(62, extent / 4), pitch=16, speed=4.6),
        life=Life(),
        rate=Rate(numerator=24),
        frames=144,
        seed=1,
    )


def row(name: str, value: float, unit: str = "s", limit: float | None = None) -> bool:
    """Print one line of the table; True when the value is over its limit."""
    over = limit is not None and value > limit
    asked = "" if limit is None else f"  limit {limit:g}{' MISSED' if over else ''}"
    print(f"  {name:<44} {value:9.3f} {unit}{asked}", flush=True)
    return over
