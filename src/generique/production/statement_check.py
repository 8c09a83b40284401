"""Checking a proof file by itself: a signed statement that stands in a ledger, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from generique.ledger.envelope import open_envelope
from generique.ledger.keys import PublicKey
from generique.ledger.proof import HEADER
from generique.ledger.statement import Statement, predicate_type
from generique.marks.proofcheck import statement_judgement
from generique.marks.verdict import Judgement, Verdict
from generique.model.errors import UnreadableInput
from generique.model.values import Value
from generique.production.negative import NegativeProof

MAGIC = HEADER.encode()
"""How a proof file begins."""


class StatementReport(Value):
    """What a proof file says, and whether it may be believed.

    Attributes:
        about: Names and digests of what it is about.
        says: The statement in words, line by line.
    """

    judgement: Judgement
    about: dict[str, str]
    says: tuple[str, ...]

    @property
    def fault(self) -> bool:
        """True when it did not pass."""
        return self.judgement.verdict in {Verdict.BROKEN, Verdict.UNKNOWN}


def check_statement(text: str, trusted: Sequence[PublicKey]) -> StatementReport:
    """Verify a proof file without the file that it is about.

    Args:
        text: The proof file.
        trusted: Keys that the reader got otherwise.
    """
    judgement, proof = statement_judgement(text, trusted)
    if proof is None:
        return StatementReport(judgement=judgement, about={}, says=())
    statement = open_envelope(proof.entry, where="the proof's entry").statement()
    about = {subject.name: subject.digest for subject in statement.subjects}
    return StatementReport(judgement=judgement, about=about, says=tuple(_says(statement)))


def _says(statement: Statement) -> tuple[str, ...]:
    if statement.predicate_type != predicate_type("negative"):
        return (f"an entry of the kind {statement.predicate_type}",)
    facts = {key: value for key, value in statement.predicate.items() if key != "at"}
    try:
        proof = NegativeProof.read(facts, where="the statement")
    except UnreadableInput as error:
        return (f"a negative proof that cannot be read: {error.why}",)
    return (
        proof.says,
        *(f"rests on: {one.what}, {one.stated}" for one in proof.ancestors),
        *(f"does not say: {limit}" for limit in proof.limits),
    )
