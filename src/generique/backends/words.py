"""From what a sound prompt became to what the port reports."""

from __future__ import annotations

from collections.abc import Iterable

from generique.production.ports import WordUse
from generique.sound.reading import Heard


def word_uses(heard: Iterable[Heard]) -> tuple[WordUse, ...]:
    """The port's form of each stretch."""
    return tuple(
        WordUse(
            start=stretch.start,
            end=stretch.end,
            text=stretch.text,
            use="used" if stretch.became else "filler",
            became=stretch.became,
        )
        for stretch in heard
    )
