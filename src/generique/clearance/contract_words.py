"""Words of contracts in English and French: kinds, classes, acts, roles, places, days, numbers.

French takes a narrow no-break space before ``; ! ?`` and inside « », a no-break space before the
colon, and the typographic apostrophe (Lexique des règles typographiques en usage à l'Imprimerie
nationale); English takes double quotation marks and none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.people import Matter, Role

TextLanguage = Literal["fr", "en"]
NARROW = "\u202f"
NO_BREAK = "\u00a0"

KINDS: dict[TextLanguage, dict[ElementKind, str]] = {
    "en": {
        ElementKind.SHOT: "shots",
        ElementKind.SET: "sets",
        ElementKind.TRANSITION: "transitions",
        ElementKind.EFFECT: "sound effects",
        ElementKind.VOICE: "voices",
        ElementKind.MUSIC: "music",
        ElementKind.TITLE: "titles",
    },
    "fr": {
        ElementKind.SHOT: "les plans",
        ElementKind.SET: "les décors",
        ElementKind.TRANSITION: "les transitions",
        ElementKind.EFFECT: "les effets sonores",
        ElementKind.VOICE: "les voix",
        ElementKind.MUSIC: "la musique",
        ElementKind.TITLE: "les titres",
    },
}

CLASSES: dict[TextLanguage, dict[ElementClass, str]] = {
    "en": {
        ElementClass.AUTHENTIC: "authentic recordings",
        ElementClass.ALTERED: "altered recordings",
        ElementClass.RECONSTRUCTION: "reconstructions of what took place",
        ElementClass.SYNTHETIC: "synthetic images and sounds",
    },
    "fr": {
        ElementClass.AUTHENTIC: "les prises de vues et de son authentiques",
        ElementClass.ALTERED: "les enregistrements modifiés",
        ElementClass.RECONSTRUCTION: "les reconstitutions de faits",
        ElementClass.SYNTHETIC: "les images et les sons de synthèse",
    },
}

ACTS: dict[TextLanguage, dict[Action, str]] = {
    "en": {
        Action.GENERATE: "generating elements",
        Action.SEND: "giving material of the production to a service outside it",
        Action.GENERATE_LIKENESS: "showing a real person who did not act it",
        Action.CLONE_VOICE: "letting a real person’s voice say what they did not say",
        Action.ALTER_PERFORMANCE: "changing what a performance says or means",
        Action.DUB: "speaking a language version with generated voices",
        Action.TRAIN: "training a model on material of the production",
        Action.FINE_TUNE: "deriving a model for this film",
        Action.LOAD_WEIGHTS: "using a model that was derived for a film or from a person",
        Action.INCLUDE: "including generated elements in the film",
        Action.USE_IN_PROMO: "showing generated elements to advertise the film",
        Action.MASTER: "making the master",
        Action.DELIVER: "handing over the film",
    },
    "fr": {
        Action.GENERATE: "générer des éléments",
        Action.SEND: "confier du matériel de la production à un service extérieur",
        Action.GENERATE_LIKENESS: "montrer une personne réelle qui n’a pas joué la scène",
        Action.CLONE_VOICE: "faire dire à la voix d’une personne réelle ce qu’elle n’a pas dit",
        Action.ALTER_PERFORMANCE: "modifier ce que dit ou signifie une interprétation",
        Action.DUB: "faire dire une version linguistique par des voix générées",
        Action.TRAIN: "entraîner un modèle sur du matériel de la production",
        Action.FINE_TUNE: "dériver un modèle pour le film",
        Action.LOAD_WEIGHTS: "utiliser un modèle dérivé pour un film ou tiré d’une personne",
        Action.INCLUDE: "inclure des éléments générés dans le film",
        Action.USE_IN_PROMO: "montrer des éléments générés pour la promotion du film",
        Action.MASTER: "établir le master",
        Action.DELIVER: "livrer le film",
    },
}

ROLES: dict[TextLanguage, dict[Role, str]] = {
    "en": {role: f"the {role.value}" for role in Role} | {Role.TALENT: "the performer"},
    "fr": {
        Role.DIRECTOR: "le réalisateur ou la réalisatrice",
        Role.PRODUCER: "le producteur ou la productrice",
        Role.EDITOR: "le monteur ou la monteuse",
        Role.COUNSEL: "le conseil juridique",
        Role.TALENT: "l’interprète",
        Role.COMMISSIONER: "le diffuseur commanditaire",
    },
}

MATTERS: dict[TextLanguage, dict[Matter, str]] = {
    "en": {
        Matter.TAKE: "No generated take is included in the film before {who} approved exactly "
        "this take",
        Matter.CASTING: "No part is given to the generated voice or likeness of a real person "
        "before {who} approved it",
        Matter.CUT: "No master is made before {who} approved exactly this cut",
        Matter.MASTER: "The film is not handed over before {who} approved exactly this master, "
        "in each language",
        Matter.USE: "Nothing is generated before {who} approved the declared use",
    },
    "fr": {
        Matter.TAKE: "Aucune prise générée n’est incluse dans le film avant que {who} n’ait "
        "approuvé exactement cette prise",
        Matter.CASTING: "Aucun rôle n’est confié à la voix ou à l’image générée d’une personne "
        "réelle avant que {who} ne l’ait approuvé",
        Matter.CUT: "Aucun master n’est établi avant que {who} n’ait approuvé exactement ce "
        "montage",
        Matter.MASTER: "Le film n’est pas livré avant que {who} n’ait approuvé exactement ce "
        "master, dans chaque langue",
        Matter.USE: "Rien n’est généré avant que {who} n’ait approuvé l’usage déclaré",
    },
}

_MONTHS: dict[TextLanguage, str] = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}

_PLACES: dict[TextLanguage, dict[str, str]] = {
    "en": {
        "AT": "Austria", "AU": "Australia", "BE": "Belgium", "CA": "Canada",
        "CH": "Switzerland", "CN": "China", "DE": "Germany", "DK": "Denmark", "ES": "Spain",
        "FI": "Finland", "FR": "France", "GB": "the United Kingdom", "IE": "Ireland",
        "IT": "Italy", "JP": "Japan", "LU": "Luxembourg", "NL": "the Netherlands",
        "NO": "Norway", "PL": "Poland", "PT": "Portugal", "SE": "Sweden",
        "US": "the United States",
    },
    "fr": {
        "AT": "l’Autriche", "AU": "l’Australie", "BE": "la Belgique", "CA": "le Canada",
        "CH": "la Suisse", "CN": "la Chine", "DE": "l’Allemagne", "DK": "le Danemark",
        "ES": "l’Espagne", "FI": "la Finlande", "FR": "la France", "GB": "le Royaume-Uni",
        "IE": "l’Irlande", "IT": "l’Italie", "JP": "le Japon", "LU": "le Luxembourg",
        "NL": "les Pays-Bas", "NO": "la Norvège", "PL": "la Pologne", "PT": "le Portugal",
        "SE": "la Suède", "US": "les États-Unis",
    },
}  # fmt: skip

_LANGUAGES: dict[TextLanguage, dict[str, str]] = {
    "en": {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian"},
    "fr": {
        "en": "anglais",
        "fr": "français",
        "de": "allemand",
        "es": "espagnol",
        "it": "italien",
    },
}


def listed(words: Sequence[str], language: TextLanguage, *, last: str | None = None) -> str:
    """A list in a sentence: ``a, b and c``.

    Args:
        words: At least one.
        language: Of the sentence.
        last: The word before the last item, where it is not ``and`` or ``et``.
    """
    link = last or {"en": "and", "fr": "et"}[language]
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {link} {words[-1]}"


def date_words(day: str, language: TextLanguage) -> str:
    """A day in words: ``3 March 2026``, ``1ᵉʳ mars 2026``."""
    year, month, number = day.split("-")
    ordinal = "1ᵉʳ" if language == "fr" and number == "01" else str(int(number))
    return NO_BREAK.join((ordinal, _MONTHS[language].split()[int(month) - 1], year))


def quoted(text: str, language: TextLanguage) -> str:
    """Words of a text in quotation marks."""
    return f"«{NARROW}{text}{NARROW}»" if language == "fr" else f"“{text}”"


def percent_words(value: float, language: TextLanguage) -> str:
    """A share in percent, 12.5 as ``12.5%`` or ``12,5 %``."""
    text = f"{value:g}"
    return f"{text.replace('.', ',')}{NARROW}%" if language == "fr" else f"{text}%"


def place_words(code: str, language: TextLanguage) -> str:
    """A territory by its name; a code whose name is not listed says what it is."""
    known = _PLACES[language].get(code)
    if known is not None:
        return known
    return {"en": f"the territory with ISO code {code}", "fr": f"le territoire de code ISO {code}"}[
        language
    ]


def language_words(code: str, language: TextLanguage) -> str:
    """A language by its name; one that is not listed by its code."""
    return _LANGUAGES[language].get(code, code)


def french(text: str) -> str:
    """Put the no-break spaces in that French punctuation asks for."""
    for mark in (";", "!", "?"):
        text = text.replace(f" {mark}", f"{NARROW}{mark}")
    return text.replace(" :", f"{NO_BREAK}:")
