"""What the record knows of a file that carries no credential.

A file whose essence was once signed has lost its credential on the way, by an upload, a copy of
the streams, or somebody's hand; a file that nobody here ever saw is only unknown. The difference is
worth a sentence, and only the ledger and the proof can tell it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generique.ledger.envelope import open_envelope
from generique.ledger.log import Ledger
from generique.ledger.proof import read_proof
from generique.ledger.statement import Statement, predicate_type
from generique.marks.credential.statements import essence_stated_by
from generique.marks.proofcheck import ESSENCE_SUBJECT
from generique.marks.verdict import Finding, Verdict
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Digest


class _Signing(NamedTuple):
    """A signing that the record knows of.

    Attributes:
        before: The file as it was before; None where the record does not say.
    """

    where: str
    essence: Digest | None
    before: Digest | None


def missing_credential(
    file: Digest, essence: Digest | None, proof: str | None, ledger: Ledger | None
) -> Finding:
    """Why a file has no credential, as far as proof and ledger know.

    Args:
        file: Digest of its bytes.
        essence: Essence digest; None when it has none that can be read.
        proof: Text of the proof beside it; None when there is none.
        ledger: The production's ledger, where it is at hand.
    """
    for signing in (*_proven(proof), *_recorded(ledger)):
        if signing.before == file:
            return _finding(
                "credential.not-yet",
                f"these are the bytes from before the signing that {signing.where} records",
            )
        if essence is not None and signing.essence == essence:
            return _finding(
                "credential.stripped",
                f"picture and sound were signed, which {signing.where} records; the credential "
                "was taken out of this file",
            )
    return _finding(
        "credential.missing", "the file carries no credential; it may have been removed"
    )


def _finding(code: str, why: str) -> Finding:
    return Finding(code=code, where="file", why=why, verdict=Verdict.UNKNOWN)


def _proven(proof: str | None) -> Iterator[_Signing]:
    """The seal in the proof beside the file; whether it holds is judged elsewhere."""
    if proof is None:
        return
    try:
        read = read_proof(proof)
        statement = open_envelope(read.entry, where="the proof's entry").statement()
    except UnreadableInput:
        return
    if statement.predicate_type == predicate_type("seal"):
        where = f"the proof beside it, entry {read.index},"
        yield _Signing(where, statement.digest_of(ESSENCE_SUBJECT), None)


def _recorded(ledger: Ledger | None) -> Iterator[_Signing]:
    """All signings in a ledger."""
    try:
        for entry in ledger.entries() if ledger else ():
            found = _signing(entry.statement(), f"entry {entry.index} of the ledger")
            if found is not None:
                yield found
    except (Damaged, UnreadableInput):
        return  # the ledger's own faults are found and told when it is verified


def _signing(statement: Statement, where: str) -> _Signing | None:
    """The signing that a statement tells of; None when it tells of something else."""
    facts = statement.predicate
    if statement.predicate_type == predicate_type("seal"):
        return _Signing(where, statement.digest_of(ESSENCE_SUBJECT), _text(facts, "unsigned"))
    recipe = facts.get("recipe")
    if not isinstance(recipe, Mapping) or recipe.get("verb") != "credential":
        return None
    claim = recipe.get("claim")
    listed = claim.get("assertions") if isinstance(claim, Mapping) else None
    stated = {
        str(item.get("label")): item.get("data")
        for item in (listed if isinstance(listed, list) else ())
        if isinstance(item, dict)
    }
    inputs = facts.get("inputs")
    before = _text(inputs, "file") if isinstance(inputs, Mapping) else None
    return _Signing(where, essence_stated_by(stated), before)


def _text(holder: Mapping[str, Any], name: str) -> str | None:
    value = holder.get(name)
    return value if isinstance(value, str) else None
