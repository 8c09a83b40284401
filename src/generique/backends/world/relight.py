"""From baked layers to what is drawn: the light of one hour and weather on every surface."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from generique.backends.world.bake import Baked, Layer
from generique.backends.world.receivers import TREE_HEIGHTS, Receivers
from generique.world.arrays import Flags, Floats, Octets
from generique.world.ground import SNOW
from generique.world.indoor_light import lamps_indoors
from generique.world.kit.tree import Kind, Trees
from generique.world.mesh import Mesh
from generique.world.places.interior.plan import has_window
from generique.world.scene import SceneDocument, Season
from generique.world.site import Site
from generique.world.sky.atmosphere import Air

SKY_BLEED = 14.0
"""Metres over which light thrown up by the ground fades with height."""
AUTUMN = np.array([(1.25, 0.50, 0.20), (1.15, 0.95, 0.30), (0.80, 0.30, 0.16), (0.55, 0.80, 0.55)])
"""Factors on the foliage's albedo in autumn, one for each quarter of a tree's hue."""


@dataclass(frozen=True)
class Lit:
    """What the renderer uploads.

    Attributes:
        ground: side x side x 3 irradiance, float16.
        ground_albedo: size x size x 4, as :func:`generique.world.ground.colour_ground` gives it.
        near: Radiance (n x 3) of the near mesh's vertices.
        far: Radiance of the far mesh's.
        near_albedo: Albedo with its snow.
        far_albedo: Likewise.
        trees: n x 22 values an instance, in the order of the tree shader.
        beyond: The same for the trees outside the bounds.
    """

    ground: np.ndarray[tuple[int, ...], np.dtype[np.float16]]
    ground_albedo: Octets
    near: Floats
    far: Floats
    near_albedo: Floats
    far_albedo: Floats
    trees: Floats
    beyond: Floats


class _Bounce:
    """Light that the ground throws up, looked up by place."""

    def __init__(self, receivers: Receivers, leaving: Floats, blur: float) -> None:
        self._bounds = receivers.bounds
        self.above_ground = receivers.above_ground
        self._map = cv2.GaussianBlur(leaving, (0, 0), blur)

    def at(self, points: Floats) -> Floats:
        """Mean radiosity of the ground about points, n x 3."""
        side = len(self._map)
        scale = side / self._bounds.extent
        column = np.clip((points[:, 0] - self._bounds.x0) * scale, 0, side - 1).astype(int)
        row = np.clip((points[:, 1] - self._bounds.y0) * scale, 0, side - 1).astype(int)
        return np.asarray(self._map[row, column])


def relight(
    scene: SceneDocument,
    site: Site,
    albedo: Octets,
    light: tuple[Receivers, dict[Layer, Baked]],
    air: Air,
) -> Lit:
    """Mix the layers for a scene.

    Args:
        scene: What is shown.
        site: The place.
        albedo: The ground's colours.
        light: Receivers and layers, from :func:`generique.backends.world.bake.light_of`.
        air: The sky that shines in.
    """
    receivers, layers = light
    ground = _ground(receivers, layers, air)
    plain = cv2.resize(albedo[..., :3], ground.shape[:2], interpolation=cv2.INTER_AREA)
    leaving = (plain.astype(np.float32) / 255) ** 2 * ground
    if site.layout.indoors is not None:
        # The ground lies under the floor; what is thrown back in a room is baked.
        leaving = np.zeros_like(leaving)
    bounce = _Bounce(receivers, leaving, 6)
    near, far = receivers.near, receivers.far
    cut = len(near.position)
    colours = [snowed(mesh, scene.weather.snow_cover) for mesh in (near, far)]
    lamps = [_lamps(receivers, mesh, scene, air) for mesh in (near, far)]
    irradiance = [
        _surface(mesh, layers, part, (air, share), bounce)
        for mesh, share, part in (
            (near, lamps[0], slice(0, cut)),
            (far, lamps[1], slice(cut, None)),
        )
    ]
    radiance = [
        _radiance(mesh, colour, light_, scene, (air, share))
        for mesh, colour, light_, share in zip((near, far), colours, irradiance, lamps, strict=True)
    ]
    ground += 0.06 * cv2.GaussianBlur(leaving, (0, 0), 12)
    return Lit(
        ground.astype(np.float16),
        albedo,
        radiance[0],
        radiance[1],
        colours[0],
        colours[1],
        _trees(scene, site.trees, (layers, air), bounce),
        _trees_beyond(scene, site.beyond, bounce, sunny=Layer.SUN in layers),
    )


def _ground(receivers: Receivers, layers: dict[Layer, Baked], air: Air) -> Floats:
    side = receivers.side
    ground = np.zeros((side, side, 3), np.float32)
    for layer in (Layer.LAMPS, Layer.HOMES):
        if layer in layers:
            ground += layers[layer].ground * np.float32(air.artificial)
    sky = layers[Layer.SKY].ground.astype(np.float32)
    seen = cv2.resize(sky, (side, side), interpolation=cv2.INTER_LINEAR)
    ground += seen[..., None] * np.asarray(air.sky.ambient, np.float32) * np.float32(np.pi)
    if Layer.SUN in layers:
        sun = cv2.GaussianBlur(layers[Layer.SUN].ground.astype(np.float32), (0, 0), 0.6)
        ground += sun[..., None] * np.asarray(air.sky.sun, np.float32) * np.float32(np.pi)
    return ground


def snowed(mesh: Mesh, cover: float) -> Floats:
    """Albedo of vertices with snow lying on them, patchy where it is thin."""
    if cover <= 0:
        return mesh.albedo
    rough = 0.9 * (_patches(mesh.position, 2.6) - 0.5) + 0.5 * (_patches(mesh.position, 0.9) - 0.5)
    depth = mesh.snow * min(1.0, 0.35 + 0.72 * cover)
    share = np.clip((depth + rough - 0.35) / 0.3, 0, 1) * (mesh.snow > 0.02)
    return np.asarray(mesh.albedo * (1 - share[:, None]) + SNOW * share[:, None])


def _patches(position: Floats, size: float) -> Floats:
    """A number from 0 to 1 for each point, the same within cells of a size in metres."""
    cell = np.floor(position / size).astype(np.int64)
    mixed = (cell * np.array([73_856_093, 19_349_663, 83_492_791])).sum(axis=1)
    return np.asarray((mixed * 2_654_435_761 >> 8) % 65_536 / 65_535)


@dataclass(frozen=True)
class _Lamps:
    """What is left of lamps beside the day where a mesh's vertices are.

    Attributes:
        inside: n, True in a room.
        indoors: Share in the room, 0 to 1.
    """

    inside: Flags
    indoors: float

    def share(self, outdoors: float) -> Floats:
        """Shares, n x 1, where lamps outdoors have another."""
        return np.where(self.inside, self.indoors, outdoors).astype(np.float32)[:, None]


def _lamps(receivers: Receivers, mesh: Mesh, scene: SceneDocument, air: Air) -> _Lamps:
    if receivers.room is None:
        return _Lamps(receivers.indoors(mesh), air.artificial)
    window = has_window(scene.place)
    return _Lamps(receivers.indoors(mesh), lamps_indoors(air, window=window))


def _surface(
    mesh: Mesh,
    layers: dict[Layer, Baked],
    part: slice,
    by: tuple[Air, _Lamps],
    bounce: _Bounce,
) -> Floats:
    """Irradiance on vertices."""
    air, lamps = by
    total = np.zeros((len(mesh.position), 3), np.float32)
    for layer in (Layer.LAMPS, Layer.HOMES):
        if layer in layers:
            total += layers[layer].vertex[part] * lamps.share(air.artificial)
    normal = mesh.normal
    seen = layers[Layer.SKY].vertex[part].astype(np.float32)
    total += seen[:, None] * (np.float32(np.pi) * sky_on(normal, air))
    if Layer.SUN in layers:
        sun = layers[Layer.SUN].vertex[part].astype(np.float32)
        total += sun[:, None] * np.asarray(air.sky.sun, np.float32) * np.float32(np.pi)
    turned = np.clip((1 - normal[:, 2:]) * 0.5, 0, 1)
    height = np.exp(-bounce.above_ground(mesh.position)[:, None] / SKY_BLEED)
    thrown = bounce.at(mesh.position + normal * 4) * turned * height
    # What the ground outside throws into a room comes through the window and is baked.
    total += np.where(lamps.inside[:, None], 0, thrown)
    return total


def sky_on(normal: Floats, air: Air) -> Floats:
    """Mean radiance of the sky about normals, n x 3: brighter towards the glow."""
    way = np.radians(air.sky.glow_heading)
    towards = normal[:, 0] * np.sin(way) + normal[:, 1] * np.cos(way)
    share = np.clip(towards, 0, 1)[:, None] ** 2
    ambient = np.asarray(air.sky.ambient, np.float32)
    return np.asarray(ambient + share * np.asarray(air.sky.glow, np.float32) * np.float32(0.30))


def _radiance(
    mesh: Mesh,
    albedo: Floats,
    irradiance: Floats,
    scene: SceneDocument,
    by: tuple[Air, _Lamps],
) -> Floats:
    """Radiance of vertices: reflected light, or a pane's own with a trace of the day inside.

    What a pane mirrors depends on the camera and is added where it is drawn.
    """
    air, lamps = by
    out = albedo * irradiance / np.float32(np.pi)
    glass = np.flatnonzero(mesh.glass)
    low = 0.02 * np.asarray(air.sky.horizon, np.float32) * ~lamps.inside[glass, None]
    lamp = mesh.emission[glass].max(axis=1) > 60
    keep = np.where(lamp, max(air.artificial, 0.1), lamps.share(air.sky.interior)[glass, 0])[
        :, None
    ]
    out[glass] = low + mesh.emission[glass] * keep
    if scene.life.lamps is False:
        out[glass[lamp]] = low[lamp]
    return np.asarray(out, np.float32)


def _trees(
    scene: SceneDocument, trees: Trees, lit: tuple[dict[Layer, Baked], Air], bounce: _Bounce
) -> Floats:
    layers, air = lit
    count, heights = len(trees), len(TREE_HEIGHTS)
    light = np.zeros((count, heights, 4, 3), np.float32)
    for layer in (Layer.LAMPS, Layer.HOMES):
        if layer in layers:
            light += layers[layer].tree.reshape(count, heights, 4, 3) * np.float32(air.artificial)
    spots = np.c_[trees.position, np.zeros(count)]
    thrown = bounce.at(spots)
    for k, share in enumerate(TREE_HEIGHTS):
        fade = np.exp(-share * trees.height / SKY_BLEED)[:, None]
        light[:, k, 0] += 0.5 * thrown * fade
        light[:, k, 3] -= 0.5 * thrown * fade
    sky = layers[Layer.SKY].tree.reshape(count, heights).astype(np.float32).mean(axis=1)
    sun = np.zeros(count, np.float32)
    if Layer.SUN in layers:
        sun = layers[Layer.SUN].tree.reshape(count, heights).astype(np.float32).mean(axis=1)
    stand = np.c_[trees.position, trees.height, trees.turn]
    parts = [stand, _tints(scene, trees), sky]
    level, way = _first_order(light[:, 0])
    parts += [level, sun, way]
    parts += [*_first_order(light[:, 1]), trees.foot]
    return np.column_stack(parts).astype(np.float32)


OPEN_SKY = 0.72
"""Share of the sky and of sun or moon that a tree among others sees where nothing is baked."""


def _trees_beyond(
    scene: SceneDocument, trees: Trees | None, bounce: _Bounce, *, sunny: bool
) -> Floats:
    """Trees outside the bounds: the sky, sun or moon, and what the ground nearby throws up."""
    if trees is None:
        return np.zeros((0, 22), np.float32)
    count = len(trees)
    sky = np.full(count, OPEN_SKY)
    stand = np.c_[trees.position, trees.height, trees.turn]
    thrown = 0.35 * bounce.at(np.c_[trees.position, np.zeros(count)])
    way = np.tile([0.0, 0.0, -1.0], (count, 1))
    shone = sky if sunny else np.zeros(count)
    parts = [stand, _tints(scene, trees), sky, thrown, shone, way]
    parts += [0.5 * thrown, way, trees.foot]
    return np.column_stack(parts).astype(np.float32)


def _tints(scene: SceneDocument, trees: Trees) -> Floats:
    tint = np.repeat(trees.tint[:, None], 3, axis=1)
    if scene.season is Season.AUTUMN:
        quarter = np.clip((trees.hue * 4).astype(int), 0, 3)
        turned = (trees.kind == Kind.DECIDUOUS)[:, None]
        tint = np.where(turned, tint * AUTUMN[quarter], tint)
    return tint


def _first_order(light: Floats) -> tuple[Floats, Floats]:
    """Level (n x 3) and direction (n x 3) of n x 4 x 3 harmonics, one direction for all colours."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    level = light[:, 0]
    bright = level @ weights + 1e-6
    return level, (light[:, 1:] @ weights) / bright[:, None]
