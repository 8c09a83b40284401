"""The words of ``firmament``: an hour, a cover of cloud, a movement; English or French.

Every word is used, a filler, or refused by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast, get_args

from generique.model.errors import NotCapable
from generique.model.speech import ENGLISH, FRENCH
from generique.model.values import Value
from generique.model.vocabulary import Match, Unknown, Vocabulary, nearest
from generique.production.ports import WordUse

Hour = Literal["first light", "sunrise", "day", "sunset", "dusk"]
Cover = Literal["clear", "broken", "closed"]
Drift = Literal["still", "left", "right", "in", "out"]
HOURS: tuple[Hour, ...] = get_args(Hour)
COVERS: tuple[Cover, ...] = get_args(Cover)
CLOSE = len(HOURS) * len(COVERS)
"""Added to the class of a whole sky, it is the class of close parts of such skies."""

_LONGEST = 500
_ENGLISH: dict[str, tuple[str, ...]] = {
    "hour = first light": (
        "first light", "before dawn", "before sunrise", "dawn", "daybreak", "at dawn",
    ),
    "hour = sunrise": ("sunrise", "rising sun", "early morning", "morning"),
    "hour = day": ("day", "daylight", "midday", "noon", "afternoon", "by day", "daytime"),
    "hour = sunset": ("sunset", "setting sun", "golden hour", "evening"),
    "hour = dusk": ("dusk", "twilight", "after sunset", "nightfall", "blue hour"),
    "cover = clear": ("clear", "cloudless", "no clouds", "without clouds", "few clouds", "blue"),
    "cover = broken": (
        "broken cloud", "broken clouds", "scattered clouds", "clouds", "cloudy", "cloud",
    ),
    "cover = closed": ("overcast", "grey", "gray", "closed cloud", "covered", "heavy cloud"),
    "drift = still": ("still", "static", "locked off", "motionless"),
    "drift = left": ("drifting left", "drift left", "drift to the left", "drifting to the left"),
    "drift = right": (
        "drifting right", "drift right", "drift to the right", "drifting to the right",
    ),
    "drift = in": ("push-in", "pushing in"),
    "drift = out": ("pull-back", "pulling back"),
}  # fmt: skip
_FRENCH: dict[str, tuple[str, ...]] = {
    "hour = first light": (
        "premières lueurs", "avant l’aube", "aube", "avant le lever du soleil", "point du jour",
    ),
    "hour = sunrise": ("lever du soleil", "soleil levant", "matin", "petit matin"),
    "hour = day": ("jour", "plein jour", "midi", "après-midi", "de jour"),
    "hour = sunset": ("coucher du soleil", "soleil couchant", "heure dorée", "soir"),
    "hour = dusk": ("crépuscule", "après le coucher du soleil", "heure bleue"),
    "cover = clear": ("clair", "dégagé", "sans nuages", "pur", "bleu"),
    "cover = broken": ("nuages épars", "nuages", "nuageux", "nuage"),
    "cover = closed": ("couvert", "gris", "bouché"),
    "drift = still": ("fixe", "immobile", "plan fixe"),
    "drift = left": ("dérive vers la gauche", "vers la gauche"),
    "drift = right": ("dérive vers la droite", "vers la droite"),
    "drift = in": ("travelling avant",),
    "drift = out": ("travelling arrière",),
}  # fmt: skip
_SUBJECT = {"sky": "subject = sky", "skies": "subject = sky"}
_SUBJECT_FR = {"ciel": "subject = sky", "ciels": "subject = sky"}
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "with",
        "and",
        "to",
        "over",
        "under",
        "this",
        "that",
        "very",
        "just",
        "only",
        "slow",
        "slowly",
        "softly",
        "soft",
        "plate",
        "shot",
        "above",
    ]
)
_FILLERS_FR = frozenset(
    [
        "un",
        "une",
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "à",
        "au",
        "aux",
        "dans",
        "sur",
        "avec",
        "et",
        "en",
        "ce",
        "cette",
        "très",
        "lent",
        "lentement",
        "doucement",
        "plan",
        "plaque",
    ]
)


def _phrases(meanings: dict[str, tuple[str, ...]], subject: dict[str, str]) -> dict[str, str]:
    return subject | {
        phrase: meaning for meaning, phrases in meanings.items() for phrase in phrases
    }


_PHRASES = {"en": _phrases(_ENGLISH, _SUBJECT), "fr": _phrases(_FRENCH, _SUBJECT_FR)}
_VOCABULARIES = {
    "en": Vocabulary(_PHRASES["en"], _FILLERS, ENGLISH),
    "fr": Vocabulary(_PHRASES["fr"], _FILLERS_FR, FRENCH),
}


def class_of(hour: str, cover: str) -> int:
    """Class of the model for a whole sky, 0 to 14.

    Raises:
        ValueError: No hour or cover of that name.
    """
    return HOURS.index(hour) * len(COVERS) + COVERS.index(cover)


class Wish(Value):
    """A sky that is asked for.

    Attributes:
        language: That the prompt was read in.
        seconds: Length that the prompt names; None where it names none.
        words: What became of each word.
    """

    hour: Hour
    cover: Cover
    drift: Drift
    language: str
    seconds: float | None
    words: tuple[WordUse, ...]


def read_wish(prompt: str, notes: Sequence[str] = ()) -> Wish:
    """Read a prompt and the notes to its retakes, each in English or in French.

    Args:
        prompt: Of the shot.
        notes: Directions of retakes, in order; the later one counts.

    Raises:
        NotCapable: Words that are not known, named; two hours, covers or movements; no sky; or a
            text that is too long.
    """
    code, matches = _read(prompt)
    said = _said(matches)
    for note in notes:
        said |= _said(_read(note)[1])
    if "subject" not in said:
        raise NotCapable(
            "firmament makes skies, and the prompt names none",
            next_step='say for example: "sky at first light, broken clouds"',
        )
    return Wish(
        hour=cast("Hour", said.get("hour", "day")),
        cover=cast("Cover", said.get("cover", "clear")),
        drift=cast("Drift", said.get("drift", "still")),
        language=code,
        seconds=float(said["length"].removesuffix(" s")) if "length" in said else None,
        words=tuple(
            WordUse(
                start=match.start,
                end=match.end,
                text=match.text,
                use="used" if match.meaning else "filler",
                became=_meaning(match),
            )
            for match in matches
        ),
    )


def _read(text: str) -> tuple[str, tuple[Match, ...]]:
    """Language and meanings of a text: the language that leaves fewer words unread."""
    if len(text) > _LONGEST:
        raise NotCapable(f"a prompt of {len(text)} characters is too long for a sky")
    read = {code: vocabulary.read(text) for code, vocabulary in _VOCABULARIES.items()}
    code = min(read, key=lambda name: len(read[name][1]))
    matches, unknown = read[code]
    if unknown:
        raise _unread(unknown, code)
    return code, matches


def _unread(unknown: tuple[Unknown, ...], code: str) -> NotCapable:
    words = tuple(dict.fromkeys(word.text[:60] for word in unknown))
    near = [found for found in (nearest(word, _PHRASES[code]) for word in words[:5]) if found]
    return NotCapable(
        f"firmament knows skies only, and not: {', '.join(words[:8])}",
        unknown=words[:50],
        next_step=f"did you mean {', '.join(near)}?"
        if near
        else "see docs/firmament.md for its words, or ask world",
    )


def _said(matches: tuple[Match, ...]) -> dict[str, str]:
    said: dict[str, str] = {}
    for match in matches:
        if match.meaning is None:
            continue
        field, _, value = _meaning(match).partition(" = ")
        if said.setdefault(field, value) != value:
            raise NotCapable(
                f"the prompt names two: {said[field]} and {value}", unknown=(match.text[:60],)
            )
    return said


def _meaning(match: Match) -> str:
    quantity = match.quantity
    if quantity is None:
        return match.meaning or ""
    if quantity.unit != "s" or quantity.value <= 0:
        raise NotCapable(f"firmament has no place for {match.text!r}", unknown=(match.text[:60],))
    return f"length = {quantity.value:g} s"
