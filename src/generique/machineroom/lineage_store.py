"""The lineage graph in SQLite: edges clustered by what was made, with an index the other way.

The file is a projection of the ledger. A file of another version, or a damaged one, is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import Insert, insert

from generique.machineroom.database import connect, reading, writing
from generique.model.errors import Damaged
from generique.model.provenance import Edge, Node, NodeKey, NodeKind, Reach

_VERSION = 1
"""Counts up when tables, or what is read from the ledger, change."""

_METADATA = sa.MetaData()
_NODE = sa.Table(
    "node",
    _METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("name", sa.String(), nullable=False),
    sa.Column("label", sa.String(), nullable=False),
    sa.Column("entry", sa.Integer(), nullable=False),
    sa.Column("digest", sa.String()),
    sa.Column("start", sa.Integer()),
    sa.Column("end", sa.Integer()),
    sa.UniqueConstraint("kind", "name"),
)
_EDGE = sa.Table(
    "edge",
    _METADATA,
    sa.Column("dst", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("src", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Index("edge_by_source", "src", "dst"),
    sqlite_with_rowid=False,
)
_POSITION = sa.Table(
    "position",
    _METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("entry", sa.Integer(), nullable=False),
)
_SAID = tuple(
    _NODE.c[name] for name in ("kind", "name", "label", "entry", "digest", "start", "end")
)
"""What a node is read from."""
_ROWS = 256
"""Rows read at once: few, so that they go while the nodes made from them come."""
_KINDS = {kind.value: kind for kind in NodeKind}
_UNSAID = -1
"""Entry of a node that an edge names and no entry told of yet."""


def open_lineage(path: Path) -> SqlProjection:
    """Open the graph of a production; makes it, or makes it anew.

    Args:
        path: The file; its folder is created when missing.

    Raises:
        StorageUnavailable: Disk full, read-only, or locked for too long.
    """
    try:
        return SqlProjection(_prepared(path))
    except Damaged:
        for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)
        return SqlProjection(_prepared(path))


def _prepared(path: Path) -> sa.Engine:
    """The file with empty tables, or with those of this version."""
    engine = connect(path)
    prepared = False
    try:
        with writing(engine) as connection:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar()
            if found != _VERSION:
                _METADATA.drop_all(connection)
                _METADATA.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA user_version={_VERSION}")
        prepared = True
    finally:
        if not prepared:
            with suppress(Damaged):
                engine.dispose()
    return engine


class SqlProjection:
    """Implements :class:`generique.production.provenance.Projection`.

    Args:
        engine: As :func:`open_lineage` prepares it.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def dispose(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def position(self) -> int:
        """The ledger entry that is to be read next."""
        with reading(self._engine) as connection:
            found: int | None = connection.execute(sa.select(_POSITION.c.entry)).scalar()
        return found or 0

    def add(self, nodes: Sequence[Node], edges: Iterable[Edge], position: int) -> None:
        """Take nodes and edges in, all at once."""
        listed = list(edges)
        with writing(self._engine) as connection:
            named = {key for edge in listed for key in edge} - {node.key for node in nodes}
            _put(connection, [Node(key, key.name, _UNSAID) for key in sorted(named)])
            _put(connection, nodes)
            if listed:
                connection.execute(_ADD_EDGE, [_parameters(edge) for edge in listed])
            place = insert(_POSITION).values(id=1, entry=position)
            connection.execute(
                place.on_conflict_do_update(index_elements=["id"], set_={"entry": position})
            )

    def find(self, key: NodeKey) -> Node | None:
        """A node, None when it is not there."""
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(*_SAID).where(_NODE.c.kind == key.kind.value, _NODE.c.name == key.name)
            ).first()
        return None if row is None or row.entry == _UNSAID else _node(row)

    def named(self, kind: NodeKind) -> tuple[str, ...]:
        """Names of all nodes of a kind, sorted."""
        wanted = sa.select(_NODE.c.name).where(_NODE.c.kind == kind.value).order_by(_NODE.c.name)
        with reading(self._engine) as connection:
            return tuple(connection.execute(wanted).scalars())

    def upstream(self, key: NodeKey, *kinds: NodeKind) -> tuple[Node, ...]:
        """All that a node was made from, itself left out."""
        return self._walked(key, kinds, _SOURCES)

    def downstream(self, key: NodeKey, *kinds: NodeKind) -> tuple[Node, ...]:
        """All that was made from a node, itself left out."""
        return self._walked(key, kinds, _MADE)

    def reach(self, key: NodeKey, end: NodeKind, *kinds: NodeKind) -> Reach:
        """All that was made from a node, and what of it went into anything of a kind."""
        with reading(self._engine) as connection:
            walk = _walk(connection, _number(connection, key), _MADE)
            told = _told(connection, walk.reached, (end, *kinds) if kinds else ())
        ends = {number for number, node in told.items() if node.key.kind is end}
        held = _went_into(walk, ends)
        return Reach(
            nodes=tuple(told.values()),
            held=frozenset(told[number].key for number in held & told.keys()),
        )

    def clear(self) -> None:
        """Forget everything."""
        with writing(self._engine) as connection:
            for table in (_EDGE, _NODE, _POSITION):
                connection.execute(sa.delete(table))

    def _walked(
        self, key: NodeKey, kinds: Sequence[NodeKind], step: sa.Select[Any]
    ) -> tuple[Node, ...]:
        with reading(self._engine) as connection:
            walk = _walk(connection, _number(connection, key), step)
            return tuple(_told(connection, walk.reached, kinds).values())


def _number(connection: sa.Connection, key: NodeKey) -> set[int]:
    """The number of a node, alone; nothing when it is not there."""
    asked = {"kind": key.kind.value, "name": key.name}
    return set(connection.execute(_NUMBER, asked).scalars())


class _Walk(NamedTuple):
    """A walk along the edges, one way.

    Attributes:
        reached: Numbers of all nodes reached, where it began left out.
        steps: The edges followed, by generation: where each began, and where it led.
    """

    reached: set[int]
    steps: list[tuple[list[int], list[int]]]


def _walk(connection: sa.Connection, begin: set[int], step: sa.Select[Any]) -> _Walk:
    """Walk from some nodes as far as the edges lead.

    By generations: one question each, numbers passed as JSON lists. That takes half the time of a
    recursive query, which puts every number into two trees. What was reached before is not
    followed again, so that the walk always ends.

    Args:
        connection: Sees one state of the graph.
        begin: Where to begin.
        step: One generation on.
    """
    seen, newest, steps = set(begin), begin, []
    while newest:
        asked = {"listed": json.dumps(sorted(newest))}
        begins, led = map(json.loads, connection.execute(step, asked).one())
        newest = set(led) - seen
        seen |= newest
        steps.append((begins, led))
    return _Walk(seen - begin, steps)


def _went_into(walk: _Walk, ends: set[int]) -> set[int]:
    """Numbers of what a walk downstream reached and went into any of the ends, these left out.

    Goes back along the edges that the walk followed, last generation first, so that the file is
    not asked again. Edges within a generation, as from a model to one tuned from it, may need
    another round. The first generation's edges lead back to where the walk began, and no further.
    """
    held, before = set(ends), -1
    while before < len(held):
        before = len(held)
        for begins, led in reversed(walk.steps[1:]):
            held.update([source for source, made in zip(begins, led, strict=True) if made in held])
    return held - ends


def _told(
    connection: sa.Connection, numbers: set[int], kinds: Sequence[NodeKind]
) -> dict[int, Node]:
    """Nodes of some kinds, or of all, by number, in the order in which the ledger told of them."""
    wanted = [kind.value for kind in kinds or NodeKind]
    asked = {"listed": json.dumps(sorted(numbers)), "kinds": wanted}
    return {
        number: Node(NodeKey(_KINDS[kind], name), label, entry, digest, start, end)
        for rows in connection.execute(_LISTED, asked).partitions(_ROWS)
        for number, kind, name, label, entry, digest, start, end in rows
    }


def _node(row: sa.Row[Any]) -> Node:
    kind, name, label, entry, digest, start, end = tuple(row)
    return Node(NodeKey(_KINDS[kind], name), label, entry, digest, start, end)


def _put(connection: sa.Connection, nodes: Sequence[Node]) -> None:
    """Add nodes; what an edge named before gets its label, all else stays as it was first said."""
    if not nodes:
        return
    added = insert(_NODE)
    said = {name: added.excluded[name] for name in ("label", "entry", "digest", "start", "end")}
    connection.execute(
        added.on_conflict_do_update(
            index_elements=["kind", "name"], set_=said, where=_NODE.c.entry == _UNSAID
        ),
        [
            {
                "kind": node.key.kind.value,
                "name": node.key.name,
                "label": node.label,
                "entry": node.entry,
                "digest": node.digest,
                "start": node.start,
                "end": node.end,
            }
            for node in nodes
        ],
    )


def _parameters(edge: Edge) -> dict[str, str]:
    """What :data:`_ADD_EDGE` asks for."""
    return {
        "made_kind": edge.made.kind.value,
        "made_name": edge.made.name,
        "source_kind": edge.source.kind.value,
        "source_name": edge.source.name,
    }


def _adding_edge() -> Insert:
    """Adds an edge between two nodes that are there, by their keys."""
    made, source = (
        sa.select(_NODE.c.id)
        .where(
            _NODE.c.kind == sa.bindparam(f"{side}_kind"),
            _NODE.c.name == sa.bindparam(f"{side}_name"),
        )
        .scalar_subquery()
        for side in ("made", "source")
    )
    return insert(_EDGE).values(dst=made, src=source).on_conflict_do_nothing()


def _listed() -> sa.TableValuedAlias:
    """The numbers of a JSON list, as a table."""
    return sa.func.json_each(sa.bindparam("listed")).table_valued("value")


def _step(begin: sa.Column[int], follow: sa.Column[int]) -> sa.Select[Any]:
    """One step along the edges from every number listed: where each begins and where it leads."""
    listed = _listed()
    return sa.select(sa.func.json_group_array(begin), sa.func.json_group_array(follow)).select_from(
        listed.join(_EDGE, begin == listed.c.value)
    )


def _of_kinds() -> sa.Select[Any]:
    """Nodes of some kinds among the numbers listed, in the order in which the ledger told them."""
    listed, column = _listed(), _NODE.c
    # Nothing is joined to the kind, so that no index on it tempts SQLite to try every listed
    # number on every node of that kind.
    kind = column.kind.concat("")
    return (
        sa.select(column.id, *_SAID)
        .select_from(listed.join(_NODE, column.id == listed.c.value))
        .where(kind.in_(sa.bindparam("kinds", expanding=True)))
        .order_by(column.entry, column.start, column.kind, column.name)
    )


_ADD_EDGE = _adding_edge()
_NUMBER = sa.select(_NODE.c.id).where(
    _NODE.c.kind == sa.bindparam("kind"), _NODE.c.name == sa.bindparam("name")
)
_SOURCES = _step(_EDGE.c.dst, _EDGE.c.src)
_MADE = _step(_EDGE.c.src, _EDGE.c.dst)
_LISTED = _of_kinds()
