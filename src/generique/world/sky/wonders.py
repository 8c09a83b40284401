"""Northern lights and lightning: when the sky can show them at all."""

from __future__ import annotations

from collections.abc import Mapping

from generique.world.reasons import skies as told
from generique.world.reasons.telling import refused
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
    cloud = weather["cloud"]
    if altitude > DARK:
        raise refused(told.AURORA_BY_DAY, altitude=altitude)
    if abs(latitude) < LEAST_AURORA:
        raise refused(told.AURORA_IN_THE_SOUTH, latitude=latitude, least=LEAST_AURORA)
    if cloud > MOST_CLOUD_FOR_AURORA:
        raise refused(told.AURORA_BEHIND_CLOUD, cloud=cloud)


def check_heavens(scene: SceneDocument) -> None:
    """Refuse a document whose sky excludes itself, as a person may have written it.

    Raises:
        NotCapable: Northern lights that nobody would see, or lightning without cloud.
    """
    weather = scene.weather
    amounts = {"aurora": weather.aurora, "cloud": weather.cloud}
    check_aurora(heavens(scene).sun.altitude, latitude_of(scene), amounts)
    if weather.lightning > 0 and weather.cloud < STORM_CLOUD:
        raise refused(told.LIGHTNING_WITHOUT_CLOUD, cloud=weather.cloud, least=STORM_CLOUD)
