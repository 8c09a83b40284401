"""Shots with little or no texture: titles, credits, black, grey, skies, fades, bars, a cartoon."""

from __future__ import annotations

import cv2
import numpy as np

from generique.model.element import Raster
from mark_material.drawing import (
    Frames,
    Picture,
    blended,
    captioned,
    colour,
    eased,
    sentence,
)
from mark_material.recipe import Recipe

_WHITE = (235, 235, 235)


def plain(raster: Raster, shade: tuple[int, int, int]) -> Picture:
    """One colour all over."""
    return np.full((raster.height, raster.width, 3), shade, np.uint8)


def title(recipe: Recipe) -> Frames:
    """A line or two of white on black or on a dark colour, faded in."""
    chance = recipe.chance()
    raster = recipe.raster
    ground = (0, 0, 0) if chance.random() < 0.7 else _dark(colour(chance))
    back = plain(raster, ground)
    card = back.copy()
    size = int(chance.integers(raster.height // 14, raster.height // 6))
    for row in range(int(chance.integers(1, 4))):
        place = (int(chance.integers(60, raster.width // 3)), raster.height // 3 + row * size * 2)
        captioned(card, sentence(chance, int(chance.integers(1, 4))), place, size, _WHITE)
        size = size * 2 // 3
    for number in range(recipe.frames):
        yield blended(back, card, min(1.0, number / 12))


def credit_roll(recipe: Recipe) -> Frames:
    """Names that rise, two columns, white on black."""
    chance = recipe.chance()
    raster = recipe.raster
    pace = int(chance.integers(1, 5))
    size = int(chance.integers(22, 38))
    height = raster.height + pace * recipe.frames
    roll = np.zeros((height, raster.width, 3), np.uint8)
    for line in range(size * 2, height, size * 2):
        if chance.random() < 0.85:
            middle = raster.width // 2
            captioned(roll, sentence(chance, 2), (middle - 330, line), size * 3 // 4, (170,) * 3)
            captioned(roll, sentence(chance, 2).title(), (middle + 30, line), size, _WHITE)
    for number in range(recipe.frames):
        yield roll[number * pace : number * pace + raster.height].copy()


def black(recipe: Recipe) -> Frames:
    """Black, or nearly."""
    chance = recipe.chance()
    level = int(chance.choice([0, 0, 2, 6]))
    for _ in range(recipe.frames):
        yield plain(recipe.raster, (level, level, level))


def grey(recipe: Recipe) -> Frames:
    """One grey, or one pale colour."""
    chance = recipe.chance()
    level = int(chance.integers(40, 230))
    tint = chance.integers(-12, 13, 3) if chance.random() < 0.5 else np.zeros(3, int)
    shade = tuple(int(v) for v in level + tint)
    for _ in range(recipe.frames):
        yield plain(recipe.raster, (shade[0], shade[1], shade[2]))


def sky(recipe: Recipe) -> Frames:
    """A clean gradient that turns slowly, dithered so that it does not band."""
    chance = recipe.chance()
    raster = recipe.raster
    low, high = (np.array(colour(chance, 60), np.float32) for _ in range(2))
    y, x = np.mgrid[: raster.height, : raster.width].astype(np.float32)
    y, x = y / raster.height, x / raster.width
    tilt = float(chance.uniform(-0.6, 0.6))
    dither = chance.random((raster.height, raster.width, 1), np.float32)
    for number in range(recipe.frames):
        t = np.clip(y + tilt * (x - 0.5) + 0.002 * number, 0, 1)[..., None]
        yield np.clip(low * (1 - t) + high * t + dither, 0, 255).astype(np.uint8)


def fade(recipe: Recipe) -> Frames:
    """A slow fade from one colour to another, or to black and back."""
    chance = recipe.chance()
    first, second = plain(recipe.raster, colour(chance)), plain(recipe.raster, (0, 0, 0))
    if chance.random() < 0.5:
        second = plain(recipe.raster, colour(chance))
    for t in eased(recipe.frames, chance):
        yield blended(first, second, float(t))


def bars(recipe: Recipe) -> Frames:
    """Colour bars in some order with a ramp below and a moving tick."""
    chance = recipe.chance()
    raster = recipe.raster
    tones = [(v & 4 and 191, v & 2 and 191, v & 1 and 191) for v in range(7, -1, -1)]
    tones = [tones[int(k)] for k in chance.permutation(8)] if chance.random() < 0.5 else tones
    card = plain(raster, (0, 0, 0))
    step = raster.width // 8
    for k, tone in enumerate(tones):
        card[:, k * step : (k + 1) * step] = tone
    foot = raster.height * 3 // 4
    card[foot:] = np.linspace(0, 255, raster.width).astype(np.uint8)[None, :, None]
    for number in range(recipe.frames):
        shown = card.copy()
        x = (number * 9 + recipe.seed * 31) % (raster.width - 12)
        shown[foot - 30 : foot, x : x + 12] = _WHITE
        yield shown


def cartoon(recipe: Recipe) -> Frames:
    """Flat areas with clean outlines: a few large shapes of one colour each that move."""
    chance = recipe.chance()
    raster = recipe.raster
    sky_tone, ground = colour(chance, 120), colour(chance, 60)
    horizon = int(raster.height * chance.uniform(0.5, 0.75))
    count = int(chance.integers(2, 6))
    place = chance.uniform(0.1, 0.9, (count, 2)) * (raster.width, raster.height)
    way, radius = chance.normal(0, 3, (count, 2)), chance.integers(50, 180, count)
    tones = [colour(chance) for _ in range(count)]
    for number in range(recipe.frames):
        shown = plain(raster, sky_tone)
        shown[horizon:] = ground
        for k in range(count):
            x, y = (int(v) for v in place[k] + way[k] * number)
            cv2.circle(shown, (x, y), int(radius[k]), tones[k], -1, cv2.LINE_AA)
            cv2.circle(shown, (x, y), int(radius[k]), (20, 20, 24), 5, cv2.LINE_AA)
        yield shown


def _dark(shade: tuple[int, int, int]) -> tuple[int, int, int]:
    return shade[0] // 5, shade[1] // 5, shade[2] // 5
