"""The production that is refused: one thing wrong in each family of rules, and all of it told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from generique.studio.cli.main import app

EXAMPLE = Path(__file__).parents[3] / "examples" / "refused"

FAMILIES = {
    "media-rights": (None, "the licence of found.mp4 is not known", "producer"),
    "GEN-01": (
        "2-1",
        "no declared use covers 'aerial over a residential suburb",
        "producer, director",
    ),
    "CLAUSE": ("music", "The model is “theme-model”.", "producer, counsel"),
    "NFX-01": (
        "1-1",
        "does not answer yes to no traits of others’ works",
        "producer, commissioner",
    ),
    "EUA-19": ("music", "is reserved against mining (tdmrep)", "producer, counsel"),
    "BRD-01": ("1-1", "It is news, and world made it.", "commissioner, producer"),
    "FRA-02": ("1-1", "first-aerial waits for director and producer", "director, producer"),
    "CPA-11": ("music", "is reserved against mining (tdmrep)", "producer, counsel"),
    "TAL-01": (
        "1-L1-en",
        "made after Jane Roe, and no consent of Jane Roe is known",
        "talent, producer",
    ),
    "PLT-04": (None, "China is among the territories", "producer"),
}
"""Rule, element, part of the message, and who can lift it: ten families."""


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("refused") / "film"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".generique", "out"))
    return folder


@pytest.fixture(scope="module")
def refusals(refused: Path) -> list[dict[str, Any]]:
    said = CliRunner().invoke(app, ["plan", str(refused), "--json"])
    assert said.exit_code == 3
    found: list[dict[str, Any]] = json.loads(said.stdout)["refusals"]
    return found


@pytest.mark.parametrize("rule", FAMILIES)
def test_each_family_refuses_in_words(rule: str, refusals: list[dict[str, Any]]) -> None:
    element, message, who = FAMILIES[rule]
    told = [
        refusal
        for refusal in refusals
        if refusal["rule"] == rule
        and refusal["element"] == element
        and message in refusal["reason"]
    ]
    assert len(told) == 1, [refusal for refusal in refusals if refusal["rule"] == rule]
    (refusal,) = told
    assert refusal["who"] == who
    assert refusal["source"]
    assert refusal["lift"]
    assert refusal["clause"] == ("2" if rule == "CLAUSE" else None)


def test_nothing_of_it_is_made(refused: Path) -> None:
    said = CliRunner().invoke(app, ["produce", str(refused), "--demo-review", "-q"])
    assert said.exit_code != 0
    assert not list(refused.rglob("master*"))
    assert not list(refused.rglob("*.wav"))
