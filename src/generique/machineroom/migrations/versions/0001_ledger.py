"""The ledger: entries, nodes of the Merkle tree, finished steps.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from generique.model.errors import UsageError

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_FORBID = """
CREATE TRIGGER {table}_{act}_forbidden BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""


def upgrade() -> None:
    """Create the tables, and forbid any change to what was appended."""
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id >= 0", name="entry_counts_from_zero"),
    )
    op.create_table(
        "node",
        sa.Column("level", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32", name="node_is_sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "done",
        sa.Column("step", sa.String(71), primary_key=True),
        sa.Column("entry", sa.Integer(), sa.ForeignKey("entry.id"), nullable=False),
    )
    for table in ("entry", "node"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(_FORBID.format(table=table, act=verb.lower(), verb=verb))


def downgrade() -> None:
    """There is no way back: a ledger is never dropped."""
    raise UsageError("the ledger is append-only and cannot be dropped")
