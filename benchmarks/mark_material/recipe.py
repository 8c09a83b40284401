"""What a shot of test material is made from: kind, seed, source, length, and its side of the split.

A recipe is a value. The same recipe gives the same frames, and its digest names the cached file.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

import numpy as np
from pydantic import NonNegativeInt, PositiveInt

from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import Digest, Value, digest_of

REVISION = 1
"""Part of every digest: raise it when the frames of any recipe change."""


class Split(StrEnum):
    """Shots to set parameters with, and shots to report figures of."""

    TUNE = "tune"
    REPORT = "report"


class Kind(StrEnum):
    """What a shot shows."""

    FOOTAGE = "footage"
    PAN = "pan"
    HANDHELD = "handheld"
    NIGHT = "night"
    SNOWFALL = "snowfall"
    CARDS = "cards"
    PARALLAX = "parallax"
    CLOUDS = "clouds"
    WATER = "water"
    ROAD = "road"
    VORONOI = "voronoi"
    SHAPES = "shapes"
    FLOCK = "flock"
    PLASMA = "plasma"
    FRACTAL = "fractal"
    AUTOMATON = "automaton"
    CUBES = "cubes"
    WIREFRAME = "wireframe"
    GRAIN = "grain"
    DOCUMENT = "document"
    LETTERBOX = "letterbox"
    MONTAGE = "montage"
    DISSOLVE = "dissolve"
    WORLD = "world"
    TITLE = "title"
    CREDITS = "credits"
    BLACK = "black"
    GREY = "grey"
    SKY = "sky"
    FADE = "fade"
    BARS = "bars"
    CARTOON = "cartoon"


FLAT = frozenset(
    {
        *(Kind.TITLE, Kind.CREDITS, Kind.BLACK, Kind.GREY),
        *(Kind.SKY, Kind.FADE, Kind.BARS, Kind.CARTOON),
    }
)
"""Kinds with little or no texture: a mark has nowhere to hide, figures are reported apart."""

PHOTOGRAPHIC = frozenset({Kind.PAN, Kind.HANDHELD, Kind.NIGHT, Kind.SNOWFALL, Kind.CARDS})
"""Kinds made over source pictures."""

COMPOSED = frozenset({Kind.LETTERBOX, Kind.MONTAGE, Kind.DISSOLVE})
"""Kinds made of shots of other kinds; a montage and a dissolve are more than one shot."""


class Recipe(Value):
    """A shot to make.

    Attributes:
        seed: Of everything that is drawn by chance; no seed is on both sides of the split.
        source: Name of the picture or footage used (see ``sources``), or "" for a drawn shot.
        split: The side it is on. Sources and seeds of one side are never on the other.
    """

    kind: Kind
    seed: NonNegativeInt
    split: Split
    source: str = ""
    frames: PositiveInt = 60
    rate: Rate = Rate(numerator=24)
    raster: Raster = Raster(width=1280, height=720)

    @property
    def textured(self) -> bool:
        """Whether the shot is of a kind that can carry a mark."""
        return self.kind not in FLAT

    @property
    def digest(self) -> Digest:
        """Names the frames."""
        return digest_of(f"{REVISION} {self.model_dump_json()}".encode())

    @property
    def name(self) -> str:
        """Short, for tables and files."""
        return f"{self.kind.value}-{self.seed}" + (f"-{self.source}" if self.source else "")

    def chance(self) -> np.random.Generator:
        """Random numbers of this shot, the same each time."""
        return np.random.default_rng([self.seed, *self.kind.value.encode()])


def split_of(text: str) -> Split:
    """Side of a seed: fixed by a hash of its text, two in five to tune with."""
    first = hashlib.sha256(f"split {text}".encode()).digest()[0]
    return Split.TUNE if first % 5 < 2 else Split.REPORT
