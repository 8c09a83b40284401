"""The corpus: which shots there are on each side, how each is made, and where it is kept."""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from generique.model.time import Rate
from mark_material import animation, flat, nature, photographic
from mark_material.drawing import Frames, blended
from mark_material.recipe import FLAT, PHOTOGRAPHIC, Kind, Recipe, Split, split_of
from mark_material.rendered import world
from mark_material.sources import Shelf, sources
from mark_material.video import read_frames, write_frames

REPORT_COUNTS = {
    Kind.FOOTAGE: 24,
    Kind.PAN: 22,
    Kind.HANDHELD: 22,
    Kind.NIGHT: 14,
    Kind.SNOWFALL: 14,
    Kind.CARDS: 12,
    Kind.PARALLAX: 20,
    Kind.CLOUDS: 12,
    Kind.WATER: 16,
    Kind.ROAD: 14,
    Kind.VORONOI: 10,
    Kind.SHAPES: 16,
    Kind.FLOCK: 12,
    Kind.PLASMA: 10,
    Kind.FRACTAL: 12,
    Kind.AUTOMATON: 12,
    Kind.CUBES: 14,
    Kind.WIREFRAME: 10,
    Kind.GRAIN: 10,
    Kind.DOCUMENT: 12,
    Kind.LETTERBOX: 12,
    Kind.MONTAGE: 8,
    Kind.DISSOLVE: 8,
    Kind.WORLD: 24,
    Kind.TITLE: 12,
    Kind.CREDITS: 6,
    Kind.BLACK: 4,
    Kind.GREY: 6,
    Kind.SKY: 8,
    Kind.FADE: 6,
    Kind.BARS: 4,
    Kind.CARTOON: 8,
}
"""Shots of each kind to report figures of; there are two fifths as many to tune with."""

_DRAWN: dict[Kind, Callable[[Recipe], Frames]] = {
    Kind.PARALLAX: nature.parallax,
    Kind.CLOUDS: nature.clouds,
    Kind.WATER: nature.water,
    Kind.ROAD: nature.road,
    Kind.GRAIN: nature.film_grain,
    Kind.VORONOI: animation.voronoi,
    Kind.SHAPES: animation.shapes,
    Kind.FLOCK: animation.flock,
    Kind.PLASMA: animation.plasma,
    Kind.FRACTAL: animation.fractal_zoom,
    Kind.AUTOMATON: animation.automaton,
    Kind.CUBES: animation.cubes,
    Kind.WIREFRAME: animation.wireframe,
    Kind.DOCUMENT: animation.document,
    Kind.TITLE: flat.title,
    Kind.CREDITS: flat.credit_roll,
    Kind.BLACK: flat.black,
    Kind.GREY: flat.grey,
    Kind.SKY: flat.sky,
    Kind.FADE: flat.fade,
    Kind.BARS: flat.bars,
    Kind.CARTOON: flat.cartoon,
}
_OVER_PICTURES: dict[Kind, Callable[[Recipe, Shelf], Frames]] = {
    Kind.FOOTAGE: photographic.footage,
    Kind.PAN: photographic.pan,
    Kind.HANDHELD: photographic.handheld,
    Kind.NIGHT: photographic.night,
    Kind.SNOWFALL: photographic.snowfall,
    Kind.CARDS: photographic.cards,
}
_PARTS = (
    *(Kind.PAN, Kind.HANDHELD, Kind.PARALLAX, Kind.ROAD, Kind.CUBES, Kind.CLOUDS, Kind.FOOTAGE),
    *(Kind.SHAPES, Kind.SNOWFALL, Kind.WATER, Kind.DOCUMENT),
)
"""Kinds that the composed shots are made of."""


def recipes(
    split: Split, *, textured: bool | None = None, limit: int | None = None, slow: bool = True
) -> list[Recipe]:
    """The shots of one side, kinds well mixed, so that a beginning of the list is a fair sample.

    Args:
        split: The side.
        textured: Only kinds that can carry a mark (True) or only flat ones (False).
        limit: At most so many.
        slow: Whether to include what takes long to make the first time (``world``).
    """
    mixed: list[tuple[float, Recipe]] = []
    for kind, most in REPORT_COUNTS.items():
        if (textured is not None and textured is (kind in FLAT)) or (
            kind is Kind.WORLD and not slow
        ):
            continue
        count = most if split is Split.REPORT else max(2, round(most * 0.4))
        mixed += [
            ((k + 0.5) / count, recipe_of(kind, seed, split))
            for k, seed in enumerate(_seeds(kind, split, count))
        ]
    mixed.sort(key=lambda pair: (pair[0], pair[1].name))
    return [recipe for _, recipe in mixed][:limit]


def _seeds(kind: Kind, split: Split, count: int) -> list[int]:
    fitting = (seed for seed in range(10_000) if split_of(f"{kind.value} {seed}") is split)
    return list(islice(fitting, count))


def recipe_of(kind: Kind, seed: int, split: Split) -> Recipe:
    """A recipe with the length, rate and source that follow from kind, seed and side."""
    chance = np.random.default_rng([seed, 7, *kind.value.encode()])
    moving = kind is Kind.FOOTAGE
    choice = sources(split, moving=moving) if moving or kind in PHOTOGRAPHIC else ("",)
    return Recipe(
        kind=kind,
        seed=seed,
        split=split,
        source=choice[seed % len(choice)],
        frames=int(chance.integers(50, 72)),
        rate=Rate(numerator=int(chance.choice([24, 25]))),
    )


class Corpus:
    """Makes shots and keeps them by digest.

    Args:
        folder: Where to keep them. None takes ``GENERIQUE_BENCHMARK_FOLDER``, or a folder of that
            purpose among the temporary files.
    """

    def __init__(self, folder: Path | None = None) -> None:
        given = os.environ.get("GENERIQUE_BENCHMARK_FOLDER") or tempfile.gettempdir()
        self.folder = folder or Path(given) / "generique-mark-material"
        self._shots = self.folder / "shots"
        self._shots.mkdir(parents=True, exist_ok=True)
        self._shelf = Shelf(self.folder / "sources")
        cv2.setNumThreads(1)

    def path(self, recipe: Recipe) -> Path:
        """File of a shot, made when it is not there yet."""
        path = self._shots / f"{recipe.digest.removeprefix('sha256:')[:32]}.mp4"
        if not path.exists():
            write_frames(self.draw(recipe), path, recipe.raster, recipe.rate)
        return path

    def frames(self, recipe: Recipe) -> Frames:
        """Frames of a shot as the kept file has them: (h, w, 3), uint8, RGB."""
        return read_frames(self.path(recipe))

    def build(self, wanted: Sequence[Recipe]) -> list[Path]:
        """Make all shots of a list; says on stderr how far it is."""
        begun, paths = time.monotonic(), []
        for number, recipe in enumerate(wanted, 1):
            paths.append(self.path(recipe))
            spent = time.monotonic() - begun
            left = spent / number * (len(wanted) - number)
            line = f"\r{number}/{len(wanted)} {recipe.name:<36} {left:5.0f} s left"
            print(line, end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        return paths

    def draw(self, recipe: Recipe) -> Frames:
        """Frames straight from the recipe, without the encoder between."""
        if recipe.kind in _DRAWN:
            return _DRAWN[recipe.kind](recipe)
        if recipe.kind in _OVER_PICTURES:
            return _OVER_PICTURES[recipe.kind](recipe, self._shelf)
        if recipe.kind is Kind.WORLD:
            return world(recipe, self.folder / "world")
        return self._composed(recipe)

    def _composed(self, recipe: Recipe) -> Frames:
        chance = recipe.chance()
        count = {Kind.LETTERBOX: 1, Kind.DISSOLVE: 2, Kind.MONTAGE: int(chance.integers(4, 9))}
        parts = [
            recipe_of(
                _PARTS[int(chance.integers(len(_PARTS)))],
                50_000 + 20 * recipe.seed + k,
                recipe.split,
            ).model_copy(update={"frames": recipe.frames, "rate": recipe.rate})
            for k in range(count[recipe.kind])
        ]
        if recipe.kind is Kind.LETTERBOX:
            return _letterboxed(self.draw(parts[0]), float(chance.choice([1.85, 2.0, 2.39, 1.33])))
        if recipe.kind is Kind.DISSOLVE:
            return _dissolved(self.draw(parts[0]), self.draw(parts[1]), recipe.frames)
        return self._montage(recipe, parts)

    def _montage(self, recipe: Recipe, parts: list[Recipe]) -> Frames:
        length = math.ceil(recipe.frames / len(parts))
        for k, part in enumerate(parts):
            rest = min(length, recipe.frames - k * length)
            yield from islice(self.draw(part), max(rest, 0))


def _letterboxed(frames: Frames, aspect: float) -> Frames:
    """Black bars above and below, or at the sides when the aspect is narrower than the frame."""
    for frame in frames:
        height, width = frame.shape[:2]
        shown = frame.copy()
        bar = (height - round(width / aspect)) // 2
        if bar > 0:
            shown[:bar] = shown[-bar:] = 0
        else:
            side = (width - round(height * aspect)) // 2
            shown[:, :side] = shown[:, -side:] = 0
        yield shown


def _dissolved(first: Frames, second: Frames, frames: int) -> Frames:
    begin, length = frames // 3, frames // 3
    for number, (one, two) in enumerate(zip(first, second, strict=False)):
        yield blended(one, two, min(max((number - begin) / length, 0.0), 1.0))
