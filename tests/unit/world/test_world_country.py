from __future__ import annotations

import numpy as np
import pytest

from generique.world.country import CUSTOMS, LampManner
from generique.world.kit.street_furniture import KERB_HEIGHT, kerb_quads, place_lamps
from generique.world.kit.tree import Kind
from generique.world.mesh import Finish, Level, detail, join, paint, plain_beyond
from generique.world.places.grammars import GRAMMARS, build, lay_out
from generique.world.scene import Country, Family, Life, Place


def test_every_country_has_customs() -> None:
    assert set(CUSTOMS) == set(Country)
    left = {country for country, customs in CUSTOMS.items() if customs.keep_left}
    assert left == {Country.UNITED_KINGDOM, Country.JAPAN}


def test_streets_of_houses_are_driven_on_the_side_of_their_country() -> None:
    for family in (Family.SUBURB, Family.TERRACES, Family.BLOCKS):
        for country in GRAMMARS[family].countries:
            layout = lay_out(Place(family=family, country=country, seed=3, extent=200))
            assert layout.keep_left == CUSTOMS[country].keep_left
            assert len(layout.guide) > 2


def test_lamps_stand_as_a_country_has_them() -> None:
    layout = lay_out(Place(seed=7, extent=300))
    near = place_lamps(layout, 7, LampManner(5.5, (25.0, 30.0), 0.5, 0.4, 0.3, 0.5))
    wide = place_lamps(layout, 7)
    assert len(near) > 1.2 * len(wide)
    assert np.allclose(near.head[:, 2], 5.5)
    assert np.allclose(wide.head[:, 2], 8.2)
    assert near.colour.mean() < 0.75 * wide.colour.mean()


def test_kerbs_follow_the_carriageway_and_leave_junctions_free() -> None:
    layout = lay_out(Place(seed=7, extent=300))
    quads = kerb_quads(layout, CUSTOMS[Country.UNITED_KINGDOM].town_kerb)
    assert 0 <= quads.corners[..., 2].min() < quads.corners[..., 2].max() <= KERB_HEIGHT + 1e-6
    points = layout.street_points()
    middle = quads.corners.mean(axis=1)[:, :2]
    gap = np.sqrt(((middle[:, None] - points[None]) ** 2).sum(axis=2)).min(axis=1)
    assert gap.min() > 4.0
    assert gap.max() < 6.0


def test_plain_land_far_from_the_way_keeps_one_surface_of_two() -> None:
    here = np.array([[(0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)]], float)
    away = here + np.array([500.0, 0, 0])
    looks = Finish((0.5, 0.5, 0.5), level=Level.NEAR), Finish((0.5, 0.5, 0.5), level=Level.FAR)
    quads = join([paint(where, look) for where in (here, away) for look in looks])
    kept = plain_beyond(quads, np.array([[0.0, 0.0], [0.0, 50.0]]), 100.0)
    far = kept.corners[:, 0, 0] > 100
    assert list(kept.level[~far]) == [Level.NEAR, Level.FAR]
    assert list(kept.level[far]) == [Level.ALWAYS]
    assert kept.step[far][0] > 2 * kept.step[~far][0]
    assert detail((0.1, 0.1, 0.1)).level == Level.NEAR


@pytest.mark.parametrize("seed", [3, 11])
def test_american_lots_are_wider_and_have_fewer_conifers(seed: int) -> None:
    places = [
        Place(family=Family.SUBURB, country=country, seed=seed, extent=300)
        for country in (Country.CANADA, Country.UNITED_STATES)
    ]
    canada, states = (build(place, Life()) for place in places)
    assert len(states.layout.lots) < 0.85 * len(canada.layout.lots)
    share = [(site.trees.kind == Kind.CONIFER).mean() for site in (canada, states)]
    assert share[1] < 0.65 * share[0]
