"""Public keys in the format of C2SP signed notes.

A key is a name and 32 bytes of Ed25519. Its text form (a *vkey*) is
``name+hash+base64(0x01 || key)``, where ``hash`` is the key's number: the first four bytes of
SHA-256 over name, newline, 0x01 and key, in hex (https://c2sp.org/signed-note).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from functools import cached_property
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import Field

from generique.model.errors import UnreadableInput
from generique.model.values import Value

ED25519 = b"\x01"
"""Signature type of a plain Ed25519 note signature."""

SIGNATURE_BYTES = 64
STUDIO = "studio"
"""Name of the key that signs every entry and every checkpoint."""
DEMONSTRATION = "demonstration"
"""Name of the key that signs what nobody decided."""
_KEY_BYTES = 32
_VKEY = re.compile(r"([^\s+]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})")


def person_key_name(person: str) -> str:
    """Name of the key of a person.

    Args:
        person: Identifier of the person.
    """
    return f"person/{person}"


class PublicKey(Value):
    """An Ed25519 public key with the name of its holder.

    Attributes:
        name: Holder, for example ``studio`` or ``person/mira``; no space, no ``+``.
        raw: The key's 32 bytes in hex.
    """

    name: str = Field(pattern=r"^[^\s+\x00-\x1f\x7f]{1,200}$")
    raw: str = Field(pattern=r"^[0-9a-f]{64}$")

    @cached_property
    def number(self) -> bytes:
        """The four bytes that tell keys of one name apart; a hint, no proof."""
        data = self.name.encode() + b"\n" + ED25519 + bytes.fromhex(self.raw)
        return hashlib.sha256(data).digest()[:4]

    @property
    def id(self) -> str:
        """Name and number, ``studio+1a2b3c4d``; stands beside every signature."""
        return f"{self.name}+{self.number.hex()}"

    @property
    def vkey(self) -> str:
        """The text that people exchange."""
        return f"{self.id}+{base64.b64encode(ED25519 + bytes.fromhex(self.raw)).decode()}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """True when the signature is this key's over exactly this message."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.raw)).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a vkey.

        Raises:
            UnreadableInput: Malformed, another algorithm, or the number is not this key's.
        """
        match = _VKEY.fullmatch(text.strip())
        if not match:
            raise UnreadableInput(
                "this is not a public key",
                why="expected name+8 hex digits+base64 in one line",
                next_step="copy the whole line that `generique keys` prints on the signer's side",
            )
        try:
            data = base64.b64decode(match[3], validate=True)
        except binascii.Error as error:
            raise UnreadableInput("this is not a public key", why=str(error)) from error
        if len(data) != _KEY_BYTES + 1 or data[:1] != ED25519:
            raise UnreadableInput(
                "this key is not an Ed25519 key", why="only algorithm 0x01 is accepted"
            )
        key = cls(name=match[1], raw=data[1:].hex())
        if key.vkey != text.strip():
            raise UnreadableInput(
                "this public key contradicts itself",
                why=f"its number should be {key.number.hex()}",
                next_step="ask the signer for the key again",
            )
        return key
