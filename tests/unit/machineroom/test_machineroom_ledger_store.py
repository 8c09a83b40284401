"""One suite, every store."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from generique.ledger import merkle
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.ports import EntryStore
from generique.machineroom import database, job_book, ledger_store
from generique.machineroom.database import HEAD, open_database
from generique.machineroom.ledger_store import SqlEntryStore
from generique.model.errors import Damaged, StorageUnavailable
from generique.model.values import digest_of


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EntryStore]:
    if request.param == "memory":
        yield MemoryEntryStore()
    else:
        engine = open_database(tmp_path / "production.sqlite")
        yield SqlEntryStore(engine)
        engine.dispose()


def test_an_empty_store(store: EntryStore) -> None:
    assert store.size() == 0
    assert list(store.entries()) == []
    assert store.find_step(digest_of(b"")) is None
    with pytest.raises(Damaged):
        store.read(0)
    with pytest.raises(Damaged):
        store.node(0, 0)


def test_entries_come_back_in_order(store: EntryStore) -> None:
    written = [b"entry %d" % number for number in range(600)]
    indexes = [store.append(data) for data in written[:20]]
    assert indexes == list(range(20))
    assert store.size() == 20
    assert store.read(7) == written[7]
    assert list(store.entries(15)) == list(enumerate(written[:20]))[15:]


def test_roots_and_proofs_come_from_the_stored_nodes(store: EntryStore) -> None:
    leaves = []
    for number in range(21):
        data = b"%d" % number
        store.append(data)
        leaves.append(merkle.leaf_hash(data))
        assert merkle.root(number + 1, store.node) == merkle.root_of(leaves)
    proof = merkle.inclusion_proof(13, 21, store.node)
    assert merkle.verify_inclusion(leaves[13], 13, 21, proof, merkle.root_of(leaves))


def test_a_step_is_found_by_its_key(store: EntryStore) -> None:
    key = digest_of(b"step")
    store.append(b"a")
    store.append(b"b", key)
    assert store.find_step(key) == 1
    store.append(b"c", key)
    assert store.find_step(key) == 2


def test_reading_goes_on_while_somebody_appends(store: EntryStore) -> None:
    for number in range(3):
        store.append(b"%d" % number)
    reader = store.entries()
    next(reader)
    store.append(b"late")
    assert [index for index, _ in reader][:2] == [1, 2]


# What follows is about the database alone.


def test_all_batches_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generique.machineroom.ledger_store._BATCH", 4)
    store = SqlEntryStore(open_database(tmp_path / "db.sqlite"))
    for number in range(9):
        store.append(b"%d" % number)
    assert [index for index, _ in store.entries()] == list(range(9))


def test_what_is_committed_is_durable_and_checked(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "db.sqlite")
    with database.reading(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET data = x'00' WHERE id = 0",
        "DELETE FROM entry",
        "UPDATE node SET hash = zeroblob(32)",
        "DELETE FROM node WHERE level = 0",
        "INSERT OR REPLACE INTO entry VALUES (0, x'00')",
        "INSERT INTO entry VALUES (-1, x'00')",
        "INSERT INTO node VALUES (9, 9, x'00')",
        "INSERT INTO done VALUES ('x', 99)",
    ],
)
def test_the_past_cannot_be_changed(tmp_path: Path, statement: str) -> None:
    engine = open_database(tmp_path / "db.sqlite")
    store = SqlEntryStore(engine)
    store.append(b"first")
    with database.writing(engine) as connection, pytest.raises(Damaged):
        execute(engine, connection, statement)
    assert store.read(0) == b"first"


def execute(engine: sa.Engine, connection: sa.Connection, statement: str) -> None:
    with database.translated(engine):
        connection.exec_driver_sql(statement)


def test_a_fresh_schema_is_a_migrated_schema(tmp_path: Path) -> None:
    folder = Path(database.__file__).parent / "migrations"
    script = ScriptDirectory(str(folder))
    assert script.get_heads() == [HEAD]
    fresh = open_database(tmp_path / "fresh.sqlite")
    with database.reading(fresh) as connection:
        found = set(
            connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
            ).scalars()
        )
        columns = {
            table: [column["name"] for column in sa.inspect(connection).get_columns(table)]
            for table in ("entry", "node", "done", "job")
        }
    assert found == {
        "alembic_version",
        "entry",
        "node",
        "done",
        "job",
        "entry_update_forbidden",
        "entry_delete_forbidden",
        "node_update_forbidden",
        "node_delete_forbidden",
    }
    assert columns == {
        name: [column.name for column in table.columns]
        for stored in (ledger_store._METADATA, job_book._JOB.metadata)
        for name, table in stored.tables.items()
    }


def test_every_step_of_the_migrations_leads_to_the_same_schema(tmp_path: Path) -> None:
    def schema(path: Path) -> list[tuple[str, str]]:
        with sqlite3.connect(path) as connection:
            rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
            return [(str(name), str(sql)) for name, sql in rows]

    open_database(tmp_path / "fresh.sqlite").dispose()
    # As a process leaves it that was killed before the first migration: a file, nothing in it.
    with sqlite3.connect(tmp_path / "old.sqlite") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    open_database(tmp_path / "old.sqlite").dispose()
    assert schema(tmp_path / "fresh.sqlite") == schema(tmp_path / "old.sqlite")


def test_a_later_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    open_database(path).dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Damaged, match="later release"):
        open_database(path)


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "db.sqlite")
    store = SqlEntryStore(engine)
    store.append(b"kept")
    with database.reading(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    sa.event.listen(
        engine, "checkout", lambda raw, *_: raw.execute(f"PRAGMA max_page_count={pages}")
    )
    with pytest.raises(StorageUnavailable) as caught:
        store.append(bytes(3_000_000))
    assert "full" in caught.value.diagnosis()
    assert caught.value.next_step
    assert list(store.entries()) == [(0, b"kept")]


def test_a_locked_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    store = SqlEntryStore(open_database(path, busy_seconds=0.1))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="cannot be used") as caught:
        store.append(b"x")
    assert "another process" in str(caught.value.why)
    holder.rollback()
    holder.close()
    assert store.append(b"x") == 0


def test_a_read_only_database_is_said(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "db.sqlite")
    sa.event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only=ON"))
    with pytest.raises(StorageUnavailable) as caught:
        SqlEntryStore(engine).append(b"x")
    assert "SQLITE_READONLY" in str(caught.value.why)


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageUnavailable):
        open_database(tmp_path / "file" / "db.sqlite")
    (tmp_path / "folder.sqlite").mkdir()
    with pytest.raises(StorageUnavailable):
        open_database(tmp_path / "folder.sqlite")


@pytest.mark.parametrize("content", [b"not a database at all, " * 100, b"SQLite format 3\0" * 300])
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "db.sqlite"
    path.write_bytes(content)
    with pytest.raises(Damaged) as caught:
        open_database(path)
    assert caught.value.exit_code == 6
    assert str(path) in str(caught.value.where)


def _append(path: str, mark: int, count: int, done: Callable[[int], None]) -> None:
    store = SqlEntryStore(open_database(Path(path)))
    for number in range(count):
        done(store.append(b"%d %d" % (mark, number), digest_of(b"%d" % number)))


def test_two_processes_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [
        context.Process(target=_append, args=(str(path), mark, 25, queue.put)) for mark in (1, 2)
    ]
    for worker in workers:
        worker.start()
    indexes = [queue.get(timeout=60) for _ in range(50)]
    for worker in workers:
        worker.join(60)
    store = SqlEntryStore(open_database(path))
    assert sorted(indexes) == list(range(50))
    entries = [data for _, data in store.entries()]
    assert sorted(entries) == sorted(b"%d %d" % (m, n) for m in (1, 2) for n in range(25))
    assert merkle.root(50, store.node) == merkle.root_of(merkle.leaf_hash(d) for d in entries)
