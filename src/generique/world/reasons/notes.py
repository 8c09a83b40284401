"""The remarks and reasons of the lexicon in French, by what they are in English."""

from __future__ import annotations

from collections.abc import Mapping

NOTES_IN_FRENCH: Mapping[str, str] = {
    "no people are ever shown": "on ne voit jamais personne",
    "parked cars belong to the place and stay; the words move only driving cars": "les voitures"
    " garées appartiennent au lieu et restent ; ces mots ne changent que celles qui roulent",
    "cars are not counted: traffic is set low and their number follows the seed": "les voitures ne"
    " sont pas comptées : la circulation est faible et leur nombre suit la graine",
    "world shows no people": "world ne montre personne",
    "world shows no animals": "world ne montre pas d'animaux",
    "world shows moored boats and a container ship only": "world ne montre que des bateaux amarrés"
    " et un porte-conteneurs",
    "which room or corridor it is follows from the seed of the place": "la graine du lieu décide de"
    " la pièce ou du couloir",
    "which corridor it is follows from the seed of the place": "la graine du lieu décide du"
    " couloir",
    "world's interiors are corridors, a living room, a bedroom and a hotel room":
    "les intérieurs de world sont des couloirs, un salon, une chambre et une chambre d'hôtel",
    "no family of places of world is or has this": "aucune famille de lieux de world n'est ni n'a"
    " cela",
    "world knows Canada, the United States, France, the United Kingdom, Norway, Russia and Japan":
    "world connaît le Canada, les États-Unis, la France, le Royaume-Uni, la Norvège, la Russie et"
    " le Japon",
    "world shows invented places, never a real one": "world montre des lieux inventés, jamais un"
    " lieu réel",
    "world shows stars, and no band of them": "world montre des étoiles, sans leur bande",
    "world has no such weather": "world n'a pas ce temps",
    "world's moves are static, push-in, pull-back, truck, crane, orbit, pan, tilt and whip": "les"
    " mouvements de world sont plan fixe, travelling avant, arrière et latéral, grue, orbite et"
    " panoramique",
    "world makes one wide shot of a place": "world fait un seul plan large d'un lieu",
    "world writes no text into its pictures": "world n'écrit pas de texte dans ses images",
    "world does not show this": "world ne montre pas cela",
    "the camera starts between the trees, 4 m up, and rises out of them": "la caméra part d'entre"
    " les arbres, à 4 m, et s'élève au-dessus d'eux",
    "the camera starts in the street, 4 m up, and rises above the roofs": "la caméra part de la"
    " rue, à 4 m, et s'élève au-dessus des toits",
    "windows are not counted: very few are lit, and which follows the seed": "les fenêtres ne sont"
    " pas comptées : très peu sont éclairées, et lesquelles suit la graine",
    "the sky takes at most 60 % of a picture of world; say eye level": "le ciel prend au plus 60 %"
    " d'une image de world ; dites « à hauteur d'homme »",
    "the horizon of world is level": "l'horizon de world est droit",
    "say which way: tilt up or tilt down": "dites dans quel sens : « panoramique vertical vers le"
    " haut » ou « vers le bas »",
    "a pan turns left or right at its speed; where it ends is not directed": "un panoramique tourne"
    " à gauche ou à droite à sa vitesse ; on ne dirige pas où il finit",
    "a move shows what lies on its way; name the move alone": "un mouvement montre ce qui est sur"
    " son chemin ; nommez le mouvement seul",
    "the finish of a picture is set in the grade of its scene, not in the prompt": "le rendu d'une"
    " image se règle dans le champ grade de sa scène, pas dans la demande",
    "the size of a picture is an option of the shot, not of the prompt": "le format d'une image est"
    " une option du plan, pas de la demande",
    "a prompt asks for pictures; sounds are cues of their own": "une demande veut des images ; les"
    " sons se demandent à part",
    "a place lays itself out by its seed; where things stand is not directed": "un lieu se dispose"
    " selon sa graine ; on ne dirige pas où se trouvent les choses",
    "the places of world are of today": "les lieux de world sont d'aujourd'hui",
    "the light of world throws no such rays": "la lumière de world ne jette pas de tels rayons",
    'say from which hour to which: "from day to night"': "dites de quelle heure à quelle heure :"
    " « du jour à la nuit »",
    "when a shot starts and how long it is follow from the music and the voices": "le début et la"
    " durée d'un plan suivent la musique et les voix",
    'say what: another hour ("night", "dusk"), or "darker windows"': "dire quoi : une autre heure"
    " (« nuit », « crépuscule ») ou « fenêtres plus sombres »",
}  # fmt: skip
"""A test holds that every one is here; the vocabulary page and the refusals are told from it."""
