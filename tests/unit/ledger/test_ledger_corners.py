"""What is refused at the edges of the ledger's formats."""

from __future__ import annotations

import pytest
from ledger_films import MIRA, STUDIO, small_ledger, take_statement

from generique.ledger.checkpoint import read_checkpoint, read_hash
from generique.ledger.cosignature import CosignerKey, cosign
from generique.ledger.envelope import seal
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.proof import read_proof
from generique.ledger.replay import verify_ledger
from generique.model.errors import Damaged, UnreadableInput


@pytest.mark.parametrize("line", ["é", "QQ", "====", "QQ=="])
def test_a_hash_has_32_bytes_in_base64(line: str) -> None:
    with pytest.raises(UnreadableInput, match="broken hash"):
        read_hash(line, where="the checkpoint")


@pytest.mark.parametrize("seconds", [0, -1, 2**63])
def test_a_cosignature_needs_a_time(seconds: int) -> None:
    with pytest.raises(UnreadableInput, match="needs a time"):
        cosign("dawn-chorus\n", seconds, MIRA)


def test_a_witness_key_in_broken_base64_is_refused() -> None:
    key = CosignerKey.of(MIRA.key).vkey
    with pytest.raises(UnreadableInput, match="not the key of a witness"):
        CosignerKey.parse(key[:-3] + "=A=")


def test_a_signature_of_another_length_does_not_hold() -> None:
    assert not MIRA.key.verifies(b"message", b"short")


def test_a_log_extends_only_what_it_was() -> None:
    ledger = small_ledger(3)
    state, _ = read_checkpoint(ledger.checkpoint())
    assert ledger.extends(state)
    assert not ledger.extends(state.model_copy(update={"origin": "another"}))
    assert not ledger.extends(state.model_copy(update={"size": 4}))


def test_an_entry_that_is_not_there_is_damage() -> None:
    with pytest.raises(Damaged, match="lacks entry 0"):
        MemoryEntryStore().read(0)


@pytest.mark.parametrize("change", [("c2sp.org", "example.org"), ("index 1", "index x")])
def test_a_proof_has_one_form(change: tuple[str, str]) -> None:
    with pytest.raises(UnreadableInput):
        read_proof(small_ledger(2).prove(1).replace(*change))


def test_entries_that_are_malformed_or_forged_are_told_apart() -> None:
    ledger = small_ledger(1)
    envelope = seal(take_statement(0), (STUDIO,))
    forged = envelope.model_copy(update={"payload": take_statement(1).encode()}).encode()
    report = verify_ledger([(0, b"{}"), (1, forged)], ledger.checkpoint(), [STUDIO.key])
    codes = [fault.code for fault in report.faults if fault.entry is not None]
    assert codes == ["entry.malformed", "entry.signature"]
