"""Stamps: whether the clock that entries carry ran backwards.

A stamp proves nothing, its writer sets the clock. The order of a ledger is the order of its places;
a stamp that contradicts it is told to the reader, who may ask why.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from generique.ledger.statement import PREDICATE_SPACE, Statement

TOLERANCE = timedelta(minutes=1)
"""Writers that work at once stamp first and wait for each other afterwards."""


class Stamps:
    """Reads the stamps of a ledger in order; each setting back is told once."""

    def __init__(self) -> None:
        self._latest: datetime | None = None
        self._before: datetime | None = None

    def read(self, statement: Statement) -> str | None:
        """What is to be told of a statement's stamp; None when nothing is.

        Stamps that cannot be read, and those of other people's statements, are passed over.
        """
        stamp = _stamp(statement)
        if stamp is None:
            return None
        latest = self._latest or stamp
        before = self._before or stamp
        self._latest, self._before = max(stamp, latest), stamp
        behind_already = latest - before > TOLERANCE
        if latest - stamp <= TOLERANCE or (behind_already and before - stamp <= TOLERANCE):
            return None
        return f"it is stamped {stamp.isoformat()}, an entry before it {latest.isoformat()}"


def _stamp(statement: Statement) -> datetime | None:
    at = statement.predicate.get("at")
    if not statement.predicate_type.startswith(PREDICATE_SPACE) or not isinstance(at, str):
        return None
    try:
        read = datetime.fromisoformat(at)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
