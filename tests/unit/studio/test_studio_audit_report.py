"""The audit as page, paper, package and negative proof, by its commands on a tiny film."""

from __future__ import annotations

import base64
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import studio_fixtures
from studio_fixtures import Run

from generique.model.errors import ExitCode
from generique.model.values import digest_of
from generique.studio.settings import Settings
from generique.testing.productions import TinyFilm

run = studio_fixtures.run

FILM = replace(
    TinyFilm(),
    title="Tiny <b>& hostile</b>",
    shots=TinyFilm().shots[:1],
    media=2.0,
    effect="",
    raster=(192, 108),
    credits_seconds=20.0,
    languages=("en",),
)


CLAUSES = """\
schema = "generique/contract/1"
work = "Tiny"
titles = ["tiny"]
date = 2026-03-01
languages = ["en", "fr"]
party = [{ id = "studio", name = "Studio A" }, { id = "author", name = "B. Author" }]

[[clause]]
id = "1"
kind = "general-permission"
"""
PASSPORT = """\
schema = "generique/tool-passport/1"
kind = "tool"
id = "canned"
version = "*"
title = "Canned"
checked_by = "mira"
checked_on = 2026-11-01

[usage]
licence = "Apache-2.0"
licence_text = { digest = "DIGEST", read_on = 2026-11-01, file = "rights/documents/licence.txt" }
"""


@pytest.fixture
def produced(run: Run, tmp_path: Path) -> Path:
    folder = FILM.write(tmp_path / "film")
    for name, text in (
        ("contract/clauses.toml", CLAUSES),
        ("rights/documents/licence.txt", "A licence."),
        ("rights/passports/canned.toml", PASSPORT.replace("DIGEST", digest_of(b"A licence."))),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    said = run("produce", folder, "--demo-review", "--quality", "draft", "-q")
    assert said.code == ExitCode.DONE, said.err
    return folder


def check_credentials(run: Run, produced: Path) -> None:
    """What the packs say of a sealed master's credential, read from the file itself."""
    asked = run("audit", produced, "--pack", "c2pa-2.4", "--pack", "eu-ai-act-50", "--json")
    status = {
        rule["id"]: (rule["status"], str(rule["evidence"])) for rule in asked.document["rules"]
    }
    for name in ("CPA-01", "CPA-03", "CPA-04", "CPA-05", "CPA-06", "CPA-10", "CPA-11"):
        assert status[name][0] == "passed", status[name]
    assert status["CPA-07"][0] == "open"  # flat shots are not asked, pure tones say no number
    assert status["CPA-09"][0] == "open"
    assert "by Credential signer, Generique development (self-issued)" in status["CPA-09"][1]
    assert status["EUA-03"][0] == "open"  # the medium was scanned, and reserved nothing
    assert "2-1: Whether it bore a credential" in status["EUA-03"][1]


def test_the_audit_goes_from_report_to_package_and_is_checked_again(
    run: Run, produced: Path, tmp_path: Path
) -> None:
    page, paper, package = (tmp_path / name for name in ("a.html", "a.pdf", "p.zip"))
    said = run(
        *("audit", produced, "--json", "--html", page, "--pdf", paper),
        *("--package", package, "--language", "fr"),
    )
    assert said.code == ExitCode.FINDINGS
    document = said.document
    assert document["verdict"] in {"open", "failed"}  # nobody has approved anything
    assert {"id", "status", "evidence", "who"} <= set(document["rules"][0])
    families = {rule["family"] for rule in document["rules"]}
    assert {"film", "always", "contract"} <= families

    text = page.read_text(encoding="utf-8")
    assert "Rapport d’audit" in text
    assert "Carte de vérité" in text
    assert "<b>& hostile" not in text
    assert "<script" not in text
    assert text.count("data:image/jpeg;base64,") == 2
    assert paper.read_bytes().startswith(b"%PDF-1.7")

    asked = run("audit", produced, "--pack", "netflix-2025", "--json").document
    assert {rule["family"] for rule in asked["rules"]} >= {"netflix", "film"}
    assert any(rule["sureness"] for rule in asked["rules"])
    assert run("audit", produced, "--pack", "no-such-pack").code == ExitCode.USAGE
    check_credentials(run, produced)

    checked = run("verify", package)
    assert checked.code == ExitCode.DONE, checked.out
    for line in (
        "p.zip: valid",
        "package.unvouched (contract/clauses.toml)",  # nobody has bound it
        "rights/passports.json: entry ",
        "on the word of the seal alone: README.txt",
    ):
        assert line in checked.out
    again = tmp_path / "again.zip"
    run("audit", produced, "--package", again)
    assert again.read_bytes() == package.read_bytes()

    with zipfile.ZipFile(package) as held:
        names = set(held.namelist())
        whole = b"".join(held.read(name) for name in held.namelist())
    assert {"README.txt", "manifest.json", "seal.dsse", "tep/MANIFEST.json"} <= names
    assert not any(name.startswith(("masters/", "rights/documents/")) for name in names)
    assert_no_secret(whole)

    with_all = tmp_path / "all.zip"
    run("audit", produced, "--package", with_all, "--with-masters", "--with-papers")
    with zipfile.ZipFile(with_all) as held:
        papers = [name for name in held.namelist() if name.startswith("rights/documents/")]
        assert {"masters/master.en.mp4", "rights/consents.json"} <= set(held.namelist())
        assert [held.read(name) for name in papers] == [b"A licence."]
        assert held.read("contract/clauses.toml").decode() == CLAUSES
    told = run("verify", with_all, "--json").document
    assert [finding["where"] for finding in told["findings"]] == ["contract/clauses.toml"]
    assert "rights/consents.json" in told["vouched"]
    assert run("verify", with_all, "--require-trusted").code == ExitCode.FINDINGS

    state_that_no_ai_stands_behind_the_finch(run, produced, tmp_path)

    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(bytes(data))
    broken = run("verify", package, "--json")
    assert (broken.code, broken.document["verdict"]) == (ExitCode.FINDINGS, "broken")


def state_that_no_ai_stands_behind_the_finch(run: Run, produced: Path, tmp_path: Path) -> None:
    """A negative proof is made for footage, and checked by anyone."""
    proof = tmp_path / "finch.proof"
    made = run("audit", produced, "--negative", "2-1", "-o", proof, "--json")
    assert made.code == ExitCode.DONE, made.err
    assert len(made.document["limits"]) >= 5
    said = run("verify", proof)
    assert said.code == ExitCode.DONE
    assert "no model that was trained on data" in said.out
    assert "does not say: What a camera" in said.out
    proof.write_text(proof.read_text("utf-8").replace("index ", "index 1"), "utf-8")
    assert run("verify", proof, "--json").document["verdict"] == "broken"
    assert run("audit", produced, "--negative", "2-1").code == ExitCode.USAGE
    assert run("audit", produced, "--negative", "nine", "-o", proof).code == ExitCode.USAGE


def assert_no_secret(data: bytes) -> None:
    """No private key of this machine, in any spelling, and no path of it."""
    home = Settings().home
    assert b"PRIVATE KEY" not in data
    assert str(home).encode() not in data
    block = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+(.+?)\s+-----END", re.DOTALL)
    held = [path.read_bytes() for path in (home / "keys").rglob("*") if path.is_file()]
    secrets = [found[1] for text in held for found in block.finditer(text)]
    assert len(secrets) >= 2
    for secret in secrets:
        der = base64.b64decode(secret)
        for spelling in (secret.split()[0], der, der[-32:], der[-32:].hex().encode()):
            assert spelling not in data
