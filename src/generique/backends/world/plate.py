"""A plate from start to end: the take's scene is built, lit, drawn with its passes, and filed."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import numpy as np

from generique.backends.world.panorama import face_side, panorama
from generique.backends.world.plate_layers import frame_picture, panorama_picture
from generique.backends.world.plate_reel import PlateReel
from generique.backends.world.plate_renderer import PlateFrame, PlateLayers
from generique.backends.world.renderer import EFFORTS
from generique.backends.world.take import draw_movie
from generique.model.element import Raster
from generique.model.errors import NotCapable
from generique.production.plate_ports import PlateOrder, PlateSink
from generique.production.ports import Request, Stage
from generique.world.arrays import Floats
from generique.world.camera import CameraPath, Pose
from generique.world.optics import focus_pull
from generique.world.places.grammars import lay_out
from generique.world.plates.plate_camera import PlateCamera
from generique.world.scene import SceneDocument
from generique.world.staging import stage as stage_camera
from generique.world.trains import vehicles

PANORAMA = "panorama.exr"
MOVIE = "picture.mov"


def frame_name(index: int) -> str:
    """File name of a frame, counted from 0."""
    return f"frame.{index:06d}.exr"


def make_plate(
    scene: SceneDocument, request: Request, order: PlateOrder, stage: Stage, sink: PlateSink
) -> None:
    """Draw what the sink does not have yet of a plate.

    Args:
        scene: What is shown.
        request: Raster and quality.
        order: What is wanted of it.
        stage: Cache and progress.
        sink: Where the files go.

    Raises:
        NotCapable: There is no raster, or the camera would leave the place.
        NotConfigured: There is no OpenGL on this machine.
        Interrupted: The user asked to stop.
    """
    raster = request.raster
    if raster is None:
        raise NotCapable("world needs a raster")
    path = stage_camera(scene, lay_out(scene.place))
    if order.panorama is not None:
        if not sink.has(PANORAMA):
            _all_round(scene, path, request, order, (stage, sink))
        return
    if order.movie:
        if not sink.has(MOVIE):
            draw_movie(scene, path, request, stage, lambda: sink.movie(MOVIE, raster, scene.rate))
        return
    camera = _camera(scene, path, raster)
    first, last = order.frames or (0, scene.frames - 1)
    missing = [k for k in range(first, last + 1) if not sink.has(frame_name(k))]
    if missing:
        stage.progress(0, len(missing), "building")
        with closing(_reel(scene, path, (raster, request), order, stage)) as reel:
            _frames(missing, reel, camera, order, (stage, sink))
    sink.text("camera.json", camera.model_dump_json(indent=1) + "\n")
    sink.text("camera.usda", camera.usd())


def _camera(scene: SceneDocument, path: CameraPath, raster: Raster) -> PlateCamera:
    each, opened = float(scene.rate.seconds(1)), scene.camera.shutter / 360
    poses = [path.pose((k + opened / 2) * each) for k in range(scene.frames)]
    pull = focus_pull(scene, lay_out(scene.place), path)
    lens = None
    if pull is not None:
        moments = [(k + opened / 2) * each for k in range(scene.frames)]
        lens = pull.aperture, [pull.distance(at) for at in moments]
    return PlateCamera.of(poses, raster, scene.rate, opened, lens)


def _reel(
    scene: SceneDocument,
    path: CameraPath,
    asked: tuple[Raster, Request],
    order: PlateOrder,
    stage: Stage,
) -> PlateReel:
    raster, request = asked
    cars = vehicles(lay_out(scene.place), scene.life, scene.seed)
    layers = PlateLayers(sky=order.sky, weather=order.weather)
    return PlateReel(scene, (path, cars), (raster, EFFORTS[request.quality]), layers, stage)


def _frames(
    missing: list[int],
    reel: PlateReel,
    camera: PlateCamera,
    order: PlateOrder,
    where: tuple[Stage, PlateSink],
) -> None:
    """Draw frames; each is written while the next is drawn."""
    stage, sink = where

    def write(index: int, frame: PlateFrame) -> None:
        sink.write(frame_name(index), frame_picture(index, frame, camera, order))

    waiting: Future[None] | None = None
    with ThreadPoolExecutor(1) as writer:
        for done, index in enumerate(missing):
            frame = reel.plate(index)
            if waiting is not None:
                waiting.result()
            waiting = writer.submit(write, index, frame)
            stage.progress(done + 1, len(missing), "drawing the plate")
        if waiting is not None:
            waiting.result()


def _all_round(
    scene: SceneDocument,
    path: CameraPath,
    request: Request,
    order: PlateOrder,
    where: tuple[Stage, PlateSink],
) -> None:
    """Draw the panorama from a point, at the moment of the first of the frames."""
    stage, sink = where
    width = order.panorama or 0
    first = order.frames[0] if order.frames else 0
    seconds = (first + scene.camera.shutter / 720) * float(scene.rate.seconds(1))
    point = np.array(order.at if order.at is not None else path.pose(seconds).position, float)
    side = face_side(width)
    drawn = 0
    stage.progress(0, 6, "building")
    raster = Raster(width=side, height=side)
    with closing(_reel(scene, path, (raster, request), order, stage)) as reel:

        def look(pose: Pose) -> Floats:
            nonlocal drawn
            found = reel.look(pose, seconds)
            drawn += 1
            stage.progress(drawn, 6, "drawing all round")
            return found

        picture = panorama(point, width, look)
    sink.write(PANORAMA, panorama_picture(picture, scene.rate, order))
