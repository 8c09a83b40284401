"""The order in which a contract counts its clauses."""

from __future__ import annotations


def natural(number: str) -> tuple[tuple[int, str], ...]:
    """Key that puts 4.2 before 4.10, and letters before figures."""
    parts = number.replace("-", ".").split(".")
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in parts)
