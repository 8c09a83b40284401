"""A production as its ``production.toml`` states it."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from generique.model.element import ElementKind, Raster
from generique.model.lineage import Announcement
from generique.model.passport import Rights
from generique.model.people import Person
from generique.model.territory import Territory
from generique.model.values import Identifier, ToolName, Value

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""Two-letter code of a language (ISO 639-1)."""


class Budget(Value):
    """The most that generation may cost, a decimal text and an ISO 4217 code.

    Attributes:
        shot: The most that one job may cost; None for as much as there is.
        rates: What one unit of another currency is worth in this one, by its code. Jobs that are
            priced in a currency that is not named here are refused.
    """

    amount: str = Field(pattern=r"^\d+(\.\d{1,2})?$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    shot: str | None = Field(pattern=r"^\d+(\.\d{1,2})?$", default=None)
    rates: dict[str, str] = Field(default_factory=dict)

    @field_validator("rates")
    @classmethod
    def _rates_are_numbers(cls, rates: dict[str, str]) -> dict[str, str]:
        for code, rate in rates.items():
            if not re.fullmatch(r"[A-Z]{3}", code) or not re.fullmatch(r"\d+(\.\d+)?", rate):
                raise ValueError(f'{code} = {rate!r} is not a rate such as USD = "0.92"')
        return rates


class Voice(Value):
    """Who speaks a character's lines in a language.

    Attributes:
        voice: As the backend names it.
        person: Real person whose voice it was made from, by name; None for nobody's.
    """

    character: str
    language: str
    voice: str
    person: str | None = None


class Music(Value):
    """Direction for the music bed."""

    prompt: str
    bpm: float = Field(gt=20, lt=300)


class Labelling(Value):
    """How viewers are told, where the law of labels leaves a choice.

    Attributes:
        audible: Whether a synthetic voice is announced by a spoken notice; None follows the genre.
        breaks: Times at which the film is interrupted, ``"12:30"`` say; labels start anew there.
    """

    audible: Literal["spoken", "none"] | None = None
    breaks: tuple[str, ...] = ()


INFORMATIVE = frozenset({"documentary", "news", "docudrama"})
"""Genres that viewers take for true, so that the standard form of labels is owed."""

BUILTIN_MARK = "builtin"
"""Name of the program's own picture mark."""


class Production(Value):
    """``production.toml``.

    Attributes:
        languages: Two-letter codes, the original first.
        titles: Title of the film for languages other than the original.
        rate: Frames a second as text, ``"24"`` or ``"24000/1001"``.
        backends: Default backend for each kind of element; several are tried in their order.
        element_backends: The same for single elements, by their identifier: ``"2-1"``.
        backend_options: Options given to a backend with every request, by its name; those of
            ``runway`` go to all its models.
        seed: Seed of the production; every take derives its own from it.
        credits_seconds: Length of the end credits.
        labels: Choices in how viewers are told.
        handles: Frames generated before and after what is seen of a shot.
        prompts: Whether credentials say prompts in clear words, or only their digests.
        mining: Whether credentials allow others to train on the files, or to mine them.
        marks: Picture marks laid into masters: ``builtin`` always, then plug-ins by name.
    """

    schema_version: Literal["generique/production/1"] = Field(alias="schema")
    id: Identifier
    title: str
    titles: dict[str, str] = Field(default_factory=dict)
    languages: tuple[Language, ...] = Field(min_length=1)
    genre: Literal["documentary", "fiction", "news", "docudrama", "advertising"]
    territories: tuple[Territory, ...] = ()
    raster: Raster
    rate: str = Field(pattern=r"^[1-9]\d{0,6}(/[1-9]\d{0,6})?$")
    seed: int = 1
    policy_packs: tuple[str, ...] = ()
    budget: Budget = Budget(amount="0", currency="EUR")
    people: tuple[Person, ...] = ()
    backends: dict[ElementKind, ToolName | tuple[ToolName, ...]]
    element_backends: dict[Identifier, ToolName | tuple[ToolName, ...]] = Field(
        default_factory=dict
    )
    backend_options: dict[ToolName, dict[str, str]] = Field(default_factory=dict)
    voices: tuple[Voice, ...] = ()
    music: Music | None = None
    credits_seconds: float = Field(ge=3, le=600, default=10.0)
    handles: int = Field(ge=0, le=240, default=12)
    credits: tuple[str, ...] = ()
    labels: Labelling = Labelling()
    prompts: Literal["stated", "hashed"] = "stated"
    mining: Literal["allowed", "notAllowed"] = "notAllowed"
    marks: tuple[Identifier, ...] = (BUILTIN_MARK,)

    def backends_for(self, kind: ElementKind, element: str | None = None) -> tuple[str, ...]:
        """Backends of an element, in the order in which they are tried; empty for none.

        Args:
            kind: Of the element; its default serves where nothing is said of the element itself.
            element: Its identifier; None for the default.
        """
        named = self.element_backends.get(element or "", self.backends.get(kind, ()))
        return (named,) if isinstance(named, str) else named

    def every_backend(self) -> tuple[str, ...]:
        """All backends that are named, each once."""
        named = (*self.backends.values(), *self.element_backends.values())
        each = ((names,) if isinstance(names, str) else names for names in named)
        return tuple(dict.fromkeys(name for names in each for name in names))

    @model_validator(mode="after")
    def _keeps_its_own_mark(self) -> Self:
        if self.marks[:1] != (BUILTIN_MARK,):
            raise ValueError(f"the first of the marks is {BUILTIN_MARK}; plug-ins come after it")
        return self

    @property
    def announcement(self) -> Announcement:
        """Whether a synthetic voice has to be announced by a spoken notice."""
        owed = self.genre in INFORMATIVE
        if self.labels.audible == "spoken" or (owed and self.labels.audible is None):
            return "asked"
        return "owed" if owed else "free"

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        people = [person.id for person in self.people]
        named = (("language", self.languages), ("person", people), ("mark", self.marks))
        for what, names in named:
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"the {what} {twice[0]} is named twice")
        return self


class MediaItem(Value):
    """One file of ``media/media.toml`` with its rights.

    Attributes:
        captured: True when a camera or a microphone made it.
        speed: Playback speed relative to the medium's own rate, as a fraction text; a medium of
            25 frames a second with speed ``24/25`` in a film of 24 is shown frame for frame.
        low_cut: Corner in hertz of a high-pass in the mix, for rumble; None leaves it as it is.
        sha256: Hex digest of the file's bytes.
    """

    file: str
    title: str
    kind: Literal["picture", "sound"]
    captured: bool
    speed: str = Field(default="1", pattern=r"^([1-9]\d{0,5}/[1-9]\d{0,5}|\d{1,6}(\.\d{1,6})?)$")
    low_cut: float | None = Field(gt=10, lt=2000, default=None)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    rights: Rights
    notes: str = ""


class MediaList(Value):
    """``media/media.toml``."""

    schema_version: Literal["generique/media/1"] = Field(alias="schema")
    media: tuple[MediaItem, ...]
