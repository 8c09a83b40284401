"""French words that hold a sentence together or are refused: amounts, links, fillers, and never.

By the first English phrase of the entry (:mod:`generique.world.words.lexicon_grammar` and
:mod:`generique.world.words.lexicon_never`).
"""

from __future__ import annotations

from generique.world.words.lexicon_entry import spelled

AMOUNTS: dict[str, str] = {
    "no": "sans | pas de | pas d' | aucun | aucune | point de | pas un | pas une | sans aucun"
    " | sans aucune | nul | nulle | plus aucun | plus aucune | zéro",
    "faint": "très léger | très légère | très peu de | très peu d' | à peine de | un soupçon de"
    " | une trace de | infime | très faible | très fin | très fine",
    "light": "léger | légère | faible | fin | fine | un peu de | un peu d' | mince | clairsemé"
    " | clairsemée | légèrement",
    "few": "peu de | peu d' | quelques | rares | de rares | quelques rares | une poignée de"
    " | épars | éparses",
    "some": "certains | certaines | plusieurs",
    "moderate": "modéré | modérée | moyen | moyenne",
    "half": "moitié de | moitié des | la moitié des",
    "many": "beaucoup de | beaucoup d' | nombreux | nombreuses | de nombreux | de nombreuses"
    " | quantité de",
    "most": "la plupart des | plupart des | presque toutes les | presque tous les",
    "all": "toutes les | tous les | tout | toute | toutes",
    "heavy": "fort | forte | dense | épais | épaisse | abondant | abondante | intense"
    " | soutenu | soutenue | dru | drue",
    "very heavy": "très fort | très forte | très dense | très épais | très épaisse"
    " | très abondant | très abondante | extrême",
}

LINKS: dict[str, str] = {
    "or": "ou | ni",
    "and": "et | mais",
    "then": "puis | et puis | ensuite | suivi de | suivi d'",
    "at": "à | altitude | d'altitude | à une altitude de | à une hauteur de | hauteur | depuis"
    " | au-dessus du sol | d'une hauteur de",
    "up": "de haut | de hauteur | en l'air",
    "lens": "objectif | focale | focale de | angle de champ | d'angle de champ | de champ",
    "below the horizon": "sous l'horizon | incliné | inclinée | inclinaison | penché | penchée"
    " | incliné de | inclinée de",
    "moving": "travelling | en mouvement | se déplace | se déplaçant | glisse | glissant | vole"
    " | volant | flotte | flottant | dérive | en vol",
    "long": "durée | pendant | d'une durée de | durant | long",
    "aperture": "diaphragme | ouverture de | à une ouverture de | diaphragme de",
    "after": "après | au bout de | au bout d'",
    "speed": "vitesse | à une vitesse de | vitesse de | à la vitesse de",
}

NEVER: dict[str, str] = {
    "people": "gens | une personne | la personne | cette personne | homme"
    " | femme | hommes | enfant | piéton | foule | visage"
    " | silhouette humaine | humains | famille | promeneur | passant",
    "animal": "animal | animaux | chien | chat | lion | cerf | loup | renard | cheval | chevaux"
    " | vache | mouton",
    "sailing boat": "voilier | navire | ferry | paquebot | yacht",
    "kitchen": "cuisine | salle de bains | escalier | bureau",
    "park": "parc | aéroport | école | centre commercial | stade | château"
    " | cimetière | cascade | volcan | glacier | fjord | île | jungle | vignoble | verger"
    " | marais | tunnel | canyon | gorge | gorges | tour",
    "Germany": "Allemagne | allemand | allemande | Chine | chinois | chinoise | Australie"
    " | australien | australienne | Inde | indien | indienne | Mexique | mexicain | mexicaine"
    " | Espagne | espagnol | espagnole | Italie | italien | italienne | Suède | suédois"
    " | suédoise | Finlande | finlandais | finlandaise | Suisse | Autriche | autrichien"
    " | autrichienne | Belgique | belge | Irlande | irlandais | irlandaise | Afrique | africain"
    " | africaine | Asie | asiatique | Europe | européen | européenne | nordique | scandinave",
    "Paris": "Paris | Londres | Berlin | New York | Tokyo | Moscou | Los Angeles | Toronto"
    " | Montréal | Vancouver | Ottawa | Québec | Ontario | Alberta | Marseille | Lyon | Bretagne"
    " | Normandie | Écosse | Sahara | Sibérie | Provence",
    "Milky Way": "Voie lactée",
    "sleet": "grésil | grêle | tornade | inondation | arc-en-ciel | ouragan | avalanche"
    " | pluie verglaçante | tempête de sable | neige fondue",
    "zoom": "zoom | zoom avant | zoom arrière | ralenti"
    " | au ralenti | travelling compensé | caméra subjective",
    "close-up": "gros plan | très gros plan | plan moyen | plan rapproché | plan américain"
    " | plan taille | plan poitrine | plan serré | contrechamp | champ-contrechamp | insert"
    " | portrait | écran partagé | montage"
    " | fondu enchaîné | fondu",
    "text": "texte | titre | sous-titres | légende | logo | filigrane | écriture | inscription",
    "fire": "feu | incendie | explosion | voiture de police | gyrophare | ambulance | sirène"
    " | avion | hélicoptère | ovni | bus | autobus | chasse-neige | feu d'artifice"
    " | feux d'artifice | drapeau | guirlandes",
    "longer": "plus long | plus longue | plus court | plus courte | plus tard | plus tôt",
    "darker": "plus sombre | plus lumineux | plus lumineuse | plus clair de lumière",
}

WORDS: dict[str, str] = {**AMOUNTS, **LINKS, **NEVER}
"""All of them."""

FILLERS: frozenset[str] = frozenset(
    spelled(
        # grammar
        "le|la|les|un|une|des|du|de|d'|l'|au|aux|en|dans|sur|sous|par|pour|avec|ce|cet|cette|ces|c'"
        "|son|sa|ses|leur|notre|nos|il|elle|ils|elles|on|y|qui|que|qu'|dont|ne|n'|se|s'|est|sont"
        "|j'|m'|t'|jusqu'|lorsqu'|puisqu'|comme|entre|parmi|tandis que|alors que|pendant que|vers"
        "|le long de|le long du|autour|autour de|à travers|au-dessus|au-dessus de|au bord de"
        "|au bord|bord|au loin|au fond|au fond de"
        "|arrière-plan|à l'arrière-plan|entouré|entourée|ici|là"
        "|aussi|voit|voir|montre|montrer|montrant|nous"
        "|s'il vous plaît|s'il te plaît|merci|là où|depuis le"
        # what every shot is
        "|plan|vue|vu|prise|prise de vue|caméra|scène|image|vidéo|film|clip|séquence|ouverture"
        "|plan-séquence|ambiance|atmosphère|temps|par temps|à perte de vue|d'un seul tenant"
        "|plan d'ouverture|plan d'ensemble|plan de situation|mouvement|mouvement de caméra|angle"
        "|paisible|tranquille|silencieux|silencieuse|silence|endormi|endormie|ordinaire|typique"
        "|banal|banale"
        # praise and mood
        "|hyperréaliste|ultra-réaliste|détaillé|détaillée|très détaillé|très détaillée"
        "|cinématographique|réaliste|photoréaliste|documentaire|style documentaire|atmosphérique"
        "|beau|belle|magnifique|dramatique|inquiétant|inquiétante|mélancolique|mystérieux"
        "|mystérieuse|naturel|naturelle|évocateur|évocatrice|subtil|subtile|froid|froide|inventé"
        "|inventée|fictif|fictive|vaste|immense|solitaire"
        "|le même|la même|même|même lieu|encore|de nouveau|tout le reste|reste|partout|juste"
        "|seulement|toujours|une autre prise|autre prise"
    )
)
"""Words that change nothing; ``--explain`` shows them as fillers."""
