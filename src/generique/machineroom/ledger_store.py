"""The ledger's entries in the production's database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert

from generique.ledger.merkle import HASH_BYTES, completed_nodes, leaf_hash
from generique.machineroom.database import reading, writing
from generique.model.errors import Damaged
from generique.model.values import Digest

_METADATA = sa.MetaData()
_ENTRY = sa.Table(
    "entry",
    _METADATA,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary(), nullable=False),
)
_NODE = sa.Table(
    "node",
    _METADATA,
    sa.Column("level", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("hash", sa.LargeBinary(), nullable=False),
)
_DONE = sa.Table(
    "done",
    _METADATA,
    sa.Column("step", sa.String(71), primary_key=True),
    sa.Column("entry", sa.Integer(), nullable=False),
)

_ADD_DONE = insert(_DONE)
_SET_DONE = _ADD_DONE.on_conflict_do_update(
    index_elements=["step"], set_={"entry": _ADD_DONE.excluded.entry}
)


def _compiled(statement: sa.ClauseElement) -> str:
    """Text of a statement that is said for every entry: compiled once, not at each append."""
    return str(statement.compile(dialect=sqlite.dialect()))


_ADD_ENTRY = _compiled(sa.insert(_ENTRY))
_ADD_NODE = _compiled(sa.insert(_NODE))
_LAST_ENTRY = _compiled(sa.select(sa.func.max(_ENTRY.c.id)))
_FIND_ENTRY = _compiled(sa.select(_ENTRY.c.data).where(_ENTRY.c.id == sa.bindparam("id")))
_FIND_NODE = _compiled(
    sa.select(_NODE.c.hash).where(
        _NODE.c.level == sa.bindparam("level"), _NODE.c.place == sa.bindparam("place")
    )
)
_BATCH = 500
_NODES_HELD = 50_000
_NEXT_STEP = "restore the database from a backup and run `generique audit`"


class SqlEntryStore:
    """Entry store in SQLite.

    Args:
        engine: As :func:`generique.machineroom.database.open_database` gives it.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._nodes: dict[tuple[int, int], bytes] = {}  # committed nodes never change

    def append(self, envelope: bytes, step_key: Digest | None = None) -> int:
        """Append an entry, its nodes and its step key in one transaction."""
        with writing(self._engine) as connection:
            index = _size(connection)
            connection.exec_driver_sql(_ADD_ENTRY, (index, envelope))

            def node(level: int, place: int) -> bytes:
                return self._nodes.get((level, place)) or _node(connection, level, place)

            nodes = completed_nodes(index, leaf_hash(envelope), node)
            connection.exec_driver_sql(_ADD_NODE, list(nodes))
            if step_key is not None:
                connection.execute(_SET_DONE, {"step": step_key, "entry": index})
        self._hold(((level, place), value) for level, place, value in nodes)
        return index

    def size(self) -> int:
        """Number of entries."""
        with reading(self._engine) as connection:
            return _size(connection)

    def read(self, index: int) -> bytes:
        """Bytes of one entry."""
        with reading(self._engine) as connection:
            data = connection.exec_driver_sql(_FIND_ENTRY, (index,)).scalar()
        if not isinstance(data, bytes):
            raise Damaged(f"the ledger lacks entry {index}", next_step=_NEXT_STEP)
        return data

    def entries(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Index and bytes of the entries from ``start`` on, as stored."""
        last = start - 1
        while True:
            with reading(self._engine) as connection:
                rows = connection.execute(
                    sa.select(_ENTRY.c.id, _ENTRY.c.data)
                    .where(_ENTRY.c.id > last)
                    .order_by(_ENTRY.c.id)
                    .limit(_BATCH)
                ).all()
            yield from ((index, data) for index, data in rows)
            if len(rows) < _BATCH:
                return
            last = rows[-1][0]

    def node(self, level: int, index: int) -> bytes:
        """Hash of a complete subtree."""
        found = self._nodes.get((level, index))
        if found is None:
            with reading(self._engine) as connection:
                found = _node(connection, level, index)
            self._hold([((level, index), found)])
        return found

    def _hold(self, nodes: Iterable[tuple[tuple[int, int], bytes]]) -> None:
        """Keep committed nodes at hand."""
        if len(self._nodes) >= _NODES_HELD:
            self._nodes.clear()
        self._nodes.update(nodes)

    def find_step(self, key: Digest) -> int | None:
        """Index of the last entry under a step key."""
        with reading(self._engine) as connection:
            found: int | None = connection.execute(
                sa.select(_DONE.c.entry).where(_DONE.c.step == key)
            ).scalar()
        return found


def _size(connection: sa.Connection) -> int:
    """Index after the last entry."""
    last: int | None = connection.exec_driver_sql(_LAST_ENTRY).scalar()
    return 0 if last is None else last + 1


def _node(connection: sa.Connection, level: int, place: int) -> bytes:
    """A stored node."""
    value = connection.exec_driver_sql(_FIND_NODE, (level, place)).scalar()
    if not isinstance(value, bytes) or len(value) != HASH_BYTES:
        raise Damaged(f"the ledger lacks node {place} of level {level}", next_step=_NEXT_STEP)
    return value
