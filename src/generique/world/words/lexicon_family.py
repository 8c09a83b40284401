"""Words for families of places, for countries, and for what each family always shows.

This is the table to extend when a grammar learns to build something: add the family to the row of
the noun, or add a row. A noun is granted where its row lists the family of the prompt, and
refused by name elsewhere; so a family stands in a row only when **every** place of it shows the
thing, or names the countries where it does in ``only_in``. The row of each noun in French is in
:mod:`generique.world.words.lexicon_fr_family`, under the noun's first English phrase.
"""

from __future__ import annotations

from generique.world.scene import Country, Family, Room
from generique.world.words.lexicon_entry import Entry, Role

F = Family

LIVED_IN = (F.SUBURB, F.TERRACES, F.BLOCKS, F.MAIN_STREET, F.CITY)
"""Families that consist of streets and buildings."""
WOODED = (F.BOREAL_FOREST, F.BROADLEAF_FOREST)
UNDER_THE_SKY = tuple(family for family in Family if family is not Family.INTERIOR)
SETTLED = (F.FARMLAND, F.LAKE, F.RIVER, F.COAST, F.MOUNTAINS, *WOODED)
"""Families with few houses, of which somebody lives in some."""
WITH_TREES = (F.SUBURB, F.BLOCKS, F.CITY, F.HIGHWAY, *WOODED, F.FARMLAND, F.LAKE, F.RIVER,
              F.MOUNTAINS)  # fmt: skip
WITH_TRAFFIC = (*LIVED_IN, F.HIGHWAY)
WITH_LAMPS = (*LIVED_IN, F.INDUSTRY, F.HIGHWAY, F.COAST)
WITH_WINDOWS = (*LIVED_IN, *SETTLED)
WITH_BIRDS = (F.COAST, F.LAKE, F.RIVER)
"""Families over which flocks circle."""
WITH_CHIMNEYS = (*LIVED_IN, F.INDUSTRY, *SETTLED)

NORTH_AMERICA = (Country.CANADA, Country.UNITED_STATES)
WESTERN_EUROPE = (Country.FRANCE, Country.UNITED_KINGDOM)


def _room(room: Room, phrases: str) -> Entry:
    return Entry(Role.PLACE, phrases, (("place.room", room.value),), names=(F.INTERIOR,))


PLACES = (
    Entry(Role.PLACE, "residential suburb | suburb | suburbs | suburbia | suburban"
          " | residential area | residential neighbourhood | residential neighborhood"
          " | residential district | residential quarter | residential street"
          " | residential streets | suburban street | suburban neighbourhood"
          " | suburban neighborhood | suburban area | suburban development | neighbourhood"
          " | neighborhood | subdivision | housing development | housing tract | residential",
          names=(F.SUBURB,)),
    Entry(Role.PLACE, "terraced street | terraced houses | street of terraced houses | row houses"
          " | rows of terraced houses | brick terraces | terraces of houses | terraced housing"
          " | street of row houses | Victorian terraced houses | Victorian terraces"
          " | Victorian terrace | Victorian terraced street"
          " | Victorian terraced house", names=(F.TERRACES,)),
    Entry(Role.PLACE, "housing blocks | tower blocks | apartment blocks | apartment buildings"
          " | blocks of flats | block of flats | Plattenbau | Plattenbauten | panel blocks"
          " | panel buildings | panel housing | prefabricated blocks | concrete housing blocks"
          " | high-rise estate | high-rise housing | microdistrict | housing estate"
          " | council estate | residential blocks", names=(F.BLOCKS,)),
    Entry(Role.PLACE, "main street | small-town main street | main street of a small town"
          " | small town | high street | town centre | town center | small-town street"
          " | little town | small-town | town", names=(F.MAIN_STREET,)),
    Entry(Role.PLACE, "city | downtown | city centre | city center | cityscape | big city"
          " | large city | dense city | metropolis | urban | city streets | city street"
          " | dense city centre", names=(F.CITY,)),
    Entry(Role.PLACE, "industrial port | container port | seaport"
          " | container terminal | docks | dockside | industrial area | industrial zone"
          " | industrial district | industrial estate | industrial"
          " | commercial port | cargo port", names=(F.INDUSTRY,)),
    Entry(Role.PLACE, "harbour | harbor | port", names=(F.INDUSTRY, F.COAST)),
    Entry(Role.PLACE, "farmland | farm | prairie | farm country | rolling farmland | farm fields"
          " | agricultural land | agricultural plain | wheat fields | crop fields"
          " | ploughed fields | plowed fields | open farmland | flat farmland | countryside"
          " | open country",
          names=(F.FARMLAND,)),
    Entry(Role.PLACE, "boreal forest | taiga | spruce forest | pine forest | fir forest"
          " | coniferous forest | conifer forest | evergreen forest | northern forest"
          " | spruce wood"
          " | spruce woods | pine wood | pine woods | dense spruce forest | dense pine forest",
          names=(F.BOREAL_FOREST,)),
    Entry(Role.PLACE, "broad-leaved forest | broadleaf forest | broadleaved forest"
          " | deciduous forest | beech forest | oak forest | maple forest | beech wood"
          " | beech woods | oak wood | oak woods | maple woods | deciduous woods"
          " | deciduous woodland | hardwood forest | leafy forest", names=(F.BROADLEAF_FOREST,)),
    Entry(Role.PLACE, "frozen lake | icy lake | lake under ice",
          (("season", "winter"), ("weather.snow_cover", 0.6)), names=(F.LAKE,)),
    Entry(Role.PLACE, "lake | lakeside | lakeshore | lake shore | shore of a lake",
          names=(F.LAKE,), shown_by=(F.MOUNTAINS,),
          only_in=((F.MOUNTAINS, (Country.NORWAY, Country.CANADA)),)),
    Entry(Role.PLACE, "river | riverside | riverbank | river bank | winding river"
          " | meandering river | river valley", names=(F.RIVER,), shown_by=(F.MOUNTAINS,),
          only_in=((F.MOUNTAINS, (Country.FRANCE, Country.UNITED_STATES)),)),
    Entry(Role.PLACE, "sea coast | coast | coastline | coastal | seaside | seashore | rocky coast"
          " | sea shore | shoreline | rugged coast | wild coast", names=(F.COAST,)),
    Entry(Role.PLACE, "mountain valley | mountains | mountain | alpine valley | alpine"
          " | alpine village | mountain village | mountain landscape | high mountains"
          " | deep mountain valley | village in the mountains | mountain range",
          names=(F.MOUNTAINS,)),
    Entry(Role.PLACE, "desert | badlands | desert landscape | sandy desert | desert plain"
          " | open desert | rocky desert | desert road | desert highway"
          " | road through the desert | highway through the desert", names=(F.DESERT,)),
    Entry(Role.PLACE, "highway | motorway | freeway | expressway | interstate"
          " | dual carriageway", names=(F.HIGHWAY,)),
    Entry(Role.PLACE, "busy highway | busy motorway | busy freeway | highway in heavy traffic",
          (("life.traffic", 0.7),), names=(F.HIGHWAY,)),
    Entry(Role.PLACE, "interior | indoors | inside a building | interior of a building | indoor"
          " | inside", names=(F.INTERIOR,),
          note="which room or corridor it is follows from the seed of the place"),
    Entry(Role.PLACE, "corridor | interior corridor | hallway | corridors",
          (("place.room", Room.CORRIDOR.value),), weak=True, names=(F.INTERIOR,),
          note="which corridor it is follows from the seed of the place"),
    Entry(Role.PLACE, "room", (("place.room", Room.LIVING.value),), weak=True,
          names=(F.INTERIOR,)),
    _room(Room.LIVING, "living room | sitting room | lounge"),
    _room(Room.BEDROOM, "bedroom | bed room | sleeping room"),
    _room(Room.HOTEL_ROOM, "hotel room | room in a hotel | room of a hotel | motel room"),
    _room(Room.HOSPITAL, "hospital corridor | hospital hallway | corridor of a hospital"),
    _room(Room.OFFICE, "office corridor | office hallway | corridor of an office building"),
    _room(Room.HOTEL, "hotel corridor | hotel hallway | corridor of a hotel"),
)  # fmt: skip
"""What names a place firmly: two families in one prompt contradict each other."""

SHOWN = (
    # These name a place where the prompt has no firmer word, and belong to it where it has.
    Entry(Role.SHOWN, "houses | homes | rooftops | roofs | house roofs | sea of rooftops"
          " | roofscape | rows of houses | rows of homes | residences | house",
          names=(F.SUBURB,), shown_by=(F.TERRACES, F.MAIN_STREET, F.MOUNTAINS, F.COAST)),
    Entry(Role.SHOWN, "family houses | family homes | single-family houses | single-family homes"
          " | detached houses | detached homes | suburban houses | suburban homes | bungalows",
          names=(F.SUBURB,)),
    Entry(Role.SHOWN, "village | small village | little village | village street",
          names=(F.MAIN_STREET,), shown_by=(F.MOUNTAINS, F.COAST, F.FARMLAND),
          only_in=((F.FARMLAND, WESTERN_EUROPE),)),
    Entry(Role.SHOWN, "shops | shop fronts | shopfronts | storefronts | stores | shop windows",
          names=(F.MAIN_STREET,), shown_by=(F.CITY,)),
    Entry(Role.SHOWN, "diner | water tower | theatre front", names=(F.MAIN_STREET,)),
    Entry(Role.SHOWN, "grain elevator | grain elevators", names=(F.MAIN_STREET,)),
    Entry(Role.SHOWN, "tram | trams | tramway | tram tracks", names=(F.BLOCKS,)),
    Entry(Role.SHOWN, "playgrounds | playground | courtyards | balconies", names=(F.BLOCKS,)),
    Entry(Role.SHOWN, "skyline | city skyline | skyscrapers | high-rise buildings | high-rises"
          " | high-rise | office towers | tall buildings | glass towers",
          names=(F.CITY,)),
    Entry(Role.SHOWN, "harbour cranes | harbor cranes | port cranes | container cranes"
          " | gantry cranes | dock cranes | dockside cranes | loading cranes | giant cranes",
          names=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "containers | shipping containers | stacks of containers"
          " | stacked containers | container stacks", names=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "factory | factory buildings | refinery | oil refinery | storage tanks"
          " | oil tanks | smokestacks | factory chimneys | warehouses | industrial plant",
          names=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "quay | quays | wharf | wharves | quayside", names=(F.INDUSTRY,),
          shown_by=(F.COAST,)),
    Entry(Role.SHOWN, "container ship | cargo ship | freighter | ship alongside",
          names=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "rail yard | freight wagons | wagons | railway wagons | sidings",
          names=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "fields | field | open fields | wide fields", names=(F.FARMLAND,),
          shown_by=(F.HIGHWAY,)),
    Entry(Role.SHOWN, "barn | barns | red barn | farmstead | farmhouse | farm buildings",
          names=(F.FARMLAND,), only_in=((F.FARMLAND, NORTH_AMERICA),)),
    Entry(Role.SHOWN, "grain silo | silos | silo | grain silos", names=(F.FARMLAND,),
          only_in=((F.FARMLAND, NORTH_AMERICA),)),
    Entry(Role.SHOWN, "hedges | hedgerows", names=(F.FARMLAND,),
          only_in=((F.FARMLAND, WESTERN_EUROPE),)),
    Entry(Role.SHOWN, "forest | woods | woodland | dense forest | deep forest | wood"
          " | thick forest", names=(F.BROADLEAF_FOREST, F.BOREAL_FOREST),
          shown_by=(F.MOUNTAINS, F.LAKE, F.RIVER)),
    Entry(Role.SHOWN, "conifers | evergreens | spruces | firs | spruce trees | fir trees"
          " | coniferous trees", names=(F.BOREAL_FOREST,), shown_by=(F.SUBURB, F.MOUNTAINS)),
    Entry(Role.SHOWN, "cabin | log cabin | cabin in a clearing", names=(F.BOREAL_FOREST,),
          shown_by=(F.BROADLEAF_FOREST, F.LAKE)),
    Entry(Role.SHOWN, "clearing | forest track | forest road | track | winding track",
          names=(F.BOREAL_FOREST, F.BROADLEAF_FOREST)),
    Entry(Role.SHOWN, "ponds | pond | fire tower", names=(F.BOREAL_FOREST,)),
    Entry(Role.SHOWN, "pines | pine trees", names=(F.BOREAL_FOREST,)),
    Entry(Role.SHOWN, "beeches | oaks | maples | beech trees | oak trees | maple trees"
          " | deciduous trees | broad-leaved trees", names=(F.BROADLEAF_FOREST,)),
    Entry(Role.SHOWN, "cliffs | sea cliffs | high cliffs | chalk cliffs | rocky cliffs",
          names=(F.COAST,)),
    Entry(Role.SHOWN, "lighthouse | lighthouse on a cliff | lighthouse on the cliffs",
          names=(F.COAST,)),
    Entry(Role.SHOWN, "beach | strand | bay | headland | breakwater | rocks", names=(F.COAST,)),
    Entry(Role.SHOWN, "fishing harbour | fishing harbor | fishing village | little harbour"
          " | small harbour | fishing boats", names=(F.COAST,)),
    Entry(Role.SHOWN, "boats | boat | moored boats", shown_by=(F.COAST, F.LAKE)),
    Entry(Role.SHOWN, "jetty | wooden jetty | landing stage", names=(F.LAKE,)),
    Entry(Role.SHOWN, "bridge | bridges", shown_by=(F.RIVER, F.HIGHWAY)),
    Entry(Role.SHOWN, "sea | ocean | open sea | open ocean", names=(F.COAST,),
          shown_by=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "waves | surf | swell | breakers | crashing waves | waves crashing"
          " | breaking waves"
          " | waves breaking | waves break | waves crash | waves rolling in | waves roll in"
          " | waves breaking on the rocks | waves break on the rocks | waves crash on the rocks"
          " | waves breaking against the cliffs | waves break against the cliffs"
          " | waves break against cliffs | waves crash against the cliffs"
          " | waves crashing against the cliffs | waves crashing against cliffs"
          " | waves crashing on the rocks | waves crashing against the rocks"
          " | waves crash against the rocks | waves break against the rocks"
          " | waves breaking against the rocks | waves crashing on the shore"
          " | waves breaking on the shore | waves breaking on the beach",
          names=(F.COAST,)),
    Entry(Role.SHOWN, "water | waters | water surface", names=(F.LAKE, F.RIVER, F.COAST),
          shown_by=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "far shore | opposite shore | wooded shore | wooded shores",
          names=(F.LAKE,)),
    Entry(Role.SHOWN, "banks | both banks | wooded banks", names=(F.RIVER,)),
    Entry(Role.SHOWN, "snow-capped peaks | snow-covered peaks | snowy peaks"
          " | snow-capped mountains"
          " | snowy summits", names=(F.MOUNTAINS,)),
    Entry(Role.SHOWN, "church | church steeple | church spire | church tower | steeple | spire",
          shown_by=(F.MAIN_STREET, F.TERRACES, F.MOUNTAINS)),
    Entry(Role.SHOWN, "railway | railroad | railway line | railway tracks | train tracks"
          " | railroad tracks", shown_by=(F.MAIN_STREET, F.INDUSTRY, F.TERRACES),
          only_in=((F.TERRACES, (Country.UNITED_KINGDOM,)),)),
    Entry(Role.SHOWN, "filling station | gas station | petrol station | service station",
          shown_by=(F.DESERT, F.MAIN_STREET, F.HIGHWAY)),
    Entry(Role.SHOWN, "peaks | mountain peaks | summits | mountain slopes | slopes | mountainside"
          " | ridges | valley | deep valley | valley floor", names=(F.MOUNTAINS,)),
    Entry(Role.SHOWN, "dunes | sand dunes | sand | desert sand", names=(F.DESERT,)),
    Entry(Role.SHOWN, "mesas | buttes | mesa | rock formations", names=(F.DESERT,)),
    Entry(Role.SHOWN, "overpass | interchange | ramps | gantries | overhead signs",
          names=(F.HIGHWAY,)),
    Entry(Role.SHOWN, "signs | shop signs", shown_by=(F.CITY,)),
    Entry(Role.SHOWN, "traffic lights | traffic signals", shown_by=(F.CITY, F.MAIN_STREET)),
    Entry(Role.SHOWN, "lanes | carriageways | crash barriers | guard rails | median strip"
          " | carriageway", names=(F.HIGHWAY,)),
    # These belong to their places and name none.
    Entry(Role.SHOWN, "streets | street", shown_by=LIVED_IN),
    Entry(Role.SHOWN, "road | roads", shown_by=(*LIVED_IN, F.HIGHWAY, *WOODED, F.FARMLAND, F.RIVER,
                                                  F.MOUNTAINS, F.DESERT)),
    Entry(Role.SHOWN, "trees | silhouettes of trees", shown_by=WITH_TREES),
    Entry(Role.SHOWN, "buildings", shown_by=(*LIVED_IN, F.INDUSTRY)),
    Entry(Role.SHOWN, "windows", shown_by=(*LIVED_IN, F.INTERIOR), furnishing="window"),
    Entry(Role.SHOWN, "sidewalks | pavements", shown_by=LIVED_IN),
    Entry(Role.SHOWN, "street corners | intersections | crossings | crossroads | street corner"
          " | intersection"
          " | road junction",
          shown_by=(F.SUBURB, F.CITY)),
    Entry(Role.SHOWN, "parked cars", shown_by=LIVED_IN),
    Entry(Role.SHOWN, "chimneys", shown_by=(F.SUBURB, F.TERRACES)),
    Entry(Role.SHOWN, "front doors", shown_by=(F.SUBURB, F.TERRACES)),
    Entry(Role.SHOWN, "driveways | lawns | yards | front yards | back yards | gardens | fences"
          " | garages | porches | porch lights | cul-de-sac | cul-de-sacs | culs-de-sac"
          " | dead ends | suburban road", shown_by=(F.SUBURB,)),
    Entry(Role.SHOWN, "wheel tracks | tyre tracks | tire tracks", shown_by=(F.SUBURB,)),
    Entry(Role.SHOWN, "distant lights | lights in the distance | distant city lights"
          " | city lights | glow of the city | distant glow", shown_by=(F.SUBURB, F.CITY)),
    Entry(Role.SHOWN, "horizon | sky | night sky", shown_by=UNDER_THE_SKY),
    Entry(Role.SHOWN, "walls | floor | ceiling", shown_by=(F.INTERIOR,)),
    Entry(Role.SHOWN, "outside | outdoors | open air | EXT | exterior", shown_by=UNDER_THE_SKY),
    Entry(
        Role.NOBODY,
        "nobody | no one | no-one | nobody around | no one around | no soul | not a soul"
        " | unpeopled",
        note="no people are ever shown",
    ),
)  # fmt: skip
"""What stands in places. A prompt that names one is granted it by its family, or refused."""


def _country(country: Country, phrases: str) -> Entry:
    return Entry(Role.COUNTRY, phrases, (("place.country", country.value),))


COUNTRIES = (
    _country(Country.CANADA, "Canada | Canadian | in Canada"),
    _country(Country.UNITED_STATES, "United States | American | America | USA | in the USA"
             " | in America | United States of America | in the United States"),
    _country(Country.FRANCE, "France | French | in France"),
    _country(Country.UNITED_KINGDOM, "United Kingdom | British | Britain | England | English | UK"
             " | Great Britain | in England | in Britain | in the UK | in the United Kingdom"),
    _country(Country.NORWAY, "Norway | Norwegian | in Norway"),
    _country(Country.RUSSIA, "Russia | Russian | in Russia | Soviet | post-Soviet"),
    _country(Country.JAPAN, "Japan | Japanese | in Japan"),
)  # fmt: skip
"""A country is too large to be a place; architecture, roads and plants follow from it."""

HOMOGRAPHS = {"cranes": "harbour cranes"}
"""Exact spellings that mean another entry than their singular does ("crane" is a move)."""
