"""Proof files (https://c2sp.org/tlog-proof): an entry, its path and the checkpoint, in one text.

The format's ``extra`` line carries the entry itself, so that the file stands alone. It is not
believed for standing there: its leaf hash has to lead to the signed root.
"""

from __future__ import annotations

import base64
import binascii

from pydantic import NonNegativeInt

from generique.ledger.checkpoint import DECIMAL, Checkpoint, read_checkpoint, read_hash
from generique.ledger.merkle import leaf_hash, verify_inclusion
from generique.ledger.notes import Note
from generique.model.errors import UnreadableInput
from generique.model.values import Value

HEADER = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
"""Recommended suffix of a proof file."""

_LONGEST_PATH = 64
_MOST_CHARACTERS = 32_000_000


class Proof(Value):
    """A proof, taken apart but not yet believed.

    Attributes:
        entry: Bytes of the entry (a signed envelope).
        index: Its index in the log.
        path: Audit path, sibling first.
        checkpoint: Origin, size and root.
        note: The same, with its signatures.
    """

    entry: bytes
    index: NonNegativeInt
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    note: Note

    def included(self) -> bool:
        """True when the entry stands at its index under the checkpoint's root."""
        return verify_inclusion(
            leaf_hash(self.entry),
            self.index,
            self.checkpoint.size,
            self.path,
            self.checkpoint.root,
        )


def write_proof(entry: bytes, index: int, path: tuple[bytes, ...], checkpoint: str) -> str:
    """A proof as text.

    Args:
        entry: Bytes of the entry.
        index: Its index.
        path: Its audit path, sibling first.
        checkpoint: The signed checkpoint, verbatim.
    """
    lines = [HEADER, f"extra {base64.b64encode(entry).decode()}", f"index {index}"]
    lines += [base64.b64encode(value).decode() for value in path]
    return "\n".join([*lines, "", checkpoint])


def read_proof(text: str, *, where: str = "the proof") -> Proof:
    """Take a proof file apart.

    Raises:
        UnreadableInput: Not a proof in its one form, or without the entry in its extra line.
    """
    head, blank, tail = text.partition("\n\n")
    lines = head.split("\n")
    if len(text) > _MOST_CHARACTERS or not blank or lines[0] != HEADER:
        raise UnreadableInput(f"{where} is not a proof", where=where, why=f"expected {HEADER}")
    if len(lines) < 3 or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise UnreadableInput(
            f"{where} is not a proof that stands alone",
            where=where,
            why="expected the entry in an extra line, then its index",
        )
    number = lines[2].removeprefix("index ")
    if not DECIMAL.fullmatch(number) or len(lines) - 3 > _LONGEST_PATH:
        raise UnreadableInput(f"{where} has a broken index or path", where=where, why=number[:40])
    checkpoint, note = read_checkpoint(tail, where=where)
    return Proof(
        entry=_read_extra(lines[1].removeprefix("extra "), where=where),
        index=int(number),
        path=tuple(read_hash(line, where=where) for line in lines[3:]),
        checkpoint=checkpoint,
        note=note,
    )


def _read_extra(text: str, *, where: str) -> bytes:
    """The entry, in base64's one encoding."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableInput(
            f"{where} has a broken extra line", where=where, why=str(error)
        ) from error
    if base64.b64encode(data).decode() != text:
        raise UnreadableInput(f"{where} has a broken extra line", where=where)
    return data
