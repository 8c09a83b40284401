"""Lightning: deterministic, rare, and safe to look at."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from generique.model.time import Rate
from generique.world.scene import SceneDocument
from generique.world.sky.storm import Storm
from generique.world.words.reading import Brief, read_prompt


def storm(seed: int, amount: float = 1.0, frames: int = 2880) -> SceneDocument:
    scene = read_prompt("suburb at night, thunderstorm", Brief(seed=seed)).scene
    weather = scene.weather.model_copy(update={"lightning": amount})
    return scene.model_copy(update={"weather": weather, "frames": frames})


@pytest.mark.parametrize("seed", range(12))
def test_never_three_flashes_in_a_second(seed: int) -> None:
    starts = Storm(storm(seed), 0.4).starts
    assert len(starts) > 20
    assert all(later - earlier >= 0.55 for earlier, later in pairwise(starts))
    for start in starts:
        assert sum(start <= other < start + 1.0 for other in starts) < 3


@pytest.mark.parametrize("fps", [24, 25, 60])
def test_a_flash_fades_over_two_to_four_frames(fps: int) -> None:
    scene = storm(3, frames=fps * 60).model_copy(update={"rate": Rate(numerator=fps)})
    sky = Storm(scene, 0.4)
    level = [flash.light if (flash := sky.at((k + 0.2) / fps)) else 0.0 for k in range(fps * 60)]
    lit = np.flatnonzero(level)
    for run in np.split(lit, np.flatnonzero(np.diff(lit) > 1) + 1):
        assert 2 <= len(run) <= 4
        values = [level[k] for k in run]
        assert values == sorted(values, reverse=True)


def test_a_frame_is_lit_evenly() -> None:
    scene = storm(5)
    sky = Storm(scene, 0.4)
    at = sky.starts[0]
    frame = float(scene.rate.seconds(1))
    assert sky.at(at) == sky.at(at + 0.49 * frame)
    assert sky.at(at - 0.01) is None


def test_the_same_scene_has_the_same_storm() -> None:
    assert Storm(storm(4), 1).starts == Storm(storm(4), 1).starts
    assert Storm(storm(4), 1).starts != Storm(storm(5), 1).starts
    assert Storm(storm(4, amount=0.0), 1).starts == ()
    assert len(Storm(storm(4, amount=0.2), 1).starts) < len(Storm(storm(4), 1).starts)


def test_a_short_shot_of_a_storm_shows_a_flash() -> None:
    for seed in range(20):
        assert Storm(storm(seed, frames=48), 1).starts[0] < 1.3


def test_daylight_drowns_a_flash() -> None:
    night, day = (Storm(storm(4), lux) for lux in (0.4, 8000.0))
    at = night.starts[0]
    dark, bright = night.at(at), day.at(at)
    assert dark is not None
    assert bright is not None
    assert bright.light < 0.5 * dark.light
