"""Our own verdict over a credential and everything that it is made of.

The law:

1. A word of the library is never the answer; its validation codes are evidence, for every
   manifest of the tree.
2. Any failure code that is not about trust breaks the file that it is about, and with it the
   whole. A recorded failure counts although the master's own signature is sound.
3. An ingredient without a manifest has no hash of its bytes: what it is, is unknown. Excepted
   are what is embedded whole, and a provider's file of which the take states that it has no
   credential that holds, with its digest: that is told, and lowers nothing.
4. An ingredient whose bytes nobody is recorded to have compared with its manifest is unknown.
5. Source types are terms of the IPTC vocabulary, and the master's is the one that follows from
   its elements. The first action of every manifest is its creation or its opening.
6. The essence digest that is stated is the one that was found in the file; the ingredients that
   are stated are those that the lineage needs, and have the essence that it names.
7. *Trusted* needs certificates that the reader named, for every manifest of the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generique.marks.credential.endorsement import check_endorsements
from generique.marks.credential.originals import is_honest_parent
from generique.marks.credential.report import CredentialTree, Ingredient, Status, StatusCodes
from generique.marks.credential.statements import (
    check_actions,
    check_essence,
    check_inputs,
    check_lineage,
    check_oversight,
    stated_essence,
    stated_take_of,
)
from generique.marks.verdict import Finding, Judgement, Verdict, worst
from generique.model.values import Digest

_TRUSTED = "signingCredential.trusted"
_UNTRUSTED = "signingCredential.untrusted"
_STAMPED = frozenset({"timeStamp.validated", "timeStamp.trusted"})
_EXPIRED = frozenset({"signingCredential.expired", "claimSignature.outsideValidity"})
_CONTENT_MATCHES = frozenset(
    {
        "assertion.bmffHash.match",
        "assertion.boxesHash.match",
        "assertion.collectionHash.match",
        "assertion.dataHash.match",
        "assertion.multiAssetHash.match",
    }
)


def judge(tree: CredentialTree | None, essence: Digest | None) -> Judgement:
    """Verdict over the credential of a file.

    Args:
        tree: Its credential; None when it has none.
        essence: Essence digest found in the file itself; None when it cannot be computed.
    """
    if tree is None or tree.manifest is None:
        missing = Finding(
            code="credential.missing",
            where="file",
            why="the file carries no credential; it may have been removed",
            verdict=Verdict.UNKNOWN,
        )
        return Judgement(verdict=Verdict.UNKNOWN, findings=(missing,))
    findings = [
        *_own_results(tree),
        *_tree(tree, tree.active, "file", set()),
        *_stray(tree),
        *_padding(tree),
        *check_essence(tree.content or tree.manifest, essence),
        *check_lineage(tree),
        *check_endorsements(tree),
    ]
    unique = tuple(dict.fromkeys(findings))
    return Judgement(
        verdict=worst(finding.verdict for finding in unique),
        findings=unique,
        signer=_signer(tree),
    )


def _signer(tree: CredentialTree) -> str:
    """Who signed the file, and when if an authority that is trusted says so."""
    signature = tree.manifest.signature if tree.manifest else None
    if signature is None:
        return ""
    codes = tree.validation.active if tree.validation else None
    stamped = codes is not None and _any(codes.success, {"timeStamp.trusted"})
    when = f", {signature.time}" if stamped and signature.time else ""
    return f"{signature.common_name}, {signature.issuer}{when}"


def _own_results(tree: CredentialTree) -> Iterator[Finding]:
    """Codes about the file's own manifest and about the tree as it is now."""
    validation = tree.validation
    codes = validation.active if validation else None
    if codes is None:
        yield Finding(
            code="credential.unchecked", where="file", why="there are no validation results"
        )
        return
    yield from _failures(codes.failure, "file", "credential")
    if not _any(codes.success, _CONTENT_MATCHES) and not codes.failure:
        yield Finding(
            code="credential.unbound",
            where="file",
            why="no hash ties the credential to the bytes of this file",
        )
    yield from _times(codes, "file", "signer")
    yield from _trust(tree, codes, "file", "signer")


def _tree(tree: CredentialTree, label: str, where: str, seen: set[str]) -> Iterator[Finding]:
    """Findings about a manifest and all below it."""
    manifest = tree.manifests.get(label)
    if manifest is None:
        yield Finding(
            code="credential.manifest-missing", where=where, why=f"there is no manifest {label}"
        )
        return
    if label in seen:
        return
    seen.add(label)
    yield from check_actions(manifest, where)
    yield from check_inputs(tree, manifest, where)
    yield from check_oversight(manifest, _essence_below(tree, label), where)
    for ingredient in manifest.ingredients:
        place = f"{where} > {ingredient.title or ingredient.label}"
        yield from _ingredient(tree, label, ingredient, place)
        if ingredient.manifest is not None:
            yield from _tree(tree, ingredient.manifest, place, seen)


def _essence_below(tree: CredentialTree, label: str) -> Digest | None:
    """Essence that a manifest states, or the one that it adds to."""
    below = tree.model_copy(update={"active": label}).content
    return stated_essence(below) if below else None


def _ingredient(
    tree: CredentialTree, parent: str, ingredient: Ingredient, where: str
) -> Iterator[Finding]:
    """Findings about one ingredient: as recorded, and as it is now."""
    recorded = ingredient.recorded.active if ingredient.recorded else None
    now = _delta(tree, parent, ingredient)
    yield from _failures(recorded.failure if recorded else (), where, "ingredient")
    yield from _failures(now.failure, where, "ingredient")
    if ingredient.recorded:
        for delta in ingredient.recorded.deltas:
            yield from _failures(delta.codes.failure, where, "ingredient")
    if ingredient.manifest is None and ingredient.relationship == "inputTo" and ingredient.data:
        return  # embedded whole, so that the hashes of the claim hold it
    held = tree.manifests.get(parent)
    if held is not None and is_honest_parent(stated_take_of(held), ingredient):
        yield Finding(
            code="original.unsigned",
            where=where,
            why="the provider's file had no credential that holds; the take states its digest",
            verdict=Verdict.TRUSTED,
        )
        return
    if ingredient.manifest is None:
        yield Finding(
            code="ingredient.unsigned",
            where=where,
            why="it had no credential, so that nothing ties it to any bytes",
            verdict=Verdict.UNKNOWN,
        )
        return
    if recorded is None or not _any(recorded.success, _CONTENT_MATCHES):
        yield Finding(
            code="ingredient.unverified",
            where=where,
            why="its bytes are not recorded to have matched its credential",
            verdict=Verdict.UNKNOWN,
        )
    current = now if _any((*now.success, *now.failure), {_TRUSTED, _UNTRUSTED}) else recorded
    yield from _trust(tree, current or StatusCodes(), where, "ingredient")


def _delta(tree: CredentialTree, parent: str, ingredient: Ingredient) -> StatusCodes:
    """What validation found different from the record, for one ingredient."""
    ending = f"/{parent}/c2pa.assertions/{ingredient.label}"
    for delta in tree.validation.deltas if tree.validation else ():
        if delta.ingredient.endswith(ending):
            return delta.codes
    return StatusCodes()


def _failures(codes: Iterable[Status], where: str, subject: str) -> Iterator[Finding]:
    """Failure codes as findings; those about trust are weighed elsewhere."""
    for status in codes:
        if status.code == _UNTRUSTED:
            continue
        if status.code in _EXPIRED:
            yield Finding(
                code=f"{subject}.expired",
                where=where,
                why="the signer's certificate was not valid; without a time stamp nobody can say "
                "when this was signed",
                verdict=Verdict.UNKNOWN,
            )
        else:
            yield Finding(
                code=f"{subject}.tampered",
                where=where,
                why=f"{status.code}: {status.explanation or status.url}"[:400],
            )


def _times(codes: StatusCodes, where: str, subject: str) -> Iterator[Finding]:
    """Time stamps that say nothing to this reader; the time of a trusted one is no finding."""
    for status in (*codes.informational, *codes.success):
        if status.code.startswith("timeStamp.") and status.code not in _STAMPED:
            untrusted = status.code == "timeStamp.untrusted"
            yield Finding(
                code=f"{subject}.time-untrusted" if untrusted else f"{subject}.time-invalid",
                where=where,
                why="the authority that stamped the time is under none of the roots that you trust"
                if untrusted
                else f"its time stamp does not count: {status.code}",
                verdict=Verdict.TRUSTED if untrusted else Verdict.VALID,
            )


def _trust(tree: CredentialTree, codes: StatusCodes, where: str, subject: str) -> Iterator[Finding]:
    """Whether the signer is one whom the reader named."""
    if tree.anchored and _any(codes.success, {_TRUSTED}) and not _any(codes.failure, {_UNTRUSTED}):
        return
    why = (
        "the certificate is under none of the roots that you trust"
        if tree.anchored
        else "you named no root certificate that you trust"
    )
    # A trusted signer answers for a master with parts by others; that is valid, no more.
    verdict = Verdict.UNTRUSTED_SIGNER if subject == "signer" else Verdict.VALID
    yield Finding(code=f"{subject}.untrusted", where=where, why=why, verdict=verdict)


def _padding(tree: CredentialTree) -> Iterator[Finding]:
    """Content where there should be none, and where the hash does not look."""
    if tree.padded and tree.content is not None and tree.content.padding_left_out:
        yield Finding(
            code="credential.padding",
            where="file",
            why="boxes for padding hold data, which no hash of the credential covers",
            verdict=Verdict.VALID,
        )


def _stray(tree: CredentialTree) -> Iterator[Finding]:
    """Manifests that nothing refers to."""
    reached: set[str] = set()
    waiting = [tree.active]
    while waiting:
        label = waiting.pop()
        manifest = tree.manifests.get(label)
        if label in reached or manifest is None:
            continue
        reached.add(label)
        waiting.extend(i.manifest for i in manifest.ingredients if i.manifest is not None)
    for label in sorted(set(tree.manifests) - reached):
        yield Finding(
            code="credential.stray-manifest",
            where=label,
            why="it stands in the credential and nothing refers to it",
            verdict=Verdict.UNKNOWN,
        )


def _any(codes: Iterable[Status], wanted: Iterable[str]) -> bool:
    """True when one of the codes is among those wanted."""
    names = frozenset(wanted)
    return any(status.code in names for status in codes)
