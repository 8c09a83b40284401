"""Difference key: what stands before a background that is known, where no screen was hung up.

A *clean plate* is the same view without what is filmed. Where nobody shot one and the camera stood
still, it is found in the footage itself: at each pixel the colour that comes most often. Somebody
who sits in one place for half of the time, but is never quite still, does not outvote the wall as
they would in a median.

What differs from the clean plate by far more than noise is foreground. At its edge a pixel is
``I = a F + (1 - a) C`` with ``C`` known and ``F`` that of the foreground a little further in, so
that the share follows by projection; then the old background's light is taken away.
"""

from __future__ import annotations

import cv2
import numpy as np

from generique.model.errors import UnreadableInput
from generique.world.arrays import Flags, Floats, Octets
from generique.world.plates.keying import Key, foreground_colour
from generique.world.plates.matching import shown

NOISES = 5.0
"""Deviations of noise above which a difference is one."""
FAINTEST, NOISIEST = 0.035, 0.12
"""Least difference that counts, of full scale as shown, in calm and in noisy footage."""
CLOSE = 6
"""Levels of 255 within which colours are the same."""
SURE = 2.0
"""Times that in at least one pixel of whatever is kept."""
MOST = 0.7
"""Share of a picture that may differ: beyond, it is not this clean plate's."""
SPECK = 160
"""Width / 160, squared, is the area in pixels of the smallest thing kept."""


def still(frames: Octets) -> Octets:
    """The clean plate of footage whose camera stands still.

    Args:
        frames: n x height x width x 3, n at least 5, from all of its length.
    """
    rows = [_mode(frames[:, k]) for k in range(frames.shape[1])]
    return np.stack(rows)


def _mode(values: Octets) -> Octets:
    """The most frequent colour, n x pixels x 3: the mean of all that are close to it."""
    wide = values.astype(np.int16)
    near = np.abs(wide[:, None] - wide[None]).max(axis=3) <= CLOSE
    best = near.sum(axis=1).argmax(axis=0)
    chosen = near[best, :, np.arange(values.shape[1])].T[..., None]
    return np.asarray((wide * chosen).sum(axis=0) / chosen.sum(axis=0) + 0.5, np.uint8)


def difference_key(picture: Floats, clean: Floats) -> Key:
    """Cut out what stands before a known background.

    Args:
        picture: height x width x 3, linear light.
        clean: The same view without it, height x width x 3, linear light.

    Raises:
        UnreadableInput: Nearly all of the picture differs from the clean plate.
    """
    mask = _mask(shown(picture) - shown(clean))
    if mask.mean() > MOST:
        raise UnreadableInput(
            "this is no clean plate of the footage",
            why=f"{mask.mean():.0%} of the picture differs from it",
            next_step="give a picture of the same view without what is filmed; where the camera "
            "moves, cut out with --key or --matte",
        )
    matte = _matte(np.ascontiguousarray(picture, np.float32), clean, mask)
    return Key(matte[..., None] * foreground_colour(picture, matte, clean), matte)


def _mask(difference: Floats) -> Flags:
    """What differs, without specks and pin holes."""
    difference = difference - np.median(difference, axis=(0, 1))
    width = difference.shape[1]
    far = cv2.GaussianBlur(np.abs(difference).max(axis=2).astype(np.float32), (0, 0), 0.8)
    least = min(max(NOISES * 1.4826 * float(np.median(far)), FAINTEST), NOISIEST)
    reach = 2 * max(1, width // 400) + 1
    weak = cv2.morphologyEx(
        (far > least).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)
    )
    count, labels, facts, _ = cv2.connectedComponentsWithStats(weak)
    best = np.zeros(count, np.float32)
    np.maximum.at(best, np.asarray(labels.ravel(), np.intp), far.ravel())
    keep = (facts[:, cv2.CC_STAT_AREA] >= max(4, (width // SPECK) ** 2)) & (best > SURE * least)
    keep[0] = False
    return np.asarray(keep[labels])


def _matte(picture: Floats, clean: Floats, mask: Flags) -> Floats:
    """The share of the foreground at the edge of a mask; 1 inside and 0 outside."""
    hard = mask.astype(np.uint8)
    inside = cv2.erode(hard, np.ones((5, 5), np.uint8)).astype(np.float32)
    outside = cv2.dilate(hard, np.ones((5, 5), np.uint8)) == 0
    near = cv2.GaussianBlur(inside, (0, 0), 4.0)[..., None] + 1e-6
    own = cv2.GaussianBlur(picture * inside[..., None], (0, 0), 4.0) / near
    apart = own - clean
    length = (apart**2).sum(axis=2)
    share = ((picture - clean) * apart).sum(axis=2) / np.maximum(length, 1e-6)
    soft = cv2.GaussianBlur(hard.astype(np.float32), (0, 0), 1.0)
    # Where the foreground looks like what is behind it, its outline says more than its colour.
    trust = np.clip(length / 0.01, 0, 1) * (near[..., 0] > 0.02)
    share = trust * np.clip(share, 0, 1) + (1 - trust) * soft
    share = cv2.GaussianBlur(np.where(outside, 0.0, share).astype(np.float32), (0, 0), 0.7)
    return np.where(inside > 0, 1.0, np.where(outside, 0.0, share)).astype(np.float32)
