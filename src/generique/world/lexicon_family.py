"""Words for families of places, for countries, and for what each family always shows.

This is the table to extend when a grammar learns to build something: add the family to the row of
the noun, or add a row. A noun is granted where its row lists the family of the prompt, and
refused by name elsewhere; so a family stands in a row only when **every** place of it shows the
thing. The row of each noun in French is in :mod:`generique.world.lexicon_fr_family`, under the
noun's first English phrase.
"""

from __future__ import annotations

from generique.world.lexicon_entry import Entry, Role
from generique.world.scene import Country, Family

F = Family

LIVED_IN = (F.SUBURB, F.TERRACES, F.BLOCKS, F.MAIN_STREET, F.CITY)
"""Families that consist of streets and buildings."""
WOODED = (F.BOREAL_FOREST, F.BROADLEAF_FOREST)
UNDER_THE_SKY = tuple(family for family in Family if family is not Family.INTERIOR)
WITH_TREES = (F.SUBURB, *WOODED, F.FARMLAND, F.LAKE, F.RIVER, F.MOUNTAINS)
WITH_TRAFFIC = (*LIVED_IN, F.HIGHWAY)
WITH_LAMPS = (*LIVED_IN, F.INDUSTRY, F.HIGHWAY)
WITH_WINDOWS = (*LIVED_IN, F.MOUNTAINS)
WITH_CHIMNEYS = (F.SUBURB, F.TERRACES, F.MAIN_STREET, F.MOUNTAINS, F.INDUSTRY)

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
          " | street of row houses", names=(F.TERRACES,)),
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
    Entry(Role.PLACE, "port | harbour | harbor | industrial port | container port | seaport"
          " | container terminal | docks | dockside | industrial area | industrial zone"
          " | industrial district | industrial estate | industrial"
          " | commercial port | cargo port", names=(F.INDUSTRY,)),
    Entry(Role.PLACE, "farmland | farm | prairie | farm country | rolling farmland | farm fields"
          " | agricultural land | agricultural plain | wheat fields | crop fields"
          " | ploughed fields | plowed fields | open farmland | flat farmland",
          names=(F.FARMLAND,)),
    Entry(Role.PLACE, "boreal forest | taiga | spruce forest | pine forest | fir forest"
          " | coniferous forest | conifer forest | evergreen forest | northern forest | spruce wood"
          " | spruce woods | pine wood | pine woods | dense spruce forest | dense pine forest",
          names=(F.BOREAL_FOREST,)),
    Entry(Role.PLACE, "broad-leaved forest | broadleaf forest | broadleaved forest"
          " | deciduous forest | beech forest | oak forest | maple forest | beech wood"
          " | beech woods | oak wood | oak woods | maple woods | deciduous woods"
          " | deciduous woodland | hardwood forest | leafy forest", names=(F.BROADLEAF_FOREST,)),
    Entry(Role.PLACE, "lake | lakeside | lakeshore | lake shore | shore of a lake",
          names=(F.LAKE,)),
    Entry(Role.PLACE, "river | riverside | riverbank | river bank | winding river"
          " | meandering river", names=(F.RIVER,)),
    Entry(Role.PLACE, "sea coast | coast | coastline | coastal | seaside | seashore | rocky coast"
          " | sea shore | shoreline | rugged coast | wild coast", names=(F.COAST,)),
    Entry(Role.PLACE, "mountain valley | mountains | mountain | alpine valley | alpine"
          " | alpine village | mountain village | mountain landscape | high mountains"
          " | deep mountain valley | village in the mountains | mountain range",
          names=(F.MOUNTAINS,)),
    Entry(Role.PLACE, "desert | badlands | desert landscape | sandy desert | desert plain"
          " | open desert | rocky desert", names=(F.DESERT,)),
    Entry(Role.PLACE, "highway | motorway | freeway | expressway | interstate"
          " | dual carriageway", names=(F.HIGHWAY,)),
    Entry(Role.PLACE, "busy highway | busy motorway | busy freeway | highway in heavy traffic",
          (("life.traffic", 0.7),), names=(F.HIGHWAY,)),
    Entry(Role.PLACE, "interior | indoors | inside a building | interior corridor | corridor"
          " | hallway | room | interior of a building | indoor | inside", names=(F.INTERIOR,)),
)  # fmt: skip
"""What names a place firmly: two families in one prompt contradict each other."""

SHOWN = (
    # These name a place where the prompt has no firmer word, and belong to it where it has.
    Entry(Role.SHOWN, "houses | homes | rooftops | roofs | house roofs | sea of rooftops"
          " | roofscape | rows of houses | rows of homes | residences | house",
          names=(F.SUBURB,), shown_by=(F.TERRACES, F.MAIN_STREET, F.MOUNTAINS)),
    Entry(Role.SHOWN, "family houses | family homes | single-family houses | single-family homes"
          " | detached houses | detached homes | suburban houses | suburban homes | bungalows",
          names=(F.SUBURB,)),
    Entry(Role.SHOWN, "village | small village | little village | village street",
          names=(F.MAIN_STREET,), shown_by=(F.MOUNTAINS,)),
    Entry(Role.SHOWN, "shops | shop fronts | shopfronts | storefronts | stores | shop windows",
          names=(F.MAIN_STREET,)),
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
    Entry(Role.SHOWN, "quay | quays | wharf | wharves | quayside", names=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "fields | field | open fields | wide fields", names=(F.FARMLAND,)),
    Entry(Role.SHOWN, "barn | barns | red barn | farmhouse | farm buildings | farmstead",
          names=(F.FARMLAND,)),
    Entry(Role.SHOWN, "grain silo | silos | silo | grain silos | grain elevator",
          names=(F.FARMLAND,)),
    Entry(Role.SHOWN, "forest | woods | woodland | dense forest | deep forest | wood"
          " | thick forest", names=(F.BROADLEAF_FOREST, F.BOREAL_FOREST),
          shown_by=(F.MOUNTAINS, F.LAKE, F.RIVER)),
    Entry(Role.SHOWN, "conifers | evergreens | spruces | firs | spruce trees | fir trees"
          " | coniferous trees", names=(F.BOREAL_FOREST,), shown_by=(F.SUBURB, F.MOUNTAINS)),
    Entry(Role.SHOWN, "pines | pine trees", names=(F.BOREAL_FOREST,)),
    Entry(Role.SHOWN, "beeches | oaks | maples | beech trees | oak trees | maple trees"
          " | deciduous trees | broad-leaved trees", names=(F.BROADLEAF_FOREST,)),
    Entry(Role.SHOWN, "cliffs | sea cliffs | high cliffs | chalk cliffs | rocky cliffs",
          names=(F.COAST,)),
    Entry(Role.SHOWN, "lighthouse | lighthouse on a cliff | lighthouse on the cliffs",
          names=(F.COAST,)),
    Entry(Role.SHOWN, "beach | sandy beach | strand", names=(F.COAST,)),
    Entry(Role.SHOWN, "sea | ocean | open sea | open ocean", names=(F.COAST,),
          shown_by=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "waves | surf | swell | breakers", names=(F.COAST,)),
    Entry(Role.SHOWN, "water | waters | water surface", names=(F.LAKE, F.RIVER, F.COAST),
          shown_by=(F.INDUSTRY,)),
    Entry(Role.SHOWN, "far shore | opposite shore | wooded shore | wooded shores",
          names=(F.LAKE,)),
    Entry(Role.SHOWN, "banks | both banks | wooded banks", names=(F.RIVER,)),
    Entry(Role.SHOWN, "peaks | mountain peaks | summits | mountain slopes | slopes | mountainside"
          " | ridges | valley | deep valley | valley floor", names=(F.MOUNTAINS,)),
    Entry(Role.SHOWN, "dunes | sand dunes | sand | desert sand", names=(F.DESERT,)),
    Entry(Role.SHOWN, "canyon | mesas | buttes | mesa | rock formations | canyons",
          names=(F.DESERT,)),
    Entry(Role.SHOWN, "lanes | carriageways | crash barriers | guard rails | median strip"
          " | carriageway", names=(F.HIGHWAY,)),
    # These belong to their places and name none.
    Entry(Role.SHOWN, "streets | street", shown_by=LIVED_IN),
    Entry(Role.SHOWN, "road | roads", shown_by=(*LIVED_IN, F.HIGHWAY, *WOODED, F.FARMLAND)),
    Entry(Role.SHOWN, "trees | silhouettes of trees", shown_by=WITH_TREES),
    Entry(Role.SHOWN, "buildings", shown_by=(*LIVED_IN, F.INDUSTRY)),
    Entry(Role.SHOWN, "windows", shown_by=LIVED_IN),
    Entry(Role.SHOWN, "sidewalks | pavements", shown_by=LIVED_IN),
    Entry(Role.SHOWN, "street corners | intersections | crossings",
          shown_by=(F.SUBURB, F.CITY)),
    Entry(Role.SHOWN, "parked cars", shown_by=(F.SUBURB, F.TERRACES, F.MAIN_STREET)),
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
