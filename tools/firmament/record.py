"""Write the training of ``firmament`` into a ledger and take the proof of it out.

    python tools/firmament/record.py SKIES MODEL COMMIT

COMMIT is that of the program that drew the skies. Two entries: the dataset, by its list and its
card; and the training, by the record, the settings
and the weights that came of it. Writes ``training.tlog-proof`` and the public key of the training
into MODEL. The private key is made for these two entries and forgotten: the proof shows that the
record, the list and the weights belong together since, not who the makers are.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generique.ledger.keys import PublicKey
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.values import digest_of

ORIGIN = "generique/firmament"
LISTED = ("items.csv", "skies.croissant.json")
MADE = ("training.json", "config.json", "diffusion_pytorch_model.safetensors")


class TrainingSigner:
    """A key for one training, in memory only."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        raw = self._private.public_key().public_bytes_raw().hex()
        self._key = PublicKey(name=ORIGIN, raw=raw)

    @property
    def key(self) -> PublicKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""
        return self._private.sign(message)


def main(skies: Path, model: Path, commit: str) -> None:
    """Append both entries, write the proof of the second, say what the passports must name."""
    for name in LISTED:
        (model / name).write_bytes((skies / name).read_bytes())
    signer = TrainingSigner()
    ledger = Ledger(MemoryEntryStore(), signer, ORIGIN)
    listed = tuple(Subject.of(name, digest_of((model / name).read_bytes())) for name in LISTED)
    made = tuple(Subject.of(name, digest_of((model / name).read_bytes())) for name in MADE)
    drawn = {"drawn_by": "tools/firmament/skies.py", "drawn_at": commit}
    dataset = {"dataset": "firmament-skies", **drawn}
    ledger.append(
        Statement(subjects=listed, predicate_type=predicate_type("dataset"), predicate=dataset)
    )
    record = json.loads((model / "training.json").read_text("utf-8"))
    told = {key: record[key] for key in ("dataset", "items", "weights", "steps", "batch", "seed")}
    training = {**told, **drawn, "entry_of_dataset": 0, "trained_by": "tools/firmament/train.py"}
    entry = ledger.append(
        Statement(
            subjects=(*made, *listed),
            predicate_type=predicate_type("training"),
            predicate=training,
        )
    )
    (model / "training.tlog-proof").write_text(ledger.prove(entry.index), "utf-8")
    (model / "training.vkey").write_text(signer.key.vkey + "\n", "utf-8")
    print(f"dataset-firmament-skies.toml: digest = {record['items']}")
    print(f"model-firmament.toml: weights = {record['weights']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
