"""Reading free text against a closed vocabulary, so that nothing in it is silently dropped.

Every word of a text ends up in one of three heaps: it means something, it is a filler that
changes nothing, or it is unknown. Callers (the words of ``world``, of ``sound``) bring their own
phrases and decide what the meanings do; an unknown word is theirs to refuse.

The law of :func:`match_phrases`:

1. Spans lie in the text as given, do not overlap, and together cover every word and every
   character that is neither space nor ordinary punctuation.
2. The longest phrase wins; on equal length a meaning wins over a filler.
3. Case, accents, hyphens, spaces inside a compound, plural and possessive endings do not matter.
   A phrase never reaches over a comma, a full stop or a bracket.
4. A number, in digits or words, with a unit is a quantity, whatever the phrases are; so is an
   hour with its minutes ("6:30", "18h30").
5. The time taken is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from generique.model.speech import ENGLISH, SPEECHES, Speech
from generique.model.values import Value

_TOKEN = re.compile(
    r"(?P<stop_number>(?<!\w)[fF]\s?/\s?[0-9]{1,3}(?:[.,][0-9]{1,2})?(?!\w))"
    r"|(?P<clock>(?<![\w.,:])[0-9]{1,2}(?::|\s?[hH]\s?)[0-5][0-9](?![\w:]))"
    r"|(?P<number>(?:(?<!\S)[-+\u2212])?[0-9]++(?:[.,][0-9]++)*+)"
    r"|(?P<word>[^\W\d_](?:[\w\u0300-\u036f]|['\u2019](?=[^\W\d_]))*+)"
    r"|(?P<loose>(?:\s|[-\u2010\u2011](?![0-9]))++|[-\u2010\u2011])"
    r"|(?P<stop>[,.;:!?()\[\]\"\u201c\u201d\u2018\u2019'\u00ab\u00bb\u2013\u2014\u2026/]++)"
    r"|(?P<other>[^\w\s]|[\w\u0300-\u036f])"
)
_LONGEST_NUMBER = 12
_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")
_DIGITS = re.compile(r"[0-9]+")
_DECADE = re.compile(r"[12][0-9]{3}s")
_REST_OF_WORD = re.compile(r"\w*")
_ONES = re.compile(r"[ -]([a-z]+)", re.IGNORECASE)
_LONGEST_WORD_FOR_ADVICE = 40


class Quantity(Value):
    """A number with its unit.

    Attributes:
        value: In ``unit``; speeds are converted to m/s, lengths to m, times to s.
        unit: ``m``, ``m/s``, ``s``, ``mm``, ``frames``, ``fps``, ``degrees``, ``celsius``,
            ``percent``, ``bpm``, ``Hz``, ``dB``, ``h`` (of the clock), ``am``, ``pm`` or ``f`` (the
            f-number of a lens, "f/1.8").
    """

    value: float
    unit: str


class Match(Value):
    """A stretch of text that was understood.

    Attributes:
        start: Index of the first character.
        end: Index after the last.
        meaning: Of the phrase; None for a filler; ``quantity`` for a number with a unit.
        quantity: Set when the stretch is a number with a unit.
    """

    start: int
    end: int
    text: str
    meaning: str | None
    quantity: Quantity | None = None


class Unknown(Value):
    """A word or character that was not understood, with its place in the text."""

    start: int
    end: int
    text: str


class _Token(Value):
    """A word, number or odd character; ``joined`` when only spaces or hyphens come before it."""

    start: int
    end: int
    key: str
    joined: bool
    quantity: Quantity | None = None


def match_phrases(
    prompt: str, phrases: Mapping[str, str], fillers: frozenset[str]
) -> tuple[tuple[Match, ...], tuple[Unknown, ...]]:
    """Read a text against a vocabulary.

    Args:
        prompt: Any text.
        phrases: Meaning of each phrase, in ordinary spelling.
        fillers: Words and phrases that change nothing.

    Returns:
        What was understood and what was not, each in the order of the text.
    """
    return Vocabulary(phrases, fillers).read(prompt)


class Vocabulary:
    """Phrases and fillers, prepared for reading many texts.

    Args:
        phrases: Meaning of each phrase, in ordinary spelling.
        fillers: Words and phrases that change nothing.
        speech: The language of the texts.
    """

    def __init__(
        self, phrases: Mapping[str, str], fillers: frozenset[str], speech: Speech = ENGLISH
    ) -> None:
        self._speech = speech
        self._known: dict[str, str | None] = {
            phrase_key(filler, speech): None for filler in fillers
        }
        self._known.update(
            (phrase_key(phrase, speech), meaning) for phrase, meaning in phrases.items()
        )
        tokens = (sum(1 for _ in _tokens(phrase, speech)) for phrase in (*phrases, *fillers))
        self._most = 1 + max(tokens, default=0)

    def read(self, prompt: str) -> tuple[tuple[Match, ...], tuple[Unknown, ...]]:
        """Read a text; see :func:`match_phrases`."""
        tokens = tuple(_tokens(prompt, self._speech))
        matches: list[Match] = []
        unknown: list[Unknown] = []
        index = 0
        while index < len(tokens):
            first = tokens[index]
            count, meaning = self._longest(tokens, index)
            start, end = first.start, tokens[index + max(count, 1) - 1].end
            text = prompt[start:end]
            if first.quantity is not None:
                quantity = first.quantity
                matches.append(
                    Match(start=start, end=end, text=text, meaning="quantity", quantity=quantity)
                )
            elif count:
                matches.append(Match(start=start, end=end, text=text, meaning=meaning))
            else:
                unknown.append(Unknown(start=start, end=end, text=text))
            index += max(count, 1)
        return tuple(matches), tuple(unknown)

    def _longest(self, tokens: tuple[_Token, ...], index: int) -> tuple[int, str | None]:
        """Number of tokens of the longest phrase that starts here (0: none), and its meaning."""
        key = ""
        best: tuple[int, str | None] = (0, None)
        for count, token in enumerate(tokens[index : index + self._most], start=1):
            if token.quantity is not None or (count > 1 and not token.joined):
                break
            key += token.key
            if key in self._known:
                best = (count, self._known[key])
        return best


def phrase_key(text: str, speech: Speech = ENGLISH) -> str:
    """The spelling under which a phrase is looked up: equal keys are the same phrase."""
    return "".join(token.key for token in _tokens(text, speech))


def nearest(word: str, known: Iterable[str], speech: Speech = ENGLISH) -> str | None:
    """The known word or phrase most like an unknown one, for "did you mean".

    Args:
        word: As written; nothing is suggested for more than 40 characters.
        known: Words and phrases in ordinary spelling.
        speech: Their language.
    """
    if len(word) > _LONGEST_WORD_FOR_ADVICE:
        return None
    spelled = _spelled(tuple(known), speech.language)
    close = get_close_matches(phrase_key(word, speech), spelled, n=1, cutoff=0.78)
    return spelled[close[0]] if close else None


def _tokens(text: str, speech: Speech) -> Iterator[_Token]:
    """Words, quantities and odd characters of a text, in order."""
    position, joined = 0, False
    while found := _TOKEN.search(text, position):
        kind = found.lastgroup
        if kind == "stop":
            joined = False
        if kind in ("stop", "loose"):
            position = found.end()
            continue
        start = found.start()
        elided = speech.elision.match(text, start) if speech.elision else None
        if elided is not None and kind == "word":
            position = elided.end()
            yield _Token(
                start=start, end=position, key=elided[0][:-1].casefold() + "'", joined=joined
            )
        else:
            quantity, position = _quantity(text, found, speech)
            key = _fold(text[start:position], speech)
            yield _Token(start=start, end=position, key=key, joined=joined, quantity=quantity)
        joined = True


def _quantity(text: str, found: re.Match[str], speech: Speech) -> tuple[Quantity | None, int]:
    """The quantity that starts at a token, if one does, and where the token then ends."""
    if found.lastgroup == "stop_number":
        return Quantity(value=float(found.group()[1:].strip(" /").replace(",", ".")), unit="f"), (
            found.end()
        )
    if found.lastgroup == "clock":
        return _clock(text, found, speech)
    value, end = _number(text, found, speech)
    if value is None:
        return None, end
    unit = _unit_pattern(speech.language).match(text, end)
    if unit is None or unit.lastgroup is None or _DECADE.fullmatch(text, found.start(), unit.end()):
        rest = _REST_OF_WORD.match(text, end) if found.lastgroup == "number" else None
        return None, rest.end() if rest else found.end()
    _, name, factor = speech.units[int(unit.lastgroup[1:])]
    return Quantity(value=value * factor, unit=name), unit.end()


def _clock(text: str, found: re.Match[str], speech: Speech) -> tuple[Quantity, int]:
    """An hour with its minutes ("6:30 am", "18h30"), and where it ends."""
    hours, minutes = _DIGITS.findall(found.group())
    value = int(hours) + int(minutes) / 60
    half = _unit_pattern(speech.language).match(text, found.end())
    if half is not None and half.lastgroup is not None:
        _, name, _ = speech.units[int(half.lastgroup[1:])]
        if name in ("am", "pm"):
            return Quantity(value=value, unit=name), half.end()
    return Quantity(value=value, unit="h"), found.end()


@lru_cache(maxsize=16)
def _spelled(known: tuple[str, ...], language: str) -> dict[str, str]:
    """Phrases by their keys, kept because a refusal asks for several words."""
    speech = SPEECHES[language]
    return {phrase_key(phrase, speech): phrase for phrase in sorted(known, reverse=True)}


@cache
def _unit_pattern(language: str) -> re.Pattern[str]:
    return SPEECHES[language].unit_pattern()


def _number(text: str, found: re.Match[str], speech: Speech) -> tuple[float | None, int]:
    """The number that a token is, in digits or words, and where it ends."""
    raw, end = found.group(), found.end()
    if found.lastgroup == "word":
        word = raw.lower()
        ones = _ONES.match(text, end) if word in speech.tens else None
        if ones and ones[1].lower() in speech.ones:
            return speech.numbers[word] + speech.numbers[ones[1].lower()], ones.end()
        return speech.numbers.get(word), end
    plain = raw.replace("\u2212", "-")
    if found.lastgroup != "number" or len(raw) > _LONGEST_NUMBER:
        return None, end
    if _THOUSANDS.fullmatch(plain) and not speech.comma_is_decimal:
        return float(plain.replace(",", "")), end
    if _DECIMAL.fullmatch(plain):
        return float(plain.replace(",", ".")), end
    return None, end


def _fold(token: str, speech: Speech) -> str:
    """A token without case, accents, possessive and plural endings."""
    letters = unicodedata.normalize("NFKD", token.casefold())
    word = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return speech.singular(word.replace("\u2019", "'"))
