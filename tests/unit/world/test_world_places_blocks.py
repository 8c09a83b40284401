from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from generique.model.errors import NotCapable
from generique.world.mesh import Level, Surface
from generique.world.places.blocks.grid import grid_of
from generique.world.places.blocks.plan import FREE, Plan, plan
from generique.world.places.blocks.style import STYLES
from generique.world.places.grammars import build, lay_out
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site

RUSSIA = Place(family=Family.BLOCKS, country=Country.RUSSIA, seed=7, extent=330)
FRANCE = Place(family=Family.BLOCKS, country=Country.FRANCE, seed=7, extent=300)


@pytest.fixture(scope="module", params=[RUSSIA, FRANCE], ids=["russia", "france"])
def estate(request: pytest.FixtureRequest) -> tuple[Place, Plan, Site]:
    place: Place = request.param
    return place, plan(place), build(place, Life())


def inside(found: Plan, points: np.ndarray, margin: float) -> np.ndarray:
    """For every block, whether each point lies within a margin of its walls."""
    lots = found.blocks.lots
    offset = points[None] - lots.centre[:, None]
    cosine, sine = np.cos(lots.angle)[:, None], np.sin(lots.angle)[:, None]
    x = np.abs(cosine * offset[..., 0] + sine * offset[..., 1])
    y = np.abs(cosine * offset[..., 1] - sine * offset[..., 0])
    half, deep = found.blocks.length[:, None] / 2, found.blocks.depth[:, None] / 2
    return np.asarray((x < half + margin) & (y < deep + margin))


def test_the_same_blocks_are_built_the_same_way(estate: tuple[Place, Plan, Site]) -> None:
    place, _, site = estate
    again = build(place, Life())
    assert again.quads.corners.tobytes() == site.quads.corners.tobytes()
    assert again.trees.position.tobytes() == site.trees.position.tobytes()
    other = lay_out(place.model_copy(update={"seed": 8})).lots
    mine = site.layout.lots
    assert other.centre.shape != mine.centre.shape or not np.allclose(other.centre, mine.centre)


def test_blocks_keep_off_streets_and_each_other(estate: tuple[Place, Plan, Site]) -> None:
    _, found, _ = estate
    assert len(found.blocks) >= 4
    assert not inside(found, found.layout.street_points(), 1.5).any()
    corners = found.blocks.outline(0.0).reshape(-1, 2)
    owner = np.repeat(np.arange(len(found.blocks)), 4)
    hits = inside(found, corners, 0.5)
    hits[owner, np.arange(len(corners))] = False
    assert not hits.any()
    assert found.layout.bounds.inside(corners, 1).all()


def test_the_way_of_the_camera_is_free_of_walls_trams_and_trees(
    estate: tuple[Place, Plan, Site],
) -> None:
    place, found, site = estate
    guide = found.layout.guide
    guide = guide[(guide[:, 1] > -40) & (guide[:, 1] < 0.6 * place.extent)]
    corners = site.quads.corners
    above = (corners[..., 2].max(axis=1) > 0.5) & (corners[..., 2].min(axis=1) < 4.0)
    spots = corners[above].reshape(-1, 3)[:, :2]
    room = found.layout.room
    assert cKDTree(spots).query(guide)[0].min() > room
    assert cKDTree(site.trees.position).query(guide)[0].min() > room + 0.5
    main = found.layout.streets[0].line
    assert cKDTree(main).query(found.blocks.outline(0.0).reshape(-1, 2))[0].min() > FREE - 8


def test_trees_grow_on_open_ground(estate: tuple[Place, Plan, Site]) -> None:
    _, found, site = estate
    spot = site.trees.position
    assert len(spot) > 60
    assert not inside(found, spot, 4.0).any()
    bounds, paved = site.layout.bounds, site.ground.paved()
    cell = ((spot - [bounds.x0, bounds.y0]) / site.ground.texel).astype(int)
    cell = np.clip(cell, 0, len(paved) - 1)
    assert paved[cell[:, 1], cell[:, 0]].max() < 10


def test_every_staircase_has_a_door_to_the_ground(estate: tuple[Place, Plan, Site]) -> None:
    place, found, site = estate
    style = STYLES[place.country]
    grid = grid_of(found.blocks, style)
    fronts = {
        (int(b), int(s))
        for b, s, side in zip(grid.block, grid.section, grid.side, strict=True)
        if side == 0
    }
    assert len(fronts) == int(found.blocks.sections.sum())
    bulbs = site.home_lights.position[site.home_lights.position[:, 2] < 4.5]
    assert len(bulbs) >= 0.7 * len(fronts)
    assert found.blocks.height.min() > 12
    assert site.quads.corners[..., 2].min() > -0.7


def test_windows_hang_on_walls(estate: tuple[Place, Plan, Site]) -> None:
    _, found, site = estate
    glass = (site.quads.surface == Surface.GLASS) & (site.quads.corners[..., 2].min(axis=1) > 9.0)
    glass &= (site.quads.level & Level.NEAR) > 0
    spot = site.quads.corners[glass].mean(axis=1)[:, :2]
    lamps = cKDTree(site.lamps.head[:, :2]).query(spot)[0] < 1.0
    works = np.linalg.norm(spot - found.plant, axis=1) < 8.0
    held = np.asarray(inside(found, spot, 1.6).any(axis=0))
    assert held[~lamps & ~works].all()


def test_flats_light_up_one_by_one(estate: tuple[Place, Plan, Site]) -> None:
    place, _, site = estate
    bright = build(place, Life(lit_windows=0.9))
    assert bright.trees.position.tobytes() == site.trees.position.tobytes()
    assert bright.quads.corners.tobytes() == site.quads.corners.tobytes()
    glow = site.quads.emission.max(axis=1) > 0
    more = bright.quads.emission.max(axis=1) > 0
    assert more[glow].all()
    assert more.sum() > 1.3 * glow.sum()


def test_a_larger_estate_holds_the_same_blocks_in_its_middle() -> None:
    large = plan(RUSSIA.model_copy(update={"extent": 512})).blocks.lots.centre
    small = plan(RUSSIA).blocks.lots.centre
    away = np.linalg.norm(small - plan(RUSSIA).plant, axis=1) > 90
    assert away.any()
    assert np.median(cKDTree(large).query(small[away])[0]) < 1e-6


def test_smoke_comes_from_the_heating_plant_alone() -> None:
    site, found = build(RUSSIA, Life()), plan(RUSSIA)
    assert len(site.chimneys) > 20
    assert np.linalg.norm(site.chimneys[:, :2] - found.plant, axis=1).max() < 8
    assert len(build(FRANCE, Life()).chimneys) == 0


def test_blocks_that_nobody_knows_are_refused() -> None:
    with pytest.raises(NotCapable, match="canada"):
        lay_out(RUSSIA.model_copy(update={"country": Country.CANADA}))
