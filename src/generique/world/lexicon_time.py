"""Words for the hour: each names an hour of the day, and one table says what a scene has then.

To tell hours in another way (by clock, date and latitude) change :data:`NAMED_TIMES`,
:func:`time_of_hour` and nothing else here: the words of both languages name hours, not values.
"""

from __future__ import annotations

from generique.world.lexicon_entry import Entry, Role, Setting

NAMED_TIMES: dict[str, tuple[tuple[str, Setting], ...]] = {
    "night": (("time", "night"),),
    "dawn": (("time", "dawn"),),
    "dusk": (("time", "dusk"),),
    "overcast day": (("time", "overcast-day"),),
    "day": (("time", "overcast-day"),),
}
"""Fields of the scene by named hour."""


def time_of_hour(hour: float) -> str | None:
    """The named hour of an hour of the clock, where it is the same in every season; else None.

    Args:
        hour: 0 to 24.
    """
    return "night" if hour >= 22 or hour < 4 else None


TIMES = (
    Entry(
        Role.TIME,
        "night | at night | by night | late at night | dead of night | midnight | nighttime"
        " | nocturnal | small hours | late night | moonlight | moonlit | pitch dark",
        NAMED_TIMES["night"],
    ),
    Entry(
        Role.TIME,
        "dark | darkness | after dark | in the dark",
        NAMED_TIMES["night"],
        weak=True,
    ),
    Entry(
        Role.TIME,
        "dawn | before dawn | just before dawn | at dawn | pre-dawn | first light | daybreak"
        " | sunrise | before sunrise | break of day | early dawn | crack of dawn"
        " | before first light",
        NAMED_TIMES["dawn"],
    ),
    Entry(
        Role.TIME,
        "dusk | at dusk | twilight | nightfall | evening | early evening | sunset"
        " | after sunset | blue hour | gloaming | last light",
        NAMED_TIMES["dusk"],
    ),
    Entry(
        Role.TIME,
        "overcast day | overcast daylight | grey day | gray day | cloudy day | dull day"
        " | grey daylight | overcast morning | grey morning | gray morning | overcast afternoon"
        " | grey afternoon | gray afternoon | cloudy morning | cloudy afternoon | flat light"
        " | overcast noon | overcast midday",
        NAMED_TIMES["overcast day"],
    ),
    Entry(
        Role.TIME,
        "daylight | day | daytime | by day | during the day | in daylight | broad daylight",
        NAMED_TIMES["day"],
        note="daylight is overcast: world has no direct sun yet",
    ),
)
