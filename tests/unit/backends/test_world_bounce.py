from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generique.backends.world.bounce import Bouncer
from generique.backends.world.receivers import receivers_of
from generique.world.arrays import stream
from generique.world.ground import plan_ground
from generique.world.kit.street_furniture import Lamps
from generique.world.kit.tree import grow
from generique.world.layout import NO_LOTS, Indoors, Layout, square
from generique.world.lights import Beam, shine
from generique.world.places.interior.pieces import Set
from generique.world.site import Site

NOBODY = np.zeros((0, 3))


def furnace(albedo: float, *, lid: bool = True) -> Site:
    """A closed cube whose walls all have one albedo."""
    found = Set()
    grey = (albedo, albedo, albedo)
    found.box((0.0, 2.0), (0.0, 2.0), (0.0, 2.0), grey, 0.5)
    # The same six sides, looking inwards.
    found.quads = [replace(part, corners=part.corners[:, ::-1]) for part in found.quads]
    if not lid:
        found.quads.pop(4)
    guide = np.array([(1.0, 0.5), (1.0, 1.5)])
    room = Indoors((0, 0, 0), (2, 2, 2))
    layout = Layout(square(100), (), NO_LOTS, guide=guide, indoors=room)
    dark = shine(NOBODY, NOBODY, np.zeros(3), Beam.BULB)
    return Site(
        layout=layout,
        quads=found.everything(),
        lamps=Lamps(NOBODY, NOBODY, NOBODY),
        lamp_lights=dark,
        home_lights=dark,
        ground=plan_ground(layout, 1),
        trees=grow(np.zeros((0, 2)), np.zeros(0), stream(1, "trees")),
        chimneys=NOBODY,
        smoking=np.zeros(0, bool),
    )


@pytest.mark.parametrize("albedo", [0.0, 0.3, 0.7])
def test_a_closed_furnace_gains_the_sum_of_its_bounces(albedo: float) -> None:
    """Where all walls have light 1, each bounce adds the albedo to its power."""
    site = furnace(albedo)
    near = receivers_of(site).near
    light = np.ones((len(near.position), 3), np.float32)
    Bouncer(site, near).add(light)
    expected = sum(albedo**k for k in range(6))
    assert light.mean() == pytest.approx(expected, rel=0.01)


def test_light_leaves_by_an_opening() -> None:
    closed, opened = furnace(0.6), furnace(0.6, lid=False)
    means = []
    for site in (closed, opened):
        near = receivers_of(site).near
        light = np.ones((len(near.position), 3), np.float32)
        Bouncer(site, near).add(light)
        means.append(light.mean())
    assert means[1] < means[0] - 0.2


def test_shares_of_the_sky_bounce_grey() -> None:
    site = furnace(0.5)
    near = receivers_of(site).near
    share = np.full(len(near.position), 0.1, np.float32)
    Bouncer(site, near).add(share, grey=True)
    assert share.mean() == pytest.approx(0.1 * sum(0.5**k for k in range(6)), rel=0.02)
