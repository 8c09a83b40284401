"""Words for what becomes otherwise during a shot, in both languages.

A phrase says what there is at first, where that is not what the hour has, and what it becomes;
when each begins and how long it takes stands in :mod:`generique.world.words.becoming`.
"""

from __future__ import annotations

from generique.world.words.lexicon_entry import Entry, Role

BECOMING = (
    Entry(Role.BECOMES, "day to night | from day to night | day turning into night"
          " | time-lapse from day to night | day-to-night time-lapse | timelapse from day to night",
          (("time", "afternoon"), ("becomes.time", "night"))),
    Entry(Role.BECOMES, "dusk to night | from dusk to night | time-lapse from dusk to night"
          " | time-lapse of nightfall",
          (("time", "dusk"), ("becomes.time", "night"))),
    Entry(Role.BECOMES, "night to dawn | from night to dawn | time-lapse from night to dawn"
          " | time-lapse of daybreak",
          (("time", "night"), ("becomes.time", "dawn"))),
    Entry(Role.BECOMES, "night to day | from night to day | time-lapse from night to day"
          " | night-to-day time-lapse", (("time", "night"), ("becomes.time", "morning"))),
    Entry(Role.BECOMES, "match cut from day to night | match cut to night",
          (("time", "afternoon"), ("becomes.cut", "night"))),
    Entry(Role.BECOMES, "match cut from night to day | match cut to day",
          (("time", "night"), ("becomes.cut", "morning"))),
    Entry(Role.BECOMES, "fog rolls in | fog rolling in | fog moves in | fog closes in"
          " | fog creeps in | fog creeping in | fog comes in | fog thickens | mist rolls in"
          " | mist rolling in", (("becomes.fog", 0.85),)),
    Entry(Role.BECOMES, "fog lifts | fog lifting | fog clears | fog clearing | mist lifts"
          " | mist lifting", (("weather.fog", 0.75), ("becomes.fog", 0.08))),
    Entry(Role.BECOMES, "street lamps go out | street lights go out | lamps go out"
          " | street lamps going out | street lights going out | power fails | the power fails",
          (("life.lamps", True), ("becomes.lamps", False))),
    Entry(Role.BECOMES, "street lamps come on | street lights come on | lamps come on"
          " | street lamps coming on | street lights coming on | street lamps flicker on"
          " | street lamps flickering on | street lights flicker on | street lights flickering on"
          " | street lights switch on | street lights turn on | street lights turning on",
          (("life.lamps", False), ("becomes.lamps", True))),
    Entry(Role.BECOMES, "windows go dark | windows going dark | lights go out one by one"
          " | windows go dark one by one", (("becomes.windows", 0),)),
    Entry(Role.BECOMES, "last window goes dark | last windows go dark | last lights go out"
          " | last light goes out", (("becomes.window", 0),)),
    Entry(Role.BECOMES, "lights go out | all lights go out | lights going out",
          (("life.lamps", True), ("becomes.lamps", False), ("becomes.window", 0))),
    Entry(Role.BECOMES, "begins to snow | starts to snow | starts snowing | begins snowing"
          " | snow begins | snow begins to fall | snow starts to fall | snow starts",
          (("weather.snowfall", 0), ("becomes.snowfall", 0.35))),
    Entry(Role.BECOMES, "stops snowing | snow stops | snow stops falling | snowfall ends",
          (("weather.snowfall", 0.35), ("becomes.snowfall", 0))),
    Entry(Role.BECOMES, "begins to rain | starts to rain | starts raining | begins raining"
          " | rain begins | rain starts | rain begins to fall | rain starts to fall",
          (("weather.rain", 0), ("becomes.rain", 0.5))),
    Entry(Role.BECOMES, "stops raining | rain stops | rain ends",
          (("weather.rain", 0.5), ("becomes.rain", 0))),
    Entry(Role.BECOMES, "windows light up | windows lighting up | lights come on one by one"
          " | windows light up one by one", (("life.lit_windows", 0.06), ("becomes.windows", 0.6))),
)  # fmt: skip

IN_FRENCH: dict[str, str] = {
    "day to night": "du jour à la nuit | passage du jour à la nuit | accéléré du jour à la nuit"
    " | time-lapse du jour à la nuit",
    "dusk to night": "du crépuscule à la nuit | la nuit tombe | nuit qui tombe"
    " | accéléré du crépuscule à la nuit",
    "night to dawn": "de la nuit à l'aube | le jour se lève | jour qui se lève"
    " | accéléré de la nuit à l'aube",
    "night to day": "de la nuit au jour | passage de la nuit au jour | accéléré de la nuit au jour",
    "match cut from day to night": "raccord du jour à la nuit | raccord vers la nuit",
    "match cut from night to day": "raccord de la nuit au jour | raccord vers le jour",
    "fog rolls in": "le brouillard arrive | brouillard qui arrive | le brouillard s'installe"
    " | brouillard qui s'installe | le brouillard monte | brouillard qui monte"
    " | la brume monte | brume qui monte",
    "fog lifts": "le brouillard se lève | brouillard qui se lève | le brouillard se dissipe"
    " | brouillard qui se dissipe | la brume se lève",
    "street lamps go out": "les lampadaires s'éteignent | lampadaires qui s'éteignent"
    " | les réverbères s'éteignent | le courant est coupé",
    "street lamps come on": "les lampadaires s'allument | lampadaires qui s'allument"
    " | les lampadaires s'allument un à un | lampadaires s'allument"
    " | les réverbères s'allument",
    "windows go dark": "les fenêtres s'éteignent | fenêtres qui s'éteignent"
    " | les fenêtres s'éteignent une à une",
    "last window goes dark": "la dernière fenêtre s'éteint | dernière fenêtre qui s'éteint"
    " | les dernières fenêtres s'éteignent",
    "lights go out": "les lumières s'éteignent | toutes les lumières s'éteignent"
    " | lumières qui s'éteignent",
    "begins to snow": "il commence à neiger | il se met à neiger | la neige commence à tomber"
    " | la neige se met à tomber | commence à neiger",
    "stops snowing": "il cesse de neiger | il arrête de neiger | la neige cesse"
    " | la neige s'arrête",
    "begins to rain": "il commence à pleuvoir | il se met à pleuvoir | la pluie commence"
    " | la pluie commence à tomber | la pluie se met à tomber",
    "stops raining": "il cesse de pleuvoir | il arrête de pleuvoir | la pluie cesse"
    " | la pluie s'arrête",
    "windows light up": "les fenêtres s'allument | fenêtres qui s'allument"
    " | les fenêtres s'allument une à une",
}
