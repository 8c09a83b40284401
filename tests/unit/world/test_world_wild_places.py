"""Forests, farmland, mountains and deserts: what stands where."""

from __future__ import annotations

import numpy as np
import pytest

from generique.model.errors import NotCapable
from generique.world.ground import Cover
from generique.world.kit.tree import Kind
from generique.world.layout import Layout
from generique.world.noise import fractal, ridged, smooth
from generique.world.places.grammars import build, lay_out
from generique.world.places.wild.land import clear_of
from generique.world.places.wild.mountains import SNOW_LINE
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site

EXTENT = 200.0
PLACES = {
    "boreal": (Family.BOREAL_FOREST, Country.NORWAY),
    "broadleaf": (Family.BROADLEAF_FOREST, Country.FRANCE),
    "prairie": (Family.FARMLAND, Country.CANADA),
    "hedges": (Family.FARMLAND, Country.FRANCE),
    "valley": (Family.MOUNTAINS, Country.FRANCE),
    "fjord": (Family.MOUNTAINS, Country.NORWAY),
    "desert": (Family.DESERT, Country.UNITED_STATES),
}
BUILT: dict[str, Site] = {}


def place_of(name: str, seed: int = 7) -> Place:
    family, country = PLACES[name]
    return Place(family=family, country=country, seed=seed, extent=EXTENT)


def site_of(name: str) -> Site:
    if name not in BUILT:
        BUILT[name] = build(place_of(name), Life())
    return BUILT[name]


@pytest.fixture(params=sorted(PLACES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def cover_at(site: Site, points: np.ndarray) -> np.ndarray:
    bounds, sheet = site.layout.bounds, site.ground.cover
    assert sheet is not None
    cell = (points - [bounds.x0, bounds.y0]) / bounds.extent * len(sheet)
    cell = np.clip(cell.astype(int), 0, len(sheet) - 1)
    return np.asarray(sheet[cell[:, 1], cell[:, 0]])


def test_the_same_place_is_built_the_same_way(name: str) -> None:
    first, again = site_of(name), build(place_of(name), Life())
    assert first.quads.corners.tobytes() == again.quads.corners.tobytes()
    assert first.trees.position.tobytes() == again.trees.position.tobytes()
    assert first.ground.cover is not None
    assert again.ground.cover is not None
    assert first.ground.cover.tobytes() == again.ground.cover.tobytes()


def test_who_is_at_home_moves_nothing(name: str) -> None:
    dark = build(place_of(name), Life(lit_windows=0, lamps=False))
    assert dark.quads.corners.tobytes() == site_of(name).quads.corners.tobytes()
    assert dark.trees.position.tobytes() == site_of(name).trees.position.tobytes()
    assert len(dark.home_lights) <= len(site_of(name).home_lights)


def test_another_seed_is_another_place(name: str) -> None:
    mine, other = site_of(name).trees, build(place_of(name, seed=8), Life()).trees
    same = len(mine) == len(other) and np.allclose(mine.position, other.position)
    assert not same


def test_trees_stand_on_dry_ground(name: str) -> None:
    site = site_of(name)
    relief, trees = site.layout.relief, site.trees
    assert np.allclose(trees.foot, relief.at(trees.position), atol=1e-6)
    water = site.layout.water
    if water is not None:
        rooted = trees.kind != Kind.GRASS
        assert trees.foot[rooted].min() > water.level
        assert trees.foot.min() > water.level - 0.3


def test_the_way_is_free(name: str) -> None:
    site = site_of(name)
    tall = site.trees.kind != Kind.GRASS
    gap = clear_of(site.trees.position[tall], site.layout.guide)
    high = site.trees.height[tall] > 2.5
    assert gap.min() > 3.0
    assert gap[high].min() > 5.0
    water = site.layout.water
    if water is not None:
        inside = site.layout.bounds.inside(site.layout.guide, 0)
        assert site.layout.relief.at(site.layout.guide[inside]).min() > water.level + 0.3


def test_the_way_leads_north_through_the_origin(name: str) -> None:
    guide = lay_out(place_of(name)).guide
    assert np.all(np.diff(guide[:, 1]) > 0)
    assert np.abs(np.interp(0, guide[:, 1], guide[:, 0])) < 1.0
    bounds = lay_out(place_of(name)).bounds
    assert guide[0, 1] < bounds.y0
    assert guide[-1, 1] > bounds.y0 + bounds.extent


def test_nothing_floats(name: str) -> None:
    """Every building's lowest corner lies at or below the ground under it."""
    site = site_of(name)
    corners = site.quads.corners.reshape(-1, 3).astype(float)
    inside = site.layout.bounds.inside(corners[:, :2], 0)
    corners = corners[inside]
    above = corners[:, 2] - site.layout.relief.at(corners[:, :2])
    assert above.min() > -4.0
    cell = np.floor(corners[:, :2] / 24).astype(int)
    _, which = np.unique(cell, axis=0, return_inverse=True)
    lowest = np.full(which.max() + 1, np.inf)
    np.minimum.at(lowest, which.ravel(), above)
    # Wires and the tops of tall things reach over squares in which nothing stands.
    assert np.median(lowest) < 0.6


def test_buildings_keep_off_the_road(name: str) -> None:
    site = site_of(name)
    walls = site.quads.corners[(site.quads.surface == 0)].reshape(-1, 3)
    if len(walls) == 0:
        return
    low = walls[:, 2] - site.layout.relief.at(walls[:, :2]) < 2.5
    assert clear_of(walls[low][:, :2], site.layout.guide).min() > 2.6


def test_lamps_light_the_villages_alone() -> None:
    for name in ("hedges", "valley", "fjord"):
        site = site_of(name)
        assert len(site.lamps) >= 2
        gap = clear_of(site.lamps.foot[:, :2], site.layout.guide)
        assert gap.min() > 2.6
        assert gap.max() < 8
        assert np.allclose(site.lamps.foot[:, 2], site.layout.relief.at(site.lamps.foot[:, :2]))
    for name in ("boreal", "desert", "prairie"):
        assert len(site_of(name).lamps) == 0


def test_something_stands_where_a_landmark_is() -> None:
    words = {"boreal": "fire tower", "fjord": "church", "prairie": "barn", "desert": "gas station"}
    for name, said in words.items():
        site = site_of(name)
        mark = site.layout.named(said)[0]
        middle = np.array(mark.middle)
        assert site.layout.bounds.inside(middle[None, :2], 0).all()
        gaps = np.linalg.norm(site.quads.corners.reshape(-1, 3) - middle, axis=1)
        assert (gaps < mark.radius).sum() > 20


def test_an_open_place_goes_on_beyond_its_bounds() -> None:
    for name in ("boreal", "valley", "desert"):
        site = site_of(name)
        assert site.open
        assert site.beyond is not None
        assert not site.layout.bounds.inside(site.beyond.position, 0.5).any()
        assert len(site.beyond) > 1000
    assert not site_of("prairie").open


def test_hills_of_fields_are_mirrored_at_the_edge_without_a_crease() -> None:
    layout = lay_out(place_of("hedges"))
    x1 = layout.bounds.x0 + layout.bounds.extent
    y = np.linspace(layout.bounds.y0 + 30, layout.bounds.y0 + 200, 20)
    inner = np.stack([np.full(20, x1 - 13.0), y], axis=-1)
    outer = np.stack([np.full(20, x1 + 13.0), y], axis=-1)
    assert np.allclose(layout.relief.at(inner), layout.relief.at(outer), atol=0.05)
    assert np.abs(layout.relief.at(np.stack([np.full(20, x1), y], axis=-1))).max() < 0.05


def test_a_boreal_forest_is_of_conifers_and_a_broadleaved_one_is_not() -> None:
    boreal, leafy = site_of("boreal").trees, site_of("broadleaf").trees
    needles = np.isin(boreal.kind, (Kind.CONIFER, Kind.PINE, Kind.LARCH)) & (boreal.height > 4)
    assert needles.sum() > 0.75 * (boreal.height > 4).sum()
    broad = np.isin(leafy.kind, (Kind.DECIDUOUS, Kind.BIRCH)) & (leafy.height > 4)
    assert broad.sum() > 0.85 * (leafy.height > 4).sum()
    assert (boreal.height > 4).sum() / EXTENT**2 > 0.025


def test_the_countries_fields_differ() -> None:
    hedges = (site_of("hedges").trees.kind == Kind.SHRUB).sum()
    assert hedges > 5 * (site_of("prairie").trees.kind == Kind.SHRUB).sum()
    assert (site_of("hedges").trees.kind == Kind.POPLAR).any()
    road = np.stack([np.zeros(40), np.linspace(0, 180, 40)], axis=-1)
    gravel = np.isin(cover_at(site_of("prairie"), road), (Cover.GRAVEL, Cover.DRY_GRAVEL))
    assert gravel.mean() > 0.8
    french = site_of("hedges").layout.guide
    paved = cover_at(site_of("hedges"), french[site_of("hedges").layout.bounds.inside(french, 5)])
    assert (paved == Cover.PAVED).mean() > 0.9


def _heights(layout: Layout, away: float) -> np.ndarray:
    y = np.linspace(-500, 2000, 60)
    points = np.concatenate([np.stack([side * away + 0 * y, y], axis=-1) for side in (-1, 1)])
    return layout.relief.at(points)


def test_mountains_rise_from_a_level_floor() -> None:
    layout = site_of("valley").layout
    floor = layout.relief.at(layout.guide)
    assert np.ptp(floor) < 6.0
    peaks = max(_heights(layout, away).max() for away in (1600, 2000, 2400))
    assert 800 < peaks < 1500
    assert peaks > SNOW_LINE
    # Valleys between the spurs: along a contour of the wall the height goes up and down.
    wall = _heights(layout, 1200)[:60]
    turns = np.diff(np.sign(np.diff(wall)))
    assert (turns != 0).sum() >= 6


def test_a_desert_has_tables_of_rock_and_steep_lees() -> None:
    layout = site_of("desert").layout
    x, y = np.meshgrid(np.arange(-900, 900, 12.0), np.arange(0, 1600, 12.0))
    points = np.stack([x.ravel(), y.ravel()], axis=-1)
    high = layout.relief.at(points)
    assert high.max() > 50
    steep = layout.relief.normals(points)[:, 2]
    assert (steep < 0.6).sum() > 30
    assert np.abs(high[np.abs(points[:, 0]) < 7]).max() < 1.5


def test_noise_is_smooth_pure_and_bounded() -> None:
    points = np.random.default_rng(3).uniform(-5000, 5000, (2000, 2))
    for field in (smooth, fractal, ridged):
        values = field(points, 130.0, 5)
        assert np.array_equal(values, field(points, 130.0, 5))
        assert np.abs(values).max() <= 1.1
        assert not np.allclose(values, field(points, 130.0, 6))
        near = field(points + 0.01, 130.0, 5)
        assert np.abs(near - values).max() < 0.01


def test_a_desert_lies_in_a_country_that_has_one() -> None:
    with pytest.raises(NotCapable):
        lay_out(Place(family=Family.DESERT, country=Country.FRANCE, seed=1, extent=200))
