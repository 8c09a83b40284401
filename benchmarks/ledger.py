"""How fast evidence is made and checked.

Durable appends, proofs, and re-audit from raw entries. Files are measured in ``credentials.py``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generique.ledger import merkle
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.proof import read_proof
from generique.ledger.replay import verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.machineroom.database import open_database
from generique.machineroom.keys import KeyRing
from generique.machineroom.ledger_store import SqlEntryStore
from generique.marks.proofcheck import verify_proof_file
from generique.model.values import Digest, digest_of

APPENDS = 300
PROOFS = 200
ENTRIES = 20_000
ESSENCE = digest_of(b"essence")
LIMITS = {
    "durable append, signed": 5.0,
    "inclusion proof": 200.0,
    "check a proof": 500.0,
    "re-audit with signatures": 700.0,
    "re-audit of the tree": 200_000.0,
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


def measure_ledger(folder: Path) -> list[bool]:
    """Appends to SQLite, proofs from it."""
    ring = KeyRing(folder / "keys")
    studio = ring.studio()
    engine = open_database(folder / "ledger.sqlite")
    ledger = Ledger(SqlEntryStore(engine), studio, "benchmark")

    def append() -> None:
        for number in range(APPENDS):
            ledger.append(statement(number))

    def synchronise() -> None:
        with (folder / "plain").open("ab", buffering=0) as stream:
            for _ in range(APPENDS):
                stream.write(bytes(1000))
                os.fsync(stream.fileno())

    plain = seconds(synchronise)
    appended = seconds(append)
    print(f"{'plain write and fsync':<28}{APPENDS / plain:>12,.0f} /s")
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
    engine.dispose()
    return [
        ratio("durable append, signed", appended, plain, "plain fsync"),
        rate("inclusion proof", PROOFS, proved),
        rate("check a proof", PROOFS, checked),
        rate("re-audit with signatures", len(raw), audited),
        rate("re-audit of the tree", ENTRIES, tree),
    ]


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("GENERIQUE_BENCHMARK_FOLDER")) as name:
        holds = measure_ledger(Path(name))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
