"""The ground."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.relight import Lit
from generique.backends.world.sky_pass import belt_uniforms, steepness
from generique.backends.world.view import View
from generique.world.layout import Bounds
from generique.world.sky.atmosphere import Air

REACH = 9000.0
NET = 64
"""Cells along a side of the ground's net."""
ALBEDO_UNIT = 6
LIGHT_UNIT = 7
NEAR = 14.0
"""Metres above the ground below which a camera sees what it is made of."""


class GroundPass:
    """Draws level ground."""

    def __init__(
        self, context: moderngl.Context, bounds: Bounds, lit: Lit, air: Air, *, near: bool = False
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            bounds: Of the place.
            lit: Its maps.
            air: For the sky in what is wet.
            near: True where the camera comes near enough to see what the ground is made of.
        """
        self._context = context
        self._ground = Program(context, "ground", *(("NEAR",) if near else ()))
        size, side = len(lit.ground_albedo), len(lit.ground)
        self._albedo = context.texture((size, size), 4, np.ascontiguousarray(lit.ground_albedo))
        self._light = context.texture((side, side), 3, np.ascontiguousarray(lit.ground), dtype="f2")
        for texture in (self._albedo, self._light):
            texture.build_mipmaps()
            texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
            texture.repeat_x = texture.repeat_y = False
        places, faces = net()
        self._plane = context.vertex_array(
            self._ground.handle, [(context.buffer(places), "2f4", "place")], context.buffer(faces)
        )
        sky = air.sky
        self.maps: dict[str, Uniform] = {
            "origin": (bounds.x0, bounds.y0),
            "extent": bounds.extent,
            "albedoMap": ALBEDO_UNIT,
            "lightMap": LIGHT_UNIT,
            "noise": 0,
        }
        mirrored: dict[str, Uniform] = {
            "zenith": sky.zenith,
            "horizon": sky.horizon,
            "steep": steepness(air),
            **belt_uniforms(air),
        }
        self._ground.set({**self.maps, **mirrored})

    def bind(self) -> None:
        """Put the maps of the place where the shaders look for them."""
        self._albedo.use(ALBEDO_UNIT)
        self._light.use(LIGHT_UNIT)

    def draw(self, _: View, uniforms: dict[str, Uniform]) -> int:
        """Draw level ground; the maps are bound. Returns the number of triangles."""
        self._ground.set(uniforms)
        self._plane.render(moderngl.TRIANGLES)
        return 2 * NET * NET


def net() -> tuple[bytes, bytes]:
    """A square net of triangles about the origin whose cells grow with the distance.

    Returns:
        Vertices, two single-precision metres each, and triangles, three 32-bit indices each.
    """
    steps = np.linspace(-1, 1, NET + 1)
    line = np.sign(steps) * np.abs(steps) ** 3 * REACH
    x, y = np.meshgrid(line, line)
    i, j = np.meshgrid(np.arange(NET), np.arange(NET))
    low = (j * (NET + 1) + i).ravel()
    high = low + NET + 1
    faces = np.c_[low, low + 1, high + 1, low, high + 1, high].astype(np.int32)
    places = np.c_[x.ravel(), y.ravel()].astype(np.float32)
    return places.tobytes(), faces.tobytes()
