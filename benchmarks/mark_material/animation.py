"""Drawn animation: cells, shapes, a flock, plasma, fractals, automata, solids, a wire landscape."""

from __future__ import annotations

import math
from itertools import pairwise

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.ndimage import convolve

from mark_material.drawing import (
    Chance,
    Frames,
    Picture,
    Plane,
    captioned,
    colour,
    coloured,
    eased,
    fractal,
    palette,
    sentence,
    texture,
    window,
)
from mark_material.recipe import Recipe


def voronoi(recipe: Recipe) -> Frames:
    """Cells about moving points, each of its own colour, with dark borders."""
    chance = recipe.chance()
    raster = recipe.raster
    size = (raster.height // 2, raster.width // 2)
    count = int(chance.integers(40, 400))
    place, way = chance.uniform(0, 1, (count, 2)), chance.normal(0, 0.002, (count, 2))
    tones = coloured(chance.random((1, count + 1), np.float32), palette(chance, 7))[0]
    surface = texture(chance, (raster.height, raster.width))
    reach = 9.0 * math.sqrt(400 / count)
    for number in range(recipe.frames):
        seeds = np.full(size, 255, np.uint8)
        at = np.mod(place + way * number, 1.0) * (np.array(size) - 1)
        rows, columns = at.astype(int).T
        seeds[rows, columns] = 0
        distance, labels = cv2.distanceTransformWithLabels(
            seeds, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
        )
        owner = np.zeros(int(labels.max()) + 1, np.int32)
        owner[labels[rows, columns]] = np.arange(count)
        shade = np.clip(1.15 - np.asarray(distance) / (reach * 3), 0.15, 1)[..., None]
        small = (tones[owner[labels]] * shade).astype(np.uint8)
        large = cv2.resize(small, (raster.width, raster.height), interpolation=cv2.INTER_LINEAR)
        yield np.asarray(cv2.addWeighted(large, 0.75, surface, 0.25, 0), np.uint8)


def shapes(recipe: Recipe) -> Frames:
    """Textured and outlined discs and polygons that drift and turn over a moving surface."""
    chance = recipe.chance()
    raster = recipe.raster
    back = texture(chance, (raster.height, raster.width * 5 // 4))
    fill = texture(chance, (raster.height, raster.width))
    count = int(chance.integers(6, 40))
    place = chance.uniform(0, 1, (count, 2)) * (raster.width, raster.height)
    way, spin = chance.normal(0, 3.5, (count, 2)), chance.normal(0, 0.04, count)
    radius, corners = chance.uniform(20, 170, count), chance.integers(3, 9, count)
    tones = [colour(chance) for _ in range(count)]
    slide = float(chance.uniform(-0.002, 0.002))
    for number in range(recipe.frames):
        shown = window(back, raster, (0.5 + slide * number, 0.5), 1.0)
        inside = np.zeros((raster.height, raster.width), np.uint8)
        for k in range(count):
            middle = np.mod(place[k] + way[k] * number, (raster.width, raster.height))
            turn = spin[k] * number + np.arange(corners[k]) * 2 * math.pi / corners[k]
            line = middle + radius[k] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
            outline = [line.astype(np.int32)]
            if k % 2:
                cv2.fillPoly(shown, outline, tones[k], cv2.LINE_AA)
            else:
                cv2.fillPoly(inside, outline, (255,))
        cv2.copyTo(fill, inside, shown)
        yield shown


def flock(recipe: Recipe) -> Frames:
    """Birds that keep together, over a sky or a ground."""
    chance = recipe.chance()
    raster = recipe.raster
    size = (raster.height, raster.width)
    land = texture(chance, size)
    sky = coloured(fractal(chance, size, 2, 0.6), palette(chance))
    back = sky if chance.random() < 0.5 else land
    count = int(chance.integers(60, 500))
    place = chance.uniform(0, 1, (count, 2)) * (raster.width, raster.height)
    way = chance.normal(0, 4, (count, 2)) + chance.normal(0, 3, 2)
    tone, span = colour(chance), float(chance.uniform(4, 12))
    for number in range(recipe.frames):
        near = chance.integers(0, count, (count, 5))
        way += 0.05 * (way[near].mean(axis=1) - way)
        way += 0.003 * (place[near].mean(axis=1) - place)
        way += chance.normal(0, 0.4, (count, 2))
        way *= np.minimum(1, 9 / np.maximum(np.hypot(*way.T), 1e-6))[:, None]
        place = np.mod(place + way, (raster.width, raster.height))
        shown = window(back, raster, (0.5 + number * 0.0005, 0.5), 1.06)
        beat = np.sin(number * 0.9 + np.arange(count)) * span
        for k in range(count):
            x, y = place[k]
            wing = np.array([[x - span, y - beat[k]], [x, y], [x + span, y - beat[k]]], np.int32)
            cv2.polylines(
                shown, [wing], isClosed=False, color=tone, thickness=2, lineType=cv2.LINE_AA
            )
        yield shown


def plasma(recipe: Recipe) -> Frames:
    """Sums of waves through a palette, with contour lines."""
    chance = recipe.chance()
    raster = recipe.raster
    size = (raster.height // 2, raster.width // 2)
    y, x = np.mgrid[: size[0], : size[1]].astype(np.float32) / size[0]
    freq, beat = chance.uniform(3, 22, 4), chance.uniform(0.02, 0.14, 4)
    bands = float(chance.uniform(1, 7))
    table = palette(chance, 8)
    warp = fractal(chance, size, 4, 0.55) * float(chance.uniform(0, 2.5))
    for number in range(recipe.frames):
        t = beat * number
        plane = np.sin(freq[0] * x + t[0] + warp) + np.sin(freq[1] * y - t[1])
        plane = plane + np.sin(freq[2] * (x + y) * 0.7 + t[2])
        plane = plane + np.sin(freq[3] * np.hypot(x - 0.9, y - 0.5) - t[3] + warp)
        level = np.mod(np.asarray(plane, np.float32) * (0.125 * bands) + bands, 1.0)
        small = coloured(np.asarray(np.abs(2 * level - 1), np.float32), table)
        yield np.asarray(cv2.resize(small, (raster.width, raster.height)), np.uint8)


_PLACES = (-0.743643 + 0.131825j, -0.1011 + 0.9563j, -1.25066 + 0.02012j, 0.2925 + 0.0149j)


def fractal_zoom(recipe: Recipe) -> Frames:
    """A dive into the Mandelbrot set: two plates of it, cross-faded as one outgrows the frame."""
    chance = recipe.chance()
    raster = recipe.raster
    centre = _PLACES[int(chance.integers(len(_PLACES)))]
    width = float(10 ** chance.uniform(-3.2, -0.6))
    table = palette(chance, 9)
    turn = float(chance.uniform(-0.3, 0.3))
    plates = [coloured(_escape(centre, width / 2**k, raster.width), table) for k in range(2)]
    for number, t in enumerate(eased(recipe.frames, chance)):
        zoom = 2.0 ** float(t)
        shown = window(plates[0], raster, (0.5, 0.5), zoom, turn * number)
        inner = np.zeros_like(shown)
        flags = cv2.INTER_LINEAR
        scale = zoom / 2
        matrix = cv2.getRotationMatrix2D((raster.width / 2, raster.width / 2), turn * number, scale)
        matrix[1, 2] -= (raster.width - raster.height) / 2
        cv2.warpAffine(plates[1], matrix, (raster.width, raster.height), dst=inner, flags=flags)
        cv2.copyTo(inner, (inner.max(axis=2) > 0).astype(np.uint8), shown)
        yield shown


@njit(cache=True)
def _escape(centre: complex, width: float, size: int) -> Plane:
    """How fast points of a square leave, 0..1; ``size`` points a side."""
    out = np.zeros((size, size), np.float32)
    step = width / (size - 1)
    for row in range(size):
        for column in range(size):
            c = centre + complex(column * step - width / 2, row * step - width / 2)
            z = c
            for count in range(90):
                square = z.real * z.real + z.imag * z.imag
                if square > 64:
                    smooth = count + 1 - math.log2(math.log2(square))
                    out[row, column] = 0.5 + 0.5 * math.sin(smooth * 0.45)
                    break
                z = z * z + c
    return out


def automaton(recipe: Recipe) -> Frames:
    """Cells that live and die by rule, each a block of pixels, under a slow camera."""
    chance = recipe.chance()
    raster = recipe.raster
    block = int(chance.choice([4, 6, 8]))
    size = (raster.height // block + 8, raster.width // block + 8)
    states = int(chance.integers(8, 16))
    cyclic = chance.random() < 0.5
    grid = chance.integers(0, states, size) if cyclic else chance.integers(0, 2, size)
    age = np.zeros(size, np.float32)
    table = palette(chance, 6)
    slide = chance.normal(0, 0.0008, 2)
    for number in range(recipe.frames):
        if number % 2 == 0:
            grid = _cyclic(grid, states) if cyclic else _life(grid)
        age = np.asarray(age * 0.85 + 0.15 * grid / (states - 1 if cyclic else 1), np.float32)
        large = cv2.resize(
            coloured(age, table), None, fx=block, fy=block, interpolation=cv2.INTER_NEAREST
        )
        place = (0.5 + slide[0] * number, 0.5 + slide[1] * number)
        yield window(np.asarray(large, np.uint8), raster, place, 1.0)


def _cyclic(grid: NDArray[np.int64], states: int) -> NDArray[np.int64]:
    after = (grid + 1) % states
    eaten = np.zeros(grid.shape, bool)
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        eaten |= np.roll(grid, step, axis) == after
    return np.where(eaten, after, grid)


def _life(grid: NDArray[np.int64]) -> NDArray[np.int64]:
    kernel = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]])
    around = convolve(grid, kernel, mode="wrap")
    alive = (around == 3) | ((grid == 1) & (around == 2))
    return np.asarray(alive, np.int64)


_CORNERS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float64)
_FACES = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))


def cubes(recipe: Recipe) -> Frames:
    """Textured cubes that turn in space."""
    chance = recipe.chance()
    raster = recipe.raster
    back = texture(chance, (raster.height, raster.width * 5 // 4))
    back = np.asarray(cv2.convertScaleAbs(back, alpha=0.5), np.uint8)
    skins = [texture(chance, (256, 256)) for _ in range(3)]
    count = int(chance.integers(2, 7))
    place = chance.uniform(-1, 1, (count, 3)) * (5.5, 2.6, 2.5) + (0, 0, 10)
    spin, phase = chance.normal(0, 0.03, (count, 3)), chance.uniform(0, 6, (count, 3))
    order = np.argsort(-place[:, 2])
    for number in range(recipe.frames):
        shown = window(back, raster, (0.5 + number * 0.0008, 0.5), 1.0)
        for k in order:
            solid = _CORNERS @ _turned(phase[k] + spin[k] * number).T * 1.25 + place[k]
            flat = solid[:, :2] / solid[:, 2:] * raster.width * 0.9
            flat += (raster.width / 2, raster.height / 2)
            _faces(shown, flat, skins)
        yield shown


def _faces(shown: Picture, flat: NDArray[np.float64], skins: list[Picture]) -> None:
    size = (shown.shape[1], shown.shape[0])
    square = np.array([[0, 0], [255, 0], [255, 255], [0, 255]], np.float32)
    for number, face in enumerate(_FACES):
        four = flat[list(face)].astype(np.float32)
        edge, other = four[1] - four[0], four[2] - four[0]
        if edge[0] * other[1] - edge[1] * other[0] <= 0:
            continue
        matrix = cv2.getPerspectiveTransform(square, four)
        lit = np.asarray(cv2.convertScaleAbs(skins[number % 3], alpha=0.55 + 0.09 * number))
        cv2.warpPerspective(lit, matrix, size, dst=shown, borderMode=cv2.BORDER_TRANSPARENT)


def _turned(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    out = np.eye(3)
    for axis, angle in enumerate(angles):
        c, s = math.cos(angle), math.sin(angle)
        turn = np.eye(3)
        one, two = [k for k in range(3) if k != axis]
        turn[one, one], turn[one, two], turn[two, one], turn[two, two] = c, -s, s, c
        out = out @ turn
    return out


def wireframe(recipe: Recipe) -> Frames:
    """A landscape of lines that runs towards the viewer."""
    chance = recipe.chance()
    raster = recipe.raster
    rows, columns = 46, 60
    heights = fractal(chance, (rows + recipe.frames, columns), 6, 0.6) * chance.uniform(1.5, 4.5)
    sky = coloured(fractal(chance, (raster.height, raster.width), 2, 0.4), palette(chance, 3))
    sky = np.asarray(cv2.convertScaleAbs(sky, alpha=0.45), np.uint8)
    tone, filled = colour(chance, 90), colour(chance)
    dark = tuple(level // 4 for level in filled)
    pace = float(chance.uniform(0.2, 0.9))
    across = np.linspace(-14, 14, columns)
    for number in range(recipe.frames):
        whole, part = divmod(pace * number, 1.0)
        depth = np.arange(rows, 0, -1) * 0.7 + 0.6 - part * 0.7
        tall = heights[int(whole) : int(whole) + rows][::-1] - 2.6
        x = raster.width / 2 + across[None] / depth[:, None] * raster.width * 0.7
        y = raster.height * 0.42 - tall / depth[:, None] * raster.height * 0.9
        points = np.clip(np.stack([x, y], axis=2), -4000, 4000).astype(np.int32)
        shown = sky.copy()
        for far, near in pairwise(points):
            cv2.fillPoly(shown, [np.vstack([far, near[::-1]])], dark)
            for a, b in zip(far, near, strict=True):
                cv2.line(shown, a.tolist(), b.tolist(), tone, 1, cv2.LINE_AA)
            cv2.polylines(shown, [near], isClosed=False, color=tone, thickness=1)
        yield shown


def document(recipe: Recipe) -> Frames:
    """A page of print that scrolls or turns under the camera, with a marked word or two."""
    chance = recipe.chance()
    raster = recipe.raster
    page = _page(chance, (raster.height * 2, raster.width * 5 // 4))
    begin, end = chance.uniform(0.3, 0.7, 2), chance.uniform(0.3, 0.7, 2)
    zooms, roll = chance.uniform(0.8, 1.7, 2), float(chance.normal(0, 3))
    for t in eased(recipe.frames, chance):
        x, y = begin + (end - begin) * t
        yield window(page, raster, (x, y), zooms[0] + (zooms[1] - zooms[0]) * t, roll)


def _page(chance: Chance, size: tuple[int, int]) -> Picture:
    paper = (0.86 + 0.12 * fractal(chance, size, 3, 0.7))[..., None] * (250, 244, 228)
    page = np.asarray(np.clip(paper, 0, 255), np.uint8)
    height, width = size
    letters = int(chance.integers(18, 34))
    captioned(page, sentence(chance, 3), (70, 110), 64, (30, 26, 24))
    for line in range(170, height - 30, letters + 12):
        if chance.random() < 0.12:
            shade = colour(chance, 140)
            cv2.rectangle(
                page, (65, line - letters), (int(chance.integers(200, width)), line + 6), shade, -1
            )
        if chance.random() < 0.9:
            captioned(
                page, sentence(chance, width // (letters * 4)), (70, line), letters, (40, 38, 42)
            )
    return page
