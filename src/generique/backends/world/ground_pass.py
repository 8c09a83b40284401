"""The ground and the sky."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform, matrix
from generique.backends.world.relight import Lit
from generique.backends.world.view import View
from generique.world.atmosphere import Air
from generique.world.layout import Bounds

REACH = 9000.0
ALBEDO_UNIT = 6
LIGHT_UNIT = 7


class GroundPass:
    """Draws the ground plane and the sky behind everything."""

    def __init__(self, context: moderngl.Context, bounds: Bounds, lit: Lit, air: Air) -> None:
        self._context = context
        self._ground, self._sky = Program(context, "ground"), Program(context, "sky")
        size, side = len(lit.ground_albedo), len(lit.ground)
        self._albedo = context.texture((size, size), 4, np.ascontiguousarray(lit.ground_albedo))
        self._light = context.texture((side, side), 3, np.ascontiguousarray(lit.ground), dtype="f2")
        for texture in (self._albedo, self._light):
            texture.build_mipmaps()
            texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
            texture.repeat_x = texture.repeat_y = False
        plane = np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)], np.float32) * REACH
        cover = np.array([(-1, -1), (3, -1), (-1, 3)], np.float32)
        self._plane = context.vertex_array(
            self._ground.handle, [(context.buffer(plane), "2f4", "place")]
        )
        self._cover = context.vertex_array(
            self._sky.handle, [(context.buffer(cover), "2f4", "place")]
        )
        sky = air.sky
        mirrored = tuple(0.5 * (a + b) for a, b in zip(sky.zenith, sky.horizon, strict=True))
        self.maps: dict[str, Uniform] = {
            "origin": (bounds.x0, bounds.y0),
            "extent": bounds.extent,
            "albedoMap": ALBEDO_UNIT,
            "lightMap": LIGHT_UNIT,
            "noise": 0,
        }
        self._ground.set({**self.maps, "mirrored": mirrored})
        self._sky.set(
            {
                "zenith": sky.zenith,
                "horizon": sky.horizon,
                "clouds": sky.clouds,
                "overcast": air.overcast,
                "stars": sky.stars,
                "noise": 0,
            }
        )

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> None:
        """Draw the ground, then the sky where nothing is yet."""
        self._albedo.use(ALBEDO_UNIT)
        self._light.use(LIGHT_UNIT)
        self._ground.set(uniforms)
        self._plane.render(moderngl.TRIANGLE_STRIP)
        self._sky.set({**uniforms, "inverseVP": matrix(np.linalg.inv(view.matrix))})
        self._context.depth_func = "<="
        self._cover.render(moderngl.TRIANGLES)
        self._context.depth_func = "<"
