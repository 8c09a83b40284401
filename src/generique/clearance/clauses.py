"""The contract as the production's ``contract/clauses.toml`` states it.

The file is a machine reading of a contract, never the contract: that is the signed document
beside it. Which document, and which reading of it, a person binds in the ledger; a reading that
was changed since is void until it is bound again.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializeAsAny, StringConstraints, model_validator

from generique.clearance.approvals import ApprovalRule
from generique.clearance.catalogue import CATALOGUE
from generique.clearance.clause_duties import AuditAndRetention, Indemnity
from generique.clearance.clause_limits import Clause, Line
from generique.clearance.contract_text import sentence
from generique.clearance.contract_words import NO_BREAK, TextLanguage, date_words
from generique.clearance.natural import natural
from generique.clearance.policy import Operand, Operator, Policy
from generique.ledger.canonical import canonical
from generique.model.element import ElementKind
from generique.model.errors import UnreadableInput
from generique.model.kept_passports import Day
from generique.model.people import Matter
from generique.model.values import Digest, Identifier, Json, Value, digest_of

SCHEMA = "generique/contract/1"
MOST_CLAUSES = 2000
PdfName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.pdf$")]


class Party(Value):
    """Who signs.

    Attributes:
        id: How clauses name the party.
        name: As the contract prints it.
        capacity: What the party is, by language: ``{en = "the producer"}``.
        represented_by: The person who signs for it.
    """

    id: Identifier
    name: Line
    capacity: dict[TextLanguage, Line] = Field(default_factory=dict)
    represented_by: Line | None = None


class Heading(Value):
    """Everything but the clauses.

    Attributes:
        work: Title of the film as the contract prints it.
        titles: Identifiers of the productions that it governs.
        date: Day of the contract.
        languages: Languages of the text; the first one prevails.
        law: Governing law, by language.
        signed: File name of the signed document, beside ``clauses.toml``.
        sha256: Hex digest of that document.
    """

    schema_version: Literal["generique/contract/1"] = Field(alias="schema")
    work: Line
    titles: tuple[Identifier, ...] = Field(min_length=1)
    date: Day
    place: Line | None = None
    languages: tuple[TextLanguage, ...] = Field(min_length=1, default=("en",))
    law: dict[TextLanguage, Line] = Field(default_factory=dict)
    party: tuple[Party, ...] = Field(min_length=2)
    signed: PdfName | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for what, names in (
            ("party", [party.id for party in self.party]),
            ("language", list(self.languages)),
        ):
            if len(set(names)) != len(names):
                raise ValueError(f"a {what} is named twice")
        return self


class Bond(StrEnum):
    """How a reading stands to what was bound in the ledger."""

    BOUND = "bound"
    UNBOUND = "never bound"
    CHANGED = "clauses changed"
    OTHER_DOCUMENT = "document changed"
    NO_DOCUMENT = "document missing"


class Binding(Value):
    """What the ledger says of the contract.

    Attributes:
        bond: Whether reading and document are the ones that were bound.
        entry: Entry of the last binding; None before there is one.
        document: Digest of the signed document as it lies there; None when it is missing.
        signatures: Names of those whose electronic signatures on it held when it was bound.
    """

    bond: Bond = Bond.UNBOUND
    entry: int | None = None
    document: Digest | None = None
    signatures: tuple[str, ...] = ()


class Contract(Value):
    """A contract that clearance can execute.

    Attributes:
        clauses: In the order of the file, which means nothing.
        where: The file, for messages.
    """

    heading: Heading
    clauses: tuple[SerializeAsAny[Clause], ...]
    binding: Binding = Binding()
    where: str = "contract/clauses.toml"

    @property
    def citation(self) -> str:
        """How a lawyer cites it: ``Contract of 3 March 2026 between A and B``."""
        names = " and ".join(party.name for party in self.heading.party)
        day = date_words(self.heading.date, "en").replace(NO_BREAK, " ")
        return f"Contract of {day} between {names}"

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """Every clause, compiled."""
        return tuple(
            Policy(
                clause=clause.id,
                kind=clause.kind,
                title=sentence(clause, self.party_names, "en"),
                source=f"{self.citation}, clause {clause.id}",
                rules=clause.rules(),
            )
            for clause in self.clauses
        )

    def approvals(
        self, matter: Matter, kind: ElementKind | None = None
    ) -> tuple[ApprovalRule, ...]:
        """Whose approval the clauses ask for, in their order.

        Args:
            matter: Of what.
            kind: Of which kind of element; None asks for those only that cover every kind.
        """
        rules = (clause.approval for clause in self.in_order)
        return tuple(
            rule
            for rule in rules
            if rule is not None and rule.matter is matter and (not rule.kinds or kind in rule.kinds)
        )

    @property
    def in_order(self) -> tuple[Clause, ...]:
        """The clauses in the order of their numbers."""
        return tuple(sorted(self.clauses, key=lambda clause: natural(clause.id)))

    @property
    def party_names(self) -> dict[str, str]:
        """Names of the parties by identifier."""
        return {party.id: party.name for party in self.heading.party}

    @cached_property
    def digest(self) -> Digest:
        """Digest of the reading: of all that it says except which document it reads."""
        heading = self.heading.model_dump(mode="json", by_alias=True)
        said = {key: value for key, value in heading.items() if key not in {"signed", "sha256"}}
        ordered = sorted(self.clauses, key=lambda clause: clause.id)
        clauses: list[Json] = [clause.to_json() for clause in ordered]
        return digest_of(canonical({**said, "clause": clauses}))

    def bound(self, binding: Binding) -> Contract:
        """The same contract with what the ledger says of it."""
        return self.model_copy(update={"binding": binding})

    def to_document(self) -> dict[str, Any]:
        """The contract as the mapping that :func:`read_contract` reads."""
        heading = self.heading.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {**heading, "clause": [_sparse(clause) for clause in self.clauses]}


def _sparse(clause: Clause) -> dict[str, Any]:
    """A clause with what it says and without what it leaves at its default."""
    said = clause.model_dump(mode="json", exclude_defaults=True)
    return {"id": clause.id, "kind": clause.kind, **said}


def read_contract(document: Mapping[str, Any], *, where: str) -> Contract:
    """Read a contract.

    Args:
        document: ``clauses.toml`` as TOML gives it.
        where: The file, for errors.

    Raises:
        UnreadableInput: A clause is of no known kind, a parameter is unknown, missing or of the
            wrong sort, an operand is unknown, or two clauses have one number.
    """
    heading = Heading.read(
        {key: value for key, value in document.items() if key != "clause"}, where=where
    )
    listed = document.get("clause", ())
    if not isinstance(listed, list) or not listed or len(listed) > MOST_CLAUSES:
        raise UnreadableInput(
            "the contract lists no clauses that can be read",
            where=where,
            why=f"[[clause]] stands 1 to {MOST_CLAUSES} times",
            next_step="write a [[clause]] with id and kind for each clause of the contract",
        )
    clauses = tuple(_clause(one, place, where) for place, one in enumerate(listed, start=1))
    known = {party.id for party in heading.party}
    numbers: set[str] = set()
    for clause in clauses:
        if clause.id in numbers:
            raise UnreadableInput(
                f"two clauses have the number {clause.id}",
                where=where,
                next_step="give every clause the number that the contract prints",
            )
        numbers.add(clause.id)
        if isinstance(clause, Indemnity | AuditAndRetention) and clause.by not in known:
            raise UnreadableInput(
                f"clause {clause.id} names a party {clause.by!r} that the contract does not have",
                where=where,
                why=f"parties: {', '.join(sorted(known))}",
                next_step="name one of the parties",
            )
    return Contract(heading=heading, clauses=clauses, where=where)


def _clause(said: object, place: int, where: str) -> Clause:
    if not isinstance(said, Mapping):
        raise UnreadableInput(
            f"clause {place} of the list is no table",
            where=where,
            next_step="write each clause as [[clause]] with id and kind",
        )
    here = f"{where}, clause {said.get('id', f'number {place} of the list')}"
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in CATALOGUE:
        raise UnreadableInput(
            f"there is no kind of clause {str(kind)[:80]!r}",
            where=here,
            why=f"the catalogue holds {', '.join(sorted(CATALOGUE))}",
            next_step="name one of these; what the catalogue cannot say stays with the lawyers",
        )
    form = CATALOGUE[kind]
    extra = sorted(str(key)[:80] for key in said if key not in form.model_fields)
    if extra:
        known = sorted(set(form.model_fields) - {"id", "kind"})
        raise UnreadableInput(
            f"a clause of kind {kind} has no parameter {extra[0]!r}",
            where=here,
            why=f"it takes {', '.join(known) or 'none'}",
            next_step="correct the name; a limit that cannot be read is never passed over",
        )
    _conditions(said.get("when"), here)
    return form.read(said, where=here)


def _conditions(when: object, where: str) -> None:
    """Refuse a condition whose words are not of the vocabulary, and name the word."""
    for one in when if isinstance(when, list) else []:
        for key, known in (("operand", Operand), ("operator", Operator)):
            word = one.get(key) if isinstance(one, Mapping) else None
            if isinstance(word, str) and word not in {item.value for item in known}:
                raise UnreadableInput(
                    f"there is no {key} {word[:80]!r}",
                    where=where,
                    why=f"the vocabulary holds {', '.join(item.value for item in known)}",
                    next_step="name one of these; what is not known permits nothing",
                )
