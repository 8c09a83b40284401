"""How fast evidence is made and checked.

Durable appends, proofs, re-audit from raw entries, and single bits turned over. Files are measured
in ``credentials.py``.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from generique.ledger import merkle
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.ports import Signer
from generique.ledger.proof import read_proof
from generique.ledger.replay import verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.machineroom.clock import SystemClock
from generique.machineroom.database import open_database
from generique.machineroom.keys import KeyRing
from generique.machineroom.ledger_store import SqlEntryStore
from generique.marks.proofcheck import verify_proof_file
from generique.marks.verdict import Verdict
from generique.model.values import Digest, digest_of
from generique.production.journal import Journal

APPENDS = 300
PROOFS = 200
ENTRIES = 20_000
MUTATIONS = 10_000
SEED = 11
ESSENCE = digest_of(b"essence")
LIMITS = {
    "durable append, signed": 2.0,
    "inclusion proof": 1_000.0,
    "check a proof": 500.0,
    "re-audit with signatures": 700.0,
    "re-audit of the tree": 200_000.0,
    "acts read": 1_000.0,
}


def statement(number: int) -> Statement:
    """A statement of usual size."""
    return Statement(
        subjects=(Subject.of("file", file_digest(number)), Subject.of("essence", ESSENCE)),
        predicate_type=predicate_type("step"),
        predicate={"take": f"1-{number}.t1", "prompt": "p" * 120, "seed": number},
    )


def file_digest(number: int) -> Digest:
    """Digest of the file that a statement names."""
    return digest_of(b"%d" % number)


def seconds(act: Callable[[], object]) -> float:
    """Wall time of an act."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def rate(what: str, count: int, taken: float) -> bool:
    """Print a rate beside its lower limit; True when it holds."""
    value, limit = count / taken, LIMITS[what]
    print(f"{what:<28}{value:>12,.0f} /s  limit {limit:,.0f}{'' if value >= limit else ' MISSED'}")
    return value >= limit


def ratio(what: str, taken: float, reference: float, unit: str) -> bool:
    """Print a multiple of a reference beside its upper limit; True when it holds."""
    value, limit = taken / reference, LIMITS[what]
    missed = "" if value <= limit else " MISSED"
    print(f"{what:<28}{value:>12.2f} x {unit}  limit {limit:g}{missed}")
    return value <= limit


def bare_commits(folder: Path) -> float:
    """Seconds for as many commits of one row by SQLite alone, on the same disk, as durable."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, data BLOB NOT NULL)")

    def commit() -> None:
        for number in range(APPENDS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO entry VALUES (?, ?)", (number, bytes(1000)))
            connection.execute("COMMIT")

    taken = seconds(commit)
    connection.close()
    return taken


def measure_ledger(folder: Path) -> list[bool]:
    """Appends to SQLite, proofs from it."""
    ring = KeyRing(folder / "keys")
    studio = ring.studio()
    engine = open_database(folder / "ledger.sqlite")
    ledger = Ledger(SqlEntryStore(engine), studio, "benchmark")

    def append() -> None:
        for number in range(APPENDS):
            ledger.append(statement(number))

    # Before and after, because a disk that others use too is not equally quick twice.
    bare = bare_commits(folder)
    appended = seconds(append)
    (folder / "bare.sqlite").unlink()
    bare = (bare + bare_commits(folder)) / 2
    print(f"{'bare SQLite commits':<28}{APPENDS / bare:>12,.0f} /s")
    print(f"{'durable append, signed':<28}{APPENDS / appended:>12,.0f} /s")
    proofs: list[str] = []
    proved = seconds(
        lambda: proofs.extend(ledger.prove(number % APPENDS) for number in range(PROOFS))
    )
    checked = seconds(
        lambda: [
            verify_proof_file(proof, file_digest(read_proof(proof).index), ESSENCE, [studio.key])
            for proof in proofs
        ]
    )
    raw = list(ledger.raw_entries())
    checkpoint = ledger.checkpoint()
    audited = seconds(lambda: verify_ledger(raw, checkpoint, [studio.key]))
    many = MemoryEntryStore()
    for number in range(ENTRIES):
        many.append(b"%d" % number + bytes(240))
    tree = seconds(lambda: merkle.root_of(merkle.leaf_hash(data) for _, data in many.entries()))
    journal = Journal(ledger, SystemClock())
    first = seconds(lambda: sum(1 for _ in journal.acts("step")))
    again = seconds(lambda: sum(1 for _ in journal.acts("step")))
    print(f"{'acts read again':<28}{APPENDS / again:>12,.0f} /s")
    missed = mutations(proofs, studio)
    engine.dispose()
    return [
        ratio("durable append, signed", appended, bare, "bare commit"),
        rate("inclusion proof", PROOFS, proved),
        rate("check a proof", PROOFS, checked),
        rate("re-audit with signatures", len(raw), audited),
        rate("re-audit of the tree", ENTRIES, tree),
        rate("acts read", APPENDS, first),
        missed == 0,
    ]


def mutations(proofs: Sequence[str], studio: Signer) -> int:
    """Flip single random bits in entries, checkpoints and proofs; returns how many went unseen.

    Args:
        proofs: Of the ledger that was measured.
        studio: Signed them.
    """
    chance = random.Random(SEED)
    small = Ledger(MemoryEntryStore(), studio, "benchmark")
    for number in range(3):
        small.append(statement(number))
    entries, checkpoint = dict(small.raw_entries()), small.checkpoint()
    begun, unseen = time.perf_counter(), 0
    for number in range(MUTATIONS):
        if number % 3 == 0:
            place = chance.randrange(len(entries))
            changed = {**entries, place: flipped(entries[place], chance)}
            unseen += verify_ledger(changed.items(), checkpoint, [studio.key]).sound
        elif number % 3 == 1:
            other = flipped(checkpoint.encode(), chance).decode("utf-8", "replace")
            unseen += verify_ledger(entries.items(), other, [studio.key]).sound
        else:
            proof = chance.choice(proofs)
            named = file_digest(read_proof(proof).index)
            other = flipped(proof.encode(), chance).decode("utf-8", "replace")
            found = verify_proof_file(other, named, ESSENCE, [studio.key]).verdict
            unseen += found is Verdict.TRUSTED
    took = time.perf_counter() - begun
    missed = " MISSED" if unseen else ""
    print(
        f"{'random one-bit changes':<28}{MUTATIONS:>12,} made, {unseen} unseen ({took:.1f} s)"
        f"  limit 0{missed}"
    )
    return unseen


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Bytes with one random bit turned over."""
    changed = bytearray(data)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("GENERIQUE_BENCHMARK_FOLDER")) as name:
        holds = measure_ledger(Path(name))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
