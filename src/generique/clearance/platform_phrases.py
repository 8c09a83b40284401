"""What declarations for platforms say, in each language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generique.model.answer import Answer
from generique.model.element import ElementKind

NBSP = "\u00a0"


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language.

    Attributes:
        settings: What to set on upload, by platform; ``{}`` is the answer.
        answers: Names of the answers.
        kinds: A number of elements, by kind.
        training: What a generator says of its training data.
        joined: Joins a list as the language does.
    """

    settings: dict[str, str]
    answers: dict[Answer, str]
    kinds: dict[ElementKind, str]
    training: dict[str, str]
    contains: str
    nothing: str
    time: str
    made_with: str
    unnamed: str
    labelled: str
    credentialed: str
    undecided: str
    joined: Callable[[Sequence[str]], str]


def _joined(last: str) -> Callable[[Sequence[str]], str]:
    def join(parts: Sequence[str]) -> str:
        return last.join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)

    return join


_ENGLISH = Phrases(
    settings={
        "youtube": "Altered or synthetic content: {}",
        "tiktok": "AI-generated content: {}",
        "meta": "AI info, add a label: {}",
    },
    answers={
        Answer.YES: "yes",
        Answer.NO: "no",
        Answer.UNKNOWN: "not decided yet, do not upload",
    },
    kinds={
        ElementKind.SHOT: "shots: {}",
        ElementKind.SET: "sets: {}",
        ElementKind.TRANSITION: "transitions: {}",
        ElementKind.EFFECT: "sound effects: {}",
        ElementKind.VOICE: "spoken lines: {}",
        ElementKind.MUSIC: "music cues: {}",
        ElementKind.TITLE: "titles: {}",
    },
    training={
        "none": "no training data",
        "disclosed": "training data disclosed",
        "undisclosed": "training data undisclosed",
    },
    contains="“{title}” contains generated elements ({what}).",
    nothing="“{title}” contains no generated element that is on record.",
    time="Generated pictures take {part} of {whole}.",
    made_with="They were made with {}.",
    unnamed="{}, which gives no word of itself",
    labelled="The film carries labels in the picture where they are seen.",
    credentialed="The file carries content credentials.",
    undecided="Not yet judged by a person: {}.",
    joined=_joined(" and "),
)

_FRENCH = Phrases(
    settings={
        "youtube": f"Contenu modifié ou synthétique{NBSP}: {{}}",
        "tiktok": f"Contenu généré par IA{NBSP}: {{}}",
        "meta": f"Infos IA, ajouter un libellé{NBSP}: {{}}",
    },
    answers={
        Answer.YES: "oui",
        Answer.NO: "non",
        Answer.UNKNOWN: "pas encore décidé, ne pas mettre en ligne",
    },
    kinds={
        ElementKind.SHOT: f"plans{NBSP}: {{}}",
        ElementKind.SET: f"décors{NBSP}: {{}}",
        ElementKind.TRANSITION: f"transitions{NBSP}: {{}}",
        ElementKind.EFFECT: f"effets sonores{NBSP}: {{}}",
        ElementKind.VOICE: f"répliques{NBSP}: {{}}",
        ElementKind.MUSIC: f"musiques{NBSP}: {{}}",
        ElementKind.TITLE: f"titres{NBSP}: {{}}",
    },
    training={
        "none": "sans données d’entraînement",
        "disclosed": "données d’entraînement publiées",
        "undisclosed": "données d’entraînement non divulguées",
    },
    contains=f"«{NBSP}{{title}}{NBSP}» contient des éléments générés ({{what}}).",
    nothing=f"«{NBSP}{{title}}{NBSP}» ne contient aucun élément généré qui soit enregistré.",
    time="Les images générées occupent {part} sur {whole}.",
    made_with=f"Ils ont été fabriqués avec{NBSP}: {{}}.",
    unnamed="{}, qui ne dit rien de lui-même",
    labelled="Le film porte des mentions à l’image là où on les voit.",
    credentialed="Le fichier porte des attestations de contenu (Content Credentials).",
    undecided=f"Pas encore jugés par une personne{NBSP}: {{}}.",
    joined=_joined(" et "),
)

PHRASES = {"en": _ENGLISH, "fr": _FRENCH}
"""Phrases by language."""
