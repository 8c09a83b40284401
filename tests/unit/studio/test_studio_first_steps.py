"""What newcomers type first, and get wrong: each is told what to do, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import studio_fixtures
from studio_fixtures import Run

from generique.machineroom.database import open_database
from generique.machineroom.ledger_store import SqlEntryStore

run, film = studio_fixtures.run, studio_fixtures.film

TOOL = ("passport", "add", "tool", "newtool", "--version", "1", "--by", "mira")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*TOOL, "--set", "usage=1"), "usage.FIELD"),
        ((*TOOL, "--set", "usage.commercial=yes", "--set", "usage=1"), "a value and a table"),
        ((*TOOL, "--from", "missing.json"), "there is no file missing.json"),
        (("passport", "add", "tool", "newtool", "--by", "mira"), "--version V"),
        (("passport", "show", "tool", "newtool"), "--by PERSON"),
        (("person", "add", "bob", "--name", " ", "--role", "director"), "name"),
        (("review", "approve", "--matter", "cut", "cut", "--as", "mira", "--reason", "x"), "cut"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_done_says_what_can(
    words: tuple[str, ...], told: str, run: Run, film: Path
) -> None:
    said = run(*words, "-p", film)
    assert said.code == 2
    assert told in said.err
    assert not list((film / "rights" / "passports").glob("newtool*"))


@pytest.mark.parametrize(
    "words",
    [
        ("--file", "cut.mp4", "--package", "p.zip"),
        ("--negative", "1-1", "--pdf", "r.pdf", "-o", "n.proof"),
        ("--negative", "1-1", "--file", "cut.mp4", "-o", "n.proof"),
    ],
)
def test_an_audit_leaves_nothing_out_in_silence(
    words: tuple[str, ...], run: Run, film: Path
) -> None:
    said = run("audit", film, *words)
    assert said.code == 2
    assert "do not go together" in said.err


@pytest.mark.parametrize("who", [("zed", "x"), ("mira", " "), ("mira", "x")])
def test_a_withdrawal_that_is_refused_writes_nothing(
    who: tuple[str, str], run: Run, film: Path
) -> None:
    run("person", "list", "-p", film)
    words = ("--record", "--as", who[0], "--reason", who[1])
    assert run("withdraw", "model", "canned", film, *words).code == 2
    store = SqlEntryStore(open_database(film / ".generique" / "ledger.sqlite"))
    assert not list(store.entries())


def test_a_certificate_for_documents_is_no_key_to_decide_with(
    run: Run, film: Path, tmp_path: Path
) -> None:
    (film / "contract").mkdir()
    (film / "contract" / "clauses.toml").write_text(
        'schema = "generique/contract/1"\nwork = "Tiny"\ntitles = ["tiny"]\n'
        'date = "2026-03-03"\n\n[[party]]\nid = "a"\nname = "A"\n\n[[party]]\nid = "b"\n'
        'name = "B"\n\n[[clause]]\nid = "1"\nkind = "general-permission"\n',
        "utf-8",
    )
    assert run("contract", "sign", "--as", "mira", film).code == 0
    assert not (tmp_path / "home" / "keys" / "person" / "mira.key").exists()
    said = run("review", "approve", "1-1.t1", "--as", "mira", "--reason", "x", "-p", film)
    assert said.code == 2


@pytest.mark.parametrize(("output", "code"), [("/dev/full", 2), ("a closed pipe", 141)])
def test_output_that_nobody_takes_is_no_fault_of_the_program(
    output: str, code: int, film: Path
) -> None:
    command = [
        sys.executable,
        "-c",
        "from generique.studio.cli.main import main; main()",
        *("person", "list", "--json", "-p", str(film)),
    ]
    if output == "/dev/full":
        with Path(output).open("w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert b"No space left" in done.stderr or b"full" in done.stderr
        assert b"unforeseen" not in done.stderr
        assert done.returncode == code
        return
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    process.communicate(timeout=60)
    assert process.returncode == code
