"""Water: waves, what is mirrored in them, the bed below and foam at the shore."""

from __future__ import annotations

from dataclasses import dataclass

import moderngl
import numpy as np

from generique.backends.world.graphics import Program, Uniform
from generique.backends.world.ground_pass import net
from generique.backends.world.sky_pass import belt_uniforms, steepness
from generique.backends.world.waves import far_bed, near_bed, wave_picture
from generique.world.arrays import Flags, Floats
from generique.world.lights import gather
from generique.world.scene import SceneDocument
from generique.world.site import Site
from generique.world.sky.atmosphere import Air, smooth
from generique.world.water import Water, WaterKind

WAVE_UNIT = 8
NEAR_UNIT = 9
FAR_UNIT = 10
MIRROR_UNIT = 11
SHORE = 130.0
"""Metres from the water beyond which a light leaves no streak in it."""
LAST_MIST = 11.0
"""Hour after which no mist lies on water."""
MIST_WIND = 6.0
"""Metres a second that carry it away."""
MOST_AFLOAT = 16
"""Lamps on boats that leave streaks."""
MIRROR_WIND = 9.0
"""Metres a second above which a lake mirrors nothing but the sky."""


@dataclass(frozen=True)
class _Body:
    """How a kind of water looks.

    Attributes:
        deep: Radiance factor of light that comes back out of deep water.
        dim: Extinction of sight down to the bed, 1/m.
        fetch: Share of a full sea's waves that the wind can raise on it.
        swell: Waves that come from elsewhere, as a share of a storm's.
    """

    deep: tuple[float, float, float]
    dim: float
    fetch: float
    swell: float


BODIES = {
    WaterKind.SEA: _Body((0.010, 0.030, 0.036), 0.34, 1.0, 0.35),
    WaterKind.LAKE: _Body((0.010, 0.019, 0.018), 0.55, 0.42, 0.0),
    WaterKind.RIVER: _Body((0.026, 0.032, 0.022), 0.90, 0.34, 0.0),
}


def _slope(wind: float, body: _Body) -> float:
    """Mean square slope of the waves, by the wind 12.5 m above a clean sea (Cox and Munk 1954)."""
    return (0.003 + 0.00512 * wind) * body.fetch + 0.004 * body.swell


class WaterPass:
    """Draws a place's water, after everything solid and the sky."""

    def __init__(
        self,
        context: moderngl.Context,
        scene: SceneDocument,
        site: Site,
        air: Air,
        maps: dict[str, Uniform],
    ) -> None:
        """Upload.

        Args:
            context: Where to.
            scene: For wind, season and what burns.
            site: The place; it has water.
            air: The sky that is mirrored.
            maps: Of the ground pass; its textures must be bound when this draws.
        """
        water = site.layout.water or Water(WaterKind.SEA)
        self._context, self._body, self._water = context, BODIES[water.kind], water
        far, wide = far_bed(site.layout)
        self._textures = {
            WAVE_UNIT: _texture(context, wave_picture(), tiled=True),
            NEAR_UNIT: _texture(context, near_bed(site.layout), tiled=False),
            FAR_UNIT: _texture(context, far, tiled=False),
        }
        wind = scene.weather.wind
        self._frozen = water.frozen(scene.season, scene.weather)
        self.mirrors = water.kind is not WaterKind.SEA and wind < MIRROR_WIND and not self._frozen
        mist = _mist(scene, air, water)
        parts = {"FROZEN": self._frozen, "MIST": mist > 0, "LAND": self.mirrors}
        parts["SURF"] = self._body.swell > 0
        used = [name for name, needed in parts.items() if needed]
        self._program, self._streaks = Program(context, "water", *used), Program(context, "streak")
        places, faces = net()
        self._plane = context.vertex_array(
            self._program.handle, [(context.buffer(places), "2f4", "place")], context.buffer(faces)
        )
        own = self._look(scene, air, water) | {"slope": _slope(wind, self._body), "mist": mist}
        own |= {"farOrigin": (wide.x0, wide.y0), "farExtent": wide.extent}
        for program in (self._program, self._streaks):
            program.set(maps)
            program.set(own)
        self._add_streaks(context, scene, site)

    def _look(self, scene: SceneDocument, air: Air, water: Water) -> dict[str, Uniform]:
        """What the shaders need to know of water and sky, and where its pictures are."""
        return {
            "waves": WAVE_UNIT,
            "nearBed": NEAR_UNIT,
            "farBed": FAR_UNIT,
            "mirror": MIRROR_UNIT,
            "noise": 0,
            "level": water.level,
            "flow": water.flow,
            "longest": float(water.kind is WaterKind.SEA),
            "blow": scene.weather.wind,
            "deep": self._body.deep,
            "dim": self._body.dim,
            "swell": self._body.swell,
            "zenith": air.sky.zenith,
            "horizon": air.sky.horizon,
            "steep": steepness(air),
            **belt_uniforms(air),
        }

    def _add_streaks(self, context: moderngl.Context, scene: SceneDocument, site: Site) -> None:
        corners = context.buffer(np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)], np.float32))
        lamps = lamps_by_water(scene, site)
        self._lamps = 0 if self._frozen else len(lamps)
        self._burning = scene.life.lamps and not self._frozen
        self._table = context.buffer(reserve=24 * (self._lamps + MOST_AFLOAT))
        if self._lamps:
            self._table.write(np.ascontiguousarray(lamps))
        self._rows = context.vertex_array(
            self._streaks.handle,
            [(corners, "2f4", "corner"), (self._table, "3f4 3f4/i", "place", "light")],
        )

    def draw(self, uniforms: dict[str, Uniform], afloat: Floats) -> None:
        """Draw the surface over the bed, and the streaks of lamps in it.

        Args:
            uniforms: Of the subframe.
            afloat: Lamps on boats, n x 6, place and intensity.

        Leaves blending on, as the additive passes want it.
        """
        context = self._context
        for unit, texture in self._textures.items():
            texture.use(unit)
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        self._program.set(uniforms)
        self._plane.render(moderngl.TRIANGLES)
        moving = afloat[: MOST_AFLOAT if self._burning else 0]
        if len(moving):
            self._table.write(np.ascontiguousarray(moving), offset=24 * self._lamps)
        if self._lamps + len(moving):
            context.blend_func = (moderngl.ONE, moderngl.ONE)
            self._streaks.set(uniforms)
            self._rows.render(moderngl.TRIANGLE_STRIP, instances=self._lamps + len(moving))


def _mist(scene: SceneDocument, air: Air, water: Water) -> float:
    """How much mist lies on the water, 0 to 1: on a calm lake or river about sunrise."""
    if water.kind is WaterKind.SEA or scene.time.hour > LAST_MIST:
        return 0.0
    sun = air.sun.altitude
    low = smooth(-16.0, -8.0, sun) * (1 - smooth(6.0, 16.0, sun))
    return float(low * max(0.0, 1 - scene.weather.wind / MIST_WIND))


def _texture(context: moderngl.Context, values: Floats, *, tiled: bool) -> moderngl.Texture:
    side, parts = values.shape[1:]
    data = np.ascontiguousarray(values, np.float16).tobytes()
    texture = context.texture((side, side), parts, data, dtype="f2")
    texture.build_mipmaps()
    texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    texture.repeat_x = texture.repeat_y = tiled
    return texture


def lamps_by_water(scene: SceneDocument, site: Site) -> Floats:
    """Lights that the water mirrors: n x 6, place and intensity."""
    parts = [site.home_lights]
    if scene.life.lamps:
        parts.append(site.lamp_lights)
    every = gather(parts)
    chosen = np.zeros(len(every), bool)
    if site.layout.water is not None:
        chosen = every.position[:, 2] > site.layout.water.level
        chosen &= _by_water(site, every.position)
    table = np.c_[every.position, every.intensity][chosen]
    return np.ascontiguousarray(table, np.float32)


def _by_water(site: Site, points: Floats) -> Flags:
    """True for points (n x 3) that have water within :data:`SHORE` of them."""
    near = np.zeros(len(points), bool)
    level = site.layout.water.level if site.layout.water else 0.0
    for turn in np.linspace(0, 2 * np.pi, 9)[:-1]:
        for reach in (0.25 * SHORE, SHORE):
            probe = points[:, :2] + reach * np.array([np.cos(turn), np.sin(turn)])
            near |= site.layout.relief.at(probe) < level
    return near
