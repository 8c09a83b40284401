"""What is added on top: distant lamps, halos, reflections in wet streets."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.static_pass import mirror
from generique.backends.world.view import View
from generique.world.arrays import Floats, stream
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import Air

HALO_RADIUS = 13.0
HALO_REACH = 500.0
CLUSTER = 5.0
"""Metres within which several lamps have one halo."""
FAINT = 0.6
"""Strength of a lamp below which it has no halo."""
FAR_TILES = 6
CITY_REACH = 7000.0


class GlowPass:
    """Draws light that only adds: no depth is written."""

    def __init__(
        self,
        context: moderngl.Context,
        scene: SceneDocument,
        site: Site,
        path: Floats,
        air: Air,
    ) -> None:
        corners = np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)], np.float32)
        self._corners = context.buffer(corners)
        self._points = Program(context, "points")
        self._halo = Program(context, "halo")
        self._reflection = Program(context, "reflection")
        distant = _distant(scene, site)
        distant[:, 4:] *= air.artificial
        self._cities = context.vertex_array(
            self._points.handle, [(context.buffer(distant), "4f4 3f4", "place", "light")]
        )
        lamps = _near_lamps(scene, site, path)
        lamps[:, 3:] *= air.artificial
        self._lamps = len(lamps)
        buffer = context.buffer(lamps if len(lamps) else np.zeros((1, 6), np.float32))
        self._halos, self._mirrors = (
            context.vertex_array(
                program.handle,
                [(self._corners, "2f4", "corner"), (buffer, "3f4 3f4/i", "place", "light")],
            )
            for program in (self._halo, self._reflection)
        )
        haze = air.density / 0.0034
        self._halo.set({"radius": HALO_RADIUS, "strength": 0.075 * min(haze, 6.0) ** 0.7})
        self._wet = scene.weather.rain * (1 - 0.7 * scene.weather.snow_cover)
        self._reflection.set({"strength": 7.0 * min(1.0, 0.4 + self._wet)})

    def draw(self, view: View, uniforms: dict[str, Uniform], maps: dict[str, Uniform]) -> None:
        """Add everything; blending is the caller's."""
        self._points.set(uniforms)
        self._cities.render(moderngl.POINTS)
        if self._lamps == 0:
            return
        if self._wet > 0:
            self._reflection.set({**uniforms, **maps})
            self._mirrors.render(moderngl.TRIANGLE_STRIP, instances=self._lamps)
        self._halo.set({**uniforms, "right": view.right, "up": view.up})
        self._halos.render(moderngl.TRIANGLE_STRIP, instances=self._lamps)


def _near_lamps(scene: SceneDocument, site: Site, path: Floats) -> Floats:
    """Lanterns near the camera's way: n x 6, place and colour."""
    if not scene.life.lamps:
        return np.zeros((0, 6), np.float32)
    lamps = site.lamps
    gaps = np.linalg.norm(lamps.head[:, None, :2] - path[None, :, :2], axis=2)
    near = gaps.min(axis=1) < HALO_REACH if len(lamps) else np.zeros(0, bool)
    near &= lamps.colour.max(axis=1, initial=0) > FAINT
    table = np.c_[lamps.head[near], lamps.colour[near]]
    # Lamps side by side on one mast are one lamp to the haze and to a wet road.
    cells = np.round(table[:, :3] / CLUSTER)
    _, first = np.unique(cells, axis=0, return_index=True)
    return np.ascontiguousarray(table[np.sort(first)], np.float32)


def _distant(scene: SceneDocument, site: Site) -> Floats:
    """The lights of the city beyond: every lamp of the mirrored copies, along its street.

    Where other land lies beyond there are none.

    Returns:
        n x 7: place, twinkle, colour.
    """
    if site.open:
        rows = [np.zeros((1, 7)), _own(scene, site)]
        return np.ascontiguousarray(np.concatenate(rows), np.float32)
    chance, bounds = stream(scene.place.seed, "distant lights"), site.layout.bounds
    tiles = max(FAR_TILES, int(np.ceil(CITY_REACH / bounds.extent)))
    tiles = min(tiles, 12)
    rows = [np.zeros((1, 7), np.float32)]
    for row in range(-tiles, tiles + 1):
        for column in range(-tiles, tiles + 1):
            ring = max(abs(row), abs(column))
            if ring == 0:
                rows.append(_own(scene, site))
                continue
            model = mirror(bounds, column, row)
            rows.append(_tile(scene, site, model, ring, chance))
    return np.ascontiguousarray(np.concatenate(rows), np.float32)


def _own(scene: SceneDocument, site: Site) -> Floats:
    """The lanterns of the place itself, for where they are smaller than a pixel: n x 7.

    A negative twinkle says that nearer by the lantern itself is drawn.
    """
    if not scene.life.lamps:
        return np.zeros((0, 7), np.float32)
    colour = site.lamps.colour
    most = colour.max(axis=1, keepdims=True, initial=1e-6)
    colour = colour / most * (110.0 * np.minimum(most / 0.7, 1.0))
    return np.asarray(np.c_[site.lamps.head, np.full(len(colour), -1.0), colour])


def _tile(
    scene: SceneDocument,
    site: Site,
    model: Floats,
    ring: int,
    chance: np.random.Generator,
) -> Floats:
    """Lamps of a copy of the place, and far out a few of its windows."""
    parts = []
    if scene.life.lamps:
        keep = chance.random(len(site.lamps)) < (0.95 if ring < 3 else 0.7)
        colour = site.lamps.colour[keep]
        colour = (
            colour / colour.max(axis=1, keepdims=True, initial=1e-6) * (95.0 if ring == 1 else 62.0)
        )
        parts.append((site.lamps.head[keep], colour, 0.25))
    lights = site.home_lights
    keep = chance.random(len(lights)) < (0.16 if ring == 1 else 0.03)
    colour = lights.intensity[keep]
    colour = colour / colour.max(axis=1, keepdims=True, initial=1e-6) * 7.0
    parts.append((lights.position[keep], colour, 0.7))
    rows = []
    for place, light, spread in parts:
        twinkle = np.exp(chance.normal(-0.25, spread, len(place)))
        moved = place @ model[:3, :3].T + model[:3, 3]
        rows.append(np.c_[moved, twinkle, light])
    return np.concatenate(rows)
