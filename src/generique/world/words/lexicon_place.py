"""Words for the season, the weather and the life in a place."""

from __future__ import annotations

from generique.world.scene import Country, Family
from generique.world.words.lexicon_entry import Entry, Role, Thing
from generique.world.words.lexicon_family import (
    LIVED_IN,
    WITH_BIRDS,
    WITH_CHIMNEYS,
    WITH_LAMPS,
    WITH_TRAFFIC,
    WITH_TREES,
    WITH_WINDOWS,
)

THINGS: dict[str, Thing] = {
    "snow": Thing(
        "weather.snowfall",
        {"none": 0, "faint": 0.15, "light": 0.35, "plain": 0.5}
        | {"moderate": 0.5, "heavy": 0.85, "extreme": 1},
        "weather.snow_cover",
        {"none": 0, "faint": 0.4, "light": 0.85, "plain": 0.85}
        | {"moderate": 0.85, "heavy": 1, "extreme": 1},
    ),
    "snowfall": Thing(
        "weather.snowfall",
        {"none": 0, "faint": 0.15, "light": 0.35, "plain": 0.5, "few": 0.15}
        | {"moderate": 0.5, "heavy": 0.85, "extreme": 1},
        "weather.snow_cover",
        {"faint": 0.4, "light": 0.85, "plain": 0.85, "few": 0.4}
        | {"moderate": 0.85, "heavy": 1, "extreme": 1},
    ),
    "snow cover": Thing(
        "weather.snow_cover",
        {"none": 0, "faint": 0.25, "light": 0.4, "plain": 0.85, "moderate": 0.7}
        | {"heavy": 1, "extreme": 1},
    ),
    "rain": Thing(
        "weather.rain",
        {"none": 0, "faint": 0.15, "light": 0.3, "plain": 0.5}
        | {"moderate": 0.5, "heavy": 0.85, "extreme": 1},
    ),
    "fog": Thing(
        "weather.fog",
        {"none": 0, "faint": 0.25, "light": 0.35, "plain": 0.5}
        | {"moderate": 0.5, "heavy": 0.8, "extreme": 1},
    ),
    "mist": Thing(
        "weather.fog",
        {"none": 0, "faint": 0.2, "light": 0.25, "plain": 0.32, "moderate": 0.32, "heavy": 0.5},
    ),
    "haze": Thing(
        "weather.fog",
        {"none": 0, "faint": 0.12, "light": 0.18, "plain": 0.22, "moderate": 0.22, "heavy": 0.35},
    ),
    "wind": Thing(
        "weather.wind",
        {"none": 0, "faint": 1.5, "light": 4, "plain": 8, "moderate": 8, "heavy": 14}
        | {"extreme": 22},
    ),
    "breeze": Thing("weather.wind", {"none": 0, "faint": 1.5, "light": 3, "plain": 4, "heavy": 7}),
    "traffic": Thing(
        "life.traffic",
        {"none": 0, "faint": 0.1, "few": 0.12, "light": 0.2, "some": 0.2, "plain": 0.3}
        | {"moderate": 0.4, "many": 0.6, "heavy": 0.8, "extreme": 1},
    ),
    "smoke": Thing(
        "life.smoke",
        {"none": 0, "faint": 0.1, "few": 0.2, "light": 0.2, "some": 0.3, "plain": 0.4}
        | {"moderate": 0.4, "many": 0.7, "heavy": 0.8, "extreme": 1},
    ),
    "lit windows": Thing(
        "life.lit_windows",
        {"none": 0, "faint": 0.08, "few": 0.15, "some": 0.3, "plain": 0.44, "half": 0.5}
        | {"many": 0.65, "most": 0.8, "all": 1},
    ),
    "dark windows": Thing(
        "life.lit_windows",
        {"none": 1, "few": 0.8, "some": 0.65, "half": 0.5, "many": 0.3, "most": 0.15}
        | {"plain": 0, "all": 0},
    ),
    "birds": Thing(
        "life.birds",
        {"none": 0, "faint": 0.1, "few": 0.15, "light": 0.2, "some": 0.3, "plain": 0.4}
        | {"moderate": 0.4, "many": 0.8, "heavy": 0.8, "extreme": 1},
    ),
    "trains": Thing(
        "life.trains",
        {"none": 0, "faint": 0.1, "few": 0.2, "light": 0.2, "some": 0.3, "plain": 0.5}
        | {"moderate": 0.5, "many": 0.8, "heavy": 0.8, "extreme": 1},
    ),
    "street lamps": Thing("life.lamps", {"none": False, "all": True}),
}
"""Amounts of each thing; the numbers are the ones that the look was set with."""

SEASONS = (
    Entry(Role.SEASON, "winter | wintry | wintertime | midwinter | deep winter | late winter"
          " | early winter | December | January | February",
          (("season", "winter"),)),
    Entry(Role.SEASON, "spring | springtime | April | early spring"
          " | late spring", (("season", "spring"),)),
    Entry(Role.SEASON, "summer | summertime | midsummer | June | July | August | high summer"
          " | late summer | early summer | end of summer",
          (("season", "summer"),)),
    Entry(Role.SEASON, "autumn | fall | autumnal | late autumn | early autumn | late fall"
          " | early fall | September | October | November",
          (("season", "autumn"),)),
    Entry(Role.SEASON, "bare trees | leafless trees | bare branches | leafless"
          " | naked trees | bare black trees", (("foliage", "bare"),), shown_by=WITH_TREES),
    Entry(Role.SEASON, "leafy | green trees | trees in leaf", (("foliage", "green"),),
          shown_by=WITH_TREES),
    Entry(Role.SEASON, "green lawns | green gardens", (("foliage", "green"),),
          shown_by=(Family.SUBURB,)),
    Entry(Role.SEASON, "autumn leaves | autumn colours | autumn colors | fall colours"
          " | fall colors | autumn foliage", (("season", "autumn"),), shown_by=WITH_TREES),
)  # fmt: skip

WEATHER = (
    Entry(Role.WEATHER, "overcast | cloudy | clouded | grey sky | gray sky | overcast sky"
          " | cloudy sky | clouds | low clouds", (("sky", "overcast"),)),
    Entry(Role.THING, "snow", thing="snow"),
    Entry(
        Role.THING,
        "snowfall | falling snow | snow falling | snow is falling | snow falls | snowing"
        " | snowflakes | drifting snow | flakes | flakes of snow | snow in the air",
        thing="snowfall",
    ),
    Entry(
        Role.THING,
        "snow cover | snow-covered | covered in snow | covered with snow | snow lying"
        " | lying snow | snow on the ground | snow-clad | snowy | under snow | blanket of snow"
        " | blanketed in snow | snow blanket | snow-laden | snowbound | snow lies on the ground"
        " | snow lies | deep in snow",
        thing="snow cover",
    ),
    Entry(Role.THING, "snow on the roofs | snow on roofs | snow on rooftops"
          " | snow on the rooftops | snowy roofs | snowy rooftops | white roofs"
          " | snow lies on the roofs", thing="snow cover", shown_by=(*LIVED_IN, Family.MOUNTAINS)),
    Entry(Role.THING, "snow on the lawns | snowy lawns", thing="snow cover",
          shown_by=(Family.SUBURB,)),
    Entry(Role.THING, "rain | raining | rainfall | rainy | rain falling | falling rain",
          thing="rain"),
    Entry(Role.THING, "fog | foggy | low fog | fog bank | ground fog | freezing fog", thing="fog"),
    Entry(Role.THING, "mist | misty | low mist", thing="mist"),
    Entry(Role.THING, "haze | hazy | heat haze", thing="haze"),
    Entry(Role.THING, "wind | windy | winds", thing="wind"),
    Entry(Role.THING, "breeze | breezy", thing="breeze"),
    Entry(Role.WEATHER, "flurries | snow flurries | flurry | a few flakes | a few snowflakes",
          (("weather.snowfall", 0.15),)),
    Entry(Role.WEATHER, "gently falling snow | softly falling snow | slowly falling snow"
          " | snow falling gently | snow falling softly | snow falling slowly | snow falls gently"
          " | snow falls softly | snow is gently falling | snow drifts down"
          " | lightly falling snow | snow falling lightly | snow is falling lightly"
          " | snow falls lightly | snow is falling gently | snow is falling softly",
          (("weather.snowfall", 0.35),)),
    Entry(Role.WEATHER, "heavily falling snow | snow falling heavily | snow is falling heavily"
          " | snow falls heavily | snowing heavily | snow falling hard | snow is falling hard"
          " | snow falls hard | snowing hard", (("weather.snowfall", 0.85),)),
    Entry(Role.WEATHER, "snowing lightly | snowing gently | snowing softly",
          (("weather.snowfall", 0.35),)),
    Entry(Role.WEATHER, "dusting of snow | light dusting of snow | thin layer of snow"
          " | patches of snow | patchy snow | light snow on the ground | thin snow",
          (("weather.snow_cover", 0.35),)),
    Entry(Role.WEATHER, "fresh snow | freshly fallen snow | new snow | new-fallen snow"
          " | first snow"
          " | first snow of the year | first snow of winter",
          (("weather.snow_cover", 0.95),)),
    Entry(Role.WEATHER, "deep snow | thick blanket of snow | thick layer of snow",
          (("weather.snow_cover", 1),)),
    Entry(Role.WEATHER, "blizzard | snowstorm | snow storm",
          (("weather.snowfall", 1), ("weather.snow_cover", 1), ("weather.wind", 16))),
    Entry(Role.WEATHER, "drizzle | drizzling | light drizzle", (("weather.rain", 0.2),)),
    Entry(Role.WEATHER, "downpour | pouring rain | torrential rain | pouring | raining hard"
          " | raining heavily",
          (("weather.rain", 1),)),
    Entry(Role.WEATHER, "wet road | wet roads | wet streets | wet street | wet asphalt"
          " | glistening streets | rain-slicked streets | rain-soaked streets | wet pavement"
          " | reflected on wet asphalt | reflected on the wet asphalt | reflected in wet streets"
          " | reflected in the wet street | reflections on wet asphalt | wet reflections"
          " | reflections on the wet asphalt | reflections on the wet road"
          " | reflections in the wet street"
          " | reflections on the wet street", (("wet", True),), shown_by=WITH_TRAFFIC),
    Entry(Role.WEATHER, "wet | rain-soaked | rainswept | rain-slicked", (("wet", True),)),
    Entry(Role.WEATHER, "clear | clear sky | clear skies | clear air | clear weather | cloudless",
          (("sky", "clear"), ("weather.fog", 0), ("weather.snowfall", 0), ("weather.rain", 0))),
    Entry(Role.WEATHER, "dry | dry weather", (("weather.rain", 0),)),
    Entry(Role.WEATHER, "dry roads | dry streets", (("weather.rain", 0),), shown_by=WITH_TRAFFIC),
    Entry(Role.WEATHER, "calm | calm sea | still water | glassy water | mirror-still water"
          " | calm air | windless | still air | calm weather | still night",
          (("weather.wind", 0.5),)),
    Entry(Role.WEATHER, "gale | gale-force wind | stormy wind", (("weather.wind", 22),)),
    Entry(Role.WEATHER, "sunny | sun | sunlight | sunlit | sunshine | sunbeams | blue sky"
          " | blue skies | bright sun | bright sunny | sun rays"
          " | rays of sun", (("sunshine", True),)),
    Entry(Role.WEATHER, "broken cloud | broken clouds | scattered clouds | drifting clouds"
          " | fair-weather clouds | cumulus", (("sky", "broken"),)),
    Entry(Role.WEATHER, "moon | full moon", (("time.moon", 0.5),)),
    Entry(Role.WEATHER, "half moon", (("time.moon", 0.27),)),
    Entry(Role.WEATHER, "crescent moon | crescent", (("time.moon", 0.1),)),
    Entry(Role.WEATHER, "moonless | new moon", (("time.moon", 0),)),
    Entry(Role.WEATHER, "stars | starry | starry sky | starlit", (("stars", True),)),
    Entry(Role.WEATHER, "lightning | flashes of lightning | lightning flashes",
          (("weather.lightning", 0.5),), weak=True),
    Entry(Role.WEATHER, "thunderstorm | thunder | storm | stormy | electrical storm",
          (("weather.lightning", 0.6), ("weather.rain", 0.7), ("weather.wind", 14))),
    Entry(Role.WEATHER, "aurora | northern lights | aurora borealis", (("weather.aurora", 0.7),)),
)  # fmt: skip

LIFE = (
    Entry(Role.THING, "traffic | passing traffic | passing cars | cars passing | moving cars"
          " | vehicles | headlights | car headlights | car lights | driving cars"
          " | tail lights | taillights",
          thing="traffic", shown_by=WITH_TRAFFIC),
    Entry(Role.THING, "cars", thing="traffic", shown_by=WITH_TRAFFIC,
          note="parked cars belong to the place and stay; the words move only driving cars"),
    Entry(Role.THING, "chimney smoke | smoke | smoke from chimneys | smoke from the chimneys"
          " | smoking chimneys | chimneys smoking | smoke rising from chimneys | steam"
          " | smoke rising from the chimneys | steam from chimneys | steam rising from chimneys"
          " | chimney steam | plumes of smoke | plumes of steam | chimney plumes"
          " | chimneys are smoking | smoke rising | rising smoke | drifting smoke"
          " | smoke drifting",
          thing="smoke", shown_by=WITH_CHIMNEYS),
    Entry(Role.THING, "lit windows | windows lit | windows are lit | lighted windows"
          " | windows still lit | windows glowing | windows glow | glowing windows | window lights"
          " | illuminated windows | lit-up windows | house lights | lights in the windows"
          " | lights in windows | lights in the houses | warm windows"
          " | warm windows glowing | warmly lit windows | warm lit windows | bright windows"
          " | windows alight | of windows lit | of the windows lit", thing="lit windows",
          shown_by=WITH_WINDOWS),
    Entry(Role.THING, "dark windows | windows dark | windows are dark | unlit windows"
          " | windows unlit | darkened windows | windows are unlit | dark houses"
          " | sleeping houses",
          thing="dark windows", shown_by=WITH_WINDOWS),
    Entry(Role.THING, "street lamps | street lights | lamp posts | lamplight | street lighting"
          " | lamps | sodium lamps | street lamp light | glow of street lamps"
          " | pools of lamplight | pools of light | cast pools of light | casting pools of light",
          thing="street lamps", shown_by=WITH_LAMPS),
    Entry(Role.THING, "birds | bird | gulls | seagulls | flock of birds | flocks of birds | crows",
          thing="birds", shown_by=WITH_BIRDS),
    Entry(Role.THING, "trains | train | passing train | passing trains | moving train"
          " | freight train | freight trains | goods train | passenger train | commuter train"
          " | passing freight train | train passes | train passing | train passes by"
          " | train crosses | train crossing | train goes by | train rolls by | train rolls past"
          " | train passing by | freight train passes | freight train passing"
          " | freight train passes by | freight train crosses | freight train crossing"
          " | freight train goes by | freight train rolls by | freight train rolls past"
          " | freight train passing by | goods train passes | goods train passing"
          " | goods train passes by | goods train crosses | goods train crossing"
          " | goods train goes by | goods train rolls by | goods train rolls past"
          " | goods train passing by | passenger train passes | passenger train passing"
          " | passenger train passes by | passenger train crosses | passenger train crossing"
          " | passenger train goes by | passenger train rolls by | passenger train rolls past"
          " | passenger train passing by | commuter train passes | commuter train passing"
          " | commuter train passes by | commuter train crosses | commuter train crossing"
          " | commuter train goes by | commuter train rolls by | commuter train rolls past"
          " | commuter train passing by",
          thing="trains", shown_by=(Family.MAIN_STREET, Family.TERRACES),
          only_in=((Family.TERRACES, (Country.UNITED_KINGDOM,)),)),
    Entry(Role.LIFE, "street lamps on | street lights on | street lamps lit | street lamps burning"
          " | street lamps are on | street lights are on | lit street lamps | burning street lamps"
          " | glowing street lamps | street lamps glowing | glowing street lights | lamplit",
          (("life.lamps", True),), shown_by=WITH_LAMPS),
    Entry(Role.LIFE, "street lamps off | street lights off | street lamps out | street lights out"
          " | street lamps are off | street lights are off | street lights are out | unlit streets"
          " | street lamps dark | dark street lamps | unlit street lamps | power cut | blackout",
          (("life.lamps", False),), shown_by=WITH_LAMPS),
    Entry(Role.LIFE, "empty streets | empty roads | deserted streets | deserted roads"
          " | empty street | deserted street", (("life.traffic", 0),), shown_by=WITH_TRAFFIC),
    Entry(Role.LIFE, "empty | deserted", (("life.traffic", 0),)),
    Entry(Role.LIFE, "a single car | single car | one car | lone car | a lone car | solitary car"
          " | a car passes | a car passing | a passing car | a car drives by"
          " | car drives | car driving | car goes by | car drives through | car moves along",
          (("life.traffic", 0.1),), shown_by=WITH_TRAFFIC,
          note="cars are not counted: traffic is set low and their number follows the seed"),
    Entry(Role.LIFE, "busy streets | busy road | busy street", (("life.traffic", 0.7),),
          shown_by=LIVED_IN),
)  # fmt: skip
