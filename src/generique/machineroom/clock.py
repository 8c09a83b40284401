"""The wall clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Implements :class:`generique.production.ports.Clock` with the machine's clock."""

    def now(self) -> str:
        """Now in UTC, RFC 3339 with whole seconds and ``Z``."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unix_seconds() -> int:
    """Now in whole seconds since 1970."""
    return int(datetime.now(UTC).timestamp())
