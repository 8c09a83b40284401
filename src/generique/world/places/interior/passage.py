"""A living room or a bedroom in a house of a suburb, with a way out through its open window.

It is one place: the suburb as its own grammar builds it, with one lot taken out and the house of
the room set there. The house stands square to the axes of the place, so that its room stays a plain
box.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from generique.world.arrays import Flags, Floats, Ints, stream
from generique.world.country import CUSTOMS
from generique.world.furniture import Furniture
from generique.world.kit.street_furniture import place_lamps
from generique.world.kit.tree import Trees
from generique.world.layout import Indoors, Layout, Lots, Passage
from generique.world.lights import Lights, gather
from generique.world.mesh import Quads, join
from generique.world.owners import Thing, kinds_of, owner
from generique.world.places.interior.house import EAST, FRONT, LOW, Skin, house
from generique.world.places.interior.plan import (
    FLOOR,
    ROOM,
    ROOM_HEIGHT,
    WALL,
    WINDOW,
    Kind,
    kind_of,
    lamps_burn,
    windows_of,
)
from generique.world.places.interior.rooms import room
from generique.world.places.interior.things import furnish
from generique.world.places.suburb import build as suburb
from generique.world.places.suburb import plan as suburb_plan
from generique.world.places.suburb.house import draw_houses, house_landmarks
from generique.world.places.suburb.stock import STOCKS
from generique.world.scene import Life, Place
from generique.world.site import Site

CURTAIN = 0.1
"""Metres that the curtains hang into the opening at either side."""
START = -10.3
"""y at which the way begins in the room, metres."""
REACH = 48.0
"""Metres before the house that are kept clear for the way."""
ASIDE = 4.0
"""Metres to either side of it without trees."""
LAMP_ROOM = 3.0
OWN_NUMBERS = 90_000
"""From which the windows, doors and lamps of the room are numbered: the suburb has fewer."""
_SHARED = (Thing.WINDOW, Thing.DOOR, Thing.LAMP)
MIDDLE = (0.0, 45.0)
"""Of the place, about which the house is looked for, metres."""
_HALF_TURN = np.pi / 2


@dataclass(frozen=True)
class _Frame:
    """Where the room's own axes lie in the place.

    Attributes:
        out: 2, whole numbers: the room's +y.
        origin: 2 metres, the room's (0, 0).
    """

    out: tuple[int, int]
    origin: tuple[float, float]

    def turned(self, local: Floats) -> Floats:
        """Directions, ... x 3."""
        x, y = local[..., 0], local[..., 1]
        out = self.out
        world = [x * out[1] + y * out[0], y * out[1] - x * out[0], local[..., 2]]
        return np.stack(world, axis=-1)

    def placed(self, local: Floats) -> Floats:
        """Points, ... x 3 metres."""
        return np.asarray(self.turned(local) + np.array([*self.origin, 0.0]))

    def local(self, points: Floats) -> Floats:
        """Points of the place (n x 2) in the room's axes."""
        gap, out = points - np.array(self.origin), np.array(self.out, float)
        return np.stack([gap @ np.array([out[1], -out[0]]), gap @ out], axis=-1)

    def span(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Lowest and highest corners (... x 3) of boxes."""
        a, b = self.placed(low), self.placed(high)
        return np.minimum(a, b), np.maximum(a, b)


def lay_out(place: Place) -> Layout:
    """Plan the suburb, the house and the way out. The same place gives the same plan."""
    outside = _outside(place)
    plan = suburb_plan.lay_out(outside)
    lot = _lot(plan, outside)
    frame = _frame(plan.lots, lot)
    kept = np.flatnonzero(~_taken(frame, plan.lots.centre))
    kept = kept[kept != lot]
    lots = Lots(*(getattr(plan.lots, field.name)[kept] for field in fields(Lots)))
    houses = draw_houses(lots, place.seed, STOCKS[place.country])
    inside = room(kind_of(place), place.seed, open_=True).everything()
    placed = replace(inside, corners=frame.placed(inside.corners).astype(np.float32))
    furniture, things = furnish(_numbered(placed, len(lots)))
    return replace(
        plan,
        lots=lots,
        landmarks=(*house_landmarks(houses), *things),
        passage=_passage(frame, kind_of(place), furniture),
        furniture=furniture,
    )


def build(place: Place, life: Life) -> Site:
    """Build all of it."""
    layout, outside = lay_out(place), _outside(place)
    site = suburb.furnish(layout, outside, life)
    passage = layout.passage
    if passage is None:
        raise AssertionError("a passage lays one out")
    frame = _Frame(
        (int(passage.out[0]), int(passage.out[1])),
        _origin(passage.window[:2], passage.out),
    )
    lit = lamps_burn(place, life)
    found = room(kind_of(place), place.seed, lit=lit, open_=True)
    house(found, _skin(place, lit=lit))
    quads = found.everything()
    if not lit:
        quads = replace(quads, emission=np.zeros_like(quads.emission))
    quads = replace(quads, corners=frame.placed(quads.corners).astype(np.float32))
    quads = _numbered(quads, len(layout.lots))
    return replace(
        site,
        layout=layout,
        quads=join([_clear(site.quads, frame), quads]),
        home_lights=gather([site.home_lights, _moved(found.light(), frame)]),
        trees=_thinned(site.trees, frame),
    )


def _numbered(quads: Quads, house: int) -> Quads:
    """The room's quads, as their owners are numbered in a place that has such things of its own."""
    kinds = kinds_of(quads.owner)
    shared = np.isin(kinds, [owner(thing) for thing in _SHARED])
    numbers = np.where(shared, quads.owner + OWN_NUMBERS, quads.owner)
    return quads.owned(np.where(kinds == owner(Thing.HOUSE), owner(Thing.HOUSE, house), numbers))


def _outside(place: Place) -> Place:
    """The suburb alone."""
    said = {"family": place.outside, "room": None, "outside": None}
    return place.model_copy(update=said)


def _lot(plan: Layout, place: Place) -> int:
    """The lot near the middle that stands squarest to the axes, with no lamp in its way."""
    lots = plan.lots
    if len(lots) == 0:
        raise AssertionError("a suburb has lots")
    off = (lots.angle + _HALF_TURN / 2) % _HALF_TURN - _HALF_TURN / 2
    far = np.linalg.norm(lots.centre - MIDDLE, axis=1)
    lamps = place_lamps(plan, place.seed, CUSTOMS[place.country].lamps).head[:, :2]
    costs = np.degrees(np.abs(off)) + 0.1 * far
    for k in np.argsort(costs, kind="stable"):
        frame = _frame(lots, int(k))
        ahead = np.array(frame.placed(np.array([_window_x(), FRONT + REACH, 0.0]))[:2])
        spots = frame.local(lamps)
        free = np.abs(spots[:, 0] - _window_x()) > LAMP_ROOM
        free |= (spots[:, 1] < FRONT) | (spots[:, 1] > FRONT + REACH)
        if free.all() and plan.bounds.inside(ahead[None], 2.0)[0]:
            return int(k)
    return int(np.argmin(costs))


def _frame(lots: Lots, lot: int) -> _Frame:
    """The room's axes where its house stands on a lot, the front where the lot's house has it."""
    front = lots.angle[lot] - _HALF_TURN
    quarter = round(front / _HALF_TURN)
    out = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter % 4]
    middle = np.array([(LOW[0] + EAST) / 2, (LOW[1] + FRONT) / 2 + 1.0, 0.0])
    shift = lots.centre[lot] - _Frame(out, (0.0, 0.0)).placed(middle)[:2]
    return _Frame(out, (float(shift[0]), float(shift[1])))


def _origin(window: tuple[float, ...], out: tuple[float, float]) -> tuple[float, float]:
    """Where (0, 0) of the room's axes lies, from the middle of its window."""
    local = np.array([_window_x(), ROOM[1][1], 0.0])
    turned = _Frame((int(out[0]), int(out[1])), (0.0, 0.0)).placed(local)
    return float(window[0] - turned[0]), float(window[1] - turned[1])


def _window_x() -> float:
    return sum(WINDOW[0]) / 2


def _passage(frame: _Frame, kind: Kind, furniture: Furniture) -> Passage:
    (x0, y0), (x1, y1) = ROOM
    (a, b), (sill, lintel) = WINDOW
    low, high = frame.span(np.array([x0, y0, FLOOR]), np.array([x1, y1, ROOM_HEIGHT]))
    panes = [frame.span(*(np.array(corner) for corner in pane)) for pane in windows_of(kind)]
    middle = frame.placed(np.array([_window_x(), y1, (sill + lintel) / 2]))
    return Passage(
        room=Indoors(
            _three(low), _three(high), windows=tuple((_three(p), _three(q)) for p, q in panes)
        ),
        window=_three(middle),
        out=(float(frame.out[0]), float(frame.out[1])),
        half=((b - a) / 2 - CURTAIN, (lintel - sill) / 2),
        depth=WALL,
        inside=y1 - START,
        solids=np.stack([furniture.low, furniture.high], axis=1),
    )


def _three(values: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


def _taken(frame: _Frame, points: Floats) -> Flags:
    """True for n x 2 points on the ground that the house takes, with a yard about it."""
    x, y = frame.local(points).T
    yard = (x > LOW[0] - 9) & (x < EAST + 9) & (y > LOW[1] - 8) & (y < FRONT + 6)
    return np.asarray(yard)


def _on_the_way(frame: _Frame, points: Floats, aside: float) -> Flags:
    """True for n x 2 points before the window."""
    x, y = frame.local(points).T
    ahead = (y > FRONT - 1) & (y < FRONT + REACH)
    return np.asarray(ahead & (np.abs(x - _window_x()) < aside))


def _in_the_house(frame: _Frame, points: Floats, margin: float) -> Flags:
    x, y = frame.local(points).T
    wide = (x > LOW[0] - margin) & (x < EAST + margin)
    return np.asarray(wide & (y > LOW[1] - margin) & (y < FRONT + margin))


def _clear(quads: Quads, frame: _Frame) -> Quads:
    """Without fences, sheds and parked cars that reach into the house or stand on its lawn."""
    kinds = (Thing.FENCE, Thing.SHED, Thing.CAR)
    middle = quads.corners[..., :2].mean(axis=1).astype(float)
    near = _in_the_house(frame, middle, 1.0) | _on_the_way(frame, middle, 2.5)
    whose = np.unique(quads.owner[near])
    whose = whose[np.isin(kinds_of(whose), [owner(kind) for kind in kinds])]
    return quads.take(~np.isin(quads.owner, whose))


def _thinned(trees: Trees, frame: _Frame) -> Trees:
    """Without those in the house or where the camera goes."""
    gone = _in_the_house(frame, trees.position, 3.0) | _on_the_way(frame, trees.position, ASIDE)
    keep: Ints = np.flatnonzero(~gone)
    return Trees(*(getattr(trees, field.name)[keep] for field in fields(Trees)))


def _moved(lights: Lights, frame: _Frame) -> Lights:
    placed = frame.placed(lights.position).astype(np.float32)
    return replace(lights, position=placed, axis=frame.turned(lights.axis).astype(np.float32))


def _skin(place: Place, *, lit: bool) -> Skin:
    """What the house wears: as its neighbours."""
    stock, chance = STOCKS[place.country], stream(place.seed, "the room's house")
    wall = stock.walls[chance.integers(len(stock.walls))] * float(chance.uniform(0.8, 1.1))
    shingle = stock.shingles[chance.integers(len(stock.shingles))]
    pitch = float(chance.uniform(*stock.pitch))
    return Skin(_three(wall), _three(shingle), pitch, 0.86, lit)
