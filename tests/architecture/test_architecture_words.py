from __future__ import annotations

import re

import pytest
from syntax_trees import ROOT

WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)

MISSPELLED = frozenset(
    (ROOT / "tests" / "architecture" / "misspelled.txt").read_text("utf-8").split()
)
"""Slips that are no word of English or French."""

FOREIGN_HOSTS = re.compile(r"/(opt|home|root|tmp)/[a-z]|[a-z]+\.internal\b|file:///")
"""Traces of the machine that something was written on."""

TEXTS = sorted(
    path
    for pattern in ("src/**/*.py", "tools/*.py", "docs/**/*.md", "*.md", "examples/**/*.toml")
    for path in ROOT.glob(pattern)
)


def test_there_are_texts() -> None:
    assert len(TEXTS) > 30


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_spelling(path: object) -> None:
    text = (ROOT / str(path)).read_text("utf-8")
    assert {word for word in WORDS.findall(text) if word.lower() in MISSPELLED} == set()


@pytest.mark.parametrize(
    "path",
    [*TEXTS, *sorted(ROOT.glob("requirements*.lock")), ROOT / "Makefile", ROOT / "pyproject.toml"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_nothing_speaks_of_the_machine_that_it_was_written_on(path: object) -> None:
    found = FOREIGN_HOSTS.search((ROOT / str(path)).read_text("utf-8"))
    assert found is None, found
