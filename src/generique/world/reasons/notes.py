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
    "world shows no birds yet": "world ne montre pas encore d'oiseaux",
    "world shows moored boats and a container ship only": "world ne montre que des bateaux amarrés"
    " et un porte-conteneurs",
    "which room or corridor it is follows from the seed of the place": "la graine du lieu décide de"
    " la pièce ou du couloir",
    "which corridor it is follows from the seed of the place": "la graine du lieu décide du"
    " couloir",
    "world shows no trains yet": "world ne montre pas encore de trains",
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
    "when a shot starts and how long it is follow from the music and the voices": "le début et la"
    " durée d'un plan suivent la musique et les voix",
    'say what: another hour ("night", "dusk"), or "darker windows"': "dire quoi : une autre heure"
    " (« nuit », « crépuscule ») ou « fenêtres plus sombres »",
}  # fmt: skip
"""A test holds that every one is here; the vocabulary page and the refusals are told from it."""
