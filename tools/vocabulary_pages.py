"""Writes the vocabulary pages of ``world`` into ``docs/``."""

from __future__ import annotations

from pathlib import Path

from generique.world.words.explain import vocabulary_page
from generique.world.words.refusing import PAGES

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    for language, page in PAGES.items():
        (ROOT / page).write_text(vocabulary_page(language), "utf-8")
