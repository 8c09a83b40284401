"""Near meanings: what to suggest for a word that is refused. They only ever suggest.

Written by hand, so that the suggestions are as explainable as the rest, and so that no trained
embedding, whose weights come from the works of others, comes with the renderer
(docs/decisions/0022-near-meanings-by-hand.md). Each row is a phrase of the lexicon and the words
that may have meant it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generique.model.speech import SPEECHES, Speech
from generique.model.vocabulary import phrase_key
from generique.world.words.lexicon_entry import spelled

ENGLISH: dict[str, str] = {
    "residential suburb": "exurb | commuter belt | bedroom community | cottages | villas"
    " | mansion | burbs | homestead | outskirts",
    "terraced street": "townhouses | brownstones | mews | Victorian houses | back-to-backs",
    "housing blocks": "tenements | projects | flats | council flats | banlieue | khrushchyovka"
    " | condominiums | social housing | apartments",
    "main street": "village green | market square | square | plaza | marketplace"
    " | parade of shops | hamlet | borough | pub | cafe",
    "city": "megalopolis | megacity | metropolitan | inner city | capital | civic"
    " | financial district | boulevard | avenue | uptown",
    "skyline": "skyscraping | rooflines",
    "port": "marina | pier | dry dock | shipyard | boatyard | haven | anchorage",
    "industrial area": "steelworks | mill | foundry | power plant | power station | mine | quarry"
    " | plant | works | chemical plant | brownfield",
    "farmland": "rural | meadow | pasture | plains | steppe | grassland | hills"
    " | rolling hills | ranch | cornfield | crops | hay | acreage | plain | moor",
    "barn": "shed | stable | outbuilding | cowshed",
    "boreal forest": "tundra | subarctic | wilderness | backwoods | timberland",
    "broad-leaved forest": "grove | copse | thicket | greenwood | birches | birch forest | glade",
    "lake": "loch | reservoir | lagoon | tarn | mere",
    "river": "stream | creek | brook | canal | waterway | delta | estuary",
    "sea coast": "cove | cape | peninsula | gulf | promontory | tide",
    "lighthouse": "beacon | light tower",
    "mountain valley": "alps | highlands | foothills | glen | ravine | cliffside"
    " | chalets | chalet | alpine meadow",
    "desert": "wasteland | arid | outback | barren | dust | drylands | savanna | oasis",
    "highway": "turnpike | autobahn | bypass | ring road | flyover bridge | tollway | byway"
    " | toll road | thruway",
    "interior": "lobby | vestibule | chamber | passage | apartment | parlour | attic | basement"
    " | warehouse interior | studio | stage",
    "night": "evening sky | darkling | after hours | nightly | overnight | gloom | shadowy",
    "dawn": "cockcrow | rosy light | daybreaking",
    "dusk": "eventide | crepuscular",
    "overcast day": "gloomy day | bleak | leaden sky | murky | dreary | drab",
    "winter": "chilly | frosty | freezing | icy | frozen | frigid | wintery | Christmas | frost",
    "summer": "hot | balmy | warm | sweltering | heatwave | scorching",
    "spring": "blossoming | blooming | thaw | vernal | March | May",
    "autumn": "harvest | golden leaves | fallen leaves | Halloween",
    "snow": "sleeting | powder | slush | whiteout | snowdrifts | snowbank | icicles",
    "rain": "shower | showers | soggy | damp | monsoon | wet weather | puddles",
    "downpour": "deluge | cloudburst | tempest | rainstorm",
    "fog": "smog | brume | vapour | vapor | murk | cloudbank | pea soup",
    "wind": "gust | gusty | blustery | draught | squall",
    "calm": "placid | stillness | windstill",
    "clear": "crystal clear | unclouded | bright sky | visibility",
    "traffic": "automobiles | lorries | commuters | congestion | vans | taxis"
    " | motorcycles | driver | motorists",
    "chimney smoke": "fumes | soot | exhaust | hearth | fireplace | smog plumes",
    "lit windows": "lamps in windows | glow | glimmer | illuminated | lighting | illumination",
    "street lamps": "lanterns | floodlights | spotlights",
    "shop signs": "neon | neon signs | billboards",
    "empty streets": "abandoned | desolate | lifeless | ghost town | forsaken | unoccupied",
    "push-in": "sprint | charge | dive | swoop | soar | soaring | enter | walk | walking | drive"
    " | driving through",
    "pull-back": "recede | receding | leave | leaving",
    "truck": "strafe | lateral slide | sidestep | parallel",
    "crane up": "elevate | levitate | tower over | take off | ascension",
    "orbit": "spiral | spin | spinning | rotate | rotating | revolve | revolving | turning"
    " | encircle",
    "static": "frozen frame | freeze | immobile | stopped | standstill",
    "slow": "sluggish | languid | lazy | patient | glacial | plodding | unhurriedly",
    "fast": "hurried | hasty | speedy | frenetic | frantic | dashing",
    "aerial": "plane view | helicopter shot | satellite view | quadcopter | UAV | sky view",
    "wide": "panoramic | panorama | broad | expansive | vista",
    "handheld": "jittery | wobbly | found footage | vérité | jerky",
    "smooth": "fluid | flowing | effortless | seamless",
}  # fmt: skip
"""Suggestions in English."""

FRENCH: dict[str, str] = {
    "banlieue résidentielle": "villas | villa | cité-jardin | périphérie | quartier | quartiers"
    " | faubourg | maisonnettes",
    "rue de maisons mitoyennes": "corons | maisons de ville | maisons ouvrières | alignements",
    "immeubles collectifs": "cité | HLM | appartements | ZUP",
    "rue principale": "place du village | marché | bourgade | commune | chef-lieu | café | place",
    "ville": "mégalopole | mégapole | capitale | agglomération | boulevard | avenue",
    "port": "marina | chantier naval | jetée | mouillage",
    "zone industrielle": "aciérie | centrale | mine | carrière | fonderie | friche"
    " | hauts fourneaux",
    "terres agricoles": "pâturage | pâturages | steppe | pré | prés | ferme isolée"
    " | rural | rurale | collines | colline | lande",
    "grange": "étable | hangar | remise | écurie",
    "forêt boréale": "toundra | grand nord | mélèzes | sapinière sauvage",
    "forêt de feuillus": "bosquet | taillis | bouleaux | sous-bois | futaie",
    "lac": "mare | réservoir | lagune | plan d'eau",
    "rivière": "ruisseau | torrent | canal | cours d'eau | estuaire | delta",
    "côte": "crique | cap | presqu'île | golfe | anse | marée",
    "phare": "balise | feu côtier",
    "vallée de montagne": "ravin | chalets | chalet | alpage | alpages"
    " | contreforts",
    "désert": "aride | étendue aride | poussière | savane | oasis | terres arides",
    "autoroute": "périphérique | rocade | péage",
    "intérieur": "hall d'entrée | vestibule | antichambre | appartement | grenier | cave | studio"
    " | plateau",
    "nuit": "obscur | ténèbres | ombre",
    "aube": "pointe du jour",
    "crépuscule": "brune",
    "jour couvert": "grisaille | temps gris | morne | maussade",
    "hiver": "glacé | glacial | gelé | givre | verglas | Noël | gel",
    "été": "chaud | canicule | torride",
    "printemps": "floraison | bourgeons | dégel | mars | mai",
    "automne": "vendanges | feuilles dorées | feuilles mortes | Toussaint",
    "neige": "poudreuse | congères | congère | gadoue",
    "pluie": "averse passagère | ondée | humide | humidité | mousson | flaques | flaque",
    "averse": "déluge | trombes",
    "brouillard": "brouillasse | vapeur d'eau | smog | purée de pois | nuée",
    "vent": "bourrasque | bourrasques | rafale | rafales | mistral | bise",
    "calme": "accalmie | immobilité | quiétude",
    "circulation": "automobiles | camions"
    " | taxis | motos",
    "fumée": "suie | foyer",
    "fenêtres éclairées": "lumières | lueur | lueurs | éclairage | illuminations",
    "lampadaires": "lanternes | lanterne | projecteurs",
    "enseignes": "néons | néon | panneaux publicitaires",
    "rues vides": "abandonné | abandonnée | désolé | désolée | ville fantôme",
    "travelling avant": "foncer | marcher | marche | course | entrer",
    "travelling arrière": "quitter | éloignement",
    "travelling latéral": "glissade | parallèle",
    "mouvement de grue vers le haut": "élévation | décollage",
    "orbite": "spirale | tournoyer | rotation | tour complet | pivoter",
    "plan fixe": "arrêt sur image | figé | figée | arrêté",
    "lent": "traînant | paresseux | languissant | posé",
    "rapide": "hâtif | frénétique | pressé | précipité",
    "vue aérienne": "vue satellite",
    "plan large": "panorama | panoramique large | étendu",
    "caméra à l'épaule": "tremblotant | tremblotante | caméra tremblée | nerveuse",
    "fluide": "coulant | sans à-coups",
}  # fmt: skip
"""Suggestions in French."""


NEAR: dict[str, dict[str, str]] = {"en": ENGLISH, "fr": FRENCH}
"""By language."""


@cache
def _table(language: str) -> Mapping[str, str]:
    """What to suggest, by the key of the word."""
    spoken = SPEECHES[language]
    return {
        phrase_key(word, spoken): said
        for said, words in NEAR[language].items()
        for word in spelled(words)
    }


def meant(word: str, spoken: Speech) -> str:
    """A phrase of the lexicon that a refused word may have meant; empty when none is near.

    Args:
        word: As written, at most one row's phrase long.
        spoken: The language that it was read in.
    """
    return _table(spoken.language).get(phrase_key(word[:60], spoken), "")
