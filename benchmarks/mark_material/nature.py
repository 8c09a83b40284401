"""Drawn shots that move like a filmed place: parallax, clouds, water, a road, grain."""

from __future__ import annotations

import math

import cv2
import numpy as np

from generique.model.element import Raster
from mark_material.drawing import (
    Chance,
    Frames,
    Picture,
    Plane,
    blended,
    coloured,
    eased,
    fractal,
    grain,
    grained,
    palette,
    shake,
    texture,
    window,
)
from mark_material.recipe import Recipe


def parallax(recipe: Recipe) -> Frames:
    """Hills and trees at four depths before a sky, from a hand-held camera that walks."""
    chance = recipe.chance()
    raster = recipe.raster
    size = (raster.height, raster.width * 3 // 2)
    sky = coloured(fractal(chance, size, 3, 0.5), palette(chance))
    layers = [_layer(chance, size, level) for level in (0.35, 0.5, 0.65, 0.82)]
    sway = shake(recipe.frames, chance, chance.uniform(2, 10))
    speed = float(chance.choice([-1, 1]) * chance.uniform(0.5, 4))
    noise = grain(raster, chance, chance.uniform(1, 4))
    for number, (right, down, _) in enumerate(sway):
        shown = window(sky, raster, (0.5, 0.5), 1.0)
        for depth, (surface, cover) in enumerate(layers):
            far = 0.25 + 0.45 * depth * depth
            centre = (0.5 + far * (speed * number + right) / size[1], 0.5 + far * down / size[0])
            seen, mask = (window(plate, raster, centre, 1.0) for plate in (surface, cover))
            cv2.copyTo(seen, mask, shown)
        yield grained(shown, noise, number)


def _layer(chance: Chance, size: tuple[int, int], level: float) -> tuple[Picture, Picture]:
    """A textured silhouette: its surface and where it is."""
    height, width = size
    surface = texture(chance, size)
    line = fractal(chance, (64, width), 1, 0.6)[32]
    top = (level + 0.35 * (line - 0.5)) * height
    cover = (np.arange(height)[:, None] > top[None]).astype(np.uint8) * 255
    for _ in range(int(chance.integers(0, 14))):
        x = int(chance.integers(width))
        base, tall = int(top[x]) + 10, int(chance.integers(40, 190) * level)
        shape = np.array([[x - tall // 4, base], [x, base - tall], [x + tall // 4, base]], np.int32)
        cv2.fillPoly(cover, [shape], (255,))
    return surface, cover


def clouds(recipe: Recipe) -> Frames:
    """Clouds that form and drift, in two sheets, over a strip of ground."""
    chance = recipe.chance()
    raster = recipe.raster
    size = (raster.height, raster.width * 3 // 2)
    sheets = [fractal(chance, size, int(chance.integers(3, 7)), 0.62) for _ in range(3)]
    table = palette(chance, 4)
    ground = texture(chance, (raster.height // 4, raster.width))
    wind = chance.uniform(-2.5, 2.5, 3)
    noise = grain(raster, chance, chance.uniform(0.8, 2.5))
    for number in range(recipe.frames):
        moved = [
            _seen(sheet, raster, 0.5 + wind[k] * number / size[1]) for k, sheet in enumerate(sheets)
        ]
        share = 0.5 + 0.4 * math.sin(number / 40)
        mixed = moved[0] * share + moved[1] * (1 - share)
        shown = coloured(np.clip((mixed * 0.8 + moved[2] * 0.5 - 0.25) * 1.2, 0, 1), table)
        shown[-ground.shape[0] :] = ground
        yield grained(shown, noise, number)


def _seen(plane: Plane, raster: Raster, x: float) -> Plane:
    shift = np.array([[1, 0, x * plane.shape[1] - raster.width / 2], [0, 1, 0]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (raster.width, raster.height)
    seen = cv2.warpAffine(plane, shift, size, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(seen, np.float32)


def water(recipe: Recipe) -> Frames:
    """A textured bed seen through waves that run in four directions, with glints."""
    chance = recipe.chance()
    raster = recipe.raster
    bed = texture(chance, (raster.height, raster.width))
    small = (raster.height // 4, raster.width // 4)
    y, x = np.mgrid[: small[0], : small[1]].astype(np.float32) * 4
    angle = chance.uniform(0, 2 * math.pi, 4)
    pitch = chance.uniform(40, 240, 4)
    beat = chance.uniform(0.08, 0.3, 4)
    tall = chance.uniform(1.5, 7)
    grid_y, grid_x = np.mgrid[: raster.height, : raster.width].astype(np.float32)
    full = (raster.width, raster.height)
    for number in range(recipe.frames):
        slope_x, slope_y = np.zeros(small, np.float32), np.zeros(small, np.float32)
        for a, p, b in zip(angle, pitch, beat, strict=True):
            wave = np.cos(2 * math.pi * (x * math.cos(a) + y * math.sin(a)) / p + b * number)
            slope_x += wave * math.cos(a)
            slope_y += wave * math.sin(a)
        move_x, move_y = (cv2.resize(slope * tall, full) for slope in (slope_x, slope_y))
        seen = cv2.remap(
            bed, grid_x + move_x, grid_y + move_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
        glint = cv2.resize(np.clip(slope_x + slope_y - 2.0, 0, 1) * 130, full).astype(np.uint8)
        yield np.asarray(cv2.add(seen, cv2.merge([glint, glint, glint])), np.uint8)


def road(recipe: Recipe) -> Frames:
    """A ride over textured ground towards the horizon, bends included."""
    chance = recipe.chance()
    raster = recipe.raster
    width, height = raster.width, raster.height
    ground = texture(chance, (1024, 1024))
    cv2.rectangle(ground, (420, 0), (604, 1023), (70, 70, 74), -1)
    for dash in range(0, 1024, 128):
        cv2.rectangle(ground, (506, dash), (518, dash + 60), (230, 230, 220), -1)
    rough = (fractal(chance, (1024, 1024), 128, 0.9) * 60).astype(np.uint8)
    ground = np.asarray(cv2.subtract(ground, cv2.merge([rough, rough, rough])), np.uint8)
    ground = np.asarray(np.vstack([ground, ground]), np.uint8)
    horizon = int(height * chance.uniform(0.3, 0.5))
    sky = coloured(fractal(chance, (horizon, width), 3, 0.55), palette(chance))
    pace, bend = float(chance.uniform(5, 22)), float(chance.uniform(-120, 120))
    sway = shake(recipe.frames, chance, 5)
    noise = grain(raster, chance, chance.uniform(1, 4))
    near, far = 260.0, 40.0
    for number, (right, down, _) in enumerate(sway):
        go = (pace * number) % 1024
        middle = width / 2 + bend * math.sin(number / 25) + right
        spread = width * near / far / 5
        there = np.array(
            [
                [middle - spread * far / near, horizon + down],
                [middle + spread * far / near, horizon + down],
                [width / 2 + width * 1.6, height],
                [width / 2 - width * 1.6, height],
            ],
            np.float32,
        )
        here = np.array([[0, 1023 - go], [1023, 1023 - go], [1023, 2047 - go], [0, 2047 - go]])
        matrix = cv2.getPerspectiveTransform(here.astype(np.float32), there)
        seen = cv2.warpPerspective(
            ground, matrix, (width, height), borderMode=cv2.BORDER_REFLECT_101
        )
        shown = np.asarray(seen, np.uint8)
        edge = min(max(round(horizon + down), 1), horizon + 40)
        shown[:edge] = cv2.resize(sky, (width, edge))
        yield grained(shown, noise, number)


def film_grain(recipe: Recipe) -> Frames:
    """Out-of-focus colour under the coarse grain of fast film, with flicker and scratches."""
    chance = recipe.chance()
    raster = recipe.raster
    size = (raster.height, raster.width)
    one, two = (coloured(fractal(chance, size, 2, 0.35), palette(chance)) for _ in range(2))
    noise = grain(raster, chance, chance.uniform(6, 16), chance.uniform(0.8, 1.8))
    for number, t in enumerate(eased(recipe.frames, chance)):
        shown = blended(one, two, float(t))
        flicker = 1 + float(chance.normal(0, 0.015))
        shown = np.asarray(cv2.convertScaleAbs(shown, alpha=flicker), np.uint8)
        if chance.random() < 0.3:
            x = int(chance.integers(raster.width))
            cv2.line(shown, (x, 0), (x + 3, raster.height), (215, 215, 205), 1)
        yield grained(shown, noise, number)
