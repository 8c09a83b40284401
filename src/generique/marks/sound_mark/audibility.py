"""How far a mark lies below what the sound hides: the noise-to-mask ratio.

After T. Thiede et al., *PEAQ*, J. Audio Engineering Society 48, 2000, much simplified: bands of
one Bark, spreading of 27 dB a Bark downwards and 12 dB upwards, and the thresholds of Johnston
(see :mod:`generique.marks.sound_mark.embed`). With full scale at 96 dB of sound pressure, nothing
below 3 dB in a band is heard. It is a check of our own work by a second model, no
listening test.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generique.marks.listening import Floats32

_WINDOW_SECONDS = 0.04
_BARKS = 24
_HEARD_BARKS = slice(3, 21)
_DOWN_DB, _UP_DB = 27.0, 12.0
_NOISE_DB, _TONE_DB, _FLATNESS_OF_TONE_DB = 6.0, 14.5, -25.0
_QUIET = 1e-8
_HEARING = 10**-9.3
_NOTHING = 1e-20

Floats = NDArray[np.float64]


def noise_to_mask(sound: Floats32, marked: Floats32, rate: int) -> Floats:
    """Level of the difference over the masking threshold, in dB, below 0 where it is hidden.

    Args:
        sound: n x channels, before marking.
        marked: n x channels.
        rate: Samples a second.

    Returns:
        Bands (18, from about 300 Hz to 7.7 kHz) x moments at which the sound is not silent.
    """
    pitches, power = _power(sound.mean(axis=1), rate)
    _, added = _power((marked - sound).mean(axis=1), rate)
    bark = np.floor(26.81 * pitches / (1960 + pitches) - 0.53).astype(np.intp)
    bands = [np.flatnonzero(bark == number) for number in range(_BARKS)]
    whole = np.stack([power[band].sum(axis=0) for band in bands])
    noise = np.stack([added[band].sum(axis=0) for band in bands])
    flatness = np.stack([_flatness(power[band]) for band in bands])
    tone = np.clip(flatness / _FLATNESS_OF_TONE_DB, 0, 1)
    below = tone * (_TONE_DB + np.arange(_BARKS)[:, None]) + (1 - tone) * _NOISE_DB
    threshold = (_spreading() @ whole) * 10 ** (-below / 10) + _HEARING
    ratio = 10 * np.log10((noise + _NOTHING) / threshold)
    return np.asarray(ratio[_HEARD_BARKS][:, whole.sum(axis=0) > _QUIET])


def _power(mono: Floats32, rate: int) -> tuple[Floats, Floats]:
    pitches, _, spectra = signal.stft(mono, rate, nperseg=round(_WINDOW_SECONDS * rate))
    return np.asarray(pitches), np.asarray(np.abs(spectra) ** 2, np.float64)


def _flatness(power: Floats) -> Floats:
    if len(power) == 0:
        return np.zeros(power.shape[1])
    means = np.exp(np.mean(np.log(power + _NOTHING), axis=0)) / (power.mean(axis=0) + _NOTHING)
    return np.asarray(10 * np.log10(means + _NOTHING))


def _spreading() -> Floats:
    away = np.arange(_BARKS)[:, None] - np.arange(_BARKS)
    return np.asarray(10 ** (-np.where(away < 0, -_DOWN_DB * away, _UP_DB * away) / 10))
