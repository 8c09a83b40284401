"""Effects and ambiences from layers and events: an exact length, no loop, no recording."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generique.model.element import SceneEvent
from generique.sound.filters import fade_edges
from generique.sound.foley_words import Layer, Source
from generique.sound.loudness import SILENCE_LUFS, integrated_lufs
from generique.sound.mix import SAMPLE_RATE
from generique.sound.traffic import car_pass, city_hum
from generique.sound.weather import dawn_air, rain, snow_hush, wind

Floats = NDArray[np.float64]
Tell = Callable[[int, int, str], None]

_CEILING = 0.9
_EDGE_SECONDS = 0.02
_FAINTEST_LUFS, _SPAN_LU = -34.0, 16.0
_OFFSET_LU = {Source.HUSH: -6.0, Source.DAWN: -3.0}


def render_foley(
    layers: tuple[Layer, ...],
    events: tuple[SceneEvent, ...] | None,
    total: int,
    seed: int,
    tell: Tell,
) -> NDArray[np.float32]:
    """Layers and events as sound, (total, 2).

    Cars follow the events of the picture when these are given; without them a car passes
    once, nearest in the middle. Each layer has a random stream of its own: another layer or
    event beside it does not change it. An ambience is delivered at -34 LUFS (faintest) to -18
    (a storm), snow and dawn air below that; a car at 10 m peaks near -16 dBTP. Edges are faded
    over 20 ms; all is lowered together only when it would pass full scale.

    Args:
        layers: What sounds.
        events: Of the picture, seconds from its first frame; None when there is no picture.
        total: Samples.
        seed: Of all chance.
        tell: Called with (done, total, what) between layers; may raise to stop.
    """
    sound = np.zeros((total, 2))
    for number, layer in enumerate(layers):
        tell(number, len(layers) + 1, layer.source.value)
        if layer.source is not Source.CAR:
            sound += _ambience(layer, total, seed)
        elif events is None:
            sound += _car(total, _single_pass(layer, total), layer, seed)
    tell(len(layers), len(layers) + 1, "events")
    road = next((layer for layer in layers if layer.source is Source.CAR), None)
    snow = any(layer.snow for layer in layers)
    model = road or Layer(source=Source.CAR, snow=snow)
    for number, event in enumerate(events or ()):
        sound += _car(total, event, model, seed + 101 * (number + 1))
    tell(len(layers) + 1, len(layers) + 1, "done")
    edge = round(_EDGE_SECONDS * SAMPLE_RATE)
    sound = fade_edges(sound, edge, edge)
    peak = float(np.abs(sound).max()) if total else 0.0
    return np.asarray(sound * min(1.0, _CEILING / max(peak, 1e-9)), np.float32)


def _ambience(layer: Layer, total: int, seed: int) -> Floats:
    """A layer at its nominal loudness, so that a mix of takes is predictable."""
    sound = _model(layer, total, seed)
    now = integrated_lufs(sound.astype(np.float32), SAMPLE_RATE)
    if now <= SILENCE_LUFS:
        return sound
    target = _FAINTEST_LUFS + _SPAN_LU * layer.strength + _OFFSET_LU.get(layer.source, 0.0)
    return np.asarray(sound * 10 ** ((target - now) / 20))


def _model(layer: Layer, total: int, seed: int) -> Floats:
    match layer.source:
        case Source.WIND:
            return wind(total, layer.strength, seed, leaves=layer.leaves)
        case Source.RAIN:
            return rain(total, layer.strength, seed, snow=layer.snow)
        case Source.HUSH:
            return snow_hush(total, layer.strength, seed)
        case Source.DAWN:
            return dawn_air(total, layer.strength, seed)
        case Source.CITY:
            return city_hum(total, layer.strength, seed)
        case Source.CAR:
            return np.zeros((total, 2))


def _single_pass(layer: Layer, total: int) -> SceneEvent:
    seconds = max(total / SAMPLE_RATE, 1e-3)
    length = min(seconds, 10.0)
    return SceneEvent(
        at=(seconds - length) / 2,
        kind="car-pass",
        distance_m=layer.distance_m,
        pan_from=layer.pan_from,
        pan_to=layer.pan_to,
        duration=length,
    )


def _car(total: int, event: SceneEvent, layer: Layer, seed: int) -> Floats:
    gain = 10 ** ((layer.strength - 0.4) * 12 / 20)
    return np.asarray(car_pass(total, event, seed, snow=layer.snow) * gain)
