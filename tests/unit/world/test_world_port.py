from __future__ import annotations

import numpy as np
import pytest

from generique.world.mesh import Level, normals
from generique.world.places.grammars import build
from generique.world.places.industry.boxes import HIGH, stacks_at
from generique.world.places.industry.plan import WATER, zones_of
from generique.world.scene import Family, Life, Place
from generique.world.site import Site


def place(seed: int = 7, extent: float = 420) -> Place:
    return Place(family=Family.INDUSTRY, seed=seed, extent=extent)


@pytest.fixture(scope="module")
def port() -> Site:
    return build(place(), Life())


def test_the_same_place_is_the_same_port_and_another_seed_another(port: Site) -> None:
    again, other = build(place(), Life()), build(place(8), Life())
    assert np.array_equal(again.quads.corners, port.quads.corners)
    assert np.array_equal(again.quads.albedo, port.quads.albedo)
    assert np.array_equal(again.lamps.head, port.lamps.head)
    assert len(other.quads) != len(port.quads)


def test_the_quay_divides_land_and_water(port: Site) -> None:
    zones = zones_of(port.layout.bounds)
    assert port.layout.water is not None
    y = np.zeros(3)
    land, basin = (
        port.layout.relief.at(np.c_[zones.quay + np.array(x), y])
        for x in ([-90.0, -5.0, 0.0], [1.0, 20.0, 60.0])
    )
    assert (land == 0).all()
    assert (basin < WATER - 2).all()
    edge = port.layout.bounds.x0 + port.layout.bounds.extent
    reach = np.array([[edge - 30.0, 0.0], [edge + 30.0, 0.0]])
    assert np.ptp(port.layout.relief.at(reach)) == pytest.approx(0)


def test_only_a_ship_and_what_hangs_over_it_is_on_the_water(port: Site) -> None:
    zones = zones_of(port.layout.bounds)
    middle = port.quads.corners.mean(axis=1)
    wet = middle[:, 0] > zones.edge + 1.0
    assert wet.any()
    assert middle[wet, 2].min() > WATER - 2.5
    assert port.quads.corners[..., 2].min() > WATER - 2.5
    dry = middle[:, 0] < zones.quay - 3
    assert port.quads.corners[dry, :, 2].min() > -0.02


def test_cranes_stand_on_the_quay_and_reach_over_the_ship(port: Site) -> None:
    zones = zones_of(port.layout.bounds)
    points = port.quads.corners.reshape(-1, 3)
    high = points[points[:, 2] > 55]
    assert len(high)
    assert (np.abs(high[:, 0] - zones.edge) < 70).any()
    tall = points[(points[:, 2] > 38) & (points[:, 2] < 44) & (points[:, 0] > zones.edge + 35)]
    assert len(tall) > 8


def test_containers_lie_on_the_ground_or_on_one_another() -> None:
    spots = np.array([(0.0, 0.0, 0.0), (5.0, 0.0, 0.0), (10.0, 0.0, 0.0)])
    quads = stacks_at(spots, np.array([3, 0, 1]), np.random.default_rng(1))
    assert quads.corners[..., 2].max() == pytest.approx(3 * HIGH, abs=0.05)
    assert quads.corners[..., 2].min() == pytest.approx(0, abs=0.01)
    assert not np.any(np.abs(quads.corners[..., 0] - 5.0) < 1.5)
    lids = normals(quads.corners)[:, 2] > 0.9
    assert lids.sum() == 2


def test_the_way_through_is_free(port: Site) -> None:
    layout = port.layout
    inside = layout.bounds.inside(layout.guide, 4.0)
    guide = layout.guide[inside]
    points = port.quads.corners.reshape(-1, 3)
    points = points[(points[:, 2] > 0.5) & (points[:, 2] < 13)]
    near = np.abs(points[:, 0] - guide[0, 0]) < 2.0
    zones = zones_of(layout.bounds)
    assert not np.any(near & (points[:, 1] < zones.middle - 20))


def test_chimneys_steam_at_their_mouths(port: Site) -> None:
    assert len(port.chimneys) >= 3
    assert port.plume is not None
    assert len(port.plume) == len(port.chimneys)
    assert (port.plume > 2).all()
    assert port.smoking.all()
    points = port.quads.corners.reshape(-1, 3)
    for mouth in port.chimneys:
        reach = np.linalg.norm(points[:, :2] - mouth[:2], axis=1) < 6
        assert points[reach, 2].max() == pytest.approx(mouth[2], abs=1.5)


def test_life_moves_nothing_and_lamps_are_bright_enough_to_count_as_lamps(port: Site) -> None:
    dark = build(place(), Life(lit_windows=0, lamps=False))
    assert np.array_equal(dark.quads.corners, port.quads.corners)
    glows = dark.quads.emission.max(axis=1)
    # The renderer puts out what is above 60 with the lamps; the flare's flame stays.
    assert (glows > 60).sum() > 500
    assert ((glows > 25) & (glows < 60)).sum() == 24


def test_a_port_stays_within_its_means(port: Site) -> None:
    assert len(port.mesh(Level.NEAR).faces) < 300_000
    assert len(port.mesh(Level.SKYLINE).faces) < 20_000
