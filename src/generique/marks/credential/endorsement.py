"""Endorsements: approval and credit that people give a file after it was signed.

An endorsement is an update manifest (C2PA 2.4, section 11.2.3): the content stays byte for byte,
what was said before stays said, and what is new binds the essence digest and the ledger's entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from generique.marks.credential.claims import Generator, manifest_definition
from generique.marks.credential.disclosure import Oversight, disclosure, oversight
from generique.marks.credential.report import CredentialTree, Manifest
from generique.marks.credential.statements import (
    ENDORSEMENT_ASSERTION,
    stated_essence,
    stated_lineage_of,
)
from generique.marks.verdict import Finding, Verdict
from generique.model.errors import UnreadableInput
from generique.model.lineage import DecisionEntry
from generique.model.passport import Passport
from generique.model.values import Digest, Json, Value


class Endorsement(Value):
    """What people add to a finished file.

    Attributes:
        essence: Essence digest of the file; adding an endorsement does not change it.
        decisions: Approvals, of the file or of what it is made of, with their ledger entries.
        credits: Lines of credit, as they are to be read.
    """

    schema_version: Literal["generique/endorsement/1"] = "generique/endorsement/1"
    essence: Digest
    decisions: tuple[DecisionEntry, ...] = ()
    credits: tuple[str, ...] = ()


def endorsement_claim(
    endorsement: Endorsement,
    generator: Generator,
    *,
    title: str,
    media_type: str,
    models: Sequence[Passport] = (),
) -> dict[str, Json]:
    """Manifest definition of an update.

    Args:
        endorsement: What is added.
        generator: Our name and version.
        title: Of the file.
        media_type: Of the file.
        models: Trained models behind the file; they count as validated by people where the file
            itself was approved.
    """
    decisions = [entry.decision for entry in endorsement.decisions]
    level = oversight(endorsement.essence, decisions, prompted=False)
    assertions: list[Json] = [
        {"label": ENDORSEMENT_ASSERTION, "created": True, "data": endorsement.to_json()}
    ]
    if level is Oversight.VALIDATED:
        assertions += [disclosure(model, level) for model in models]
    return manifest_definition(title, media_type, generator, assertions)


def endorsements_of(tree: CredentialTree) -> tuple[Endorsement, ...]:
    """Endorsements of a file, the last one first.

    Raises:
        UnreadableInput: One is not what it should be.
    """
    found = []
    for manifest in tree.updates:
        data = manifest.data(ENDORSEMENT_ASSERTION)
        if data is not None:
            found.append(Endorsement.read(data, where=ENDORSEMENT_ASSERTION))
    return tuple(found)


def check_endorsements(tree: CredentialTree) -> Iterator[Finding]:
    """What was added after signing, against what it was added to."""
    content = tree.content
    essence = stated_essence(content) if content else None
    known = {essence, *_parts(content)}
    try:
        added = endorsements_of(tree)
    except UnreadableInput as error:
        yield Finding(
            code="endorsement.unreadable", where="file", why=f"{error.what}: {error.why}"[:400]
        )
        return
    for endorsement in added:
        strange = {entry.decision.essence for entry in endorsement.decisions} - known
        if endorsement.essence != essence or strange:
            yield Finding(
                code="endorsement.other-essence",
                where="file",
                why="what was added after signing is about another film or take",
            )
        if any(entry.decision.verdict != "approved" for entry in endorsement.decisions):
            yield Finding(
                code="endorsement.no-approval",
                where="file",
                why="what was added after signing is no approval by a person",
            )
    for manifest in tree.updates:
        if manifest.data(ENDORSEMENT_ASSERTION) is None:
            yield Finding(
                code="endorsement.unknown",
                where="file",
                why="something was added after signing that this program does not know",
                verdict=Verdict.VALID,
            )


def _parts(content: Manifest | None) -> set[Digest]:
    """Essences of what a master is made of."""
    lineage = stated_lineage_of(content) if content else None
    return {use.essence for use in lineage.elements} if lineage else set()
