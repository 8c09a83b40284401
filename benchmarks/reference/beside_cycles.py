"""``world`` beside Cycles: ``python benchmarks/reference/beside_cycles.py PYTHON [samples]``.

The same place, light and camera are drawn by both, here and now: seconds a frame, and how far the
layout of light agrees (SSIM of the tone-mapped pictures, largest error of exposure of a region).
PYTHON is an interpreter that has ``bpy``, which needs NumPy 1 and therefore an environment
of its own: ``python3.11 -m venv blender && blender/bin/pip install bpy``. Fog, cars, snowfall and
smoke, which Cycles does not get, are off. Exits with 1 when a limit is missed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from generique.backends.world.bake import light_of
from generique.backends.world.occluders import tree_triangles
from generique.backends.world.relight import snowed
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.model.element import Quality, Raster
from generique.testing.stage import FolderStage
from generique.world.arrays import Floats
from generique.world.camera import camera_path
from generique.world.ground import colour_ground
from generique.world.kit.street_furniture import LAMP_INTENSITY, LAMP_RADIANCE
from generique.world.kit.tree import BARK
from generique.world.look import look_of
from generique.world.mesh import Level
from generique.world.places.grammars import build
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import breathe
from generique.world.words.reading import Brief, read_prompt

RASTER = Raster(width=640, height=360)
SAMPLES = 16
FASTER = 40.0
LAYOUT_SAMPLES = 64
REGIONS = (5, 8)
SKYLINE = 0.42
"""Share of the picture's height above which there are copies of the place, which Cycles lacks."""
LANTERN = 60.0
LAMP_FACTOR = LAMP_INTENSITY / (LAMP_RADIANCE * 0.48**2)
"""From the radiance of a lantern of 0.48 m to the intensity of its light."""
NEEDLE = np.array([0.05, 0.06, 0.05])


def scene_of() -> SceneDocument:
    """The suburb at night, with nothing in the air."""
    prompt = "night aerial over a suburb at 40 m, snow lying, no fog, no traffic, no chimney smoke"
    return read_prompt(prompt, Brief(place_seed=7, extent=400)).scene


def export(scene: SceneDocument, site: Site, path: Path) -> None:
    """Write what Cycles needs: triangles, colours, light, camera."""
    mesh = site.mesh(Level.NEAR)
    trees = tree_triangles(site.trees, scene.season)
    albedo = colour_ground(site.ground, scene.season, scene.weather, scene.place.seed)
    pose = camera_path(scene, site.layout).pose(0.0)
    sky = breathe(scene).sky
    first = mesh.faces[:, 0]
    # A lantern is drawn smaller than the light it throws: as much leaves it here as is baked there.
    lantern = mesh.emission[first].max(axis=1) > LANTERN
    emission = mesh.emission[first] * np.where(lantern, LAMP_FACTOR, 1.0)[:, None]
    bounds = site.layout.bounds
    np.savez(
        path,
        built=mesh.position[mesh.faces],
        built_albedo=snowed(mesh, scene.weather.snow_cover)[first],
        built_emission=emission,
        trees=trees,
        trees_albedo=np.broadcast_to(np.maximum(BARK, NEEDLE), (len(trees), 3)),
        ground=(albedo[..., :3].astype(np.float32) / 255) ** 2,
        bounds=(bounds.x0, bounds.y0, bounds.extent),
        ambient=sky.ambient,
        sun=sky.sun,
        sun_way=sky.sun_direction,
        eye=pose.position,
        forward=pose.forward,
        right=pose.right,
        up=pose.up,
        focal=scene.camera.focal,
        raster=(RASTER.width, RASTER.height),
    )


def ours(scene: SceneDocument, site: Site, folder: Path) -> tuple[Floats, float]:
    """A frame of preview quality in linear light, and its seconds."""
    light = light_of(scene, site, FolderStage(folder))
    renderer = Renderer(scene, site, light, camera_path(scene, site.layout), ())
    with renderer.open(RASTER, EFFORTS[Quality.PREVIEW]):
        frame = np.array(renderer.frame(0))
        begin = time.perf_counter()
        for index in range(1, 4):
            renderer.frame(index)
        seconds = (time.perf_counter() - begin) / 3
    return frame[..., :3], seconds


def theirs(blender: str, path: Path, samples: int) -> tuple[Floats, float]:
    """A frame by Cycles in linear light, and its seconds."""
    out = path.with_name(f"cycles-{samples}.npz")
    script = Path(__file__).with_name("cycles.py")
    command = [blender, str(script), str(path), str(out), str(samples)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found: Any = np.load(out)
    return found["linear"], float(found["seconds"])


def luma(linear: Floats) -> Floats:
    """Luminance of linear Rec. 709."""
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ssim(one: Floats, other: Floats) -> float:
    """Structural similarity of two pictures from 0 to 1 (Wang et al. 2004), Gaussian windows."""
    c1, c2 = 0.01**2, 0.03**2

    def mean(values: Floats) -> Floats:
        return cv2.GaussianBlur(values, (0, 0), 1.5)

    a, b = mean(one), mean(other)
    spread = mean(one * one) - a * a + mean(other * other) - b * b
    common = mean(one * other) - a * b
    score = (2 * a * b + c1) * (2 * common + c2) / ((a * a + b * b + c1) * (spread + c2))
    return float(score.mean())


def compare(mine: Floats, known: Floats, exposure: float) -> None:
    """Print how far the layout of light agrees within the place, at equal median."""
    light = [luma(picture)[int(SKYLINE * RASTER.height) :] for picture in (mine, known)]
    gain = float(np.median(light[0]) / np.median(light[1]))
    light[1] = light[1] * gain
    shown = [np.clip(values * exposure, 0, 1) ** (1 / 2.2) for values in light]
    parts = [
        np.array(
            [
                [region.mean() for region in np.array_split(row, REGIONS[1], axis=1)]
                for row in np.array_split(values, REGIONS[0])
            ]
        )
        for values in light
    ]
    stops = np.abs(np.log2(parts[0] / parts[1]))
    print(f"  SSIM {ssim(*(part.astype(np.float32) for part in shown)):.3f}")
    print(f"  regions: median {np.median(stops):.2f}, worst {stops.max():.2f} stops", end="")
    print(f" (Cycles {np.log2(gain):+.2f} stops)")
    pictures = [np.clip(p * exposure, 0, 1) ** (1 / 2.2) for p in (mine, known * gain)]
    out = Path(tempfile.gettempdir()) / "reference.png"
    cv2.imwrite(str(out), (np.hstack(pictures)[..., ::-1] * 255).astype(np.uint8))
    print(f"  side by side: {out}")


def main() -> int:
    """Draw with both, and print the table."""
    blender = sys.argv[1]
    layout_samples = int(sys.argv[2]) if len(sys.argv) > 2 else LAYOUT_SAMPLES
    scene = scene_of()
    site = build(scene.place, scene.life)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scene.npz"
        export(scene, site, path)
        mine, seconds = ours(scene, site, Path(folder))
        _, quick = theirs(blender, path, SAMPLES)
        known, slow = theirs(blender, path, layout_samples)
    print(f"{RASTER.width} x {RASTER.height}, {len(site.quads):,} quads, {len(site.trees):,} trees")
    print(f"  {'world, preview':<32} {seconds:8.2f} s a frame")
    print(f"  {f'Cycles, {SAMPLES} samples, denoised':<32} {quick:8.2f} s a frame", end="")
    print(f"  {quick / seconds:.0f} x, limit {FASTER:g} x")
    print(f"  {f'Cycles, {layout_samples} samples, denoised':<32} {slow:8.2f} s a frame")
    compare(mine, known, look_of(scene).exposure)
    return 0 if quick / seconds >= FASTER else 1


if __name__ == "__main__":
    sys.exit(main())
