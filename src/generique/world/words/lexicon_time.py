"""Words for the hour: each names an hour of the day, and one table says what a scene has then.

The words of both languages name hours, not values; what hour a name is on a day and at a latitude
stands in :mod:`generique.world.sky.clock`.
"""

from __future__ import annotations

from generique.world.scene import TimeOfDay
from generique.world.words.lexicon_entry import Entry, Role, Setting

NAMED_TIMES: dict[str, tuple[tuple[str, Setting], ...]] = {
    name.value: (("time", name.value),) for name in TimeOfDay
} | {
    "overcast-day": (("time", TimeOfDay.OVERCAST_DAY.value), ("sky", "overcast")),
    "overcast-morning": (("time", TimeOfDay.MORNING.value), ("sky", "overcast")),
    "overcast-afternoon": (("time", TimeOfDay.AFTERNOON.value), ("sky", "overcast")),
    "overcast-noon": (("time", TimeOfDay.NOON.value), ("sky", "overcast")),
    "day": (("time", TimeOfDay.OVERCAST_DAY.value),),
}
"""Fields of the scene by named hour."""


def _time(name: str, phrases: str) -> Entry:
    return Entry(Role.TIME, phrases, NAMED_TIMES[name])


TIMES = (
    _time("night", "night | at night | by night | nighttime | nocturnal | late night"
          " | late at night | late evening | late in the evening | moonlight | moonlit"),
    _time("midnight", "midnight"),
    _time("deep-night", "dead of night | small hours | pitch dark"),
    _time("night", "dark | darkness | after dark | in the dark")._replace(weak=True),
    _time("dawn", "dawn | before dawn | just before dawn | at dawn | pre-dawn | first light"
          " | daybreak | before sunrise | break of day | early dawn | crack of dawn"
          " | dawn breaks | dawn breaking"
          " | before first light"),
    _time("sunrise", "sunrise | at sunrise | rising sun | sun rises | sun rising"
          " | sun is rising | sunup"),
    _time("dusk", "dusk | at dusk | twilight | nightfall | evening | early evening | after sunset"
          " | gloaming | last light | evening light | in the evening light"),
    _time("blue-hour", "blue hour"),
    _time("sunset", "sunset | at sunset | setting sun | sundown | sun sets | sun setting"
          " | sun is setting"),
    _time("golden-hour", "golden hour | golden light | magic hour"),
    _time("morning", "morning | early morning | mid-morning | morning light | in the morning light"
          " | soft morning light | light of the morning"),
    _time("noon", "noon | midday | at noon | high noon | mid-day"),
    _time("afternoon", "afternoon | late afternoon | early afternoon | mid-afternoon"
          " | late in the day"),
    _time("overcast-day", "overcast day | overcast daylight | grey day | gray day | cloudy day"
          " | dull day | grey daylight | flat light"),
    _time("overcast-morning", "overcast morning | grey morning | gray morning | cloudy morning"),
    _time("overcast-afternoon", "overcast afternoon | grey afternoon | gray afternoon"
          " | cloudy afternoon"),
    _time("overcast-noon", "overcast noon | overcast midday"),
    _time("day", "daylight | day | daytime | by day | during the day | in daylight"
          " | broad daylight"),
)  # fmt: skip
