"""What may reach a terminal: much of what is printed was written by others."""

from __future__ import annotations


def harmless(text: str) -> str:
    """Text without the control and direction characters that steer a terminal; lines stay."""
    return "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in text)
