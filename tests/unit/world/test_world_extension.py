from __future__ import annotations

import cv2
import numpy as np
import pytest

from generique.model.errors import UnreadableInput
from generique.world.arrays import Floats
from generique.world.plates.extension import extend, held, look_of_footage, look_of_plate
from generique.world.plates.keying import pull
from generique.world.plates.matching import LEVELS, Look, grained, linear, match, measure, shown

HEIGHT, WIDTH = 240, 426
GREEN = (0.04, 0.30, 0.08)


def cards(seed: int = 0) -> Floats:
    """Flat cards of many colours, without blur or grain."""
    chance = np.random.default_rng(seed)
    picture = np.full((HEIGHT, WIDTH, 3), 0.45, np.float32)
    for _ in range(60):
        x, y = chance.integers(0, WIDTH), chance.integers(0, HEIGHT)
        w, h = chance.integers(24, 110, 2)
        picture[y : y + h, x : x + w] = chance.uniform(0.04, 0.9, 3)
    return picture


def footage() -> tuple[Floats, Floats, Floats]:
    """Somebody before an unevenly lit screen: the picture as shown, the matte, the foreground."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    solid = (((x - 213) / 60) ** 2 + ((y - 150) / 100) ** 2 < 1).astype(np.float32)
    matte = cv2.GaussianBlur(solid, (0, 0), 1.2)
    colour = np.empty((HEIGHT, WIDTH, 3), np.float32)
    colour[:] = (0.35, 0.22, 0.16)
    colour[y > 180] = (0.05, 0.06, 0.12)
    screen = np.array(GREEN, np.float32) * (0.6 + 0.6 * x / WIDTH)[..., None]
    light = matte[..., None] * colour + (1 - matte)[..., None] * screen
    flat = (0.012,) * len(LEVELS)
    return grained(shown(light), flat, 0.6, 4), matte, colour


def test_a_key_finds_what_stands_before_the_screen() -> None:
    picture, matte, colour = footage()
    key = pull(linear(picture), GREEN)
    assert np.abs(key.matte - matte).mean() < 0.01
    edge = (matte > 0.05) & (matte < 0.95)
    assert np.abs(key.matte - matte)[edge].mean() < 0.12
    assert key.matte[matte > 0.999].mean() > 0.999
    assert key.matte[matte < 0.001].mean() < 0.01
    core = matte > 0.999
    assert np.abs(key.foreground - colour)[core].mean() < 0.02


def test_no_green_is_left_at_the_edge() -> None:
    picture, matte, _ = footage()
    key = pull(linear(picture), GREEN)
    edge = (matte > 0.05) & (matte < 0.95)
    green = key.foreground[..., 1] - key.foreground[..., [0, 2]].max(axis=2)
    assert green[edge].max() <= 1e-6
    assert (linear(picture)[edge][:, 1] - linear(picture)[edge][:, 0]).max() > 0.1


def test_a_blue_screen_is_a_screen_too() -> None:
    picture, matte, _ = footage()
    turned = np.ascontiguousarray(picture[..., [0, 2, 1]])
    key = pull(linear(turned), (0.04, 0.08, 0.30))
    # The blue of the coat stays, and the rest is cut out.
    assert key.matte[matte < 0.001].mean() < 0.01
    assert key.matte[matte > 0.999].mean() > 0.99


@pytest.mark.parametrize("colour", [(0.5, 0.1, 0.1), (0.2, 0.2, 0.2)])
def test_a_colour_that_no_screen_has_is_refused(colour: tuple[float, float, float]) -> None:
    with pytest.raises(UnreadableInput, match="no colour of a screen"):
        pull(linear(cards()), colour)


def test_a_picture_without_a_screen_is_refused() -> None:
    grey = np.full((90, 160, 3), 0.4, np.float32)
    with pytest.raises(UnreadableInput, match="no screen"):
        pull(grey, GREEN)


@pytest.mark.parametrize("blur", [1.0, 1.8, 3.0])
@pytest.mark.parametrize("grain", [0.005, 0.015])
def test_blur_and_grain_are_measured(blur: float, grain: float) -> None:
    calm = cv2.GaussianBlur(cards(), (0, 0), blur)
    look = measure(grained(calm, (grain,) * len(LEVELS), 0.7, 9))
    assert look.blur == pytest.approx(blur, rel=0.25)
    assert np.median(look.grain) == pytest.approx(grain, rel=0.12)
    assert look.grain_width == pytest.approx(0.7, abs=0.25)


def test_black_and_the_colour_of_light_are_measured() -> None:
    lifted = 0.06 + 0.94 * cards()
    darkest = float((cards() @ np.array([0.2126, 0.7152, 0.0722])).min())
    assert measure(lifted).black == pytest.approx(0.06 + 0.94 * darkest, abs=0.02)
    warm = shown(linear(cards()) * np.array([0.95, 0.7, 0.45], np.float32))
    red, _, blue = measure(warm).white
    own = measure(cards()).white
    assert (red / blue) / (own[0] / own[2]) == pytest.approx(0.95 / 0.45, rel=0.05)


def test_a_plate_comes_to_look_like_the_footage() -> None:
    plate = cv2.GaussianBlur(cards(3), (0, 0), 0.8)
    want = Look(blur=2.2, grain=(0.01,) * 5, grain_width=0.6, black=0.08, white=(1.15, 1.0, 0.85))
    have = look_of_plate(plate)
    found = measure(match(plate, have, want, 5))
    assert found.blur == pytest.approx(2.2, rel=0.25)
    assert np.median(found.grain) == pytest.approx(0.01, rel=0.15)
    assert abs(found.black - 0.08) < abs(have.black - 0.08) + 0.005
    before, after = (np.array(look.white) for look in (have, found))
    assert (after / before)[0] > 1.02
    assert (after / before)[2] < 0.98


def test_grain_is_the_same_for_a_frame_and_another_for_the_next() -> None:
    plate, look = (
        cards(3),
        Look(blur=1, grain=(0.02,) * 5, grain_width=0.5, black=0, white=(1, 1, 1)),
    )
    first, again, after = (match(plate, look_of_plate(plate), look, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, after)


def test_footage_stands_before_the_plate_and_behind_what_is_in_front() -> None:
    picture, matte, _ = footage()
    key = pull(linear(picture), GREEN)
    plate = cv2.GaussianBlur(cards(3), (0, 0), 0.8)
    looks = look_of_plate(plate), look_of_footage(picture, key)
    front = np.zeros((HEIGHT, WIDTH), np.float32)
    front[:, :200] = 1
    out = extend(key, plate, looks, 1, front)
    seen = (matte > 0.999) & (front == 0)
    assert np.abs(out - picture)[seen].mean() < 0.01
    behind = match(plate, looks[0], looks[1], 1)
    assert np.abs(out - behind)[(front == 1)].max() < 1e-3
    assert np.abs(out - behind)[matte < 0.001].mean() < 0.02


def test_a_matte_made_elsewhere_will_do() -> None:
    picture, matte, _ = footage()
    plate, nothing = cards(3), np.zeros((HEIGHT, WIDTH), np.float32)
    look = look_of_plate(plate)
    out = extend(held(linear(picture), matte), plate, (look, look), 1, nothing)
    assert np.abs(out - plate)[matte < 0.001].mean() < 0.01
    assert np.abs(out - picture)[matte > 0.999].max() < 1e-3
