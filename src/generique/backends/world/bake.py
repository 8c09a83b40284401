"""The light that stands still, baked once and kept: lamps, homes, sky and sun as layers.

Every layer has a key of exactly what it depends on, so that another hour of the same place finds
the lamps and the sky's visibility already baked, and only what changed is done again.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.backends.world.bake_kernels import (
    Single,
    add_harmonics,
    add_light,
    light_rays,
    lights_near,
    sky_rays,
)
from generique.backends.world.bounce import Bouncer
from generique.backends.world.occluders import Occluders
from generique.backends.world.receivers import (
    Batch,
    Receivers,
    ground_batches,
    receivers_of,
    tree_batches,
    vertex_batches,
)
from generique.backends.world.sun_rays import rounded, sun_rays
from generique.model.values import Digest, digest_of
from generique.production.ports import Stage
from generique.world.kit.tree import leafed
from generique.world.lights import REACH, Lights
from generique.world.places.interior.plan import lamps_burn
from generique.world.scene import Family, SceneDocument, Season
from generique.world.site import Site
from generique.world.sky.atmosphere import breathe
from generique.world.sky.sun import Direction

FORMAT = "generique/bake/2"
"""Version of the files and of the way light is baked; a change of either bakes anew."""
SKY_SAMPLES = 12
SUN_SAMPLES = 4
"""Rays to the sun from each texel of the ground: the edge of a shadow is drawn between texels."""
SUN_SAMPLES_INDOORS = 9
SUN_REACH = 400.0
"""Metres within which a shadow is thrown."""
SKY_SAMPLES_INDOORS = 1024
"""A window is a small part of what a wall sees."""
GROUND_THROWS = 0.2
"""Radiance of the ground outside a window as a share of the sky's: of grass and paving."""
ROOMS = 2
"""Version of the way light is baked in rooms, as :data:`FORMAT` of all of it."""
SUN_SPREAD = 0.24
"""Metres about a vertex over which the edge of a patch of sun is taken, in a room."""
SOFT = 0.25
"""Size of a lamp in metres, which softens its shadows, over 3.4."""
THREADS = 2
GROUP = 24
"""Batches done by one task: small enough to stop soon, large enough to hide the overhead."""


class Layer(StrEnum):
    """A part of the light that is baked and kept on its own."""

    LAMPS = "lamps"
    HOMES = "homes"
    SKY = "sky"
    SUN = "sun"
    """Straight from the sun, or from the moon when the sun is down."""


@dataclass(frozen=True)
class Baked:
    """One layer.

    Attributes:
        ground: side x side x 3 irradiance for lamps and homes, else side x side share, 0 to 1.
        vertex: n x 3, or n.
        tree: n x 4 x 3 spherical harmonics, or n.
    """

    ground: NDArray[np.float16]
    vertex: NDArray[np.float16]
    tree: NDArray[np.float16]


def layers_of(scene: SceneDocument) -> tuple[Layer, ...]:
    """The layers that a scene shows."""
    direct = max(breathe(scene).sky.sun) > 0
    return (
        Layer.SKY,
        *((Layer.LAMPS,) if scene.life.lamps else ()),
        *((Layer.HOMES,) if scene.life.lit_windows > 0 else ()),
        *((Layer.SUN,) if direct else ()),
    )


def layer_key(scene: SceneDocument, layer: Layer) -> Digest:
    """Under which a layer is kept: everything it depends on and nothing else."""
    depends: dict[str, object] = {
        "format": FORMAT,
        "grammar": scene.grammar,
        "layer": layer,
        "place": scene.place.to_json(),
        "leafed": leafed(scene.season),
    }
    if scene.place.family is Family.INTERIOR:
        depends |= {"rooms": ROOMS, "burning": lamps_burn(scene.place, scene.life)}
    if layer is Layer.HOMES:
        depends["lit_windows"] = scene.life.lit_windows
    if layer is Layer.SUN:
        depends["direction"] = rounded(breathe(scene).sky.sun_direction)
    return digest_of(json.dumps(depends, sort_keys=True).encode())


def light_of(
    scene: SceneDocument, site: Site, stage: Stage
) -> tuple[Receivers, dict[Layer, Baked]]:
    """The layers of a scene, from the stage's cache or baked and kept there.

    Args:
        scene: What is shown.
        site: The place, built.
        stage: For the cache and for progress.

    Raises:
        Interrupted: The user asked to stop.
    """
    receivers = receivers_of(site)
    wanted = layers_of(scene)
    found = {layer: _cached(scene, layer, receivers, stage) for layer in wanted}
    missing = [layer for layer, baked in found.items() if baked is None]
    layers = {layer: baked for layer, baked in found.items() if baked is not None}
    if missing:
        baker = _Baker(scene, site, receivers, stage)
        layers |= baker.bake(missing)
    return receivers, layers


def _cached(scene: SceneDocument, layer: Layer, receivers: Receivers, stage: Stage) -> Baked | None:
    path = stage.cached(layer_key(scene, layer))
    baked = None if path is None else read_layer(path)
    if baked is None or len(baked.vertex) != receivers.vertices:
        return None
    return baked


def read_layer(path: Path) -> Baked | None:
    """A kept layer; None when the file is not a layer of this version."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if str(stored["format"]) != FORMAT:
                return None
            return Baked(stored["ground"], stored["vertex"], stored["tree"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def write_layer(path: Path, baked: Baked) -> None:
    """Write a layer as an uncompressed NumPy archive with its version."""
    np.savez(
        path,
        format=np.array(FORMAT),
        ground=baked.ground,
        vertex=baked.vertex,
        tree=baked.tree,
    )


@dataclass(frozen=True)
class _Emitters:
    """Lights in the form that the kernels take."""

    table: tuple[Single, Single, NDArray[np.int32], Single, Single]
    intensity: Single

    @classmethod
    def of(cls, lights: Lights) -> _Emitters:
        reach = np.asarray(REACH, np.float32)[lights.beam]
        intensity = np.ascontiguousarray(lights.intensity, np.float32)
        table = (
            np.ascontiguousarray(lights.position, np.float32),
            np.ascontiguousarray(lights.axis, np.float32),
            np.ascontiguousarray(lights.beam, np.int32),
            intensity.max(axis=1, initial=0).astype(np.float32),
            reach,
        )
        return cls(table, intensity)

    def near(self, points: Single) -> NDArray[np.int64]:
        """Indices of the lights that can reach a batch."""
        found = lights_near(self.table[0], self.table[4], points.min(axis=0), points.max(axis=0))
        return np.asarray(found)


class _Baker:
    """Bakes layers of one place with two threads."""

    def __init__(
        self, scene: SceneDocument, site: Site, receivers: Receivers, stage: Stage
    ) -> None:
        self._scene = scene
        self._receivers = receivers
        self._stage = stage
        self._site = site
        season = scene.season if leafed(scene.season) else Season.WINTER
        self._all = Occluders(site, season)
        self._houses = Occluders(site, None)
        self._texel = receivers.bounds.extent / receivers.side
        altitude, azimuth = rounded(breathe(scene).sky.sun_direction)
        self._sunwards = np.array(Direction(altitude, azimuth).vector(), np.float32)
        self._made: dict[tuple[str, int], list[list[Batch]]] = {}
        self._bouncer: Bouncer | None = None
        if receivers.room is not None:
            self._bouncer = Bouncer(site, receivers.near, receivers.indoors(receivers.near))

    def bake(self, layers: list[Layer]) -> dict[Layer, Baked]:
        """Bake layers and keep each as soon as it is done."""
        result = {}
        for done, layer in enumerate(layers):
            result[layer] = self._layer(layer, done, len(layers))
            path = self._stage.workspace / f"light-{layer}.npz"
            write_layer(path, result[layer])
            self._stage.keep(layer_key(self._scene, layer), path)
        return result

    def _layer(self, layer: Layer, done: int, total: int) -> Baked:
        r, side = self._receivers, self._receivers.side
        count = (r.vertices, len(r.tree_points))
        if layer in (Layer.LAMPS, Layer.HOMES):
            lights = self._site.lamp_lights if layer is Layer.LAMPS else self._site.home_lights
            emitters = _Emitters.of(lights)
            ground = np.zeros((side * side, 3), np.float32)
            vertex, tree = np.zeros((count[0], 3), np.float32), np.zeros((count[1], 4, 3), "f4")
            work = self._direct(emitters, ground, vertex, tree)
            self._run(work, done, total)
            if self._bouncer is not None:
                self._bouncer.add(vertex)
            return Baked(
                smooth_light(ground.reshape(side, side, 3)),
                vertex.astype(np.float16),
                tree.astype(np.float16),
            )
        stride = 2 if layer is Layer.SKY else 1
        shares = [np.zeros(n, np.float32) for n in ((side // stride) ** 2, *count)]
        measure = self._sky if layer is Layer.SKY else self._sun
        self._run(self._shares(measure, stride, shares), done, total)
        if self._bouncer is not None:
            self._bouncer.add(shares[1], grey=True)
        ground = shares[0].reshape(side // stride, side // stride)
        if layer is Layer.SKY:
            ground = np.asarray(cv2.GaussianBlur(ground, (0, 0), 1.0), np.float32)
        return Baked(*(values.astype(np.float16) for values in (ground, shares[1], shares[2])))

    def _run(self, work: Iterable[Callable[[], None]], done: int, total: int) -> None:
        """Do tasks on the threads; progress, and with it a stop, between them."""
        with ThreadPoolExecutor(THREADS, thread_name_prefix="bake") as pool:
            # The first are done while the last are made.
            futures: list[Future[None]] = [pool.submit(task) for task in work]
            try:
                for count, future in enumerate(futures, 1):
                    future.result()
                    if count % 4 == 0 or count == len(futures):
                        share = done * 100 + 100 * count // len(futures)
                        self._stage.progress(share, total * 100, "light")
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _direct(
        self, emitters: _Emitters, ground: Single, vertex: Single, tree: Single
    ) -> Iterator[Callable[[], None]]:
        plan = (
            ("ground", ground, self._all),
            ("vertex", vertex, self._all),
            ("tree", tree, self._houses),
        )
        for part, out, occluders in plan:
            for group in self._batches(part):
                yield _Direct(emitters, occluders, group, out)

    def _shares(
        self,
        measure: Callable[[Batch, Single], None],
        stride: int,
        outs: list[Single],
    ) -> Iterator[Callable[[], None]]:
        for part, out in zip(("ground", "vertex", "tree"), outs, strict=True):
            for group in self._batches(part, stride):
                yield _Measure(measure, group, out)

    def _batches(self, part: str, stride: int = 1) -> Iterator[list[Batch]]:
        """Batches of a part in groups, made as they are asked for and kept for the next layer."""
        key = (part, stride if part == "ground" else 1)
        if key in self._made:
            yield from self._made[key]
            return
        r = self._receivers
        made = {
            "ground": lambda: ground_batches(r, stride),
            "vertex": lambda: vertex_batches(r),
            "tree": lambda: tree_batches(r),
        }
        kept = []
        for group in _groups(made[part]()):
            kept.append(group)
            yield group
        self._made[key] = kept

    def _sky(self, batch: Batch, out: Single) -> None:
        """Share of the sky that a receiver sees, weighted by the cosine."""
        normals = _up(batch)
        first = int(batch.index[0])
        samples = SKY_SAMPLES_INDOORS if batch.indoors else SKY_SAMPLES
        origins, directions = sky_rays(batch.points, normals, samples, first)
        # A ray that leaves downwards meets the ground at once. In the open what that throws back is
        # looked up in the ground's own light; through a window it comes with the sky's.
        rising = directions[:, 2] > 0.02
        room = self._receivers.room
        counted = rising
        if batch.indoors and room is not None:
            counted = room.leave(origins, directions)
        seen = np.zeros(len(directions), np.float32)
        lengths = np.full(int(counted.sum()), 60, np.float32)
        occluders = self._houses if batch.normals is None else self._all
        hits = occluders.blocked(origins[counted], directions[counted], lengths)
        seen[counted] = (hits == -1) * np.where(rising[counted], 1.0, GROUND_THROWS)
        out[batch.index] = seen.reshape(-1, samples).mean(axis=1)

    def _sun(self, batch: Batch, out: Single) -> None:
        """Cosine of the sun's angle times the share of its disc that is seen."""
        if batch.normals is None:
            facing = np.ones(len(batch.points), np.float32)
        else:
            facing = np.maximum(batch.normals @ self._sunwards, 0).astype(np.float32)
        lit = np.flatnonzero(facing > 0)
        if len(lit) == 0:
            return
        ground = batch.normals is not None and len(batch.points) > 1 and _level(batch)
        count, spread = (SUN_SAMPLES, self._texel) if ground else (1, 0.0)
        if batch.indoors:
            count, spread = SUN_SAMPLES_INDOORS, SUN_SPREAD
        starts = batch.points[lit] + _up(batch)[lit] * np.float32(0.08)
        origins, rays = sun_rays(starts, self._sunwards, count, spread)
        lengths = np.full(len(rays), SUN_REACH, np.float32)
        occluders = self._houses if batch.normals is None else self._all
        seen = occluders.blocked(origins, rays, lengths) == -1
        share = seen.reshape(-1, count).mean(axis=1)
        out[batch.index[lit]] = facing[lit] * share


def _level(batch: Batch) -> bool:
    """True for a square of the ground map."""
    normals = batch.normals
    return normals is not None and bool((normals[:, 2] > 0.3).all())


def _up(batch: Batch) -> Single:
    if batch.normals is not None:
        return batch.normals
    normals = np.zeros_like(batch.points)
    normals[:, 2] = 1
    return normals


def _groups(batches: Iterator[Batch]) -> Iterator[list[Batch]]:
    while group := list(islice(batches, GROUP)):
        yield group


@dataclass(frozen=True)
class _Direct:
    """Light of lamps for some batches."""

    emitters: _Emitters
    occluders: Occluders
    group: list[Batch]
    out: Single

    def __call__(self) -> None:
        for batch in self.group:
            chosen = self.emitters.near(batch.points)
            if len(chosen) == 0:
                continue
            # In a room several lights side by side give a lamp its size, and chance would show.
            soft = 0.0 if batch.indoors else SOFT * (2.4 if batch.normals is None else 1.0)
            first = int(batch.index[0])
            rays = light_rays(batch.points, batch.normals, self.emitters.table, chosen, first, soft)
            hits = self.occluders.blocked(rays[0], rays[1], rays[2])
            part = np.zeros((len(batch.points), *self.out.shape[1:]), np.float32)
            add = add_harmonics if batch.normals is None else add_light
            add(hits, rays, self.emitters.intensity, part)
            self.out[batch.index] = part


@dataclass(frozen=True)
class _Measure:
    """Shares of sky or sun for some batches."""

    measure: Callable[[Batch, Single], None]
    group: list[Batch]
    out: Single

    def __call__(self) -> None:
        for batch in self.group:
            self.measure(batch, self.out)


def smooth_light(ground: Single) -> NDArray[np.float16]:
    """Take the grain out of an irradiance map and keep its edges.

    Args:
        ground: side x side x 3.
    """
    out = np.empty(ground.shape, np.float16)
    for channel in range(3):
        logs = np.log1p(ground[..., channel] * 20)
        out[..., channel] = np.expm1(cv2.bilateralFilter(logs, 5, 0.35, 1.2)) / 20
    return out
