"""What a withdrawal says of any lineage is what a plain search finds, word for word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generique.machineroom.lineage_store import SqlProjection, open_lineage
from generique.model.provenance import Edge, Node, NodeKey, NodeKind
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.journal import Journal
from generique.production.withdrawal import impact
from generique.testing.memory import memory_journal

RATE = Rate(numerator=24000, denominator=1001)
BEGIN = NodeKey(NodeKind.DATASET, "birds")
KINDS = [
    *(NodeKind.MODEL, NodeKind.MEDIUM, NodeKind.PROMPT, NodeKind.TAKE, NodeKind.FILE),
    *(NodeKind.SEGMENT, NodeKind.MASTER),
]
LANGUAGES = ["en", "fr"]


class House(NamedTuple):
    """A lineage, with which of its masters were sealed last and which were delivered.

    Attributes:
        held_back: Number of nodes that are told only after the edges that name them.
        delivered: Places among the nodes.
    """

    nodes: list[Node]
    edges: list[Edge]
    held_back: int
    delivered: list[list[int]]

    def file_in(self, graph: SqlProjection) -> None:
        """Put it into a graph that is empty."""
        graph.clear()
        now = len(self.nodes) - self.held_back
        graph.add(self.nodes[:now], self.edges, 1)
        graph.add(self.nodes[now:], [], 2)

    def journal(self) -> Journal:
        """The record of its seals and deliveries."""
        journal = memory_journal()
        for node in self.nodes:
            if node.key.kind is NodeKind.MASTER:
                facts = {"language": node.label.split()[-1], "file": node.key.name}
                facts["essence"] = digest_of(node.key.name.encode())
                journal.record("seal", {"file": node.key.name}, facts)
        for places in self.delivered:
            files = {str(place): self.nodes[place].key.name for place in places}
            journal.record("delivery", {"manifest": digest_of(b"")}, {"files": files})
        return journal


@st.composite
def houses(draw: st.DrawFn) -> House:
    """Any nodes with any edges between them, cycles and edges to oneself among them."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=14))
    nodes = [Node(BEGIN, "Birds", 0)]
    for place, kind in enumerate(kinds):
        name = digest_of(b"%d" % place)
        key = NodeKey(kind, name if kind is NodeKind.MASTER else f"{kind.value}-{place}")
        label = f"{kind.value} {draw(st.sampled_from(LANGUAGES))}"
        digest = draw(st.sampled_from([name, digest_of(b"0"), None]))
        start = draw(st.sampled_from([None, 0, 24, 90_000])) if kind is NodeKind.SEGMENT else None
        end = None if start is None else start + draw(st.integers(1, 50))
        nodes.append(Node(key, label, draw(st.integers(0, 3)), digest, start, end))
    places = st.integers(0, len(nodes) - 1)
    pairs = draw(st.lists(st.tuples(places, places), max_size=12))
    # Most nodes go on from what was told before, so that walks go far.
    edges = [
        *(Edge(nodes[made].key, nodes[source].key) for made, source in pairs),
        *(
            Edge(nodes[place].key, nodes[draw(st.integers(0, place - 1))].key)
            for place in range(1, len(nodes))
            if draw(st.integers(0, 5))
        ),
    ]
    masters = [place for place, node in enumerate(nodes) if node.key.kind is NodeKind.MASTER]
    one = st.lists(st.sampled_from(masters), unique=True) if masters else st.just([])
    return House(nodes, edges, draw(places), draw(st.lists(one, max_size=2)))


def reached_from(begin: NodeKey, edges: Iterable[Edge], around: NodeKey) -> set[NodeKey]:
    """What was made from a node by ways that do not lead through ``around``."""
    found: set[NodeKey] = set()
    waiting = [begin]
    while waiting:
        place = waiting.pop()
        newest = {edge.made for edge in edges if edge.source == place} - found - {around}
        found |= newest
        waiting += newest
    return found


def expected(house: House) -> dict[str, Any]:
    """What the command says, by plain search."""
    told = {node.key: node for node in house.nodes}
    reached = sorted(
        (told[key] for key in reached_from(BEGIN, house.edges, BEGIN)),
        key=lambda node: (
            node.entry,
            -1 if node.start is None else node.start,
            node.key.kind.value,
            node.key.name,
        ),
    )
    newest = {
        node.label.split()[-1]: node.key.name
        for node in house.nodes
        if node.key.kind is NodeKind.MASTER
    }
    sealed = sum(node.key.kind is NodeKind.MASTER for node in house.nodes)

    def of(kind: NodeKind) -> Iterator[Node]:
        return (node for node in reached if node.key.kind is kind)

    def mastered(node: Node) -> bool:
        made = reached_from(node.key, house.edges, BEGIN)
        return any(key.kind is NodeKind.SEGMENT for key in made)

    masters = [
        {
            "file": node.key.name,
            "label": node.label,
            "published": f"master.{language}.mp4" if newest[language] == node.key.name else None,
            "entry": node.entry,
            "delivered": [
                sealed + count
                for count, places in enumerate(house.delivered)
                if node.key.name in {house.nodes[place].key.name for place in places}
            ],
        }
        for node in of(NodeKind.MASTER)
        for language in [node.label.split()[-1]]
    ]
    takes = list(of(NodeKind.TAKE))
    gone = sum(bool(master["delivered"]) for master in masters)
    who = [
        ("producer", f"decide on {len(masters)} masters: stop their delivery or recut them"),
        ("producer", f"tell those who received {gone} masters that were delivered"),
        ("director", f"replace {len(takes)} takes: retake or choose others"),
    ]
    return {
        "schema": "generique/withdraw/1",
        "kind": "dataset",
        "id": "birds",
        "statement": "dataset birds was in the training set of a model used",
        "models": [node.key.name for node in of(NodeKind.MODEL)],
        "media": [
            {"medium": node.key.name, "file": node.digest, "mastered": mastered(node)}
            for node in of(NodeKind.MEDIUM)
        ],
        "takes": [
            {"take": node.key.name, "essence": node.digest, "mastered": mastered(node)}
            for node in takes
        ],
        "segments": [
            {
                "master": node.digest,
                "element": node.label,
                "start": node.start,
                "end": node.end,
                "timecode_in": timecode(node.start),
                "timecode_out": timecode(node.end),
            }
            for node in of(NodeKind.SEGMENT)
            if None not in (node.digest, node.start, node.end)
        ],
        "masters": masters,
        "who": [
            {"role": role, "act": act}
            for (role, act), due in zip(who, (masters, gone, takes), strict=True)
            if due
        ],
        "recorded": [],
    }


def timecode(frames: int | None) -> str:
    """At 24 frames a second."""
    assert frames is not None
    seconds = frames // 24
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frames % 24:02d}"


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[SqlProjection]:
    found = open_lineage(tmp_path / "lineage.sqlite")
    yield found
    found.dispose()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(house=houses())
def test_the_answer_is_that_of_a_plain_search(graph: SqlProjection, house: House) -> None:
    house.file_in(graph)
    said = impact("dataset", "birds", graph, house.journal(), RATE).document()
    assert json.dumps(said) == json.dumps(expected(house))
