"""What reading text needs to know of a language: its elisions, its numbers and its units."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_ELISION = re.compile(
    r"(?:jusqu|lorsqu|puisqu|qu|[cdjlmnst])['\u2019](?=[^\W\d_]|$)", re.IGNORECASE
)


class Unit(NamedTuple):
    """How a unit is written, by a pattern; its name here; and how much of that it is."""

    pattern: str
    name: str
    factor: float


class Speech(NamedTuple):
    """What is particular to a language.

    Attributes:
        language: Code of the language, ``en`` or ``fr``.
        elision: Beginning of a word that is a word of its own ("d'une"); None where there is none.
        numbers: Values of the number words.
        tens: Number words that take one more ("forty two").
        ones: The words that they take.
        units: The longer first where one begins as another does.
        comma_is_decimal: True when "1,200" is one and a fifth.
        singular: A lower-case word without its plural and possessive endings; it need be no word,
            only the same for all forms.
    """

    language: str
    elision: re.Pattern[str] | None
    numbers: dict[str, float]
    tens: frozenset[str]
    ones: frozenset[str]
    units: tuple[Unit, ...]
    comma_is_decimal: bool
    singular: Callable[[str], str]

    def unit_pattern(self) -> re.Pattern[str]:
        """Finds a unit after a number; the group ``u3`` is the fourth unit."""
        written = "|".join(
            f"(?P<u{index}>{unit.pattern.replace(' ', '[ -]')})"
            for index, unit in enumerate(self.units)
        )
        return re.compile(rf"[\s-]{{0,3}}(?:{written})(?!\w)", re.IGNORECASE)


_EN_ONES = _WORD.findall(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_EN_TENS = _WORD.findall("twenty thirty forty fifty sixty seventy eighty ninety hundred")

_NO_PLURALS = frozenset(("mais", "vers", "plus", "sous"))
"""French words that without their last letter are other words."""


def _english_singular(word: str) -> str:
    word = word.removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _french_singular(word: str) -> str:
    word = word.replace("'", "")
    if word in _NO_PLURALS:
        return word
    if len(word) > 4 and word.endswith("aux"):
        return word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


ENGLISH = Speech(
    language="en",
    elision=None,
    numbers={word: float(value) for value, word in enumerate(_EN_ONES)}
    | {word: 10.0 * value for value, word in enumerate(_EN_TENS, start=2)},
    tens=frozenset(_EN_TENS[:-1]),
    ones=frozenset(_EN_ONES[1:10]),
    units=(
        Unit(r"km/h|kph|kmh|kilomet(?:re|er)s? (?:per|an) hour", "m/s", 1 / 3.6),
        Unit(r"mph|miles? (?:per|an) hour", "m/s", 0.44704),
        Unit(r"m/s|mps|met(?:re|er)s? (?:per|a) second", "m/s", 1.0),
        Unit(r"ms|milliseconds?", "s", 0.001),
        Unit(r"mm|millimet(?:re|er)s?", "mm", 1.0),
        Unit(r"minutes?|mins?", "s", 60.0),
        Unit(r"km|kilomet(?:re|er)s?", "m", 1000.0),
        Unit(r"met(?:re|er)s?|m", "m", 1.0),
        Unit(r"feet|foot|ft", "m", 0.3048),
        Unit(r"seconds?|secs?|s", "s", 1.0),
        Unit(r"frames? (?:per|a) second|fps", "fps", 1.0),
        Unit(r"frames?", "frames", 1.0),
        Unit(r"°\s?c|degrees? celsius", "celsius", 1.0),
        Unit(r"degrees?|deg|°", "degrees", 1.0),
        Unit(r"percent|per cent|%", "percent", 1.0),
        Unit(r"beats? (?:per|a) minute|bpm", "bpm", 1.0),
        Unit(r"khz|kilohertz", "Hz", 1000.0),
        Unit(r"hz|hertz", "Hz", 1.0),
        Unit(r"db|decibels?", "dB", 1.0),
        Unit(r"a\.?m\.?", "am", 1.0),
        Unit(r"p\.?m\.?", "pm", 1.0),
    ),
    comma_is_decimal=False,
    singular=_english_singular,
)
"""English; lengths in feet and miles too."""

_FR_ONES = _WORD.findall(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_FR_TENS = _WORD.findall("vingt trente quarante cinquante soixante")

FRENCH = Speech(
    language="fr",
    elision=_ELISION,
    numbers={word: float(value) for value, word in enumerate(_FR_ONES)}
    | {word: 10.0 * value for value, word in enumerate(_FR_TENS, start=2)}
    | {"une": 1.0, "cent": 100.0},
    tens=frozenset(_FR_TENS),
    ones=frozenset(_FR_ONES[2:10]),
    units=(
        Unit(r"km/h|kmh|kilom[eè]tres? (?:par heure|à l['\u2019]heure)", "m/s", 1 / 3.6),
        Unit(r"m/s|m[eè]tres? (?:par|à la) seconde", "m/s", 1.0),
        Unit(r"ms|millisecondes?", "s", 0.001),
        Unit(r"mm|millim[eè]tres?", "mm", 1.0),
        Unit(r"minutes?", "s", 60.0),
        Unit(r"km|kilom[eè]tres?", "m", 1000.0),
        Unit(r"m[eè]tres?|m", "m", 1.0),
        Unit(r"secondes?|sec|s", "s", 1.0),
        Unit(r"images? (?:par|à la) seconde|i/s|fps", "fps", 1.0),
        Unit(r"images?", "frames", 1.0),
        Unit(r"°\s?c|degr[eé]s? celsius", "celsius", 1.0),
        Unit(r"degr[eé]s?|°", "degrees", 1.0),
        Unit(r"pour cent|pourcents?|%", "percent", 1.0),
        Unit(r"heures? du matin|h du matin", "am", 1.0),
        Unit(r"heures? (?:du soir|de l['\u2019]apr[eè]s-midi)|h du soir", "pm", 1.0),
        Unit(r"heures?|h", "h", 1.0),
    ),
    comma_is_decimal=True,
    singular=_french_singular,
)
"""French."""

SPEECHES: dict[str, Speech] = {speech.language: speech for speech in (ENGLISH, FRENCH)}
"""By the code of the language."""
