"""French words for the hour, the season, the weather and the life in a place.

By the first English phrase of the entry (:mod:`generique.world.words.lexicon_time` and
:mod:`generique.world.words.lexicon_place`).
"""

from __future__ import annotations

from generique.world.words.lexicon_change import IN_FRENCH

TIMES: dict[str, str] = {
    "night": "nuit | de nuit | la nuit | en pleine nuit | pleine nuit | nocturne | clair de lune"
    " | au clair de lune | tard dans la nuit | tard le soir | tard en soirée | fin de soirée"
    " | nuit tombée",
    "midnight": "minuit",
    "dead of night": "au milieu de la nuit | cœur de la nuit | nuit noire",
    "dark": "sombre | obscurité | dans l'obscurité | dans le noir",
    "dawn": "aube | à l'aube | avant l'aube | juste avant l'aube | aurore | lever du jour"
    " | point du jour | premières lueurs | petit matin | au petit matin"
    " | petit jour | au petit jour"
    " | premières lueurs du jour | avant le lever du soleil",
    "sunrise": "lever du soleil | lever de soleil | soleil levant | le soleil se lève"
    " | soleil qui se lève",
    "dusk": "crépuscule | soir | soirée | tombée de la nuit | à la tombée de la nuit"
    " | entre chien et loup | nuit tombante | début de soirée | lumière du soir"
    " | après le coucher du soleil",
    "blue hour": "heure bleue",
    "sunset": "coucher du soleil | coucher de soleil | soleil couchant | le soleil se couche"
    " | soleil qui se couche | couchant",
    "golden hour": "heure dorée | lumière dorée | heure magique",
    "morning": "matin | matinée | début de matinée | lumière du matin | lumière matinale"
    " | dans la lumière du matin",
    "noon": "midi | en plein midi | plein midi",
    "afternoon": "après-midi | fin d'après-midi | début d'après-midi | fin de journée"
    " | milieu d'après-midi",
    "overcast day": "jour couvert | journée couverte | jour gris | journée grise | lumière grise"
    " | jour nuageux | lumière plate",
    "overcast morning": "matin gris | matin couvert | matinée grise",
    "overcast afternoon": "après-midi gris | après-midi couvert",
    "overcast noon": "midi couvert | midi gris",
    "daylight": "jour | de jour | journée | plein jour | en plein jour | lumière du jour",
}

SEASONS: dict[str, str] = {
    "winter": "hiver | hivernal | hivernale | en hiver | plein hiver | fin d'hiver | décembre"
    " | janvier | février",
    "spring": "printemps | printanier | printanière | avril | début de printemps"
    " | fin de printemps",
    "summer": "été | fin d'été | fin de l'été | plein été | début d'été | début de l'été"
    " | estival | estivale | en été | juin | juillet"
    " | août",
    "autumn": "automne | automnal | automnale | fin d'automne | début d'automne"
    " | plein automne | septembre | octobre | novembre",
    "bare trees": "arbres nus | arbres dénudés | branches nues | arbres sans feuilles"
    " | arbres dépouillés",
    "leafy": "arbres verts | feuillage vert | arbres en feuilles | verdoyant | verdoyante",
    "green lawns": "pelouses vertes | jardins verts",
    "autumn leaves": "feuilles d'automne | couleurs d'automne | feuillage d'automne"
    " | couleurs automnales",
}

WEATHER: dict[str, str] = {
    "overcast": "couvert | couverte | nuageux | nuageuse | ciel gris | ciel couvert"
    " | ciel nuageux | nuages | nuages bas | temps couvert | ciel bas",
    "snow": "neige",
    "birds": "oiseaux | oiseau | mouette | mouettes | vol d'oiseaux | nuée d'oiseaux | goélands"
    " | corbeaux",
    "snowfall": "chute de neige | neige qui tombe | il neige | neige tombante | neige tombe"
    " | flocons | flocons de neige",
    "snow cover": "enneigé | enneigée | couvert de neige | couverte de neige"
    " | recouvert de neige | recouverte de neige | manteau de neige | manteau neigeux"
    " | neige au sol | neige sur le sol | tapis de neige",
    "snow on the roofs": "neige sur les toits | toits enneigés | toits blancs"
    " | toits couverts de neige",
    "snow on the lawns": "neige sur les pelouses | pelouses enneigées",
    "rain": "pluie | pluvieux | pluvieuse | il pleut | pluie qui tombe",
    "fog": "brouillard | banc de brouillard | nappes de brouillard | brouillard givrant",
    "mist": "brume | brumeux | brumeuse",
    "haze": "brume sèche | brume de chaleur | voile de brume",
    "wind": "vent | venteux | venteuse",
    "breeze": "brise",
    "flurries": "quelques flocons | rares flocons | quelques flocons de neige",
    "gently falling snow": "neige tombant doucement | neige qui tombe doucement"
    " | neige tombe doucement | neige tombant lentement | flocons tombant doucement"
    " | neige tombe lentement",
    "heavily falling snow": "neige tombant à gros flocons | il neige abondamment"
    " | neige qui tombe à gros flocons | neige à gros flocons",
    "snowing lightly": "il neige légèrement | il neige doucement",
    "dusting of snow": "fine couche de neige | mince couche de neige | plaques de neige",
    "fresh snow": "neige fraîche | neige fraîchement tombée | neige nouvelle | première neige"
    " | premières neiges",
    "deep snow": "neige profonde | épais manteau de neige | épaisse couche de neige",
    "blizzard": "blizzard | tempête de neige",
    "drizzle": "bruine | crachin",
    "downpour": "averse | il pleut à verse | il pleut des cordes | il pleut fort"
    " | pluie torrentielle | pluie battante | trombes d'eau | pluie diluvienne",
    "wet road": "rue mouillée | route mouillée | asphalte mouillé | chaussée mouillée"
    " | bitume mouillé | reflets sur l'asphalte mouillé | reflets sur la chaussée mouillée"
    " | rues mouillées | reflets sur le bitume mouillé | pavé mouillé",
    "wet": "mouillé | mouillée | trempé | trempée",
    "clear": "clair | claire | ciel clair | ciel dégagé | temps clair | dégagé | dégagée"
    " | sans nuages",
    "dry": "sec | sèche | temps sec",
    "dry roads": "routes sèches | rues sèches | route sèche | rue sèche",
    "calm": "calme | mer calme | eau dormante | eau comme un miroir | air calme | temps calme"
    " | sans un souffle | nuit calme",
    "gale": "coup de vent | vent violent | vent de tempête",
    "sunny": "soleil | ensoleillé | ensoleillée | rayons de soleil | ciel bleu | grand soleil"
    " | plein soleil",
    "broken cloud": "nuages épars | éclaircies | quelques nuages | cumulus | ciel changeant",
    "moon": "lune | pleine lune",
    "half moon": "demi-lune",
    "crescent moon": "croissant de lune",
    "moonless": "sans lune | nouvelle lune | nuit sans lune",
    "stars": "étoiles | étoilé | étoilée | ciel étoilé | nuit étoilée",
    "lightning": "éclair | éclairs | foudre",
    "thunderstorm": "orage | orageux | orageuse | tempête | tonnerre",
    "aurora": "aurore boréale | aurores boréales | aurore polaire",
}

LIFE: dict[str, str] = {
    "traffic": "circulation | trafic | voitures qui passent | voitures en mouvement | véhicules"
    " | phares de voitures | circulation automobile | feux de voitures"
    " | feux arrière",
    "cars": "voitures",
    "chimney smoke": "fumée | fumée des cheminées | fumée de cheminée | cheminées fumantes"
    " | cheminées qui fument | panaches de fumée | vapeur | fumée qui s'élève | fumée qui monte",
    "lit windows": "fenêtres éclairées | fenêtres allumées | fenêtres illuminées"
    " | fenêtres sont éclairées | fenêtres encore éclairées | lumières aux fenêtres"
    " | lumières dans les maisons | lumières des maisons",
    "dark windows": "fenêtres sombres | fenêtres éteintes | fenêtres noires"
    " | fenêtres sont éteintes | maisons sombres | maisons endormies",
    "street lamps": "lampadaires | réverbères | éclairage public | lampadaires au sodium"
    " | lueur des lampadaires | halos des lampadaires | flaques de lumière",
    "trains": "trains | train | train qui passe | un train passe | train passe"
    " | train de marchandises | train qui traverse",
    "street lamps on": "lampadaires allumés | réverbères allumés | lampadaires sont allumés"
    " | lampadaires éclairés",
    "street lamps off": "lampadaires éteints | réverbères éteints | lampadaires sont éteints"
    " | coupure de courant | panne d'électricité | rues non éclairées",
    "empty streets": "rues vides | rues désertes | routes désertes | route vide",
    "empty": "vide | déserte",
    "a single car": "une seule voiture | une voiture qui passe | une voiture passe"
    " | voiture isolée | voiture solitaire",
    "busy streets": "rues animées | rue passante | route chargée | rues encombrées",
}

WORDS: dict[str, str] = {**TIMES, **SEASONS, **WEATHER, **LIFE, **IN_FRENCH}
"""All of them."""
