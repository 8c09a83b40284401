"""What the kinds of shots are drawn with: camera paths, windows on a plate, textures, grain.

Pictures are RGB, uint8, (h, w, 3); planes are float32 in 0..1. All chance comes from the
generator handed in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.model.element import Raster

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
Frames = Iterator[Picture]
Chance = np.random.Generator


def eased(frames: int, chance: Chance) -> Plane:
    """Progress from 0 to 1 over a shot: linear, or with soft start and stop."""
    line = np.linspace(0, 1, frames, dtype=np.float32)
    return line if chance.random() < 0.5 else np.asarray(line * line * (3 - 2 * line), np.float32)


def shake(frames: int, chance: Chance, size: float) -> NDArray[np.float64]:
    """Hand-held motion (frames, 3): right, down in pixels and degrees, a few slow waves each."""
    time = np.arange(frames)[:, None, None] / 24
    speed = chance.uniform(0.3, 4.5, (1, 6, 3))
    phase = chance.uniform(0, 2 * math.pi, (1, 6, 3))
    waves = np.sin(2 * math.pi * speed * time + phase) / (0.5 + speed)
    return np.asarray(waves.sum(axis=1) * size * np.array([1.0, 1.0, 0.05]))


def window(
    plate: Picture, raster: Raster, centre: tuple[float, float], zoom: float, angle: float = 0.0
) -> Picture:
    """What a camera sees of a plate; beyond its edge the plate is mirrored.

    Args:
        plate: The picture.
        raster: Size of the result.
        centre: Of the view, as fractions of the plate's width and height.
        zoom: Pixels of the result for one of the plate.
        angle: Roll in degrees.
    """
    height, width = plate.shape[:2]
    turn = math.radians(angle)
    c, s = math.cos(turn) / zoom, math.sin(turn) / zoom
    half_w, half_h = raster.width / 2, raster.height / 2
    x, y = centre[0] * width, centre[1] * height
    back = np.array([[c, -s, x - c * half_w + s * half_h], [s, c, y - s * half_w - c * half_h]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(
        plate, back, (raster.width, raster.height), flags=flags, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(seen, np.uint8)


def plate_of(picture: Picture, raster: Raster, room: float) -> Picture:
    """A photograph enlarged to cover a raster ``room`` times, a little sharpened."""
    height, width = picture.shape[:2]
    scale = room * max(raster.width / width, raster.height / height)
    size = (math.ceil(width * scale), math.ceil(height * scale))
    large = cv2.resize(
        picture, size, interpolation=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    )
    soft = cv2.GaussianBlur(large, (0, 0), 1.2)
    return np.asarray(cv2.addWeighted(large, 1.6, soft, -0.6, 0), np.uint8)


def grained(picture: Picture, noise: Sequence[Picture], number: int) -> Picture:
    """Add one of a few planes of grain, shifted so that none comes back soon."""
    plane = noise[number % len(noise)]
    height, width = picture.shape[:2]
    down, right = (number * 37) % 64, (number * 53) % 64
    part = plane[down : down + height, right : right + width]
    return np.asarray(cv2.addWeighted(picture, 1, part, 1, -128), np.uint8)


def grain(raster: Raster, chance: Chance, strength: float, coarse: float = 0.7) -> list[Picture]:
    """Three planes of grain about 128, 64 pixels larger than the raster.

    Args:
        raster: Of the frames that it is for.
        chance: Random numbers.
        strength: Standard deviation in levels.
        coarse: Standard deviation of the blur in pixels.
    """
    planes = []
    for _ in range(3):
        rough = chance.standard_normal((raster.height + 64, raster.width + 64), dtype=np.float32)
        soft = np.asarray(cv2.GaussianBlur(rough, (0, 0), coarse))
        one = np.clip(128 + soft * (strength / float(soft.std())), 0, 255).astype(np.uint8)
        planes.append(np.asarray(cv2.merge([one, one, one]), np.uint8))
    return planes


def fractal(
    chance: Chance, size: tuple[int, int], coarse: int = 4, roughness: float = 0.55
) -> Plane:
    """Noise of all scales (h, w), stretched to 0..1.

    Args:
        chance: Random numbers.
        size: Height and width.
        coarse: Cells across the height at the largest scale.
        roughness: Amplitude of each scale in terms of the one above it.
    """
    height, width = size
    out = np.zeros(size, np.float32)
    cells, amplitude = coarse, 1.0
    while cells < height:
        small = chance.random((cells + 2, math.ceil(cells * width / height) + 2), np.float32)
        out += amplitude * np.asarray(
            cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
        )
        cells, amplitude = cells * 2, amplitude * roughness
    return np.asarray((out - out.min()) / (out.max() - out.min()), np.float32)


def palette(chance: Chance, colours: int = 5) -> Picture:
    """A table (256, 3) that runs through a few colours of one mood, from dark to light."""
    hue = chance.uniform(0, 180) + chance.normal(0, 28, colours)
    value = np.sort(chance.uniform(20, 255, colours))
    if chance.random() < 0.3:
        value = chance.permutation(value)
    vivid = chance.choice([70, 110, 220])
    tones = np.stack([hue % 180, chance.uniform(10, vivid, colours), value], axis=1)
    rgb = cv2.cvtColor(tones[None].astype(np.uint8), cv2.COLOR_HSV2RGB)[0]
    at = np.linspace(0, colours - 1, 256)
    table = [np.interp(at, np.arange(colours), rgb[:, channel]) for channel in range(3)]
    return np.stack(table, axis=1).astype(np.uint8)


def coloured(plane: Plane, table: Picture) -> Picture:
    """A plane through a palette."""
    level = np.clip(plane * 255, 0, 255).astype(np.uint8)
    tripled = np.asarray(cv2.merge([level, level, level]))
    return np.asarray(cv2.LUT(tripled, table[None]), np.uint8)


def colour(chance: Chance, low: int = 0) -> tuple[int, int, int]:
    """Any colour, each channel at least ``low``."""
    red, green, blue = (int(level) for level in chance.integers(low, 256, 3))
    return red, green, blue


def texture(chance: Chance, size: tuple[int, int]) -> Picture:
    """A procedural surface (h, w, 3): earth, marble, planks, stones, weave, leaves or bricks."""
    makers = (_earth, _marble, _planks, _stones, _weave, _leaves, _bricks)
    plane = makers[int(chance.integers(len(makers)))](chance, size)
    fine = fractal(chance, size, 64, 0.9)
    return coloured(np.clip(plane * 0.85 + (fine - 0.5) * 0.35, 0, 1), palette(chance))


def _earth(chance: Chance, size: tuple[int, int]) -> Plane:
    return fractal(chance, size, int(chance.integers(3, 12)), chance.uniform(0.55, 0.85))


def _marble(chance: Chance, size: tuple[int, int]) -> Plane:
    bent = fractal(chance, size, 3, 0.6)
    ramp = np.linspace(0, chance.uniform(4, 18), size[1], dtype=np.float32)[None]
    return np.asarray(0.5 + 0.5 * np.sin(2 * math.pi * (ramp + bent * 5)), np.float32)


def _planks(chance: Chance, size: tuple[int, int]) -> Plane:
    rows = int(chance.integers(5, 14))
    long = fractal(chance, (size[0], max(size[1] // 24, 8)), 40, 0.85)
    grain_lines = np.asarray(cv2.resize(long, (size[1], size[0]), interpolation=cv2.INTER_CUBIC))
    board = (np.arange(size[0]) * rows // size[0]).astype(int)
    tone = chance.uniform(-0.15, 0.15, rows)[board]
    seam = np.r_[True, np.diff(board) != 0]
    return np.asarray(grain_lines * 0.7 + 0.15 + tone[:, None] - 0.4 * seam[:, None], np.float32)


def cells(chance: Chance, size: tuple[int, int], count: int) -> tuple[Plane, NDArray[np.int32]]:
    """Distance to the nearest of some scattered points, and which one it is."""
    seeds = np.full(size, 255, np.uint8)
    rows, columns = chance.integers(0, size[0], count), chance.integers(0, size[1], count)
    seeds[rows, columns] = 0
    distance, labels = cv2.distanceTransformWithLabels(
        seeds, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    return np.asarray(distance, np.float32), np.asarray(labels, np.int32)


def _stones(chance: Chance, size: tuple[int, int]) -> Plane:
    distance, labels = cells(chance, size, int(chance.integers(120, 1500)))
    tone = chance.uniform(0.3, 1, int(labels.max()) + 1).astype(np.float32)
    return np.asarray(tone[labels] * np.clip(1.2 - distance / distance.max() * 1.8, 0, 1))


def _weave(chance: Chance, size: tuple[int, int]) -> Plane:
    pitch = chance.uniform(7, 26)
    y, x = np.ogrid[: size[0], : size[1]]
    over = ((x // pitch).astype(int) + (y // pitch).astype(int)) % 2 == 0
    across = np.abs(np.sin(math.pi * x / pitch)) + 0 * y
    along = np.abs(np.sin(math.pi * y / pitch)) + 0 * x
    return np.asarray(np.where(over, across, along) * 0.8 + 0.1, np.float32)


def _leaves(chance: Chance, size: tuple[int, int]) -> Plane:
    plane = np.full(size, 0.1, np.float32)
    count = 900
    centres = chance.uniform(0, 1, (count, 2)) * np.array([size[1], size[0]])
    for k in range(count):
        axes = (int(chance.integers(12, 60)), int(chance.integers(4, 18)))
        x, y = (int(value) for value in centres[k])
        tone = float(0.2 + 0.8 * k / count * chance.uniform(0.5, 1))
        turn = float(chance.uniform(0, 360))
        cv2.ellipse(plane, (x, y), axes, turn, 0, 360, (tone,), -1, cv2.LINE_AA)
    return plane


def _bricks(chance: Chance, size: tuple[int, int]) -> Plane:
    high, wide = int(chance.integers(18, 60)), int(chance.integers(50, 140))
    y, x = np.mgrid[: size[0], : size[1]]
    row = y // high
    moved = x + (row % 2) * (wide // 2)
    column = moved // wide
    tone = chance.uniform(0.4, 0.95, (int(row.max()) + 1, int(column.max()) + 1))[row, column]
    mortar = (y % high < 4) | (moved % wide < 4)
    return np.asarray(np.where(mortar, 0.2, tone), np.float32)


def captioned(
    picture: Picture, text: str, place: tuple[int, int], size: int, shade: tuple[int, int, int]
) -> None:
    """Write a line of text into a picture, its base line beginning at a place."""
    cv2.putText(picture, text, place, shade, cv2.FontFace("sans"), size, 500)


WORDS = (
    "light",
    "river",
    "stone",
    "winter",
    "paper",
    "window",
    "night",
    "harbour",
    "field",
    "glass",
    "engine",
    "letter",
    "garden",
    "song",
    "road",
    "silver",
    "morning",
    "cloud",
    "bridge",
    "market",
    "shadow",
    "island",
    "copper",
    "station",
    "story",
    "forest",
    "signal",
)


def sentence(chance: Chance, words: int) -> str:
    """Some words in no order."""
    return " ".join(WORDS[int(k)] for k in chance.integers(0, len(WORDS), words)).capitalize()


def blended(first: Picture, second: Picture, share: float) -> Picture:
    """A mix; ``share`` is the part of the second."""
    return np.asarray(cv2.addWeighted(first, 1 - share, second, share, 0), np.uint8)
