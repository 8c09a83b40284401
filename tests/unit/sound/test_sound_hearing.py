from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.sound.hearing import HEARD, hear


def speech(seed: int = 1, seconds: float = 1.0) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    times = np.arange(round(seconds * 48_000)) / 48_000
    wave = rng.standard_normal(len(times)) * np.clip(np.sin(8 * np.pi * times), 0.02, 1) * 0.1
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


def programme(sound: NDArray[np.float32], at: float, gain: float = 1.0) -> NDArray[np.float32]:
    bed = np.random.default_rng(5).standard_normal((48_000 * 5, 2)).astype(np.float32) * 0.01
    first = round(at * 48_000)
    bed[first : first + len(sound)] += sound * np.float32(gain)
    return bed


@pytest.mark.parametrize("gain", [1.0, 0.5])
def test_a_sound_is_found_where_it_is_and_as_loud_as_it_is(gain: float) -> None:
    heard = hear(programme(speech(), 2.3, gain), speech(), near=2.0, reach=1.0)
    assert heard.whole
    assert heard.start == pytest.approx(2.3, abs=0.001)
    loud = hear(programme(speech(), 2.3), speech(), near=2.0, reach=1.0)
    assert heard.level == pytest.approx(loud.level + 20 * np.log10(gain), abs=0.3)
    assert heard.clearance > 5


def test_another_voice_or_none_is_not_the_sound() -> None:
    for other in (
        programme(speech(2), 2.0),
        programme(speech() * 0, 2.0),
        programme(speech(), 4.0),
    ):
        heard = hear(other, speech(), near=2.0, reach=0.5)
        assert not heard.whole
        assert heard.agreement < HEARD


def test_a_fifth_of_a_second_that_was_muted_is_missed() -> None:
    cut = programme(speech(), 2.0)
    cut[48_000 * 2 + 19_200 : 48_000 * 2 + 28_800] = 0
    heard = hear(cut, speech(), near=2.0, reach=0.5)
    assert heard.agreement > HEARD
    assert not heard.whole


def test_a_programme_that_ends_before_the_sound_holds_none_of_it() -> None:
    for short in (speech()[:0], speech()[:4_800], programme(speech(), 1.0)[:48_000]):
        assert not hear(short, speech(), near=1.0, reach=0.5).whole
