from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from syntax_trees import ROOT, modules

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
FORMATS = ROOT / "docs" / "formats"
README = ROOT / "README.md"

SCHEMA_NAME = re.compile(r"generique/[a-z][a-z-]*/\d+")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def test_decisions_are_numbered_one_after_the_other() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1)), "a number is missing or used twice"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: str(path.name))
def test_a_decision_says_its_status_its_reasons_and_its_costs(path: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)
    text = path.read_text("utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.search(r"(?m)^Status: (proposed|accepted|superseded by \d+)$", text)
    for heading in ("Context", "Decision", "Rejected", "Costs"):
        assert f"\n## {heading}\n" in text


def schema_names() -> set[str]:
    """Names of all documents that the source reads or writes."""
    return {
        node.value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SCHEMA_NAME.fullmatch(node.value)
    }


def test_every_document_that_is_read_or_written_is_documented() -> None:
    names = schema_names()
    assert len(names) >= 10
    text = "".join(path.read_text("utf-8") for path in FORMATS.glob("*.md"))
    documented = set(SCHEMA_NAME.findall(text))
    assert names - documented == set(), "describe them in docs/formats/"
    assert documented - names == set(), "docs/formats/ describes what is no more"


def test_the_schema_files_are_those_of_the_values() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "formats.py"), "--check"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    for path in FORMATS.glob("*.schema.json"):
        assert json.loads(path.read_text("utf-8"))["$id"] in schema_names()


@pytest.mark.parametrize(
    "path",
    sorted({*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")}),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_links_lead_somewhere(path: Path) -> None:
    broken = [
        target
        for target in LINK.findall(path.read_text("utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_documents_that_the_source_points_to_exist() -> None:
    named = {
        (module.name, path)
        for module in modules()
        for path in re.findall(r"docs/[a-z0-9/_-]+(?:\.[a-z]+)+", module.text)
    }
    assert {(name, path) for name, path in named if not (ROOT / path).exists()} == set()


def test_the_index_names_every_document() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    for path in (ROOT / "docs").iterdir():
        if path.name != "README.md":
            assert f"({path.name}" in index


def command_names(*path: str) -> set[str]:
    """Names of the commands that the help of a command lists."""
    done = subprocess.run(
        [sys.executable, "-m", "generique.studio.cli.main", *path, "--help"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin", "TERM": "dumb", "COLUMNS": "200", "LANG": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"(?m)^[│|\s]*([a-z][a-z-]+)\s{2,}\S", done.stdout))


def test_the_commands_of_the_readme_exist() -> None:
    text = README.read_text("utf-8")
    assert "make film" in text
    assert "make test" in text
    named = set(re.findall(r"(?m)(?:^|`|\s)(?:\.venv/bin/)?generique ([a-z][a-z-]+)", text))
    assert len(named) >= 5
    assert named - command_names() == set()


def test_the_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):", makefile))
    text = "\n".join(p.read_text("utf-8") for p in (README, *(ROOT / "docs").rglob("*.md")))
    assert set(re.findall(r"`make ([a-z]+)", text)) <= targets
