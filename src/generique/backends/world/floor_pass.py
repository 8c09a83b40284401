"""What a polished floor mirrors of its room."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.world.layout import Indoors

FLOOR_UNIT = 12


class FloorPass:
    """Adds the mirrored picture to the floor of a room."""

    def __init__(self, context: moderngl.Context, room: Indoors) -> None:
        self._program = Program(context, "floor")
        (x0, y0, z), (x1, y1, _) = room.low, room.high
        corners = np.array([(x0, y0, z), (x1, y0, z), (x0, y1, z), (x1, y1, z)], np.float32)
        self._array = context.vertex_array(
            self._program.handle, [(context.buffer(corners), "3f4", "place")]
        )
        own: dict[str, Uniform] = {
            "mirror": FLOOR_UNIT,
            "gloss": room.gloss,
            "rough": room.rough,
            "walls": (x0, y0, x1, y1),
            "noise": 0,
        }
        self._program.set(own)

    def draw(
        self, picture: moderngl.Texture, size: tuple[float, float], uniforms: dict[str, Uniform]
    ) -> None:
        """Add it; blending is the caller's.

        Args:
            picture: What a level mirror shows, from the same camera.
            size: Of the frame in pixels.
            uniforms: Of the frame.
        """
        picture.use(FLOOR_UNIT)
        self._program.set({**uniforms, "screen": size})
        self._array.render(moderngl.TRIANGLE_STRIP)
