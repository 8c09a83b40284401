"""Cosignatures (https://c2sp.org/tlog-cosignature): a second key says that a log only grew.

A cosignature of version 1 is a line below a checkpoint: eight bytes of time, then Ed25519 over
``cosignature/v1``, the time, and the checkpoint's text. Its key has a number of its own kind
(0x04 in place of 0x01), so that it is never taken for a signature of the log.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Self

from pydantic import Field, PositiveInt

from generique.ledger.keys import SIGNATURE_BYTES, PublicKey
from generique.ledger.notes import Note, read_note
from generique.ledger.ports import Signer
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Value

COSIGNATURE = b"\x04"
"""Signature type of an Ed25519 cosignature with its time."""

_TIME_BYTES = 8
_LATEST = 2**63 - 1
_VKEY = re.compile(r"([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})")


class CosignerKey(Value):
    """The public key of a witness.

    Attributes:
        name: Of the witness; no space, no ``+``.
        raw: The key's 32 bytes in hex.
    """

    name: str = Field(pattern=r"^[^\s+\x00-\x1f\x7f]{1,200}$")
    raw: str = Field(pattern=r"^[0-9a-f]{64}$")

    @classmethod
    def of(cls, key: PublicKey) -> Self:
        """The cosigner's form of a key that was made for cosigning alone."""
        return cls(name=key.name, raw=key.raw)

    @cached_property
    def number(self) -> bytes:
        """First four bytes of SHA-256 over name, newline, 0x04 and key."""
        data = self.name.encode() + b"\n" + COSIGNATURE + bytes.fromhex(self.raw)
        return hashlib.sha256(data).digest()[:4]

    @property
    def vkey(self) -> str:
        """The text that people exchange."""
        text = base64.b64encode(COSIGNATURE + bytes.fromhex(self.raw)).decode()
        return f"{self.name}+{self.number.hex()}+{text}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a vkey of a witness.

        Raises:
            UnreadableInput: Malformed, of another kind, or the number is not this key's.
        """
        match = _VKEY.fullmatch(text.strip())
        data = _decoded(match[3]) if match else b""
        if match and len(data) == 33 and data[:1] == COSIGNATURE:
            key = cls(name=match[1], raw=data[1:].hex())
            if key.vkey == text.strip():
                return key
        raise UnreadableInput(
            "this is not the key of a witness",
            why="expected name+8 hex digits+base64 in one line, of the kind 0x04",
            next_step="copy the line that `generique ledger witness` prints on the witness's side",
        )


class Cosignature(Value):
    """A cosignature that holds.

    Attributes:
        seconds: When it was made, in seconds since 1970 by the witness's clock.
    """

    key: CosignerKey
    seconds: PositiveInt


def cosign(text: str, seconds: int, signer: Signer) -> str:
    """The line of a cosignature, with its newline.

    Args:
        text: Text of the checkpoint without its signatures, last newline included.
        seconds: Time of signing in seconds since 1970; above 0.
        signer: The witness's key.

    Raises:
        UnreadableInput: The time cannot be written.
    """
    if not 0 < seconds <= _LATEST:
        raise UnreadableInput("a cosignature needs a time", why=str(seconds))
    key = CosignerKey.of(signer.key)
    signature = signer.sign(_message(text, seconds))
    data = key.number + seconds.to_bytes(_TIME_BYTES, "big") + signature
    return f"\u2014 {key.name} {base64.b64encode(data).decode()}\n"


def cosignatures(note: Note, keys: Sequence[CosignerKey]) -> tuple[Cosignature, ...]:
    """The cosignatures by known witnesses, each key once.

    Args:
        note: The checkpoint's note.
        keys: Witnesses who are believed.

    Raises:
        Damaged: A line of a known witness does not verify.
    """
    found: dict[str, Cosignature] = {}
    for line in note.signatures:
        for key in keys:
            if (line.name, line.number) != (key.name, key.number):
                continue
            seconds = int.from_bytes(line.signature[:_TIME_BYTES], "big")
            signed = PublicKey(name=key.name, raw=key.raw)
            holds = (
                len(line.signature) == _TIME_BYTES + SIGNATURE_BYTES
                and 0 < seconds <= _LATEST
                and signed.verifies(_message(note.text, seconds), line.signature[_TIME_BYTES:])
            )
            if not holds:
                raise Damaged(
                    f"the cosignature of {key.name} does not fit the checkpoint",
                    why="the checkpoint or the cosignature was changed after signing",
                )
            found.setdefault(key.vkey, Cosignature(key=key, seconds=seconds))
    return tuple(found.values())


def with_cosignatures(checkpoint: str, lines: str, keys: Sequence[CosignerKey]) -> str:
    """A checkpoint with further lines below it, each of which must be a known witness's.

    Args:
        checkpoint: The signed checkpoint.
        lines: What the witness answered.
        keys: Witnesses who are believed.

    Raises:
        UnreadableInput: The lines are no signature lines, or none is a known witness's.
        Damaged: One does not verify.
    """
    added = read_note(
        checkpoint.partition("\n\n")[0] + "\n\n" + lines, where="the witness's answer"
    )
    if len(cosignatures(added, keys)) != len(added.signatures):
        raise UnreadableInput(
            "the answer is not a cosignature by a witness whom you named",
            next_step="name the witness's key with --witness",
        )
    already = checkpoint.split("\n")
    return checkpoint + "".join(f"{line}\n" for line in lines.splitlines() if line not in already)


def _message(text: str, seconds: int) -> bytes:
    """What an Ed25519 cosignature covers."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
