"""Passports and withdrawals of papers through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import studio_fixtures
from studio_fixtures import Run

from generique.backends.firmament.shelf import items
from generique.testing.productions import TinyFilm

run = studio_fixtures.run


CARD = {
    "conformsTo": "http://mlcommons.org/croissant/1.1",
    "name": "Birds",
    "version": "1.2.0",
    "license": "CC-BY-4.0",
    "recordSet": [],
}
CONSENT = """\
schema = "generique/consents/1"

[[consent]]
id = "ada-voice"
person = "Ada"
of = "voice"
actions = ["dub"]
titles = ["tiny"]
territories = ["*"]
media = ["*"]
starts = "2026-01-01"
description = "Narration."
minor = "no"
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return TinyFilm(languages=("en",), media=0.0, backend=None).write(tmp_path / "film")


def test_a_tool_is_stated_shown_and_stated_further(run: Run, film: Path, tmp_path: Path) -> None:
    licence = tmp_path / "licence.txt"
    licence.write_text("You may.", "utf-8")
    words = ("passport", "add", "tool", "lens", "--by", "mira", "-p", film)
    made = run(
        *words,
        *("--version", "4", "--licence", "Lens terms", "--licence-text", licence),
        *("--source", "https://example.org/terms", "--set", "environment=enterprise"),
        *("--set", "usage.territories=['FR']", "--set", "retention_days=30"),
        "--json",
    )
    assert made.code == 0, made.err
    assert made.document["file"] == "rights/passports/tool-lens.toml"
    assert made.document["passport"]["usage"]["territories"] == ["FR"]
    kept = film / made.document["passport"]["usage"]["licence_text"]["file"]
    assert kept.read_text("utf-8") == "You may."
    path = film / "rights" / "passports" / "tool-lens.toml"
    path.write_text("# asked by telephone\n" + path.read_text("utf-8"), "utf-8")
    assert run(*words, "--set", "trains_on_inputs=no").code == 0
    assert path.read_text("utf-8").startswith("# asked by telephone\n")
    shown = run("passport", "show", "tool", "lens", "-p", film)
    assert "trains on inputs: no" in shown.out
    assert "inputs: go to a secured tenancy" in shown.out
    assert "not known: maker, terms of use, commercial use" in shown.out
    document = run("passport", "show", "tool", "lens", "-p", film, "--json").document
    assert "maker" in document["passports"][0]["unknown"]
    kept.write_text("You may not.", "utf-8")
    assert run("passport", "show", "tool", "lens", "-p", film).code == 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--set", "colour=red"), 2, "colour"),
        (("--set", "version"), 2, "states no value"),
        (("--set", "usage=1", "--set", "usage.licence=MIT"), 2, "a value and a table"),
        (("--scan", "."), 2, "only a dataset"),
        (("--from", "nowhere.json"), 2, "nowhere.json"),
        (("--licence-text", "nowhere.txt"), 2, "nowhere.txt"),
        ((), 2, "version"),
    ],
)
def test_a_statement_that_cannot_be_read_writes_nothing(
    run: Run, film: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    version = ("--version", "4") if words else ()
    found = run("passport", "add", "tool", "x", "--by", "mira", "-p", film, *version, *words)
    assert found.code == code
    assert said in found.err
    assert not (film / "rights" / "passports").exists()


def test_only_people_of_the_production_state(run: Run, film: Path) -> None:
    found = run("passport", "add", "tool", "x", "--by", "nobody", "--version", "1", "-p", film)
    assert found.code == 2
    assert "nobody is not among the people" in found.err


def test_a_dataset_is_imported_scanned_and_exported(run: Run, film: Path, tmp_path: Path) -> None:
    card, data = tmp_path / "card.json", tmp_path / "data"
    card.write_text(json.dumps(CARD), "utf-8")
    data.mkdir()
    (data / "bird.txt").write_text("a bird", "utf-8")
    (data / "robots.txt").write_text("User-agent: *\nDisallow: /", "utf-8")
    words = ("passport", "add", "dataset", "birds", "--by", "mira", "-p", film)
    made = run(*words, "--from", card, "--scan", data)
    assert made.code == 0, made.err
    assert "not read: recordSet" in made.out
    assert "text and data mining reserved: yes" in made.out
    for form, key in (("croissant", "conformsTo"), ("spdx3", "@graph")):
        export = ("passport", "export", "dataset", "birds", "--as", form, "-p", film)
        assert key in run(*export).document
        assert run(*export, "-o", tmp_path / "out.json").code == 0
        again = ("passport", "add", "dataset", f"birds-{form}", "--by", "mira", "-p", film)
        taken = run(*again, "--from", tmp_path / "out.json", "--json")
        assert taken.code == 0, taken.err
        assert taken.document["passport"]["usage"]["licence"] == "CC-BY-4.0"


def test_what_is_no_document_of_others_is_refused(run: Run, film: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for kind, text in (
        ("dataset", "no json"),
        ("dataset", "[]"),
        ("dataset", "[" * 100_000),
        ("dataset", '{"name": "Birds"}'),
        ("tool", json.dumps(CARD)),
        ("model", json.dumps(CARD)),
    ):
        path.write_text(text, "utf-8")
        words = ("passport", "add", kind, "x", "--by", "mira", "--version", "1", "-p", film)
        assert run(*words, "--from", path).code == 2


def test_versions_are_told_apart(run: Run, film: Path) -> None:
    words = ("passport", "add", "model", "m", "--by", "mira", "-p", film)
    assert run(*words, "--version", "1").code == 0
    assert run(*words, "--version", "2").code == 0
    assert "say which one with --version" in run(*words, "--set", "training=none").err
    export = ("passport", "export", "model", "m", "--as", "spdx3", "-p", film)
    assert run(*export).code == 2
    assert run(*export, "--version", "2").code == 0
    assert run("passport", "export", "model", "m", "--as", "croissant", "-p", film).code == 2
    missing = run("passport", "show", "model", "m", "--version", "3", "-p", film)
    assert missing.code == 2
    assert "there are passports of: firmament, foley, m, pico, score, world" in missing.err


def test_the_list_names_what_lacks(run: Run, film: Path, tmp_path: Path) -> None:
    whole = run("passport", "list", "-p", film)
    assert whole.code == 0
    assert "tool pico, version 0.1.1" in whole.out
    assert "comes with the program" in whole.out
    trained = TinyFilm(languages=("en",), media=0.0, backend="trained").write(tmp_path / "trained")
    found = run("passport", "list", "-p", trained, "--json")
    assert found.code == 1
    lacking = {(one["kind"], one["id"]) for one in found.document["lacking"]}
    assert {("tool", "trained"), ("dataset", "colours-1"), ("consent", "mira-voice")} <= lacking
    text = (trained / "production.toml").read_text("utf-8")
    gone = text.replace('voice = "trained"', 'voice = "not-installed"')
    (trained / "production.toml").write_text(gone, "utf-8")
    named = run("passport", "list", "-p", trained)
    assert named.code == 1
    assert "no passport of the tool not-installed, used by production.toml" in named.out


def test_a_consent_that_only_papers_name_is_withdrawn(run: Run, film: Path) -> None:
    (film / "rights" / "consents.toml").write_text(CONSENT, "utf-8")
    words = ("withdraw", "consent", "ada-voice", film)
    looked = run(*words, "--json")
    assert looked.code == 0, looked.err
    assert (looked.document["takes"], looked.document["recorded"]) == ([], [])
    assert run("withdraw", "consent", "nobody", film).code == 2
    run("person", "add", "mira", "--name", "Mira", "--role", "producer", "-p", film)
    said = run(*words, "--record", "--as", "mira", "--reason", "she asked", "--json")
    assert said.code == 0, said.err
    assert said.document["recorded"]
    assert run(*words, "--json").document["recorded"] == said.document["recorded"]


def test_one_item_of_a_dataset_leads_to_what_the_dataset_reached(run: Run, film: Path) -> None:
    item = f"{min(items())}"
    looked = run("withdraw", "dataset", item, film)
    assert looked.code == 0, looked.err
    assert f"{item} is an item of firmament-skies" in looked.out
    assert run("withdraw", "dataset", item, film, "--json").document["item"] == item
    held_back = run("withdraw", "dataset", "sha256:" + "0" * 64, film)
    assert held_back.code == 2
    assert "no model at hand was trained on an item" in held_back.err
