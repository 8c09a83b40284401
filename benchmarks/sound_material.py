"""Sounds to measure marks on: music of several kinds, voices, ambience, sparse sound, noise.

Marks were developed on other seeds, voices, sentences and kinds of synthesis than are made here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from generique.backends.pico import PicoBackend
from generique.machineroom.bench import MediaBench
from generique.model.element import ElementKind
from generique.model.time import Rate
from generique.production.ports import Request
from generique.sound.direction import ScoreDirection
from generique.sound.foley import render_foley
from generique.sound.foley_words import read_foley
from generique.sound.score import compose
from generique.testing.stage import FolderStage

RATE = 48_000
SECONDS = 30
Sound = NDArray[np.float32]
_TOTAL = RATE * SECONDS
_BIRDS = Path(__file__).parent.parent / "examples/dawn-chorus/media/birds.wav"
_LINES = {
    "en-US": "He kept the lamp on the table all winter. Whoever came over the pass could see it.",
    "es-ES": "Nadie sabía cuándo iba a volver el tren. La estación estaba vacía y hacía frío.",
    "it-IT": "La barca era già lontana quando cominciò a piovere, e nessuno disse una parola.",
}
_AMBIENCE = {
    "breeze": "light breeze, dawn air",
    "heavy rain": "heavy rain",
    "city and wind": "city hum, strong wind",
    "car in snow": "car passing, snow hush",
}


def ordinary(seed: int) -> Iterator[tuple[str, str, Sound]]:
    """Sounds that a mark must survive in: kind, name and sound (n, 2)."""
    rng = np.random.default_rng(seed)
    voices = {voice: _speech(voice, line) for voice, line in _LINES.items()}
    scores = {bpm: _score(bpm, seed + bpm) for bpm in (58, 84, 104)}
    yield from (("music", f"score {bpm}", score) for bpm, score in scores.items())
    yield "music", "bells", _peaked(_bells(rng))
    yield "music", "pads", _peaked(_pads(rng))
    yield "music", "rhythm", _peaked(_rhythm(rng))
    yield from (("speech", voice, said) for voice, said in voices.items())
    for name, words in _AMBIENCE.items():
        yield "ambience", name, _ambience(words, seed)
    yield "ambience", "pink noise", _pink(rng)
    yield "ambience", "birds", _birds()
    mixed = 0.5 * scores[84] + 0.8 * voices["en-US"] + _ambience("city hum", seed + 1)
    yield "film", "score, voice, city", np.asarray(mixed, np.float32)


def sparse(seed: int) -> Iterator[tuple[str, str, Sound]]:
    """Sounds in which there is little to hold on to."""
    rng = np.random.default_rng(seed)
    hush = 10 ** (-72 / 20) * rng.standard_normal((_TOTAL, 2))
    yield "sparse", "room at -72 dBFS, 16 bits", _as_16_bits(hush)
    yield "sparse", "a note every 4 s", _peaked(_notes(rng, 4.0))
    yield "sparse", "one held sine", _sine(440.0)
    yield "sparse", "a word every 6 s", _word()
    yield "sparse", "digital silence", np.zeros((_TOTAL, 2), np.float32)


def unmarked(seed: int) -> Iterator[Sound]:
    """Short sounds without a mark, without end."""
    rng = np.random.default_rng(seed)
    makers = (_bells, _pads, _rhythm, _pink, lambda r: _notes(r, 1.5))
    while True:
        first, second = rng.choice(len(makers), 2)
        both = makers[first](rng) + rng.uniform(0, 1) * makers[second](rng)
        yield _peaked(np.asarray(both))


def _score(bpm: int, seed: int) -> Sound:
    return compose(ScoreDirection(bpm=float(bpm)), float(SECONDS), seed)


def _ambience(words: str, seed: int) -> Sound:
    return render_foley(read_foley(words, {})[0], None, _TOTAL, seed, lambda *_: None)


def _speech(voice: str, line: str) -> Sound:
    with tempfile.TemporaryDirectory() as name:
        request = Request(
            kind=ElementKind.VOICE,
            prompt=line,
            seed=1,
            rate=Rate(numerator=25),
            frames=None,
            language=voice[:2],
            options={"voice": voice},
        )
        made = PicoBackend().generate(request, FolderStage(Path(name)))
        said = MediaBench().read_sound(made.path)
    pause = np.zeros((RATE // 3, 2), np.float32)
    return _filled(np.concatenate([said, pause]))


def _birds() -> Sound:
    return _filled(MediaBench().read_sound(_BIRDS))


def _word() -> Sound:
    said = _speech("en-US", "Listen.")
    length = RATE * 2 // 3
    return _filled(np.concatenate([said[:length], np.zeros((6 * RATE - length, 2), np.float32)]))


def _bells(rng: np.random.Generator) -> NDArray[np.float64]:
    """Struck bells by frequency modulation, at uneven times."""
    made = np.zeros((_TOTAL, 2))
    time = np.arange(3 * RATE) / RATE
    for start in np.sort(rng.uniform(0, SECONDS - 3.1, 3 * SECONDS)):
        pitch = 220 * 2 ** (rng.integers(0, 30) / 12)
        swing = 3 * np.exp(-4 * time) * np.sin(2 * np.pi * pitch * 1.41 * time)
        note = np.exp(-rng.uniform(1, 4) * time) * np.sin(2 * np.pi * pitch * time + swing)
        begin, pan = round(start * RATE), rng.uniform(0.2, 0.8)
        made[begin : begin + len(time)] += np.outer(note, [pan, 1 - pan])
    return made


def _pads(rng: np.random.Generator) -> NDArray[np.float64]:
    """Chords of sawtooth waves with vibrato under a moving filter."""
    made = np.zeros((_TOTAL, 2))
    for bar in range(0, _TOTAL, 3 * RATE):
        count = min(3 * RATE, _TOTAL - bar)
        time = np.arange(count) / RATE
        shape = signal.windows.tukey(count, 0.3)
        root = 110 * 2 ** (rng.integers(0, 12) / 12)
        for ratio in (1, 2 ** (rng.integers(3, 5) / 12), 2 ** (7 / 12), 2.0):
            drift = 0.3 * np.sin(2 * np.pi * rng.uniform(4, 6) * time + rng.uniform(0, 6))
            wave = signal.sawtooth(2 * np.pi * root * ratio * time + drift)
            made[bar : bar + count] += np.outer(shape * wave, rng.uniform(0.3, 0.7, 2))
    sections = signal.butter(2, rng.uniform(1500, 4000), "lowpass", fs=RATE, output="sos")
    return np.asarray(signal.sosfilt(sections, made, axis=0))


def _rhythm(rng: np.random.Generator) -> NDArray[np.float64]:
    """A bass line, a drum and shaken noise at a tempo."""
    made = np.zeros((_TOTAL, 2))
    step = round(RATE * rng.uniform(0.16, 0.26))
    time = np.arange(RATE // 2) / RATE
    for number, begin in enumerate(range(0, _TOTAL - RATE // 2, step)):
        hiss = np.exp(-time * rng.uniform(20, 60)) * rng.standard_normal(len(time))
        hit = 0.1 * hiss
        if number % 4 == 0:
            hit = hit + np.exp(-14 * time) * np.sin(2 * np.pi * (48 * time + 0.3 * np.sqrt(time)))
        if number % 2 == 0:
            bass = 55 * 2 ** (rng.integers(0, 12) / 12)
            hit = hit + 0.4 * np.exp(-5 * time) * signal.square(2 * np.pi * bass * time)
        made[begin : begin + len(time)] += np.outer(hit, rng.uniform(0.4, 0.6, 2))
    return made


def _notes(rng: np.random.Generator, apart: float) -> NDArray[np.float64]:
    made = np.zeros((_TOTAL, 2))
    time = np.arange(2 * RATE) / RATE
    for begin in range(0, _TOTAL - 2 * RATE, round(apart * RATE)):
        pitch = 262 * 2 ** (rng.integers(0, 24) / 12)
        note = sum(np.sin(2 * np.pi * pitch * k * time) / k**1.5 for k in range(1, 9))
        made[begin : begin + len(time)] += np.outer(np.exp(-3 * time) * note, [0.5, 0.5])
    return made


def _sine(pitch: float) -> Sound:
    wave = 0.2 * np.sin(2 * np.pi * pitch * np.arange(_TOTAL) / RATE)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def _pink(rng: np.random.Generator) -> Sound:
    spectrum = np.fft.rfft(rng.standard_normal((_TOTAL, 2)), axis=0)
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))[:, None]
    return _peaked(np.fft.irfft(spectrum, axis=0))


def _peaked(sound: NDArray[np.floating]) -> Sound:
    return np.asarray(0.6 * sound / max(1e-9, float(np.abs(sound).max())), np.float32)


def _filled(sound: Sound) -> Sound:
    return np.tile(sound, (-(-_TOTAL // len(sound)), 1))[:_TOTAL]


def _as_16_bits(sound: NDArray[np.floating]) -> Sound:
    return np.asarray(np.round(sound * 32768) / 32768, np.float32)
