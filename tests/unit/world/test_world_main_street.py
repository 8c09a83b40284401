from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from generique.model.errors import NotCapable
from generique.testing.scenes import shot_of
from generique.world.kit.outline import holds, inset
from generique.world.mesh import Surface
from generique.world.places.grammars import build, lay_out
from generique.world.places.main_street.plan import FRONT, HALF, TOWER_HEIGHT, TownPlan, plan_town
from generique.world.places.main_street.row import row_quads
from generique.world.places.main_street.street import bays
from generique.world.scene import (
    Country,
    Family,
    Life,
    Place,
    SceneDocument,
    Season,
)
from generique.world.site import Site
from generique.world.staging import stage

PLACE = Place(family=Family.MAIN_STREET, country=Country.CANADA, seed=7, extent=300)
LARGE = PLACE.model_copy(update={"extent": 700.0})


@pytest.fixture(scope="module")
def town() -> Site:
    return build(PLACE, Life())


@pytest.fixture(scope="module")
def plan() -> TownPlan:
    return plan_town(LARGE)


def test_the_same_town_is_built_the_same_way(town: Site) -> None:
    again = build(PLACE, Life())
    assert again.quads.corners.tobytes() == town.quads.corners.tobytes()
    assert again.quads.emission.tobytes() == town.quads.emission.tobytes()
    assert again.trees.position.tobytes() == town.trees.position.tobytes()
    other = plan_town(PLACE.model_copy(update={"seed": 8}))
    assert [shop.height for shop in other.shops] != [shop.height for shop in plan_town(PLACE).shops]


def test_who_is_open_moves_nothing(town: Site) -> None:
    dark = build(PLACE, Life(lit_windows=0, lamps=False))
    assert dark.ground.drive.tobytes() == town.ground.drive.tobytes()
    assert dark.trees.position.tobytes() == town.trees.position.tobytes()
    shells = [site.quads.corners[site.quads.surface != Surface.GLASS] for site in (town, dark)]
    assert shells[0].tobytes() == shells[1].tobytes()
    rows = [row_quads(plan_town(PLACE), 7, Life(lit_windows=share))[0] for share in (0.0, 0.8)]
    assert rows[0].corners.tobytes() == rows[1].corners.tobytes()
    glowing = dark.quads.corners[dark.quads.emission.max(axis=1) > 0]
    # Signals go on by themselves; there are two in sight of each other way.
    assert len(glowing) == 4
    assert 5 < glowing[..., 2].min() < glowing[..., 2].max() < 6.3
    assert dark.home_lights.intensity.max(initial=0) == 0


def test_shops_line_the_street_and_keep_off_each_other(plan: TownPlan) -> None:
    assert len(plan.shops) > 40
    for shop in plan.shops:
        assert np.allclose(np.abs(shop.outline[:2, 0]), FRONT)
        assert (np.abs(shop.outline[2:, 0]) > FRONT + 15).all()
    for side in (-1, 1):
        row = sorted(
            (shop.outline[:, 1].min(), shop.outline[:, 1].max())
            for shop in plan.shops
            if shop.outline[0, 0] * side > 0
        )
        for (_, end), (start, _) in pairwise(row):
            assert start > end - 1e-6


def test_houses_stand_behind_the_shops_and_off_the_landmarks(plan: TownPlan) -> None:
    centre = plan.layout.lots.centre
    assert len(centre) > 60
    for shop in plan.shops:
        assert not holds(inset(shop.outline, -8.0), centre).any()
    for spot in (plan.station, plan.diner, plan.church, plan.tower):
        assert np.linalg.norm(centre - spot, axis=1).min() > 18
    street = cKDTree(plan.layout.street_points()).query(centre)[0]
    assert street.min() > 14
    assert (centre[:, 1] < plan.rail - 20).all()


def test_landmarks_stand_off_the_streets_and_each_other(plan: TownPlan) -> None:
    spots = np.array([plan.station, plan.diner, plan.church, plan.tower, *plan.elevators])
    assert np.abs(spots[:, 0]).min() > HALF + 8
    gaps = cKDTree(spots).query(spots, k=2)[0][:, 1]
    assert gaps.min() > 15
    assert (plan.elevators[:, 1] > plan.rail + 6).all()
    assert plan.layout.bounds.inside(spots, 5).all()
    for shop in plan.shops:
        assert not holds(inset(shop.outline, -6.0), spots).any()


def test_cars_in_the_bays_leave_the_lanes_free(plan: TownPlan) -> None:
    foot, side = bays(plan)
    assert len(foot) > 60
    assert np.allclose(foot[:, 0], side * HALF)
    assert np.abs(foot[:, 1, None] - plan.rows).min() > 10


def test_no_tree_stands_on_a_street_or_in_a_shop(town: Site) -> None:
    small = plan_town(PLACE)
    bounds, road = town.ground.bounds, town.ground.road
    spot = town.trees.position - np.array([bounds.x0, bounds.y0])
    cell = np.minimum((spot / town.ground.texel).astype(int), len(road) - 1)
    assert road[cell[:, 1], cell[:, 0]].max() < 60
    for shop in small.shops:
        assert not holds(shop.outline, town.trees.position).any()


def test_nothing_floats(town: Site) -> None:
    low = town.quads.corners[:, :, 2].min()
    assert -0.01 < low < 0.05
    assert town.quads.corners[:, :, 2].max() < TOWER_HEIGHT + 1


def scene(place: Place, **camera: Any) -> SceneDocument:
    settings = {"altitude": 3, "pitch": 1, "speed": 1.4} | camera
    return shot_of(place, Season.AUTUMN, **settings)


def test_a_camera_may_drive_the_street_and_fly_over_it(plan: TownPlan) -> None:
    stage(scene(LARGE), plan.layout)
    stage(scene(LARGE, altitude=40, pitch=13, speed=4.6), plan.layout)
    roofs = plan.layout.roofs
    assert roofs is not None
    assert roofs.at(plan.tower[None])[0] == pytest.approx(TOWER_HEIGHT)
    assert roofs.at(np.array([[0.0, 40.0]]), 6.0)[0] == 0


def test_countries_without_such_streets_are_refused() -> None:
    with pytest.raises(NotCapable, match="main-street in japan"):
        lay_out(PLACE.model_copy(update={"country": Country.JAPAN}))
