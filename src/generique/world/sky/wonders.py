"""Northern lights and lightning: when the sky can show them at all."""

from __future__ import annotations

from collections.abc import Mapping

from generique.model.errors import NotCapable
from generique.world.scene import SceneDocument
from generique.world.sky.clock import DARK, heavens, latitude_of

STORM_CLOUD = 0.85
"""The least cloud that lightning comes from; less is raised to it, a clear sky is refused."""
LEAST_AURORA = 45.0
"""Degrees of latitude from which northern lights are seen in a strong storm of the sun."""
MOST_CLOUD_FOR_AURORA = 0.6


def check_aurora(altitude: float, latitude: float, weather: Mapping[str, float]) -> None:
    """Refuse northern lights where nobody would see them.

    Args:
        altitude: Of the sun, degrees.
        latitude: Degrees.
        weather: With ``aurora`` and ``cloud``.

    Raises:
        NotCapable: By day, near the equator, or behind cloud.
    """
    if weather["aurora"] <= 0:
        return
    if altitude > DARK:
        why, step = f"the sun stands at {altitude:.0f} degrees", "name a night"
    elif abs(latitude) < LEAST_AURORA:
        why = f"at latitude {latitude:g} there are none"
        step = f"name a country beyond {LEAST_AURORA:g} degrees, or set time.latitude"
    elif weather["cloud"] > MOST_CLOUD_FOR_AURORA:
        why, step = f"cloud covers {weather['cloud']:.0%} of the sky", "clear the sky"
    else:
        return
    raise NotCapable("northern lights would not be seen", why=why, next_step=step)


def check_heavens(scene: SceneDocument) -> None:
    """Refuse a document whose sky excludes itself, as a person may have written it.

    Raises:
        NotCapable: Northern lights that nobody would see, or lightning without cloud.
    """
    weather = scene.weather
    amounts = {"aurora": weather.aurora, "cloud": weather.cloud}
    check_aurora(heavens(scene).sun.altitude, latitude_of(scene), amounts)
    if weather.lightning > 0 and weather.cloud < STORM_CLOUD:
        raise NotCapable(
            "lightning comes from cloud",
            where="weather",
            why=f"cloud covers {weather.cloud:.0%} of the sky",
            next_step=f"set weather.cloud to {STORM_CLOUD:g} or more, or weather.lightning to 0",
        )
