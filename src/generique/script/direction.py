"""Notes that direct: ``[[shot: …]]`` and its kin, described in ``docs/formats/fountain-notes.md``.

A note whose first word is followed by a colon is a direction, and one that is not known is
refused with the nearest known word; every other note is a remark between people.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import MediaUse, ReferenceUse, Transition
from generique.model.values import Value
from generique.script.media_use import read_media_use
from generique.script.reference_use import read_reference_use

LONGEST_SHOT = 3600
"""The longest length that a note may ask for, in seconds."""


class ShotDirection(Value):
    """A generated shot.

    Attributes:
        prompt: What is to be seen.
        seconds: Length as a decimal text; None leaves it open.
        free: True when the length may be changed (``~``, ``about``, or none given).
    """

    kind: Literal["shot"] = "shot"
    prompt: str
    seconds: str | None = None
    free: bool = True


class MediaDirection(Value):
    """A shot of authentic footage; ``free`` as in :class:`ShotDirection`."""

    kind: Literal["media"] = "media"
    use: MediaUse
    free: bool = True


class SoundDirection(Value):
    """Authentic sound under the shot."""

    kind: Literal["sound"] = "sound"
    use: MediaUse


class EffectDirection(Value):
    """A sound effect, in words."""

    kind: Literal["sfx"] = "sfx"
    text: str


class ClassDirection(Value):
    """How the shot stands to the world that it shows."""

    kind: Literal["class"] = "class"
    element_class: ElementClass


class PersonDirection(Value):
    """The real person whose likeness the shot shows."""

    kind: Literal["person"] = "person"
    name: str


class ReferenceDirection(Value):
    """A file that the generator of the shot is to follow."""

    kind: Literal["reference"] = "reference"
    use: ReferenceUse


class TransitionDirection(Value):
    """How a shot begins."""

    kind: Literal["transition"] = "transition"
    transition: Transition


class MusicDirection(Value):
    """Direction for the music from this shot on, in words."""

    kind: Literal["music"] = "music"
    text: str


Direction: TypeAlias = Annotated[
    ShotDirection
    | MediaDirection
    | SoundDirection
    | EffectDirection
    | ClassDirection
    | PersonDirection
    | ReferenceDirection
    | TransitionDirection
    | MusicDirection,
    Field(discriminator="kind"),
]

_DIRECTIVE = re.compile(r"([^\W\d][\w-]{0,39})\s{0,3}:(?!//)")
_LENGTH = re.compile(
    r"(?:^|[\s,;])(?:for\s)?(?P<free>~\s?|(?:about|around|roughly)\s)?"
    r"(?P<seconds>\d{1,9}(?:[.,]\d{1,6})?)\s?(?:s|secs?|seconds?)\.?$",
    re.IGNORECASE | re.ASCII,
)
_LENGTH_WINDOW = 48
"""Characters at the end of a note in which a length can stand; keeps the search short."""


def read_direction(text: str, *, where: str) -> Direction | None:
    """Read a note.

    Args:
        text: The note without its brackets.
        where: File and line of the note.

    Returns:
        The direction, or None for an ordinary note.

    Raises:
        UnreadableInput: The word before the colon is not a direction, or what follows it cannot
            be read as that direction.
    """
    flat = " ".join(text.split())
    match = _DIRECTIVE.match(flat)
    if not match:
        return None
    word = match[1].casefold()
    reader = _READERS.get(word)
    if reader is None:
        raise _unknown(match[1], where)
    content = flat[match.end() :].strip()
    if not content:
        raise UnreadableInput(
            f"the note [[{word}:]] says nothing",
            where=where,
            next_step=f"write what the {word} is, for example [[{word}: {_EXAMPLES[word]}]]",
        )
    return reader(content, where)


def _unknown(word: str, where: str) -> UnreadableInput:
    nearest = difflib.get_close_matches(word.casefold(), _READERS, n=1, cutoff=0.5)
    known = ", ".join(f"{name}:" for name in _READERS)
    return UnreadableInput(
        f"the note [[{word}: …]] is not a known direction",
        where=where,
        why=f"known directions are {known}",
        next_step=(f"did you mean [[{nearest[0]}: …]]? " if nearest else "")
        + "An ordinary note has no colon after its first word",
    )


def _shot(content: str, where: str) -> ShotDirection:
    tail_at = max(0, len(content) - _LENGTH_WINDOW)
    match = _LENGTH.search(content[tail_at:])
    if not match:
        _refuse_half_length(content, where)
        return ShotDirection(prompt=content)
    prompt = content[: tail_at + match.start()].rstrip(" ,;")
    if not prompt:
        raise UnreadableInput(
            "the note [[shot:]] gives a length and nothing to see",
            where=where,
            next_step=f"write what is to be seen, for example [[shot: {_EXAMPLES['shot']}]]",
        )
    seconds = match["seconds"].replace(",", ".")
    if not 0 < Decimal(seconds) <= LONGEST_SHOT:
        raise UnreadableInput(
            f"a shot cannot last {seconds} s",
            where=where,
            next_step=f"write a length above 0 and up to {LONGEST_SHOT} s",
        )
    return ShotDirection(prompt=prompt, seconds=seconds, free=match["free"] is not None)


def _refuse_half_length(content: str, where: str) -> None:
    """A tilde announces a length; without one that can be read, the wish would go unheard."""
    last = content.rsplit(" ", 1)[-1]
    if "~" in last:
        raise UnreadableInput(
            f"the length {last!r} cannot be read",
            where=where,
            next_step="write ~6 s or about 6 s for a length that may change, 6 s for an exact one",
        )


def _media(content: str, where: str) -> MediaDirection:
    use, free = read_media_use(content, where=where)
    return MediaDirection(use=use, free=free)


def _sound(content: str, where: str) -> SoundDirection:
    use, _ = read_media_use(content, where=where)
    if use.framing:
        raise UnreadableInput(
            "a sound cannot be framed", where=where, next_step="take 'framed' out of this note"
        )
    return SoundDirection(use=use)


def _effect(content: str, _where: str) -> EffectDirection:
    return EffectDirection(text=content)


def _music(content: str, _where: str) -> MusicDirection:
    return MusicDirection(text=content)


def _class(content: str, where: str) -> ClassDirection:
    names = [name.value for name in ElementClass]
    return ClassDirection(element_class=ElementClass(_one_of(content, names, "class", where)))


def _person(content: str, _where: str) -> PersonDirection:
    return PersonDirection(name=content)


def _reference(content: str, where: str) -> ReferenceDirection:
    return ReferenceDirection(use=read_reference_use(content, where=where))


def _transition(content: str, where: str) -> TransitionDirection:
    names = [name.value for name in Transition]
    word = _one_of(content.replace(" ", "-"), names, "transition", where)
    return TransitionDirection(transition=Transition(word))


def _one_of(content: str, names: list[str], what: str, where: str) -> str:
    word = content.casefold()
    if word in names:
        return word
    nearest = difflib.get_close_matches(word[:40], names, n=1, cutoff=0.5)
    raise UnreadableInput(
        f"{content[:60]!r} is not a {what}",
        where=where,
        why=f"known are {', '.join(names)}",
        next_step=f"did you mean {nearest[0]}?" if nearest else f"write one of these {what} words",
    )


_READERS: dict[str, Callable[[str, str], Direction]] = {
    "shot": _shot,
    "media": _media,
    "sound": _sound,
    "sfx": _effect,
    "class": _class,
    "person": _person,
    "reference": _reference,
    "transition": _transition,
    "music": _music,
}

_EXAMPLES = {
    "shot": "night aerial over a snowy suburb, slow push in, ~6 s",
    "media": "finch.mp4 00:00:02+5",
    "sound": "birds.wav 00:00:00+8",
    "sfx": "car passing, left to right",
    "class": "reconstruction",
    "person": "Jane Roe",
    "reference": "still.png as first frame",
    "transition": "dissolve",
    "music": "sparse piano, hopeful",
}
