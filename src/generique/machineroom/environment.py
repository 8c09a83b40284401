"""Settings and keys from the environment, one at a time, never kept."""

from __future__ import annotations

import os


def setting(name: str) -> str | None:
    """A variable of the environment; an empty one is not set."""
    return os.environ.get(name) or None
