"""Snowfall, rain and smoke: what moves in the air."""

from __future__ import annotations

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.view import View
from generique.world.arrays import Floats, stream
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import Air, smooth

FLAKES = 16000
DROPS = 14000
PUFFS = 14
SMOKE_REACH = 360.0
SMOKE_SHARE = 0.9
"""Share of occupied houses with a plume when there is as much smoke as can be."""


class WeatherPass:
    """Draws flakes, drops and plumes for a scene."""

    def __init__(
        self,
        context: moderngl.Context,
        scene: SceneDocument,
        site: Site,
        path: Floats,
        air: Air,
    ) -> None:
        corners = context.buffer(np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)], np.float32))
        self._context = context
        self._weather = scene.weather
        self._flake, self._smoke = Program(context, "flake"), Program(context, "smoke")
        room = site.layout.indoors
        if room is not None:
            self._flake.set({"dryLow": room.low, "dryHigh": room.high})
        chance = stream(scene.seed, "snowfall")
        drops = chance.random((max(FLAKES, DROPS), 4)).astype(np.float32)
        self._drops = context.vertex_array(
            self._flake.handle,
            [(corners, "2f4", "corner"), (context.buffer(drops), "4f4/i", "drop")],
        )
        puffs = _plumes(scene, site, path)
        self._puffs = len(puffs)
        buffer = context.buffer(puffs if len(puffs) else np.zeros((1, 7), np.float32))
        self._plume = context.vertex_array(
            self._smoke.handle,
            [(corners, "2f4", "corner"), (buffer, "4f4 3f4/i", "mouth", "puff")],
        )
        ambient = np.asarray(air.sky.ambient)
        lamps = np.array([0.33, 0.28, 0.24]) * (1.0 if scene.life.lamps else 0.0)
        lamps = lamps * air.artificial
        self._smoke_light = ambient * 1.05 + lamps
        self._air_light = ambient * 1.3 + lamps * 0.75
        # By lamplight a flake only adds; against a bright sky it is the darker of the two.
        self._day = smooth(-3.0, 5.0, air.sun.altitude)
        wind = scene.weather.wind
        self._wind = np.array([1.53, 0.63]) * wind

    def draw_smoke(self, view: View, uniforms: dict[str, Uniform]) -> None:
        """Draw plumes, over what is behind them; blending is the caller's."""
        if self._puffs == 0:
            return
        values = {**uniforms, "right": view.right, "up": view.up}
        self._smoke.set({**values, "wind": self._wind, "light": self._smoke_light})
        self._plume.render(moderngl.TRIANGLE_STRIP, instances=self._puffs)

    def draw_fall(self, view: View, uniforms: dict[str, Uniform]) -> None:
        """Draw snow and rain, over what is behind them; blending is the caller's."""
        values = {**uniforms, "right": view.right}
        side = np.array([0.20, -0.08]) * self._weather.wind
        if self._weather.snowfall > 0:
            fall = np.array([side[0], side[1] - 0.6, -1.3])
            snow: dict[str, Uniform] = {
                "fall": fall,
                "streak": fall / np.linalg.norm(fall) * 0.035,
                "width": 0.015 + 0.013 * self._day,
                "waver": 0.5,
                "nearest": 2.5,
                "light": self._air_light * (1 - 0.4 * self._day),
                "solid": self._day,
            }
            self._flake.set({**values, **snow})
            count = int(FLAKES * self._weather.snowfall)
            self._drops.render(moderngl.TRIANGLE_STRIP, instances=count)
        if self._weather.rain > 0:
            fall = np.array([side[0], side[1], -8.0])
            rain: dict[str, Uniform] = {
                "fall": fall,
                "streak": fall / np.linalg.norm(fall) * 0.30,
                "width": 0.008,
                "waver": 0.0,
                "nearest": 5.0,
                "light": self._air_light * 0.42,
                "solid": 0.42 * self._day,
            }
            self._flake.set({**values, **rain})
            count = int(DROPS * self._weather.rain)
            self._drops.render(moderngl.TRIANGLE_STRIP, instances=count)


def _plumes(scene: SceneDocument, site: Site, path: Floats) -> Floats:
    """Puffs: n x 7, mouth, start, phase, thickness and size."""
    chance = stream(scene.place.seed, "smoke")
    mouths = site.chimneys
    rank, start = chance.random(len(mouths)), chance.random(len(mouths))
    thick = chance.uniform(0.5, 1.3, len(mouths))
    near = np.zeros(len(mouths), bool)
    size = np.ones(len(mouths)) if site.plume is None else site.plume
    for point in path:
        near |= np.linalg.norm(mouths[:, :2] - point[:2], axis=1) < SMOKE_REACH * size
    # Works do not let their fires go out as houses do.
    which = near & site.smoking & (rank < SMOKE_SHARE * scene.life.smoke * np.minimum(size, 3.0))
    table = np.c_[mouths, start][which]
    puffs = np.repeat(table, PUFFS, axis=0)
    phase = np.tile(np.arange(PUFFS) / PUFFS, int(which.sum()))
    rows = np.c_[puffs, phase, np.repeat(np.c_[thick, size][which], PUFFS, axis=0)]
    return np.ascontiguousarray(rows, np.float32)
