"""Boats that are under way, their lamps and wakes."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.world.arrays import Floats
from generique.world.kit.boat import (
    Boat,
    BoatShape,
    Course,
    Part,
    boat_albedo,
    boat_shape,
    under_way,
)
from generique.world.mesh import normals
from generique.world.scene import SceneDocument
from generique.world.site import Site

LAMP = (150.0, 125.0, 84.0)
"""Radiance of a burning lamp."""
WAKE = 16
"""Pieces along a wake."""
BOB = {Boat.ROWING: (0.06, 1.5), Boat.FISHING: (0.16, 1.15), Boat.SHIP: (0.25, 0.5)}
"""Metres that each kind heaves and radians a second, in an ordinary sea."""


class BoatPass:
    """Draws the boats of a shot."""

    def __init__(self, context: moderngl.Context, scene: SceneDocument, site: Site) -> None:
        self._context, self._program = context, Program(context, "boat")
        water = site.layout.water
        frozen = water is not None and water.frozen(scene.season, scene.weather)
        self._courses = () if frozen else under_way(site.courses, scene.life.boats)
        self._level = 0.0 if site.layout.water is None else site.layout.water.level
        self._sea = min(1.6, 0.35 + 0.09 * scene.weather.wind)
        self._hulls = [
            self._uploaded(_body(course, lit=scene.life.lamps)) for course in self._courses
        ]
        self._wakes = [self._uploaded(_wake(boat_shape(course.kind))) for course in self._courses]

    def _uploaded(self, table: Floats) -> moderngl.VertexArray:
        data = np.ascontiguousarray(table, np.float32)
        parts = [(self._context.buffer(data), "3f4 3f4 4f4", "place", "facing", "look")]
        return self._context.vertex_array(self._program.handle, parts)

    def lamps(self, seconds: float) -> Floats:
        """Place and intensity of the lamps that burn, n x 6, for their streaks in the water."""
        rows = [np.zeros((0, 6))]
        for course in self._courses:
            if course.kind is Boat.ROWING:
                continue
            lamp, (x, y) = boat_shape(course.kind).lamp, course.at(seconds)
            size = 6.0 if course.kind is Boat.SHIP else 1.0
            light = np.array(LAMP) * 0.3 * size
            rows.append(np.r_[x, y, lamp[2] + self._level, light][None])
        return np.concatenate(rows).astype(np.float32)

    def draw(self, seconds: float, uniforms: dict[str, Uniform]) -> None:
        """Draw the hulls of a moment."""
        self._program.set({**uniforms, "wake": 0, "fade": 1.0, "noise": 0})
        for course, array in zip(self._courses, self._hulls, strict=True):
            heave, rate = BOB[course.kind]
            phase = rate * seconds + course.start[0]
            tilt = (
                heave * self._sea * float(np.sin(phase)),
                0.030 * self._sea * float(np.cos(phase * 0.9)) * (course.kind is not Boat.SHIP),
                0.060 * self._sea * float(np.sin(phase * 0.7 + 1)) * (course.kind is not Boat.SHIP),
            )
            self._program.set({**self._pose(course, seconds), "tilt": tilt})
            array.render(moderngl.TRIANGLES)

    def draw_wakes(self, seconds: float, uniforms: dict[str, Uniform]) -> None:
        """Draw foam behind the boats, over the water; blending is the caller's."""
        self._program.set({**uniforms, "wake": 1, "noise": 0})
        for course, array in zip(self._courses, self._wakes, strict=True):
            if course.speed <= 0 or course.kind is Boat.SHIP:
                continue
            fade = min(1.0, course.speed / 5.0)
            self._program.set({**self._pose(course, seconds), "fade": fade})
            self._program.set({"run": (course.speed, 0.0)})
            array.render(moderngl.TRIANGLES)

    def _pose(self, course: Course, seconds: float) -> dict[str, Uniform]:
        x, y = course.at(seconds)
        ahead = float(np.cos(course.heading)), float(np.sin(course.heading))
        return {"stand": (x, y, self._level), "course": ahead}


def _body(course: Course, *, lit: bool) -> Floats:
    """Vertices of a hull: place, normal and look (albedo, or light where the last value is 2)."""
    shape = boat_shape(course.kind)
    look = np.c_[boat_albedo(shape, course.paint), np.ones(len(shape.part))]
    if lit:
        look[shape.part == Part.LAMP] = (*LAMP, 2.0)
        look[shape.part == Part.GLASS] = (1.6, 1.1, 0.55, 2.0)
    return _triangles(shape.corners, look)


def _triangles(corners: Floats, look: Floats) -> Floats:
    order = [0, 1, 2, 0, 2, 3]
    facing = np.repeat(normals(corners)[:, None], 6, axis=1)
    looks = np.repeat(look[:, None], 6, axis=1)
    return np.concatenate([corners[:, order], facing, looks], axis=2).reshape(-1, 10)


def _wake(shape: BoatShape) -> Floats:
    """Foam at the bow and in a widening trail astern."""
    bow, stern = shape.corners[..., 0].max(), shape.corners[..., 0].min()
    beam, length = float(shape.corners[..., 1].max()), shape.length
    quads, strength = [], []
    back = stern - length * 7.0 * (np.arange(WAKE + 1) / WAKE) ** 1.5
    spread = beam * (0.8 + 0.10 * (stern - back) / beam)
    for k in range(WAKE):
        quads.append(
            _strip((back[k], back[k + 1]), (-spread[k], -spread[k + 1]), (spread[k], spread[k + 1]))
        )
        strength.append(0.85 * (1 - (k + 0.5) / WAKE) ** 1.6)
    for side in (-1.0, 1.0):
        ends = np.linspace(0, 1, 7)
        x = bow - length * 1.6 * ends
        inner = side * (beam * np.minimum(1.0, 4 * ends) + 0.16 * length * ends)
        outer = inner + side * (0.25 + 0.9 * ends) * beam * 0.5
        for k in range(6):
            quads.append(
                _strip((x[k], x[k + 1]), (inner[k], inner[k + 1]), (outer[k], outer[k + 1]))
            )
            strength.append(0.9 * (1 - (k + 0.5) / 6))
    white = np.c_[np.full((len(quads), 3), 0.66), strength]
    table = _triangles(np.array(quads), white)
    table[:, 3:6] = (0.0, 0.0, 1.0)
    return table


def _strip(x: tuple[float, float], low: tuple[float, float], high: tuple[float, float]) -> Floats:
    z = 0.03
    return np.array([(x[0], low[0], z), (x[1], low[1], z), (x[1], high[1], z), (x[0], high[0], z)])
