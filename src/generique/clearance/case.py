"""The case: everything that clearance knows when a gate asks. Rules read it and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Self, TypeVar

from pydantic import Field, NonNegativeInt

from generique.clearance.verdict import Gate
from generique.marks.verdict import Finding as CredentialFault
from generique.model.consent import Consent
from generique.model.declaration import UseDeclaration
from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.judgement import HumanJudgement, Question
from generique.model.kept_passports import (
    WORLD,
    DatasetPassport,
    Day,
    ModelPassport,
    Reservation,
    ToolPassport,
)
from generique.model.passport import Passport, Rights, SourceType
from generique.model.people import Decision
from generique.model.production import Production
from generique.model.reference import Followed
from generique.model.values import Digest, Identifier, ToolName, Value

_K = TypeVar("_K", ToolPassport, ModelPassport)

TRAINED = frozenset(
    {
        SourceType.TRAINED_ALGORITHMIC,
        SourceType.COMPOSITE_SYNTHETIC,
        SourceType.COMPOSITE,
    }
)
"""Source types with a trained model behind them, or of which nobody says that there is none."""

RECORDED = frozenset(
    {SourceType.DIGITAL_CAPTURE, SourceType.COMPOSITE_CAPTURE, SourceType.HUMAN_EDITS}
)
"""Source types of what a camera, a microphone or a hand made."""


class Signed(Value):
    """A person's word as the ledger holds it: only statements whose signature held come here.

    Attributes:
        entry: Ledger entry.
        at: When it was said, RFC 3339.
    """

    decision: Decision
    entry: NonNegativeInt
    at: str = ""


class Judged(Value):
    """A judgement as the ledger holds it."""

    judgement: HumanJudgement
    entry: NonNegativeInt
    at: str = ""


class ElementFacts(Value):
    """One element at a gate: ordered at ``generate``, a take at ``approve``, in the cut later.

    Attributes:
        backend: Generator; None for authentic media.
        provider: Whose machine it runs on; ``local`` when inputs never leave this one.
        model: Identifier of the model that the generator runs; the generator's own name where
            it is its own model; the first where it may run several.
        passport: The generator's own word.
        person: Name of the real person whose voice or likeness it is; None for nobody's.
        take: Identifier; None before there is one.
        seconds: Length in the film; the length ordered before there is a cut.
        start: First frame in the film; None before there is a cut.
        end: Frame after the last.
        decisions: What people said of exactly this essence, oldest first.
        entry: Ledger entry that brought it in.
        reservations: What a medium said of text and data mining when it was ingested, one answer
            for each protocol; None when it was not scanned.
        references: Files that its generator was given to follow, with the rights in them.
        models: Every model that its tool may run; empty when the tool's passport names none.
        likeness: What came of comparing the take with protected works: ``near copy``,
            ``structural hint``, ``none``; None when it was not compared.
    """

    id: Identifier
    title: str
    kind: ElementKind
    element_class: ElementClass
    source_type: SourceType | None = None
    backend: ToolName | None = None
    provider: str = "unknown"
    model: ToolName | None = None
    models: tuple[ToolName, ...] = ()
    passport: Passport | None = None
    rights: Rights | None = None
    person: str | None = None
    track: str | Stem | None = None
    language: str | None = None
    prompt: str | None = None
    take: Identifier | None = None
    essence: Digest | None = None
    file: Digest | None = None
    seconds: float = 0.0
    start: NonNegativeInt | None = None
    end: NonNegativeInt | None = None
    decisions: tuple[Signed, ...] = ()
    entry: NonNegativeInt | None = None
    reservations: tuple[Reservation, ...] | None = None
    likeness: str | None = None
    references: tuple[Followed, ...] = ()

    @property
    def generated(self) -> bool:
        """True when a generator made it."""
        return self.backend is not None

    @property
    def runs(self) -> tuple[Identifier, ...]:
        """Every model that may have made it; none when its model is not known."""
        return self.models or ((self.model,) if self.model is not None else ())

    @property
    def invented(self) -> bool:
        """True when it is stated that it was generated: here, or before it came in."""
        return (
            self.generated
            or self.element_class is ElementClass.SYNTHETIC
            or self.source_type in {SourceType.TRAINED_ALGORITHMIC, SourceType.COMPOSITE_SYNTHETIC}
        )

    @property
    def made_up(self) -> bool:
        """True unless it is stated that it was recorded, and left as it was.

        What came in as a file is not taken for a recording because no generator of this
        production made it. A staged scene that a camera recorded is a recording; a recording that
        was changed, or a mixture of which nobody says what is in it, is none.
        """
        if self.invented or self.element_class is ElementClass.ALTERED:
            return True
        if self.source_type is None:
            return self.element_class is not ElementClass.AUTHENTIC
        return self.source_type not in RECORDED


class ReadBack(Value):
    """What was found on one encoded master; see ``production`` for how.

    Attributes:
        language: Of the version.
        file: Digest of the file that was read.
        labels_missing: Words of the labels that ought to stand and were not found, with elements.
        credits_missing: Identifiers of elements without a legible credit.
        labels_found: How many labels were located.
        audible_notice: Whether the spoken notice was found; None where none is asked for.
        credential: Verdict of the credential: ``valid``, ``trusted``, ``broken``, ``missing`` …
        signer: Who signed it, as the certificate says; empty when nobody did.
        timestamped: Whether a time-stamp authority stamped the claim.
        marks_asked: Shots that were asked for the number that they bear in the picture; None when
            nobody looked.
        marks_missing: Of these, the shots whose own number was not found.
        marks_unasked: Shots that were not asked: too short, dark or flat to bear a number.
        marks_unread: Algorithms of watermarks beside the picture's that its credential tells of
            and that were not found in the file, or that nobody looked for.
        credential_faults: What is wrong with its credential and with those below it; None when
            nobody looked.
        ingredients_missing: Elements that its credential does not name; None when nobody looked.
        validated: Elements that its credential calls validated by a person; None likewise.
        film_validated: Whether its credential calls the film itself validated by a person.
        mining: What its credential says of text and data mining; None when nobody looked.
    """

    language: str
    file: Digest
    labels_found: NonNegativeInt = 0
    labels_missing: tuple[str, ...] = ()
    credits_missing: tuple[str, ...] = ()
    audible_notice: bool | None = None
    credential: str = "unknown"
    signer: str = ""
    timestamped: bool | None = None
    marks_asked: NonNegativeInt | None = None
    marks_missing: tuple[str, ...] = ()
    marks_unasked: tuple[str, ...] = ()
    marks_unread: tuple[str, ...] = ()
    credential_faults: tuple[CredentialFault, ...] | None = None
    ingredients_missing: tuple[str, ...] | None = None
    validated: tuple[str, ...] | None = None
    film_validated: bool = False
    mining: Reservation | None = None

    @property
    def marks_found(self) -> int:
        """Shots whose own number was read."""
        return (self.marks_asked or 0) - len(self.marks_missing)


class Withdrawn(Value):
    """A dataset, model or consent that may no longer be relied on.

    Attributes:
        kind: ``dataset``, ``model`` or ``consent``.
        at: When it was recorded, RFC 3339; empty counts as before everything.
    """

    kind: str
    id: str
    entry: NonNegativeInt
    at: str = ""


def by_version(passports: Iterable[_K]) -> dict[str, dict[str, _K]]:
    """Passports by what they are of, and by version."""
    found: dict[str, dict[str, _K]] = {}
    for passport in passports:
        found.setdefault(passport.id, {})[passport.version] = passport
    return found


def of_version(passports: Mapping[str, _K], version: str | None) -> _K | None:
    """The passport that speaks of a version.

    Args:
        passports: Passports of one thing, by version; ``*`` speaks of all.
        version: The one that is used; None when nobody knows, which only one passport answers.
    """
    if version is None:
        return next(iter(passports.values())) if len(passports) == 1 else None
    return passports.get(version) or passports.get(WORLD)


class Case(Value):
    """Everything known.

    Attributes:
        today: Day of the question.
        elements: Those that the gate asks about.
        film_seconds: Running time; 0 before there is a cut.
        approvals: Decisions on the cast, the cut, masters and uses, oldest first.
        subjects: Digest that a decision must bind now, for every matter but takes, by
            ``matter/identifier``: ``cut/cut``, ``master/en``, ``casting/NARRATOR-en``.
        likenesses: Identifier of the person whose voice or likeness a subject is, by
            ``matter/identifier``; subjects that are nobody's are not in it.
        readback: One for each encoded master; empty before there is one.
        withdrawn: Recorded withdrawals.
        frames_a_second: Of the film.
        clauses: Digest of the contract's clauses that are evaluated beside the packs; None when
            the production holds no contract.
    """

    production: Production
    gate: Gate
    today: Day
    elements: tuple[ElementFacts, ...]
    tools: tuple[ToolPassport, ...] = ()
    models: tuple[ModelPassport, ...] = ()
    datasets: tuple[DatasetPassport, ...] = ()
    consents: tuple[Consent, ...] = ()
    declarations: tuple[UseDeclaration, ...] = ()
    judgements: tuple[Judged, ...] = ()
    approvals: tuple[Signed, ...] = ()
    subjects: dict[str, Digest] = Field(default_factory=dict)
    likenesses: dict[str, Identifier] = Field(default_factory=dict)
    readback: tuple[ReadBack, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    film_seconds: float = 0.0
    frames_a_second: float = 24.0
    clauses: Digest | None = None

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other facts, which remembers nothing that was looked up in these."""
        copy = super().model_copy(update=update, deep=deep)
        for name in set(copy.__dict__).difference(type(self).model_fields):
            del copy.__dict__[name]
        return copy

    @cached_property
    def generated(self) -> tuple[ElementFacts, ...]:
        """The generated elements."""
        return tuple(element for element in self.elements if element.generated)

    @cached_property
    def _tools(self) -> dict[str, dict[str, ToolPassport]]:
        return by_version(self.tools)

    @cached_property
    def _models(self) -> dict[str, dict[str, ModelPassport]]:
        return by_version(self.models)

    def tool(self, element: ElementFacts) -> ToolPassport | None:
        """The kept passport of the tool that made an element; None when there is none.

        A passport of another version says nothing.
        """
        version = element.passport.version if element.passport else None
        return of_version(self._tools.get(element.backend or "", {}), version)

    def model(self, element: ElementFacts) -> ModelPassport | None:
        """The kept passport of the model that made an element; None when there is none.

        Of a tool that runs several models nobody knows which of them it was. The version of a
        model that runs inside another generator is not known; a passport then only counts when it
        is the only one of that model.
        """
        found = self.models_of(element)
        return found[0] if len(found) == 1 else None

    def models_of(self, element: ElementFacts) -> tuple[ModelPassport | None, ...]:
        """The kept passport of each model that may have made an element; at least one answer."""
        return tuple(self._model(element, name) for name in element.runs or (None,))

    def _model(self, element: ElementFacts, name: str | None) -> ModelPassport | None:
        own = element.passport is not None and name == element.passport.name
        version = element.passport.version if element.passport and own else None
        return of_version(self._models.get(name or "", {}), version)

    def answers(self, question: Question) -> dict[int, str]:
        """What was last answered of each element, not of another take of it, by position."""
        said: dict[str, list[HumanJudgement]] = {}
        for one in self.judgements:
            if one.judgement.question is question:
                said.setdefault(one.judgement.element, []).append(one.judgement)
        found: dict[int, str] = {}
        for at, element in enumerate(self.elements) if said else ():
            for about in said.get(element.id, ()):
                if about.essence is None or about.essence == element.essence:
                    found[at] = about.answer
        return found

    @cached_property
    def made_up(self) -> tuple[int, ...]:
        """Positions of what counts as generated.

        Doubt counts, until a person has said that no AI was used: of a recording that was changed,
        or of a file of which nobody said what it is. What is stated to be generated stays so.
        """
        by_hand = self.answers(Question.GENERATED)
        return tuple(
            at
            for at, element in enumerate(self.elements)
            if element.made_up and (element.invented or by_hand.get(at) != "no")
        )

    @cached_property
    def _declared(
        self,
    ) -> dict[tuple[ElementKind, str], list[tuple[UseDeclaration, frozenset[str]]]]:
        return {}

    def declarations_of(self, element: ElementFacts) -> tuple[UseDeclaration, ...]:
        """Every declaration that covers an element, by identifier; a second is one too many."""
        key = (element.kind, element.backend or "")
        if key not in self._declared:
            self._declared[key] = [
                (use, frozenset(use.elements))
                for use in sorted(self.declarations, key=lambda use: use.id)
                if key[0] in use.kinds and key[1] in use.backends
            ]
        return tuple(use for use, named in self._declared[key] if not named or element.id in named)

    def declared(self, element: ElementFacts) -> UseDeclaration | None:
        """The declaration that covers an element; of several, which GEN-01 refuses, the first.

        Identifiers order them, so that the order of paragraphs in a file decides nothing.
        """
        return next(iter(self.declarations_of(element)), None)
