"""What lies along the road into a small town: a service station and a diner, with their signs."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.facade import Walls
from generique.world.kit.shopfront import letters
from generique.world.kit.solids import box
from generique.world.lights import WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.scene import Life

WHITE = (0.56, 0.56, 0.54)
STEEL = (0.42, 0.44, 0.45)


def no_lights() -> Lights:
    """None at all."""
    return shine(np.zeros((0, 3)), np.zeros((0, 3)), np.array([0.0, 0.0, -1.0]), Beam.BULB)


def block(low: tuple[float, ...], high: tuple[float, ...], finish: Finish) -> Quads:
    """One box with snow on its lid."""
    corners = box(np.array([low], float), np.array([high], float))[0]
    snow = np.array([0.0, 0.0, 0.0, 0.0, 0.92])
    return paint(
        corners,
        Finish(
            finish.albedo, snow=snow, surface=finish.surface, level=finish.level, step=finish.step
        ),
    )


def _shining(albedo: Floats | tuple[float, float, float], glow: Floats) -> Finish:
    """The finish of what glows."""
    return Finish(albedo, glow, surface=Surface.GLASS, step=99.0)


def _ceiling(low: tuple[float, float], high: tuple[float, float], z: float) -> Floats:
    """A rectangle that looks down."""
    (x0, y0), (x1, y1) = low, high
    return np.array([[(x0, y1, z), (x1, y1, z), (x1, y0, z), (x0, y0, z)]])


_BRANDS = np.array([(1.0, 0.10, 0.05), (0.05, 0.45, 0.16), (0.06, 0.2, 0.9)])
_DAYLIGHT = np.array([0.98, 0.95, 0.85])
_DOWN = np.array([0.0, 0.0, -1.0])


def station(spot: Floats, life: Life, chance: np.random.Generator) -> tuple[Quads, Lights]:
    """A service station: a lit canopy over pumps, a shop behind, a sign on a pole."""
    toward, on = -float(np.sign(spot[0])), float(life.lit_windows > 0)
    x, y = float(spot[0]), float(spot[1])
    hue = _BRANDS[int(chance.integers(3))]
    canopy, canopy_lights = _canopy((x, y), hue, on)
    shop, shop_lights = _kiosk((x - toward * 15.0, y), toward, (hue, on), chance)
    sign, light = _pole_sign((x + toward * 9.0, y - 11.0), hue, 9.5, on, chance)
    lights = gather([canopy_lights, shop_lights, light]) if on else no_lights()
    return join([canopy, shop, sign]), lights


def _canopy(spot: tuple[float, float], hue: Floats, on: float) -> tuple[Quads, Lights]:
    """A flat roof over four pumps, with lamps in its ceiling."""
    x, y = spot
    low, high = (x - 5.5, y - 8.5), (x + 5.5, y + 8.5)
    band = box(np.array([(*low, 4.9)]), np.array([(*high, 5.7)]))[0]
    trim = Finish(
        0.4 * hue + 0.1, hue * 1.3 * on, surface=Surface.GLASS, level=Level.EVERYWHERE, step=99
    )
    parts = [
        paint(band[:4], trim),
        paint(band[4:], Finish(WHITE, snow=0.92, level=Level.EVERYWHERE, step=4.0)),
        paint(_ceiling(low, high, 4.9), Finish(WHITE, step=3.0)),
    ]
    spots = [(x + dx, y + dy) for dx in (-2.8, 2.8) for dy in (-5.6, 0.0, 5.6)]
    lamp = _shining(WHITE, np.array(WHITE_5000) * 14.0 * on)
    for u, v in spots:
        parts.append(paint(_ceiling((u - 0.6, v - 0.6), (u + 0.6, v + 0.6), 4.86), lamp))
    for v in (y - 4.5, y + 4.5):
        post = (x - 0.25, v - 0.25, 0.0), (x + 0.25, v + 0.25, 4.9)
        parts.append(block(*post, Finish(STEEL, step=3.0)))
        for u in (x - 2.4, x + 2.4):
            pump = (u - 0.3, v - 0.45, 0.0), (u + 0.3, v + 0.45, 1.9)
            parts.append(block(*pump, Finish(0.5 * hue + 0.2, step=3.0)))
    places = np.array([(*at, 4.7) for at in spots])
    white = np.tile(WHITE_5000, (len(spots), 1)) * 75.0
    return join(parts), shine(places, white, _DOWN, Beam.BULB)


def _kiosk(
    spot: tuple[float, float],
    toward: float,
    look: tuple[Floats, float],
    chance: np.random.Generator,
) -> tuple[Quads, Lights]:
    """The shop of a station, its windows to the street."""
    (x, y), (hue, on) = spot, look
    white = Finish(WHITE, level=Level.EVERYWHERE, step=2.4)
    start = np.array([(x + toward * 4.5, y - toward * 7.5, 0.0)])
    face = Walls(start, np.array([(0.0, toward)]), np.array([15.0]), np.array([3.9]))
    parts = [block((x - 4.5, y - 7.5, 0.0), (x + 4.5, y + 7.5, 3.9), white)]
    for k in range(5):
        pane = face.panel((0.6 + 2.8 * k, 3.2 + 2.8 * k), (0.4, 2.8), 0.06)
        glow = _DAYLIGHT * float(chance.uniform(1.1, 1.8)) * on
        parts.append(paint(pane, _shining((0.05, 0.05, 0.06), glow)))
    board = face.panel((0.3, 14.7), (3.05, 3.75), 0.08)
    parts.append(paint(board, _shining(0.4 * hue, hue * 1.3 * on)))
    ink = np.full((1, 3), 0.6), np.full((1, 3), 4.0 * on)
    parts.append(letters(face, (np.array([4.0]), np.array([11.0])), (3.2, 3.62), ink, chance))
    out = np.c_[face.out, np.zeros(1)]
    lights = [
        shine(face.at(at, 2.0, 0.5), _DAYLIGHT[None] * 22.0, out, Beam.WINDOW)
        for at in (3.0, 7.5, 12.0)
    ]
    return join(parts), gather(lights)


def _pole_sign(
    spot: tuple[float, float], hue: Floats, top: float, on: float, chance: np.random.Generator
) -> tuple[Quads, Lights]:
    """A sign on a pole that is read from both ways along the street."""
    x, y = spot
    pole = block(
        (x - 0.14, y - 0.14, 0.0), (x + 0.14, y + 0.14, top - 3.0), Finish(STEEL, step=3.0)
    )
    case = box(np.array([(x - 1.5, y - 0.2, top - 3.0)]), np.array([(x + 1.5, y + 0.2, top)]))[0]
    glow = np.repeat(hue[None] * 2.6 * on, 5, axis=0) * np.array([1, 0.3, 1, 0.3, 0.2])[:, None]
    parts = [pole, paint(case, Finish(0.4 * hue + 0.05, glow, surface=Surface.GLASS, step=99))]
    for turn in (1.0, -1.0):
        face = Walls(
            np.array([(x - 1.5 * turn, y - 0.2 * turn, 0.0)]),
            np.array([(turn, 0.0)]),
            np.array([3.0]),
            np.array([top]),
        )
        ink = np.full((1, 3), 0.7), np.full((1, 3), 4.0 * on)
        parts.append(
            letters(face, (np.array([0.2]), np.array([2.8])), (top - 1.3, top - 0.4), ink, chance)
        )
        parts.append(
            letters(face, (np.array([0.3]), np.array([2.7])), (top - 2.6, top - 1.9), ink, chance)
        )
    at = np.array([(x, y - 1.0, top - 2.6), (x, y + 1.0, top - 2.6)])
    return join(parts), shine(at, np.tile(hue, (2, 1)) * 9.0, np.array([0.0, 0.0, -1.0]), Beam.BULB)


def diner(spot: Floats, life: Life, chance: np.random.Generator) -> tuple[Quads, Lights]:
    """A long low diner with bands of steel, a row of windows and neon under its eaves."""
    toward = -float(np.sign(spot[0]))
    on = float(life.lit_windows > 0)
    x, y = float(spot[0]), float(spot[1])
    parts = [
        block(
            (x - 4.5, y - 11, 0.0),
            (x + 4.5, y + 11, 4.1),
            Finish(STEEL, level=Level.EVERYWHERE, step=2.4),
        )
    ]
    start = np.array([(x + toward * 4.5, y - toward * 11.0, 0.0)])
    face = Walls(start, np.array([(0.0, toward)]), np.array([22.0]), np.array([4.1]))
    side = Walls(
        np.array([(x - 4.5, y - 11.0, 0.0)]),
        np.array([(1.0, 0.0)]),
        np.array([9.0]),
        np.array([4.1]),
    )
    warm = np.array([1.0, 0.80, 0.50])
    lights = []
    for wall, count in ((face, 9), (side, 3)):
        wide = float(wall.width[0]) / count
        for k in range(count):
            pane = wall.panel((wide * k + 0.15, wide * (k + 1) - 0.15), (1.15, 2.75), 0.06)
            glow = warm * float(chance.uniform(1.0, 1.7)) * on
            parts.append(
                paint(pane, Finish((0.05, 0.05, 0.06), glow, surface=Surface.GLASS, step=99))
            )
            lights.append(
                shine(
                    wall.at(wide * (k + 0.5), 2.0, 0.4),
                    warm[None] * 11.0,
                    np.c_[wall.out, np.zeros(1)],
                    Beam.WINDOW,
                )
            )
        for foot, hue in ((3.25, (1.0, 0.10, 0.08)), (3.6, (0.15, 0.85, 0.95))):
            tube = wall.panel((0.0, wall.width), (foot, foot + 0.12), 0.1)
            parts.append(
                paint(
                    tube,
                    Finish(
                        (0.3, 0.05, 0.05), np.array(hue) * 6.0 * on, surface=Surface.GLASS, step=99
                    ),
                )
            )
        lights.append(
            shine(
                wall.at(wall.width / 2, 3.4, 0.8),
                np.array([[1.0, 0.25, 0.2]]) * 7.0,
                np.c_[wall.out, np.zeros(1)],
                Beam.BULB,
            )
        )
    sign, light = _pole_sign(
        (x + toward * 8.5, y - 13.0), np.array([1.0, 0.12, 0.30]), 7.8, on, chance
    )
    return join([*parts, sign]), gather([*lights, light]) if on else no_lights()
