"""What is known of a tool, a model or a dataset, and of the rights in a medium."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from generique.model.element import ElementKind
from generique.model.values import Digest, Identifier, ToolName, Value

IPTC_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""Namespace of the IPTC digital source type vocabulary."""


class SourceType(StrEnum):
    """Terms of the IPTC digital source type vocabulary that we use."""

    DIGITAL_CAPTURE = "digitalCapture"
    ALGORITHMIC = "algorithmicMedia"
    TRAINED_ALGORITHMIC = "trainedAlgorithmicMedia"
    COMPOSITE = "composite"
    COMPOSITE_CAPTURE = "compositeCapture"
    COMPOSITE_SYNTHETIC = "compositeSynthetic"
    HUMAN_EDITS = "humanEdits"

    @property
    def uri(self) -> str:
        """The term as the vocabulary's own address."""
        return IPTC_SOURCE_TYPE + self.value


class Dataset(Value):
    """A dataset that a generator was trained on."""

    id: Identifier
    title: str
    licence: str
    digest: Digest | None = None


class Training(Value):
    """What is known of the training data of a generator. Unknown is a value, never permission.

    Attributes:
        statement: ``none`` when there is no training data at all, ``disclosed`` when
            ``datasets`` lists it, ``undisclosed`` otherwise.
        consents: Identifiers of the consents that the model rests on: of the person whose voice
            or likeness it was made from, say.
    """

    statement: Literal["none", "disclosed", "undisclosed"]
    datasets: tuple[Dataset, ...] = ()
    consents: tuple[Identifier, ...] = ()


class Passport(Value):
    """What is known of a generator.

    Attributes:
        name: As production.toml names it, ``world`` or ``runway:gen4.5``.
        repeatable: True when the same recipe gives the same bytes on one machine.
        local: True when nothing that it is given leaves this machine.
        credit: Wording of the credit for each language, without the name of the production.
        credit_duty: Wording that the licence demands, letter for letter, for each language.
    """

    schema_version: Literal["generique/passport/1"] = "generique/passport/1"
    name: ToolName
    version: str
    title: str
    maker: str
    licence: str
    kinds: tuple[ElementKind, ...]
    training: Training
    source_type: SourceType
    repeatable: bool
    local: bool = False
    credit: dict[str, str] = Field(default_factory=dict)
    credit_duty: dict[str, str] = Field(default_factory=dict)
    notes: str = ""


class Rights(Value):
    """Rights in a medium that was not generated here.

    Attributes:
        licence: SPDX identifier or the licence's own name.
        notice: File with the notice, relative to the production's folder.
        consents: Identifiers of the consents of people who are seen or heard.
        credit_duty: Wording that the licence demands, letter for letter, for each language.
        reference: Which generators may be given it to follow: ``hosted`` also those of providers,
            to whom it is sent; ``local`` only those on this machine; ``no`` none. None where
            nobody has said, which permits nothing.
    """

    licence: str
    holder: str
    source: str
    notice: str
    credit: dict[str, str] = Field(default_factory=dict)
    credit_duty: dict[str, str] = Field(default_factory=dict)
    consents: tuple[Identifier, ...] = ()
    reference: Literal["no", "local", "hosted"] | None = None
