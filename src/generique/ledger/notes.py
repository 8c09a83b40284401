"""Signed notes (https://c2sp.org/signed-note): text with signature lines below it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence

from generique.ledger.keys import PublicKey
from generique.ledger.ports import Signer
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Value

_MOST_BYTES = 1_000_000
_MOST_SIGNATURES = 32
_LINE = re.compile(r"\u2014 ([^\s+]{1,200}) ([A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class NoteSignature(Value):
    """One signature line.

    Attributes:
        name: Name of the key.
        number: Its four-byte number.
        signature: What follows it; for our keys 64 bytes of Ed25519.
    """

    name: str
    number: bytes
    signature: bytes


class Note(Value):
    """A note, taken apart but not yet believed.

    Attributes:
        text: What is signed, its last newline included.
    """

    text: str
    signatures: tuple[NoteSignature, ...]

    def signers(self, keys: Iterable[PublicKey]) -> tuple[PublicKey, ...]:
        """The known keys whose signatures hold; empty when all signers are unknown.

        Signatures by unknown keys are passed over, as the format demands: they may be witnesses'.

        Raises:
            Damaged: A signature under a known key does not verify.
        """
        message = self.text.encode()
        found: list[PublicKey] = []
        known = tuple(keys)
        for line in self.signatures:
            candidates = [k for k in known if k.name == line.name and k.number == line.number]
            holds = [key for key in candidates if key.verifies(message, line.signature)]
            if candidates and not holds:
                raise Damaged(
                    f"the note's signature by {line.name} does not fit its text",
                    why="the text or the signature was changed after signing",
                )
            found.extend(key for key in holds[:1] if key not in found)
        return tuple(found)


def write_note(text: str, signers: Sequence[Signer]) -> str:
    """Sign a text.

    Args:
        text: Ends in a newline, has no control characters; may have blank lines.
        signers: In the order of their lines; at least one.

    Raises:
        UnreadableInput: The text cannot be a note, or nobody signs.
    """
    if not text.endswith("\n") or _CONTROL.search(text) or not signers:
        raise UnreadableInput(
            "this text cannot be signed as a note",
            why="it must end in a newline, hold no control characters and have a signer",
        )
    lines = []
    for signer in signers:
        data = signer.key.number + signer.sign(text.encode())
        lines.append(f"\u2014 {signer.key.name} {base64.b64encode(data).decode()}\n")
    return text + "\n" + "".join(lines)


def read_note(note: str, *, where: str = "the note") -> Note:
    """Take a signed note apart.

    Raises:
        UnreadableInput: Malformed, too long, or a signature line that is none.
    """
    head, blank, tail = note.rpartition("\n\n")
    if (
        not blank
        or not head
        or not tail.endswith("\n")
        or len(note) > _MOST_BYTES
        or _CONTROL.search(note)
    ):
        raise UnreadableInput(
            f"{where} is not a signed note",
            where=where,
            why="expected text, a blank line, signature lines and no control characters",
        )
    lines = tail[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise UnreadableInput(f"{where} has too many signatures", where=where, why=str(len(lines)))
    return Note(text=head + "\n", signatures=tuple(_read_line(line, where=where) for line in lines))


def _read_line(line: str, *, where: str) -> NoteSignature:
    """One signature line."""
    match = _LINE.fullmatch(line)
    if not match:
        raise UnreadableInput(f"{where} has a broken signature line", where=where, why=line[:80])
    try:
        data = base64.b64decode(match[2], validate=True)
    except binascii.Error as error:
        raise UnreadableInput(
            f"{where} has a broken signature line", where=where, why=str(error)
        ) from error
    if len(data) < 5 or base64.b64encode(data).decode() != match[2]:
        raise UnreadableInput(f"{where} has a broken signature line", where=where, why=line[:80])
    return NoteSignature(name=match[1], number=data[:4], signature=data[4:])
