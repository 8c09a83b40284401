from __future__ import annotations

import base64
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from evidence_films import flipped, statement

from generique.ledger import merkle
from generique.ledger.checkpoint import read_checkpoint
from generique.ledger.envelope import open_envelope, seal
from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.proof import read_proof, write_proof
from generique.ledger.replay import verify_ledger
from generique.machineroom.database import open_database
from generique.machineroom.ledger_store import SqlEntryStore
from generique.marks.proofcheck import verify_proof_file
from generique.marks.verdict import Verdict
from generique.model.errors import Damaged, StorageUnavailable, UnreadableInput
from generique.model.values import digest_of
from patience import at_once

FILE, ESSENCE = digest_of(b"file"), digest_of(b"essence")


class OwnSigner:
    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())
        self.key = PublicKey(name=name, raw=self._private.public_key().public_bytes_raw().hex())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


STUDIO = OwnSigner("studio", b"studio")
IMPOSTOR = OwnSigner("studio", b"impostor")


def ledger_of(signer: OwnSigner, count: int = 6) -> Ledger:
    ledger = Ledger(MemoryEntryStore(), signer, "dawn-chorus")
    for number in range(count - 1):
        ledger.append(statement(digest_of(b"%d" % number), ESSENCE))
    ledger.append(statement(FILE, ESSENCE))
    return ledger


def check(proof: str, *, keys: tuple[PublicKey, ...] = (STUDIO.key,)) -> Verdict:
    return verify_proof_file(proof, FILE, ESSENCE, keys).verdict


def test_an_honest_proof_is_trusted_by_who_trusts_the_key() -> None:
    proof = ledger_of(STUDIO).prove(5)
    assert check(proof) is Verdict.TRUSTED
    judgement = verify_proof_file(proof, FILE, ESSENCE, ())
    assert judgement.verdict is Verdict.UNTRUSTED_SIGNER
    assert judgement.passed
    assert judgement.signer == STUDIO.key.id


def test_every_flipped_bit_of_a_proof_is_found() -> None:
    proof = ledger_of(STUDIO).prove(5).encode()
    # Name and number of the checkpoint's key: with another name it is a stranger's signature.
    start = proof.rindex("\u2014 ".encode())
    whose = range(start, start + len("\u2014 studio ".encode()) + 6)
    for place in range(len(proof)):
        changed = flipped(proof, place, place % 8).decode("utf-8", errors="replace")
        verdict = check(changed)
        if place in whose:
            assert verdict in (Verdict.BROKEN, Verdict.UNTRUSTED_SIGNER), place
        else:
            assert verdict is Verdict.BROKEN, place


def test_every_flipped_bit_of_an_entry_is_found() -> None:
    ledger = ledger_of(STUDIO, 2)
    raw = dict(ledger.raw_entries())
    checkpoint = ledger.checkpoint()
    for place in range(len(raw[1])):
        changed = {**raw, 1: flipped(raw[1], place, place % 8)}
        report = verify_ledger(changed.items(), checkpoint, [STUDIO.key])
        found = {fault.code for fault in report.faults}
        assert "ledger.root" in found, place
        assert found & {"entry.malformed", "entry.signature", "entry.unknown-signer"}, place


def test_every_flipped_bit_of_a_checkpoint_is_found() -> None:
    ledger = ledger_of(STUDIO, 2)
    raw = list(ledger.raw_entries())
    checkpoint = ledger.checkpoint().encode()
    for place in range(len(checkpoint)):
        changed = flipped(checkpoint, place, place % 8).decode("utf-8", errors="replace")
        assert not verify_ledger(raw, changed, [STUDIO.key]).sound, place


def test_a_proof_cut_short_or_lengthened_is_refused() -> None:
    proof = ledger_of(STUDIO).prove(5)
    for end in range(0, len(proof), 7):
        assert check(proof[:end]) is Verdict.BROKEN, end
    for more in ("\n", "x", "\u2014 studio AAAAAAAA\n\n", proof):
        assert check(proof + more) is Verdict.BROKEN
    assert check(proof.replace("\n", "\r\n")) is Verdict.BROKEN
    assert check("\ufeff" + proof) is Verdict.BROKEN


def test_the_proof_of_another_file_or_essence_is_found() -> None:
    proof = ledger_of(STUDIO).prove(5)
    other = verify_proof_file(proof, digest_of(b"other"), ESSENCE, [STUDIO.key])
    assert [finding.code for finding in other.findings] == ["proof.other-file"]
    recut = verify_proof_file(proof, FILE, digest_of(b"recut"), [STUDIO.key])
    assert [finding.code for finding in recut.findings] == ["proof.other-essence"]
    unread = verify_proof_file(proof, FILE, None, [STUDIO.key])
    assert unread.verdict is Verdict.UNKNOWN
    assert verify_proof_file(ledger_of(STUDIO).prove(2), FILE, ESSENCE, [STUDIO.key]).verdict is (
        Verdict.BROKEN
    )


def test_a_proof_by_an_impostor_of_the_same_name_is_not_trusted() -> None:
    proof = ledger_of(IMPOSTOR).prove(5)
    assert check(proof) is Verdict.UNTRUSTED_SIGNER
    assert check(proof, keys=(IMPOSTOR.key,)) is Verdict.TRUSTED


def test_an_entry_slipped_under_an_honest_checkpoint_is_found() -> None:
    ledger = ledger_of(STUDIO)
    forged = seal(statement(FILE, digest_of(b"forged")), (STUDIO,)).encode()
    proof = read_proof(ledger.prove(5))
    slipped = write_proof(forged, 5, proof.path, ledger.checkpoint())
    judgement = verify_proof_file(slipped, FILE, digest_of(b"forged"), [STUDIO.key])
    assert [finding.code for finding in judgement.findings] == ["proof.not-included"]


def test_the_right_entry_at_another_index_is_found() -> None:
    ledger = ledger_of(STUDIO)
    proof = ledger.prove(5)
    for index in range(5):
        assert check(proof.replace("index 5", f"index {index}")) is Verdict.BROKEN
    assert check(proof.replace("index 5", "index 05")) is Verdict.BROKEN
    assert check(proof.replace("index 5", "index -5")) is Verdict.BROKEN


def test_a_checkpoint_swapped_for_an_older_or_a_strangers_is_found() -> None:
    ledger = ledger_of(STUDIO)
    old = ledger_of(STUDIO, 3).checkpoint()
    entry = ledger.entry(5).envelope.encode()
    path = read_proof(ledger.prove(5)).path
    assert check(write_proof(entry, 5, path, old)) is Verdict.BROKEN
    strange = ledger_of(IMPOSTOR).checkpoint()
    assert check(write_proof(entry, 5, path, strange)) is Verdict.BROKEN


def test_signatures_of_another_kind_do_not_pass() -> None:
    ledger = ledger_of(STUDIO, 1)
    envelope = open_envelope(ledger.entry(0).envelope.encode(), where="test")
    # A checkpoint's signature is not an envelope's, though the key is the same.
    _, note = read_checkpoint(ledger.checkpoint())
    other = envelope.signatures[0].model_copy(
        update={"sig": base64.b64encode(note.signatures[0].signature).decode()}
    )
    with pytest.raises(Damaged):
        envelope.model_copy(update={"signatures": (other,)}).signers([STUDIO.key])


def test_a_signature_with_a_second_encoding_does_not_pass() -> None:
    # Ed25519: the scalar plus the group's order is the same signature to careless verifiers.
    order = 2**252 + 27742317777372353535851937790883648493
    message = b"approved"
    signature = STUDIO.sign(message)
    scalar = int.from_bytes(signature[32:], "little") + order
    assert STUDIO.key.verifies(message, signature)
    assert not STUDIO.key.verifies(message, signature[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize("size", [10_000, 200_000])
def test_long_nonsense_is_refused_quickly(size: int) -> None:
    with at_once():
        for text in ("c2sp.org/tlog-proof@v1\nextra " + "A" * size, "\n" * size, "x\n\n" * size):
            assert check(text) is Verdict.BROKEN


# The database itself.


def database_with(path: Path, count: int) -> tuple[Ledger, bytes]:
    engine = open_database(path)
    ledger = Ledger(SqlEntryStore(engine), STUDIO, "dawn-chorus")
    for number in range(count):
        ledger.append(statement(digest_of(b"%d" % number), ESSENCE))
    checkpoint = ledger.checkpoint()
    engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return ledger, checkpoint.encode()


def test_flipped_bits_of_the_database_are_found_or_harmless(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    ledger, checkpoint = database_with(path, 4)
    honest = list(ledger.raw_entries())
    data = path.read_bytes()
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    outcomes = [
        outcome_of(tmp_path, flipped(data, place, place % 8), checkpoint.decode(), honest)
        for place in range(0, len(data), len(data) // 120)
    ]
    assert set(outcomes) == {"refused", "faulty", "harmless"}
    assert outcomes.count("refused") + outcomes.count("faulty") > 10


def outcome_of(folder: Path, data: bytes, checkpoint: str, honest: list[tuple[int, bytes]]) -> str:
    copy = folder / "copy.sqlite"
    copy.write_bytes(data)
    for suffix in ("-wal", "-shm"):
        Path(f"{copy}{suffix}").unlink(missing_ok=True)
    try:
        store = SqlEntryStore(open_database(copy, pooled=False))
        found = list(store.entries())
    except (Damaged, StorageUnavailable):
        return "refused"
    if not verify_ledger(found, checkpoint, [STUDIO.key]).sound:
        return "faulty"
    # Free space, indexes, nodes: the entries are what they were.
    assert found == honest
    return "harmless"


def test_rows_changed_behind_our_back_are_found(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    _, checkpoint = database_with(path, 4)
    entries = list(SqlEntryStore(open_database(path)).entries())
    forged = seal(statement(digest_of(b"forged"), ESSENCE), (IMPOSTOR,)).encode()
    attacks = {
        "UPDATE entry SET data = :forged WHERE id = 2": {"entry.signature", "ledger.root"},
        "DELETE FROM entry WHERE id = 3": {"ledger.size", "ledger.root"},
        "UPDATE entry SET id = id + 10 WHERE id >= 2": {"ledger.order"},
    }
    for attack, expected in attacks.items():
        copy = tmp_path / "copy.sqlite"
        for suffix in ("", "-wal", "-shm"):
            Path(f"{copy}{suffix}").unlink(missing_ok=True)
        open_database(copy).dispose()
        connection = sqlite3.connect(copy)
        connection.executemany("INSERT INTO entry VALUES (?, ?)", entries)
        for table in ("entry", "node"):
            for verb in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {table}_{verb}_forbidden")
        connection.execute(attack, {"forged": forged})
        connection.commit()
        connection.close()
        store = SqlEntryStore(open_database(copy, pooled=False))
        report = verify_ledger(store.entries(), checkpoint.decode(), [STUDIO.key])
        found = {fault.code for fault in report.faults}
        assert found & expected, attack
        if "forged" in attack:
            assert "entry.unknown-signer" in found or "entry.signature" in found


APPEND = """
import sys
from pathlib import Path
from generique.machineroom.database import open_database
from generique.machineroom.ledger_store import SqlEntryStore
store = SqlEntryStore(open_database(Path(sys.argv[1])))
while True:
    index = store.append(b"x" * 5000, "sha256:" + "%064x" % (store.size() % 5))
    print(index, flush=True)
"""


def test_killed_in_the_middle_of_appending(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite"
    for attempt in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", APPEND, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(0.013 * (attempt + 1))
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read()
        process.wait()
        process.stdout.close()
        promised = [int(line) for line in said.splitlines() if line.strip().isdigit()]
        store = SqlEntryStore(open_database(path, pooled=False))
        size = store.size()
        assert size > max(promised)
        entries = list(store.entries())
        assert [index for index, _ in entries] == list(range(size))
        root = merkle.root_of(merkle.leaf_hash(data) for _, data in entries)
        assert merkle.root(size, store.node) == root
        last = store.find_step("sha256:" + "%064x" % ((size - 1) % 5))
        assert last == size - 1


def test_a_statement_that_is_no_statement_is_reported(tmp_path: Path) -> None:
    store = MemoryEntryStore()
    store.append(b"{}")
    store.append(b"")
    ledger = Ledger(store, STUDIO, "dawn-chorus")
    report = verify_ledger(ledger.raw_entries(), ledger.checkpoint(), [STUDIO.key])
    assert [fault.code for fault in report.faults] == ["entry.malformed"] * 2
    with pytest.raises(UnreadableInput):
        ledger.entry(0)
