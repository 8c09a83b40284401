"""Lens and view transform of a finished frame."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from generique.backends.world.post import GHOSTS, develop, distort, flare
from generique.world.arrays import Floats, Octets
from generique.world.look import Look

PLAIN = Look(exposure=1.0, vignette=0.0, saturation=1.0, power=1.0, grain=0.0)


def _shown(linear: Floats, look: Look, seed: int = 1) -> Octets:
    with ThreadPoolExecutor(2) as pool:
        return develop(linear, look, seed, pool)


def _grey(value: float) -> Floats:
    return np.full((48, 64, 4), value, np.float32)


def _lamp(row: int, column: int) -> Floats:
    frame = np.zeros((180, 320, 4), np.float32)
    frame[row - 2 : row + 3, column - 2 : column + 3] = 40.0
    return frame


def test_aces_shows_a_grey_card_at_ten_nits() -> None:
    # Bloom gives back what the lens takes, but for a few percent.
    shown = _shown(_grey(0.18), replace(PLAIN, aces=True))[24, 32].astype(float)
    assert shown.mean() / 255 == pytest.approx(0.1 ** (1 / 2.4), abs=0.03)
    assert np.ptp(shown) <= 1


def test_aces_keeps_order_and_never_clips_a_bright_colour_to_white() -> None:
    values = [
        _shown(_grey(light), replace(PLAIN, aces=True))[24, 32, 0] for light in (0.02, 0.2, 2)
    ]
    assert values == sorted(values)
    red = _grey(0.0)
    red[..., 0] = 8.0
    shown = _shown(red, replace(PLAIN, aces=True))[24, 32]
    assert int(shown[0]) > int(shown[1]) + 40


@pytest.mark.parametrize("look", [replace(PLAIN, grain=0.03, aces=aces) for aces in (False, True)])
def test_the_same_seed_gives_the_same_grain(look: Look) -> None:
    one, same, other = (_shown(_grey(0.2), look, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert one.std() > _shown(_grey(0.2), replace(look, grain=0.0)).std()


@pytest.mark.parametrize("amount", [-0.1, 0.1])
def test_a_lens_bends_about_the_middle_and_leaves_no_empty_edge(amount: float) -> None:
    chance = np.random.default_rng(3)
    frame = chance.uniform(0.5, 1.0, (90, 160, 3)).astype(np.float32)
    bent = distort(frame, amount)
    assert bent.shape == frame.shape
    assert bent.min() >= 0.5
    # A straight line near the top bows: outwards in the middle for a barrel, inwards else.
    line = np.zeros((180, 320, 3), np.float32)
    line[30:33] = 1
    bowed = distort(line, amount)[..., 0]
    middle, side = (int(np.argmax(bowed[:, column])) for column in (160, 20))
    assert (middle < side) == (amount < 0)


def test_a_lamp_is_mirrored_across_the_middle() -> None:
    ghosts = flare(_lamp(60, 80)).sum(axis=2)
    for scale, _ in GHOSTS:
        row, column = round(90 - 30 * scale), round(160 - 80 * scale)
        assert (
            ghosts[row, column] > 0.5 * ghosts[row - 12 : row + 12, column - 12 : column + 12].max()
        )
    assert ghosts[60, 80] == 0
    assert flare(_grey(0.5)).max() == 0
