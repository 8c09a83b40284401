"""Shots over photographs and footage: pans, hand-held cameras, night, snow, cards on a table."""

from __future__ import annotations

import math

import cv2
import numpy as np

from mark_material.drawing import (
    Frames,
    Picture,
    eased,
    fractal,
    grain,
    grained,
    plate_of,
    shake,
    texture,
    window,
)
from mark_material.recipe import Recipe
from mark_material.sources import Shelf


def footage(recipe: Recipe, shelf: Shelf) -> Frames:
    """Camera frames: another stretch, speed, framing and grade for each seed."""
    chance = recipe.chance()
    speed = float(chance.choice([0.5, 1.0, 1.0, 1.0, 2.0]))
    start = int(chance.integers(0, 330))
    numbers = [start + int(k * speed) for k in range(recipe.frames)]
    zoom = float(chance.choice([1.0, 1.25, 1.6, 2.1]))
    reach = 0.5 - 0.5 / zoom
    centre = tuple(0.5 + float(v) for v in chance.uniform(-reach, reach, 2))
    grade = _grade(chance.uniform(0.75, 1.35), chance.uniform(0.8, 1.2, 3))
    for picture in shelf.footage(recipe.source, numbers):
        fit = zoom * recipe.raster.width / picture.shape[1]
        seen = window(picture, recipe.raster, (centre[0], centre[1]), fit)
        yield np.asarray(cv2.LUT(seen, grade), np.uint8)


def _grade(gamma: float, gains: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Picture:
    ramp = (np.arange(256) / 255.0) ** gamma
    return np.clip(ramp[:, None] * gains * 255, 0, 255).astype(np.uint8)[None]


def pan(recipe: Recipe, shelf: Shelf) -> Frames:
    """A camera that travels and zooms over a photograph."""
    chance = recipe.chance()
    plate = _graded(recipe, shelf, chance, 1.25)
    begin, end = chance.uniform(0.35, 0.65, 2), chance.uniform(0.35, 0.65, 2)
    zooms = chance.uniform(0.85, 1.9, 2)
    roll = chance.normal(0, 2.0, 2)
    noise = grain(recipe.raster, chance, chance.uniform(0.8, 3.0))
    for number, t in enumerate(eased(recipe.frames, chance)):
        x, y = begin + (end - begin) * t
        zoom = zooms[0] ** (1 - t) * zooms[1] ** t
        seen = window(plate, recipe.raster, (x, y), zoom, roll[0] + (roll[1] - roll[0]) * t)
        yield grained(seen, noise, number)


def handheld(recipe: Recipe, shelf: Shelf) -> Frames:
    """A camera held in the hand before a photograph; its exposure breathes."""
    chance = recipe.chance()
    plate = _graded(recipe, shelf, chance, 1.3)
    centre, zoom = chance.uniform(0.4, 0.6, 2), float(chance.uniform(0.95, 1.5))
    sway = shake(recipe.frames, chance, chance.uniform(4, 22))
    noise = grain(recipe.raster, chance, chance.uniform(2, 5))
    size = np.array([plate.shape[1], plate.shape[0]])
    for number, (right, down, roll) in enumerate(sway):
        x, y = centre + np.array([right, down]) / size
        seen = window(plate, recipe.raster, (x, y), zoom, roll)
        breath = 1 + 0.04 * math.sin(number / 9)
        yield grained(np.asarray(cv2.convertScaleAbs(seen, alpha=breath)), noise, number)


def night(recipe: Recipe, shelf: Shelf) -> Frames:
    """A photograph at a fifth of its light, blue, with the noise of a pushed sensor."""
    chance = recipe.chance()
    plate = _graded(recipe, shelf, chance, 1.2)
    gain = chance.uniform(0.14, 0.38)
    tint = np.array([0.75, 0.9, 1.25]) * gain
    plate = np.clip(plate * tint, 0, 255).astype(np.uint8)
    noise = grain(recipe.raster, chance, chance.uniform(5, 11), 0.9)
    sway = shake(recipe.frames, chance, 5)
    drift = chance.normal(0, 0.001, 2)
    size = np.array([plate.shape[1], plate.shape[0]])
    for number, (right, down, roll) in enumerate(sway):
        x, y = 0.5 + drift * number + np.array([right, down]) / size
        yield grained(window(plate, recipe.raster, (x, y), 1.1, roll), noise, number)


def snowfall(recipe: Recipe, shelf: Shelf) -> Frames:
    """Snow, rain or embers falling at three depths before a photograph."""
    chance = recipe.chance()
    plate = _graded(recipe, shelf, chance, 1.15)
    plate = np.asarray(cv2.convertScaleAbs(plate, alpha=0.7, beta=12))
    width, height = recipe.raster.width, recipe.raster.height
    kind = int(chance.integers(3))
    shade = ((245, 245, 250), (200, 210, 225), (255, 170, 60))[kind]
    fall = ((0.6, 3.0), (0.5, 26.0), (1.5, -2.5))[kind]
    count = 420
    depth = chance.uniform(0.4, 2.4, count)
    place = chance.uniform(0, 1, (count, 2)) * (width, height)
    phase = chance.uniform(0, 7, count)
    for number in range(recipe.frames):
        seen = window(plate, recipe.raster, (0.5 + number * 0.0004, 0.5), 1.0 + number * 0.0007)
        x = place[:, 0] + depth * fall[0] * number + np.sin(phase + number / 7) * 6 * depth
        y = place[:, 1] + depth * fall[1] * number
        for k in range(count):
            at = (int(x[k] % width), int(y[k] % height))
            if kind == 1:
                tip = (at[0] + 1, int(at[1] + 13 * depth[k]))
                cv2.line(seen, at, tip, shade, 1, cv2.LINE_AA)
            else:
                cv2.circle(seen, at, int(1 + 1.6 * depth[k]), shade, -1, cv2.LINE_AA)
        yield seen


def cards(recipe: Recipe, shelf: Shelf) -> Frames:
    """Prints of photographs that slide over a table of wood or stone, seen at a slant."""
    chance = recipe.chance()
    raster = recipe.raster
    table = texture(chance, (raster.height * 5 // 4, raster.width * 5 // 4))
    photograph = shelf.picture(recipe.source)
    prints = [_print(photograph, chance) for _ in range(int(chance.integers(3, 7)))]
    starts = chance.uniform(0.1, 0.9, (len(prints), 2)) * (raster.width, raster.height)
    ways = chance.normal(0, 3.2, (len(prints), 2))
    turns, spins = chance.uniform(-40, 40, len(prints)), chance.normal(0, 0.5, len(prints))
    light = 0.6 + 0.5 * fractal(chance, (raster.height, raster.width), 2, 0.3)
    light = np.asarray(cv2.merge([light, light, light]))
    noise = grain(raster, chance, 1.5)
    for number in range(recipe.frames):
        shown = window(table, raster, (0.5 + number * 0.0006, 0.5), 1.0, number * 0.05)
        for k, one in enumerate(prints):
            matrix = _laid(one, starts[k] + ways[k] * number, turns[k] + spins[k] * number)
            size = (raster.width, raster.height)
            cv2.warpAffine(one, matrix, size, dst=shown, borderMode=cv2.BORDER_TRANSPARENT)
        lit = np.asarray(cv2.multiply(shown, light, dtype=cv2.CV_8U), np.uint8)
        yield grained(lit, noise, number)


def _print(photograph: Picture, chance: np.random.Generator) -> Picture:
    """A part of a photograph on white paper."""
    height, width = photograph.shape[:2]
    h, w = int(height * chance.uniform(0.4, 0.95)), int(width * chance.uniform(0.4, 0.95))
    top, left = int(chance.integers(height - h)), int(chance.integers(width - w))
    part = photograph[top : top + h, left : left + w]
    size = int(chance.integers(260, 520))
    shape = (size, max(size * h // w, 40))
    small = cv2.resize(part, shape, interpolation=cv2.INTER_CUBIC)
    paper = (236, 232, 224)
    return np.asarray(cv2.copyMakeBorder(small, 14, 14, 14, 14, cv2.BORDER_CONSTANT, value=paper))


def _laid(
    one: Picture, centre: np.ndarray[tuple[int, ...], np.dtype[np.float64]], turn: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    height, width = one.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    matrix[:, 2] += centre - np.array([width / 2, height / 2])
    return np.asarray(matrix, np.float64)


def _graded(recipe: Recipe, shelf: Shelf, chance: np.random.Generator, room: float) -> Picture:
    """A photograph as a plate: at times mirrored, turned, without colour, or of another grade."""
    picture = shelf.picture(recipe.source)
    if chance.random() < 0.4:
        picture = np.asarray(cv2.flip(picture, 1), np.uint8)
    if chance.random() < 0.25:
        picture = np.asarray(cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    plate = plate_of(picture, recipe.raster, room * float(chance.uniform(1.0, 1.5)))
    table = _grade(float(chance.uniform(0.7, 1.5)), chance.uniform(0.8, 1.15, 3))
    plate = np.asarray(cv2.LUT(plate, table), np.uint8)
    if chance.random() < 0.15:
        plate = np.asarray(
            cv2.cvtColor(cv2.cvtColor(plate, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        )
    return plate
