"""What the vocabulary pages say beside their tables, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generique.world.reasons.notes import NOTES_IN_FRENCH
from generique.world.scene import Family
from generique.world.words.lexicon_entry import Role
from generique.world.words.reading import LONGEST_SECONDS, SHORTEST_SECONDS
from generique.world.words.refusing import LONGEST_PROMPT


class PageTexts(NamedTuple):
    """The prose of a page.

    Attributes:
        roles: Headings by role.
        words_become: Head of the common table.
        notes: Translations of remarks and reasons; those missing are shown as they are.
    """

    introduction: str
    roles: Mapping[Role, str]
    words_become: tuple[str, str]
    shown_by: tuple[str, str]
    things: tuple[str, str, str]
    because: tuple[str, str]
    fillers: str
    cues: str
    amount: str
    every_place: str
    unless: str
    go: str
    strengths: str
    notes: Mapping[str, str]


IN_ENGLISH = PageTexts(
    introduction=f"""# The words that `world` understands

This page is written from the lexicon; a test keeps it current. The same words in French stand in
[world-vocabulary.fr.md](world-vocabulary.fr.md). Case, accents, hyphens, plural and possessive
endings do not matter, and the longest phrase wins. A prompt has at most {LONGEST_PROMPT}
characters, is in English or in French, and names a place. A word that is not on this page is
refused by name, with what it may have meant where that is known.

`generique shoot "..." --explain` shows what became of each word, and in which language the prompt
was read: the one that understands more of it. `--write-scene FILE` writes the scene as
[TOML](formats/scene.md) to edit.

## How a sentence is read

- A word for a place names its family: "harbour", "prairie". Two families in one prompt are refused
  as a contradiction. A noun of what stands there ("lighthouse", "houses") names a family only where
  no such word is said, and goes with every family that shows it: "houses" with a main street.
- A noun that the family always shows is granted; one that it does not show is refused. "A harbour
  with driveways" is refused, and so are street lamps in a forest.
- The country changes what is built. When none is named, the first that the family knows is taken.
- An amount belongs to the next thing: "light snow", "few lit windows", "light, drifting snow".
- "No" reaches over a list closed with "or": "no snow, rain or fog". After "no", a list closed with
  "and" is refused as ambiguous. "No people" is granted, for none are ever shown; "no trees" is
  refused where every such place has them. "No cars" stops the driving ones; parked cars stay.
- A general word gives way to an amount ("snow ... light snow"); two amounts that differ, or "no"
  and a mention, are refused as a contradiction. So are two moves, two hours ("noon at midnight"),
  snow in summer, falling snow with rain (that is sleet), sunshine at night or in rain, stars and
  northern lights by day, lightning from a clear sky, and wet streets without rain.
- Of two names of one hour the narrower wins: "afternoon, golden hour". An hour that the sun does
  not make on that day at that latitude is refused.
- "Snow" falls and lies; "light snow" alone is a snowfall of 0.35 over a cover of 0.85. "Snowy"
  and "snow-covered" only lie.
- The speed is the camera's. "Slow traffic" is refused.
- "Then" between two moves joins them: "crane up, then slow orbit left". What is said of speed and
  direction belongs to its own move; the moves share the length.
- "Through the window" joins a room and the place outside in one take, from the one that is named
  first to the other, or as "out through" and "in through" say. Outside is the place that is named:
  a suburb, farmland, a lake, a sea coast, a mountain valley, a forest or a city; else the suburb,
  and for a hotel room, which lies high over a city only, that city. "Out of a cabin window", "the
  window of a chalet": it is the room's house, in any open land. A push-in beside it is the same
  move; a pull-back is refused. A corridor has no window, and every other place outside is refused;
  so are rain and falling snow.
- "View from a bedroom window", "looking out of the window at the sea", "a view of the city from a
  hotel room", "a bedroom with a view of the sea": the camera stays in the room and looks out. With
  a push-in, a speed or an easing it goes out.
- A season in a room is granted: the sun and the trees before its window follow it. A corridor shows
  none, and a remark says so.
- A thing in a room may be mentioned ("a bedroom with a bed"): it is there already, and nothing
  changes. What the room does not have is refused by name, and so are two of what it has one of.
- "At 3 s" and "after 4 seconds" say when what stands beside them begins: "at 3 s the last window
  goes dark", "after 4 seconds it begins to snow". Alone they are refused.
- "Focus on the red house", "focus at 4 m", "rack focus from the church to the diner at 2 s": the
  subject is a landmark of the place, and has to be in the picture when the focus comes to it.
  "f/1.8" is the aperture.
- "Push in on the church", "pull back from the sofa", "orbit around the lighthouse" look at it all
  the while, where it is a landmark of the place; else the move goes ahead, and a remark says so.
  A landmark that is named by its colour ("the red house") is looked at without a move too.
- "Framed on the church, left third, 40 % of the frame" says where the subject lies and how large.
- "Backlit" turns the sky so that the sun stands before the camera; where a direction of view is
  named, the sun has to be there.
- Numbers: seconds or frames ({SHORTEST_SECONDS:g} to {LONGEST_SECONDS:g} s) are the length;
  "at 60 m", "60 metres up" the height; "4 m/s" the speed, after "wind" the wind's; "24 mm" the lens;
  "60 degrees field of view" too; "tilted 20 degrees" the pitch; "90 degree shutter"; "30 % of
  the windows lit"; "3 am" is the hour, in local solar time.

## When nothing is said

| field | taken |
|---|---|
| country | the first that the family knows |
| time | day under an overcast sky, in the middle of the season, at the latitude of the country, with a full moon; the sky is turned so that its light stands well in the picture, unless a direction of view is named |
| season | winter with snow or bare trees, summer with green ones, else autumn |
| weather | no snow, no rain, fog 0.15, wind 3 m/s, cloud 0.35 (1 where no hour is named); snow that falls also lies; lightning brings cloud 0.85 |
| life | traffic 0.3; chimney smoke 0.3, none in summer; 44 % of the windows lit at night and dusk, 25 % at dawn, 8 % by day; street lamps burn while the sun is down |
| move | push-in when an aerial, a speed or an easing is named, else static |
| direction | truck and pan right, crane up, orbit left |
| height | 62 m; a quarter of the extent in a smaller place, at least 18 m; 2 m in a room, 1.5 m through its window or before it |
| pitch | below 6 m a little upwards, so that the sky takes 56 % of the height; 3 degrees in a room; 16 at 62 m, at most 30; at 62 m less where a place stands tall or lies wide, from 4 in mountains to 12 over fields; 3 where northern lights, stars or lightning are named |
| heading | north, along the main street |
| speed | 4.6 m/s push-in and pull-back, 3.5 truck and orbit, 2.2 crane; below 6 m 1.4, 1.2 and 0.5; in a room 0.5, 0.3 and 0.05, through its window 2.2; 6 degrees a second pan, 4 tilt, 120 whip; the words for speed multiply it |
| aperture, focus | none, everything is sharp; f/2.8 where only a focus is named; with an aperture the focus is where the middle of the picture meets the ground, 8 m below 6 m of height, 2.5 m in a room |
| lens, easing, hand | 31 mm (60 degrees); linear; 0.3, a drone in light wind, and 0 for "static" |
| length | six seconds |
""",  # noqa: E501 -- table rows are single lines
    roles={role: role.value for role in Role},
    words_become=("words", "become"),
    shown_by=("words", "shown by (bold where the noun alone names the place)"),
    things=("words", "field", "amounts"),
    because=("words", "because"),
    fillers="Fillers, which change nothing",
    cues="Beside a number or in a list these help; alone they change nothing or are refused:",
    amount="amount",
    every_place="only in",
    unless="unless said otherwise",
    go="*Go* is any of",
    strengths="The words with `scale` also come with",
    notes={},
)

_ROLES_IN_FRENCH = {
    Role.PLACE: "Lieux",
    Role.COUNTRY: "Pays",
    Role.SHOWN: "Ce que les lieux montrent",
    Role.NOBODY: "Personne",
    Role.TIME: "Heure du jour",
    Role.SEASON: "Saison",
    Role.WEATHER: "Le temps en un mot",
    Role.LIFE: "Signes de vie en un mot",
    Role.THING: "Choses en quantité",
    Role.AMOUNT: "Quantités",
    Role.CHANGE: "Changements, pour une autre prise",
    Role.BECOMES: "Changements pendant le plan",
    Role.FRAMING: "Cadre",
    Role.MOVE: "Mouvements de caméra",
    Role.TURN: "Directions d'un mouvement",
    Role.SPEED: "Vitesse",
    Role.EASING: "Départ et arrêt",
    Role.HAND: "Main",
    Role.HEIGHT: "Hauteur",
    Role.ANGLE: "Inclinaison",
    Role.LENS: "Objectif",
    Role.FOCUS: "Mise au point",
    Role.HEADING: "Direction du regard",
    Role.CUE: "Mots qui accompagnent un nombre",
    Role.LINK: "Liens",
    Role.NEVER: "Connus et refusés",
}

IN_FRENCH = PageTexts(
    introduction=f"""# Les mots que `world` comprend

Cette page est écrite d'après le lexique ; un test la tient à jour. Les mêmes mots en anglais sont
dans [world-vocabulary.md](world-vocabulary.md). La casse, les accents, les traits d'union et les
pluriels n'importent pas ; la locution la plus longue l'emporte. Une demande a au plus
{LONGEST_PROMPT} caractères, est en français ou en anglais et nomme un lieu. Un mot qui n'est pas sur
cette page est refusé par son nom, avec ce qu'il voulait peut-être dire.

`generique shoot "..." --explain` montre ce que devient chaque mot, et dans quelle langue la demande
a été lue : celle qui en comprend le plus. `--write-scene FICHIER` écrit la scène en
[TOML](formats/scene.md), à modifier.

## Comment une phrase est lue

- Un mot de lieu nomme sa famille : « port », « prairie ». Deux familles dans une demande se
  contredisent et sont refusées. Un nom de ce qui s'y trouve (« phare », « maisons ») ne nomme une
  famille que si aucun mot de lieu n'est dit, et va avec chaque famille qui le montre.
- Ce que la famille montre toujours est accordé ; ce qu'elle ne montre pas est refusé : « un port avec
  des pelouses », des lampadaires dans une forêt.
- Le pays change ce qui est bâti. S'il n'est pas dit, c'est le premier que la famille connaît.
- Une quantité va à la chose qui la suit ou, adjectif, à celle qui la précède : « peu de fenêtres
  éclairées », « forte pluie », « neige légère », « brouillard épais ».
- « Sans » et « pas de » portent sur une liste fermée par « ni » ou « ou » : « sans neige ni pluie ».
  Fermée par « et », elle est ambiguë et refusée.
- Un adjectif qui suit un nom le décrit : « maisons basses » est refusé, car le lieu a ses propres
  maisons ; « vue aérienne basse » parle de la caméra.
- « Neige » tombe et tient ; « neige légère » est une chute de 0,35 sur une couche de 0,85.
  « Enneigé » et « couvert de neige » tiennent seulement.
- Deux heures (« midi à minuit »), deux mouvements, deux quantités différentes se contredisent et sont
  refusés ; de même la neige en été, neige et pluie ensemble, le soleil la nuit ou sous la pluie, étoiles
  et aurores de jour, l'éclair d'un ciel clair, les rues mouillées sans pluie. De deux noms d'une même
  heure le plus étroit l'emporte : « après-midi, heure dorée ».
- La vitesse est celle de la caméra.
- « Puis » entre deux mouvements les enchaîne : « grue vers le haut, puis lente orbite à gauche ». Vitesse
  et direction vont à leur mouvement ; les mouvements se partagent la durée.
- « À travers la fenêtre » joint une pièce et le lieu au-dehors en une prise, du lieu nommé le
  premier à l'autre, ou comme « sort par » et « entre par » le disent. Au-dehors est le lieu nommé :
  une banlieue, des terres agricoles, un lac, une côte, une vallée de montagne, une forêt ou une
  ville ; sinon la banlieue, et pour une chambre d'hôtel, qui ne se trouve qu'en haut d'un immeuble
  en ville, cette ville. « La fenêtre d'une cabane », « d'un chalet » : c'est la maison de la pièce,
  dans toute campagne ouverte. Un travelling avant auprès d'elle est le même mouvement ; un
  travelling arrière est refusé. Un couloir n'a pas de fenêtre, et tout autre lieu au-dehors est
  refusé ; de même la pluie et la neige qui tombe.
- « Vue de la mer depuis la fenêtre de la chambre », « vue sur la ville depuis une chambre d'hôtel »,
  « une chambre avec vue sur la mer » : la caméra reste dans la pièce et regarde par la fenêtre. Avec
  un travelling avant, une vitesse ou un départ, elle sort.
- Une saison dans une pièce est accordée : le soleil et les arbres devant sa fenêtre la suivent. Un
  couloir n'en montre aucune, et une remarque le dit.
- Une chose qui se trouve dans une pièce peut être nommée (« une chambre avec un lit ») : elle y est
  déjà, et rien ne change. Ce que la pièce n'a pas est refusé par son nom, de même que plusieurs
  exemplaires de ce qu'elle n'a qu'une fois.
- « À 3 s » et « après 4 secondes » disent quand commence ce qui les touche : « à 3 s la dernière
  fenêtre s'éteint », « après 4 secondes il commence à neiger ». Seuls, ils sont refusés.
- « Mise au point sur la maison rouge », « mise au point à 4 m », « bascule de point de l'église à la
  maison à 2 s » : le sujet est un repère du lieu, et doit être dans l'image quand le point y arrive.
  « f/1,8 » est l'ouverture.
- « Travelling avant sur l'église », « travelling arrière depuis le canapé », « orbite autour du
  phare » regardent leur but sans cesse, si c'est un repère du lieu ; sinon le mouvement va devant
  soi, et une remarque le dit. Un repère nommé par sa couleur (« la maison rouge ») est regardé sans
  mouvement aussi.
- « Cadré sur l'église, dans le tiers gauche, 40 % du cadre » dit où est le sujet, et sa taille.
- « À contre-jour » tourne le ciel pour que le soleil soit devant la caméra ; si une direction du
  regard est nommée, il doit s'y trouver.
- Nombres : secondes ou images ({SHORTEST_SECONDS:g} à {LONGEST_SECONDS:g} s) sont la durée ;
  « à 60 m », « 60 mètres de haut » la hauteur ; « 4 m/s » la vitesse, après « vent » celle du vent ;
  « 24 mm » l'objectif ; « incliné de 20 degrés » l'inclinaison ; « obturateur à 90 degrés » ;
  « 30 % des fenêtres éclairées » ;
  « 3 h » est l'heure solaire du lieu. La virgule est décimale.

## Quand rien n'est dit

| champ | pris |
|---|---|
| pays | le premier que la famille connaît |
| heure | jour sous un ciel couvert, au milieu de la saison, à la latitude du pays, pleine lune ; le ciel est tourné pour que sa lumière tombe bien, sauf si une direction du regard est nommée |
| saison | hiver avec neige ou arbres nus, été avec arbres verts, sinon automne |
| temps | ni neige ni pluie, brouillard 0,15, vent 3 m/s, nuages 0,35 (1 si aucune heure n'est nommée) ; la neige qui tombe tient aussi ; l'éclair amène des nuages de 0,85 |
| vie | circulation 0,3 ; fumée 0,3, aucune en été ; 44 % des fenêtres éclairées la nuit et au crépuscule, 25 % à l'aube, 8 % le jour ; lampadaires allumés tant que le soleil est couché |
| mouvement | travelling avant si une vue aérienne, une vitesse ou un départ est nommé, sinon plan fixe |
| direction | latéral et panoramique à droite, grue vers le haut, orbite à gauche |
| hauteur | 62 m ; un quart de l'étendue d'un lieu plus petit, au moins 18 m ; 2 m dans une pièce, 1,5 m par sa fenêtre ou devant elle |
| inclinaison | 3 degrés au sol, 16 à 62 m, au plus 30 ; à 62 m moins où le lieu est haut ou vaste, de 4 en montagne à 12 sur des champs ; 3 quand on nomme une aurore boréale, des étoiles ou des éclairs |
| regard | nord, le long de la rue principale |
| vitesse | 4,6 m/s avant et arrière, 3,5 latéral et orbite, 2,2 grue ; sous 6 m 1,4, 1,2 et 0,5 ; dans une pièce 0,5, 0,3 et 0,05, par sa fenêtre 2,2 ; panoramique 6 degrés par seconde, vertical 4, filé 120 ; les mots de vitesse la multiplient |
| ouverture, mise au point | aucune, tout est net ; f/2,8 si seule une mise au point est nommée ; avec une ouverture le point est là où le milieu de l'image touche le sol, 8 m sous 6 m de hauteur, 2,5 m dans une pièce |
| objectif, départ, main | 31 mm (60 degrés) ; constant ; 0,3, un drone par vent léger, et 0 pour « plan fixe » |
| durée | six secondes |
""",  # noqa: E501 -- table rows are single lines
    roles=_ROLES_IN_FRENCH,
    words_become=("mots", "deviennent"),
    shown_by=("mots", "montré par (en gras où le nom seul nomme le lieu)"),
    things=("mots", "champ", "quantités"),
    because=("mots", "parce que"),
    fillers="Mots sans effet",
    cues="Près d'un nombre ou dans une liste ceux-ci aident ; seuls ils n'ont pas d'effet ou sont"
    " refusés :",
    amount="quantité",
    every_place="seulement dans",
    unless="sauf indication contraire",
    go="*Aller* est l'un de",
    strengths="Les mots avec `scale` vont aussi avec",
    notes=NOTES_IN_FRENCH,
)

TEXTS: Mapping[str, PageTexts] = {"en": IN_ENGLISH, "fr": IN_FRENCH}
"""Of each language."""


def families(fits: tuple[Family, ...], named: tuple[Family, ...] = ()) -> str:
    """Families by the name that scene documents have for them, those that are named in bold."""
    return ", ".join(
        f"**`{family.value}`**" if family in named else f"`{family.value}`"
        for family in dict.fromkeys(fits)
    )
