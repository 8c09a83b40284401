"""The lineage graph: a projection of the ledger, to be thrown away and made again at will.

It says what was made from what. Nothing is believed because the graph says it: every node names
the ledger entry that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from generique.ledger.decisions import ALSO
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, Rights
from generique.model.people import Matter
from generique.model.provenance import Edge, Node, NodeKey, NodeKind, Reach
from generique.model.take import Take
from generique.model.values import Digest, digest_of
from generique.production.journal import Act, Journal
from generique.production.ports import Vault
from generique.production.rights import RightsFile
from generique.production.rights_lineage import rights_lineage

BATCH = 500


class Projection(Protocol):
    """Keeps the lineage graph.

    The law, checked on every adapter by the same tests:

    1. Nodes and edges of a batch are there with its position or not at all.
    2. What is said again changes nothing.
    3. Walks end, whatever edges there are.
    """

    def position(self) -> int:
        """The ledger entry that is to be read next."""

    def add(self, nodes: Sequence[Node], edges: Iterable[Edge], position: int) -> None:
        """Take nodes and edges in, all read from entries before the position.

        Raises:
            StorageUnavailable: They could not be stored.
        """

    def find(self, key: NodeKey) -> Node | None:
        """A node, None when it is not there."""

    def named(self, kind: NodeKind) -> tuple[str, ...]:
        """Names of all nodes of a kind, sorted."""

    def upstream(self, key: NodeKey, *kinds: NodeKind) -> tuple[Node, ...]:
        """All that a node was made from, directly or not, itself left out.

        Args:
            key: Where to begin.
            kinds: Which kinds to give; all when none is named.
        """

    def downstream(self, key: NodeKey, *kinds: NodeKind) -> tuple[Node, ...]:
        """All that was made from a node, directly or not, itself left out."""

    def reach(self, key: NodeKey, end: NodeKind, *kinds: NodeKind) -> Reach:
        """All that was made from a node, and what of it went into anything of a kind.

        Args:
            key: Where to begin.
            end: Kind of what it went into, itself made from the first node.
            kinds: Which kinds to give besides that; all when none is named.
        """

    def clear(self) -> None:
        """Forget everything; the next reading begins at entry 0."""


class Provenance:
    """Keeps the graph level with the ledger.

    Args:
        journal: The record.
        vault: Holds the documents of takes and masters.
        projection: Where the graph lies.
    """

    def __init__(self, journal: Journal, vault: Vault, projection: Projection) -> None:
        self._journal = journal
        self._vault = vault
        self._projection = projection

    def graph(self) -> Projection:
        """The graph, after reading what was appended to the ledger since.

        Raises:
            Damaged: A document that the ledger names is missing or changed.
        """
        begin, end = self._projection.position(), self._journal.ledger.size()
        if begin > end:
            self._projection.clear()
            begin = 0
        nodes: list[Node] = []
        edges: list[Edge] = []
        for act in self._journal.acts("step", "decision", "seal", "rights"):
            if not begin <= act.entry < end:
                continue
            for found in self._read(act):
                if isinstance(found, Node):
                    nodes.append(found)
                else:
                    edges.append(found)
            if len(nodes) >= BATCH:
                self._projection.add(nodes, edges, act.entry + 1)
                nodes, edges = [], []
        if begin < end:
            self._projection.add(nodes, edges, end)
        return self._projection

    def _read(self, act: Act) -> Iterator[Node | Edge]:
        """Nodes and edges that an act tells of."""
        if act.kind == "decision":
            yield from _decision(act) if _on_takes(act) else ()
        elif act.kind == "seal":
            yield from self._seal(act)
        elif act.kind == "rights":
            known = self._vault.read(act.facts["statement"])
            yield from rights_lineage(RightsFile.read(known, where=f"entry {act.entry}"), act.entry)
        else:
            verb = act.facts.get("recipe", {}).get("verb")
            if verb == "shoot":
                document = self._vault.read(act.facts["outputs"]["take"])
                yield from take_lineage(Take.read(document, where=f"entry {act.entry}"), act.entry)
            elif verb == "ingest":
                yield from _medium(act)

    def _seal(self, act: Act) -> Iterator[Node | Edge]:
        """A master, with where each element stands in it."""
        facts = act.facts
        language = str(facts["language"])
        master = NodeKey(NodeKind.MASTER, facts["file"])
        yield Node(master, f"master {language}", act.entry, digest=facts["essence"])
        endorsed = facts.get("endorses")
        if endorsed is not None:
            yield Edge(master, NodeKey(NodeKind.MASTER, endorsed))
        document = facts.get("lineage")
        if document is None:
            return
        lineage = Lineage.read(self._vault.read(document), where=f"entry {act.entry}")
        for count, use in enumerate(lineage.elements):
            if use.language in (None, language):
                yield from _segment(use, count, facts["file"], act.entry)


def take_lineage(take: Take, entry: int) -> Iterator[Node | Edge]:
    """A take, what it follows, its prompt, its generator and what is stated of its training."""
    key = NodeKey(NodeKind.TAKE, take.id)
    file = NodeKey(NodeKind.FILE, take.file)
    prompt = NodeKey(NodeKind.PROMPT, digest_of(take.prompt.encode()))
    yield Node(key, take.id, entry, digest=take.essence)
    yield Node(file, f"file of {take.id}", entry, digest=take.file)
    yield Node(prompt, take.prompt, entry)
    yield Edge(file, key)
    yield Edge(key, prompt)
    for reference in take.references:
        yield Edge(key, NodeKey(NodeKind.FILE, reference.file))
    yield from _generator(take.passport, key, entry)


def _generator(passport: Passport, take: NodeKey, entry: int) -> Iterator[Node | Edge]:
    model = NodeKey(NodeKind.MODEL, f"{passport.name}@{passport.version}")
    family = NodeKey(NodeKind.MODEL, passport.name)
    yield Node(model, f"{passport.title} {passport.version}", entry)
    yield Node(family, passport.title, entry)
    yield Edge(take, model)
    yield Edge(model, family)
    for dataset in passport.training.datasets:
        key = NodeKey(NodeKind.DATASET, dataset.id)
        yield Node(key, dataset.title, entry, digest=dataset.digest)
        yield Edge(model, key)
    yield from _consents(passport.training.consents, model, entry)


def _medium(act: Act) -> Iterator[Node | Edge]:
    item, digest = act.facts["recipe"]["item"], act.facts["outputs"]["file"]
    rights = Rights.read(item["rights"], where=f"entry {act.entry}")
    key, file = NodeKey(NodeKind.MEDIUM, item["file"]), NodeKey(NodeKind.FILE, digest)
    yield Node(key, item["title"], act.entry, digest=digest)
    yield Node(file, f"file {item['file']}", act.entry, digest=digest)
    yield Edge(file, key)
    yield from _consents(rights.consents, key, act.entry)


def _consents(consents: Iterable[str], rests: NodeKey, entry: int) -> Iterator[Node | Edge]:
    for consent in consents:
        key = NodeKey(NodeKind.CONSENT, consent)
        yield Node(key, consent, entry)
        yield Edge(rests, key)


def _on_takes(act: Act) -> bool:
    """True for a decision on takes: other matters are no nodes of lineage."""
    return bool(act.facts.get("matter", Matter.TAKE) == Matter.TAKE)


def _decision(act: Act) -> Iterator[Node | Edge]:
    facts = act.facts
    key = NodeKey(NodeKind.DECISION, str(act.entry))
    yield Node(key, f"{facts['verdict']} by {facts['person']}", act.entry, digest=facts["essence"])
    for take in (facts["take"], *(covered["take"] for covered in facts.get(ALSO, ()))):
        yield Edge(NodeKey(NodeKind.TAKE, take), key)


def _segment(use: ElementUse, count: int, master: Digest, entry: int) -> Iterator[Node | Edge]:
    key = NodeKey(NodeKind.SEGMENT, f"{master}#{count}")
    label = f"{use.id} ({use.track})"
    yield Node(key, label, entry, digest=master, start=use.start, end=use.end)
    yield Edge(NodeKey(NodeKind.MASTER, master), key)
    yield Edge(key, NodeKey(NodeKind.FILE, use.file))
