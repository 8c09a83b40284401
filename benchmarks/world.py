"""What the ``world`` backend costs here: ``python benchmarks/world.py [extent | curve]``.

Prints seconds to build and to bake each layer of light, seconds a frame for 1 to 8 subframes at
1280 x 720 and four at 1920 x 1080, how much the shot shimmers, seconds to the first picture, the
peak memory, and how the numeric kernels compare with plain numpy here. Exits with 1 over a limit.
With ``curve`` it prints how the cost grows with frames and with triangles instead.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from world_curve import curve
from world_material import RASTER, night, row

from generique.backends.world.bake import Layer, light_of
from generique.backends.world.bake_kernels import light_rays
from generique.backends.world.post import bloom, develop
from generique.backends.world.receivers import Receivers
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.model.element import Quality, Raster
from generique.testing.stage import FolderStage
from generique.world.arrays import Floats, Octets
from generique.world.camera import camera_path
from generique.world.lights import REACH
from generique.world.look import Look, look_of
from generique.world.places.grammars import build
from generique.world.scene import (
    SceneDocument,
    Time,
)
from generique.world.site import Site
from generique.world.traffic import drivers

REPEATS = 3
RUN = range(6, 18)
"""Frames that are drawn one after the other."""
FULL_HD = Raster(width=1920, height=1080)
LIMITS = {("720p", 4): 0.8, ("1080p", 4): 1.2}
FIRST_PICTURE = 25.0
MOST_MEMORY = 3.0
MOST_SHIMMER = 2.5
"""Levels of 255."""


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Mean wall-clock seconds."""
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


class _Timed(FolderStage):
    """A stage that notes when each layer was kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.kept_at: list[float] = []

    def keep(self, key: str, path: Path) -> Path:
        self.kept_at.append(time.perf_counter())
        return super().keep(key, path)


def bench_light(scene: SceneDocument, folder: Path) -> tuple[Site, Receivers, Renderer]:
    """Build, bake, find again and mix the light."""
    print(f"light, {scene.place.extent:g} m")
    start = time.perf_counter()
    suburb = build(scene.place, scene.life)
    row("build", time.perf_counter() - start)
    stage = _Timed(folder)
    start = time.perf_counter()
    light = light_of(scene, suburb, stage)
    marks = [start, *stage.kept_at]
    for layer, before, after in zip(light[1], marks[:-1], marks[1:], strict=True):
        extra = " (with occluders and compiling)" if layer is Layer.SKY else ""
        row(f"bake {layer}{extra}", after - before)
    row("bake, all layers", time.perf_counter() - start)
    row("the same light again, kept", seconds(lambda: light_of(scene, suburb, FolderStage(folder))))
    dusk = scene.model_copy(update={"time": Time(hour=16.96, day=15, bearing=274.2)})
    row("another hour", seconds(lambda: light_of(dusk, suburb, FolderStage(folder))))
    path = camera_path(scene, suburb.layout)
    start = time.perf_counter()
    cars = drivers(suburb.layout, scene.life.traffic, scene.seed)
    renderer = Renderer(scene, suburb, light, path, cars)
    row("relight", time.perf_counter() - start)
    return suburb, light[0], renderer


def bench_frames(scene: SceneDocument, renderer: Renderer) -> tuple[Floats, bool]:
    """Draw and finish neighbouring frames; returns one in linear light, and if a limit is missed.

    Frames of half a second, one after the other: some of what a frame shows is drawn for several.
    """
    look, over = look_of(scene), False
    linear = np.zeros((RASTER.height, RASTER.width, 4), np.float32)
    plans = [(RASTER, count, LIMITS.get(("720p", count))) for count in (1, 2, 4, 8)]
    plans.append((FULL_HD, 4, LIMITS["1080p", 4]))
    with ThreadPoolExecutor(2) as pool:
        develop(linear, look, 1, pool)
        for raster, subframes, limit in plans:
            effort = replace(EFFORTS[Quality.PREVIEW], subframes=subframes)
            with renderer.open(raster, effort):
                frame = np.array(renderer.frame(0))
                drawing = seconds(lambda: [renderer.frame(k) for k in RUN]) / len(RUN)
                finishing = seconds(partial(develop, frame, look, 1, pool), REPEATS)
            if raster == RASTER:
                linear = frame
            name = f"{raster.height}p, {subframes} subframes"
            row(f"{name}, drawn", drawing)
            over |= row(f"{name}, drawn and finished", drawing + finishing, limit=limit)
    return linear, over


def residual(pictures: list[Octets]) -> float:
    """Mean error of 8-bit luma after motion compensation: how much a shot shimmers.

    Each picture is compared with its neighbour, moved by dense optical flow (Farneback). Blurred
    and dark pictures score low too, so it says something only between ways to draw one shot.
    """
    lumas = [cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in pictures]
    height, width = lumas[0].shape
    column, line = np.meshgrid(np.arange(width, dtype="f4"), np.arange(height, dtype="f4"))
    errors = []
    for before, after in pairwise(lumas):
        start = np.zeros((height, width, 2), np.float32)
        flow = cv2.calcOpticalFlowFarneback(before, after, start, 0.5, 4, 21, 3, 7, 1.5, 0)
        moved = cv2.remap(after, column + flow[..., 0], line + flow[..., 1], cv2.INTER_LINEAR)
        errors.append(np.abs(moved.astype(np.float32) - before).mean())
    return float(np.mean(errors))


def bench_motion(scene: SceneDocument, renderer: Renderer) -> bool:
    """Shimmer for several numbers of subframes beside a reference of the same shot."""
    over = False
    print(f"shimmer, mean error of luma after motion compensation, limit {MOST_SHIMMER:g}")
    grained = look_of(scene)
    looks = {"": replace(grained, grain=0.0), ", with grain": grained}
    with ThreadPoolExecutor(2) as pool:
        for subframes in (1, 4, 6, 8, 64):
            effort = replace(EFFORTS[Quality.PREVIEW], subframes=subframes)
            with renderer.open(RASTER, effort):
                drawn = [np.array(renderer.frame(index)) for index in range(60, 64)]
            for what, look in looks.items():
                shown = [develop(linear, look, seed, pool) for seed, linear in enumerate(drawn)]
                held = MOST_SHIMMER if (subframes, what) == (4, "") else None
                over |= row(f"{subframes} subframes{what}", residual(shown), "levels", held)
    return over


def bench_kernels(suburb: Site, linear: Floats) -> None:
    """Compare kernels with array operations."""
    print("kernels against plain numpy (above 1 the kernel is faster)")
    lights = suburb.lamp_lights
    count = min(64, len(lights))
    reach = np.asarray(REACH, np.float32)[lights.beam]
    strength = lights.intensity.max(axis=1)
    table = (lights.position, lights.axis, lights.beam, strength, reach)
    chance = np.random.default_rng(1)
    middle = lights.position[:count, :2].mean(axis=0)
    points = np.c_[middle + chance.uniform(-60, 60, (4096, 2)), np.zeros(4096)].astype(np.float32)
    normals = np.tile([0, 0, 1], (4096, 1)).astype(np.float32)
    chosen = np.arange(count)
    light_rays(points, normals, table, chosen, 0, 0.25)
    kernel = seconds(lambda: light_rays(points, normals, table, chosen, 0, 0.25), REPEATS)
    plain = seconds(lambda: plain_irradiance(points, table, count), REPEATS)
    row("light of lamps: rays to trace against none", plain / kernel, "x")
    look = look_of(night(1024))
    with ThreadPoolExecutor(2) as pool:
        kernel = seconds(lambda: develop(linear, look, 1, pool), REPEATS)
    plain = seconds(lambda: plain_finish(linear, look), REPEATS)
    row("finish of a frame, bloom included", plain / kernel, "x")


def plain_irradiance(points: Floats, table: tuple[Floats, ...], count: int) -> Floats:
    """Light without shadows, one lamp after the other over all points."""
    position, _, _, strength, reach = table
    out = np.zeros(len(points))
    for k in range(count):
        offset = position[k] - points
        square = np.maximum((offset**2).sum(axis=1), 0.35)
        far = np.sqrt(square)
        cosine = np.clip(offset[:, 2] / far, 0, 1)
        wide = (0.35 + 0.65 * np.sqrt(cosine)) * np.minimum(cosine * 4, 1)
        fade = np.clip(1 - (far / reach[k]) ** 4, 0, 1) ** 2
        weight = wide * (1.25 - 0.45 * cosine**3) / square * fade * cosine
        out += np.where(weight * strength[k] > 0.004, weight * strength[k], 0)
    return out


def plain_finish(linear: Floats, look: Look) -> Floats:
    """The view transform of the finish as array operations."""
    light = (linear[..., :3] * 0.86 + bloom(linear)) * look.exposure
    t = np.clip((np.log2(np.maximum(light, 1e-8)) + 10.8) / 15.4, 0, 1)
    curve = np.polyval([15.5, -40.14, 31.96, -6.868, 0.4298, 0.1191, -0.00232], t)
    luma = curve @ np.array([0.2126, 0.7152, 0.0722])
    shown = np.maximum(luma[..., None] + (curve - luma[..., None]) * look.saturation, 0)
    grain = np.random.default_rng(1).uniform(-1, 1, shown.shape) * look.grain
    return np.asarray(np.clip((shown**look.power + grain) * 255, 0, 255).astype(np.uint8))


def first_picture(scene: SceneDocument, folder: Path) -> bool:
    """From nothing to the first frame of a new place; the kernels are compiled by now."""
    start = time.perf_counter()
    site = build(scene.place, scene.life)
    light = light_of(scene, site, FolderStage(folder))
    path = camera_path(scene, site.layout)
    cars = drivers(site.layout, scene.life.traffic, scene.seed)
    with Renderer(scene, site, light, path, cars).open(RASTER, EFFORTS[Quality.PREVIEW]) as drawn:
        drawn.frame(0)
    return row("first picture of a new place", time.perf_counter() - start, limit=FIRST_PICTURE)


def main() -> int:
    """Run everything and print the table; 1 when a limit is missed."""
    if sys.argv[1:] == ["curve"]:
        return curve()
    scene = night(float(sys.argv[1]) if len(sys.argv) > 1 else 1024.0)
    with tempfile.TemporaryDirectory() as folder:
        suburb, _, renderer = bench_light(scene, Path(folder) / "one")
        linear, over = bench_frames(scene, renderer)
        over |= bench_motion(scene, renderer)
        bench_kernels(suburb, linear)
        over |= first_picture(scene, Path(folder) / "two")
    print("memory")
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024**2
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    over |= row("peak, this process", own, "GiB", MOST_MEMORY)
    row("largest child (the loader's look-ups)", children, "GiB")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
