"""A room high in a building of a city: behind a hole cut in a facade that is there.

The building is the city's own. Its room lies at a whole storey, behind a wall square to the axes,
where nothing near stands as high; of all such walls the one with the best view of streets and of
the skyline is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from generique.world.arrays import Flags, Floats
from generique.world.kit.outline import edges, holds, outward_of
from generique.world.layout import Layout
from generique.world.lights import Lights
from generique.world.mesh import Quads, Surface, join
from generique.world.owners import Thing, owner
from generique.world.places.city import build as city
from generique.world.places.city.lots import GROUND_FLOOR, STOREYS, Kind
from generique.world.places.city.masses import Mass, raise_masses
from generique.world.places.city.plan import TOWER, CityPlan, plan_city
from generique.world.places.interior.frame import OUTS, Frame
from generique.world.places.interior.house import FRONT, LOW, TRIM
from generique.world.places.interior.outlook import OUTSIDE, Chart, drawn, gap_to, side_of
from generique.world.places.interior.pieces import Opening, Set
from generique.world.places.interior.plan import ROOM, ROOM_HEIGHT, kind_of, opening_of
from generique.world.places.interior.standing import REACH, Standing, window_x
from generique.world.reasons import prompts as told
from generique.world.reasons.telling import Name, refused
from generique.world.scene import Life, Place
from generique.world.site import Site

LOWEST = 24.0
HIGHEST = 75.0
"""Heights of the room's floor, metres."""
ROOM_WEST, ROOM_EAST = LOW[0] + 0.5, ROOM[1][0] + 0.5
"""Ends of the room along the wall with what it needs beside it, in its own axes, metres."""
BEHIND = LOW[1] - 0.3
"""Where it ends at the back."""
EDGE = 30.0
ROOM_BELOW = 5.0
"""Metres that everything near before the window is lower than the lens."""
ASIDE = 5.0
STEPS = 4.0
"""Metres between the places along a wall that are tried."""
MARGIN = 0.14
"""Metres about the opening that are cut out of what stands before the wall: its trim."""
THROUGH = (-0.45, 0.9)
"""Metres behind the wall's face and before it between which it is cut."""
PIECE = 0.02
_LIVED_IN, _HOMELY = (Kind.WALKUP, Kind.LOFT, Kind.STONE, Kind.CONDO), 0.25
"""Kinds of buildings that have rooms to sleep in, and how much sooner they are taken."""
_WEIGHTS = (0.8, 1.0)
"""Of streets and of high buildings further off in a view."""


@dataclass(frozen=True)
class _Wall:
    """A wall that the room could lie behind: its mass, and the frame of the room."""

    mass: Mass
    frame: Frame


def stand_in_a_tower(place: Place, outside: Place) -> Standing:
    """Put the room of a place into a building of a city.

    Args:
        place: The room's.
        outside: The city alone.

    Raises:
        NotCapable: No building is high enough and has an open view.
    """
    plan, opening = plan_city(outside), opening_of(kind_of(place))
    wall = _wall(outside, window_x(place))
    kind = Thing.TOWER if plan.lots[wall.mass.lot].height > TOWER else Thing.BLOCK

    def build(_layout: Layout, life: Life) -> Site:
        site = city.build(outside, life)
        return replace(
            site,
            quads=pierced(site.quads, wall.frame, opening),
            home_lights=_dark_where_open(site.home_lights, wall.frame, opening),
        )

    def shell(found: Set, _life: Life) -> None:
        _trim(found, opening)

    whose = int(owner(kind, wall.mass.lot))
    return Standing(wall.frame, plan.layout, whose, shell, build, back=False)


@lru_cache(maxsize=16)
def _wall(outside: Place, middle: float) -> _Wall:
    """The wall with the best view."""
    plan = plan_city(outside)
    walls = [wall for mass in raise_masses(plan.lots, outside.seed) for wall in _walls(plan, mass)]
    if walls:
        walls = _with_a_way_out(plan, walls, middle)
    if not walls:
        raise refused(told.NO_SPOT_FOR_A_ROOM, family=Name(outside.family), extent=outside.extent)
    chart = _chart(plan)
    outs = np.array([wall.frame.out for wall in walls], float)
    eyes = np.array([wall.frame.placed(np.array([middle, FRONT, 1.5])) for wall in walls])
    near, far = chart.prospect(eyes, outs, OUTSIDE), _high_beyond(chart, eyes, outs)
    worth = np.stack([np.sqrt(near[:, 0]), far], axis=1) @ np.array(_WEIGHTS)
    worth += [_HOMELY * (plan.lots[wall.mass.lot].kind in _LIVED_IN) for wall in walls]
    return walls[int(np.argmax(worth))]


def _walls(plan: CityPlan, mass: Mass) -> list[_Wall]:
    """Places for a room along the walls of a mass that are square to the axes."""
    found: list[_Wall] = []
    if mass.plant or mass.high < LOWEST + 4.0:
        return found
    start, way, length = edges(mass.outline)
    storey = float(STOREYS[plan.lots[mass.lot].kind])
    lowest = max(LOWEST, mass.low + 0.2)
    top = min(HIGHEST, mass.high - ROOM_HEIGHT - 1.2)
    floors = GROUND_FLOOR + storey * np.arange(60)
    floors = floors[(floors >= lowest) & (floors <= top)]
    if len(floors) == 0:
        return found
    foot = float(floors[-1]) + 0.1
    for k, out in enumerate(outward_of(way)):
        square = int(np.argmax(np.array(OUTS) @ out))
        if np.array(OUTS[square]) @ out < 0.99999 or length[k] < ROOM_EAST - ROOM_WEST + 1.0:
            continue
        for along in np.arange(-ROOM_WEST + 0.5, length[k] - ROOM_EAST - 0.4, STEPS):
            # Seen from outside the way of an edge runs to the right; the room's x to the left.
            foot_of = start[k] + way[k] * (length[k] - along)
            origin = foot_of - out * FRONT
            frame = Frame(OUTS[square], (float(origin[0]), float(origin[1])), foot)
            if _holds_the_room(mass.outline, frame):
                found.append(_Wall(mass, frame))
    return found


def _holds_the_room(outline: Floats, frame: Frame) -> bool:
    corners = [(x, y, 0.0) for x in (ROOM_WEST, ROOM_EAST) for y in (BEHIND, FRONT - 0.01)]
    return bool(holds(outline, frame.placed(np.array(corners))[:, :2]).all())


def _with_a_way_out(plan: CityPlan, walls: list[_Wall], middle: float) -> list[_Wall]:
    """Those with nothing as high before their window, and inside the place."""
    x, y = np.meshgrid([-ASIDE, 0.0, ASIDE], np.arange(3.0, REACH + 20, 3.0))
    local = np.stack([middle + x.ravel(), FRONT + y.ravel(), np.zeros(x.size)], axis=-1)
    found = []
    for wall in walls:
        points = wall.frame.placed(local)[:, :2]
        roofs = np.zeros(1) if plan.layout.roofs is None else plan.layout.roofs.at(points)
        low = roofs.max() < wall.frame.foot + 1.5 - ROOM_BELOW
        if low and plan.layout.bounds.inside(points, EDGE).all():
            found.append(wall)
    return found


def _chart(plan: CityPlan) -> Chart:
    """Roofs, and streets between them."""
    layout = plan.layout
    side = side_of(layout.bounds)
    line = (np.arange(side) + 0.5) * (layout.bounds.extent / side)
    x, y = np.meshgrid(layout.bounds.x0 + line, layout.bounds.y0 + line)
    points = np.stack([x.ravel(), y.ravel()], axis=-1)
    roofs = np.zeros(len(points)) if layout.roofs is None else layout.roofs.at(points)
    streets = drawn(layout.bounds, [street.line for street in layout.streets], 3.0)
    height = roofs.reshape(side, side)
    gap, clear = gap_to(streets, layout.bounds), np.where(height > 0, 0.0, np.inf)
    return Chart(layout.bounds, height, (streets * (height == 0))[None], gap, gap, clear)


def _high_beyond(chart: Chart, eyes: Floats, outs: Floats) -> Floats:
    """How high the skyline stands over the horizon in the middle of the picture, n, 0 to 1."""
    away, aside = np.linspace(120, 460, 30), np.radians(np.linspace(-20, 20, 9))
    cosine, sine = np.cos(aside), np.sin(aside)
    x = outs[:, :1] * cosine - outs[:, 1:] * sine
    y = outs[:, :1] * sine + outs[:, 1:] * cosine
    rays = np.stack([x, y], axis=-1)[:, :, None] * away[:, None]
    height = chart.at(eyes[:, None, None, :2] + rays) - eyes[:, 2, None, None]
    slope = np.clip((height / away).max(axis=2), 0.0, 0.22) / 0.22
    return np.asarray(slope.mean(axis=1))


def pierced(quads: Quads, frame: Frame, opening: Opening) -> Quads:
    """A facade with a hole for the window: walls are cut about it, what stands before them goes.

    Args:
        quads: Of the place.
        frame: Of the room, whose front lies in the facade.
        opening: x and z of the hole, in the room's axes.
    """
    (a, b), (low, top) = opening
    middle = quads.corners.mean(axis=1).astype(float)
    centre = frame.placed(np.array([(a + b) / 2, FRONT, (low + top) / 2]))
    around = np.flatnonzero(np.abs(middle - centre).max(axis=1) < 200.0)
    flat = quads.corners[around].astype(float)
    local = np.concatenate(
        [frame.local(flat.reshape(-1, 3)[:, :2]), flat.reshape(-1, 3)[:, 2:] - frame.foot], axis=1
    ).reshape(-1, 4, 3)
    least, most = local.min(axis=1), local.max(axis=1)
    back, before = FRONT + THROUGH[0], FRONT + THROUGH[1]
    hit = (least[:, 1] > back) & (most[:, 1] < before)
    hit &= (most[:, 0] > a - MARGIN) & (least[:, 0] < b + MARGIN)
    hit &= (most[:, 2] > low - MARGIN) & (least[:, 2] < top + MARGIN)
    solid = quads.surface[around] == Surface.SOLID
    facing = np.ptp(local[..., 1], axis=1) < 0.02
    cut = np.flatnonzero(hit & solid & facing)
    pieces = [quads.take(np.setdiff1d(np.arange(len(quads)), around[hit]))]
    hole = (a - 0.05, b + 0.05, low - 0.05, top + 0.05)
    for index in cut:
        pieces += _about(quads, int(around[index]), (least[index], most[index]), hole, frame)
    return join(pieces)


def _about(
    quads: Quads,
    index: int,
    span: tuple[Floats, Floats],
    hole: tuple[float, float, float, float],
    frame: Frame,
) -> list[Quads]:
    """What is left of an upright quad about a hole: beside it, below it and above it."""
    (x0, y, z0), (x1, _, z1) = span
    a, b, low, top = hole
    a, b = np.clip((a, b), x0, x1)
    found = []
    one = quads.take(np.array([index]))
    facing = _facing(quads.corners[index].astype(float), frame)
    for left, right, bottom, high in (
        (x0, a, z0, z1),
        (b, x1, z0, z1),
        (a, b, z0, min(low, z1)),
        (a, b, max(top, z0), z1),
    ):
        if right - left < PIECE or high - bottom < PIECE:
            continue
        ring = [(right, y, bottom), (left, y, bottom), (left, y, high), (right, y, high)]
        corners = frame.placed(np.array(ring if facing else ring[::-1], float))
        found.append(replace(one, corners=corners[None].astype(np.float32)))
    return found


def _facing(corners: Floats, frame: Frame) -> bool:
    """True when an upright quad looks out."""
    normal = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    return bool(normal[:2] @ np.array(frame.out) > 0)


def _dark_where_open(lights: Lights, frame: Frame, opening: Opening) -> Lights:
    """Without the light of windows that the opening took away."""
    (a, b), (low, top) = opening
    x, y = frame.local(lights.position[:, :2].astype(float)).T
    z = lights.position[:, 2] - frame.foot
    gone: Flags = (x > a - 0.8) & (x < b + 0.8) & (np.abs(y - FRONT) < 1.0)
    gone &= (z > low - 0.8) & (z < top + 0.8)
    kept = np.flatnonzero(~gone)
    return Lights(*(getattr(lights, name)[kept] for name in lights.__dataclass_fields__))


def _trim(found: Set, opening: Opening) -> None:
    """Boards about the open window, and its sill."""
    (a, b), (sill, lintel) = opening
    for left, right, low, top in (
        (a - 0.13, a, sill, lintel),
        (b, b + 0.13, sill, lintel),
        (a - 0.13, b + 0.13, lintel, lintel + 0.13),
        (a - 0.18, b + 0.18, sill - 0.1, sill),
    ):
        found.box((left, right), (FRONT - 0.06, FRONT + 0.05), (low, top), TRIM, 0.6)
