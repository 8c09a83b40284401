"""The contract from clauses to a bound, signed document, by its command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import studio_fixtures
from studio_fixtures import Run

run = studio_fixtures.run

PRODUCTION = """
schema = "generique/production/1"
id = "river"
title = "River"
languages = ["en"]
genre = "documentary"
territories = ["FR"]
rate = "24"
raster = { width = 640, height = 360 }
backends = { shot = "world" }
"""
CLAUSES = """\
# what we agreed
schema = "generique/contract/1"
work = "River"
titles = ["river"]
date = 2026-03-01
languages = ["fr", "en"]

[[party]]
id = "studio"
name = "Studio A"

[[party]]
id = "author"
name = "B. Author"

[[clause]]
id = "1"
kind = "general-permission"

[[clause]]
id = "2"
kind = "models-barred"
names = ["model-x"]
"""


@pytest.fixture
def river(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "river"
    (folder / "contract").mkdir(parents=True)
    (folder / "production.toml").write_text(PRODUCTION, "utf-8")
    (folder / "contract" / "clauses.toml").write_text(CLAUSES, "utf-8")
    for person, role in (("anne", "producer"), ("mira", "director")):
        added = run("person", "add", person, "--name", person.title(), "--role", role, "-p", folder)
        assert added.code == 0
    return folder


def clauses(folder: Path) -> Path:
    return folder / "contract" / "clauses.toml"


def test_the_whole_way_of_a_contract(run: Run, river: Path) -> None:
    shown = run("contract", "show", river)
    assert "never bound" in shown.out
    assert "2  Modèles exclus. Ces modèles ne sont pas utilisés : « model-x »." in shown.out
    english = run("contract", "show", river, "--language", "en", "--json").document
    assert english["clauses"][1]["text"].startswith("These models are not used: “model-x”.")
    assert run("contract", "show", river, "--language", "fr", "--json").document["language"] == "fr"
    assert run("contract", "show", river, "--language", "de").code == 2

    amiss = run("contract", "check", river, "--json")
    assert amiss.code == 1
    assert amiss.document["document"] is None
    assert run("contract", "bind", "--as", "anne", river).code == 2  # names no document

    assert run("contract", "pdf", river).code == 0
    unsigned = run("contract", "check", river)
    assert unsigned.code == 1
    assert "bears no electronic signature" in unsigned.out
    signed = run("contract", "sign", "--as", "anne", river, "--json").document
    assert signed["own_text"] is True
    both = run("contract", "sign", "--as", "mira", river, "--json").document
    assert [one["name"] for one in both["signatures"]] == ["Anne", "Mira"]
    text = clauses(river).read_text("utf-8")
    assert "# what we agreed" in text
    assert both["digest"].removeprefix("sha256:") in text
    assert text.count("sha256") == 1

    refused = run("contract", "bind", "--as", "mira", river)
    assert refused.code == 3
    assert "cannot bind the contract" in refused.err
    bound = run("contract", "bind", "--as", "anne", river, "--json").document
    assert (bound["person"], bound["signatures"]) == ("anne", ["Anne", "Mira"])
    good = run("contract", "check", river)
    assert good.code == 0, good
    assert "signature of Anne: trusted" in good.out
    assert run("contract", "pdf", river).code == 3  # a signed one is not written over
    again = run("contract", "sign", "--as", "anne", river)
    assert again.code == 3
    assert "Anne has signed it already" in again.err


def test_what_was_bound_is_void_when_it_changes(run: Run, river: Path) -> None:
    run("contract", "sign", "--as", "anne", river)
    run("contract", "bind", "--as", "anne", river)
    whole = clauses(river).read_text("utf-8")
    clauses(river).write_text(whole.replace('"model-x"', '"model-y"'), "utf-8")
    changed = run("contract", "check", river)
    assert changed.code == 1
    assert "the clauses were changed since they were bound" in changed.out
    assert "the document has a text of its own" in changed.out
    assert run("contract", "sign", "--as", "mira", river).code == 3
    assert run("contract", "sign", "--as", "mira", river, "--own-document").code == 0
    clauses(river).write_text(whole.replace("# what we agreed", "# as agreed"), "utf-8")
    other = run("contract", "check", river)
    assert "the document is not the one that was bound" in other.out
    assert "the document is not the one that the clauses name" in other.out
    (river / "contract" / "contract.pdf").unlink()
    assert "the document that was bound is missing" in run("contract", "check", river).out
    assert run("contract", "bind", "--as", "anne", river).code == 2
    clauses(river).unlink()
    gone = run("contract", "show", river)
    assert gone.code == 3
    assert "the clauses of the contract are gone" in gone.err


def test_a_document_that_was_tampered_with_is_neither_signed_nor_bound(
    run: Run, river: Path
) -> None:
    run("contract", "sign", "--as", "anne", river)
    document = river / "contract" / "contract.pdf"
    data = document.read_bytes()
    changed = bytearray(data)
    changed[data.index(b"(", data.index(b"/Title")) + 1] ^= 1
    document.write_bytes(bytes(changed))
    found = run("contract", "check", river)
    assert found.code == 1
    assert "amiss: the signature of Anne does not hold" in found.out
    for command in (("sign", "--as", "mira", "--own-document"), ("bind", "--as", "anne")):
        said = run("contract", *command, river)
        assert said.code == 3
        assert "a signature on the document does not hold" in said.err


def test_agreements_come_and_go(run: Run, river: Path, tmp_path: Path) -> None:
    written = run("contract", "odrl", river)
    assert written.code == 0
    agreement = tmp_path / "agreement.jsonld"
    agreement.write_text(written.out, "utf-8")
    again = run("contract", "odrl", river, "--import", agreement)
    assert again.code == 2
    assert "has clauses already" in again.err
    clauses(river).unlink()
    taken = run("contract", "odrl", river, "--import", agreement)
    assert json.loads(taken.out) == json.loads(written.out)
    assert run("contract", "odrl", river).out == written.out
    short = run("contract", "odrl", river, "--json")
    assert short.document == json.loads(written.out)
    assert short.out.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "is no JSON that can be read"),
        ("[" * 100_000, "is no JSON that can be read"),
        ("[]", "is no JSON-LD object"),
        ("{}", "another context than ours"),
    ],
)
def test_what_is_no_agreement_is_refused(run: Run, river: Path, text: str, what: str) -> None:
    clauses(river).unlink()
    agreement = river / "agreement.jsonld"
    agreement.write_text(text, "utf-8")
    said = run("contract", "odrl", river, "--import", agreement)
    assert said.code == 2
    assert what in said.err
    assert not clauses(river).exists()


def test_a_production_without_contract_says_so(run: Run, river: Path) -> None:
    clauses(river).unlink()
    for command in (("show",), ("check",), ("pdf",), ("odrl",), ("bind", "--as", "anne")):
        said = run("contract", *command, river)
        assert said.code == 2
        assert "the production has no contract" in said.err
