"""An interior as arrays, with what is seen through its window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generique.world.arrays import Floats, stream
from generique.world.country import SUBURBAN_LAMPS
from generique.world.ground import plan_ground
from generique.world.kit.members import blocks
from generique.world.kit.street_furniture import Lamps, lamp_lights, lamp_quads
from generique.world.kit.tree import grow
from generique.world.lights import SODIUM, WARM_2700
from generique.world.mesh import Finish, Level, Quads, Surface, join, paint
from generique.world.owners import Thing, owner
from generique.world.places.interior.plan import CORRIDORS, Kind, kind_of, lamps_burn
from generique.world.places.interior.rooms import lay_out, room
from generique.world.scene import Life, Place
from generique.world.site import Site


def build(place: Place, life: Life) -> Site:
    """Build an interior.

    Args:
        place: What stands where.
        life: Whether anything is lit in the room, and whether the street lamp outside burns.
    """
    layout, kind, lit = lay_out(place), kind_of(place), lamps_burn(place, life)
    found = room(kind, place.seed, lit=lit)
    inside = found.everything()
    if not lit:
        inside = replace(inside, emission=np.zeros_like(inside.emission))
    lamps = _street_lamp(kind)
    posts = lamp_quads(lamps, burning=life.lamps)
    # The lamps of the street are numbered after those of the room.
    posts = posts.owned(posts.owner + found.names[Thing.LAMP])
    outside, spots = _outside(place, kind, life)
    return Site(
        layout=layout,
        quads=join([inside, outside, posts]),
        lamps=lamps,
        lamp_lights=lamp_lights(lamps),
        home_lights=found.light(),
        ground=plan_ground(layout, place.seed),
        trees=grow(spots, np.zeros(len(spots)), stream(place.seed, "tree shapes")),
        chimneys=np.zeros((0, 3)),
        smoking=np.zeros(0, bool),
        open=True,
    )


def _street_lamp(kind: Kind) -> Lamps:
    """One lamp in the street outside a room; a corridor has no window."""
    if kind in CORRIDORS:
        return Lamps(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3)))
    foot = np.array([(-6.2, 9.0, 0.0), (9.5, 21.0, 0.0)])
    head = foot + np.array([1.6, 0.0, SUBURBAN_LAMPS.height])
    return Lamps(foot, head, np.tile(np.array(SODIUM), (2, 1)))


def _outside(place: Place, kind: Kind, life: Life) -> tuple[Quads, Floats]:
    """A house across the street with a few lit windows, and trees: quads and where trees stand."""
    nothing = paint(np.zeros((0, 4, 3)), Finish((0.0, 0.0, 0.0)))
    if kind in CORRIDORS:
        return nothing, np.zeros((0, 2))
    chance = stream(place.seed, "outside")
    house = blocks(
        np.array([(-3.0, 30.0, 0.0)]),
        np.array([14.0, 9.0, 5.6]),
        0.0,
        Finish((0.24, 0.22, 0.20), snow=0.9, level=Level.NEAR),
    )
    spots = [(x, z) for x in (-8.0, -4.5, 0.5, 2.6) for z in (1.0, 3.6) if chance.random() < 0.55]
    panes = [
        [(x, 25.45, z), (x + 1.2, 25.45, z), (x + 1.2, 25.45, z + 1.3), (x, 25.45, z + 1.3)]
        for x, z in spots
    ]
    glow = np.array(WARM_2700) * (3.4 if life.lit_windows > 0 else 0.0)
    corners = np.array(panes).reshape(-1, 4, 3)
    lit = paint(
        corners,
        Finish(
            (0.03,) * 3,
            np.tile(glow, (len(corners), 1)),
            surface=Surface.GLASS,
            level=Level.NEAR,
            step=99,
        ),
    )
    trees = np.array(
        [(-6.0, 7.8), (-9.0, 12.0), (1.5, 16.0), (-14.0, 20.0), (6.0, 12.5), (-1.5, 21.5)]
    )
    over_the_way = join([house, lit]).owned(owner(Thing.HOUSE, 1))
    return over_the_way, trees + chance.uniform(-0.8, 0.8, trees.shape)
