"""The sky behind everything: drawn now and then at half size, laid behind each subframe."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import moderngl
import numpy as np

from generique.backends.world.graphics import (
    Program,
    Uniform,
    matrix,
    noise_picture,
    smooth_noise_picture,
)
from generique.backends.world.view import View
from generique.model.element import Raster
from generique.world.arrays import Floats
from generique.world.scene import Weather
from generique.world.sky.atmosphere import Air, smooth
from generique.world.sky.storm import Flash

Uniforms: TypeAlias = "dict[str, Uniform]"

MARGIN = 1.25
"""How much wider the sky of a moment is than the picture, for the way the camera turns till the
next."""
_SLOW = math.cos(math.radians(4.0))
"""Of the angle by which it may turn until then; for a quicker one each frame has its own sky."""
STRIDE = 0.25
"""Seconds between the moments for which the sky is drawn; between two it is mixed."""
DOME_UNIT, LATER_UNIT, NOISE_UNIT = 5, 4, 14
DRIFT = 0.012
"""Kilometres a second that clouds go for each metre a second of wind at the ground: they are
high, where it blows harder."""
LOW_CLOUD, HIGH_CLOUD = 1.6, 8.5
"""Kilometres at which heaped cloud and cirrus lie, as in the shader."""
EARTH = 6371.0
"""Its radius, kilometres."""
HAZE_DEPTH = 600.0
"""Metres of the haze that does not thin out, before the sky of a misty day: a ridge that stands in
it is not to be cut out of a clear sky."""
DOWNWIND = np.array([0.93, 0.37])
"""The way of the wind over the ground, of unit length."""
_FINER = 4
"""Values of the sky's noise for one of the ground's, along a side."""
_WEIGHTS = ((0.021, 0.44), (0.061, 0.28), (0.171, 0.17), (0.47, 0.11))
"""Scales and weights of heaped cloud, as in the shader."""


@dataclass(frozen=True)
class Clouds:
    """What the shader draws of cloud.

    Attributes:
        threshold: Of the noise, above which there is heaped cloud; 1 for none.
        cirrus: 0 to 1.
        closed: How closed a sheet lies over everything, 0 to 1.
        depth: Contrast of the sheet's undersides; negative where lamps light them from below.
        lit: Radiance of cloud on the side of the light.
        shade: Radiance of its shadowed undersides.
        glow: How much of the glow of dawn or dusk heaped cloud takes on, 0 to 1.
        cirrus_glow: The same for high cloud, which the sun reaches longer.
    """

    threshold: float
    cirrus: float
    closed: float
    depth: float
    lit: Floats
    shade: Floats
    glow: float
    cirrus_glow: float


def clouds_of(air: Air, weather: Weather) -> Clouds:
    """Kind and colour of the cloud of an hour and a weather."""
    sky, altitude = air.sky, air.sun.altitude
    amount = max(weather.cloud, air.overcast)
    ambient, horizon, sun = (np.array(v) for v in (sky.ambient, sky.horizon, sky.sun))
    zenith = np.array(sky.zenith)
    night = smooth(-5.0, -12.0, altitude)
    day = smooth(-3.0, 5.0, altitude)
    # The sun above cloud is not dimmed by it.
    above = sun / max((1 - air.overcast) ** 1.5, 0.08)
    high = 0.42 + 0.22 * smooth(18.0, 60.0, altitude)
    by_day = high * above + 0.80 * ambient, 0.62 * ambient + 0.22 * horizon + 0.05 * above
    twilight = 0.70 * horizon + 0.3 * zenith, 0.36 * horizon + 0.45 * zenith
    by_night = 0.52 * horizon + 0.45 * sun + 0.5 * zenith, 0.92 * horizon + 0.12 * sun
    lit, shade = (
        a * night + (1 - night) * (b * day + c * (1 - day))
        for a, b, c in zip(by_night, by_day, twilight, strict=True)
    )
    dark = 0.42 * smooth(-9.0, 2.0, altitude) - 0.55 * night
    storm = 1 + 0.5 * weather.lightning
    lowered = 0.75 * (1 - 0.65 * smooth(2.0, 10.0, altitude))
    # Fair-weather heaps are raised by warm ground: the few of a day are gone at night.
    heaped = amount * (1 - night * (1 - smooth(0.25, 0.5, amount)))
    return Clouds(
        threshold=1.0 if heaped < 0.04 else _threshold(min(0.92, 1.05 * heaped)),
        cirrus=0.75 * smooth(0.02, 0.3, amount) * (1 - smooth(0.6, 0.9, amount)),
        closed=smooth(0.55, 0.97, air.overcast),
        depth=min(0.8, dark * storm),
        lit=lit,
        shade=shade / storm,
        glow=lowered * _sunlit(altitude, LOW_CLOUD),
        cirrus_glow=lowered * _sunlit(altitude, HIGH_CLOUD),
    )


def _sunlit(altitude: float, height: float) -> float:
    """How much of a cloud still sees the sun, 0 to 1, by its altitude in degrees.

    From a height in kilometres the horizon lies lower by ``acos(r / (r + height))``; refraction
    lifts the sun by half a degree. Some light of the glow itself is left when it is gone.
    """
    dip = math.degrees(math.acos(EARTH / (EARTH + height))) + 0.5
    return 0.10 * smooth(-9.0, -5.0, altitude) + 0.90 * smooth(-dip - 1.5, -dip + 1.0, altitude)


def _threshold(share: float) -> float:
    """The value that a share of the sky's noise exceeds."""
    noise = noise_picture().astype(float) / 255
    chance = np.random.default_rng(5)
    spots = chance.integers(0, 256, (len(_WEIGHTS), 2, 20_000))
    total = sum(w * noise[x, y] for (_, w), (x, y) in zip(_WEIGHTS, spots, strict=True))
    return float(np.quantile(total, 1 - share))


class _Slot:
    """The sky of one moment."""

    def __init__(self, context: moderngl.Context, size: tuple[int, int]) -> None:
        self.texture = context.texture(size, 4, dtype="f2")
        self.texture.repeat_x = self.texture.repeat_y = False
        self.target = context.framebuffer([self.texture])
        self.moment: int | None = None
        self.view: View | None = None


class SkyPass:
    """Draws the sky."""

    def __init__(
        self,
        context: moderngl.Context,
        air: Air,
        weather: Weather,
        raster: Raster,
        *,
        discs: bool = True,
    ) -> None:
        self._context = context
        fine = smooth_noise_picture(_FINER)
        self._sky = Program(context, "sky", f"NOISE_SIDE {float(len(fine))}")
        self._dome = Program(context, "dome")
        self._noise = context.texture(fine.shape, 1, fine.tobytes(), dtype="nu2")
        self._noise.build_mipmaps()
        self._noise.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        cover = np.array([(-1, -1), (3, -1), (-1, 3)], np.float32)
        buffer = context.buffer(cover)
        self._arrays = [
            context.vertex_array(program.handle, [(buffer, "2f4", "place")])
            for program in (self._sky, self._dome)
        ]
        size = (max(2, raster.width // 2), max(2, raster.height // 2))
        self._slots = (_Slot(context, size), _Slot(context, size))
        self._first, self._share = 0, 0.0
        self._wind, self._air = weather.wind, air
        self._foggy = smooth(0.15, 0.35, weather.fog)
        by_day = smooth(-4.0, 1.5, air.sun.altitude)
        self._deep = air.density * air.uniform * HAZE_DEPTH * by_day
        sky, clouds = air.sky, clouds_of(air, weather)
        day = smooth(-4.0, 8.0, air.sun.altitude)
        self._sky.set(
            {
                "zenith": sky.zenith,
                "horizon": sky.horizon,
                "steep": steepness(air),
                **belt_uniforms(air),
                "noise": NOISE_UNIT,
                "margin": MARGIN,
                "sunSeen": air.sun.vector(),
                "aureole": np.array(sky.sun) * (0.55 * day) + np.array(sky.glow) * (0.35 * day),
                "cloudLit": clouds.lit,
                "cloudShade": clouds.shade,
                "cloudGlow": clouds.glow,
                "cirrusGlow": clouds.cirrus_glow,
                "threshold": clouds.threshold,
                "cirrus": clouds.cirrus,
                "closed": clouds.closed,
                "closedDepth": clouds.depth,
                "aurora": weather.aurora * (1 - air.overcast),
                "north": _level(-air.bearing),
                "band": sky.stars * (1.0 if air.wild else 0.12),
            }
        )
        self._hang_discs(air, clouds, discs=discs)

    def _hang_discs(self, air: Air, clouds: Clouds, *, discs: bool) -> None:
        """Sun, moon and stars, where the sky is clear."""
        sky = air.sky
        moon = discs and air.moonlight > 0.004 and air.moon.altitude > -0.5
        pale = np.array((1.0, 0.96, 0.88)) * (1.1 + 0.9 * smooth(-10.0, 0.0, air.sun.altitude))
        self._dome.set(
            {
                "noise": 0,
                "dome": DOME_UNIT,
                "later": LATER_UNIT,
                "level": float(np.mean(clouds.shade) + np.mean(clouds.lit)) / 2 + 1e-4,
                "margin": MARGIN,
                "stars": sky.stars * (1.35 if air.wild else 0.8),
                "sunSeen": air.sun.vector(),
                "sunDisc": _disc(np.array(sky.sun)) * float(discs),
                "moonSeen": air.moon.vector(),
                "moonDisc": pale * float(moon),
                "moonHalo": np.array(sky.sun) * (0.9 if air.sun.altitude < -6 else 0.0),
            }
        )

    def prepare(self, seconds: float, views: Callable[[float], View], uniforms: Uniforms) -> None:
        """Draw the skies of the moments before and after a frame, where they are not drawn yet.

        Args:
            seconds: Of the frame.
            views: The camera at a time, in seconds.
            uniforms: Of a view.
        """
        moment = seconds / STRIDE
        first = math.floor(moment)
        self._share, self._first = moment - first, first % 2
        ends = [views(index * STRIDE) for index in (first, first + 1)]
        if float(ends[0].forward @ ends[1].forward) < _SLOW:
            # The camera whips: the sky of this moment alone.
            slot, self._share = self._slots[self._first], 0.0
            slot.moment, slot.view = None, views(seconds)
            self._paint(slot.target, seconds, slot.view, uniforms)
            return
        for index, view in zip((first, first + 1), ends, strict=True):
            slot = self._slots[index % 2]
            if slot.moment != index:
                slot.moment, slot.view = index, view
                self._paint(slot.target, index * STRIDE, view, uniforms)

    def forget(self) -> None:
        """Draw the skies anew for the next frame: it looks another way at the same moment."""
        for slot in self._slots:
            slot.moment = None

    def _paint(
        self, target: moderngl.Framebuffer, seconds: float, view: View, uniforms: Uniforms
    ) -> None:
        target.use()
        self._noise.use(NOISE_UNIT)
        self._context.disable(moderngl.DEPTH_TEST | moderngl.BLEND)
        inverse = matrix(np.linalg.inv(view.matrix))
        along = DRIFT * max(1.0, self._wind) * seconds * DOWNWIND
        grain = 2 * MARGIN / float(np.asarray(uniforms["pixels"]))
        own: Uniforms = {"eye": view.eye, "inverseVP": inverse, "drifted": along, "grain": grain}
        deep = fog_above(self._air, float(view.eye[2])) + self._deep
        own["fogged"] = deep * self._foggy
        self._sky.set({**uniforms, **own, "seconds": seconds})
        self._arrays[0].render(moderngl.TRIANGLES)

    def draw(self, view: View, uniforms: Uniforms) -> None:
        """Fill what is still empty of a subframe."""
        now, later = self._slots[self._first], self._slots[1 - self._first]
        now.texture.use(DOME_UNIT)
        later.texture.use(LATER_UNIT)
        seen = now.view or view
        own: Uniforms = {
            "inverseVP": matrix(np.linalg.inv(view.matrix)),
            "skyVP": matrix(seen.matrix),
            "nextVP": matrix((later.view or seen).matrix),
            "share": self._share,
        }
        self._dome.set({**uniforms, **own})
        self._context.depth_func = "<="
        self._arrays[1].render(moderngl.TRIANGLES)
        self._context.depth_func = "<"


def fog_above(air: Air, height: float) -> float:
    """Optical depth, straight up, of the haze and the fog above a height in metres."""
    up = max(height, 0.0)
    lying = air.layer * air.depth * (1 - math.tanh(up / air.depth))
    return air.density * air.height * math.exp(-up / air.height) + lying


def steepness(air: Air) -> float:
    """How quickly the horizon's colour gives way to the zenith's; by day the blue reaches down."""
    return 4.2 + 3.4 * smooth(-4.0, 10.0, air.sun.altitude) * (1 - air.overcast)


def belt_uniforms(air: Air) -> dict[str, Uniform]:
    """The Belt of Venus: light that it adds to the sky, and the sine of its height.

    Opposite the sun the last direct light, reddened on its way, lies as a pastel band above the
    earth's shadow; it rises about twice as fast as the sun sinks, and is lost at six degrees (Lee,
    "Measuring and modeling twilight's Belt of Venus", Appl. Opt. 54, 2015).
    """
    altitude = air.sun.altitude
    seen = smooth(-6.5, -3.0, altitude) * (1 - smooth(-0.5, 2.0, altitude)) * (1 - air.overcast)
    level = 0.30 * seen * float(np.array(air.sky.horizon) @ (0.2126, 0.7152, 0.0722))
    height = math.sin(math.radians(3.5 + 2.2 * max(-altitude, 0.0)))
    return {"belt": (1.25 * level, 0.60 * level, 0.45 * level), "beltHeight": height}


def glow_focus(altitude: float) -> float:
    """How close about its heading the glow is, by the altitude of the sun in degrees.

    At dusk it lies along the horizon, about the risen sun it is narrow; the golden hour fills the
    air on its side.
    """
    golden = smooth(1.5, 5.0, altitude) * (1 - smooth(8.0, 14.0, altitude))
    return 8.0 + 1.0 * smooth(-3.5, 1.5, altitude) - 4.5 * golden


def flash_uniform(flash: Flash | None) -> tuple[float, ...]:
    """Level direction, light in cloud, and light of the channel."""
    if flash is None:
        return (0.0, 1.0, 0.0, 0.0)
    return (*_level(flash.heading), flash.strength, flash.channel)


def _level(degrees: float) -> tuple[float, float]:
    way = np.radians(degrees)
    return float(np.sin(way)), float(np.cos(way))


def _disc(sun: Floats) -> Floats:
    """Radiance of the sun's disc, as much of it as a picture can use."""
    level = float(sun.max())
    return np.zeros(3) if level < 1.0 else np.asarray(sun / level * 260.0 * min(1.0, level / 4.0))
