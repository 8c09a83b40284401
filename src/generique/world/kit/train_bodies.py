"""Bodies of what runs on rails, as those of cars: a locomotive, a coach and a goods wagon."""

from __future__ import annotations

from generique.world.kit.car_bodies import ROAD_BODIES, Body, Stations

KIND_ENGINE, KIND_COACH, KIND_WAGON = (len(ROAD_BODIES) + k for k in range(3))

_WINDOWS = 8
"""Of a coach, on each side."""


def _coach() -> tuple[Stations, str]:
    """Windows and pillars in turn between two doors."""
    stations = [(-9.95, 1.30, 0.72, 1.85, 3.30, 1.00), (-9.75, 1.40, 0.60, 1.90, 3.62, 1.08)]
    above = "b"
    step = 17.0 / _WINDOWS
    for k in range(_WINDOWS):
        ends = (-8.5 + step * k, -8.5 + step * (k + 0.72))
        stations += [(x, 1.41, 0.58, 1.92, 3.72, 1.12) for x in ends]
        above += "bg"
    stations += [(9.75, 1.40, 0.60, 1.90, 3.62, 1.08), (9.95, 1.30, 0.72, 1.85, 3.30, 1.00)]
    return tuple(stations), above + "bb"


_SIDES, _ABOVE = _coach()
ENGINE = Body(
    stations=(
        (-8.60, 1.20, 0.90, 2.05, 2.95, 0.95),
        (-8.40, 1.34, 0.75, 2.10, 3.35, 1.00),
        (4.30, 1.34, 0.75, 2.10, 3.35, 1.00),
        (4.45, 1.42, 0.75, 2.55, 4.15, 1.05),
        (5.05, 1.42, 0.75, 2.55, 4.20, 1.05),
        (6.20, 1.42, 0.75, 2.55, 4.20, 1.05),
        (6.60, 1.42, 0.75, 2.55, 4.15, 1.05),
        (6.95, 1.40, 0.75, 2.50, 2.90, 1.05),
        (8.35, 1.34, 0.75, 2.10, 2.60, 0.95),
        (8.60, 1.20, 0.90, 1.90, 2.10, 0.90),
    ),
    above="bbbpgpwhh",
    axles=(-6.9, -5.2, -3.5, 3.5, 5.2, 6.9),
    wheel=0.50,
    head=(0.32, 2.45, 0.16, 0.13),
    tail=(0.80, 1.30, 0.10, 0.10),
    mirror=(0.0, 0.5, 1.6),
    grille=(0.9, 1.15, 0.30),
    plate=1.05,
    cabin=(4.5, 6.9, 4.6, 6.6),
)
COACH = Body(
    stations=_SIDES,
    above=_ABOVE,
    axles=(-8.1, -5.8, 5.8, 8.1),
    wheel=0.45,
    head=(0.85, 1.25, 0.16, 0.12),
    tail=(0.85, 1.55, 0.12, 0.10),
    mirror=(0.0, 0.5, 1.6),
    grille=(0.7, 0.95, 0.12),
    plate=0.95,
    cabin=(-9.0, 9.0, -8.9, 8.9),
)
WAGON = Body(
    stations=(
        (-7.30, 1.20, 0.78, 1.00, 1.05, 1.10),
        (-7.20, 1.36, 0.72, 1.02, 1.08, 1.20),
        (7.20, 1.36, 0.72, 1.02, 1.08, 1.20),
        (7.30, 1.20, 0.78, 1.00, 1.05, 1.10),
    ),
    above="hhh",
    axles=(-5.9, -4.2, 4.2, 5.9),
    wheel=0.46,
    head=(0.6, 0.9, 0.02, 0.02),
    tail=(0.6, 0.9, 0.02, 0.02),
    mirror=(0.0, 0.5, 0.9),
    grille=(0.3, 0.9, 0.05),
    plate=0.90,
    cabin=(-7.2, 7.2, -7.2, 7.2),
    box=(-7.15, -1.40, 1.08, 7.15, 1.40, 3.95),
)
TRAINS = (ENGINE, COACH, WAGON)
"""In the order of their kinds, which come after those of the road."""
