"""A take from start to end: build, bake, draw, finish, write."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from generique.backends.world.aces import require_aces
from generique.backends.world.bake import Layer, layer_key, layers_of
from generique.backends.world.costs import area_of, frame_ratio, layer_ratio, set_up_ratio
from generique.backends.world.post import develop, develop_deep
from generique.backends.world.reel import Reel
from generique.backends.world.renderer import EFFORTS
from generique.model.element import Quality, Raster, SceneEvent
from generique.model.errors import NotCapable
from generique.production.plate_ports import DeepSink
from generique.production.ports import Request, Stage
from generique.world.arrays import Floats
from generique.world.camera import CameraPath
from generique.world.changing import states_of
from generique.world.places.grammars import lay_out
from generique.world.scene import Place, SceneDocument
from generique.world.staging import stage as stage_camera
from generique.world.traffic import Driver, passes
from generique.world.trains import vehicles

COLD_START = 6.0
"""Seconds of compiling and of uploading, whatever is asked; measured as are those below."""
BUILD = 7.0
"""Seconds to build and colour a suburb of 1024 m; what is below is for a suburb too."""
BAKE = {Layer.SKY: 5.3, Layer.LAMPS: 2.6, Layer.HOMES: 1.2, Layer.SUN: 2.3}
"""Seconds for 1024 m."""
SUBFRAME = {Quality.DRAFT: 0.14, Quality.PREVIEW: 0.14, Quality.FINAL: 0.23}
"""Seconds for a subframe of 1280 x 720."""
FINISH = 0.10
"""Seconds of post and writing for a frame of 1280 x 720."""
FIXED_SHARE = 0.55
"""Of a subframe's cost that does not grow with the raster: vertices."""


def expected_seconds(scene: SceneDocument, request: Request, stage: Stage) -> float:
    """Wall-clock seconds on two cores: those of a suburb, in the ratio of the family to it.

    Args:
        scene: What is shown.
        request: Its quality, raster and length.
        stage: Asked which layers of light are kept.
    """
    place = scene.place
    states = [state.scene for state in states_of(scene)]
    wanted = {layer_key(state, layer): layer for state in states for layer in layers_of(state)}
    missing = [layer for key, layer in wanted.items() if stage.cached(key) is None]
    bake = sum(BAKE[layer] * layer_ratio(place, layer) for layer in missing)
    build = BUILD * set_up_ratio(place) * len(states)
    twice = sum(change.over for change in scene.changes) * float(scene.rate.fps)
    drawn = scene.frames + min(twice, scene.frames)
    effort = EFFORTS[request.quality]
    # At most: how many a lens needs follows from the way to what it is focused on.
    count = effort.subframes if scene.camera.aperture is None else effort.lens
    each = frame_seconds(place, request.quality, _raster(request), subframes=count)
    return float(round(COLD_START + build + bake + each * drawn, 1))


def frame_seconds(
    place: Place, quality: Quality, raster: Raster, subframes: int | None = None
) -> float:
    """Wall-clock seconds of a frame, drawn and finished, on two cores.

    Args:
        place: Its family and extent count.
        quality: Of the drawing.
        raster: Of the picture.
        subframes: How many it has; None for the least of the quality.
    """
    size = raster.width * raster.height
    pixels = size / (1280 * 720)
    vertices = FIXED_SHARE * min(1.0, area_of(place) ** 0.5)
    subframe = SUBFRAME[quality] * (vertices + (1 - FIXED_SHARE) * pixels)
    count = EFFORTS[quality].subframes if subframes is None else subframes
    suburb = subframe * count + FINISH * pixels
    return float(suburb * frame_ratio(place.family, quality, size))


def _raster(request: Request) -> Raster:
    if request.raster is None:
        raise NotCapable("world needs a raster")
    return request.raster


def shoot(
    scene: SceneDocument, request: Request, stage: Stage
) -> tuple[Path, tuple[SceneEvent, ...]]:
    """Render a scene.

    Args:
        scene: What is shown.
        request: Its quality and raster.
        stage: Cache, sink, progress.

    Returns:
        The file, and the cars that pass.

    Raises:
        NotCapable: The camera would leave the place.
        NotConfigured: There is no OpenGL on this machine.
        Interrupted: The user asked to stop.
    """
    if scene.grade.view == "aces":
        require_aces()
    layout = lay_out(scene.place)
    path = stage_camera(scene, layout)
    cars = vehicles(layout, scene.life, scene.seed)
    stage.progress(0, scene.frames, "building")
    return _draw(scene, (path, cars), request, stage), passes(cars, _looking(path), path.seconds)


def _looking(path: CameraPath) -> _Looking:
    return _Looking(path)


class _Looking:
    """Where the camera is and looks, for the sound of what passes."""

    def __init__(self, path: CameraPath) -> None:
        self._path = path

    def __call__(self, seconds: float) -> tuple[Floats, Floats]:
        """Position and line of sight at a time."""
        pose = self._path.pose(seconds)
        return pose.position, pose.forward


def _draw(
    scene: SceneDocument,
    moving: tuple[CameraPath, tuple[Driver, ...]],
    request: Request,
    stage: Stage,
) -> Path:
    """Draw all frames into a take."""
    raster = _raster(request)
    reel = Reel(scene, moving, (raster, EFFORTS[request.quality]), stage)
    with closing(reel):
        sink = stage.picture(raster, scene.rate)
        _develop_all(scene, reel, stage, (develop, sink.write))
        return sink.close()


def draw_movie(
    scene: SceneDocument,
    path: CameraPath,
    request: Request,
    stage: Stage,
    open_sink: Callable[[], DeepSink],
) -> Path:
    """Draw all frames as the take shows them, in sixteen bits.

    Args:
        scene: What is shown.
        path: Of the camera.
        request: Raster and quality.
        stage: Cache and progress.
        open_sink: Opens the movie, once the scene is built.

    Raises:
        Interrupted: The user asked to stop; nothing is left of the movie.
    """
    cars = vehicles(lay_out(scene.place), scene.life, scene.seed)
    reel = Reel(scene, (path, cars), (_raster(request), EFFORTS[request.quality]), stage)
    with closing(reel):
        sink = open_sink()
        try:
            _develop_all(scene, reel, stage, (develop_deep, sink.write))
            return sink.close()
        finally:
            sink.abandon()


def _develop_all(
    scene: SceneDocument,
    reel: Reel,
    stage: Stage,
    ways: tuple[Callable[..., Any], Callable[[Any], None]],
) -> None:
    """Draw all frames; each is finished and written while the next is drawn.

    Args:
        scene: What is shown.
        reel: Draws it.
        stage: Told of progress.
        ways: How a frame is developed, and where it is written.
    """
    shown, write = ways
    with ThreadPoolExecutor(1) as finisher, ThreadPoolExecutor(2) as pool:
        waiting: Future[Any] | None = None
        for index in range(scene.frames):
            linear, look = reel.frame(index, float(scene.rate.seconds(index)))
            if waiting is not None:
                write(waiting.result())
            waiting = finisher.submit(shown, linear, look, scene.seed * 100_003 + index, pool)
            stage.progress(index + 1, scene.frames, "drawing")
        if waiting is not None:
            write(waiting.result())
