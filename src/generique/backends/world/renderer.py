"""Frames of a scene: jittered subframes of one exposure, drawn by OpenGL and averaged there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Self

import cv2
import moderngl
import numpy as np

from generique.backends.world.bake import THREADS, Baked, Layer
from generique.backends.world.beam_pass import BeamPass
from generique.backends.world.bird_pass import BirdPass
from generique.backends.world.boat_pass import BoatPass
from generique.backends.world.car_pass import CarPass
from generique.backends.world.floor_pass import FloorPass
from generique.backends.world.glow_pass import GlowPass
from generique.backends.world.graphics import Program, Uniform, matrix, noise_picture, open_context
from generique.backends.world.ground_pass import NEAR, GroundPass
from generique.backends.world.lens import Defocus, Lens
from generique.backends.world.mirror import MIRRORED_DETAIL, Mirror, Surface
from generique.backends.world.receivers import Receivers
from generique.backends.world.relight import relight
from generique.backends.world.sky_pass import DOWNWIND, SkyPass, flash_uniform, glow_focus
from generique.backends.world.static_pass import (
    StaticPass,
    mirror,
    skyline_looks,
    skyline_mesh,
)
from generique.backends.world.terrain_pass import TerrainPass
from generique.backends.world.tree_cards import (
    CHUNK,
    Album,
    TreeCards,
    copies_about,
    present,
    select_trees,
)
from generique.backends.world.tree_pass import TreePass, detail_of
from generique.backends.world.view import View, view_of
from generique.backends.world.water_pass import MIRROR_UNIT, WaterPass
from generique.backends.world.weather_pass import WeatherPass
from generique.model.element import Quality, Raster
from generique.world.arrays import Floats, Ints
from generique.world.camera import CameraPath
from generique.world.ground import colour_ground
from generique.world.kit.tree_shapes import DETAILS
from generique.world.metering import stops_at
from generique.world.optics import focus_pull
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import breathe
from generique.world.sky.storm import Storm
from generique.world.traffic import Driver

GOLDEN = 0.6180339887
CLEAR = 1e-6
"""Extinction of the air in a room, 1/m."""
UNEVEN_INDOORS = 0.12
"""How much of the stains of weather walls have in a room."""
STREAK = 6.0
"""Pixels that a turning camera may sweep between two subframes."""
MOST_SUBFRAMES = 32
TURNS = 4
"""Subframes that are drawn before they are added. Adding one waits until it is drawn, where the
renderer is software; the vertices of the next can be made while the pixels of the last are."""


@dataclass(frozen=True)
class Effort:
    """What a quality costs and gives.

    Attributes:
        subframes: Averaged for each frame.
        near: Metres from the camera's way within which buildings are drawn in full.
        trees: Metres at which trees become coarser, and from the last one cards.
        lens: Subframes at most where a lens is not sharp everywhere.
    """

    subframes: int
    near: float
    trees: tuple[float, float, float]
    lens: int


EFFORTS = {
    Quality.DRAFT: Effort(1, 120.0, (50.0, 110.0, 160.0), 8),
    Quality.PREVIEW: Effort(4, 170.0, (75.0, 150.0, 230.0), 16),
    Quality.FINAL: Effort(8, 260.0, (110.0, 210.0, 320.0), 32),
}


class Renderer:
    """Draws one scene. Use as a context manager: leaving it gives the graphics memory back."""

    PLATE = False
    """True when the programs write the passes of a plate beside the picture."""

    def __init__(
        self,
        scene: SceneDocument,
        site: Site,
        light: tuple[Receivers, dict[Layer, Baked]],
        path: CameraPath,
        cars: tuple[Driver, ...],
    ) -> None:
        """Keep what is drawn; nothing is uploaded yet.

        Args:
            scene: What is shown.
            site: The place.
            light: From :func:`generique.backends.world.bake.light_of`.
            path: Of the camera.
            cars: That drive.
        """
        self._scene, self._site, self._path, self._cars = scene, site, path, cars
        self._air = breathe(scene)
        self._storm = Storm(scene, self._air.lux)
        if site.layout.indoors is not None:
            self._air = replace(self._air, density=CLEAR, layer=0.0)
        with ThreadPoolExecutor(THREADS) as pool:
            shown = (scene.season, scene.weather, scene.place.seed)
            albedo = colour_ground(site.ground, *shown, each=pool.map)
        self._receivers = light[0]
        self._lit = relight(scene, site, albedo, light, self._air)
        self._context: moderngl.Context | None = None
        self._pull = focus_pull(scene, site.layout, path)
        self._lens: Lens | None = None

    def open(self, raster: Raster, effort: Effort) -> Self:
        """Create the context and upload everything.

        Raises:
            NotConfigured: There is no OpenGL on this machine.
        """
        context = open_context(plate=self.PLATE, fog=self._air.layer > 0)
        self._context = context
        self._effort, self._raster = effort, raster
        scene, site, lit, air = self._scene, self._site, self._lit, self._air
        moments = np.linspace(0, self._path.seconds, 9)
        way = np.array([self._path.pose(float(at)).position for at in moments])
        bounds = site.layout.bounds
        noise = context.texture((256, 256), 1, noise_picture().tobytes())
        noise.build_mipmaps()
        noise.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        self._noise = noise
        near = bool((way[:, 2] - site.layout.surface_at(way[:, :2])).min() < NEAR)
        light = (self._receivers, lit)
        self._static = StaticPass(context, site, light, way, effort.near, close=near)
        if not site.open:
            mesh = skyline_mesh(site)
            looks = skyline_looks(mesh, scene, lit, air, bounds)
            self._static.add_skyline(context, mesh, looks)
        detail = detail_of(site.trees, way, effort.trees)
        self._trees = TreePass(context, site.trees, lit.trees, scene.season, detail)
        self._far_trees = self._cards(context, detail, way)
        self._ground = GroundPass(context, bounds, lit, air, near=near)
        self._surface: Surface = self._ground
        self._mirrored: tuple[StaticPass, TreePass, TreeCards, Surface] | None = None
        if not site.layout.relief.flat:
            self._surface = TerrainPass(context, scene, site, self._ground.maps, near=near)
        self._water: WaterPass | None = None
        if site.layout.water is not None:
            self._water = WaterPass(context, scene, site, air, self._ground.maps)
        self._floor: FloorPass | None = None
        self._mirror = self._reflecting(context, detail)
        self._sky = SkyPass(context, air, scene.weather, raster)
        self._glow = GlowPass(context, scene, site, way, air)
        self._birds = BirdPass(context, scene, site, air)
        self._boats = BoatPass(context, scene, site)
        self._beams = BeamPass(context, site.beacon if scene.life.lamps else None)
        self._weather = WeatherPass(context, scene, site, way, air)
        wet = scene.weather.rain * (1 - 0.7 * scene.weather.snow_cover)
        self._traffic = CarPass(context, self._cars, (bounds, lit), air, wet)
        self._targets(context, raster)
        return self

    def _reflecting(self, context: moderngl.Context, detail: Ints) -> Mirror | None:
        """What water or a polished floor mirrors; None where there is neither."""
        scene, site, room = self._scene, self._site, self._site.layout.indoors
        water, level = site.layout.water, 0.0
        if room is not None and room.gloss > 0:
            self._floor = FloorPass(context, room)
            level, coarse = room.low[2] + 0.01, detail
        elif water is not None and self._water is not None:
            level, coarse = water.level, np.maximum(detail, MIRRORED_DETAIL)
        else:
            return None
        if self._floor is not None or (self._water is not None and self._water.mirrors):
            trees = TreePass(context, site.trees, self._lit.trees, scene.season, coarse)
            self._mirrored = self._static, trees, self._far_trees, self._surface
        return Mirror(context, self._raster, level, (self._air, scene.weather))

    def _cards(self, context: moderngl.Context, detail: Ints, way: Floats) -> TreeCards:
        """The trees that are too far for meshes, those beyond the bounds too."""
        scene, site, lit = self._scene, self._site, self._lit
        trees, bounds = site.trees, site.layout.bounds
        beyond = site.beyond
        kinds = present(trees) if beyond is None else present(trees, beyond)
        album = Album(context, kinds, scene.season, scene.weather.snow_cover)
        pixels = self._raster.width / 2 / np.tan(self._path.hfov / 2)
        cards = TreeCards(context, album, bounds, (way, float(pixels)))
        far = np.flatnonzero(detail == DETAILS)
        cards.add(select_trees(trees, far), lit.trees[far], [np.eye(4)], CHUNK)
        if beyond is not None:
            cards.add(beyond, lit.beyond, [np.eye(4)], 2 * CHUNK)
        elif not site.open:
            models = [mirror(bounds, *copy) for copy in copies_about(bounds, way[len(way) // 2])]
            cards.add(trees, lit.trees, models, max(2 * CHUNK, bounds.extent / 4))
        return cards

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._context is not None:
            self._context.release()
            self._context = None

    def _targets(self, context: moderngl.Context, raster: Raster) -> None:
        size = (raster.width, raster.height)
        self._depth = self._measured_depth(context) or context.depth_renderbuffer(size)
        self._turns = []
        # A lens reads the depth of each before the next, and a plate whose its pixels are.
        for _ in range(1 if self._lens is not None or self.PLATE else TURNS):
            subframe = context.texture(size, 4, dtype="f2")
            subframe.filter = (moderngl.NEAREST, moderngl.NEAREST)
            self._turns.append((subframe, context.framebuffer([subframe], self._depth)))
        self._subframe, self._drawing = self._turns[0]
        self._sum = context.framebuffer([context.texture(size, 4, dtype="f4")])
        self._gather = Program(context, "gather")
        cover = np.array([(-1, -1), (3, -1), (-1, 3)], np.float32)
        self._cover = context.vertex_array(
            self._gather.handle, [(context.buffer(cover), "2f4", "place")]
        )

    def _measured_depth(self, context: moderngl.Context) -> moderngl.Texture | None:
        """A depth that can be read, and what reads it, where the lens is not sharp everywhere."""
        if self._pull is None:
            return None
        raster = self._raster
        pixels = raster.width / 2 / float(np.tan(self._path.hfov / 2))
        depth = context.depth_texture((raster.width, raster.height))
        depth.compare_func = ""
        depth.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._lens = Lens(self._pull, pixels, self._path.seconds)
        self._defocus = Defocus(context, raster, depth)
        return depth

    def frame(self, index: int) -> Floats:
        """A frame in linear light.

        Args:
            index: From 0.

        Returns:
            height x width x 4, float32, rows from the top; the last channel means nothing.
        """
        context = self._context
        if context is None:
            raise RuntimeError("open() comes first")
        # Two renderers may be open at once, and one context is current.
        with context:
            return self._frame(context, index)

    def opened(self, seconds: float) -> float:
        """Stops by which the camera is opened at a time for where it stands."""
        eye = self._path.pose(seconds).position
        return self._path.outdoors(seconds) * stops_at(eye, self._site, self._scene)

    def _frame(self, context: moderngl.Context, index: int) -> Floats:
        width, height = self._raster.width, self._raster.height
        start, open_for = self._exposure(index)
        count = self._subframes(start, open_for)
        self._sum.clear(0.0, 0.0, 0.0, 0.0)
        middle = self._view(start + 0.5 * open_for, (0.0, 0.0))
        self._prepare(start, start + 0.5 * open_for, middle)
        kept = self._subframe, self._drawing
        waiting: list[tuple[moderngl.Texture, View]] = []
        for k in range(count):
            moment = start + (k + 0.5) / count * open_for
            view = self._subview(moment, k, count)
            self._subframe, self._drawing = self._turns[len(waiting)]
            self._draw(context, moment, view)
            waiting.append((self._subframe, view))
            if len(waiting) == len(self._turns) or k == count - 1:
                for subframe, seen in waiting:
                    self._gather_from(context, subframe, self._sum, count, seen)
                waiting.clear()
        self._subframe, self._drawing = kept
        data = self._sum.read(components=4, dtype="f4")
        upwards = np.frombuffer(data, np.float32).reshape(height, width, 4)
        return np.asarray(cv2.flip(upwards, 0))

    def _prepare(
        self,
        start: float,
        moment: float,
        view: View,
        views: Callable[[float], View] | None = None,
    ) -> None:
        """What the subframes of a frame share: maps, mirror, trees and sky.

        Args:
            start: Seconds at which the shutter opens.
            moment: The middle of the exposure.
            view: Of that moment.
            views: Of any moment, for the sky; None takes the path's.
        """
        uniforms = self._uniforms(start, view)
        self._noise.use(0)
        self._ground.bind()
        if self._mirror is not None:
            self._mirror.draw((start, view), uniforms, self._mirrored)
            self._mirror.picture.use(MIRROR_UNIT)
        self._trees.select(view)
        self._sky.prepare(moment, views or self._looking, uniforms)

    def _exposure(self, index: int) -> tuple[float, float]:
        """When the shutter opens for a frame, and for how long, in seconds."""
        rate = self._scene.rate
        return float(rate.seconds(index)), self._scene.camera.shutter / 360 * float(rate.seconds(1))

    def _subframes(self, start: float, open_for: float) -> int:
        lens = 0 if self._lens is None else self._lens.subframes(self._effort.lens)
        return max(self._effort.subframes, lens, self._swept(start, open_for))

    def _swept(self, start: float, open_for: float) -> int:
        """Subframes that a turning camera needs, so that its streaks do not fall into copies."""
        before, after = (self._path.pose(at) for at in (start, start + open_for))
        angle = float(np.arccos(np.clip(before.forward @ after.forward, -1, 1)))
        pixels = angle / before.hfov * self._raster.width
        return min(MOST_SUBFRAMES, int(pixels / STREAK))

    def _looking(self, seconds: float) -> View:
        return self._view(min(seconds, self._path.seconds), (0.0, 0.0))

    def _view(self, seconds: float, jitter: tuple[float, float]) -> View:
        pose = self._path.pose(seconds)
        return view_of(pose, self._raster.width / self._raster.height, jitter)

    def _subview(self, seconds: float, k: int, count: int) -> View:
        """The view of a subframe of some: jittered, and through its own point of the lens."""
        pose, jitter = self._path.pose(seconds), self._jitter(k, count)
        aside = None if self._lens is None else self._lens.aside(k, count, seconds)
        return view_of(pose, self._raster.width / self._raster.height, jitter, aside)

    def _jitter(self, k: int, count: int) -> tuple[float, float]:
        """Where in its pixels a subframe of some looks, in clip units."""
        across = (k + 0.5) / count - 0.5
        down = (k * GOLDEN + 0.3) % 1.0 - 0.5
        return 2 * across / self._raster.width, 2 * down / self._raster.height

    def _add(self, context: moderngl.Context, count: int, view: View | None = None) -> None:
        self._gather_from(context, self._subframe, self._sum, count, view)

    def _gather_from(
        self,
        context: moderngl.Context,
        subframe: moderngl.Texture,
        total: moderngl.Framebuffer,
        count: int,
        view: View | None = None,
    ) -> None:
        """Add a subframe's share to a sum; blurred, where its view is through a lens."""
        total.use()
        context.disable(moderngl.DEPTH_TEST)
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.ONE, moderngl.ONE)
        if view is not None and view.aside is not None:
            self._defocus.render(subframe, view, view.aside, 1.0 / count)
            return
        subframe.use(1)
        self._gather.set({"subframe": 1, "share": 1.0 / count})
        self._cover.render(moderngl.TRIANGLES)

    def _draw(self, context: moderngl.Context, seconds: float, view: View) -> None:
        uniforms = self._uniforms(seconds, view)
        self._drawing.use()
        self._clear(context)
        self._draw_solid(seconds, view, uniforms)
        self._sky.draw(view, uniforms)
        self._begin_light(context)
        self._draw_light(context, seconds, view, uniforms)
        self._draw_weather(context, view, uniforms)

    def _clear(self, context: moderngl.Context) -> None:
        """Empty what is drawn into, and get ready for what hides other things."""
        self._drawing.depth_mask = True
        context.disable(moderngl.BLEND)
        context.enable(moderngl.DEPTH_TEST)
        self._drawing.clear(0.0, 0.0, 0.0, 1.0, depth=1.0)
        self._noise.use(0)

    def _draw_solid(
        self,
        seconds: float,
        view: View,
        uniforms: dict[str, Uniform],
        after: float | None = None,
    ) -> None:
        """Everything that hides what is behind it."""
        self._static.draw(view, uniforms)
        self._traffic.draw(seconds, view, uniforms, after)
        self._trees.draw(uniforms)
        self._far_trees.draw(view, uniforms)
        self._birds.draw(uniforms)
        self._boats.draw(seconds, uniforms)
        self._surface.draw(view, uniforms)
        if self._water is not None:
            size = (float(self._raster.width), float(self._raster.height))
            values = uniforms | {"right": view.right, "screen": size}
            self._water.draw(values, self._boats.lamps(seconds))

    def _begin_light(self, context: moderngl.Context) -> None:
        """Get ready for what hides nothing."""
        context.enable(moderngl.BLEND)
        context.enable(moderngl.PROGRAM_POINT_SIZE)
        self._drawing.depth_mask = False
        context.blend_func = (moderngl.ONE, moderngl.ONE)

    def _draw_light(
        self,
        context: moderngl.Context,
        seconds: float,
        view: View,
        uniforms: dict[str, Uniform],
    ) -> None:
        """Shades and wakes over what is there, and all light that is added to it."""
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        self._traffic.draw_shade(seconds, view, uniforms)
        if self._water is not None:
            self._boats.draw_wakes(seconds, uniforms)
        context.blend_func = (moderngl.ONE, moderngl.ONE)
        if self._floor is not None and self._mirror is not None:
            size = (float(self._raster.width), float(self._raster.height))
            self._floor.draw(self._mirror.picture, size, uniforms)
        self._glow.draw(view, uniforms, self._ground.maps)
        self._traffic.draw_light(seconds, view, {**uniforms, **self._ground.maps})
        self._beams.draw(seconds, view, uniforms)

    def _draw_weather(
        self, context: moderngl.Context, view: View, uniforms: dict[str, Uniform]
    ) -> None:
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        self._weather.draw_smoke(view, uniforms)
        self._weather.draw_fall(view, uniforms)
        self._drawing.depth_mask = True

    def _uneven(self, seconds: float) -> float:
        """How stained walls are: as weather leaves them, but for those of a room."""
        if self._site.layout.indoors is not None:
            return UNEVEN_INDOORS
        return UNEVEN_INDOORS + (1.0 - UNEVEN_INDOORS) * self._path.outdoors(seconds)

    def _uniforms(self, seconds: float, view: View) -> dict[str, Uniform]:
        air, weather = self._air, self._scene.weather
        sky = air.sky
        way = np.radians(sky.glow_heading)
        flash = self._storm.at(seconds)
        light = 0.0 if flash is None else flash.light
        common: dict[str, Uniform] = {
            "VP": matrix(view.matrix),
            "eye": view.eye,
            "density": air.density,
            "scaleHeight": air.height,
            "uniformShare": air.uniform,
            "layer": air.layer,
            "layerDepth": air.depth,
            "layerDrift": 0.35 * weather.wind * seconds * DOWNWIND,
            "zenith": sky.zenith,
            "horizon": sky.horizon,
            "haze": sky.haze,
            "farHaze": sky.far_haze,
            "glow": sky.glow,
            "glowWay": (float(np.sin(way)), float(np.cos(way))),
            "glowFocus": glow_focus(air.sun.altitude),
            "seconds": seconds,
            "wind": min(0.02 * weather.wind, 0.25),
            "snowCover": weather.snow_cover,
            "uneven": self._uneven(seconds),
            "ambient": sky.ambient,
            "flash": flash_uniform(flash),
            "flashLight": (0.8 * light, 0.86 * light, light),
            "sun": sky.sun,
            "sunWay": sky.sun_direction,
            "pixels": self._raster.width / 2 / np.tan(view.hfov / 2),
        }
        return common | self._traffic.heads(seconds, view) | self._beams.uniforms(seconds)
