"""The sky and the land as water mirrors them: drawn once a frame, upside down, at half the size."""

from __future__ import annotations

from typing import Protocol

import moderngl

from generique.backends.world.graphics import Uniform, matrix
from generique.backends.world.sky_pass import SkyPass
from generique.backends.world.static_pass import StaticPass
from generique.backends.world.tree_cards import TreeCards
from generique.backends.world.tree_pass import TreePass
from generique.backends.world.view import View
from generique.model.element import Raster
from generique.world.scene import Weather
from generique.world.sky.atmosphere import Air

MIRRORED_DETAIL = 3
"""Finest degree of detail of a tree that is seen upside down in waves."""


class Surface(Protocol):
    """What draws the ground: the level one or the relief."""

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> int:
        """Draw it; returns the number of triangles."""
        ...


class Mirror:
    """A picture of what stands above the water."""

    def __init__(
        self,
        context: moderngl.Context,
        raster: Raster,
        level: float,
        sky: tuple[Air, Weather],
    ) -> None:
        """Make room for a picture half as wide and high as a raster.

        Args:
            context: Where.
            raster: Of the frames.
            level: Height of the water, metres.
            sky: The air and the weather above it.
        """
        width, height = (max(side // 4 * 2, 16) for side in (raster.width, raster.height))
        half = Raster(width=width, height=height)
        size = (half.width, half.height)
        self._context, self._level = context, level
        self._sky = SkyPass(context, *sky, half, discs=False)
        self.picture = context.texture(size, 4, dtype="f2")
        self.picture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self.picture.repeat_x = self.picture.repeat_y = False
        self._target = context.framebuffer([self.picture], context.depth_renderbuffer(size))

    def draw(
        self,
        moment: tuple[float, View],
        uniforms: dict[str, Uniform],
        stands: tuple[StaticPass, TreePass, TreeCards, Surface] | None,
    ) -> None:
        """Draw what a view sees in the water at a time in seconds.

        Args:
            moment: When, and from where.
            uniforms: Of the frame.
            stands: What is mirrored besides the sky; the maps of the ground are bound.
        """
        seconds, view = moment
        context = self._context
        plain = view.mirrored(self._level, cut=False)
        above = {**uniforms, "eye": plain.eye}
        self._sky.prepare(seconds, lambda _: plain, above)
        self._target.use()
        context.disable(moderngl.BLEND)
        context.enable(moderngl.DEPTH_TEST)
        self._target.clear(0.0, 0.0, 0.0, 1.0, depth=1.0)
        if stands is not None:
            static, trees, cards, surface = stands
            turned = view.mirrored(self._level)
            values = {**uniforms, "VP": matrix(turned.matrix)}
            trees.select(turned)
            static.draw(turned, values)
            trees.draw(values)
            cards.draw(turned, values)
            surface.draw(turned, values)
        self._sky.draw(plain, above)
