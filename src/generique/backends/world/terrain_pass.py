"""The ground of a place that is not flat, and of the land round it."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.view import View
from generique.world.arrays import Floats, Ints
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.terrain import Terrain, shape_terrain

FADE = 30.0
"""Metres inside the edge over which the maps give way to the rule, as in the shader."""
STEEP = 0.92
"""Least z of a normal, with the shader's roughness, that shows no rock."""
PARTS = (
    ("MAPS",),
    ("MAPS", "CLIFF"),
    ("RULE",),
    ("RULE", "CLIFF"),
    ("MAPS", "RULE", "CLIFF"),
)
"""What a pixel may need: the maps of the place, the rule of the land beyond, rock."""


class TerrainPass:
    """Draws the relief: with the maps of the place inside the bounds, by rule beyond them."""

    def __init__(
        self,
        context: moderngl.Context,
        scene: SceneDocument,
        site: Site,
        maps: dict[str, Uniform],
        *,
        near: bool = False,
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            scene: For season and snow.
            site: The place.
            maps: Of the ground pass; its textures must be bound when this draws.
            near: True where the camera comes near enough to see what the ground is made of.
        """
        terrain = shape_terrain(site.layout)
        self._first, self._low, self._high = terrain.first, terrain.low, terrain.high
        table = np.concatenate([terrain.position, terrain.normal], axis=1)
        vertices = context.buffer(np.ascontiguousarray(table, np.float32))
        faces = context.buffer(terrain.faces.astype(np.int32).tobytes())
        self._kind = _kinds(terrain, site)
        seen = ("NEAR",) if near else ()
        self._programs = [Program(context, "terrain", *parts, *seen) for parts in PARTS]
        self._arrays = []
        for program in self._programs:
            program.set({**maps, **_covers(scene, site)})
            names = [name for name in ("place", "facing") if name in program.handle]
            self._arrays.append(
                context.vertex_array(program.handle, [(vertices, "3f4 3f4", *names)], faces)
            )

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> int:
        """Draw what a view sees, nearest first; returns the number of triangles."""
        for program in self._programs:
            program.set(uniforms)
        seen = np.flatnonzero(view.meets(self._low, self._high))
        nearest = np.clip(view.eye, self._low[seen], self._high[seen])
        order = np.argsort(np.linalg.norm(nearest - view.eye, axis=1), kind="stable")
        drawn = 0
        for chunk in seen[order]:
            first, end = int(self._first[chunk]), int(self._first[chunk + 1])
            array = self._arrays[self._kind[chunk]]
            array.render(moderngl.TRIANGLES, vertices=(end - first) * 3, first=first * 3)
            drawn += end - first
        return drawn


def _kinds(terrain: Terrain, site: Site) -> Ints:
    """For each chunk, the index in :data:`PARTS` of the least that its pixels need."""
    bounds, count = site.layout.bounds, len(terrain.low)
    south_west = np.array([bounds.x0, bounds.y0])
    north_east = south_west + bounds.extent
    low, high = terrain.low[:, :2], terrain.high[:, :2]
    fade = FADE if site.open else 0.0
    inside = np.all((low >= south_west + fade - 0.01) & (high <= north_east - fade + 0.01), axis=1)
    apart = np.any((high <= south_west + 0.01) | (low >= north_east - 0.01), axis=1)
    owner = np.repeat(np.arange(count), np.diff(terrain.first))
    level = np.ones(count)
    np.minimum.at(level, owner, terrain.normal[terrain.faces, 2].min(axis=1))
    steep = level < STEEP
    plain = np.where(inside, 0, np.where(apart & site.open, 2, 4))
    return np.asarray(np.minimum(plain + steep, 4))


def _covers(scene: SceneDocument, site: Site) -> dict[str, Uniform]:
    """What the rules of the land beyond need."""
    backdrop = site.backdrop
    low, high = backdrop.open_ground(scene.season)
    needles, one, two = backdrop.woods_in(scene.season)
    water = site.layout.water
    return {
        "lowCover": _plain(low),
        "highCover": _plain(high),
        "needles": _plain(needles),
        "leavesOne": _plain(one),
        "leavesTwo": _plain(two),
        "leafy": backdrop.leafy,
        "rock": backdrop.rock,
        "change": backdrop.change,
        "woods": backdrop.woods,
        "snowLine": backdrop.snow_line,
        "shore": -1e5 if water is None else water.level,
        "beyond": float(site.open),
    }


def _plain(colour: Floats) -> tuple[float, ...]:
    return tuple(float(part) for part in colour)
