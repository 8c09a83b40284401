"""Clauses that want to be more than clauses."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from generique.clearance.clauses import read_contract
from generique.clearance.contract_page import contract_source
from generique.machineroom.documents import set_document
from generique.machineroom.folder import DiskFolder
from generique.model.errors import UnreadableInput

HEAD = """\
schema = "generique/contract/1"
work = "River"
titles = ["river"]
date = 2026-03-01
[[party]]
id = "a"
name = "A"
[[party]]
id = "b"
name = "B"
"""


@pytest.fixture
def folder(tmp_path: Path) -> DiskFolder:
    (tmp_path / "contract").mkdir()
    (tmp_path / "production.toml").write_text("", "utf-8")
    return DiskFolder(tmp_path)


def write(folder: DiskFolder, text: str) -> Path:
    place = folder.contract_folder / "clauses.toml"
    place.write_text(text, "utf-8")
    return place


def test_fifty_megabytes_are_refused_before_they_are_read(folder: DiskFolder) -> None:
    place = folder.contract_folder / "clauses.toml"
    clause = b'[[clause]]\nid = "1"\nkind = "general-permission"\n'
    with place.open("wb") as file:
        file.write(HEAD.encode())
        for _ in range(50):
            file.write(clause * (1_000_000 // len(clause) + 1))
    assert place.stat().st_size > 50_000_000
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableInput) as caught:
            folder.contract()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "too large" in caught.value.what
    assert peak < 5_000_000


def test_what_is_no_plain_file_is_refused(folder: DiskFolder) -> None:
    place = folder.contract_folder / "clauses.toml"
    os.mkfifo(place)
    with pytest.raises(UnreadableInput):
        folder.contract()
    place.unlink()
    place.symlink_to("/dev/zero")
    with pytest.raises(UnreadableInput):
        folder.contract()
    place.unlink()
    place.symlink_to("nowhere")
    with pytest.raises(UnreadableInput):  # a contract that cannot be read is not no contract
        folder.contract()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (('[[clause]]\nid = "1"\nkind = "permitted-uses"\nwhen = [{operand = "mood", '
         'operator = "eq", value = "good"}]\n'), "mood"),
        ('[[clause]]\nid = "1"\nkind = "permitted-uses"\nwhen = "always"\n', "when"),
        ('[[clause]]\nid = "1"\nkind = "permitted-uses"\nacts = ["deleteLedger"]\n', "acts"),
        ('[[clause]]\nid = "1"\nkind = "__class__"\n', "no kind"),
        ('[[clause]]\nid = "../1"\nkind = "no-training"\n', "id"),
        ('[[clause]]\nkind = "no-training"\n', "id"),
        ('[[clause]]\nid = "1"\nkind = "no-training"\nrules = []\n', "rules"),
        ('[[clause]]\nid = "1"\nkind = "models-barred"\nnames = ["a\\u0000"]\n', "names"),
        ('signed = "/etc/passwd"\n[[clause]]\nid = "1"\nkind = "no-training"\n', ""),
        ("[[clause]]\nid = 1\n", ""),
        ("clause = 3\n", ""),
        ('x = "' + "[" * 5000 + '"\n', ""),
        ("x = " + "[" * 5000 + "\n", ""),
    ],
)  # fmt: skip
def test_words_that_mean_nothing_here_are_refused(
    folder: DiskFolder, text: str, words: str
) -> None:
    write(folder, HEAD + text)
    with pytest.raises(UnreadableInput) as caught:
        folder.contract()
    assert words in f"{caught.value.what} {caught.value.why}"


def test_text_of_people_is_never_code(folder: DiskFolder) -> None:
    write(
        folder,
        HEAD.replace('name = "A"', 'name = "#read(\\"/etc/passwd\\") $x$ \\\\ `raw` @label <b>"')
        + '[[clause]]\nid = "1"\nkind = "models-barred"\nnames = ["#import \\"x\\""]\n',
    )
    contract = folder.contract()
    assert contract is not None
    source = contract_source(contract)
    assert "passwd" not in source
    assert set_document(source).startswith(b"%PDF-")


def test_a_hundred_thousand_clauses_are_refused() -> None:
    clause = {"id": "1", "kind": "no-training"}
    with pytest.raises(UnreadableInput, match="lists no clauses"):
        read_contract(
            {
                "schema": "generique/contract/1",
                "work": "R",
                "titles": ["r"],
                "date": "2026-03-01",
                "party": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
                "clause": [clause] * 100_000,
            },
            where="contract",
        )
