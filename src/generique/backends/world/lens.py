"""A lens that is not sharp everywhere: each subframe is seen through another point of it.

There are two plain ways. Lens samples alone are right at every edge, but a wide disc of blur falls
into as many copies as there are subframes. Blurring the finished picture by its depth is cheap and
smooth, but cannot see behind what is sharp and lets light leak. Here both work together:
the samples do the large part, and each subframe is blurred only over the small part of the lens
that its own point stands for.
"""

from __future__ import annotations

import math

import moderngl
import numpy as np

from generique.backends.world.graphics import Program
from generique.backends.world.view import FARTHEST, Aside, View, nearest_drawn
from generique.model.element import Raster
from generique.world.optics import FocusPull

FEWEST = 8
"""Subframes that a lens needs in any quality."""
SMOOTH = 1.8
"""Pixels of blur that one point of the lens may stand for, where the quality allows it."""
WIDEST = 20.0
"""Pixels over which a subframe is blurred at most."""
OVERLAP = 2.2
"""How much wider than its share a point's blur is, so that the shares meet."""
_TURN = math.pi * (3 - math.sqrt(5))
_STRIDE = 0.6180339887
_MOMENTS = 25


class Lens:
    """The points of a lens, and the blur that each of them stands for."""

    def __init__(self, pull: FocusPull, pixels: float, seconds: float) -> None:
        """Measure how wide the blur gets in a take.

        Args:
            pull: The focus.
            pixels: Focal length in pixels.
            seconds: Length of the take.
        """
        self._pull = pull
        moments = [float(at) for at in np.linspace(0, seconds, _MOMENTS)]
        self._widest = max(pixels * pull.radius(at) / pull.distance(at) for at in moments)

    def subframes(self, most: int) -> int:
        """How many points are needed, the same throughout a take; at least :data:`FEWEST`."""
        wanted = math.ceil((self._widest / SMOOTH) ** 2)
        return max(FEWEST, min(most, wanted))

    def aside(self, index: int, count: int, seconds: float) -> Aside:
        """The point of a subframe: Vogel's spiral, in an order that does not follow time.

        Args:
            index: Of the subframe, from 0.
            count: How many there are.
            seconds: Its moment.
        """
        stride = next(
            step
            for step in range(max(1, int(count * _STRIDE)), 2 * count + 2)
            if math.gcd(step, count) == 1
        )
        place = index * stride % count
        radius = self._pull.radius(seconds)
        # The points lie a little closer, so that with their own blur the whole is as wide as it is.
        close = radius / math.sqrt(1 + OVERLAP**2 / count)
        out, turn = close * math.sqrt((place + 0.5) / count), place * _TURN
        return Aside(
            right=out * math.cos(turn),
            up=out * math.sin(turn),
            focus=self._pull.distance(seconds),
            reach=close / math.sqrt(count),
        )


class Defocus:
    """Blurs a subframe by its depth over what its point of the lens stands for."""

    def __init__(self, context: moderngl.Context, raster: Raster, depth: moderngl.Texture) -> None:
        """Compile the program.

        Args:
            context: Where to.
            raster: Of the subframes.
            depth: Of the subframe that is there.
        """
        self._program = Program(context, "defocus")
        self._depth = depth
        self._pixels = raster.width / 2
        self._texel = (1 / raster.width, 1 / raster.height)
        cover = np.array([(-1, -1), (3, -1), (-1, 3)], np.float32)
        self._cover = context.vertex_array(
            self._program.handle, [(context.buffer(cover), "2f4", "place")]
        )

    def render(self, subframe: moderngl.Texture, view: View, aside: Aside, share: float) -> None:
        """Draw a subframe, blurred, times a share.

        Args:
            subframe: Its picture.
            view: Through which it was drawn.
            aside: Of the view.
            share: Factor.
        """
        subframe.build_mipmaps()
        subframe.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        subframe.repeat_x = subframe.repeat_y = False
        subframe.use(1)
        self._depth.use(2)
        reach = OVERLAP * aside.reach * self._pixels / math.tan(view.hfov / 2)
        self._program.set(
            {
                "subframe": 1,
                "depths": 2,
                "share": share,
                "texel": self._texel,
                "planes": (nearest_drawn(view.eye), FARTHEST),
                "focus": 1 / aside.focus,
                "reach": reach,
                "widest": WIDEST,
                "turn": math.atan2(aside.up, aside.right),
            }
        )
        self._cover.render(moderngl.TRIANGLES)
