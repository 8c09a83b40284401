"""What a place gives to a room that is built in it: where it stands, and what stands about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np

from generique.world.arrays import Flags, Floats, Ints
from generique.world.kit.tree import Trees
from generique.world.layout import Layout
from generique.world.mesh import Quads
from generique.world.owners import Thing, kinds_of, owner
from generique.world.places.interior.frame import Frame
from generique.world.places.interior.house import EAST, FRONT, LOW
from generique.world.places.interior.pieces import Set
from generique.world.places.interior.plan import kind_of, opening_of
from generique.world.scene import Life, Place
from generique.world.site import Site

REACH = 48.0
"""Metres before the house that are kept clear for the way."""
ASIDE = 4.0
"""Metres to either side of it without trees."""
OWN_NUMBERS = 90_000
"""From which the windows, doors and lamps of a room are numbered: no place has as many."""

Built: TypeAlias = Callable[[Layout, Life], Site]


@dataclass(frozen=True)
class Standing:
    """A place with room for a room.

    Attributes:
        frame: Where the room stands.
        layout: The plan of the place about it, with its ground fitted.
        whose: Owner of what is built about the room.
        shell: Builds it, in the room's axes, lit as life says.
        build: Builds the place without what is in the way, from the plan with the room's passage.
        back: False where a room of a home has no window at the back.
    """

    frame: Frame
    layout: Layout
    whose: int
    shell: Callable[[Set, Life], None]
    build: Built
    back: bool = True


def window_x(place: Place) -> float:
    """Where the middle of the room's window lies in its own axes, metres."""
    return sum(opening_of(kind_of(place))[0]) / 2


def in_the_house(frame: Frame, points: Floats, margin: float) -> Flags:
    """True for n x 2 points in the house about a room, or within metres of it."""
    x, y = frame.local(points).T
    wide = (x > LOW[0] - margin) & (x < EAST + margin)
    return np.asarray(wide & (y > LOW[1] - margin) & (y < FRONT + margin))


def on_the_way(frame: Frame, points: Floats, middle: float, aside: float) -> Flags:
    """True for n x 2 points before the window.

    Args:
        frame: Of the room.
        points: Metres.
        middle: x of the window in the room's axes.
        aside: Metres to either side.
    """
    x, y = frame.local(points).T
    ahead = (y > FRONT - 1) & (y < FRONT + REACH)
    return np.asarray(ahead & (np.abs(x - middle) < aside))


def without(quads: Quads, near: Flags, kinds: tuple[Thing, ...]) -> Quads:
    """Without things of some kinds of which a part is near."""
    whose = np.unique(quads.owner[near])
    whose = whose[np.isin(kinds_of(whose), [owner(kind) for kind in kinds])]
    return quads.take(~np.isin(quads.owner, whose))


def trees_but(trees: Trees, gone: Flags) -> Trees:
    """Trees without some of them."""
    keep: Ints = np.flatnonzero(~gone)
    return Trees(*(getattr(trees, field.name)[keep] for field in fields(Trees)))
