"""What a credential states, held against what is known: actions, essence, lineage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generique.marks.credential.claims import (
    LINEAGE_ASSERTION,
    MEDIA_ASSERTION,
    TAKE_ASSERTION,
    IngredientUse,
    master_ingredients,
)
from generique.marks.credential.disclosure import DISCLOSURE_ASSERTION, Oversight
from generique.marks.credential.inputs import inputs_of
from generique.marks.credential.report import Assertion, CredentialTree, Manifest
from generique.marks.credential.source_types import composite_source_type, is_source_type
from generique.marks.verdict import Finding, Verdict
from generique.model.errors import UnreadableInput
from generique.model.lineage import Lineage
from generique.model.take import Take
from generique.model.values import Digest, digest_of

FILE_ASSERTION = "org.generique.file"
ENDORSEMENT_ASSERTION = "org.generique.endorsement"
_FIRST_ACTIONS = frozenset({"c2pa.created", "c2pa.opened"})


def essence_stated_by(assertions: Mapping[str, object]) -> Digest | None:
    """The essence digest that our assertions state, None where there is none of ours.

    Args:
        assertions: Data of assertions by label.
    """
    take = assertions.get(TAKE_ASSERTION)
    holders = (
        assertions.get(LINEAGE_ASSERTION),
        assertions.get(MEDIA_ASSERTION),
        take.get("take") if isinstance(take, dict) else None,
    )
    for holder in holders:
        essence = holder.get("essence") if isinstance(holder, dict) else None
        if isinstance(essence, str):
            return essence
    return None


def stated_essence(manifest: Manifest) -> Digest | None:
    """The essence digest that one of our manifests states, None for anyone else's."""
    first: dict[str, object] = {}
    for assertion in manifest.assertions:
        first.setdefault(assertion.label, assertion.data)
    return essence_stated_by(first)


def stated_lineage_of(manifest: Manifest) -> Lineage | None:
    """The lineage that a manifest carries; None where there is none that can be read."""
    lineage = _object(manifest.data(LINEAGE_ASSERTION), "lineage")
    try:
        return None if lineage is None else Lineage.read(lineage, where=LINEAGE_ASSERTION)
    except UnreadableInput:
        return None


def stated_take_of(manifest: Manifest) -> Take | None:
    """The take that a manifest states; None where there is none that can be read."""
    take = _object(manifest.data(TAKE_ASSERTION), "take")
    try:
        return None if take is None else Take.read(take, where=TAKE_ASSERTION)
    except UnreadableInput:
        return None


def check_actions(manifest: Manifest, where: str) -> Iterator[Finding]:
    """Findings about what is said to have been done."""
    actions = manifest.actions()
    if not actions or actions[0].get("action") not in _FIRST_ACTIONS:
        yield Finding(
            code="action.first",
            where=where,
            why="the first action is neither a creation nor an opening",
        )
    for action in actions:
        stated = action.get("digitalSourceType")
        needed = action.get("action") == "c2pa.created"
        if (needed or stated is not None) and not is_source_type(stated):
            yield Finding(
                code="source-type.unknown",
                where=where,
                why=f"{str(stated)[:120]!r} is not a term of the IPTC vocabulary",
            )


def check_essence(manifest: Manifest, essence: Digest | None) -> Iterator[Finding]:
    """The stated essence against the one found."""
    stated = stated_essence(manifest)
    if stated is None and manifest.data(FILE_ASSERTION) is not None and manifest.whole_file:
        return  # not picture or sound; the hash is over all its bytes
    if stated is None:
        yield Finding(
            code="essence.unstated",
            where="file",
            why="the credential states no essence digest; it was not made by this program",
            verdict=Verdict.VALID,
        )
    elif essence is None:
        yield Finding(
            code="essence.unread",
            where="file",
            why="picture and sound could not be read to compare them with the credential",
            verdict=Verdict.UNKNOWN,
        )
    elif stated != essence:
        yield Finding(
            code="essence.mismatch",
            where="file",
            why=f"picture and sound have the digest {essence}, the credential says {stated}",
        )


def check_inputs(tree: CredentialTree, manifest: Manifest, where: str) -> Iterator[Finding]:
    """What is embedded of a take's inputs against the take."""
    data = _object(manifest.data(TAKE_ASSERTION), "take")
    if data is None:
        return
    try:
        wanted = {
            (item.title, item.data_type, digest_of(item.text.encode()))
            for item in inputs_of(Take.read(data, where=TAKE_ASSERTION))
        }
    except UnreadableInput as error:
        yield Finding(code="take.unreadable", where=where, why=f"{error.what}: {error.why}"[:400])
        return
    found = {
        (
            item.title,
            next((kind.type for kind in item.data_types), ""),
            tree.inputs.get(item.data.identifier, "") if item.data else "",
        )
        for item in manifest.ingredients
        if item.relationship == "inputTo" and item.manifest is None
    }
    for title, _, _ in sorted(wanted - found):
        yield Finding(
            code="input.contradiction",
            where=f"{where} > {title}",
            why="the take names it, and what the credential holds of it is missing or another",
        )
    for title, _, _ in sorted(found - wanted):
        yield Finding(
            code="input.unlisted",
            where=f"{where} > {title}",
            why="the credential holds it, and the take does not name it so",
        )


def check_oversight(manifest: Manifest, essence: Digest | None, where: str) -> Iterator[Finding]:
    """Human validation against the approvals that it rests on.

    Args:
        manifest: The manifest that may speak of it.
        essence: What an approval has to be bound to.
        where: The manifest's place.
    """
    if not says_validated(manifest):
        return
    held = [
        *_objects((manifest.data(TAKE_ASSERTION) or {}).get("approvals")),
        *(
            item.get("decision") or {}
            for item in _objects((manifest.data(ENDORSEMENT_ASSERTION) or {}).get("decisions"))
        ),
    ]
    verdicts = {item.get("verdict") for item in held if item.get("essence") == essence}
    if verdicts != {"approved"}:
        yield Finding(
            code="oversight.unfounded",
            where=where,
            why="it says that people validated this, and holds no approval of exactly this essence",
        )


def says_validated(manifest: Manifest) -> bool:
    """True when a manifest says of some model's work that a person validated it."""
    return any(_is_validation(item) for item in manifest.assertions)


def _is_validation(assertion: Assertion) -> bool:
    profile = assertion.data.get("contentProfile") if isinstance(assertion.data, dict) else None
    level = profile.get("humanOversightLevel") if isinstance(profile, dict) else None
    return assertion.kind == DISCLOSURE_ASSERTION and level == Oversight.VALIDATED


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def check_lineage(tree: CredentialTree) -> Iterator[Finding]:
    """The lineage that a master carries against its ingredients and its source type."""
    manifest = tree.content
    data = manifest.data(LINEAGE_ASSERTION) if manifest else None
    if manifest is None or data is None:
        return
    try:
        lineage = Lineage.read(_object(data, "lineage") or {}, where=LINEAGE_ASSERTION)
        wanted = {i.label: i for i in master_ingredients(lineage, str(data.get("language")))}
        source_type = composite_source_type(
            use.source_type for ingredient in wanted.values() for use in ingredient.uses
        )
    except UnreadableInput as error:
        yield Finding(
            code="lineage.unreadable", where="file", why=f"{error.what}: {error.why or ''}"[:400]
        )
        return
    created = next(iter(manifest.actions()), {}).get("digitalSourceType")
    if created != source_type.uri:
        yield Finding(
            code="source-type.contradiction",
            where="file",
            why=f"it states {str(created)[:120]}; from its elements follows {source_type.uri}",
        )
    yield from _ingredients_of(tree, manifest, wanted)


def _ingredients_of(
    tree: CredentialTree, manifest: Manifest, wanted: dict[str, IngredientUse]
) -> Iterator[Finding]:
    """The ingredients that are there against those that the lineage needs."""
    found = {
        ingredient.title: ingredient
        for ingredient in manifest.ingredients
        if ingredient.relationship == "componentOf"
    }
    for label in sorted(set(wanted) - set(found)):
        yield Finding(
            code="ingredient.missing",
            where=f"file > {label}",
            why="the lineage names it, and the credential does not hold it",
        )
    for label in sorted(set(found) - set(wanted)):
        yield Finding(
            code="ingredient.unlisted",
            where=f"file > {label}",
            why="the credential holds it, and the lineage does not name it",
        )
    for label in sorted(set(found) & set(wanted)):
        below = tree.manifests.get(found[label].manifest or "")
        essence = stated_essence(below) if below else None
        if below is not None and essence != wanted[label].essence:
            yield Finding(
                code="ingredient.essence",
                where=f"file > {label}",
                why=f"the lineage names essence {wanted[label].essence}, its credential {essence}",
            )


def _object(holder: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    """A field that is an object, None for anything else."""
    value = holder.get(name) if holder else None
    return value if isinstance(value, dict) else None
