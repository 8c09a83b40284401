"""How footage looks, measured, and a plate made to look like it.

What is measured, and how:

=============== =================================================================================
blur            standard deviation of the lens's spread, in pixels, at the strongest edges: blurred
                once more by a known width, an edge's slope falls by a ratio that tells its own
                width (Zhuo and Sim, Pattern Recognition 44, 2011)
grain           standard deviation about the surroundings in the calmest blocks, for each of a few
                brightnesses; and how wide it is, from its correlation to the next pixel
black           the two-thousandth of the pixels that are darkest, grain averaged out
temperature     the colour of the light by shades of grey: the sixth-power mean of each channel
                (Finlayson and Trezzi, 2004), of linear light
=============== =================================================================================

Pictures are as they are shown, 0 to 1, height x width x 3, but for the temperature.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from generique.model.values import Value
from generique.world.arrays import Flags, Floats

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
GAMMA = 2.4
"""Of a reference display (ITU-R BT.1886)."""
LEVELS = (0.05, 0.15, 0.3, 0.5, 0.75)
"""Brightnesses at which grain is measured."""
BLOCK = 16
REBLUR = (1.2, 2.5)
"""Blurs before an edge is looked at, against grain, and between its two looks, pixels."""
SURROUNDINGS = 3.0
"""Standard deviation of the mean that grain is told from, pixels."""
STRAY = 2.5
"""Times the calmest grain beyond which a block is taken for detail."""
_WIDTHS = np.linspace(0.0, 1.6, 17)
_WIDEST_GAIN = 2.0
HIGHEST_BLACK = 0.15
"""A darkest pixel above this says that nothing dark is seen, and not where black lies."""
TRUST = 0.5
"""How much of a difference of colour is taken for light; the rest may be what stands there."""


def linear(shown: Floats) -> Floats:
    """Light of a picture as it is shown."""
    return np.asarray(np.power(np.clip(shown, 0, 1), np.float32(GAMMA), dtype=np.float32))


def shown(light: Floats) -> Floats:
    """A picture as it is shown, of light."""
    return np.asarray(np.power(np.clip(light, 0, 1), np.float32(1 / GAMMA), dtype=np.float32))


class Look(Value):
    """How footage looks.

    Attributes:
        blur: Standard deviation of the spread of an edge, pixels.
        grain: Standard deviation at each of :data:`LEVELS`, of full scale.
        grain_width: Standard deviation of the blur that makes such grain of white noise, pixels.
        black: Darkest luma.
        white: Colour of the light, linear RGB with a mean of 1.
    """

    blur: float
    grain: tuple[float, ...]
    grain_width: float
    black: float
    white: tuple[float, float, float]


def measure(picture: Floats, of: Flags | None = None) -> Look:
    """Measure how a picture looks.

    Args:
        picture: height x width x 3.
        of: height x width, the part that black and temperature are measured of: not a screen.
    """
    picture = np.ascontiguousarray(picture, np.float32)
    luma = picture @ LUMA
    part = np.ones(luma.shape, bool) if of is None or not of.any() else of
    grain, width = _grain(luma)
    calm = cv2.GaussianBlur(luma, (0, 0), 1.5)
    return Look(
        blur=edge_blur(luma, part),
        grain=grain,
        grain_width=width,
        black=float(np.quantile(calm[part], 0.0005)),
        white=_white(linear(picture)[part]),
    )


def edge_blur(luma: Floats, part: Flags) -> float:
    """The spread of the strongest edges inside a part, pixels; 0.3 where there are no edges."""
    before, between = REBLUR
    calm = cv2.GaussianBlur(luma, (0, 0), before)
    slope, after = _slope(calm), _slope(cv2.GaussianBlur(calm, (0, 0), between))
    inside = cv2.erode(part.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    # Crests of the smoother of the two: those of the other would be where grain helps the edge.
    crest = after >= cv2.dilate(after, np.ones((3, 3), np.uint8))
    strong = inside & crest & (after > max(0.01, float(np.quantile(after, 0.97))))
    if strong.sum() < 8:
        return 0.3
    ratio = float(np.median(slope[strong] / np.maximum(after[strong], 1e-6)))
    total = between / max(ratio**2 - 1, 1e-3) ** 0.5
    return max(0.3, float(np.sqrt(max(total**2 - before**2, 0.0))))


def _slope(picture: Floats) -> Floats:
    across, down = (cv2.Sobel(picture, cv2.CV_32F, dx, 1 - dx, ksize=3) / 8 for dx in (1, 0))
    return np.asarray(np.hypot(across, down))


def _grain(luma: Floats) -> tuple[tuple[float, ...], float]:
    """Deviation at each brightness from the calmest blocks there, and how wide the grain is."""
    rest = luma - cv2.GaussianBlur(luma, (0, 0), SURROUNDINGS)
    here, level = _blocks(rest), _blocks(luma).mean(axis=(1, 2))
    usable = (level > 0.01) & (level < 0.98)
    here, level = here[usable], level[usable]
    spread = here.std(axis=(1, 2))
    if not (spread > 1e-5).any():
        return (0.0,) * len(LEVELS), 0.0
    calm = here[(spread > 1e-5) & (spread <= np.quantile(spread, 0.1))]
    width = _width_of(calm if len(calm) else here)
    scale = _about_surroundings(width)[0]
    # Where all blocks of a brightness have edges in them nothing is known of its grain.
    most = STRAY * float(np.quantile(spread, 0.05))
    near = np.argmin(np.abs(level[:, None] - np.array(LEVELS)), axis=1)
    found = np.array(
        [
            np.quantile(spread[flat], 0.15) / scale if flat.sum() > 3 else np.nan
            for flat in ((near == k) & (spread < most) for k in range(len(LEVELS)))
        ]
    )
    known = np.flatnonzero(np.isfinite(found))
    if len(known) == 0:
        return (float(np.quantile(spread, 0.15)) / scale,) * len(LEVELS), width
    filled = np.interp(np.arange(len(LEVELS)), known, found[known])
    return tuple(float(value) for value in filled), width


def _blocks(plane: Floats) -> Floats:
    """A plane cut up, n x BLOCK x BLOCK; what is over at the edges is left out."""
    height, width = (side // BLOCK * BLOCK for side in plane.shape)
    cut = plane[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return cut.transpose(0, 2, 1, 3).reshape(-1, BLOCK, BLOCK)


def _correlation(blocks: Floats) -> float:
    """Of blocks with themselves one pixel aside."""
    product = (blocks[:, :, 1:] * blocks[:, :, :-1]).mean() + (
        blocks[:, 1:] * blocks[:, :-1]
    ).mean()
    return float(product / 2 / (blocks**2).mean())


def _width_of(blocks: Floats) -> float:
    """The width whose grain, looked at in the same way, correlates as these blocks do."""
    known = [_about_surroundings(float(width))[1] for width in _WIDTHS]
    return float(np.interp(_correlation(blocks), known, _WIDTHS))


@cache
def _about_surroundings(width: float) -> tuple[float, float]:
    """Deviation and correlation that grain of deviation 1 has about its surroundings."""
    noise = _noise((256, 256), width, 1)
    rest = _blocks((noise - cv2.GaussianBlur(noise, (0, 0), SURROUNDINGS))[16:-16, 16:-16])
    return float(rest.std(axis=(1, 2)).mean()), _correlation(rest)


def _noise(shape: tuple[int, int], width: float, seed: int) -> Floats:
    """Grain of deviation 1."""
    noise: Floats = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    if width > 0:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), width))
        noise = noise / noise.std()
    return noise


def _white(light: Floats) -> tuple[float, float, float]:
    mean = np.power(np.mean(np.power(light.astype(np.float64), 6), axis=0), 1 / 6)
    red, green, blue = (float(value) for value in mean / max(float(mean.mean()), 1e-9))
    return red, green, blue


def match(plate: Floats, have: Look, want: Look, seed: int) -> Floats:
    """A plate as the footage's camera would have shown it: colour, black, blur, then grain.

    Args:
        plate: height x width x 3, as it is shown.
        have: Of the plate.
        want: Of the footage.
        seed: Of the grain, one for each frame.
    """
    gain = (np.array(want.white) / np.array(have.white)) ** TRUST
    gain = np.clip(gain, 1 / _WIDEST_GAIN, _WIDEST_GAIN)
    light = linear(plate) * (gain / (LUMA @ gain)).astype(np.float32)
    out = shown(light)
    black = want.black if want.black <= HIGHEST_BLACK else have.black
    scale = (1 - black) / max(1 - have.black, 1e-3)
    out = black + (out - have.black) * np.float32(scale)
    more = max(want.blur**2 - have.blur**2, 0.0) ** 0.5
    if more > 0.2:
        out = cv2.GaussianBlur(out, (0, 0), more)
    return grained(np.clip(out, 0, 1), _missing(have, want), want.grain_width, seed)


def _missing(have: Look, want: Look) -> tuple[float, ...]:
    """Grain that is to be added: variances add."""
    kept = 1.0 if want.blur <= have.blur else 0.0
    pairs = zip(have.grain, want.grain, strict=True)
    return tuple(max(w**2 - kept * h**2, 0.0) ** 0.5 for h, w in pairs)


def grained(picture: Floats, grain: tuple[float, ...], width: float, seed: int) -> Floats:
    """A picture with grain of these deviations at :data:`LEVELS`.

    Args:
        picture: height x width x 3, as it is shown.
        grain: Deviations.
        width: As in :class:`Look`, pixels.
        seed: Of the grain.
    """
    luma = picture @ LUMA
    noise = _noise((luma.shape[0], luma.shape[1]), width, seed)
    amount = np.interp(luma, LEVELS, grain).astype(np.float32)
    return np.asarray(np.clip(picture + (noise * amount)[..., None], 0, 1))
