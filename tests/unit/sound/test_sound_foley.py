"""Procedural sounds behave as the things they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from generique.model.element import SceneEvent
from generique.sound.foley import render_foley
from generique.sound.foley_words import Layer, Source, read_foley
from generique.sound.loudness import integrated_lufs
from generique.sound.noise import drift, shaped_noise, slope_down
from generique.sound.traffic import car_pass, city_hum
from generique.sound.weather import dawn_air, rain, snow_hush, wind

RATE = 48000
Sound = NDArray[np.float64]


def silent_tell(done: int, total: int, what: str) -> None:
    assert 0 <= done <= total
    assert what


def centroid(sound: Sound) -> float:
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float((power * hertz).sum() / power.sum())


def lufs(sound: Sound | NDArray[np.float32]) -> float:
    return integrated_lufs(sound.astype(np.float32), RATE)


def crossing(**changes: float) -> SceneEvent:
    base: dict[str, float] = {
        "at": 1.0,
        "distance_m": 10.0,
        "pan_from": -0.9,
        "pan_to": 0.9,
        "duration": 6.0,
    }
    return SceneEvent(kind="car-pass", **(base | changes))


@pytest.mark.parametrize("make", [wind, rain, snow_hush, dawn_air, city_hum])
def test_ambiences_are_wide_steady_repeatable_and_clean(make: object) -> None:
    assert callable(make)
    sound = make(3 * RATE, 0.4, 3)
    assert sound.shape == (3 * RATE, 2)
    assert np.array_equal(sound, make(3 * RATE, 0.4, 3))
    assert not np.array_equal(sound, make(3 * RATE, 0.4, 4))
    assert np.abs(sound).max() < 0.9
    assert abs(sound.mean()) < 1e-3
    assert np.asarray(np.corrcoef(sound.T))[0, 1] < 0.9
    assert -62 < lufs(sound) < -18
    assert lufs(make(3 * RATE, 0.9, 3)) > lufs(make(3 * RATE, 0.1, 3))


def test_nothing_loops() -> None:
    sound = wind(10 * RATE, 0.5, 1)[:, 0]
    spectrum = np.fft.rfft(sound, 2 * len(sound))
    likeness = np.fft.irfft(np.abs(spectrum) ** 2)[: len(sound)]
    assert likeness[RATE:].max() < 0.25 * likeness[0]


def test_a_stronger_wind_whistles_higher() -> None:
    assert centroid(wind(8 * RATE, 0.9, 1)) > centroid(wind(8 * RATE, 0.2, 1))


def test_gusts_reach_the_right_side_later() -> None:
    sound = wind(24 * RATE, 0.6, 2)
    step = RATE // 20
    level = np.log(np.sqrt((sound.reshape(-1, step, 2) ** 2).mean(axis=1)))
    level = ndimage.gaussian_filter1d(level - level.mean(axis=0), 4, axis=0)
    lags = np.arange(-30, 31)
    match = [float((level[40:-40, 0] * np.roll(level[:, 1], -lag)[40:-40]).sum()) for lag in lags]
    assert 0.1 <= lags[int(np.argmax(match))] / 20 <= 1.0


def test_snow_dulls_rain_and_tyres() -> None:
    assert centroid(rain(4 * RATE, 0.5, 1, snow=True)) < centroid(rain(4 * RATE, 0.5, 1))
    event = crossing()
    wet, dull = (car_pass(8 * RATE, event, 1, snow=snow) for snow in (False, True))
    assert centroid(dull) < 0.6 * centroid(wet)


def test_the_car_is_heard_only_when_it_is_there_and_loudest_when_nearest() -> None:
    sound = car_pass(9 * RATE, crossing(), 1)
    assert not sound[:RATE].any()
    assert not sound[7 * RATE :].any()
    level = (sound**2).sum(axis=1).reshape(-1, RATE // 5).sum(axis=1)
    assert abs((int(level.argmax()) + 0.5) / 5 - 4.0) < 0.4
    sides = [(sound[part] ** 2).sum(axis=0) for part in (slice(2 * RATE), slice(6 * RATE, None))]
    assert sides[0][0] > 2 * sides[0][1]
    assert sides[1][1] > 2 * sides[1][0]


def test_pitch_falls_as_the_car_passes() -> None:
    sound = car_pass(8 * RATE, crossing(distance_m=6.0), 1).sum(axis=1)

    def pitch(start: float) -> float:
        part = sound[round(start * RATE) : round((start + 1.0) * RATE)]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 8 * len(part)))
        hertz = np.fft.rfftfreq(8 * len(part), 1 / RATE)
        near = (hertz > 45) & (hertz < 72)
        return float(hertz[near][spectrum[near].argmax()])

    before, after = pitch(2.0), pitch(5.2)
    assert 1.02 < before / after < 1.2


def test_twice_as_far_is_quieter() -> None:
    near, far = (
        lufs(car_pass(8 * RATE, crossing(distance_m=metres), 1)) for metres in (10.0, 20.0)
    )
    assert 3 < near - far < 9


@settings(max_examples=25, deadline=None)
@given(st.floats(-7, 4), st.floats(0.001, 6), st.floats(0.01, 500), st.integers(1, 3 * RATE))
def test_any_event_gives_a_finite_sound(
    at: float, duration: float, metres: float, count: int
) -> None:
    sound = car_pass(count, crossing(at=at, duration=duration, distance_m=metres), 1)
    assert sound.shape == (count, 2)
    assert np.isfinite(sound).all()


def test_layers_do_not_disturb_each_other() -> None:
    windy = Layer(source=Source.WIND)
    both = render_foley((windy, Layer(source=Source.CITY)), (crossing(),), 2 * RATE, 4, silent_tell)
    city = render_foley((Layer(source=Source.CITY),), (), 2 * RATE, 4, silent_tell)
    alone = render_foley((windy,), (crossing(),), 2 * RATE, 4, silent_tell)
    assert np.abs(both - city - alone).max() < 1e-6


@pytest.mark.parametrize(
    ("prompt", "loudness"),
    [
        ("soft winter wind", -30.0),
        ("distant city hum at night", -30.3),
        ("quiet dawn air", -33.0),
        ("heavy rain", -22.0),
    ],
)
def test_ambiences_come_at_their_nominal_loudness(prompt: str, loudness: float) -> None:
    layers, events, heard = read_foley(prompt, {})
    assert heard
    assert lufs(render_foley(layers, events, 4 * RATE, 1, silent_tell)) == pytest.approx(
        loudness, abs=0.3
    )
    assert render_foley(layers, events, 1, 1, silent_tell).shape == (1, 2)


def test_cars_follow_the_picture_when_there_is_one() -> None:
    road = Layer(source=Source.CAR)
    once = render_foley((road,), None, 12 * RATE, 1, silent_tell)
    assert abs(int(np.abs(once).sum(axis=1).argmax()) / RATE - 6) < 1
    none = render_foley((road,), (), 12 * RATE, 1, silent_tell)
    assert not none.any()
    seen = render_foley((road,), (crossing(at=7.0, duration=4.0),), 12 * RATE, 1, silent_tell)
    assert not seen[: 7 * RATE].any()


def test_many_near_cars_do_not_clip() -> None:
    crowd = tuple(crossing(at=0.0, distance_m=1.0, duration=2.0) for _ in range(12))
    sound = render_foley((Layer(source=Source.CAR),), crowd, 2 * RATE, 1, silent_tell)
    assert np.abs(sound).max() <= 0.9 + 1e-6


def test_shaped_noise_has_the_shape_and_level_asked_for() -> None:
    rng = np.random.default_rng(1)
    flat = shaped_noise(RATE, lambda times, hertz: np.ones((len(hertz), len(times))), rng)
    assert np.sqrt(np.mean(flat**2)) == pytest.approx(1, abs=0.05)
    low = shaped_noise(
        RATE, lambda times, hertz: slope_down(hertz, 300, 4) * np.ones(len(times)), rng
    )
    assert centroid(low[:, None]) < 400
    assert len(shaped_noise(10, lambda times, hertz: np.ones((len(hertz), len(times))), rng)) == 10


def test_drift_wanders_within_bounds() -> None:
    curve = drift(30, 0.2, np.random.default_rng(2))(np.linspace(-5, 40, 900))
    assert np.abs(curve).max() <= 1
    assert curve.std() > 0.2
    assert np.abs(np.diff(curve)).max() < 0.2
