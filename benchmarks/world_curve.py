"""How the cost of ``world`` grows: ``python benchmarks/world.py curve``.

Time over frames, and time of a frame over the triangles that are drawn for it, each with the
exponent of a straight line through the logarithms. An exponent of 1 is linear; the limit is 1 with
a tolerance. Processor time is taken, because it holds on a machine that does other work as well.
The light is left dark: what a frame costs does not depend on how bright it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from world_material import night, row

from generique.backends.world.bake import Baked, Layer, layers_of
from generique.backends.world.post import develop
from generique.backends.world.receivers import Receivers, receivers_of
from generique.backends.world.renderer import EFFORTS, Renderer
from generique.model.element import Quality, Raster
from generique.world.camera import camera_path
from generique.world.look import Look, look_of
from generique.world.places.grammars import build, grammar_of
from generique.world.scene import Family, SceneDocument
from generique.world.traffic import drivers

RASTER = Raster(width=640, height=360)
"""Small, so that vertices are most of the cost."""
FRAMES = (1, 2, 4, 8, 16, 32, 64, 96)
EXTENTS = (200.0, 300.0, 450.0, 680.0, 1024.0)
FAMILIES = (Family.SUBURB, Family.CITY)
"""In a forest the number of trees that are drawn as meshes is capped, so that triangles hardly grow
with the extent."""
SPREAD = 2.0
"""Least ratio of the most triangles to the fewest for which a line says anything."""
REPEATS = 5
MOST = 1.0
TOLERANCE = 0.1
"""How far over linear an exponent may be: what is measured here and there, not the algorithm."""


class Counted(Renderer):
    """A renderer that says how many triangles a frame has."""

    def triangles(self, moment: float) -> int:
        """Of what is built and of trees, after what lies out of sight at a time is left out."""
        context = self._context
        if context is None:
            raise RuntimeError("open() comes first")
        with context:
            view = self._view(moment, (0.0, 0.0))
            uniforms = self._uniforms(moment, view)
            self._drawing.use()
            self._trees.select(view)
            return self._static.draw(view, uniforms) + self._trees.draw(uniforms)


def dark(receivers: Receivers, layer: Layer) -> Baked:
    """A layer without light."""

    def none(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float16]]:
        return np.zeros(shape, np.float16)

    vertices, trees = receivers.vertices, len(receivers.tree_points)
    side = receivers.side // 2 if layer is Layer.SKY else receivers.side
    if layer in (Layer.LAMPS, Layer.HOMES):
        return Baked(none(side, side, 3), none(vertices, 3), none(trees, 4, 3))
    return Baked(none(side, side), none(vertices), none(trees))


@contextmanager
def opened(scene: SceneDocument) -> Iterator[Counted]:
    """A renderer of a scene, ready to draw previews."""
    site = build(scene.place, scene.life)
    receivers = receivers_of(site)
    light = receivers, {layer: dark(receivers, layer) for layer in layers_of(scene)}
    cars = drivers(site.layout, scene.life.traffic, scene.seed)
    path = camera_path(scene, site.layout)
    with Counted(scene, site, light, path, cars).open(RASTER, EFFORTS[Quality.PREVIEW]) as drawn:
        yield drawn


def scene_of(family: Family, extent: float) -> SceneDocument:
    """The reference night over a family of places."""
    scene = night(extent)
    place = scene.place.model_copy(update={"family": family})
    return scene.model_copy(
        update={"place": place.model_copy(update={"country": grammar_of(place).countries[0]})}
    )


def spent(drawn: Counted, look: Look, index: int, pool: ThreadPoolExecutor) -> float:
    """Processor seconds of a frame, drawn and finished."""
    start = time.process_time()
    develop(np.array(drawn.frame(index)), look, index, pool)
    return time.process_time() - start


def exponent(sizes: list[float], costs: list[float]) -> float:
    """Slope of the least-squares line through the logarithms of costs over sizes."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def over_frames() -> bool:
    """Print the time of so many frames one after the other; True over the limit."""
    scene, total, sums = night(512.0), 0.0, []
    print(f"{scene.place.family}, 512 m, preview: processor seconds over frames")
    look = look_of(scene)
    with opened(scene) as drawn, ThreadPoolExecutor(2) as pool:
        spent(drawn, look, 0, pool)
        for index in range(FRAMES[-1]):
            total += spent(drawn, look, index, pool)
            if index + 1 in FRAMES:
                sums.append(total)
                row(f"{index + 1} frames", total)
    slope = exponent([float(count) for count in FRAMES], sums)
    return row("exponent over frames", slope, "", MOST + TOLERANCE)


def over_triangles(family: Family) -> bool:
    """Print the time of a frame over its triangles; True over the limit, or without a fit."""
    print(f"{family}, preview: processor seconds of a frame over triangles drawn")
    counts, costs = [], []
    for extent in EXTENTS:
        scene = scene_of(family, extent)
        look = look_of(scene)
        with opened(scene) as drawn, ThreadPoolExecutor(2) as pool:
            counts.append(float(drawn.triangles(0.0)))
            costs.append(float(np.median([spent(drawn, look, k, pool) for k in range(REPEATS)])))
        row(f"{extent:g} m, {counts[-1] / 1e6:.2f} million triangles", costs[-1])
    if max(counts) < SPREAD * min(counts):
        print("  triangles vary too little for an exponent")
        return True
    slope = exponent(counts, costs)
    return row("exponent over triangles", slope, "", MOST + TOLERANCE)


def curve() -> int:
    """Both curves; 1 when a limit is missed."""
    over = over_frames()
    for family in FAMILIES:
        over |= over_triangles(family)
    return int(over)
