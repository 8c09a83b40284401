"""The lineage of a file from the record, for a file that lost its credential on the way."""

from __future__ import annotations

from generique.model.errors import Damaged, UsageError
from generique.model.lineage import Lineage
from generique.model.values import Digest
from generique.production.journal import Act, Journal
from generique.production.package import last_package, masters_of
from generique.production.ports import Vault


def recorded_lineage(
    journal: Journal, vault: Vault, file: Digest, essence: Digest | None
) -> tuple[Lineage, str, int] | None:
    """Lineage, language and entry of the newest seal of these bytes, or of this essence.

    Args:
        journal: The record.
        vault: Holds the lineage documents that seals name.
        file: Digest of the file in hand; it may be the master from before signing.
        essence: Its essence digest; None when it cannot be read.

    Returns:
        None when no seal knows the file, or was made by a release that kept no lineage.

    Raises:
        Damaged: The lineage that a seal names is missing or changed.
    """
    found = None
    for act in journal.acts("seal"):
        facts = act.facts
        same = file in (facts["file"], facts.get("unsigned"))
        if (same or (essence is not None and facts["essence"] == essence)) and facts.get("lineage"):
            found = act
    if found is None:
        return None
    where = f"entry {found.entry}"
    lineage = Lineage.read(vault.read(found.facts["lineage"]), where=where)
    language = str(found.facts["language"])
    if language not in lineage.languages:
        raise Damaged(f"the seal in {where} is of a language that its lineage does not know")
    return lineage, language, found.entry


def sealed_masters(journal: Journal) -> dict[str, Act]:
    """The seal of each language version of the film as it was last made."""
    return masters_of(last_package(journal), journal)


def sealed_film(journal: Journal, vault: Vault) -> Lineage:
    """The lineage of the film as it was last made.

    Raises:
        UsageError: No master was sealed yet, or only by a release that kept no lineage.
        Damaged: The lineage is missing from the vault, or changed.
    """
    kept = [act for act in sealed_masters(journal).values() if act.facts.get("lineage")]
    if not kept:
        raise UsageError(
            "there is no sealed film yet",
            next_step="make it first with: generique produce",
        )
    where = f"entry {kept[-1].entry}"
    return Lineage.read(vault.read(kept[-1].facts["lineage"]), where=where)
