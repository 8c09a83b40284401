"""Windows and the lights of homes: who is in, and what falls out onto the snow.

Every window has a rank between 0 and 1 that belongs to the place; it is lit when somebody lives
there and its rank is below the share of lit windows. Asking for more light therefore lights more
windows and leaves the others as they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.kit.openings import PANE, home_glow
from generique.world.lights import WARM_2700, WHITE_5000, Beam, Lights, gather, shine
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.suburb.house import STOREY, Houses

SLOTS = 5


@dataclass(frozen=True)
class _Windows:
    """Windows of all houses; one row each.

    Attributes:
        house: Index of the house.
        base: n x 3, middle of the window on the wall, in the house's axes.
        right: n x 2, unit vector along the wall.
        out: n x 2, unit vector out of the wall.
        size: n x 2 metres.
        radiance: n x 3, zero when dark.
    """

    house: Ints
    base: Floats
    right: Floats
    out: Floats
    size: Floats
    radiance: Floats


def windows(houses: Houses, seed: int, lit: float) -> tuple[Quads, Lights]:
    """All windows, porch and garage lights and strings of bulbs under eaves.

    Args:
        houses: The houses.
        seed: Of the place.
        lit: Share of the windows of occupied houses that are lit, 0 to 1.
    """
    panes = _draw(houses, seed, lit)
    shade = stream(seed, "panes").uniform(0.5, 1.15, (len(panes.house), 3, 2))
    porch_quads, porch_lights = _outdoor(houses, seed, lit)
    string_quads, string_lights = _strings(houses, seed, lit)
    quads = join([_frames(houses, panes), *_panes(houses, panes, shade), porch_quads, string_quads])
    return quads, gather([_spill(houses, panes), porch_lights, string_lights])


def _draw(houses: Houses, seed: int, lit: float) -> _Windows:
    front = _face(houses, stream(seed, "front windows"), "front")
    back = _face(houses, stream(seed, "back windows"), "back")
    sides = [_face(houses, stream(seed, f"{side} windows"), side) for side in ("left", "right")]
    house, base, right, out, size = (
        np.concatenate(values) for values in zip(front, back, *sides, strict=True)
    )
    radiance = home_glow(stream(seed, "window light"), len(house))
    rank = stream(seed, "window ranks").random(len(house))
    dark = ~houses.occupied[house] | (rank >= lit)
    radiance[dark] = 0
    return _Windows(house, base, right, out, size, radiance)


def _face(
    houses: Houses, chance: np.random.Generator, face: str
) -> tuple[Ints, Floats, Floats, Floats, Floats]:
    """Windows on one side of every house."""
    shape = (len(houses), 2, SLOTS)
    lengthwise = face in ("front", "back")
    wall = houses.width if lengthwise else houses.depth
    slots = np.floor((wall - 2.2) / 2.9).astype(int) + 1 if lengthwise else np.full(len(wall), 2)
    pitch = np.where(lengthwise, 2.9, wall * 0.44)
    index = np.arange(SLOTS)[None, None]
    place = (index - (slots[:, None, None] - 1) / 2) * pitch[:, None, None] + np.zeros(shape)
    width = np.asarray(chance.choice([1.1, 1.5, 2.0] if lengthwise else [0.9, 1.1], shape))
    floor = np.broadcast_to(np.arange(2)[None, :, None], shape)
    present = (index < slots[:, None, None]) & (floor < houses.storeys[:, None, None])
    keep = present & (chance.random(shape) < {"front": 1.0, "back": 0.85}.get(face, 0.55))
    if face == "front":
        keep &= ~_blocked(houses, place, floor, chance.random(shape))
    house, storey, slot = np.nonzero(keep)
    turn = {"front": 0.0, "right": 0.5, "back": 1.0, "left": 1.5}[face] * np.pi
    right = np.array([np.cos(turn), np.sin(turn)])
    out = np.array([np.sin(turn), -np.cos(turn)])
    offset = (houses.depth if lengthwise else houses.width)[house] / 2
    across = place[house, storey, slot]
    xy = across[:, None] * right + offset[:, None] * out
    base = np.c_[xy, 1.65 + STOREY * storey]
    rows = len(house)
    height = np.full(rows, 1.35 if lengthwise else 1.2)
    size = np.stack([width[house, storey, slot], height], axis=-1)
    return house, base, np.tile(right, (rows, 1)), np.tile(out, (rows, 1)), size


def _blocked(houses: Houses, place: Floats, floor: Ints, chance: Floats) -> Flags:
    """True for front windows that the garage or the porch would cover."""
    garage, porch = (value[:, None, None] for value in (houses.garage_x, houses.porch_x))
    half = houses.garage_width[:, None, None] / 2
    behind = np.abs(place - garage) < half + np.where(floor == 0, 1.0, 0.3)
    ground = (floor == 0) & (behind | (np.abs(place - porch) < 1.3))
    return np.asarray(ground | ((floor == 1) & behind & (chance < 0.3)))


def _rectangle(panes: _Windows, across: Floats, up: Floats, out: float) -> Floats:
    """Corners (n x 4 x 3, house axes) of rectangles given in window coordinates.

    Args:
        panes: The windows.
        across: n x 2, left and right edge from the middle, metres.
        up: n x 2, lower and upper edge from the middle.
        out: Distance from the wall.
    """
    corners = []
    for side, height in ((0, 0), (1, 0), (1, 1), (0, 1)):
        xy = panes.base[:, :2] + panes.right * across[:, side, None] + panes.out * out
        corners.append(np.c_[xy, panes.base[:, 2] + up[:, height]])
    return np.stack(corners, axis=1)


def _frames(houses: Houses, panes: _Windows) -> Quads:
    half = panes.size / 2 + 0.1
    corners = _rectangle(
        panes, half[:, :1] * np.array([-1, 1]), half[:, 1:] * np.array([-1, 1]), 0.03
    )
    finish = Finish((0.6, 0.6, 0.58), surface=Surface.DETAIL, level=Level.NEAR, step=9)
    quads = paint(houses.lots.to_world(panes.house, corners), finish)
    return quads.owned(owner(Thing.WINDOW, panes.house))


def _panes(houses: Houses, panes: _Windows, shade: Floats) -> list[Quads]:
    """Panes between the bars when near, one pane when far."""
    columns = np.where(panes.size[:, 0] < 1.6, 2, 3)
    parts = []
    for column in range(3):
        which = np.flatnonzero(column < columns)
        part = _pick(panes, which)
        width = part.size[:, 0] / columns[which]
        left = -part.size[:, 0] / 2 + width * column + 0.04
        across = np.stack([left, left + width - 0.08], axis=-1)
        half = part.size[:, 1] / 2
        for row, (low, high) in enumerate(((-half, half * 0 - 0.04), (half * 0 + 0.04, half))):
            corners = _rectangle(part, across, np.stack([low, high], axis=-1), 0.07)
            glow = part.radiance * (shade[which, column, row] * (0.8, 1.2)[row])[:, None]
            finish = Finish(PANE, glow, surface=Surface.GLASS, level=Level.NEAR, step=9)
            quads = paint(houses.lots.to_world(part.house, corners), finish)
            parts.append(quads.owned(owner(Thing.WINDOW, part.house)))
    half = panes.size / 2
    whole = _rectangle(
        panes, half[:, :1] * np.array([-1, 1]), half[:, 1:] * np.array([-1, 1]), 0.07
    )
    glow = panes.radiance * 0.72
    finish = Finish(PANE, glow, surface=Surface.GLASS, level=Level.FAR, step=9)
    quads = paint(houses.lots.to_world(panes.house, whole), finish)
    return [*parts, quads.owned(owner(Thing.WINDOW, panes.house))]


def _pick(panes: _Windows, which: Ints) -> _Windows:
    return _Windows(
        panes.house[which],
        panes.base[which],
        panes.right[which],
        panes.out[which],
        panes.size[which],
        panes.radiance[which],
    )


def _spill(houses: Houses, panes: _Windows) -> Lights:
    """The light that lit windows throw outside."""
    lit = _pick(panes, np.flatnonzero(panes.radiance.max(axis=1, initial=0) > 0))
    middle = lit.base + np.c_[lit.out * 0.15, np.zeros(len(lit.house))]
    ahead = middle + np.c_[lit.out, np.zeros(len(lit.house))]
    place = houses.lots.to_world
    position = place(lit.house, middle)
    axis = place(lit.house, ahead) - position
    area = lit.size[:, 0] * lit.size[:, 1]
    return shine(position, lit.radiance * (0.9 * area)[:, None], axis, Beam.WINDOW)


def _outdoor(houses: Houses, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Porch lights and pairs of lights beside garage doors."""
    chance, count = stream(seed, "outdoor lights"), len(houses)
    more = 0.5 + 1.14 * lit
    porch = houses.occupied & (chance.random(count) < 0.62 * more)
    garage = houses.occupied & (chance.random(count) < 0.5 * more)
    white = chance.random(count) < 0.3
    power = chance.uniform(3, 8, count), chance.uniform(2, 5, count)
    front = -houses.depth / 2
    spots = [(porch, houses.porch_x, front - 0.9, 2.35, power[0], np.zeros(count, bool))]
    for side in (-2.75, 2.75):
        x = houses.garage_x + side
        spots.append((garage, x, houses.garage_front - 0.18, 2.1, power[1], white))
    quads, lights = [], []
    for on, x, y, z, strength, cold in spots:
        which = np.flatnonzero(on & (lit > 0))
        colour = np.where(cold[which, None], np.array(WHITE_5000), np.array(WARM_2700))
        local = np.stack([x[which], y[which], np.full(len(which), z)], axis=-1)
        quads.append(_bulbs(houses, which, local, colour * 39, 0.11))
        place = houses.lots.to_world(which, local)
        down = np.array([0.0, 0.0, -1.0])
        lights.append(shine(place, colour * strength[which, None], down, Beam.BULB))
    return join(quads), gather(lights)


def _bulbs(houses: Houses, which: Ints, local: Floats, glow: Floats, half: float) -> Quads:
    """Small glowing squares that look to the street."""
    across = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    offsets = np.stack([across[:, 0], np.zeros(4), across[:, 1]], axis=-1)
    corners = local[:, None] + offsets[None] - np.array([0, 0.02, 0])
    finish = Finish((0.5, 0.5, 0.5), glow, surface=Surface.GLASS, step=9)
    quads = paint(houses.lots.to_world(which, corners), finish)
    return quads.owned(owner(Thing.LIGHT, which))


def _strings(houses: Houses, seed: int, lit: float) -> tuple[Quads, Lights]:
    """Strings of bulbs along the eaves of a few houses."""
    chance = stream(seed, "strings")
    rank, warm = chance.random(len(houses)), chance.random(len(houses)) < 0.55
    which = np.flatnonzero(houses.occupied & houses.along & (rank < 0.13 * min(1.0, 2.3 * lit)))
    colours = np.array([(1, 0.05, 0.03), (0.05, 1, 0.12), (0.1, 0.2, 1), (1, 0.55, 0.06)])
    bulbs = np.arange(24)
    place = -houses.width[which, None] / 2 - 0.4 + 0.55 * bulbs
    row, bulb = np.nonzero(place < houses.width[which, None] / 2 + 0.4)
    many = np.where(warm[which[row], None], np.array([(1, 0.62, 0.25)]), colours[bulb % 4])
    height = houses.eaves[which] - 0.5 * houses.pitch[which] - 0.1
    front = -houses.depth[which] / 2
    local = np.stack([place[row, bulb], front[row] - 0.56, height[row]], axis=-1)
    quads = _bulbs(houses, which[row], local, many * 22, 0.07)
    mean = np.where(warm[which, None], np.array([(1, 0.62, 0.25)]), colours.mean(axis=0))
    lights = []
    for share in (-1 / 3, 0.0, 1 / 3):
        x = houses.width[which] * share
        spot = np.stack([x, front - 0.8, height], axis=-1)
        world = houses.lots.to_world(which, spot)
        lights.append(shine(world, mean * 1.6, np.array([0.0, 0.0, -1.0]), Beam.BULB))
    return quads, gather(lights)
