from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generique.clearance.clauses import Bond, Contract, read_contract
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.machineroom.clock import SystemClock
from generique.machineroom.folder import DiskFolder
from generique.machineroom.keys import KeyRing
from generique.model.errors import Refused, UsageError
from generique.model.people import Person, Role
from generique.model.values import digest_of
from generique.production.contract import (
    SignedDocument,
    bind,
    governing_contract,
    last_binding,
    record_binding,
)
from generique.production.journal import Journal
from generique.production.people import register

CLAUSES = """\
schema = "generique/contract/1"
work = "River"
titles = ["river"]
date = 2026-03-01
signed = "contract.pdf"
[[party]]
id = "a"
name = "A"
[[party]]
id = "b"
name = "B"
[[clause]]
id = "1"
kind = "general-permission"
"""
PAPER = b"%PDF the signed contract"
ANNE = Person(id="anne", name="Anne", roles=(Role.COUNSEL,))


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


@pytest.fixture
def journal(ring: KeyRing) -> Journal:
    return Journal(Ledger(MemoryEntryStore(), ring.studio(), "test"), SystemClock())


@pytest.fixture
def folder(tmp_path: Path) -> DiskFolder:
    root = tmp_path / "river"
    (root / "contract").mkdir(parents=True)
    (root / "production.toml").write_text("", "utf-8")
    (root / "contract" / "clauses.toml").write_text(CLAUSES, "utf-8")
    (root / "contract" / "contract.pdf").write_bytes(PAPER)
    return DiskFolder(root)


def reading(folder: DiskFolder) -> Contract:
    contract = folder.contract()
    assert contract is not None
    return contract


def bound(folder: DiskFolder, ring: KeyRing, journal: Journal, **more: Any) -> int:
    signer = ring.person("anne")
    register(ANNE, signer, journal)
    document = SignedDocument(digest=digest_of(PAPER), signatures=("Anne",))
    said, subjects = bind(reading(folder), document, ANNE, signer)
    said = said.model_copy(update=more)
    return record_binding(said, subjects, signer, journal)


def bond(folder: DiskFolder, journal: Journal) -> Bond:
    contract = governing_contract(folder, journal)
    assert contract is not None
    return contract.binding.bond


def test_a_contract_is_bound_until_it_changes(
    folder: DiskFolder, ring: KeyRing, journal: Journal
) -> None:
    clauses = folder.contract_folder / "clauses.toml"
    paper = folder.contract_folder / "contract.pdf"
    assert last_binding(journal) is None
    assert bond(folder, journal) is Bond.UNBOUND
    entry = bound(folder, ring, journal)
    contract = governing_contract(folder, journal)
    assert contract is not None
    assert contract.binding.bond is Bond.BOUND
    assert contract.binding.entry == entry
    assert contract.binding.document == digest_of(PAPER)
    assert contract.binding.signatures == ("Anne",)
    paper.write_bytes(b"another")
    assert bond(folder, journal) is Bond.OTHER_DOCUMENT
    paper.unlink()
    assert bond(folder, journal) is Bond.NO_DOCUMENT
    paper.write_bytes(PAPER)
    clauses.write_text(CLAUSES.replace("general-permission", "no-training"), "utf-8")
    assert bond(folder, journal) is Bond.CHANGED
    clauses.write_text(f"# a comment\n{CLAUSES}", "utf-8")
    assert bond(folder, journal) is Bond.BOUND
    clauses.write_text(CLAUSES.replace('signed = "contract.pdf"\n', ""), "utf-8")
    assert bond(folder, journal) is Bond.NO_DOCUMENT
    clauses.unlink()
    with pytest.raises(Refused, match="the clauses of the contract are gone"):
        governing_contract(folder, journal)


def test_without_a_contract_nothing_governs(folder: DiskFolder, journal: Journal) -> None:
    (folder.contract_folder / "clauses.toml").unlink()
    assert governing_contract(folder, journal) is None


def test_a_contract_bound_again_counts(folder: DiskFolder, ring: KeyRing, journal: Journal) -> None:
    bound(folder, ring, journal)
    clauses = folder.contract_folder / "clauses.toml"
    clauses.write_text(CLAUSES.replace("general-permission", "no-training"), "utf-8")
    assert bond(folder, journal) is Bond.CHANGED
    bound(folder, ring, journal)
    assert bond(folder, journal) is Bond.BOUND


def test_who_can_bind_and_what(folder: DiskFolder, ring: KeyRing) -> None:
    contract, paper = reading(folder), SignedDocument(digest=digest_of(PAPER))
    signer = ring.person("anne")
    with pytest.raises(Refused, match="Mira cannot bind"):
        bind(contract, paper, Person(id="mira", name="Mira", roles=(Role.DIRECTOR,)), signer)
    with pytest.raises(Refused, match="with the key of the person who binds"):
        bind(contract, paper, ANNE, ring.person("mira"))
    with pytest.raises(Refused, match="with the key of the person who binds"):
        bind(contract, paper, ANNE, ring.studio())
    heading = contract.heading.model_copy(update={"sha256": "0" * 64})
    with pytest.raises(Refused, match="not the one that the clauses name"):
        bind(contract.model_copy(update={"heading": heading}), paper, ANNE, signer)
    heading = contract.heading.model_copy(update={"sha256": digest_of(PAPER)[7:]})
    said, _ = bind(contract.model_copy(update={"heading": heading}), paper, ANNE, signer)
    assert (said.role, said.file) == (Role.COUNSEL, "contract.pdf")
    unsigned = contract.heading.model_copy(update={"signed": None})
    with pytest.raises(UsageError, match="name no signed document"):
        bind(contract.model_copy(update={"heading": unsigned}), paper, ANNE, signer)


def test_a_binding_in_the_name_of_another_is_refused(
    folder: DiskFolder, ring: KeyRing, journal: Journal
) -> None:
    with pytest.raises(Refused):
        bound(folder, ring, journal, person="mira")
    assert last_binding(journal) is None


def test_a_binding_that_its_binder_did_not_sign_is_refused(
    folder: DiskFolder, ring: KeyRing, journal: Journal
) -> None:
    said, subjects = bind(
        reading(folder), SignedDocument(digest=digest_of(PAPER)), ANNE, ring.person("anne")
    )
    with pytest.raises(Refused, match="is signed by whoever decides"):
        record_binding(said, subjects, ring.studio(), journal)


def test_what_is_written_reads_back(folder: DiskFolder) -> None:
    contract = reading(folder)
    assert read_contract(contract.to_document(), where=contract.where) == contract
