"""The lineage graph in SQLite: walks, repetition, cycles, and files that are made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generique.machineroom.lineage_store import SqlProjection, open_lineage
from generique.model.provenance import Edge, Node, NodeKey, NodeKind

TAKE = NodeKey(NodeKind.TAKE, "1-1.t1")
MODEL = NodeKey(NodeKind.MODEL, "m@1")
DATA = NodeKey(NodeKind.DATASET, "d")
FILE = NodeKey(NodeKind.FILE, "f")
NODES = [Node(key, key.name, entry) for entry, key in enumerate((TAKE, MODEL, DATA, FILE))]
EDGES = [Edge(FILE, TAKE), Edge(TAKE, MODEL), Edge(MODEL, DATA)]


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[SqlProjection]:
    found = open_lineage(tmp_path / "lineage.sqlite")
    yield found
    found.dispose()


def names(nodes: tuple[Node, ...]) -> set[str]:
    return {node.key.name for node in nodes}


def test_walks_go_both_ways_and_leave_out_where_they_began(graph: SqlProjection) -> None:
    assert graph.position() == 0
    graph.add(NODES, EDGES, 4)
    assert graph.position() == 4
    assert names(graph.upstream(FILE)) == {"1-1.t1", "m@1", "d"}
    assert names(graph.downstream(DATA)) == {"m@1", "1-1.t1", "f"}
    assert names(graph.upstream(FILE, NodeKind.DATASET)) == {"d"}
    assert graph.upstream(DATA) == ()
    assert graph.find(MODEL) == NODES[1]
    assert graph.find(NodeKey(NodeKind.MODEL, "other")) is None
    assert graph.downstream(NodeKey(NodeKind.MODEL, "other")) == ()
    assert graph.named(NodeKind.DATASET) == ("d",)


def test_what_is_said_again_changes_nothing(graph: SqlProjection) -> None:
    graph.add(NODES, EDGES, 4)
    graph.add([Node(TAKE, "another label", 9)], EDGES, 10)
    assert graph.find(TAKE) == NODES[0]
    assert names(graph.downstream(DATA)) == {"m@1", "1-1.t1", "f"}


def test_an_edge_may_come_before_what_it_names(graph: SqlProjection) -> None:
    graph.add([], [Edge(TAKE, MODEL)], 1)
    assert graph.find(TAKE) is None
    graph.add([NODES[0]], [], 2)
    assert graph.find(TAKE) == NODES[0]
    assert names(graph.downstream(MODEL)) == {"1-1.t1"}


def test_it_forgets_and_is_made_anew(graph: SqlProjection, tmp_path: Path) -> None:
    graph.add(NODES, EDGES, 4)
    graph.clear()
    assert graph.position() == 0
    assert graph.named(NodeKind.TAKE) == ()
    graph.add(NODES, EDGES, 4)
    graph.dispose()
    with sqlite3.connect(tmp_path / "lineage.sqlite") as connection:
        connection.execute("PRAGMA user_version=99")
    again = open_lineage(tmp_path / "lineage.sqlite")
    assert again.position() == 0
    again.dispose()


def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path) -> None:
    place = tmp_path / "lineage.sqlite"
    place.write_bytes(b"no database at all, but long enough to be read as one" * 20)
    found = open_lineage(place)
    assert found.position() == 0
    found.dispose()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25),
    begin=st.integers(0, 9),
)
def test_walks_are_those_of_a_plain_search_cycles_and_all(
    graph: SqlProjection, edges: list[tuple[int, int]], begin: int
) -> None:
    graph.clear()
    keys = [NodeKey(NodeKind.TAKE, str(number)) for number in range(10)]
    graph.add(
        [Node(key, key.name, 0) for key in keys],
        [Edge(keys[made], keys[source]) for made, source in edges],
        1,
    )
    for walk, pairs in (
        (graph.upstream, edges),
        (graph.downstream, [(source, made) for made, source in edges]),
    ):
        reached, waiting = {begin}, [begin]
        while waiting:
            place = waiting.pop()
            found = {source for made, source in pairs if made == place} - reached
            reached |= found
            waiting += found
        assert names(walk(keys[begin])) == {str(number) for number in reached - {begin}}


def test_a_reach_says_what_went_into_something(graph: SqlProjection) -> None:
    cut, left = NodeKey(NodeKind.SEGMENT, "m#0"), NodeKey(NodeKind.TAKE, "1-1.t2")
    prompt = NodeKey(NodeKind.PROMPT, "p")
    nodes = [*NODES, *(Node(key, key.name, 4) for key in (cut, left, prompt))]
    graph.add(nodes, [*EDGES, Edge(cut, FILE), Edge(left, MODEL), Edge(TAKE, prompt)], 5)
    takes = graph.reach(DATA, NodeKind.SEGMENT, NodeKind.TAKE)
    assert names(takes.nodes) == {"1-1.t1", "1-1.t2", "m#0"}
    assert takes.held == {TAKE}
    everything = graph.reach(DATA, NodeKind.SEGMENT)
    assert everything.nodes == graph.downstream(DATA)
    assert everything.held == {MODEL, TAKE, FILE}
    assert graph.reach(DATA, NodeKind.MASTER, NodeKind.TAKE).held == frozenset()
    assert graph.reach(NodeKey(NodeKind.DATASET, "other"), NodeKind.SEGMENT) == ((), frozenset())


def test_a_reach_goes_on_within_a_generation(graph: SqlProjection) -> None:
    models = [NodeKey(NodeKind.MODEL, str(number)) for number in range(5)]
    graph.add(
        [*NODES, *(Node(key, key.name, 4) for key in models)],
        [
            *(Edge(model, DATA) for model in models),
            *(Edge(tuned, model) for model, tuned in pairwise(models)),
            Edge(FILE, models[-1]),
        ],
        5,
    )
    assert graph.reach(DATA, NodeKind.FILE).held == set(models)


def test_a_reach_does_not_go_through_where_it_began(graph: SqlProjection) -> None:
    other, cut = NodeKey(NodeKind.MODEL, "m@2"), NodeKey(NodeKind.SEGMENT, "m#0")
    graph.add(
        [*NODES, Node(other, "m@2", 4), Node(cut, "m#0", 4)],
        [*EDGES, Edge(DATA, TAKE), Edge(other, DATA), Edge(cut, other)],
        5,
    )
    assert graph.reach(DATA, NodeKind.SEGMENT).held == {other}
