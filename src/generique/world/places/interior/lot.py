"""A room in a house of a suburb: one lot is taken out, and the house of the room set there."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from generique.world.arrays import Flags, Floats, stream
from generique.world.country import CUSTOMS
from generique.world.kit.street_furniture import place_lamps
from generique.world.layout import Layout, Lots
from generique.world.owners import Thing, owner
from generique.world.places.interior.frame import OUTS, Frame
from generique.world.places.interior.house import EAST, FRONT, LOW, Skin, house
from generique.world.places.interior.pieces import RGB, Set
from generique.world.places.interior.plan import lamps_burn
from generique.world.places.interior.standing import (
    ASIDE,
    REACH,
    Standing,
    in_the_house,
    on_the_way,
    trees_but,
    window_x,
    without,
)
from generique.world.places.suburb import build as suburb
from generique.world.places.suburb import plan as suburb_plan
from generique.world.places.suburb.house import draw_houses, house_landmarks
from generique.world.places.suburb.stock import STOCKS
from generique.world.scene import Life, Place
from generique.world.site import Site

LAMP_ROOM = 3.0
MIDDLE = (0.0, 45.0)
"""Of the place, about which the house is looked for, metres."""
_HALF_TURN = np.pi / 2
_TAKEN = (Thing.FENCE, Thing.SHED, Thing.CAR)


def stand_on_a_lot(place: Place, outside: Place) -> Standing:
    """Take a lot of a suburb out and put the house of the room there.

    Args:
        place: The room's.
        outside: The suburb alone.
    """
    plan, middle = suburb_plan.lay_out(outside), window_x(place)
    lot = _lot(plan, outside, middle)
    frame = _frame(plan.lots, lot)
    kept = np.flatnonzero(~_taken(frame, plan.lots.centre))
    kept = kept[kept != lot]
    lots = Lots(*(getattr(plan.lots, field.name)[kept] for field in fields(Lots)))
    houses = draw_houses(lots, place.seed, STOCKS[place.country])

    def build(layout: Layout, life: Life) -> Site:
        site = suburb.furnish(layout, outside, life)
        spots = site.quads.corners[..., :2].mean(axis=1).astype(float)
        near = in_the_house(frame, spots, 1.0) | on_the_way(frame, spots, middle, 2.5)
        trees = site.trees.position
        gone = in_the_house(frame, trees, 3.0) | on_the_way(frame, trees, middle, ASIDE)
        return replace(
            site,
            quads=without(site.quads, near, _TAKEN),
            trees=trees_but(site.trees, gone),
        )

    def shell(found: Set, life: Life) -> None:
        house(found, _skin(place, lit=lamps_burn(place, life)))

    layout = replace(plan, lots=lots, landmarks=house_landmarks(houses))
    return Standing(frame, layout, int(owner(Thing.HOUSE, len(lots))), shell, build)


def _lot(plan: Layout, place: Place, middle: float) -> int:
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
        ahead = np.array(frame.placed(np.array([middle, FRONT + REACH, 0.0]))[:2])
        spots = frame.local(lamps)
        free = np.abs(spots[:, 0] - middle) > LAMP_ROOM
        free |= (spots[:, 1] < FRONT) | (spots[:, 1] > FRONT + REACH)
        if free.all() and plan.bounds.inside(ahead[None], 2.0)[0]:
            return int(k)
    return int(np.argmin(costs))


def _frame(lots: Lots, lot: int) -> Frame:
    """The room's axes where its house stands on a lot, the front where the lot's house has it."""
    front = lots.angle[lot] - _HALF_TURN
    quarter = round(front / _HALF_TURN)
    out = OUTS[quarter % 4]
    middle = np.array([(LOW[0] + EAST) / 2, (LOW[1] + FRONT) / 2 + 1.0, 0.0])
    shift = lots.centre[lot] - Frame(out, (0.0, 0.0)).placed(middle)[:2]
    return Frame(out, (float(shift[0]), float(shift[1])))


def _taken(frame: Frame, points: Floats) -> Flags:
    """True for n x 2 points on the ground that the house takes, with a yard about it."""
    x, y = frame.local(points).T
    yard = (x > LOW[0] - 9) & (x < EAST + 9) & (y > LOW[1] - 8) & (y < FRONT + 6)
    return np.asarray(yard)


def _skin(place: Place, *, lit: bool) -> Skin:
    """What the house wears: as its neighbours."""
    stock, chance = STOCKS[place.country], stream(place.seed, "the room's house")
    wall = stock.walls[chance.integers(len(stock.walls))] * float(chance.uniform(0.8, 1.1))
    shingle = stock.shingles[chance.integers(len(stock.shingles))]
    pitch = float(chance.uniform(*stock.pitch))
    return Skin(_rgb(wall), _rgb(shingle), pitch, 0.86, lit)


def _rgb(values: Floats) -> RGB:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
