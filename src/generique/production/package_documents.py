"""The documents of a sealed evidence package: their names, their fields and their one form.

A package comes from a stranger. So its documents are read as values, and in one form only: sorted
keys, two spaces, UTF-8. A name that stands twice, a number that readers round, or a field that
nobody knows is refused, never guessed at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NoReturn, Self, TypeVar

from pydantic import NonNegativeInt, StringConstraints, model_validator

from generique.ledger.canonical import canonical
from generique.ledger.statement import predicate_type
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Value, digest_of

MANIFEST = "manifest.json"
SEAL = "seal.dsse"
ENTRIES = "ledger/entries.jsonl"
CHECKPOINT = "ledger/checkpoint.txt"
WITNESSED = "ledger/witnessed.txt"
PROOFS = "ledger/proofs/"
KEYS = "keys.txt"
MASTERS = "masters.json"
DECISIONS = "decisions.json"
AUDIT = "report/audit.json"
CLAUSES = "contract/clauses.toml"
CONTRACT = "contract/contract.pdf"
PASSPORTS = "rights/passports.json"
USES = "rights/uses.json"
DIGESTS = "rights/digests.json"
CONSENTS = "rights/consents.json"
PAPERS = "rights/documents/"
PREDICATE = predicate_type("package")

LARGEST_DOCUMENT = 64 << 20
"""Bytes of a document; a longer one is refused before it is read."""

_DEEPEST = 64
_V = TypeVar("_V", bound=Value)
_Hex256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Listed(Value):
    """A member as the manifest lists it."""

    path: str
    sha256: _Hex256
    bytes: NonNegativeInt


class PackageAbout(Value):
    """What a package is about; the seal says it again.

    Attributes:
        until: Time of the last ledger entry that it knows; the package says nothing of later.
        entries: Number of entries of the ledger.
        verdict: Of the audit in it.
    """

    production: str
    title: str
    until: str
    entries: NonNegativeInt
    verdict: str


class PackageManifest(PackageAbout):
    """What a package holds.

    Attributes:
        files: Every other member but the seal, in the order of their names, each once.
    """

    schema_version: Literal["generique/package/1"] = "generique/package/1"
    files: tuple[Listed, ...]

    @model_validator(mode="after")
    def _each_once_in_order(self) -> Self:
        names = [one.path for one in self.files]
        if names != sorted(set(names)):
            raise ValueError("files do not stand in the order of their names, each once")
        return self

    @property
    def about(self) -> dict[str, Any]:
        """What the seal repeats."""
        said = self.to_json()
        return {name: said[name] for name in PackageAbout.model_fields}


class SealedMaster(Value):
    """A master that the package is about.

    Attributes:
        file: Digest of the finished file.
        entry: Ledger entry that sealed it.
        lineage: Digest of the lineage document, which lies in the package under that name.
        member: Where the master itself lies in the package; None when it was not asked for.
    """

    language: str
    file: Digest
    essence: Digest
    entry: NonNegativeInt
    lineage: Digest | None
    member: str | None = None


class MastersDocument(Value):
    """``masters.json``: the masters of the film as it was last made."""

    masters: tuple[SealedMaster, ...]


class VoidWord(Value):
    """Something said in a person's name that does not count.

    Attributes:
        kind: Kind of the entry.
        why: The reason, in words.
    """

    entry: NonNegativeInt
    kind: str
    why: str


class DecisionsDocument(Value):
    """``decisions.json``.

    Attributes:
        decisions: Every decision of the ledger as it was said, with ``entry``, and with ``void``:
            why it does not count, null when it counts.
        void: What else was said in a person's name and does not count.
    """

    decisions: tuple[dict[str, Any], ...]
    void: tuple[VoidWord, ...]


class PassportsDocument(Value):
    """``rights/passports.json``, as it was stated; the record's digest decides what it may say."""

    passports: tuple[dict[str, Any], ...]


class UsesDocument(Value):
    """``rights/uses.json``; see :class:`PassportsDocument`."""

    uses: tuple[dict[str, Any], ...]


class ConsentsDocument(Value):
    """``rights/consents.json``; see :class:`PassportsDocument`."""

    consents: tuple[dict[str, Any], ...]


class ConsentDigest(Value):
    """A consent, by the digest of its canonical JSON."""

    id: str
    sha256: _Hex256


class DigestsDocument(Value):
    """``rights/digests.json``.

    Attributes:
        files: Digest of each paper that people wrote, by its path in the production.
        documents: Digest of each document that the papers name, by its path.
    """

    consents: tuple[ConsentDigest, ...]
    files: dict[str, Digest]
    documents: dict[str, Digest]


def proof_name(entry: int) -> str:
    """Name of the proof of an entry."""
    return f"{PROOFS}{entry}.proof"


def lineage_name(digest: Digest) -> str:
    """Name of a lineage document."""
    return f"lineage/{digest.removeprefix('sha256:')}.json"


def master_name(language: str) -> str:
    """Name of a master."""
    return f"masters/master.{language}.mp4"


def in_form(document: Mapping[str, Any]) -> bytes:
    """A document in the form in which a package holds it."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return (text + "\n").encode()


def read_document(data: bytes, kind: type[_V], *, where: str, exact: bool = True) -> _V:
    """Read a document of a package.

    Args:
        data: Its bytes.
        kind: What it should be.
        where: Name of the member, for the error.
        exact: Whether it has to stand in the one form; the report is written otherwise.

    Raises:
        UnreadableInput: Too large, not JSON, not in its one form, nested too deeply, a name that
            stands twice, or a field that is unknown, missing or of the wrong type.
    """
    if len(data) > LARGEST_DOCUMENT:
        raise too_large(where)
    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
        same = not exact or in_form(document) == data
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableInput(f"{where} is not JSON", where=where, why=str(error)[:200]) from error
    if not same:
        raise UnreadableInput(
            f"{where} is not in its one form",
            where=where,
            why="packages are written with sorted names and two spaces; this is written otherwise",
        )
    _require_shallow(document, where)
    return kind.read(data, where=where)


def too_large(where: str) -> UnreadableInput:
    """The error for a member that is not read whole."""
    why = f"at most {LARGEST_DOCUMENT:,} bytes are read"
    return UnreadableInput(f"{where} is too large", where=where, why=why)


def stated_digest(value: object) -> Digest:
    """Digest of the canonical JSON of a part of a document.

    Raises:
        UnreadableInput: It holds a number that JSON readers round.
    """
    return digest_of(canonical(value))  # type: ignore[arg-type]  # anything that is not JSON is refused


def _require_shallow(document: object, where: str) -> None:
    """Refuse nesting beyond any document of ours, without following it by recursion."""
    level: list[object] = [document]
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        if not inner:
            return
        level = inner
    raise UnreadableInput(
        f"{where} is nested too deeply", where=where, why=f"more than {_DEEPEST} levels"
    )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without repeated names."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python's reader would accept."""
    raise ValueError(f"{name} is not JSON")
