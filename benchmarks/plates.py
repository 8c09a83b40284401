"""What plates cost beside the shot: ``python benchmarks/plates.py [extent]``.

Prints seconds a frame at 1280 x 720 for the picture alone and with its passes, what filing it takes
in seconds and megabytes, and what ranks and mattes take of it. Exits with 1 over a limit.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from world_material import RASTER, night, row

from generique.backends.world.bake import light_of
from generique.backends.world.plate_kernels import rank_owners
from generique.backends.world.plate_layers import frame_picture
from generique.backends.world.plate_renderer import PlateLayers, PlateRenderer
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.machineroom.exr import write_exr
from generique.model.element import Quality
from generique.production.plate_ports import PlateOrder
from generique.testing.stage import FolderStage
from generique.world.camera import camera_path
from generique.world.places.grammars import build
from generique.world.plates.plate_camera import PlateCamera
from generique.world.traffic import drivers

REPEATS = 3
MOST_TIMES = 2.0
"""A frame with its passes costs at most so many times the picture alone, filing apart."""
MOST_MEGABYTES = 40.0


def seconds(work: Callable[[], object]) -> float:
    """Least of a few runs, wall clock."""
    found = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> int:
    """Run everything and print the table; 1 when a limit is exceeded."""
    scene = night(float(sys.argv[1]) if len(sys.argv) > 1 else 1024.0)
    site = build(scene.place, scene.life)
    path = camera_path(scene, site.layout)
    cars = drivers(site.layout, scene.life.traffic, scene.seed)
    poses = [path.pose((k + 0.5 / 2) / 24) for k in range(8)]
    camera = PlateCamera.of(poses, RASTER, scene.rate, 0.5)
    order = PlateOrder(take="bench.t1", scene=scene.model_dump_json())
    over = False
    with tempfile.TemporaryDirectory() as folder:
        light = light_of(scene, site, FolderStage(Path(folder)))
        for quality in Quality:
            effort = EFFORTS[quality]
            print(f"{quality.value}: {effort.subframes} subframes, 1280 x 720")
            with Renderer(scene, site, light, path, cars).open(RASTER, effort) as shot:
                plain = seconds(partial(shot.frame, 6))
            made = PlateRenderer(scene, site, light, path, cars)
            with made.arrange(PlateLayers()).open(RASTER, effort) as plates:
                frame = plates.plate(6)
                whole = seconds(partial(plates.plate, 6))
            row("picture alone", plain)
            row("picture and passes", whole)
            row("times the picture alone", whole / plain, "x")
            row("of it ranking owners", seconds(partial(rank_owners, frame.owners)))
            file = Path(folder) / "frame.exr"
            picture = frame_picture(6, frame, camera, order)
            row("layers and mattes", seconds(partial(frame_picture, 6, frame, camera, order)))
            row("file", seconds(partial(write_exr, picture, file)))
            size = file.stat().st_size / 1e6
            row("its size", size, "MB")
            row("edge pixels with several owners", float(np.mean(frame.cover[0] < 1)) * 100, "%")
            over |= size > MOST_MEGABYTES or (effort.subframes > 1 and whole > MOST_TIMES * plain)
    print("a limit was exceeded" if over else "within all limits")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
