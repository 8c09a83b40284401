"""How a refusal is told: texts in two languages, the values in them, and the errors they make.

A refusal is found where nobody knows the language of the prompt (the plan of a place, the way of a
camera). So it is made with its texts and values, told in English, and told again by
:func:`told_in` where the language is known. The code, the words that were not understood and the
fields of a scene document are the same in every language.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from generique.model.errors import NotCapable, UnreadableInput
from generique.world.reasons.names import in_french, things_in_french

QUOTED = "quoted"
"""In a slot: between the quotation marks of the language."""
APART = ";"
"""In a slot: the parts of a list with semicolons between them."""


class Text(NamedTuple):
    """A sentence, or a part of one, in both languages, with the same slots for values in each.

    A slot is written as for :meth:`str.format`; ``quoted`` and ``;`` are formats besides.
    """

    english: str
    french: str

    def of(self, **values: object) -> Said:
        """The text with values in its slots."""
        return Said(self, values)

    def say(self, language: str, values: Mapping[str, object] | None = None) -> str:
        """The sentence in a language.

        Args:
            language: ``en`` or ``fr``.
            values: Of its slots.
        """
        template = self.french if language == "fr" else self.english
        return _Telling(language).vformat(template, (), values or {})


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the values in it."""

    text: Text
    values: Mapping[str, object]

    def say(self, language: str) -> str:
        """The sentence in a language."""
        return self.text.say(language, self.values)


class Name(str):
    """A value of a scene document (a country, a move, an hour) that has a name in each language."""

    __slots__ = ()


class LandmarkName(str):
    """The words of a landmark, which a scene has in English."""

    __slots__ = ()


class _Telling(string.Formatter):
    """Fills slots as a language writes numbers, lists, quotations and names."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value, as its slot wants it."""
        french = self.language == "fr"
        if isinstance(value, Text | Said):
            return value.say(self.language)
        if isinstance(value, tuple | list):
            between = "; " if format_spec == APART else ", "
            between = f" {between}" if french and format_spec == APART else between
            spec = "" if format_spec == APART else format_spec
            return between.join(self.format_field(one, spec) for one in value)
        if isinstance(value, Name | LandmarkName):
            named = in_french if isinstance(value, Name) else things_in_french
            value = named(str(value)) if french else str(value)
        if isinstance(value, str):
            if format_spec == QUOTED:
                return f"« {value} »" if french else f'"{value}"'
            return format(value, format_spec)
        told = format(value, format_spec)
        return told.replace(".", ",").replace("%", " %") if french else told


class Refusal(NamedTuple):
    """What is refused, why, what can be done, and where: the slots of all are filled at once."""

    what: Text
    why: Text | None = None
    next_step: Text | None = None
    where: Text | None = None


class Unfit(ValueError):
    """Why the fields of a document do not go together; told in English until a language is known.

    Args:
        said: The reason.
    """

    def __init__(self, said: Text | Said) -> None:
        super().__init__(said.say("en"))
        self.said = said


class NotShown(NotCapable):
    """What ``world`` cannot show; :func:`told_in` tells it in the language of the prompt."""

    refusal: Refusal
    values: Mapping[str, object]


class Illegible(UnreadableInput):
    """A text that nobody can read; told in its language where that can be known."""

    refusal: Refusal
    values: Mapping[str, object]


def refused(refusal: Refusal, /, *, unknown: Sequence[str] = (), **values: object) -> NotShown:
    """The error for a refusal, told in English.

    Args:
        refusal: Its texts.
        unknown: Words of the prompt that cannot be served, in order.
        **values: Of the slots.
    """
    error = NotShown("", unknown=tuple(unknown))
    error.refusal, error.values = refusal, values
    tell(error, "en")
    return error


def illegible(refusal: Refusal, language: str, /, **values: object) -> Illegible:
    """The error for a text that cannot be read, told in a language."""
    error = Illegible("")
    error.refusal, error.values = refusal, values
    tell(error, language)
    return error


def tell(error: NotShown | Illegible, language: str) -> None:
    """Tell an error in a language, in place: its trace stays."""
    said = [text and text.say(language, error.values) for text in error.refusal]
    what, error.why, error.next_step, error.where = said
    error.what, error.language = what or "", language
    error.args = (error.what,)


@contextmanager
def told_in(language: str | None) -> Iterator[None]:
    """Tell refusals from within in the language of the prompt; None leaves them as they are."""
    try:
        yield
    except (NotShown, Illegible) as error:
        if language is not None:
            tell(error, language)
        raise
