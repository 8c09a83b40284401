"""Checkpoints (https://c2sp.org/tlog-checkpoint): origin, size and root of a log, signed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

from pydantic import Field, NonNegativeInt

from generique.ledger.merkle import EMPTY_ROOT, HASH_BYTES
from generique.ledger.notes import Note, read_note, write_note
from generique.ledger.ports import Signer
from generique.model.errors import UnreadableInput
from generique.model.values import Value

DECIMAL = re.compile(r"0|[1-9][0-9]{0,15}")
"""A count without leading zeros, small enough for exact JSON."""


class Checkpoint(Value):
    """The state of a log.

    Attributes:
        origin: Name of the log.
        size: Number of entries.
        root: Root hash, 32 bytes.
    """

    origin: str = Field(pattern=r"^[^\s+\x00-\x1f\x7f]{1,200}$")
    size: NonNegativeInt
    root: bytes = Field(min_length=HASH_BYTES, max_length=HASH_BYTES)

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def write_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer]) -> str:
    """A checkpoint as a signed note."""
    return write_note(checkpoint.text(), signers)


def read_checkpoint(note: str, *, where: str = "the checkpoint") -> tuple[Checkpoint, Note]:
    """Take a checkpoint apart; ``Note.signers`` then says who signed it.

    Extension lines are refused: nothing unknown may stand in what we are asked to believe.

    Raises:
        UnreadableInput: Not a checkpoint in canonical form.
    """
    opened = read_note(note, where=where)
    lines = opened.text[:-1].split("\n")
    if len(lines) != 3 or not DECIMAL.fullmatch(lines[1]):
        raise UnreadableInput(
            f"{where} is not a checkpoint",
            where=where,
            why="expected origin, size and root hash, and nothing else",
        )
    root = read_hash(lines[2], where=where)
    size = int(lines[1])
    if not re.fullmatch(r"[^\s+]{1,200}", lines[0]) or (size == 0 and root != EMPTY_ROOT):
        raise UnreadableInput(
            f"{where} contradicts itself", where=where, why="bad origin, or a root of nothing"
        )
    return Checkpoint(origin=lines[0], size=size, root=root), opened


def read_hash(line: str, *, where: str) -> bytes:
    """A hash in base64, in its one encoding.

    Raises:
        UnreadableInput: It is not 32 bytes.
    """
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableInput(f"{where} holds a broken hash", where=where, why=line[:80]) from error
    if len(data) != HASH_BYTES or base64.b64encode(data).decode() != line:
        raise UnreadableInput(f"{where} holds a broken hash", where=where, why=line[:80])
    return data
