"""Checks a proof file against the film that it is said to prove, without trusting anyone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generique.ledger.envelope import Envelope, open_envelope
from generique.ledger.keys import PublicKey
from generique.ledger.proof import Proof, read_proof
from generique.ledger.statement import Statement
from generique.marks.verdict import Finding, Judgement, Verdict, worst
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Digest

FILE_SUBJECT = "file"
"""Name of the subject that is the file's own digest."""
ESSENCE_SUBJECT = "essence"
"""Name of the subject that is the essence digest."""


def verify_proof_file(
    text: str, file_sha256: Digest, essence: Digest | None, trusted_keys: Sequence[PublicKey]
) -> Judgement:
    """Verdict over a proof file.

    The entry must name this file and its essence among its subjects, stand at its index under
    the checkpoint's root, and both must be signed; by a key of ``trusted_keys`` the proof is
    trusted, otherwise the signer is untrusted, which is no fault.

    Args:
        text: The proof file.
        file_sha256: Digest of the file in hand.
        essence: Essence digest found in it; None when it cannot be computed.
        trusted_keys: Keys that the reader named.
    """
    judged, proof = statement_judgement(text, trusted_keys)
    if proof is None:
        return judged
    envelope = open_envelope(proof.entry, where="the proof's entry")
    findings = (*judged.findings, *_subjects(envelope.statement(), file_sha256, essence))
    return Judgement(
        verdict=worst(finding.verdict for finding in findings),
        findings=findings,
        signer=judged.signer,
    )


def statement_judgement(
    text: str, trusted_keys: Sequence[PublicKey]
) -> tuple[Judgement, Proof | None]:
    """Verdict over a proof file by itself: inclusion and signatures, not what it is about.

    Args:
        text: The proof file.
        trusted_keys: Keys that the reader named.

    Returns:
        The verdict, and the proof; None when it cannot be read.
    """
    try:
        proof = read_proof(text)
        envelope = open_envelope(proof.entry, where="the proof's entry")
        envelope.statement(where="the proof's entry")
    except UnreadableInput as error:
        why = f"{error.what}: {error.why}" if error.why else error.what
        unreadable = Finding(code="proof.unreadable", where="proof", why=why[:400])
        return Judgement(verdict=Verdict.BROKEN, findings=(unreadable,)), None
    findings = (*_inclusion(proof), *_signatures(proof, envelope, trusted_keys))
    judgement = Judgement(
        verdict=worst(finding.verdict for finding in findings),
        findings=findings,
        signer=", ".join(signature.keyid for signature in envelope.signatures),
    )
    return judgement, proof


def _inclusion(proof: Proof) -> Iterator[Finding]:
    if not proof.included():
        yield Finding(
            code="proof.not-included",
            where=f"proof, entry {proof.index}",
            why="the entry does not lead to the root that the checkpoint states",
        )


def _signatures(
    proof: Proof, envelope: Envelope, trusted: Sequence[PublicKey]
) -> Iterator[Finding]:
    for where, code, signed in (
        ("proof, checkpoint", "proof.checkpoint", proof.note.signers),
        ("proof, entry", "proof.entry", envelope.signers),
    ):
        try:
            known = signed(trusted)
        except Damaged as error:
            yield Finding(code=f"{code}-forged", where=where, why=error.what)
            continue
        if not known:
            yield Finding(
                code=f"{code}-untrusted",
                where=where,
                why="none of its signers is among the keys that you trust, so that its signature "
                "could not be checked",
                verdict=Verdict.UNTRUSTED_SIGNER,
            )


def _subjects(
    statement: Statement, file_sha256: Digest, essence: Digest | None
) -> Iterator[Finding]:
    stated = statement.digest_of(FILE_SUBJECT)
    if stated != file_sha256:
        yield Finding(
            code="proof.other-file",
            where="file",
            why=f"the proof is for {stated or 'no file'}, this file is {file_sha256}",
        )
    stated = statement.digest_of(ESSENCE_SUBJECT)
    if essence is None:
        yield Finding(
            code="essence.unread",
            where="file",
            why="picture and sound could not be read to compare them with the proof",
            verdict=Verdict.UNKNOWN,
        )
    elif stated != essence:
        yield Finding(
            code="proof.other-essence",
            where="file",
            why=f"the proof names essence {stated or 'none'}, this file has {essence}",
        )
