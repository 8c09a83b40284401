"""Sheets that leaves and needles are cut out of, and the noise of the sky."""

from __future__ import annotations

import numpy as np
import pytest

from generique.backends.world.foliage import leaf_sheet, needle_sheet
from generique.backends.world.graphics import noise_picture, smooth_noise_picture
from generique.world.arrays import Floats

CUT = 0.5
"""Cover below which the shader shows nothing."""


@pytest.mark.parametrize("sheet", [leaf_sheet(), needle_sheet()])
def test_a_sheet_has_gaps_and_is_full_from_afar(sheet: Floats) -> None:
    cover = sheet[..., 0]
    assert (cover < CUT).mean() > 0.15
    # From afar the mean is all that is left of it: below the cut the trees would be bare.
    assert cover.mean() > CUT + 0.05


def test_leaves_go_on_over_the_edge_of_their_sheet() -> None:
    cover = leaf_sheet()[..., 0]
    for side in (cover, cover.T):
        within = np.abs(np.diff(side, axis=0)).mean()
        assert np.abs(side[0] - side[-1]).mean() < 2 * within


def test_leaves_differ_in_light_and_keep_their_mean() -> None:
    for sheet in (leaf_sheet(), needle_sheet()):
        shade = 2 * sheet[..., 1][sheet[..., 0] > CUT]
        assert abs(shade.mean() - 1) < 0.12
        assert shade.std() > 0.1


def test_the_smooth_noise_is_the_same_noise_without_its_lattice() -> None:
    coarse, fine = noise_picture() / 255, smooth_noise_picture(4) / 65535
    assert np.abs(fine[::4, ::4] - coarse).max() < 0.01
    steps = np.abs(np.diff(fine, axis=1))
    assert steps.max() < 0.5 * np.abs(np.diff(coarse, axis=1)).max()
    # Straight lines from value to value have all of their bend at the values.
    at = np.arange(1020) / 4
    lines = np.array([np.interp(at, np.arange(256), row) for row in coarse])
    assert np.abs(np.diff(fine, n=2, axis=1)).max() < np.abs(np.diff(lines, n=2, axis=1)).max()
