"""What became of the words of a prompt about sound."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generique.model.errors import NotCapable
from generique.model.values import Value
from generique.model.vocabulary import Match, match_phrases, nearest

FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a an the of in on at with and to from for some it its is through over under this that"
        " into then sound sounds very as by",
    )
)
"""Words that change nothing in any prompt about sound."""


class Heard(Value):
    """A stretch of a prompt and what it became; an empty ``became`` is a filler."""

    start: int
    end: int
    text: str
    became: str


def read_words(
    prompt: str, phrases: Mapping[str, str], fillers: frozenset[str], *, what: str
) -> tuple[Match, ...]:
    """Read a prompt against a vocabulary and refuse what is not in it.

    Args:
        prompt: At most 2000 characters.
        phrases: Meaning of each phrase.
        fillers: Words that change nothing.
        what: What the vocabulary is for, for the error: ``a score``.

    Raises:
        NotCapable: Words that are not understood (named, the nearest known one suggested), no
            meaning at all, or a text that is too long.
    """
    if len(prompt) > 2000:
        raise NotCapable(f"a prompt of {len(prompt)} characters is too long for {what}")
    matches, unknown = match_phrases(prompt, phrases, fillers)
    if unknown:
        words = tuple(dict.fromkeys(word.text[:60] for word in unknown))
        near = [found for found in (nearest(word, phrases) for word in words[:5]) if found]
        raise NotCapable(
            f"{what} cannot be made from: {', '.join(words[:8])}",
            unknown=words[:50],
            next_step=f"did you mean {', '.join(near)}?" if near else "use words of its vocabulary",
        )
    if not any(match.meaning for match in matches):
        raise NotCapable(f"the prompt does not say what to make: {what} needs words")
    return matches


def number_option(options: Mapping[str, str], name: str, low: float, high: float) -> float | None:
    """A number among the options, or None when it is not given.

    Raises:
        NotCapable: It is no number from ``low`` to ``high``.
    """
    text = options.get(name)
    return None if text is None else number_of(text, name, low, high)


def number_of(text: str, name: str, low: float, high: float) -> float:
    """A plain decimal number within limits.

    Raises:
        NotCapable: It is none.
    """
    plain = text.strip()
    digits = plain.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise NotCapable(f"{name} {plain[:20]!r} is not a number", unknown=(plain[:20],))
    if not low <= float(plain) <= high:
        raise NotCapable(f"{name} {plain} is not from {low:g} to {high:g}", unknown=(plain,))
    return float(plain)


def only_options(options: Mapping[str, str], known: frozenset[str], *, what: str) -> None:
    """Refuse options that are not known.

    Raises:
        NotCapable: Names them.
    """
    unknown = tuple(sorted(options.keys() - known))
    if unknown:
        raise NotCapable(
            f"{what} knows no option {', '.join(unknown)[:200]}",
            unknown=unknown,
            next_step=f"its options are {', '.join(sorted(known))}",
        )
