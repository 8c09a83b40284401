"""French words for families of places, for countries and for what each family shows.

By the first English phrase of the entry (:mod:`generique.world.words.lexicon_family`).
"""

from __future__ import annotations

PLACES: dict[str, str] = {
    "residential suburb": "banlieue résidentielle | banlieue | banlieues | quartier résidentiel"
    " | quartiers résidentiels | zone résidentielle | rue résidentielle | rues résidentielles"
    " | lotissement | zone pavillonnaire | quartier pavillonnaire | banlieue pavillonnaire"
    " | résidentiel | résidentielle",
    "terraced street": "rue de maisons mitoyennes | maisons mitoyennes | maisons en rangée"
    " | rangées de maisons mitoyennes | rangée de maisons mitoyennes | maisons victoriennes",
    "housing blocks": "immeubles collectifs | barres d'immeubles | barre d'immeubles"
    " | tours d'habitation | immeubles d'habitation | immeubles résidentiels | grands ensembles"
    " | grand ensemble | immeubles en béton | Plattenbau | immeubles préfabriqués | cité HLM"
    " | immeubles en panneaux",
    "main street": "rue principale | petite ville | bourg | centre-bourg | grand-rue"
    " | rue commerçante | petit bourg | rue principale d'une petite ville"
    " | rue principale de petite ville",
    "city": "ville | grande ville | centre-ville | métropole | urbain | urbaine | paysage urbain"
    " | rues de la ville | ville dense | grande métropole",
    "harbour": "port | havre | bassin portuaire",
    "industrial port": "port industriel | zone industrielle | zones industrielles"
    " | port de commerce | terminal à conteneurs | docks | zone portuaire | site industriel"
    " | quartier industriel | industriel | industrielle | port maritime",
    "farmland": "terres agricoles | ferme | prairie | prairies | champs de blé | champs labourés"
    " | campagne | plaine agricole | paysage agricole | terres cultivées | exploitation agricole",
    "boreal forest": "forêt boréale | taïga | forêt de sapins | forêt d'épicéas | forêt de pins"
    " | forêt de conifères | pinède | sapinière",
    "broad-leaved forest": "forêt de feuillus | forêt feuillue | hêtraie | chênaie"
    " | forêt de hêtres | forêt de chênes | forêt d'érables | érablière | bois de hêtres"
    " | bois de chênes",
    "frozen lake": "lac gelé | lac pris par la glace",
    "lake": "lac | bord du lac | bord de lac | rive d'un lac | rive du lac | rives du lac",
    "river": "rivière | vallée fluviale | fleuve | bord de rivière | bord de la rivière"
    " | rive d'une rivière",
    "sea coast": "côte | littoral | bord de mer | côte rocheuse | rivage | côtier | côtière"
    " | côte sauvage | côte maritime",
    "mountain valley": "vallée de montagne | montagne | vallée alpine | village de montagne"
    " | village alpin | alpin | alpine | haute montagne | paysage de montagne"
    " | chaîne de montagnes | montagneux | montagneuse",
    "desert": "désert | badlands | paysage désertique | désertique | désert de sable"
    " | plaine désertique | désert rocheux"
    " | route du désert | route à travers le désert",
    "highway": "autoroute | voie rapide | voies rapides | route à quatre voies",
    "busy highway": "autoroute chargée | autoroute encombrée | autoroute très fréquentée",
    "interior": "intérieur | intérieur d'un bâtiment | à l'intérieur",
    "corridor": "couloir | corridor | couloirs",
    "room": "pièce",
    "living room": "salon | salle de séjour | séjour",
    "bedroom": "chambre à coucher | chambre",
    "hotel room": "chambre d'hôtel",
    "hospital corridor": "couloir d'hôpital | couloir d'un hôpital",
    "office corridor": "couloir de bureaux | couloir d'un immeuble de bureaux",
    "hotel corridor": "couloir d'hôtel | couloir d'un hôtel",
}  # fmt: skip

COUNTRIES: dict[str, str] = {
    "Canada": "Canada | canadien | canadienne | au Canada",
    "United States": "États-Unis | américain | américaine | aux États-Unis | Amérique",
    "France": "France | français | française | en France",
    "United Kingdom": "Royaume-Uni | britannique | anglais | anglaise | Angleterre"
    " | Grande-Bretagne | au Royaume-Uni | en Angleterre",
    "Norway": "Norvège | norvégien | norvégienne | en Norvège",
    "Russia": "Russie | russe | en Russie | soviétique | post-soviétique",
    "Japan": "Japon | japonais | japonaise | au Japon",
}

SHOWN: dict[str, str] = {
    "houses": "maisons | toits | toitures | mer de toits | rangées de maisons | habitations",
    "family houses": "maisons individuelles | pavillons | maisons de banlieue | bungalows"
    " | maisons unifamiliales",
    "village": "village | petit village | rue de village",
    "shops": "boutiques | magasins | devantures | vitrines | commerces",
    "diner": "diner | château d'eau",
    "grain elevator": "élévateur à grains | élévateurs à grains",
    "tram": "tram | tramway | rails du tramway",
    "playgrounds": "aires de jeux | aire de jeux | balcons",
    "skyline": "gratte-ciel | silhouette de la ville | tours de verre | tours de bureaux"
    " | grands immeubles | hautes tours | skyline | horizon urbain",
    "harbour cranes": "grues portuaires | grues du port | portiques | grues à conteneurs"
    " | grues de quai | grues géantes",
    "containers": "conteneurs | piles de conteneurs | conteneurs empilés | containers",
    "factory": "usine | raffinerie | raffinerie de pétrole | entrepôt | cheminées d'usine"
    " | réservoirs de pétrole | cuves | bâtiments industriels",
    "quay": "quai",
    "container ship": "porte-conteneurs | cargo",
    "rail yard": "gare de triage | wagons de marchandises | wagons",
    "fields": "champs | grands champs | vastes champs",
    "barn": "grange | corps de ferme | bâtiments de ferme | grange rouge",
    "grain silo": "silo à grain | silo | silo à grains",
    "hedges": "haies | bocage",
    "forest": "forêt | bois | forêt dense | forêt profonde | forêt épaisse",
    "conifers": "conifères | épicéas | sapins | résineux",
    "pines": "pins",
    "cabin": "cabane | cabane en rondins",
    "clearing": "clairière | chemin forestier | piste forestière",
    "ponds": "étangs | étang | tour de guet",
    "beeches": "hêtres | chênes | érables | feuillus | arbres feuillus",
    "cliffs": "falaises | hautes falaises | falaises de craie | falaises rocheuses",
    "lighthouse": "phare | phare sur la falaise | phare sur une falaise | phare sur les falaises",
    "beach": "plage | grève | baie | promontoire | brise-lames | rochers",
    "fishing harbour": "port de pêche | village de pêcheurs | petit port | bateaux de pêche",
    "boats": "bateaux | bateau | bateaux amarrés",
    "jetty": "ponton | embarcadère",
    "bridge": "pont | ponts",
    "sea": "mer | océan | pleine mer | haute mer",
    "waves": "vagues | ressac | houle | déferlantes | vagues qui se brisent"
    " | vagues qui se brisent sur les rochers | vagues qui se brisent sur les falaises"
    " | vagues se brisant sur les rochers | vagues contre les falaises"
    " | vagues contre les rochers | vagues qui déferlent",
    "water": "eau | eaux | surface de l'eau",
    "far shore": "rive opposée | autre rive | rives boisées",
    "banks": "berges | rives",
    "snow-capped peaks": "sommets enneigés | pics enneigés | cimes enneigées | sommets neigeux",
    "church": "église | clocher | clocher de l'église | flèche de l'église",
    "railway": "voie ferrée | voies ferrées | chemin de fer | rails",
    "filling station": "station-service",
    "peaks": "sommets | pics | cimes | versants | pentes | crêtes | vallée | vallée profonde"
    " | fond de la vallée",
    "dunes": "dunes | dunes de sable | sable",
    "mesas": "mesas | formations rocheuses | buttes",
    "overpass": "échangeur | bretelles | portiques de signalisation | viaduc routier",
    "signs": "enseignes | panneaux",
    "traffic lights": "feux de circulation | feux tricolores",
    "lanes": "voies de circulation | chaussées | glissières de sécurité | terre-plein central"
    " | glissières",
    "streets": "rues",
    "road": "routes",
    "trees": "arbres | silhouettes d'arbres",
    "buildings": "bâtiments | immeubles",
    "windows": "fenêtres | vitres",
    "sidewalks": "trottoirs",
    "street corners": "coins de rue | carrefours | intersections | croisements | carrefour"
    " | croisement"
    " | intersection | coin de rue",
    "parked cars": "voitures garées | voitures stationnées | voitures en stationnement",
    "chimneys": "cheminées",
    "front doors": "portes d'entrée",
    "driveways": "allées | pelouses | jardins | clôtures | garages | porches | porche"
    " | allées de garage | impasse | lumières de porche",
    "wheel tracks": "traces de pneus | traces de roues",
    "distant lights": "lumières lointaines | lumières au loin | lumières de la ville"
    " | lueur de la ville | lueur lointaine",
    "horizon": "horizon | ciel | ciel nocturne | ciel de nuit",
    "walls": "murs | sol | plafond",
    "outside": "dehors | extérieur | à l'extérieur | au-dehors | EXT",
    "nobody": "il n'y a personne | personne | sans personne | aucune personne | âme qui vive"
    " | sans âme qui vive | personne en vue",
}

HOMOGRAPHS = {
    "grues": "harbour cranes", "phares": "traffic", "où": "", "personnes": "people",
}  # fmt: skip
"""Exact spellings and the entry that they mean; none makes a filler of it."""

WORDS: dict[str, str] = {**PLACES, **COUNTRIES, **SHOWN}
"""All of them."""
