"""Spelling: names that people write are equal whatever their spacing, case and Unicode form."""

from __future__ import annotations

import unicodedata


def plain(name: str) -> str:
    """A name as it is compared.

    Args:
        name: As somebody wrote it.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
