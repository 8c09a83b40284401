"""What is asked of a credential beyond that it holds: its own words have to be complete.

Asked are the manifests of the file itself and those below that carry a statement of ours. What
others signed before is theirs to answer for. Findings of this module break no seal: a credential
may hold and still say too little. Sources: C2PA Technical Specification 2.4, sections 18.15 and
18.28; additional requirements of the conformance programme 0.2, as its asset rubric of
6 August 2026 puts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generique.marks.credential.claims import (
    ACTIONS_ASSERTION,
    LINEAGE_ASSERTION,
    MEDIA_ASSERTION,
    SPECIFICATION,
    TAKE_ASSERTION,
)
from generique.marks.credential.disclosure import DISCLOSURE_ASSERTION, is_trained
from generique.marks.credential.report import CredentialTree, Manifest
from generique.marks.credential.soft_binding import WATERMARKS, soft_bindings_of
from generique.marks.credential.statements import (
    ENDORSEMENT_ASSERTION,
    FILE_ASSERTION,
    stated_lineage_of,
)
from generique.marks.verdict import Finding, Verdict
from generique.model.errors import UnreadableInput
from generique.model.take import Take

_OURS = frozenset(
    {TAKE_ASSERTION, MEDIA_ASSERTION, LINEAGE_ASSERTION, FILE_ASSERTION, ENDORSEMENT_ASSERTION}
)
_OPENED = "c2pa.opened"
_WATERMARKED = "c2pa.watermarked.bound"
_NEED_NO_SOURCE_TYPE = frozenset(
    {
        "c2pa.created",  # asked of it elsewhere, whatever else it is
        _OPENED,
        "c2pa.placed",
        "c2pa.converted",
        "c2pa.published",
        "c2pa.repackaged",
        "c2pa.transcoded",
        "c2pa.resized.proportional",
        "c2pa.enhanced",
        "c2pa.edited.metadata",
        "c2pa.watermarked",
        _WATERMARKED,
        "c2pa.watermarked.unbound",
        "c2pa.redacted",
    }
)
"""Acts that begin a file, that place what has a source type of its own, or that no viewer sees."""
_EDITION = SPECIFICATION.rpartition(".")[0]


def check_requirements(tree: CredentialTree) -> Iterator[Finding]:
    """What the credential of a file leaves unsaid, or says without ground.

    Args:
        tree: The credential; nothing is found in one that has no manifest of the file.
    """
    for manifest, where in _ours(tree):
        yield from _inception(manifest, where)
        yield from _source_types(manifest, where)
        yield from _completeness(manifest, where)
        yield from _disclosures(manifest, where)
        yield from _watermarks(manifest, where)


def _ours(tree: CredentialTree) -> Iterator[tuple[Manifest, str]]:
    """The manifests that are asked, each once, with their places."""
    own = [tree.content, *tree.updates]
    waiting, seen = [(tree.active, "file")], set()
    while waiting:
        label, where = waiting.pop(0)
        manifest = tree.manifests.get(label)
        if manifest is None or label in seen:
            continue
        seen.add(label)
        mine = any(assertion.label in _OURS for assertion in manifest.assertions)
        if mine or any(manifest is one for one in own):
            yield manifest, where
        for item in manifest.ingredients:
            if item.manifest is not None:
                below = where if manifest.update else f"{where} > {item.title or item.label}"
                waiting.append((item.manifest, below))


def _inception(manifest: Manifest, where: str) -> Iterator[Finding]:
    """The list of acts is the signer's own word; an opening opens exactly one parent."""
    lists = [item for item in manifest.assertions if item.label.startswith("c2pa.actions")]
    if not lists or lists[0].label != ACTIONS_ASSERTION or not lists[0].created:
        yield _finding(
            "actions.gathered",
            where,
            f"its first list of acts is no {ACTIONS_ASSERTION} among what the signer vouches for",
        )
    parents = {item.label for item in manifest.ingredients if item.relationship == "parentOf"}
    for action in manifest.actions():
        if action.get("action") == _OPENED and not _opens_one(action, parents):
            yield _finding(
                "action.opened-parent", where, "what it says it opened is not one parent ingredient"
            )


def _opens_one(action: dict[str, Any], parents: set[str]) -> bool:
    parameters = action.get("parameters")
    listed = parameters.get("ingredients") if isinstance(parameters, dict) else None
    items = listed if isinstance(listed, list) else []
    named = [str(item.get("url")).rpartition("/")[2] for item in items if isinstance(item, dict)]
    return len(named) == len(items) == 1 and named[0] in parents


def _source_types(manifest: Manifest, where: str) -> Iterator[Finding]:
    """Acts that can be seen or heard name a kind of source, and an opening names none."""
    for action in manifest.actions():
        name, stated = str(action.get("action")), action.get("digitalSourceType")
        if name.startswith("c2pa.") and name not in _NEED_NO_SOURCE_TYPE and stated is None:
            yield _finding(
                "action.source-type-missing",
                where,
                f"{name[:60]} can be seen or heard, and names no kind of source",
            )
        if name == _OPENED and stated is not None:
            yield _finding(
                "action.opened-source-type",
                where,
                "an opening names a kind of source of its own",
            )


def _completeness(manifest: Manifest, where: str) -> Iterator[Finding]:
    """Every list of acts says whether it is complete; the claim names its specification."""
    for item in manifest.assertions:
        data = item.data if isinstance(item.data, dict) else {}
        if item.label.startswith("c2pa.actions") and not isinstance(
            data.get("allActionsIncluded"), bool
        ):
            yield _finding(
                "actions.completeness", where, "a list of acts does not say whether it is complete"
            )
    said = manifest.specification
    if said.split(".")[:2] != _EDITION.split("."):
        yield _finding(
            "claim.specification",
            where,
            f"it says that it follows specification {said[:20]!r}, and {_EDITION} is due"
            if said
            else "it does not say by which version of the specification it was written",
        )


def _disclosures(manifest: Manifest, where: str) -> Iterator[Finding]:
    """A disclosure names the kind of its model, and stands only where a model was at work."""
    stated = [item.data for item in manifest.assertions if item.kind == DISCLOSURE_ASSERTION]
    for data in stated:
        kind = data.get("modelType") if isinstance(data, dict) else None
        if not (isinstance(kind, str) and kind):
            yield _finding("disclosure.model-type", where, "it discloses a model of no known kind")
    if stated and _untrained(manifest):
        yield _finding(
            "disclosure.unfounded", where, "it discloses a model, and no trained one was at work"
        )


def _untrained(manifest: Manifest) -> bool:
    """True when a manifest shows that no trained model stands behind the file."""
    lineage = stated_lineage_of(manifest)
    if lineage is not None:
        return not any(is_trained(use.passport) for use in lineage.elements)
    take = (manifest.data(TAKE_ASSERTION) or {}).get("take")
    try:
        passport = Take.read(take, where=TAKE_ASSERTION).passport if take else None
    except UnreadableInput:
        return False  # found elsewhere: what cannot be read shows nothing
    return passport is not None and not is_trained(passport)


def _watermarks(manifest: Manifest, where: str) -> Iterator[Finding]:
    """What says that it was watermarked names the mark."""
    told = any(action.get("action") == _WATERMARKED for action in manifest.actions())
    if told and not any(binding.alg in WATERMARKS for binding in soft_bindings_of(manifest)):
        yield _finding("watermark.unnamed", where, "it tells of a watermark, and names none")


def _finding(code: str, where: str, why: str) -> Finding:
    return Finding(code=code, where=where, why=why, verdict=Verdict.VALID)
