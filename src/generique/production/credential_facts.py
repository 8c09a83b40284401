"""What the credential of a master says, as facts that clearance reads.

Both gates that look at masters ask here: delivery, with the credential of the very file that it
verified, and the audit. Nothing is decided: a fault is told with its code, and which rule it
offends is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generique.clearance.reservations.carried import CREDENTIAL, MINING_ASSERTIONS, read_assertion
from generique.clearance.reservations.words import nothing
from generique.marks.credential.claims import master_ingredients
from generique.marks.credential.judge import judge
from generique.marks.credential.report import CredentialTree, Manifest
from generique.marks.credential.requirements import check_requirements
from generique.marks.credential.soft_binding import ISCC, SoftBinding, soft_bindings_of
from generique.marks.credential.statements import says_validated
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.marks.verdict import Finding, Verdict
from generique.model.kept_passports import Reservation
from generique.model.lineage import Lineage
from generique.model.values import Digest
from generique.production.marking import marked_spans
from generique.production.readback import MasterReading


def credential_facts(
    tree: CredentialTree | None, essence: Digest | None, lineage: Lineage, reading: MasterReading
) -> dict[str, Any]:
    """Facts of a credential, as fields of :class:`generique.clearance.case.ReadBack`.

    Args:
        tree: The credential of the encoded master; None when it bears none.
        essence: Essence digest of the file; None when it cannot be read.
        lineage: Of the film, as it was sealed.
        reading: What was read back from the same file.
    """
    language = reading.language
    manifest = tree.manifest if tree is not None else None
    content = tree.content if tree is not None else None
    if tree is None or manifest is None or content is None:
        return {"timestamped": False, **_silence(lineage, language)}
    signature = manifest.signature
    parts = _parts(tree, content)
    told = [one for one in soft_bindings_of(content) if one.alg != ISCC]
    heard = reading.sound_marks or ()
    return {
        "signer": f"{signature.common_name}, {signature.issuer}" if signature else "",
        "timestamped": bool(signature and signature.time),
        "credential_faults": (
            *judge(tree, essence).findings,
            *check_requirements(tree),
            *_other_marks(told, lineage, heard),
        ),
        "ingredients_missing": tuple(_missing(set(parts), lineage, language)),
        "validated": tuple(_validated(parts, lineage, language)),
        "film_validated": any(says_validated(one) for one in (*tree.updates, content)),
        "mining": _mining(content),
        "marks_unread": tuple(
            dict.fromkeys(
                one.alg
                for one in told
                if one.alg != PICTURE_MARK and not (one.alg == SOUND_MARK and one.value in heard)
            )
        ),
    }


def _other_marks(
    told: Iterable[SoftBinding], lineage: Lineage, heard: tuple[str, ...]
) -> Iterator[Finding]:
    """Numbers that the credential tells of and that are not those of the film."""
    ours = {span.mark for span in marked_spans(lineage)}
    for one in told:
        shots = one.alg == PICTURE_MARK and one.value not in ours
        if shots or (one.alg == SOUND_MARK and heard and one.value not in heard):
            borne = (
                "no shot of the film bears it" if shots else f"the sound bears {', '.join(heard)}"
            )
            yield Finding(
                code="watermark.other",
                where="file",
                why=f"it tells of the mark {one.value[:40]} ({one.alg[:60]}), and {borne}",
                verdict=Verdict.VALID,
            )


def _silence(lineage: Lineage, language: str) -> dict[str, Any]:
    """Facts of a file without a credential: it names nothing and claims nothing."""
    return {
        "credential_faults": (),
        "ingredients_missing": tuple(_missing(set(), lineage, language)),
        "validated": (),
        "mining": nothing(CREDENTIAL, "the master", "no credential"),
    }


def _parts(tree: CredentialTree, content: Manifest) -> dict[str, Manifest]:
    """Credentials of what the master is made of, by their labels."""
    return {
        item.title: tree.manifests[item.manifest]
        for item in content.ingredients
        if item.relationship == "componentOf" and item.manifest in tree.manifests
    }


def _missing(named: set[str], lineage: Lineage, language: str) -> Iterator[str]:
    """Elements whose file the credential does not name, or names without a credential."""
    for ingredient in master_ingredients(lineage, language):
        if ingredient.label not in named:
            yield from (use.id for use in ingredient.uses)


def _validated(parts: dict[str, Manifest], lineage: Lineage, language: str) -> Iterator[str]:
    """Elements of which their own credential says that a person validated them."""
    elements = {
        ingredient.label: [use.id for use in ingredient.uses]
        for ingredient in master_ingredients(lineage, language)
    }
    for label, manifest in parts.items():
        if says_validated(manifest):
            yield from elements.get(label, [label])


def _mining(content: Manifest) -> Reservation:
    """What it says of text and data mining, silence included."""
    for label in MINING_ASSERTIONS:
        data = content.data(label)
        if data is not None:
            return read_assertion(data, where="the master")
    return nothing(CREDENTIAL, "the master", "no such assertion")
