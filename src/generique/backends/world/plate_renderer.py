"""Frames of a scene with everything that a compositor asks for beside the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform, matrix
from generique.backends.world.plate_kernels import rank_owners
from generique.backends.world.renderer import Renderer
from generique.backends.world.view import View, view_of
from generique.model.element import Raster
from generique.world.arrays import Floats, Ints
from generique.world.camera import Pose
from generique.world.owners import Thing, owner

UNREACHED = 1e10
"""Metres that stand where a line of sight meets nothing."""


@dataclass(frozen=True)
class PlateLayers:
    """What of the picture goes where.

    Attributes:
        sky: False leaves the sky away; the picture is then premultiplied with its alpha.
        weather: False puts smoke, rain and snow that falls into a layer of their own.
    """

    sky: bool = True
    weather: bool = True


@dataclass(frozen=True)
class PlateFrame:
    """A frame with its passes; arrays of height x width, rows from the top, float32 but owners.

    Attributes:
        picture: x 4; linear light and alpha: 1, or without the sky the share that is not sky.
        weather: x 4, premultiplied, over the picture; None where the picture holds it.
        owners: Subframes before height; owners by falling cover, int32.
        cover: As many shares of the pixel.
        normal: x 3, world axes, unit vectors towards the side that is seen; zero for the sky.
        distance: Metres along the line of sight to the first hit.
        depth: Metres along the camera's axis to the first hit.
        motion: x 2, pixels from this frame to the next, right and up.
        view: Of the middle of the exposure, which normal, distance, depth and motion are of.
        after: Of the middle of the next.
    """

    picture: Floats
    weather: Floats | None
    owners: Ints
    cover: Floats
    normal: Floats
    distance: Floats
    depth: Floats
    motion: Floats
    view: View
    after: View


class PlateRenderer(Renderer):
    """Draws a scene with the same programs, camera and subframes as its shot, and the passes."""

    PLATE = True
    layers = PlateLayers()

    def arrange(self, layers: PlateLayers) -> Self:
        """Choose the layers before :meth:`open`."""
        self.layers = layers
        return self

    def _targets(self, context: moderngl.Context, raster: Raster) -> None:
        super()._targets(context, raster)
        size = (raster.width, raster.height)
        depth = self._depth
        self._drawing = context.framebuffer([self._subframe], depth)
        matte = context.texture(size, 1, dtype="i4")
        passes = [context.texture(size, 4, dtype="f4") for _ in range(2)]
        self._matted = context.framebuffer([self._subframe, matte], depth)
        self._passes = context.framebuffer([self._subframe, matte, *passes], depth)
        air = context.texture(size, 4, dtype="f2")
        air.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._air_layer = air
        self._air_drawing = context.framebuffer([air], depth)
        self._air_sum = context.framebuffer([context.texture(size, 4, dtype="f4")])
        self._backdrop = Program(context, "backdrop")
        cover = np.array([(-1, -1), (3, -1), (-1, 3)], np.float32)
        self._behind = context.vertex_array(
            self._backdrop.handle, [(context.buffer(cover), "2f4", "place")]
        )

    def plate(self, index: int) -> PlateFrame:
        """A frame and its passes.

        Args:
            index: From 0.
        """
        context = self._opened()
        # Two renderers may be open at once, and one context is current.
        with context:
            return self._plate(context, index)

    def _plate(self, context: moderngl.Context, index: int) -> PlateFrame:
        opens, open_for = self._exposure(index)
        middle = opens + 0.5 * open_for
        then = middle + float(self._scene.rate.seconds(1))
        view, after = self._view(middle, (0.0, 0.0)), self._view(then, (0.0, 0.0))
        surface, motion = self._survey(context, (view, after), (middle, then))
        owners = self._expose(context, view, opens, open_for)
        ranked, cover = rank_owners(owners)
        picture = self._read(self._sum)
        picture[..., 3] = self._alpha(list(owners))
        return PlateFrame(
            picture=picture,
            weather=None if self.layers.weather else self._read(self._air_sum),
            owners=ranked,
            cover=cover,
            normal=surface[..., :3],
            distance=surface[..., 3],
            depth=motion[..., 2],
            motion=motion[..., :2],
            view=view,
            after=after,
        )

    def look(self, pose: Pose, seconds: float) -> Floats:
        """What a camera sees that stands still at a moment: a picture without passes and weather.

        Args:
            pose: The camera; its angle of view is the picture's width.
            seconds: The moment.

        Returns:
            height x width x 4, as :attr:`PlateFrame.picture`.
        """
        context = self._opened()
        with context:
            found = self._look(context, pose, seconds)
            self._sky.forget()
            return found

    def _look(self, context: moderngl.Context, pose: Pose, seconds: float) -> Floats:
        aspect = self._raster.width / self._raster.height
        subframes = []
        count = self._effort.subframes
        straight = view_of(pose, aspect)
        self._start()
        self._sky.forget()
        self._prepare(seconds, seconds, straight, lambda _: straight)
        for k in range(count):
            view = view_of(pose, aspect, self._jitter(k, count))
            self._draw_plate(context, (seconds, seconds), (view, view), weather=False)
            subframes.append(self._owners(self._matted))
            self._add(context, count)
        picture = self._read(self._sum)
        picture[..., 3] = self._alpha(subframes)
        return picture

    def _alpha(self, subframes: Sequence[Ints]) -> Floats | float:
        """Cover of the picture: whole where the sky belongs to it."""
        if self.layers.sky:
            return 1.0
        sky = np.mean([one == owner(Thing.SKY) for one in subframes], axis=0, dtype=np.float32)
        return np.asarray(1 - sky)

    def _expose(
        self, context: moderngl.Context, middle: View, opens: float, open_for: float
    ) -> Ints:
        """Draw the subframes of an exposure into the sums; whose each pixel was in each."""
        self._start()
        self._prepare(opens, opens + 0.5 * open_for, middle)
        count = self._subframes(opens, open_for)
        owners = np.empty((count, self._raster.height, self._raster.width), np.int32)
        for k in range(count):
            moment = opens + (k + 0.5) / count * open_for
            view = self._subview(moment, k, count)
            self._draw_plate(context, (moment, moment), (view, view), weather=True)
            owners[k] = self._owners(self._matted)
            self._add(context, count, view)
            if not self.layers.weather:
                self._gather_from(context, self._air_layer, self._air_sum, count, view)
        return owners

    def _opened(self) -> moderngl.Context:
        if self._context is None:
            raise RuntimeError("open() comes first")
        return self._context

    def _start(self) -> None:
        """Empty the sums."""
        for total in (self._sum, self._air_sum):
            total.clear(0.0, 0.0, 0.0, 0.0)

    def _survey(
        self, context: moderngl.Context, views: tuple[View, View], moments: tuple[float, float]
    ) -> tuple[Floats, Floats]:
        """First hits of the middle of every pixel: normal and distance; motion and depth."""
        self._start()
        self._trees.select(views[0])
        self._ground.bind()
        self._clear(context)
        self._draw_matted(self._passes, context, moments, views)
        return self._read(self._passes, 2), self._read(self._passes, 3)

    def _draw_plate(
        self,
        context: moderngl.Context,
        moments: tuple[float, float],
        views: tuple[View, View],
        *,
        weather: bool,
    ) -> None:
        """One subframe: as the shot draws it, with its owners beside it."""
        view = views[0]
        self._drawing.use()
        self._clear(context)
        uniforms = self._draw_matted(self._matted, context, moments, views)
        self._drawing.use()
        if self.layers.sky:
            self._sky.draw(view, uniforms)
        self._begin_light(context)
        self._draw_light(context, moments[0], view, uniforms)
        if not weather:
            self._drawing.depth_mask = True
            return
        if not self.layers.weather:
            self._air_drawing.use()
            self._air_drawing.depth_mask = False
            self._air_drawing.clear(0.0, 0.0, 0.0, 0.0)
        self._draw_weather(context, view, uniforms)

    def _draw_matted(
        self,
        target: moderngl.Framebuffer,
        context: moderngl.Context,
        moments: tuple[float, float],
        views: tuple[View, View],
    ) -> dict[str, Uniform]:
        """Everything that hides what is behind it, into a target with owners."""
        view, after = views
        uniforms = self._uniforms(moments[0], view) | {
            "afterVP": matrix(after.matrix),
            "secondsAfter": moments[1],
            "ahead": view.forward,
            "halfRaster": (self._raster.width / 2, self._raster.height / 2),
            "inverseVP": matrix(np.linalg.inv(view.matrix)),
            "unreached": UNREACHED,
        }
        target.use()
        target.depth_mask = True
        self._backdrop.set(uniforms)
        context.disable(moderngl.DEPTH_TEST)
        self._behind.render(moderngl.TRIANGLES)
        context.enable(moderngl.DEPTH_TEST)
        self._draw_solid(moments[0], view, uniforms, moments[1])
        return uniforms

    def _owners(self, target: moderngl.Framebuffer) -> Ints:
        height, width = self._raster.height, self._raster.width
        data = target.read(components=1, attachment=1, dtype="i4")
        return np.frombuffer(data, np.int32).reshape(height, width)[::-1]

    def _read(self, target: moderngl.Framebuffer, attachment: int = 0) -> Floats:
        height, width = self._raster.height, self._raster.width
        data = target.read(components=4, attachment=attachment, dtype="f4")
        return np.frombuffer(data, np.float32).reshape(height, width, 4)[::-1].copy()
