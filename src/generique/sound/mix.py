"""Laying sounds into the four stems, making room for speech, and bringing the mix to level.

The law of the mix:

1. Stems sum to the mix, sample for sample: whatever gain the mix gets, each stem gets.
2. While somebody speaks, dialogue stands clear of music and backgrounds (:func:`duck`).
3. Effects are not ducked: they are in the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, signal

from generique.model.element import Stem
from generique.model.errors import UsageError
from generique.sound.loudness import (
    SILENCE_LUFS,
    integrated_lufs,
    lufs_gain,
    momentary_lufs,
    true_peak_dbtp,
)

Stems = dict[Stem, NDArray[np.float32]]
"""Each stem as (n, 2), all of one length."""

SAMPLE_RATE = 48000
"""Samples a second of everything in this package."""

CLEARANCE_LU = 9.0
"""Loudness units that dialogue is kept above music and backgrounds (8 are promised)."""

_LEAST_DUCK, _MOST_DUCK = 6.0, 30.0
_SPEAKING_LUFS = -50.0
_JOIN = 1.6
_LEAD, _TRAIL = 0.35, 0.45
_GLIDE = 0.6
_LIMITER_HOLD = 0.012
_PEAK_MARGIN_DB = 0.15
_LIMITER_ROUNDS = 4
_CLOSE_LU = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clip:
    """A sound and where it lies.

    Attributes:
        start_sample: Place of its first sample; what would lie before 0 or after the end is
            left out.
        samples: (n, 2), full scale 1.
        stem: Where it is mixed to.
        gain_db: Level change.
        fade_in: Seconds, raised cosine.
        fade_out: Seconds, raised cosine, ending with the sound itself.
        pan: -1 left to 1 right; the farther side loses level at constant power, 0 changes nothing.
    """

    start_sample: int
    samples: NDArray[np.float32]
    stem: Stem
    gain_db: float = 0.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    pan: float = 0.0


def render_stems(clips: Iterable[Clip], total_samples: int) -> Stems:
    """Lay clips into stems; all four are there, silent when nothing lies in them.

    Raises:
        UsageError: A clip is not stereo, or a fade or pan is out of range.
    """
    stems = {stem: np.zeros((total_samples, 2), np.float32) for stem in Stem}
    for clip in clips:
        if clip.samples.ndim != 2 or clip.samples.shape[1] != 2:
            raise UsageError(f"a clip of shape {clip.samples.shape} is not stereo")
        if not (-1 <= clip.pan <= 1 and clip.fade_in >= 0 and clip.fade_out >= 0):
            raise UsageError("a pan is -1 to 1 and a fade 0 seconds or longer")
        first, last = max(0, -clip.start_sample), total_samples - clip.start_sample
        part = slice(first, min(len(clip.samples), max(first, last)))
        shaped = clip.samples[part] * _envelope(clip)[part, None] * _balance(clip.pan)
        start = max(0, clip.start_sample)
        stems[clip.stem][start : start + len(shaped)] += shaped.astype(np.float32)
    return stems


def sum_stems(stems: Mapping[Stem, NDArray[np.float32]]) -> NDArray[np.float32]:
    """The mix: the sum of the stems, (n, 2)."""
    total = np.sum([stems[stem] for stem in sorted(stems)], axis=0, dtype=np.float32)
    return np.asarray(total, np.float32)


def speech_regions(dialogue: NDArray[np.float32]) -> tuple[tuple[int, int], ...]:
    """Stretches in which somebody speaks, in samples; pauses under 1.6 s belong to the speech.

    Args:
        dialogue: The DX stem (n, 2) at 48 kHz.
    """
    step = SAMPLE_RATE // 10
    if not np.any(dialogue):
        return ()
    loud = momentary_lufs(dialogue, SAMPLE_RATE, 0.1) > _SPEAKING_LUFS
    joined = ndimage.binary_closing(np.pad(loud, 20), np.ones(round(_JOIN * 10) + 1))[20:-20]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], joined.astype(np.int8), [0]))))
    return tuple(
        (int(start) * step, min(int(end) * step, len(dialogue)))
        for start, end in edges.reshape(-1, 2)
    )


def duck(stems: Mapping[Stem, NDArray[np.float32]], clearance_lu: float = CLEARANCE_LU) -> Stems:
    """Lower music and backgrounds while somebody speaks.

    For each stretch of speech the depth is what the clearance needs, measured there, between 6
    and 30 dB. The gain starts down 0.65 s ahead of the voice and glides in decibels, so that
    it is heard as playing softer, not as a pump.

    Args:
        stems: As :func:`render_stems` gives them, at 48 kHz.
        clearance_lu: Loudness of dialogue over music plus backgrounds while speaking.

    Returns:
        New stems; dialogue and effects are the same arrays.
    """
    dialogue = stems[Stem.DIALOGUE]
    rest = stems[Stem.MUSIC] + stems[Stem.BACKGROUNDS]
    depth = np.zeros(len(dialogue))
    lead, trail = (round(seconds * SAMPLE_RATE) for seconds in (_LEAD, _TRAIL))
    for start, end in speech_regions(dialogue):
        excess = _speech_excess(dialogue[start:end], rest[start:end], clearance_lu)
        reach = slice(max(0, start - lead), end + trail)
        depth[reach] = np.maximum(depth[reach], min(max(excess, _LEAST_DUCK), _MOST_DUCK))
    gain = (10 ** (-_glide(depth) / 20))[:, None].astype(np.float32)
    return {
        stem: sound * gain if stem in (Stem.MUSIC, Stem.BACKGROUNDS) else sound
        for stem, sound in stems.items()
    }


def clearance(stems: Mapping[Stem, NDArray[np.float32]]) -> tuple[float, ...]:
    """Loudness of dialogue over music plus backgrounds in each stretch of speech, in LU."""
    dialogue = stems[Stem.DIALOGUE]
    rest = stems[Stem.MUSIC] + stems[Stem.BACKGROUNDS]
    return tuple(
        -_speech_excess(dialogue[start:end], rest[start:end], 0.0)
        for start, end in speech_regions(dialogue)
    )


def normalise(
    stems: Mapping[Stem, NDArray[np.float32]],
    target_lufs: float = -23.0,
    ceiling_dbtp: float = -1.5,
) -> Stems:
    """Bring the mix to a loudness under a true-peak ceiling.

    One gain for all stems; when that pushes the mix's true peak over the ceiling, one limiter
    gain curve, worked out on the mix (oversampled four times, 12 ms look-ahead and release
    window) and applied to every stem alike. So the stems still sum to the mix.

    Args:
        stems: At 48 kHz.
        target_lufs: Integrated loudness of the mix.
        ceiling_dbtp: Highest true peak of the mix.

    Raises:
        UsageError: The mix is silent, or so peaky that the target needs more limiting than a
            limiter should do (the loudness would miss by more than 0.5 LU).
    """
    mix = sum_stems(stems)
    gain = lufs_gain(mix, SAMPLE_RATE, target_lufs)
    curve: NDArray[np.float32] = np.ones((len(mix), 1), np.float32)
    for _ in range(_LIMITER_ROUNDS):
        curve = _limiter(mix * np.float32(gain), ceiling_dbtp)
        miss = target_lufs - integrated_lufs(mix * curve * np.float32(gain), SAMPLE_RATE)
        if abs(miss) < _CLOSE_LU:
            break
        gain *= 10 ** (miss / 20)
    else:
        curve = _limiter(mix * np.float32(gain), ceiling_dbtp)
        miss = target_lufs - integrated_lufs(mix * curve * np.float32(gain), SAMPLE_RATE)
    if abs(miss) > 0.5:
        raise UsageError(
            f"the mix cannot reach {target_lufs:g} LUFS under {ceiling_dbtp:g} dBTP",
            why="its peaks are too far above its loudness",
            next_step="lower the loudest effect in the mix",
        )
    return {stem: sound * curve * np.float32(gain) for stem, sound in stems.items()}


def _envelope(clip: Clip) -> NDArray[np.float64]:
    count = len(clip.samples)
    envelope = np.full(count, 10 ** (clip.gain_db / 20))
    for seconds, side in ((clip.fade_in, slice(None)), (clip.fade_out, slice(None, None, -1))):
        length = min(count, round(seconds * SAMPLE_RATE))
        if length:
            ramp = (1 - np.cos(np.pi * (np.arange(length) + 0.5) / length)) / 2
            envelope[side][:length] *= ramp
    return envelope


def _balance(pan: float) -> NDArray[np.float64]:
    return np.array([math.cos(max(0.0, pan) * math.pi / 2), math.cos(min(0.0, pan) * math.pi / 2)])


def _speech_excess(
    dialogue: NDArray[np.float32], rest: NDArray[np.float32], clearance_lu: float
) -> float:
    """Decibels that the rest is too loud by, over the windows in which the voice sounds."""
    voice = momentary_lufs(dialogue, SAMPLE_RATE)
    under = momentary_lufs(rest, SAMPLE_RATE)
    sounding = voice > max(_SPEAKING_LUFS, float(voice.max()) - 20)
    if not sounding.any() or under.max() <= SILENCE_LUFS:
        return -math.inf
    return _mean_level(under[sounding]) + clearance_lu - _mean_level(voice[sounding])


def _mean_level(levels: NDArray[np.float64]) -> float:
    return 10 * math.log10(float(np.mean(10 ** (levels / 10))))


def _glide(depth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth a depth in decibels with a Hann window after widening it by half that window.

    Worked at a hundredth of the sample rate, then interpolated: nothing in it is faster.
    """
    if not depth.any():
        return depth
    step = SAMPLE_RATE // 100
    coarse = ndimage.maximum_filter1d(depth, step)[::step]
    width = round(_GLIDE * 100) | 1
    wide = ndimage.maximum_filter1d(coarse, width)
    window = signal.windows.hann(width + 2)[1:-1]
    smooth = ndimage.convolve1d(wide, window / window.sum(), mode="nearest")
    return np.asarray(np.interp(np.arange(len(depth)), np.arange(len(smooth)) * step, smooth))


def _limiter(mix: NDArray[np.float32], ceiling_dbtp: float) -> NDArray[np.float32]:
    """Gain curve (n, 1) that keeps a mix under a true peak: 1 wherever nothing is to do."""
    if true_peak_dbtp(mix) <= ceiling_dbtp:
        return np.ones((len(mix), 1), np.float32)
    ceiling = 10 ** ((ceiling_dbtp - _PEAK_MARGIN_DB) / 20)
    over = np.abs(signal.resample_poly(mix, 4, 1, axis=0)).max(axis=1)
    peaks = over[: 4 * len(mix)].reshape(-1, 4).max(axis=1)
    need = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    width = round(_LIMITER_HOLD * SAMPLE_RATE) | 1
    held = ndimage.minimum_filter1d(need, width)
    window = signal.windows.hann(width + 2)[1:-1]
    curve = signal.oaconvolve(
        np.pad(held, width // 2, mode="edge"), window / window.sum(), mode="valid"
    )
    return np.asarray(np.minimum(1.0, curve)[:, None], np.float32)
