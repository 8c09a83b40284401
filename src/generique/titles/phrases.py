"""What titles say, in each language; the only place where their words are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generique.model.element import ElementClass
from generique.model.errors import UsageError
from generique.model.people import Role

NBSP = "\u00a0"
NARROW = "\u202f"


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language.

    Attributes:
        generated: Label of generated picture: what it is, and what that means to the viewer.
        trained: The same when a trained model made it, which the law wants called AI.
        classes: Labels of reconstructed and altered picture.
        staged: Label of a reconstruction that was filmed.
        synthetic_voice: Label of a synthetic voice.
        spoken_notice: What is said aloud of it: the label's own words, so that both are one notice.
        demonstration: Permanent line of a film that no person has approved.
        headings: Of the sections of the credits.
        training: What is said of training data, by statement.
        after: What stands before a file that a generator was given to follow.
    """

    generated: tuple[str, str]
    trained: tuple[str, str]
    classes: dict[ElementClass, tuple[str, str]]
    staged: tuple[str, str]
    synthetic_voice: tuple[str, str]
    spoken_notice: str
    demonstration: tuple[str, str]
    headings: dict[str, str]
    training: dict[str, str]
    after: str
    version: str
    licence: str
    roles: dict[Role, str]


_ENGLISH = Phrases(
    generated=("GENERATED IMAGES", "not filmed"),
    trained=("AI-GENERATED IMAGES", "not filmed"),
    classes={
        ElementClass.RECONSTRUCTION: ("RECONSTRUCTION", "generated images, not filmed"),
        ElementClass.ALTERED: ("ALTERED IMAGES", "changed after filming"),
    },
    staged=("RECONSTRUCTION", "staged for this film"),
    synthetic_voice=("SYNTHETIC VOICE", "not a person"),
    spoken_notice="Synthetic voice.",
    demonstration=("DEMONSTRATION", "no person has approved these takes"),
    headings={
        "approval": "Approved by",
        "demonstration": "Demonstration",
        "images": "Generated images",
        "voices": "Synthetic voices",
        "music": "Generated music",
        "sound": "Generated sound",
        "footage": "Camera footage",
        "recordings": "Sound recordings",
        "people": "With",
        "tools": "Made with",
    },
    training={
        "none": "no training data",
        "disclosed": "trained on",
        "undisclosed": "training data undisclosed",
    },
    after="after",
    version="version",
    licence="licence",
    roles={
        Role.DIRECTOR: "director",
        Role.PRODUCER: "producer",
        Role.EDITOR: "editor",
        Role.COUNSEL: "counsel",
        Role.TALENT: "talent",
        Role.COMMISSIONER: "commissioner",
    },
)

_FRENCH = Phrases(
    generated=("IMAGES GÉNÉRÉES", "non filmées"),
    trained=("IMAGES GÉNÉRÉES PAR IA", "non filmées"),
    classes={
        ElementClass.RECONSTRUCTION: ("RECONSTITUTION", "images générées, non filmées"),
        ElementClass.ALTERED: ("IMAGES MODIFIÉES", "retouchées après le tournage"),
    },
    staged=("RECONSTITUTION", "scène jouée pour ce film"),
    synthetic_voice=("VOIX DE SYNTHÈSE", "non humaine"),
    spoken_notice="Voix de synthèse.",
    demonstration=("DÉMONSTRATION", "personne n’a approuvé ces prises"),
    headings={
        "approval": "Approuvé par",
        "demonstration": "Démonstration",
        "images": "Images générées",
        "voices": "Voix de synthèse",
        "music": "Musique générée",
        "sound": "Sons générés",
        "footage": "Prises de vues",
        "recordings": "Prises de son",
        "people": "Avec",
        "tools": "Fabriqué avec",
    },
    training={
        "none": "sans données d’entraînement",
        "disclosed": "entraîné sur",
        "undisclosed": "données d’entraînement non divulguées",
    },
    after="d’après",
    version="version",
    licence="licence",
    roles={
        Role.DIRECTOR: "réalisation",
        Role.PRODUCER: "production",
        Role.EDITOR: "montage",
        Role.COUNSEL: "conseil juridique",
        Role.TALENT: "interprétation",
        Role.COMMISSIONER: "diffusion",
    },
)

_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}


def phrases(language: str) -> Phrases:
    """The phrases of a language.

    Raises:
        UsageError: There are none; titles are never shown in another language instead.
    """
    found = _LANGUAGES.get(language)
    if found is None:
        raise UsageError(
            f"titles are not written in {language!r} yet",
            why=f"labels and credits are known in {', '.join(sorted(_LANGUAGES))}",
            next_step=f"add {language!r} to titles/phrases.py, or leave the language out",
        )
    return found


def typographic(text: str, language: str) -> str:
    """Text with the spaces and apostrophes of good typography in its language.

    French sets a narrow no-break space before ``; ! ?``, a no-break space before ``:`` and inside
    guillemets, and a curved apostrophe. Only spaces that are there are changed, so that addresses
    and times stay whole.
    """
    if language != "fr":
        return text
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"[ \u00a0\u202f]+(?=[;!?])", NARROW, text)
    text = re.sub(r" +(?=[:»%])", NBSP, text)
    return re.sub(r"(?<=«) +", NBSP, text)
