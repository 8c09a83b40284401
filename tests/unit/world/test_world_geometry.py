from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from generique.world.kit.car import BODIES, car_shape, far_shape, lamps_of
from generique.world.kit.train_bodies import KIND_ENGINE
from generique.world.kit.tree import Kind, leafed
from generique.world.kit.tree_shapes import DETAILS, SHADOW, tree_shapes
from generique.world.layout import Layout
from generique.world.lights import Beam
from generique.world.mesh import Finish, Level, Quads, normals, outward, paint, tessellate
from generique.world.owners import NUMBERS, Thing, kind_name, owner, owner_name
from generique.world.places.grammars import build
from generique.world.places.suburb.plan import lay_out
from generique.world.scene import Life, Place, Season
from generique.world.site import Site

PLACE = Place(seed=7, extent=300)


@pytest.fixture(scope="module")
def suburb() -> Site:
    return build(PLACE, Life())


@pytest.fixture(scope="module")
def layout() -> Layout:
    return lay_out(Place(seed=7, extent=1024))


def test_the_same_place_is_built_the_same_way(suburb: Site) -> None:
    again = build(PLACE, Life())
    assert again.quads.corners.tobytes() == suburb.quads.corners.tobytes()
    assert again.ground.road.tobytes() == suburb.ground.road.tobytes()
    assert again.trees.position.tobytes() == suburb.trees.position.tobytes()
    assert again.home_lights.intensity.tobytes() == suburb.home_lights.intensity.tobytes()


def test_another_seed_is_another_place(suburb: Site) -> None:
    other = lay_out(Place(seed=8, extent=300)).lots.centre
    mine = suburb.layout.lots.centre
    assert other.shape != mine.shape or not np.allclose(other, mine)


def test_who_is_at_home_moves_nothing(suburb: Site) -> None:
    bright = build(PLACE, Life(lit_windows=0.9))
    solid = suburb.quads.emission.max(axis=1) == 0
    assert len(bright.home_lights) > len(suburb.home_lights)
    assert bright.trees.position.tobytes() == suburb.trees.position.tobytes()
    assert bright.ground.drive.tobytes() == suburb.ground.drive.tobytes()
    near = suburb.mesh(Level.SKYLINE), bright.mesh(Level.SKYLINE)
    assert near[0].position.tobytes() == near[1].position.tobytes()
    assert solid.any()


def test_more_light_keeps_the_windows_that_were_lit(suburb: Site) -> None:
    bright = build(PLACE, Life(lit_windows=0.9)).home_lights
    before = suburb.home_lights
    windows = before.position[before.beam == Beam.WINDOW]
    distance, _ = cKDTree(bright.position[bright.beam == Beam.WINDOW]).query(windows)
    assert distance.max() < 1e-6


def test_lamps_that_are_off_do_not_glow() -> None:
    dark = build(PLACE, Life(lamps=False, lit_windows=0))
    assert dark.quads.emission.max() == 0
    assert len(dark.home_lights) == 0


def test_the_main_street_runs_north_through_the_origin(layout: Layout) -> None:
    line = layout.guide
    near = line[np.argmin(np.abs(line[:, 1]))]
    assert abs(near[0]) < 4
    assert np.all(np.diff(line[:, 1]) > 0)
    assert line[0, 1] < layout.bounds.y0
    assert line[-1, 1] > layout.bounds.y0 + layout.bounds.extent


def test_houses_keep_their_distance(layout: Layout) -> None:
    centre = layout.lots.centre
    nearest = cKDTree(centre).query(centre, k=2)[0][:, 1]
    street = cKDTree(layout.street_points()).query(centre)[0]
    assert len(centre) > 900
    assert nearest.min() >= 17
    assert street.min() >= 16
    assert layout.bounds.inside(centre, 10).all()


@given(seed=st.integers(-(2**40), 2**40), extent=st.floats(100, 400))
@settings(max_examples=15, deadline=None)
def test_every_place_has_streets_and_no_house_on_them(seed: int, extent: float) -> None:
    plan = lay_out(Place(seed=seed, extent=extent))
    assert len(plan.streets) >= 3
    if len(plan.lots):
        assert cKDTree(plan.street_points()).query(plan.lots.centre)[0].min() >= 16


def test_trees_stand_off_the_pavements(suburb: Site) -> None:
    bounds, paved = suburb.layout.bounds, suburb.ground.paved()
    spot = suburb.trees.position - np.array([bounds.x0, bounds.y0])
    cell = np.minimum((spot / suburb.ground.texel).astype(int), len(paved) - 1)
    assert len(suburb.trees) > 100
    assert paved[cell[:, 1], cell[:, 0]].max() < 10


def test_lamps_stand_beside_the_street(suburb: Site) -> None:
    foot = cKDTree(suburb.layout.street_points()).query(suburb.lamps.foot[:, :2])[0]
    head = cKDTree(suburb.layout.street_points()).query(suburb.lamps.head[:, :2])[0]
    assert foot.min() > 4.3
    assert (head < foot).all()
    assert np.allclose(suburb.lamp_lights.axis, [0, 0, -1])


def unit_box() -> Quads:
    corners = np.array(
        [
            [(0, 0, 0), (4, 0, 0), (4, 0, 3), (0, 0, 3)],
            [(4, 2, 0), (0, 2, 0), (0, 2, 3), (4, 2, 3)],
            [(0, 0, 3), (4, 0, 3), (4, 2, 3), (0, 2, 3)],
        ],
        float,
    )
    return paint(corners, Finish((0.5, 0.5, 0.5), step=0.7))


def test_outward_turns_what_looks_in() -> None:
    quads = unit_box().corners
    centre = np.array([2, 1, 1.5])
    away = quads.mean(axis=1) - centre
    for corners in (quads, quads[:, ::-1]):
        facing = normals(outward(corners, centre))
        assert (np.sum(facing * away, axis=1) > 0).all()


@given(step=st.floats(0.3, 5), coarser=st.floats(1, 3))
@settings(max_examples=20, deadline=None)
def test_splitting_keeps_the_area(step: float, coarser: float) -> None:
    quads = paint(unit_box().corners, Finish((0.5, 0.5, 0.5), step=step))
    mesh = tessellate(quads, coarser)
    triangles = mesh.position[mesh.faces].astype(float)
    cross = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    assert np.linalg.norm(cross, axis=1).sum() / 2 == pytest.approx(12 + 12 + 8, rel=1e-5)
    assert np.allclose(np.linalg.norm(mesh.normal, axis=1), 1, atol=1e-5)


def test_splitting_makes_edges_short() -> None:
    mesh = tessellate(unit_box())
    triangles = mesh.position[mesh.faces]
    sides = np.linalg.norm(triangles - np.roll(triangles, 1, axis=1), axis=2)
    assert sides.max() <= 0.7 * 2**0.5 + 1e-5


def test_splitting_nothing_gives_nothing() -> None:
    mesh = tessellate(unit_box().take(np.zeros(3, bool)))
    assert len(mesh.position) == 0
    assert len(mesh.faces) == 0


def test_distant_things_are_simpler(suburb: Site) -> None:
    near, far, skyline = (suburb.mesh(level) for level in (Level.NEAR, Level.FAR, Level.SKYLINE))
    assert len(near.faces) > 3 * len(far.faces) > 3 * len(skyline.faces)
    assert far.position[:, 2].max() == pytest.approx(near.position[:, 2].max(), abs=0.5)


_LENGTHS = (
    *((4.4, 4.9), (4.4, 4.9), (5.2, 5.6), (3.9, 4.3), (5.5, 6.0), (15.5, 16.5), (11.8, 12.3)),
    *((17.0, 18.0), (19.5, 20.5), (14.2, 15.0)),
)
_HEIGHTS = (
    *((1.4, 1.6), (1.6, 1.9), (1.7, 1.9), (1.4, 1.6), (2.3, 2.7), (3.7, 4.0), (2.9, 3.3)),
    *((4.1, 4.4), (3.6, 3.9), (3.8, 4.1)),
)


@pytest.mark.parametrize("kind", range(len(BODIES)))
def test_vehicles_have_the_measures_of_vehicles(kind: int) -> None:
    shape = car_shape(kind)
    points = shape.corners.reshape(-1, 3)
    size = np.ptp(points, axis=0)
    assert _LENGTHS[kind][0] < size[0] < _LENGTHS[kind][1]
    assert 1.8 < size[1] < 3.0
    assert _HEIGHTS[kind][0] < size[2] < _HEIGHTS[kind][1]
    assert points[:, 2].min() == pytest.approx(0, abs=0.03)
    assert len(shape.corners) <= (310 if kind < KIND_ENGINE else 460)  # trains are few
    assert np.allclose(np.linalg.norm(shape.normal, axis=2), 1, atol=0.01)


@pytest.mark.parametrize("kind", range(len(BODIES)))
def test_a_distant_vehicle_is_as_large_and_much_simpler(kind: int) -> None:
    near, far = car_shape(kind), far_shape(kind)
    assert len(far.corners) <= 15
    sizes = [np.ptp(shape.corners.reshape(-1, 3), axis=0) for shape in (near, far)]
    assert sizes[1] == pytest.approx(sizes[0], abs=0.75)


@pytest.mark.parametrize("kind", range(len(BODIES)))
def test_lamps_sit_at_both_ends_of_a_vehicle(kind: int) -> None:
    heads, tails = lamps_of(kind)
    front, back = BODIES[kind].ends
    assert (heads[:, 0] > front - 0.1).all()
    assert (tails[:, 0] < back + 0.1).all()
    for pair in (heads, tails):
        assert pair[0, 1] == pytest.approx(-pair[1, 1])
        assert (np.abs(pair[:, 1]) < BODIES[kind].width / 2).all()


@pytest.mark.parametrize("season", list(Season))
@pytest.mark.parametrize("kind", list(Kind))
def test_trees_get_coarser_and_stay_one_high(season: Season, kind: Kind) -> None:
    shapes = tree_shapes(season, 1, kind)
    assert len(shapes) == DETAILS + 1
    assert shapes[SHADOW] is shapes[-1]
    counts = [len(shape.faces) for shape in shapes]
    assert counts == sorted(counts, reverse=True)
    for shape in shapes:
        assert shape.position[:, 2].max() == pytest.approx(1)
        assert shape.faces.max() < len(shape.position)


def test_only_winter_is_bare() -> None:
    assert [season for season in Season if not leafed(season)] == [Season.WINTER]


def test_everything_built_belongs_to_something_named(suburb: Site) -> None:
    kinds = {kind_name(int(code)) for code in np.unique(suburb.quads.owner)}
    assert kinds == {"house", "garage", "window", "light", "lamp", "fence", "shed", "car"}
    lots = len(suburb.layout.lots)
    for thing in (Thing.HOUSE, Thing.GARAGE):
        mine = suburb.quads.owner // NUMBERS == thing
        assert np.array_equal(np.unique(suburb.quads.owner[mine] % NUMBERS), np.arange(lots))
    windows = suburb.quads.take(suburb.quads.owner // NUMBERS == Thing.WINDOW)
    home = suburb.layout.lots.centre[windows.owner % NUMBERS]
    away = np.linalg.norm(windows.corners[..., :2].mean(axis=1) - home, axis=1)
    assert away.max() < 13
    lamps = suburb.quads.take(suburb.quads.owner // NUMBERS == Thing.LAMP)
    foot = suburb.lamps.foot[lamps.owner % NUMBERS, :2]
    assert np.linalg.norm(lamps.corners[..., :2].mean(axis=1) - foot, axis=1).max() < 4


def test_owners_go_through_to_the_triangles(suburb: Site) -> None:
    mesh = suburb.mesh(Level.FAR)
    assert set(np.unique(mesh.owner)) <= set(np.unique(suburb.quads.owner))
    assert (mesh.owner[mesh.faces] == mesh.owner[mesh.faces[:, :1]]).all()


def test_a_grammar_that_names_nothing_builds_a_building() -> None:
    quads = unit_box()
    assert {owner_name(int(code)) for code in quads.owner} == {"building"}
    assert quads.owned(owner(Thing.SHED, 4)).owner.tolist() == [4 + Thing.SHED * NUMBERS] * 3
