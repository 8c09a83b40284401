"""Embedding: cells are made louder or softer by as much as the sound itself hides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

from generique.marks.listening import Floats32, check_sound
from generique.marks.sound_mark.code import encode
from generique.marks.sound_mark.layout import (
    BAND_EDGES,
    BIN_HERTZ,
    BLOCK_FRAMES,
    BLOCKS,
    FRAMES_A_SECOND,
    pattern,
)
from generique.marks.sound_mark.spectrum import OVERLAP, hann, in_bands

LEAST_SNR_DB = 25.05
SNR_DB = 23.4
_NOISE_BELOW_DB = 10.0
_TONE_BELOW_DB = 14.0
_TONE_FRAMES = 25
_SECTION_FRAMES = 257
_CONTEXT_FRAMES = 192
_CHUNK_FRAMES = 2048
_QUIET_RUN = 32
_FIRST_SHARE = 4.0
_BUDGET_STEPS = 10
_NOTHING = 1e-20
_LIMITER_SECONDS = 0.002
_FINISH_SAMPLES = 1 << 20
_FINISH_OVERLAP_SECONDS = 0.02


def embed(samples: Floats32, rate: int, pointer: int) -> Floats32:
    """Mark a sound.

    The same sound, rate and pointer give the same result. Silence stays silence, bit by bit; no
    sample rises above the peak of the sound; the difference stays 25 dB below it.

    Args:
        samples: n x channels, full scale 1. All channels get the same gains.
        rate: Samples a second, 16,000 to 192,000.
        pointer: What the mark says, 0 to 2^36 - 1.

    Returns:
        A new array of the same shape.

    Raises:
        UsageError: No sound, a rate out of range, or a pointer that does not fit.
    """
    check_sound(samples, rate)
    signs = pattern(encode(pointer))
    step = round(rate / FRAMES_A_SECOND)
    marked = samples.copy()
    for first, part in _differences(samples, rate, step, signs):
        last = min(len(samples), first + len(part))
        marked[max(0, first) : last] += part[max(0, -first) : last - first]
    _keep_distance(marked, samples)
    _finish(marked, samples, rate)
    return marked


def _keep_distance(marked: Floats32, samples: Floats32) -> None:
    """Take the mark back a little, in place, where the budget was overdrawn on the whole."""
    whole = added = 0.0
    parts = [
        slice(first, first + _FINISH_SAMPLES) for first in range(0, len(samples), _FINISH_SAMPLES)
    ]
    for part in parts:
        whole += float(np.sum(samples[part] ** 2, dtype=np.float64))
        added += float(np.sum((marked[part] - samples[part]) ** 2, dtype=np.float64))
    allowed = whole * 10 ** (-LEAST_SNR_DB / 10)
    if added > allowed:
        factor = np.float32((allowed / added) ** 0.5)
        for part in parts:
            marked[part] = samples[part] + factor * (marked[part] - samples[part])


def _finish(marked: Floats32, samples: Floats32, rate: int) -> None:
    """Put silence and peaks right, in place and part by part."""
    peak = float(np.abs(samples).max(initial=0))
    overlap = round(_FINISH_OVERLAP_SECONDS * rate)
    tail = marked[:0].copy()
    for first in range(0, len(samples), _FINISH_SAMPLES):
        last = min(len(samples), first + _FINISH_SAMPLES)
        low, high = first - len(tail), min(len(samples), last + overlap)
        before, after = samples[low:high], np.concatenate([tail, marked[first:high]])
        tail = marked[max(0, last - overlap) : last].copy()
        after = np.where(_silence(before), before, after)
        finished = _limited(after, before, peak, rate)
        marked[first:last] = finished[first - low : last - low]


def _differences(
    samples: Floats32, rate: int, step: int, signs: Floats32
) -> Iterator[tuple[int, Floats32]]:
    """What is added, in overlapping parts: first sample and part (n, channels)."""
    length = OVERLAP * step
    frames = -(-len(samples) // step) + OVERLAP - 1
    for first in range(0, frames, _CHUNK_FRAMES):
        last = min(frames, first + _CHUNK_FRAMES)
        low, high = max(0, first - _CONTEXT_FRAMES), min(frames, last + _CONTEXT_FRAMES)
        spectra = _spectra(samples, low, high, step)
        power = np.asarray(np.sum(spectra.real**2 + spectra.imag**2, axis=0), np.float32)
        if not power.any():
            continue
        centres = (np.arange(low, high) - (OVERLAP - 1) / 2 + 0.5) * step / rate
        gains = _gains(power, centres, signs)[first - low : last - low]
        changed = spectra[:, first - low : last - low]
        changed[:, :, : gains.shape[1]] *= gains
        changed[:, :, gains.shape[1] :] = 0
        yield (first - OVERLAP + 1) * step, _overlap_add(changed, length, step)


def _spectra(samples: Floats32, low: int, high: int, step: int) -> NDArray[np.complex64]:
    """Spectra of frames, channels x frames x bins; frame i ends with sample (i + 1) * step."""
    length = OVERLAP * step
    begin, end = (low - OVERLAP + 1) * step, high * step
    part = np.zeros((end - begin, samples.shape[1]), np.float32)
    inside = samples[max(0, begin) : end]
    part[max(0, -begin) : max(0, -begin) + len(inside)] = inside
    frames = np.lib.stride_tricks.sliding_window_view(part, length, axis=0)[::step]
    return np.asarray(fft.rfft(frames.transpose(1, 0, 2) * hann(length), axis=2), np.complex64)


def _overlap_add(spectra: NDArray[np.complex64], length: int, step: int) -> Floats32:
    channels, frames, _ = spectra.shape
    pieces = fft.irfft(spectra, length, axis=2) * (hann(length) / np.float32(1.5))
    total = np.zeros(((frames + OVERLAP - 1) * step, channels), np.float32)
    quarters = pieces.reshape(channels, frames, OVERLAP, step)
    blocks = total.reshape(frames + OVERLAP - 1, step, channels)
    for quarter in range(OVERLAP):
        blocks[quarter : quarter + frames] += quarters[:, :, quarter].transpose(1, 2, 0)
    return total


def _gains(power: Floats32, centres: NDArray[np.float64], signs: Floats32) -> Floats32:
    """What the spectra are multiplied by to get the difference: frames x bins.

    Args:
        power: Frames x bins, all channels.
        centres: Time of each frame in seconds.
        signs: Blocks x bands.
    """
    energies = in_bands(power)
    depth = _within_budget(power, energies, _depth(power))
    block = np.floor(centres * FRAMES_A_SECOND / BLOCK_FRAMES).astype(np.intp) % BLOCKS
    # As many cells rise as fall: divided by their mean power, the sound is as loud as before.
    even = np.sqrt((10 ** (depth / 10) + 10 ** (-depth / 10)) / 2)
    bands = 10 ** (depth * signs[block] / 20) / even - 1
    bins = np.zeros((len(power), BAND_EDGES[-1] + 2), np.float32)
    bins[:, BAND_EDGES[0] : BAND_EDGES[-1]] = np.repeat(bands, np.diff(BAND_EDGES), axis=1)
    # Rounded corners between bands keep the change short in time: no echo before an attack.
    return np.asarray(ndimage.convolve1d(bins, [0.25, 0.5, 0.25], axis=1), np.float32)


def _depth(power: Floats32) -> Floats32:
    """How many dB each band may move: frames x bands.

    A simple masking model (after J. D. Johnston, *IEEE J. Selected Areas in Communications* 6,
    1988): noise hides what lies 6 dB below it in its own band, a tone of z Bark only what lies
    14.5 + z dB below. The change is smeared by the overlap of the spectra and ends up some 2 dB
    lower than asked for here. A band is a tone by how much its strongest bin stands out.
    """
    smooth = ndimage.uniform_filter1d(power, _TONE_FRAMES, axis=0, mode="constant")
    peaks = np.maximum.reduceat(smooth[:, : BAND_EDGES[-1]], BAND_EDGES[:-1], axis=1)
    sums = in_bands(smooth)
    flat = (1.6 / np.diff(BAND_EDGES)).astype(np.float32)
    crest = peaks / np.maximum(sums, np.float32(1e-30))
    tone = np.clip((crest - flat) / (0.5 - flat), 0, 1)
    below = (1 - tone) * _NOISE_BELOW_DB + tone * (_TONE_BELOW_DB + _BARK)
    return np.asarray(20 * np.log10(1 + 10 ** (-below / 20)), np.float32)


def _within_budget(power: Floats32, energies: Floats32, depth: Floats32) -> Floats32:
    """The depth, lowered where the difference would come too near to the sound.

    Loud bands pay most for a mark that is no easier to read there. So they are lowered first: by
    the fourth root of their energy, up to the depth that each band can hide.
    """
    allowed = 10 ** (-SNR_DB / 10) * _section(power.sum(axis=1))
    usual = ndimage.uniform_filter1d(energies, _TONE_FRAMES, axis=0, mode="constant")
    usual = np.maximum(usual, np.float32(_NOTHING))
    cheap = (usual.mean(axis=1, keepdims=True) / usual) ** 0.25
    share = np.full((len(power), 1), _FIRST_SHARE, np.float32)
    lowered = depth
    for _ in range(_BUDGET_STEPS):
        lowered = depth * np.minimum(1, share * cheap)
        added = _section(np.sum((10 ** (lowered / 20) - 1) ** 2 * energies, axis=1))
        share *= np.minimum(1, np.sqrt(allowed / np.maximum(added, _NOTHING)))[:, None]
    return np.asarray(depth * np.minimum(1, share * cheap), np.float32)


def _section(values: Floats32) -> Floats32:
    """Mean over 2.57 s around each frame; running sums may round below zero."""
    mean = ndimage.uniform_filter1d(values, _SECTION_FRAMES, mode="constant")
    return np.asarray(np.maximum(mean, 0), np.float32)


def _bark() -> Floats32:
    """Critical-band rate of the bands' centres (H. Traunmüller, *JASA* 88, 1990)."""
    centres = (BAND_EDGES[:-1] + BAND_EDGES[1:]) / 2 * BIN_HERTZ
    return np.asarray(26.81 * centres / (1960 + centres) - 0.53, np.float32)


_BARK = _bark()


def _silence(samples: Floats32) -> NDArray[np.bool_]:
    """Where a channel is zero for a while."""
    zero = samples == 0
    inner = ndimage.binary_erosion(zero, np.ones((_QUIET_RUN, 1)), border_value=1)
    return np.asarray(ndimage.binary_dilation(inner, np.ones((_QUIET_RUN + 1, 1))) & zero, np.bool_)


def _limited(marked: Floats32, samples: Floats32, peak: float, rate: int) -> Floats32:
    """The marked sound, faded towards the sound where it would rise above its peak."""
    over = np.abs(marked) > peak
    if not over.any():
        return marked
    keep = np.where(over, 0, 1).astype(np.float32).min(axis=1)
    span = 2 * max(1, round(_LIMITER_SECONDS * rate)) + 1
    keep = ndimage.uniform_filter1d(ndimage.minimum_filter1d(keep, span), span)
    faded = samples + np.clip(keep, 0, 1)[:, None] * (marked - samples)
    return np.asarray(np.clip(faded, -peak, peak), np.float32)
