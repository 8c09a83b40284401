"""A long corridor of a hospital, an office or a hotel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.lights import WARM_2700, WARM_3500
from generique.world.naming import named
from generique.world.owners import Thing
from generique.world.places.interior.corridor_things import plants, ward
from generique.world.places.interior.pieces import RGB, Set, toned
from generique.world.places.interior.plan import FLOOR, HALF_WIDTH, HEIGHT, NORTH, SOUTH, Kind

STEP = 0.3


@dataclass(frozen=True)
class Style:
    """How a corridor looks.

    Attributes:
        floor: Albedo.
        border: Albedo of its edge, or of a runner's edge.
        wall: Albedo above the dado.
        dado: Albedo below.
        dado_height: Metres; 0 for none.
        door: Albedo of the leaves.
        frame: Albedo of frames and skirting.
        ceiling: Albedo.
        pitch: Metres between doors of a side.
        lamps: Metres between ceiling lamps.
        light: Colour of the lamps.
        strength: Intensity of each.
    """

    floor: RGB
    border: RGB
    wall: RGB
    dado: RGB
    dado_height: float
    door: RGB
    frame: RGB
    ceiling: RGB
    pitch: float
    lamps: float
    light: tuple[float, float, float]
    strength: float


STYLES = {
    Kind.HOSPITAL: Style(
        (0.34, 0.37, 0.35), (0.16, 0.22, 0.22), (0.62, 0.64, 0.60), (0.30, 0.42, 0.40), 1.15,
        (0.36, 0.27, 0.18), (0.26, 0.28, 0.28), (0.74, 0.74, 0.72),
        4.4, 3.3, (0.86, 0.97, 1.0), 2.6,
    ),
    Kind.OFFICE: Style(
        (0.10, 0.105, 0.115), (0.10, 0.105, 0.115), (0.66, 0.65, 0.62), (0.66, 0.65, 0.62), 0.0,
        (0.20, 0.13, 0.075), (0.10, 0.10, 0.105), (0.74, 0.74, 0.72),
        5.5, 4.4, (1.0, 0.93, 0.82), 2.7,
    ),
    Kind.HOTEL: Style(
        (0.16, 0.035, 0.030), (0.24, 0.16, 0.06), (0.44, 0.37, 0.26), (0.20, 0.10, 0.055), 0.95,
        (0.14, 0.065, 0.035), (0.12, 0.055, 0.03), (0.66, 0.62, 0.54),
        4.4, 4.4, (1.0, 0.62, 0.28), 2.0,
    ),
}  # fmt: skip


def corridor(found: Set, kind: Kind, chance: np.random.Generator) -> None:
    """Build a corridor along y."""
    style = STYLES[kind]
    _shell(found, style)
    for side in (-1.0, 1.0):
        shift = 0.0 if side < 0 else style.pitch / 2
        doors = np.arange(SOUTH + 1.9 + shift, NORTH - 1.6, style.pitch)
        for y in doors:
            _door(found, style, side, float(y), kind, chance)
        _side(found, style, side, doors)
    _end(found, style, kind)
    if kind is Kind.HOTEL:
        _sconces(found, style)
        _runner(found, style)
    else:
        _panels(found, style, kind, chance)
    if kind is Kind.HOSPITAL:
        ward(found, chance)
    if kind is Kind.OFFICE:
        plants(found, chance)


@named(Thing.WALL)
def _shell(found: Set, style: Style) -> None:
    w, long = HALF_WIDTH, NORTH - SOUTH
    edge = 0.16
    found.wall(
        np.array([-w + edge, SOUTH, FLOOR]),
        np.array([2 * (w - edge), 0, 0]),
        np.array([0, long, 0]),
        style.floor,
        STEP,
    )
    # It goes on under the doors, which stand back from the wall.
    for x in (-w - RECESS - 0.05, w - edge):
        found.wall(
            np.array([x, SOUTH, FLOOR]),
            np.array([edge + RECESS + 0.05, 0, 0]),
            np.array([0, long, 0]),
            style.border,
            STEP,
        )
    thick = np.array([RECESS + 0.3, 0.3, 0.3])
    low, high = np.array([-w, SOUTH, 0.0]) - thick, np.array([w, NORTH, HEIGHT]) + thick
    found.casing(low, high)
    for y, out in ((low[1], False), (high[1], True)):
        span = (float(low[0]), float(high[0])), (float(low[2]), float(high[2]))
        found.pierced(float(y), span, None, (0.0, 0.0, 0.0), 1.2, out=out)
    found.wall(
        np.array([-w, SOUTH, HEIGHT]),
        np.array([0, long, 0]),
        np.array([2 * w, 0, 0]),
        style.ceiling,
        STEP,
    )
    found.wall(
        np.array([w, SOUTH, FLOOR]),
        np.array([-2 * w, 0, 0]),
        np.array([0, 0, HEIGHT]),
        style.wall,
        STEP,
    )
    # The grid of the ceiling's tiles: thin strips just below it.
    for y in np.arange(SOUTH + 0.6, NORTH, 0.6):
        found.box(
            (-w, w), (y - 0.012, y + 0.012), (HEIGHT - 0.006, HEIGHT + 0.02), (0.5, 0.5, 0.49), 0.6
        )
    for x in (-0.6, 0.0, 0.6):
        found.box(
            (x - 0.012, x + 0.012),
            (SOUTH, NORTH),
            (HEIGHT - 0.006, HEIGHT + 0.02),
            (0.5, 0.5, 0.49),
            0.6,
        )


DOOR_HALF, DOOR_HIGH, RECESS = 0.48, 2.08, 0.13


@named(Thing.WALL)
def _side(
    found: Set, style: Style, side: float, doors: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    """A wall with openings for its doors, its dado, its skirting."""
    x = side * HALF_WIDTH
    cuts = [SOUTH, *(edge for y in doors for edge in (y - DOOR_HALF, y + DOOR_HALF)), NORTH]

    def strip(y0: float, y1: float, z0: float, z1: float, albedo: RGB) -> None:
        start = np.array([x, y1 if side > 0 else y0, z0])
        # It looks into the corridor: along x up must point to the middle.
        along = np.array([0.0, (y0 - y1) if side > 0 else (y1 - y0), 0.0])
        if side > 0:
            found.wall(
                np.array([x, y0, z0]),
                np.array([0, 0, z1 - z0]),
                np.array([0, y1 - y0, 0]),
                albedo,
                STEP,
            )
        else:
            found.wall(start, along, np.array([0, 0, z1 - z0]), albedo, STEP)

    for y0, y1 in zip(cuts[::2], cuts[1::2], strict=True):
        low = style.dado_height
        if low > 0:
            strip(y0, y1, FLOOR, low, style.dado)
            rail = x - side * 0.02
            found.box(
                (min(x, rail), max(x, rail)), (y0, y1), (low - 0.03, low + 0.03), style.frame, 0.6
            )
        strip(y0, y1, max(low, FLOOR), HEIGHT, style.wall)
        skirt = x - side * 0.016
        found.box((min(x, skirt), max(x, skirt)), (y0, y1), (FLOOR, 0.12), style.frame, 0.6)
    for y in doors:
        strip(y - DOOR_HALF, y + DOOR_HALF, DOOR_HIGH, HEIGHT, style.wall)


def _between(a: float, b: float) -> tuple[float, float]:
    return min(a, b), max(a, b)


@named(Thing.DOOR)
def _door(
    found: Set, style: Style, side: float, y: float, kind: Kind, chance: np.random.Generator
) -> None:
    x = side * HALF_WIDTH
    back = x + side * RECESS

    found.box(
        _between(back, back + side * 0.05),
        (y - DOOR_HALF, y + DOOR_HALF),
        (FLOOR, DOOR_HIGH),
        style.door,
        0.3,
    )
    for end in (-1.0, 1.0):
        jamb = y + end * DOOR_HALF
        found.box(
            _between(x - side * 0.018, back),
            (jamb - 0.035, jamb + 0.035),
            (FLOOR, DOOR_HIGH + 0.035),
            style.frame,
            0.5,
        )
    found.box(
        _between(x - side * 0.018, back),
        (y - DOOR_HALF, y + DOOR_HALF),
        (DOOR_HIGH - 0.03, DOOR_HIGH + 0.035),
        style.frame,
        0.5,
    )
    plate = x - side * 0.008
    found.box(
        _between(x, plate),
        (y + DOOR_HALF + 0.10, y + DOOR_HALF + 0.26),
        (1.52, 1.66),
        (0.62, 0.62, 0.60),
        0.5,
    )
    _leaf(found, style, side, y, kind, chance)


def _leaf(
    found: Set, style: Style, side: float, y: float, kind: Kind, chance: np.random.Generator
) -> None:
    """What is on a door: its handle, its panels or a pane."""
    back = side * (HALF_WIDTH + RECESS)

    grip = back - side * 0.05
    found.box(_between(back, grip), (y + 0.33, y + 0.36), (1.0, 1.03), (0.55, 0.55, 0.54), 0.5)
    found.box(
        _between(grip - side * 0.012, grip + side * 0.012),
        (y + 0.22, y + 0.36),
        (1.0, 1.025),
        (0.55, 0.55, 0.54),
        0.5,
    )
    if kind is Kind.HOTEL:
        for z0, z1 in ((0.25, 0.95), (1.1, 1.9)):
            found.box(
                _between(back - side * 0.012, back),
                (y - 0.34, y + 0.34),
                (z0, z1),
                toned(style.door, 0.8),
                0.4,
            )
    elif chance.random() < (0.6 if kind is Kind.HOSPITAL else 0.35):
        pane = back - side * 0.004
        rim = [
            (pane, y - 0.10, 1.15),
            (pane, y + 0.10, 1.15),
            (pane, y + 0.10, 1.85),
            (pane, y - 0.10, 1.85),
        ]
        lit = chance.random() < 0.35
        glow = np.array([0.9, 0.75, 0.5]) if lit else np.array([0.012, 0.014, 0.016])
        found.pane(np.array([rim if side < 0 else rim[::-1]]), glow)


@named(Thing.WALL)
def _end(found: Set, style: Style, kind: Kind) -> None:
    """The far wall: double doors with panes, or a window to the night with a console before it."""
    w = HALF_WIDTH
    found.wall(
        np.array([-w, NORTH, FLOOR]),
        np.array([2 * w, 0, 0]),
        np.array([0, 0, HEIGHT]),
        style.wall,
        STEP,
    )
    y = NORTH - 0.05
    if kind is Kind.HOTEL:
        found.box((-0.6, 0.6), (y - 0.36, y - 0.02), (0.76, 0.80), style.door, 0.3)
        for x in (-0.56, 0.52):
            found.box((x, x + 0.04), (y - 0.34, y - 0.04), (FLOOR, 0.76), style.door, 0.4)
        found.box((-0.45, 0.45), (y, y + 0.04), (1.15, 2.0), (0.30, 0.22, 0.08), 0.4)
        found.box((-0.40, 0.40), (y - 0.01, y + 0.03), (1.2, 1.95), (0.10, 0.13, 0.14), 0.4)
        _lamp(found, (0.38, y - 0.19), 0.80, WARM_2700, 1.0)
        return
    for x0, x1 in ((-0.98, -0.01), (0.01, 0.98)):
        found.box(
            (x0, x1),
            (y - 0.04, y + 0.04),
            (FLOOR, 2.1),
            style.door if kind is Kind.OFFICE else (0.42, 0.44, 0.43),
            0.3,
        )
        middle = (x0 + x1) / 2
        rim = [
            (middle - 0.13, y - 0.05, 1.05),
            (middle + 0.13, y - 0.05, 1.05),
            (middle + 0.13, y - 0.05, 1.85),
            (middle - 0.13, y - 0.05, 1.85),
        ]
        found.pane(np.array([rim]), np.array([0.75, 0.82, 0.85]))
        found.box(
            (x0 + 0.03, x1 - 0.03), (y - 0.055, y - 0.04), (FLOOR, 0.32), (0.55, 0.55, 0.54), 0.4
        )
    found.box((-0.30, 0.30), (y - 0.16, y - 0.10), (2.28, 2.46), (0.05, 0.05, 0.05), 0.4)
    sign = [
        (-0.29, y - 0.165, 2.29),
        (0.29, y - 0.165, 2.29),
        (0.29, y - 0.165, 2.45),
        (-0.29, y - 0.165, 2.45),
    ]
    found.pane(np.array([sign]), np.array([0.10, 1.5, 0.42]))
    bars = [
        [
            (x, y - 0.17, 2.33),
            (x + 0.06, y - 0.17, 2.33),
            (x + 0.06, y - 0.17, 2.41),
            (x, y - 0.17, 2.41),
        ]
        for x in (-0.2, -0.1, 0.0, 0.1)
    ]
    found.pane(np.array(bars), np.array([2.2, 2.6, 2.3]))
    found.shining(np.array(sign), np.array([0.10, 1.0, 0.35]), 0.16)


@named(Thing.LAMP)
def _lamp(found: Set, at: tuple[float, float], z: float, colour: RGB, strength: float) -> None:
    """A table lamp with a shade."""
    found.post(at, (z, z + 0.03), 0.07, (0.25, 0.2, 0.1))
    found.post(at, (z + 0.03, z + 0.26), 0.022, (0.25, 0.2, 0.1))
    turn = np.linspace(0, 2 * np.pi, 13)
    low = np.c_[at[0] + 0.13 * np.cos(turn), at[1] + 0.13 * np.sin(turn), np.full(13, z + 0.24)]
    high = np.c_[at[0] + 0.10 * np.cos(turn), at[1] + 0.10 * np.sin(turn), np.full(13, z + 0.44)]
    shade = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
    found.pane(shade, np.asarray(colour) * 2.4 * strength)
    found.bulb((at[0], at[1], z + 0.34), np.asarray(colour), strength, 0.12)


@named(Thing.LAMP)
def _panels(found: Set, style: Style, kind: Kind, chance: np.random.Generator) -> None:
    """Lamps in the ceiling; one or two are off, one burns low."""
    rows = np.arange(SOUTH + 1.5, NORTH - 0.8, style.lamps)
    off = set(chance.choice(len(rows), size=2, replace=False).tolist()) - {0, 1}
    weak = int(chance.integers(3, len(rows)))
    light = np.array(style.light)
    for k, y in enumerate(rows):
        burn = 0.0 if k in off else (0.35 if k == weak else 1.0)
        tone = light * np.exp(chance.normal(0, 0.03, 3))
        if kind is Kind.HOSPITAL:
            found.panel(
                (-0.29, 0.29), (y - 0.59, y + 0.59), HEIGHT - 0.012, tone, style.strength * burn
            )
        else:
            found.panel(
                (-0.29, 0.29), (y - 0.29, y + 0.29), HEIGHT - 0.012, tone, style.strength * burn
            )


@named(Thing.LAMP)
def _sconces(found: Set, style: Style) -> None:
    """Lamps on the walls between the doors, which shine up and down."""
    for side in (-1.0, 1.0):
        shift = 0.0 if side < 0 else style.pitch / 2
        for y in np.arange(SOUTH + 1.9 + shift + style.pitch / 2, NORTH - 1.0, style.pitch):
            x = side * (HALF_WIDTH - 0.10)
            turn = np.linspace(0, 2 * np.pi, 11)
            low = np.c_[x + 0.06 * np.cos(turn), y + 0.09 * np.sin(turn), np.full(11, 1.62)]
            shade = np.stack(
                [
                    low[:-1],
                    low[1:],
                    low[1:] + np.array([0, 0, 0.24]),
                    low[:-1] + np.array([0, 0, 0.24]),
                ],
                axis=1,
            )
            found.pane(shade, np.array(WARM_2700) * 2.1)
            found.box(
                (min(x, side * HALF_WIDTH), max(x, side * HALF_WIDTH)),
                (y - 0.02, y + 0.02),
                (1.68, 1.72),
                (0.3, 0.2, 0.08),
                0.3,
            )
            found.bulb((x - side * 0.02, y, 1.74), np.array(WARM_2700), style.strength, 0.05)
    for y in np.arange(SOUTH + 2.2, NORTH, style.lamps * 2):
        found.panel((-0.09, 0.09), (y - 0.09, y + 0.09), HEIGHT - 0.012, np.array(WARM_3500), 0.9)


@named(Thing.RUG)
def _runner(found: Set, style: Style) -> None:
    """The pattern of the carpet: bands and lozenges."""
    for x in (-0.82, 0.76):
        found.wall(
            np.array([x, SOUTH, FLOOR + 0.004]),
            np.array([0.06, 0, 0]),
            np.array([0, NORTH - SOUTH, 0]),
            style.border,
            STEP,
        )
    y = np.arange(SOUTH + 0.5, NORTH - 0.5, 1.0)
    shape = np.array([(-0.3, 0, 0), (0, -0.36, 0), (0.3, 0, 0), (0, 0.36, 0)])
    for middle in y:
        corners = shape + np.array([0, middle, FLOOR + 0.004])
        edge = corners - corners.mean(axis=0)
        found.wall(corners[0], corners[1] - corners[0], corners[3] - corners[0], style.border, STEP)
        inner = corners.mean(axis=0) + edge * 0.62 + [0, 0, 0.003]
        found.wall(
            inner[0],
            inner[1] - inner[0],
            inner[3] - inner[0],
            toned(style.floor, 0.6),
            STEP,
        )
