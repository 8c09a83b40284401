"""What the papers of a production add to the lineage graph: what rests on which consent.

A generator only tells of itself. What the production read of it, the datasets behind a model and
the consents of the people behind both, is known from the papers. Which version of a model a tool
runs is not known: it rests on every version that there is a paper of. What the papers said once
stays in the graph when they no longer say it: what was made then rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generique.model.consent import Consent
from generique.model.kept_passports import WORLD, KeptPassport
from generique.model.provenance import Edge, Node, NodeKey, NodeKind
from generique.production.rights import RightsFile


def rights_lineage(rights: RightsFile, entry: int) -> Iterator[Node | Edge]:
    """Consents, datasets and models that the papers name, and what rests on what."""
    for consent in rights.consents:
        key = NodeKey(NodeKind.CONSENT, consent.id)
        yield Node(key, consent_label(consent), entry)
    for dataset in rights.datasets:
        key = NodeKey(NodeKind.DATASET, dataset.id)
        yield Node(key, dataset.title, entry, digest=dataset.digest)
        yield from _rests(key, NodeKind.CONSENT, dataset.consents, entry)
    for model in rights.models:
        key = NodeKey(NodeKind.MODEL, _versioned(model))
        yield Node(key, model.title, entry, digest=model.weights)
        if model.version != WORLD:
            yield from _rests(key, NodeKind.MODEL, (model.id,), entry)
        yield from _rests(key, NodeKind.DATASET, model.datasets, entry)
        yield from _rests(key, NodeKind.CONSENT, model.talent, entry)
    for tool in rights.tools:
        key = NodeKey(NodeKind.MODEL, _versioned(tool))
        runs = {name for name in tool.models if name != tool.id}
        if runs:
            versions = {_versioned(model) for model in rights.models if model.id in runs}
            yield Node(key, tool.title, entry)
            yield from _rests(key, NodeKind.MODEL, tuple(sorted(runs | versions)), entry)


def consent_label(consent: Consent) -> str:
    """A consent for people: whose it is, of what."""
    return f"{consent.of} of {consent.person}"


def _versioned(passport: KeptPassport) -> str:
    """Name of a generator in the graph; without its version it stands for all of them."""
    return passport.id if passport.version == WORLD else f"{passport.id}@{passport.version}"


def _rests(
    made: NodeKey, kind: NodeKind, names: tuple[str, ...], entry: int
) -> Iterator[Node | Edge]:
    for name in names:
        key = NodeKey(kind, name)
        yield Node(key, name, entry)
        yield Edge(made, key)
