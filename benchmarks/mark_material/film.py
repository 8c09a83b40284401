"""Films of known cuts: shots in a row, dissolves, one shot twice, a title, black, and sound."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.sound.wav import encode_wav
from mark_material.corpus import Corpus, recipes
from mark_material.drawing import Frames, Picture, Plane, blended
from mark_material.recipe import Kind, Recipe, Split
from mark_material.video import write_frames

DISSOLVE = 12
"""Frames that a dissolve lasts."""
_HZ = 48_000
_MANY = frozenset({Kind.MONTAGE, Kind.DISSOLVE})


class Segment(NamedTuple):
    """A stretch of a film that one shot fills.

    Attributes:
        start: First frame of the film that belongs to it.
        end: One past the last frame.
        recipe: The shot.
        first: Frame of the shot that lies at ``start``.
        dissolve: Frames at the start during which it comes in over the shot before; 0 for a cut.
    """

    start: int
    end: int
    recipe: Recipe
    first: int
    dissolve: int


class Film(NamedTuple):
    """A film and the truth about it."""

    path: Path
    segments: tuple[Segment, ...]
    rate: Rate

    @property
    def cuts(self) -> tuple[int, ...]:
        """First frames after each hard cut."""
        return tuple(part.start for part in self.segments[1:] if not part.dissolve)


def film(corpus: Corpus, split: Split, seed: int, shots: int = 16, rate: int = 24) -> Film:
    """Assemble a film, kept like the shots under the corpus's folder.

    A shot is cut to 1 to 2.5 seconds of its frames, which are shown one for one whatever its own
    rate. Every fifth comes in by a dissolve of 12 frames. The third shot comes back near the end;
    a title opens the film, black lies in the middle.

    Args:
        corpus: Where the shots come from.
        split: Side that they are of.
        seed: Which shots, in which order, how long.
        shots: Number of segments, at least 6.
        rate: 24 or 25 frames a second.
    """
    segments = plan(split, seed, shots)
    told = " ".join(f"{part.recipe.digest} {part[:2]} {part[3:]}" for part in segments)
    target = corpus.folder / f"film-{seed}-{rate}-{digest_of(told.encode())[-16:]}.mp4"
    made = Film(target, segments, Rate(numerator=rate))
    if not target.exists():
        raster = Raster(width=1280, height=720)
        with tempfile.TemporaryDirectory() as scratch:
            sound = Path(scratch) / "sound.wav"
            sound.write_bytes(encode_wav(_sound(segments, rate, seed), _HZ))
            write_frames(_joined(corpus, segments), target, raster, made.rate, sound)
    return made


def plan(split: Split, seed: int, shots: int) -> tuple[Segment, ...]:
    """The segments of a film."""
    chance = np.random.default_rng([seed, 77])
    pool = [r for r in recipes(split, textured=True, slow=False) if r.kind not in _MANY]
    flat = recipes(split, textured=False)
    chosen = [pool[int(k)] for k in chance.permutation(len(pool))[:shots]]
    chosen[0] = next(r for r in flat[seed % 3 :] if r.kind is Kind.TITLE)
    chosen[shots // 2] = next(r for r in flat if r.kind is Kind.BLACK)
    chosen[-2] = chosen[2]
    segments: list[Segment] = []
    start = 0
    for number, recipe in enumerate(chosen):
        length = min(int(chance.integers(25, 62)), recipe.frames - DISSOLVE)
        first = int(chance.integers(0, recipe.frames - DISSOLVE - length + 1))
        soft = number % 5 == 4
        segments.append(Segment(start, start + length, recipe, first, DISSOLVE if soft else 0))
        start += length
    return tuple(segments)


def _joined(corpus: Corpus, segments: tuple[Segment, ...]) -> Frames:
    """All frames; under a dissolve the shot before runs on."""
    tail: list[Picture] = []
    for part in segments:
        length = part.end - part.start
        shown = islice(corpus.frames(part.recipe), part.first, part.first + length + DISSOLVE)
        kept = list(shown)
        yield from _opening(kept[:length], tail[: part.dissolve])
        tail = kept[length:]


def _opening(frames: list[Picture], before: list[Picture]) -> Iterator[Picture]:
    for number, frame in enumerate(frames):
        if number < len(before):
            yield blended(before[number], frame, (number + 1) / (len(before) + 1))
        else:
            yield frame


def _sound(segments: tuple[Segment, ...], rate: int, seed: int) -> Plane:
    """Plucked notes over the whole film and a breath of noise that changes with each cut."""
    chance = np.random.default_rng([seed, 78])
    length = segments[-1].end * _HZ // rate
    out = np.zeros(length, np.float32)
    for part in segments:
        begin, end = part.start * _HZ // rate, part.end * _HZ // rate
        level = float(chance.uniform(0.002, 0.02))
        out[begin:end] += chance.standard_normal(end - begin, dtype=np.float32) * level
    time = np.arange(_HZ) / _HZ
    for begin in range(0, length - _HZ, _HZ // 4):
        pitch = 110 * 2 ** (int(chance.choice([0, 3, 5, 7, 10, 12, 15, 19])) / 12)
        note = sum(np.sin(2 * np.pi * pitch * k * time) / k**1.3 for k in range(1, 7))
        fall = np.exp(-time * float(chance.uniform(3, 9))) * float(chance.uniform(0.03, 0.12))
        out[begin : begin + _HZ] += (note * fall).astype(np.float32)
    return np.stack([out, np.roll(out, 240)], axis=1)
