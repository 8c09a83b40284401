"""The ground of a place that is not flat, and of the land round it."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.view import View
from generique.world.arrays import Floats
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.terrain import shape_terrain


class TerrainPass:
    """Draws the relief: with the maps of the place inside the bounds, by rule beyond them."""

    def __init__(
        self,
        context: moderngl.Context,
        scene: SceneDocument,
        site: Site,
        maps: dict[str, Uniform],
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            scene: For season and snow.
            site: The place.
            maps: Of the ground pass; its textures must be bound when this draws.
        """
        self._program = Program(context, "terrain")
        terrain = shape_terrain(site.layout)
        self._first, self._low, self._high = terrain.first, terrain.low, terrain.high
        table = np.concatenate([terrain.position, terrain.normal], axis=1)
        self._array = context.vertex_array(
            self._program.handle,
            [(context.buffer(table.tobytes()), "3f4 3f4", "place", "facing")],
            context.buffer(terrain.faces.astype(np.int32).tobytes()),
        )
        self._program.set(maps)
        self._program.set(_covers(scene, site))

    def draw(self, view: View, uniforms: dict[str, Uniform]) -> int:
        """Draw what a view sees, nearest first; returns the number of triangles."""
        self._program.set(uniforms)
        seen = np.flatnonzero(view.meets(self._low, self._high))
        nearest = np.clip(view.eye, self._low[seen], self._high[seen])
        order = np.argsort(np.linalg.norm(nearest - view.eye, axis=1), kind="stable")
        drawn = 0
        for chunk in seen[order]:
            first, end = int(self._first[chunk]), int(self._first[chunk + 1])
            self._array.render(moderngl.TRIANGLES, vertices=(end - first) * 3, first=first * 3)
            drawn += end - first
        return drawn


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
