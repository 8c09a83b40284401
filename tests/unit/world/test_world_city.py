from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from generique.model.errors import NotCapable
from generique.testing.scenes import shot_of
from generique.world.kit.facade import Glazing, Panes, Walls, divide, merge
from generique.world.kit.outline import area, holds, inset, narrowest, rectangle, split
from generique.world.layout import Layout
from generique.world.mesh import Level, Surface
from generique.world.places.city.plan import PAVEMENT, CityPlan, plan_city
from generique.world.places.grammars import build, lay_out
from generique.world.scene import (
    Country,
    Family,
    Life,
    Move,
    Place,
    SceneDocument,
    Season,
)
from generique.world.site import Site
from generique.world.staging import stage

PLACE = Place(family=Family.CITY, country=Country.UNITED_STATES, seed=7, extent=260)


@pytest.fixture(scope="module")
def city() -> Site:
    return build(PLACE, Life())


@pytest.fixture(scope="module")
def plan() -> CityPlan:
    return plan_city(Place(family=Family.CITY, country=Country.CANADA, seed=7, extent=1024))


def scene(place: Place, **camera: Any) -> SceneDocument:
    return shot_of(place, Season.SUMMER, **camera)


def test_the_same_city_is_built_the_same_way(city: Site) -> None:
    again = build(PLACE, Life())
    assert again.quads.corners.tobytes() == city.quads.corners.tobytes()
    assert again.quads.emission.tobytes() == city.quads.emission.tobytes()
    assert again.ground.marks is not None
    assert city.ground.marks is not None
    assert again.ground.marks.tobytes() == city.ground.marks.tobytes()
    assert again.trees.position.tobytes() == city.trees.position.tobytes()


def test_another_seed_is_another_city() -> None:
    one, other = (lay_out(PLACE.model_copy(update={"seed": seed})).lots.centre for seed in (7, 8))
    assert one.shape != other.shape or not np.allclose(one, other)


def test_who_works_late_moves_nothing(city: Site) -> None:
    bright, dark = (build(PLACE, Life(lit_windows=share)) for share in (0.9, 0.0))
    assert bright.quads.corners.tobytes() == city.quads.corners.tobytes()
    assert dark.quads.corners.tobytes() == city.quads.corners.tobytes()
    assert len(bright.home_lights) > len(city.home_lights)
    glass = city.quads.surface == Surface.GLASS
    was, is_ = (site.quads.emission[glass].max(axis=1) > 0 for site in (city, bright))
    assert (is_ | ~was).mean() > 0.999


def test_lit_windows_are_about_as_many_as_asked_for() -> None:
    site = build(PLACE, Life(lit_windows=0.4, lamps=False))
    quads = site.quads
    upper = quads.corners[:, :, 2].min(axis=1) > 8
    panes = upper & (quads.surface == Surface.GLASS) & ((quads.level & Level.NEAR) > 0)
    share = (quads.emission[panes].max(axis=1) > 0).mean()
    assert 0.25 < share < 0.55


def test_nothing_lit_when_all_is_off() -> None:
    site = build(PLACE, Life(lit_windows=0, lamps=False))
    lit = site.quads.emission.max(axis=1) > 0
    # Signals go on by themselves.
    assert site.quads.corners[lit][:, :, 2].max() < 6.5
    assert site.home_lights.intensity.max(initial=0) == 0


def test_buildings_stand_off_the_streets_and_trees_off_the_buildings(plan: CityPlan) -> None:
    points = np.vstack([lot.outline for lot in plan.lots])
    assert len(plan.lots) > 600
    assert plan.layout.bounds.inside(points, 2).all()
    for street in plan.layout.streets:
        gap = cKDTree(street.line).query(points)[0].min()
        assert gap > street.half_width + PAVEMENT - 0.6


def test_no_two_buildings_stand_on_the_same_ground(plan: CityPlan) -> None:
    middle = np.array([lot.outline.mean(axis=0) for lot in plan.lots])
    tree = cKDTree(middle)
    for index, lot in enumerate(plan.lots[::5]):
        near = [k for k in tree.query_ball_point(middle[index * 5], 40) if k != index * 5]
        shrunk = inset(lot.outline, 0.4)
        for other in near:
            assert not holds(shrunk, plan.lots[other].outline).any()


def test_the_skyline_rises_north_of_a_low_foreground(plan: CityPlan) -> None:
    height = np.array([lot.height for lot in plan.lots])
    middle = np.array([lot.outline.mean(axis=0) for lot in plan.lots])
    foreground = (middle[:, 1] < 150) & (np.abs(middle[:, 0]) < 120)
    centre = np.linalg.norm(middle - np.array([0, 430]), axis=1) < 120
    assert height[foreground].max() < 30
    assert np.median(height[centre]) > 2.5 * np.median(height[foreground])
    assert 140 < height.max() < 215


def test_nothing_floats_and_cars_keep_to_the_carriageway(city: Site) -> None:
    low = city.quads.corners[:, :, 2].min()
    assert -0.01 < low < 0.3
    solid = city.quads.surface == Surface.SOLID
    assert solid.any()
    bounds, road = city.ground.bounds, city.ground.road
    feet = city.trees.position - np.array([bounds.x0, bounds.y0])
    cell = np.minimum((feet / city.ground.texel).astype(int), len(road) - 1)
    assert len(city.trees) > 20
    assert road[cell[:, 1], cell[:, 0]].max() < 128


def test_paint_lies_on_the_carriageway_in_the_colours_of_the_country(city: Site) -> None:
    assert city.ground.marks is not None
    assert city.ground.yellow is not None
    assert (city.ground.marks > 100).sum() > 500
    assert (city.ground.yellow > 100).sum() > 50
    assert city.ground.road[city.ground.marks > 0].min() > 200
    japan = build(PLACE.model_copy(update={"country": Country.JAPAN}), Life())
    assert japan.ground.yellow is not None
    assert not japan.ground.yellow.any()
    assert japan.layout.keep_left


def test_countries_without_such_cities_are_refused() -> None:
    with pytest.raises(NotCapable, match="city in russia"):
        lay_out(PLACE.model_copy(update={"country": Country.RUSSIA}))


def test_the_usual_flight_is_accepted_and_one_through_a_tower_is_not(plan: CityPlan) -> None:
    place = Place(family=Family.CITY, country=Country.CANADA, seed=7, extent=1024)
    stage(scene(place), plan.layout)
    stage(scene(place, altitude=40, pitch=12), plan.layout)
    stage(scene(place, altitude=3, pitch=3, speed=1.4), plan.layout)
    tallest = max(plan.lots, key=lambda lot: lot.height)
    assert tallest.height > 100
    with pytest.raises(NotCapable, match="into a building"):
        stage(scene(place, altitude=60, speed=24, pitch=16, move=Move.TRUCK), _walled(plan.layout))


def _walled(layout: Layout) -> Layout:
    """The same place with its highest roofs everywhere but below the start."""
    assert layout.roofs is not None
    height = np.full_like(layout.roofs.height, layout.roofs.height.max())
    return replace(layout, roofs=replace(layout.roofs, height=height))


def test_roofs_are_found_with_their_surroundings(plan: CityPlan) -> None:
    roofs = plan.layout.roofs
    assert roofs is not None
    tallest = max(plan.lots, key=lambda lot: lot.height)
    middle = tallest.outline.mean(axis=0)[None]
    assert roofs.at(middle)[0] >= tallest.height
    beside = middle + np.array([[np.ptp(tallest.outline[:, 0]) / 2 + 3.0, 0.0]])
    assert roofs.at(beside, 8.0)[0] >= tallest.height
    assert roofs.at(np.array([[1e5, 1e5]]), 6.0)[0] == 0


def test_far_panes_shine_as_much_as_the_near_ones() -> None:
    walls = Walls(
        np.array([(0.0, 0.0, 0.0), (40.0, 0.0, 0.0)]),
        np.array([(1.0, 0.0), (0.0, 1.0)]),
        np.array([31.0, 13.0]),
        np.array([40.0, 22.0]),
    )
    two = np.ones(2)
    glazing = Glazing(
        3 * two, 3.5 * two, 4 * two, 0 * two, 0.6 * two, 0.8 * two, 0.6 * two,
        np.full((2, 3), 0.05), np.array([3, 2]),
    )  # fmt: skip
    panes = divide(walls, glazing)
    assert (panes.left > 0).all()
    assert (panes.right < walls.width[panes.wall]).all()
    assert (panes.high < walls.height[panes.wall]).all()
    glow = np.random.default_rng(1).random((len(panes), 3))
    merged, light, _ = merge(panes, glazing, glow)
    assert len(merged) < 0.6 * len(panes)
    near = (glow * panes.area()[:, None]).sum(axis=0)
    far = (light * merged.area()[:, None]).sum(axis=0)
    assert np.allclose(near, far)
    empty, none, _ = merge(Panes(*(v[:0] for v in vars(panes).values())), glazing, glow[:0])
    assert len(empty) == len(none) == 0


def test_outlines_are_cut_without_loss() -> None:
    block = rectangle(0, 0, 60, 40)
    parts = split(block, 0.3)
    assert sum(area(part) for part in parts) == pytest.approx(2400)
    assert area(inset(block, 5)) == pytest.approx(50 * 30)
    assert narrowest(block) == pytest.approx(40)
    assert len(inset(block, 25)) == 0
