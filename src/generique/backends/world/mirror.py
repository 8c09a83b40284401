"""The land as calm water mirrors it: drawn once a frame, upside down, at half the size."""

from __future__ import annotations

from typing import Protocol

import moderngl

from generique.backends.world.graphics import Uniform, matrix
from generique.backends.world.ground_pass import GroundPass
from generique.backends.world.static_pass import StaticPass
from generique.backends.world.tree_pass import TreePass
from generique.backends.world.view import View
from generique.model.element import Raster

MIRRORED_DETAIL = 2
"""Finest degree of detail of a tree that is seen upside down in waves."""


class Surface(Protocol):
    """What draws the ground: the level one or the relief."""

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> int:
        """Draw it; returns the number of triangles."""
        ...


class Mirror:
    """A picture of what stands above the water."""

    def __init__(self, context: moderngl.Context, raster: Raster, level: float) -> None:
        """Make room for a picture half as wide and high as a raster.

        Args:
            context: Where.
            raster: Of the frames.
            level: Height of the water, metres.
        """
        size = (max(raster.width // 2, 8), max(raster.height // 2, 8))
        self._context, self._level = context, level
        self.picture = context.texture(size, 4, dtype="f2")
        self.picture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self.picture.repeat_x = self.picture.repeat_y = False
        self._target = context.framebuffer([self.picture], context.depth_renderbuffer(size))

    def draw(
        self,
        view: View,
        uniforms: dict[str, Uniform],
        stands: tuple[StaticPass, TreePass],
        ground: tuple[Surface, GroundPass],
    ) -> None:
        """Draw what a view sees in the water; the maps of the ground are bound."""
        context = self._context
        self._target.use()
        context.disable(moderngl.BLEND)
        context.enable(moderngl.DEPTH_TEST)
        self._target.clear(0.0, 0.0, 0.0, 1.0, depth=1.0)
        turned = view.mirrored(self._level)
        values = {**uniforms, "VP": matrix(turned.matrix)}
        static, trees = stands
        surface, sky = ground
        trees.select(turned)
        static.draw(turned, values)
        trees.draw(values)
        surface.draw(turned, values)
        sky.draw_sky(turned, {**values, "eye": turned.eye})
