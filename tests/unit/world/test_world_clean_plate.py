from __future__ import annotations

import cv2
import numpy as np
import pytest

from generique.model.errors import UnreadableInput
from generique.world.arrays import Floats
from generique.world.plates.clean_plate import difference_key, still
from generique.world.plates.extension import held, joined
from generique.world.plates.keying import Key
from generique.world.plates.matching import LEVELS, grained, linear, shown

HEIGHT, WIDTH = 180, 320
GRAIN = (0.006,) * len(LEVELS)


def room() -> Floats:
    """A wall of many colours, linear light."""
    chance = np.random.default_rng(3)
    wall = cv2.resize(chance.uniform(0.15, 0.6, (6, 10, 3)).astype(np.float32), (WIDTH, HEIGHT))
    return np.asarray(wall * (0.8 + 0.4 * (np.arange(WIDTH) % 40 < 20)[None, :, None]), np.float32)


def scene(x: int = 160, seed: int = 1) -> tuple[Floats, Floats, Floats]:
    """Somebody dark before the wall: the picture, linear light; the matte; the colour."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    solid = (((across - x) / 28) ** 2 + ((down - 100) / 60) ** 2 < 1).astype(np.float32)
    matte = cv2.GaussianBlur(solid, (0, 0), 1.2)
    colour = np.full((HEIGHT, WIDTH, 3), (0.06, 0.03, 0.02), np.float32)
    light = matte[..., None] * colour + (1 - matte)[..., None] * room()
    return linear(grained(shown(light), GRAIN, 0.6, seed)), matte, colour


def error_over(key: Key, matte: Floats, colour: Floats, back: Floats) -> float:
    """How far a composite is off at the edge."""
    edge = (matte > 0.05) & (matte < 0.95)
    true = matte[..., None] * colour + (1 - matte)[..., None] * back
    made = key.foreground + (1 - key.matte)[..., None] * back
    return float(np.abs(shown(made) - shown(true))[edge].mean())


def test_what_moves_is_no_part_of_a_clean_plate() -> None:
    views = [scene(160 if k < 9 else 40 + 240 * (k % 2), k)[0] for k in range(20)]
    octets = np.stack([np.asarray(shown(view) * 255 + 0.5, np.uint8) for view in views])
    true, found = shown(room()) * 255, still(octets).astype(float)
    assert np.abs(found - true).mean() < 2.5
    # Nearly half of the time somebody is in the middle.
    middle = (slice(80, 120), slice(150, 170))
    assert np.abs(found[middle] - true[middle]).mean() < 6


def test_the_mode_outvotes_somebody_who_wobbles_where_a_median_does_not() -> None:
    chance = np.random.default_rng(1)
    wall = np.full((11, 4, 4, 3), 180) + chance.integers(-1, 2, (11, 4, 4, 3))
    wall[:6] = chance.integers(20, 120, (6, 4, 4, 3))
    octets = wall.astype(np.uint8)
    assert np.abs(still(octets).astype(int) - 180).max() <= 1
    assert np.abs(np.median(octets, axis=0) - 180).max() > 50


def test_what_differs_from_a_clean_plate_is_cut_out() -> None:
    picture, matte, colour = scene()
    key = difference_key(picture, room())
    assert np.abs(key.matte - matte).mean() < 0.01
    assert key.matte[matte < 0.001].max() < 0.1
    assert key.matte[matte > 0.999].mean() > 0.995
    core = matte > 0.999
    assert np.abs(key.foreground - colour)[core].mean() < 0.02
    raw = Key(picture * key.matte[..., None], key.matte)
    for back in (np.float32(0.02), np.float32(0.7)):
        behind = np.full((HEIGHT, WIDTH, 3), back, np.float32)
        assert error_over(key, matte, colour, behind) < 0.06
    dark = np.full((HEIGHT, WIDTH, 3), 0.02, np.float32)
    assert error_over(key, matte, colour, dark) < 0.6 * error_over(raw, matte, colour, dark)


def test_another_view_is_no_clean_plate() -> None:
    picture, _, _ = scene()
    with pytest.raises(UnreadableInput, match="no clean plate"):
        difference_key(picture, np.random.default_rng(2).uniform(0, 1, picture.shape))


def test_a_matte_made_elsewhere_brings_no_background_along() -> None:
    picture, matte, colour = scene()
    raw = Key(picture * matte[..., None], matte)
    for back in (np.float32(0.02), np.float32(0.7)):
        behind = np.full((HEIGHT, WIDTH, 3), back, np.float32)
        mine = error_over(held(picture, matte), matte, colour, behind)
        assert mine < 0.5 * error_over(raw, matte, colour, behind)


def test_two_things_that_were_cut_out_lie_one_before_the_other() -> None:
    half = np.full((2, 2), 0.5, np.float32)
    one = Key(np.full((2, 2, 3), 0.2, np.float32), half)
    other = Key(np.full((2, 2, 3), 0.8, np.float32), np.ones((2, 2), np.float32))
    both = joined(one, other)
    assert np.allclose(both.foreground, 0.2 + 0.5 * 0.8)
    assert np.allclose(both.matte, 1)
