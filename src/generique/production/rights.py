"""Rights: what a production knows of its tools, models, datasets, consents and declared uses.

People write it under ``rights/``. Here it is read as one value, held against the documents that it
rests on, and written into the ledger whenever it changed, so that an audit shows what was known
when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field

from generique.ledger.canonical import canonical
from generique.model.consent import Consent
from generique.model.declaration import UseDeclaration
from generique.model.errors import Refused, UnreadableInput
from generique.model.kept_passports import (
    DatasetPassport,
    Document,
    KeptPassport,
    ModelPassport,
    ToolPassport,
)
from generique.model.values import Digest, Excerpt, Json, Value, digest_of
from generique.production.journal import Journal
from generique.production.machineroom_ports import Folder
from generique.production.ports import Vault
from generique.production.rights_ports import Paper, RightsFolder

_P = TypeVar("_P", ToolPassport, ModelPassport, DatasetPassport)
Place = tuple[str | int, ...]


class RightsFile(Value):
    """Everything under ``rights/`` that is read, and what the program says of its own generators.

    Attributes:
        tools: Passports of tools, the program's own included.
        models: Passports of models.
        datasets: Passports of datasets.
        consents: In the order of the file.
        declarations: Declared uses, in the order of the file.
        shipped: Passports that come with the program: ``tool/pico``.
        files: Digest of each paper that people wrote, by its path in the production.
        documents: Digest of each document that the papers name, by its path.
    """

    schema_version: Literal["generique/rights/1"] = "generique/rights/1"
    tools: tuple[ToolPassport, ...] = ()
    models: tuple[ModelPassport, ...] = ()
    datasets: tuple[DatasetPassport, ...] = ()
    consents: tuple[Consent, ...] = ()
    declarations: tuple[UseDeclaration, ...] = ()
    shipped: tuple[str, ...] = ()
    files: dict[str, Digest] = Field(default_factory=dict)
    documents: dict[str, Digest] = Field(default_factory=dict)

    @cached_property
    def digest(self) -> Digest:
        """Digest of all of it."""
        return digest_of(self.document())

    def document(self) -> bytes:
        """Canonical JSON of it, which :meth:`read` reads."""
        return canonical(self.model_dump(mode="json", by_alias=True))

    def passports(self) -> tuple[KeptPassport, ...]:
        """The passports of all kinds."""
        return (*self.tools, *self.models, *self.datasets)

    def stated_passports(self) -> list[Json]:
        """The passports as documents."""
        return [one.model_dump(mode="json", by_alias=True) for one in self.passports()]

    def stated_uses(self) -> list[Json]:
        """The declared uses as documents."""
        return [one.to_json() for one in self.declarations]

    def stated_consents(self) -> list[Json]:
        """The consents as documents."""
        return [one.to_json() for one in self.consents]

    def consent_digests(self) -> list[Json]:
        """Identifier and digest of each consent, which say nothing of what it says."""
        return [
            {"id": one.id, "sha256": digest_of(canonical(one.to_json())).removeprefix("sha256:")}
            for one in self.consents
        ]

    def parts(self) -> dict[str, Digest]:
        """Digest of each part by itself, so that one can be shown without the others."""
        return {
            "passports": digest_of(canonical(self.stated_passports())),
            "uses": digest_of(canonical(self.stated_uses())),
            "consents": digest_of(canonical(self.consent_digests())),
        }

    def names(self, kind: str, name: str) -> bool:
        """True when a paper is about a dataset, a model or a consent of that name."""
        if kind == "consent":
            return any(consent.id == name for consent in self.consents)
        return any((one.kind, one.id) == (kind, name) for one in self.passports())

    def is_shipped(self, passport: KeptPassport) -> bool:
        """True for a passport that comes with the program."""
        return _name(passport) in self.shipped


class RightsFacts(Excerpt):
    """What an entry of the kind ``rights`` says.

    Attributes:
        statement: Digest of all that was known, see :meth:`RightsFile.document`.
        parts: See :meth:`RightsFile.parts`; empty in entries of earlier releases.
    """

    statement: Digest
    files: dict[str, Digest]
    documents: dict[str, Digest]
    parts: dict[str, Digest] = Field(default_factory=dict)


def read_rights(folder: Folder) -> RightsFile:
    """Everything under ``rights/``, each document held against its digest.

    Raises:
        UnreadableInput: A paper cannot be read as what it should be, names something twice or
            names a document that is missing; with file and line.
        Refused: A document is not the one that was read.
    """
    papers = folder.rights.passports()
    _no_doubles(papers)
    own = {_name(paper.value) for paper in papers}
    shipped = [p.value for p in folder.rights.shipped() if _name(p.value) not in own]
    passports = [*(paper.value for paper in papers), *shipped]
    consents, declared = folder.rights.consents(), folder.rights.declarations()
    listed: list[Paper[Value]] = [*papers]
    if consents is not None:
        _named_once(consents, "consent", [item.id for item in consents.value.consent])
        listed.append(consents)
    if declared is not None:
        _named_once(declared, "use", [item.id for item in declared.value.use])
        listed.append(declared)
    return RightsFile(
        tools=_of(passports, ToolPassport),
        models=_of(passports, ModelPassport),
        datasets=_of(passports, DatasetPassport),
        consents=consents.value.consent if consents else (),
        declarations=declared.value.use if declared else (),
        shipped=tuple(_name(passport) for passport in shipped),
        files={paper.file: paper.digest for paper in listed},
        documents={
            file: digest
            for paper in listed
            for file, digest in _checked_documents(paper, folder.rights)
        },
    )


def record_rights(rights: RightsFile, journal: Journal, vault: Vault) -> int | None:
    """Write into the ledger what is known, when it differs from what was written last.

    Returns:
        The entry; None when the ledger says so already.
    """
    last = last_rights(journal)
    if last is not None and (last[1].statement, last[1].parts) == (rights.digest, rights.parts()):
        return None
    statement = vault.put_bytes(rights.document())
    subjects = {"rights": statement, **rights.files, **rights.documents}
    facts = {
        "schema_version": rights.schema_version,
        "statement": statement,
        "files": rights.files,
        "documents": rights.documents,
        "parts": rights.parts(),
    }
    return journal.record("rights", subjects, facts)


def last_rights(journal: Journal) -> tuple[int, RightsFacts] | None:
    """Entry and facts of what was known last; None before anything was.

    Raises:
        UnreadableInput: The entry does not say what it should.
    """
    last = None
    for act in journal.acts("rights"):
        last = act
    if last is None:
        return None
    return last.entry, RightsFacts.read(last.facts, where=f"entry {last.entry}")


def _of(passports: Iterable[KeptPassport], kind: type[_P]) -> tuple[_P, ...]:
    return tuple(passport for passport in passports if isinstance(passport, kind))


def _name(passport: KeptPassport) -> str:
    return f"{passport.kind}/{passport.id}"


def _no_doubles(papers: Iterable[Paper[KeptPassport]]) -> None:
    """Refuse two passports of the same version of the same thing."""
    seen: dict[tuple[str, str], str] = {}
    for paper in papers:
        said = paper.value
        key = _name(said), said.version
        if key in seen:
            raise UnreadableInput(
                f"the {said.kind} {said.id}, version {said.version}, has two passports",
                where=paper.where(("id",)),
                why=f"the other is {seen[key]}; nobody can tell which holds",
                next_step="keep one of them",
            )
        seen[key] = paper.file


def _named_once(paper: Paper[Value], what: str, names: Sequence[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise UnreadableInput(
                f"the {what} {name} is named twice",
                where=paper.where((what, index, "id")),
                why="nobody can tell which holds",
                next_step="give each its own id",
            )


def _checked_documents(paper: Paper[Value], rights: RightsFolder) -> Iterator[tuple[str, Digest]]:
    """Every document that a paper names, which is there and the same."""
    for place, document in _documents(paper.value, ()):
        if document.file is None:
            continue
        found = rights.digest(document.file)
        where = paper.where((*place, "file"))
        if found is None:
            raise UnreadableInput(
                f"the document {document.file} is missing",
                where=where,
                why="what was read has to be kept, so that others can read it",
                next_step="put it there, or leave out `file` when only the digest was kept",
            )
        if found != document.digest:
            raise Refused(
                f"{document.file} is not the document that was read on {document.read_on}",
                where=where,
                why=f"its digest is {found}, {document.digest} was read",
                next_step="restore the document, or read it again and state digest and day",
            )
        yield document.file, found


def _documents(value: object, place: Place) -> Iterator[tuple[Place, Document]]:
    """Documents anywhere in a value, with where they stand."""
    if isinstance(value, Document):
        yield place, value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from _documents(getattr(value, name), (*place, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _documents(item, (*place, index))
