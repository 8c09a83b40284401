"""What water and polished floors mirror, whatever the raster."""

from __future__ import annotations

import pytest

from generique.backends.world.graphics import open_context
from generique.backends.world.mirror import Mirror
from generique.model.element import Raster
from generique.world.sky.atmosphere import breathe
from generique.world.words.reading import Brief, read_prompt


@pytest.mark.parametrize("size", [(64, 36), (54, 46), (1998, 1080), (16, 16)])
def test_there_is_a_mirror_for_every_raster(size: tuple[int, int]) -> None:
    scene = read_prompt("lake at dawn", Brief()).scene
    context = open_context()
    with context:
        raster = Raster(width=size[0], height=size[1])
        mirror = Mirror(context, raster, 0.0, (breathe(scene), scene.weather))
        for made, asked in zip(mirror.picture.size, size, strict=True):
            assert made % 2 == 0
            assert made == 16 or abs(made - asked / 2) <= 1
    context.release()
