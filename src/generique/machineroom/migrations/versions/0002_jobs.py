"""Jobs placed with hosted providers.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from generique.model.errors import UsageError

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of jobs; a job is written before its order is sent."""
    op.create_table(
        "job",
        sa.Column("intent", sa.String(71), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """There is no way back: what was paid is never forgotten."""
    raise UsageError("the book of jobs cannot be dropped")
