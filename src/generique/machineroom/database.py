"""The production's database: one SQLite file, its schema made by migrations.

``PRAGMA synchronous=FULL`` with a write-ahead log: what was committed survives the loss of power.
Writers take the write lock when they begin, so that two processes wait for each other instead of
failing halfway.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.pool import NullPool, QueuePool

from generique.model.errors import Damaged, GeneriqueError, StorageUnavailable

HEAD = "0002"
"""Version of the schema that this release reads and writes."""

_UNAVAILABLE = {
    "SQLITE_FULL": ("the disk is full", "make room on the disk and run the same command again"),
    "SQLITE_READONLY": (
        "the database cannot be written",
        "make the folder and the file writable and run the same command again",
    ),
    "SQLITE_CANTOPEN": (
        "the database cannot be opened",
        "make the folder readable and writable and run the same command again",
    ),
    "SQLITE_PERM": (
        "access to the database is denied",
        "make the file readable and writable and run the same command again",
    ),
    "SQLITE_IOERR": (
        "the disk failed to read or write",
        "look at the state and free space of the disk, then run the same command again",
    ),
    "SQLITE_BUSY": (
        "another process holds the database",
        "wait until the other command has ended and run this one again",
    ),
    "SQLITE_LOCKED": (
        "another process holds the database",
        "wait until the other command has ended and run this one again",
    ),
}


def connect(path: Path, *, busy_seconds: float = 30.0, pooled: bool = True) -> sa.Engine:
    """Connect to an SQLite file with the settings of this house; knows nothing of its tables.

    Args:
        path: The file. Its folder is created when missing.
        busy_seconds: How long to wait for another writer.
        pooled: False closes every connection after use.

    Raises:
        StorageUnavailable: The folder cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            "the production's folder cannot be made",
            where=str(path.parent),
            why=error.strerror,
            next_step="make the folder above writable and run the same command again",
        ) from error
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_seconds},
        poolclass=QueuePool if pooled else NullPool,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def open_database(path: Path, *, busy_seconds: float = 30.0, pooled: bool = True) -> sa.Engine:
    """Open the database of a production; creates it, or brings it to this release's schema.

    Args:
        path: The file. Its folder is created when missing.
        busy_seconds: How long to wait for another writer.
        pooled: False closes every connection after use; for short-lived processes.

    Raises:
        StorageUnavailable: Disk full, read-only, or locked for too long.
        Damaged: The file is no database, or of a later release.
    """
    engine = connect(path, busy_seconds=busy_seconds, pooled=pooled)
    try:
        _migrate(engine, path)
    except GeneriqueError:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state of the database.

    Raises:
        StorageUnavailable: See :func:`translated`.
        Damaged: See :func:`translated`.
    """
    with translated(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that holds the write lock; commits at the end, or nothing at all.

    Raises:
        StorageUnavailable: See :func:`translated`.
        Damaged: See :func:`translated`.
    """
    with translated(engine), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def translated(engine: sa.Engine) -> Iterator[None]:
    """Turn SQLite's errors into ours.

    Raises:
        StorageUnavailable: Disk full, read-only, locked, not to be opened.
        Damaged: The file is corrupt, or a rule of the schema was about to be broken.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise _translate(error.orig, engine.url.database or "") from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Settings of every new connection."""
    connection.isolation_level = None  # we say BEGIN ourselves, with the lock that we mean
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")  # else INSERT OR REPLACE deletes unseen
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: sa.Connection) -> None:
    """Begin with the write lock when something will be written."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _translate(error: object, where: str) -> GeneriqueError:
    """Our error for one of SQLite's."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, (why, next_step) in _UNAVAILABLE.items():
        if name.startswith(prefix):
            return StorageUnavailable(
                "the production's database cannot be used",
                where=where,
                why=f"{why} ({name})",
                next_step=next_step,
            )
    return Damaged(
        "the production's database is damaged",
        where=where,
        why=f"{error} ({name or type(error).__name__})",
        next_step="restore the file from a backup; the vault's files are not affected",
    )


def _migrate(engine: sa.Engine, path: Path) -> None:
    """Bring the schema to :data:`HEAD`; one process does it, others wait and find it done."""
    with translated(engine), engine.connect() as connection:
        found = _version(connection)
    if found is None:
        # Only possible outside a transaction, and kept in the file from then on.
        with translated(engine):
            _use_write_ahead_log(engine)
    if found == HEAD:
        return
    with writing(engine) as connection:
        found = _version(connection)
        if found != HEAD:
            # Alembic costs a third of a second, and most openings find the schema up to date.
            from generique.machineroom.migrator import upgrade  # noqa: PLC0415 -- see above

            upgrade(connection, found, HEAD, where=str(path))


def _use_write_ahead_log(engine: sa.Engine) -> None:
    """Switch the journal mode of a new file."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise exc.DBAPIError("PRAGMA journal_mode=WAL", (), error) from error
    finally:
        raw.close()


def _version(connection: sa.Connection) -> str | None:
    """Version of the schema in the file, None for a new file."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found
