"""A witness (https://c2sp.org/tlog-witness): cosigns a log that grows, and refuses all others.

The law of a witness:

1. It knows the keys of each log by the log's origin, and hears nobody else.
2. It keeps the last checkpoint of each log that it cosigned. A new one must come with a proof
   that the log still begins with all of the old one. A log that shrank or forked is refused.
3. What it cosigns is kept before the cosignature is given away.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Protocol

from pydantic import NonNegativeInt

from generique.ledger.checkpoint import DECIMAL, Checkpoint, read_checkpoint, read_hash
from generique.ledger.cosignature import cosign
from generique.ledger.keys import PublicKey
from generique.ledger.merkle import EMPTY_ROOT, verify_consistency
from generique.ledger.notes import Note
from generique.ledger.ports import Signer
from generique.model.errors import Damaged, Refused, UnreadableInput
from generique.model.values import Value

MOST_HASHES = 63
"""Longest consistency proof that the protocol allows."""


class WitnessMemory(Protocol):
    """Keeps the last checkpoint of each log that was cosigned."""

    def last(self, origin: str) -> str | None:
        """The signed checkpoint, None when the log was never cosigned."""

    def replace(self, origin: str, old: str | None, new: str) -> bool:
        """Keep a newer checkpoint if the last is still the old one; durable when this returns.

        Returns:
            False when somebody else was quicker; nothing was changed then.
        """


class Submission(Value):
    """A request to cosign (``add-checkpoint``), taken apart but not yet believed.

    Attributes:
        old: Size of the log when this witness cosigned it last, 0 for never.
        proof: Consistency proof from there; empty when ``old`` is 0 or nothing was appended.
        text: The signed checkpoint, verbatim.
        checkpoint: Origin, size and root.
        note: The same, with its signatures.
    """

    old: NonNegativeInt
    proof: tuple[bytes, ...]
    text: str
    checkpoint: Checkpoint
    note: Note


def write_submission(old: int, proof: Sequence[bytes], checkpoint: str) -> str:
    """The body of a request to cosign.

    Args:
        old: Size of the log that the witness knows.
        proof: As :func:`generique.ledger.merkle.consistency_proof` gives it.
        checkpoint: The signed checkpoint.
    """
    hashes = [base64.b64encode(value).decode() for value in proof]
    return "\n".join([f"old {old}", *hashes, "", checkpoint])


def read_submission(text: str, *, where: str = "the submission") -> Submission:
    """Take a request apart.

    Raises:
        UnreadableInput: Not a request in its one form.
    """
    head, blank, tail = text.partition("\n\n")
    first, *hashes = head.split("\n")
    number = first.removeprefix("old ")
    if not (blank and first.startswith("old ") and DECIMAL.fullmatch(number)):
        raise UnreadableInput(
            f"{where} is not a request to cosign",
            where=where,
            why="expected old and a size, hashes, a blank line and a checkpoint",
        )
    if len(hashes) > MOST_HASHES:
        raise UnreadableInput(f"{where} is too long", where=where, why=f"{len(hashes)} hashes")
    checkpoint, note = read_checkpoint(tail, where=where)
    return Submission(
        old=int(number),
        proof=tuple(read_hash(line, where=where) for line in hashes),
        text=tail,
        checkpoint=checkpoint,
        note=note,
    )


class Witness:
    """Cosigns checkpoints.

    Args:
        signer: The witness's own key, used for nothing else.
        memory: What was cosigned before.
        logs: Keys that may sign for each log, by origin.
        now: Seconds since 1970.
    """

    def __init__(
        self,
        signer: Signer,
        memory: WitnessMemory,
        logs: dict[str, tuple[PublicKey, ...]],
        now: Callable[[], int],
    ) -> None:
        self._signer = signer
        self._memory = memory
        self._logs = logs
        self._now = now

    def add_checkpoint(self, body: str) -> str:
        """Check a request and cosign its checkpoint.

        Returns:
            The cosignature's line.

        Raises:
            UnreadableInput: Not a request in its one form.
            Refused: The log is unknown, or was cosigned at another size than the request says.
            Damaged: The log shrank, forked, or a signature is forged. Keep the request: with the
                checkpoint kept here it is evidence.
        """
        asked = read_submission(body)
        origin = asked.checkpoint.origin
        self._check_signature(asked)
        kept = self._memory.last(origin)
        last = read_checkpoint(kept, where="the last checkpoint")[0] if kept else None
        _check_growth(asked, last)
        line = cosign(asked.note.text, self._now(), self._signer)
        if not self._memory.replace(origin, kept, asked.text):
            raise Refused(
                f"another checkpoint of {origin} was cosigned meanwhile",
                next_step="submit it again with the size that is known now",
            )
        return line

    def _check_signature(self, asked: Submission) -> None:
        origin = asked.checkpoint.origin
        keys = self._logs.get(origin, ())
        if not keys:
            raise Refused(
                f"this witness does not know the log {origin}",
                next_step="name the key of the log with --log",
            )
        if not asked.note.signers(keys):
            raise Refused(
                f"the checkpoint is not signed by {origin}",
                why="no signature is by a key that this witness knows for the log",
            )


def _check_growth(asked: Submission, last: Checkpoint | None) -> None:
    """Refuse whatever is not the old log with something appended."""
    new, known = asked.checkpoint, last.size if last else 0
    if asked.old > new.size or new.size < known:
        raise Damaged(
            f"the log {new.origin} became shorter",
            why=f"it had {max(asked.old, known)} entries and now has {new.size}",
            next_step="entries were taken away; ask its keeper, and keep both checkpoints",
        )
    if asked.old != known:
        raise Refused(
            f"the log {new.origin} was last cosigned at {known} entries, not at {asked.old}",
            next_step=f"submit it again with a proof from {known} entries",
        )
    root = last.root if last else EMPTY_ROOT
    if known == 0:
        holds = not asked.proof and (new.size > 0 or new.root == EMPTY_ROOT)
    else:
        holds = verify_consistency((known, new.size), (root, new.root), asked.proof)
    if not holds:
        raise Damaged(
            f"the log {new.origin} does not continue what was cosigned before",
            why=f"its first {known} entries are not proved to be those of before",
            next_step="its past may have been rewritten; keep both checkpoints as evidence",
        )
