"""What an operator adds to the reading of the light, from where the camera stands."""

from __future__ import annotations

import numpy as np
import pytest

from generique.world.metering import LOW, OPENED, cover_over, stops_at
from generique.world.places.grammars import build
from generique.world.scene import SceneDocument, Season
from generique.world.words.reading import Brief, read_prompt


def scene_of(prompt: str) -> SceneDocument:
    return read_prompt(prompt, Brief(frames=24, extent=256.0)).scene


def eye(height: float) -> np.ndarray:
    return np.array([0.0, 0.0, height])


@pytest.fixture(scope="module")
def wood() -> SceneDocument:
    return scene_of("broad-leaved forest on a sunny summer afternoon, from 2 m, static")


def test_a_wood_is_exposed_for_its_shade_and_not_from_the_air(wood: SceneDocument) -> None:
    site = build(wood.place, wood.life)
    ground = site.layout.surface_at(np.zeros((1, 2)))[0]
    under, over = (stops_at(eye(ground + height), site, wood) for height in (2.0, 60.0))
    assert LOW < under <= OPENED
    assert over == 0.0
    rising = [stops_at(eye(ground + height), site, wood) for height in np.linspace(2, 60, 59)]
    assert max(abs(np.diff(rising))) < 0.25


def test_bare_trees_let_the_light_through(wood: SceneDocument) -> None:
    site = build(wood.place, wood.life)
    leafy, bare = (
        cover_over(site.trees, season, eye(2.0)) for season in (Season.SUMMER, Season.WINTER)
    )
    assert bare < 0.6 * leafy


@pytest.mark.parametrize(
    ("prompt", "stops"),
    [
        ("residential street in a suburb at night, street level", 0.0),
        ("a living room in the morning", 0.0),
        ("farmland in winter, snow lying, clear day, from 2 m", 0.0),
        ("farmland on a clear summer day, from 2 m", LOW),
    ],
)
def test_night_rooms_and_snow_keep_their_reading(prompt: str, stops: float) -> None:
    scene = scene_of(prompt)
    site = build(scene.place, scene.life)
    ground = site.layout.surface_at(np.zeros((1, 2)))[0]
    assert stops_at(eye(ground + 1.7), site, scene) == pytest.approx(stops, abs=0.12)
