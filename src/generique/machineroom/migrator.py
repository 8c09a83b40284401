"""Applies the migrations of the production's database."""

from __future__ import annotations

from importlib import resources
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from generique.model.errors import Damaged


def upgrade(connection: sa.Connection, found: str | None, head: str, *, where: str) -> None:
    """Apply the missing migrations inside the connection's transaction.

    Args:
        connection: Holds the write lock.
        found: Version of the schema, None for a new file.
        head: Version to reach.
        where: The file, for the error.

    Raises:
        Damaged: The file is of a version that this release does not know.
    """
    folder = resources.files("generique.machineroom") / "migrations"
    script = ScriptDirectory(str(folder))
    if found is not None and found not in {item.revision for item in script.walk_revisions()}:
        raise Damaged(
            "the production's database was written by a later release",
            where=where,
            why=f"its schema is {found}, this release knows up to {head}",
            next_step="install that release, or open a copy made before",
        )

    def steps(revision: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs(head, revision)  # noqa: SLF001 -- as alembic's own env.py does

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with Operations.context(context):
        context.run_migrations()
