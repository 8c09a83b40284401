from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from generique.model.errors import NotCapable
from generique.world.lights import Beam
from generique.world.mesh import Level, Surface
from generique.world.places.grammars import build, lay_out
from generique.world.places.terraces.landmarks import viaduct
from generique.world.places.terraces.plan import LANE_HALF, Plan, plan
from generique.world.scene import Country, Family, Life, Place
from generique.world.site import Site
from generique.world.traffic import drivers

UK = Place(family=Family.TERRACES, country=Country.UNITED_KINGDOM, seed=7, extent=240)
FRANCE = Place(family=Family.TERRACES, country=Country.FRANCE, seed=7, extent=240)


@pytest.fixture(scope="module", params=[UK, FRANCE], ids=["uk", "france"])
def street(request: pytest.FixtureRequest) -> tuple[Place, Plan, Site]:
    place: Place = request.param
    return place, plan(place), build(place, Life())


def test_the_same_terraces_are_built_the_same_way(street: tuple[Place, Plan, Site]) -> None:
    place, _, site = street
    again = build(place, Life())
    assert again.quads.corners.tobytes() == site.quads.corners.tobytes()
    assert again.quads.emission.tobytes() == site.quads.emission.tobytes()
    assert again.ground.drive.tobytes() == site.ground.drive.tobytes()
    other = lay_out(place.model_copy(update={"seed": 8})).lots.centre
    mine = site.layout.lots.centre
    assert other.shape != mine.shape or not np.allclose(other, mine)


def test_houses_stand_wall_to_wall_in_their_rows(street: tuple[Place, Plan, Site]) -> None:
    _, found, _ = street
    lots, rows = found.layout.lots, found.rows
    along = np.stack([np.cos(lots.angle), np.sin(lots.angle)], axis=-1) * rows.width[:, None] / 2
    right, left = lots.centre + along, lots.centre - along
    gap = cKDTree(left).query(right[~rows.last])[0]
    assert len(lots) > 60
    assert (~rows.last).mean() > 0.8
    assert np.quantile(gap, 0.98) < 0.45


def test_no_house_stands_on_a_street_or_in_another(street: tuple[Place, Plan, Site]) -> None:
    _, found, _ = street
    lots = found.layout.lots
    away = cKDTree(found.layout.street_points()).query(lots.centre)[0]
    assert away.min() > LANE_HALF + 4
    assert cKDTree(lots.centre).query(lots.centre, k=2)[0][:, 1].min() > 3.5
    assert found.layout.bounds.inside(lots.centre, 7).all()


def test_fronts_look_to_their_street(street: tuple[Place, Plan, Site]) -> None:
    _, found, _ = street
    lots = found.layout.lots
    tree = cKDTree(found.layout.street_points())
    back = np.stack([-np.sin(lots.angle), np.cos(lots.angle)], axis=-1)
    assert (
        tree.query(lots.centre - 3 * back)[0] < tree.query(lots.centre + 3 * back)[0]
    ).mean() > 0.97


def test_nothing_hangs_in_the_air_or_lies_in_the_ground(street: tuple[Place, Plan, Site]) -> None:
    _, _, site = street
    height = site.quads.corners[..., 2]
    assert height.min() > -0.7
    assert height.max() < 40
    solid = site.quads.take(site.quads.surface == Surface.SOLID)
    spot = solid.corners.mean(axis=1)[:, :2]
    foot = spot[solid.corners[..., 2].min(axis=1) < 0.4]
    high = spot[solid.corners[..., 2].min(axis=1) > 3.0]
    assert np.quantile(cKDTree(foot).query(high)[0], 0.999) < 12


def test_parked_cars_leave_the_middle_of_the_street_free(street: tuple[Place, Plan, Site]) -> None:
    place, found, site = street
    low = site.quads.corners[..., 2].max(axis=1) < 1.8
    spot = site.quads.corners[low].reshape(-1, 4, 3).mean(axis=1)[:, :2]
    guide = found.layout.guide
    near = (guide[:, 1] > -30) & (guide[:, 1] < 0.5 * place.extent)
    assert cKDTree(spot).query(guide[near])[0].min() > 2.2


def test_who_is_at_home_in_a_terrace_moves_nothing(street: tuple[Place, Plan, Site]) -> None:
    place, _, site = street
    bright = build(place, Life(lit_windows=0.9))
    meshes = site.mesh(Level.SKYLINE), bright.mesh(Level.SKYLINE)
    assert meshes[0].position.tobytes() == meshes[1].position.tobytes()
    before = site.home_lights.position[site.home_lights.beam == Beam.WINDOW]
    after = bright.home_lights.position[bright.home_lights.beam == Beam.WINDOW]
    assert len(after) > 1.5 * len(before)
    assert cKDTree(after).query(before)[0].max() < 1e-5
    dark = build(place, Life(lamps=False, lit_windows=0))
    assert dark.quads.emission.max() == 0
    assert len(dark.home_lights) == 0


def test_the_railway_leaves_every_street_free() -> None:
    found = plan(UK)
    assert found.railway is not None
    works = viaduct(found, UK.seed, 0.4)
    solid = works.take(works.surface == Surface.SOLID)
    crossed = 0
    for street in found.layout.streets:
        crossing = np.flatnonzero(np.diff(street.line[:, 1] > found.railway))
        for k in crossing:
            spot = street.line[k]
            if not found.layout.bounds.inside(spot[None], 14)[0]:
                continue
            gap = np.abs(solid.corners[..., :2] - spot).max(axis=2).min(axis=1)
            under = (gap < 3.0) & (solid.corners[..., 2].min(axis=1) < 3.5)
            crossed += 1
            assert not under.any()
    assert crossed >= 3
    assert plan(FRANCE).railway is None


def test_cars_keep_left_in_the_united_kingdom_and_right_in_france() -> None:
    for place, side in ((UK, -1.0), (FRANCE, 1.0)):
        layout = lay_out(place)
        for car in drivers(layout, 1.0, 3):
            x, y, turn = car.pose(1.0)
            k = int(np.argmin(np.linalg.norm(layout.guide - [x, y], axis=1)))
            offset = np.array([x, y]) - layout.guide[k]
            right = np.array([np.sin(turn), -np.cos(turn)])
            assert np.sign(offset @ right) == side


def test_a_terrace_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotCapable, match="japan"):
        lay_out(UK.model_copy(update={"country": Country.JAPAN}))


def test_the_main_street_of_a_terrace_runs_north_through_the_origin() -> None:
    guide = lay_out(UK).guide
    assert np.all(np.diff(guide[:, 1]) > 0)
    assert abs(guide[np.argmin(np.abs(guide[:, 1]))][0]) < 4
