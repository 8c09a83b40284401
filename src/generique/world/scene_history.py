"""Scene documents of earlier versions, as they are written today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_DAYS = {"winter": 15, "spring": 110, "summer": 196, "autumn": 288}
_HOURS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "winter": {
        "night": (22.0, 163.8),
        "dawn": (7.04, 81.8),
        "dusk": (16.96, 274.2),
        "overcast-day": (11.09, 54.3),
    },
    "spring": {
        "night": (22.0, 185.8),
        "dawn": (4.75, 34.7),
        "dusk": (19.25, 321.3),
        "overcast-day": (10.63, 34.3),
    },
    "summer": {
        "night": (22.0, 190.1),
        "dawn": (3.87, 18.3),
        "dusk": (20.13, 337.7),
        "overcast-day": (10.46, 21.8),
    },
    "autumn": {
        "night": (22.0, 175.2),
        "dawn": (6.1, 62.8),
        "dusk": (17.9, 293.2),
        "overcast-day": (10.9, 48.1),
    },
}
"""Of scene/1, by season and name: local solar time, and the bearing that keeps its glow."""
_CLOUD = {"overcast-day": 1.0}
"""Of scene/1, whose other hours had the cloud that is plain today."""


def upgraded(data: Mapping[str, Any] | str | bytes) -> Mapping[str, Any] | str | bytes:
    """A document as scene/2; one of scene/2, and what is no JSON document, comes back as it is.

    A name for ``time`` becomes the fixed hour that it had, whatever the version. What is wrong is
    left for the validation to name.
    """
    try:
        found = data if isinstance(data, Mapping) else json.loads(data)
    except ValueError:
        return data
    if not isinstance(found, Mapping):
        return data
    document = dict(found)
    if document.get("schema_version") == "generique/scene/1":
        document["schema_version"] = "generique/scene/2"
        if document.get("grammar", "1") == "1":
            document["grammar"] = "2"
    name, season = document.get("time"), document.get("season")
    if not isinstance(name, str) or str(season) not in _HOURS:
        return document
    hours = _HOURS[str(season)]
    if name not in hours:
        return document
    hour, bearing = hours[name]
    document["time"] = {"hour": hour, "day": _DAYS[str(season)], "bearing": bearing}
    if name in _CLOUD:
        document["weather"] = _clouded(document.get("weather", {}), _CLOUD[name])
    return document


def _clouded(weather: Any, cloud: float) -> Any:
    """Weather with this cloud, unless it names its own."""
    if isinstance(weather, Mapping):
        return {"cloud": cloud, **weather}
    return weather.model_copy(update={"cloud": cloud})
