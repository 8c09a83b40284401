"""The lighthouse: a white tower with a gallery and a lantern."""

from __future__ import annotations

import numpy as np

from generique.world.arrays import Floats
from generique.world.kit.solids import beams, lathe
from generique.world.mesh import Finish, Level, Quads, Surface, join, outward, paint
from generique.world.scene import Country

HEIGHT = 20.0
"""From the foot to the gallery, metres."""
FOCUS = 2.0
"""From the gallery to the middle of the lantern."""
SIDES = 20
WHITE = (0.68, 0.68, 0.66)
IRON = (0.10, 0.10, 0.10)
RED = (0.34, 0.030, 0.022)
_CAPS = {Country.CANADA: RED, Country.NORWAY: RED}
LANTERN = (1.0, 0.84, 0.56)
RADIANCE = 150.0


def lighthouse(foot: Floats, country: Country, *, burning: bool) -> Quads:
    """A lighthouse.

    Args:
        foot: 3 metres, the middle of its base.
        country: For the colour of its cap.
        burning: True when its light is on.
    """
    top = HEIGHT
    tower = np.array(
        [(4.3, -2.5), (4.3, 0.5), (3.25, 0.9), (2.95, 6), (2.6, 12), (2.25, top - 0.9)]
    )
    corbel = np.array([(2.25, top - 0.9), (2.5, top - 0.5), (3.05, top), (0.0, top + 0.01)])
    wall = np.array([(1.75, top), (1.75, top + 0.9)])
    glass = np.array([(1.68, top + 0.9), (1.68, top + 3.0)])
    cap = np.array([(2.05, top + 3.0), (1.6, top + 3.7), (0.7, top + 4.3), (0.12, top + 4.6)])
    spike = np.array([(0.28, top + 4.6), (0.28, top + 5.0), (0.05, top + 5.1), (0.05, top + 6.6)])
    colour = _CAPS.get(country, IRON)
    glow = np.array(LANTERN) * (RADIANCE * burning)
    shown = Level.ALWAYS
    parts = [
        _round(tower, foot, Finish(WHITE, level=shown, step=2.5)),
        _round(corbel, foot, Finish(WHITE, snow=0.3, level=shown, step=2.5)),
        _round(wall, foot, Finish(WHITE, level=shown, step=2.5)),
        _round(glass, foot, Finish((0.03, 0.03, 0.03), glow, surface=Surface.GLASS, level=shown)),
        _round(cap, foot, Finish(colour, snow=0.4, level=shown, step=2.5)),
        _round(spike, foot, Finish(colour, surface=Surface.DETAIL, level=shown)),
        _railing(foot, top),
        _mullions(foot, top),
        _slits(foot),
    ]
    return join(parts)


def focus_of(foot: Floats) -> Floats:
    """The place of the light, 3 metres."""
    return np.asarray(foot + np.array([0.0, 0.0, HEIGHT + FOCUS]))


def _round(profile: Floats, foot: Floats, finish: Finish) -> Quads:
    corners = lathe(profile, SIDES)
    middle = np.array([0.0, 0.0, float(profile[:, 1].mean())])
    return paint(outward(corners, middle) + foot, finish)


def _circle(radius: float, count: int) -> Floats:
    angle = np.arange(count) * 2 * np.pi / count
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)


def _railing(foot: Floats, top: float) -> Quads:
    ring = _circle(2.95, SIDES)
    low, high = np.c_[ring, np.full(SIDES, top)], np.c_[ring, np.full(SIDES, top + 1.1)]
    rails = [beams(low, high, 0.07)]
    for height in (0.4, 0.75, 1.1):
        line = np.c_[ring, np.full(SIDES, top + height)]
        rails.append(beams(line, np.roll(line, -1, axis=0), 0.06))
    finish = Finish(IRON, surface=Surface.DETAIL, step=4)
    return paint(np.concatenate(rails) + foot, finish)


def _mullions(foot: Floats, top: float) -> Quads:
    ring = _circle(1.72, 10)
    low, high = np.c_[ring, np.full(10, top + 0.9)], np.c_[ring, np.full(10, top + 3.0)]
    finish = Finish(IRON, surface=Surface.DETAIL, step=4)
    return paint(beams(low, high, 0.09) + foot, finish)


def _slits(foot: Floats) -> Quads:
    """Small windows up the tower, and its door, on the sides towards land and south."""
    rows = []
    for height, radius, turn in ((5.5, 2.97, -1.9), (10.5, 2.70, -1.5), (15.5, 2.45, -1.9)):
        rows.append(_patch(radius + 0.04, turn, height, (0.38, 0.6)))
    rows.append(_patch(3.30, -1.1, 1.9, (0.55, 1.1)))
    finish = Finish((0.05, 0.05, 0.06), surface=Surface.DETAIL, level=Level.ALWAYS, step=4)
    return paint(np.stack(rows) + foot, finish)


def _patch(radius: float, turn: float, height: float, half: tuple[float, float]) -> Floats:
    out = np.array([np.cos(turn), np.sin(turn)])
    side = np.array([-out[1], out[0]])
    corners = []
    for across, up in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        xy = out * radius + side * (across * half[0])
        corners.append((*xy, height + up * half[1]))
    return np.array(corners)
