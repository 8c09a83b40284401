"""What each family of places costs: ``python benchmarks/world_families.py [family ...]``.

Prints the rows of :data:`generique.backends.world.costs.MEASURED`: seconds of processor time to
set up a place of the family's own extent (build, colour, upload), to bake each layer of its light,
and for a frame
(median of several, drawn and finished) as a draft and a preview at 640 x 360 and 1280 x 720.
Processor time, because it holds on a machine that does other work as well; wall-clock seconds
stand beside it. The scenes are what a prompt that names the family alone would show at night.
"""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from statistics import median

import numpy as np

from generique.backends.world.bake import Baked, Layer, light_of
from generique.backends.world.post import develop
from generique.backends.world.receivers import Receivers
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.model.element import Quality, Raster
from generique.testing.stage import FolderStage
from generique.world.look import look_of
from generique.world.places.grammars import GRAMMARS, build, lay_out
from generique.world.scene import Family, Life, SceneDocument
from generique.world.site import Site
from generique.world.staging import stage
from generique.world.traffic import drivers
from generique.world.words.reading import Brief, read_prompt

FRAMES = 5
Cost = tuple[float, float]
"""Processor and wall-clock seconds."""
Light = tuple[Receivers, dict[Layer, Baked]]
RASTERS = (Raster(width=640, height=360), Raster(width=1280, height=720))
SHOWN = (Quality.DRAFT, Quality.PREVIEW)
NAMED = {
    Family.SUBURB: "residential suburb",
    Family.TERRACES: "terraced street",
    Family.BLOCKS: "housing blocks",
    Family.MAIN_STREET: "main street",
    Family.INDUSTRY: "industrial port",
    Family.BOREAL_FOREST: "boreal forest",
    Family.BROADLEAF_FOREST: "beech forest",
    Family.COAST: "sea coast",
    Family.MOUNTAINS: "mountain valley",
    Family.INTERIOR: "living room",
}
"""How a prompt calls a family, where not by its own name."""


class Timed(FolderStage):
    """A stage that notes when each layer of light was kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.marks: list[Cost] = []

    def keep(self, key: str, path: Path) -> Path:
        """As a folder's stage does."""
        self.marks.append(now())
        return super().keep(key, path)


def now() -> Cost:
    """Processor and wall-clock seconds."""
    return time.process_time(), time.perf_counter()


def since(before: Cost) -> Cost:
    """Processor and wall-clock seconds since then."""
    processor, clock = now()
    return processor - before[0], clock - before[1]


def scene_of(family: Family, frames: int = 24) -> SceneDocument:
    """What a prompt that names the family shows at night."""
    name = NAMED.get(family, family.value)
    extent = round(GRAMMARS[family].extent)
    scene = read_prompt(f"a {name} at night", Brief(frames=frames, place_seed=7, extent=extent))
    lit = Life(lit_windows=0.55, lamps=True, traffic=scene.scene.life.traffic)
    return scene.scene.model_copy(update={"life": lit})


def bench(family: Family, folder: Path) -> list[Cost]:
    """Set-up, four layers of light, then frames by quality and raster: processor and clock."""
    scene, timed, start = scene_of(family), Timed(folder), now()
    site = build(scene.place, scene.life)
    built = since(start)
    start = now()
    light = light_of(scene, site, timed)
    baked = []
    for mark in timed.marks:
        baked.append((mark[0] - start[0], mark[1] - start[1]))
        start = mark
    renderer, ready = set_up(scene, site, light)
    return [(built[0] + ready[0], built[1] + ready[1]), *baked, *frames(scene, renderer)]


def set_up(scene: SceneDocument, site: Site, light: Light) -> tuple[Renderer, Cost]:
    """Stage, colour, upload and draw once: the renderer, and what that costs."""
    start = now()
    path = stage(scene, lay_out(scene.place))
    cars = drivers(site.layout, scene.life.traffic, scene.seed)
    renderer = Renderer(scene, site, light, path, cars)
    with renderer.open(RASTERS[0], EFFORTS[Quality.PREVIEW]):
        renderer.frame(0)
        return renderer, since(start)


def frames(scene: SceneDocument, renderer: Renderer) -> list[Cost]:
    """Median seconds of a frame by quality, then by raster."""
    look, found = look_of(scene), []
    with ThreadPoolExecutor(2) as pool:
        for quality, raster in product(SHOWN, RASTERS):
            each = []
            with renderer.open(raster, EFFORTS[quality]):
                renderer.frame(0)
                for index in range(1, FRAMES + 1):
                    start = now()
                    develop(np.array(renderer.frame(index)), look, index, pool)
                    each.append(since(start))
            found.append((median(a for a, _ in each), median(b for _, b in each)))
    return found


def main() -> int:
    """Measure the families that are named, or all of them."""
    wanted = [Family(name) for name in sys.argv[1:]] or list(Family)
    with tempfile.TemporaryDirectory() as folder:
        bench(Family.INTERIOR, Path(folder))  # Compiles.
    print("set-up; sky, lamps, homes, sun; draft 360p, 720p; preview 360p, 720p: processor seconds")
    for family in wanted:
        with tempfile.TemporaryDirectory() as folder:
            found = bench(family, Path(folder))
        processor = ", ".join(f"{a:.3g}" for a, _ in found)
        clock = ", ".join(f"{b:.3g}" for _, b in found)
        print(f"    Family.{family.name}: ({processor}),\n    # clock: {clock}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
