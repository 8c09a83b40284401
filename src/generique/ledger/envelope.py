"""Signed envelopes (DSSE) around statements.

The law of an envelope:

1. Its bytes are canonical JSON with exactly ``payload``, ``payloadType`` and ``signatures``.
2. The payload type is the in-toto one; there is no other and no choice of algorithm: Ed25519.
3. Signatures cover the pre-authentication encoding of payload type and payload, never the JSON
   around them. They stand in the order of their key identifiers, each key once.
4. A signature that names a known key and does not verify makes the envelope worthless, whatever
   other signatures it carries. A signature by an unknown key proves nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from generique.ledger.canonical import canonical, read_canonical
from generique.ledger.keys import SIGNATURE_BYTES, PublicKey
from generique.ledger.ports import Signer
from generique.ledger.statement import Statement
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import Json, Value

PAYLOAD_TYPE = "application/vnd.in-toto+json"


class Signature(Value):
    """A signature and the identifier of the key that is said to have made it."""

    keyid: str = Field(min_length=1, max_length=300)
    sig: str


class _WireEnvelope(Value):
    payload: str
    payload_type: Literal["application/vnd.in-toto+json"] = Field(alias="payloadType")
    signatures: tuple[Signature, ...] = Field(min_length=1, max_length=16)


class Envelope(Value):
    """An envelope, taken apart but not yet believed.

    Attributes:
        payload: The statement's bytes.
        signatures: In order of key identifier.
    """

    payload: bytes
    signatures: tuple[Signature, ...]

    def statement(self, *, where: str = "the statement") -> Statement:
        """The statement inside.

        Raises:
            UnreadableInput: It is not a statement in canonical form.
        """
        return Statement.decode(self.payload, where=where)

    def signers(self, keys: Iterable[PublicKey]) -> tuple[PublicKey, ...]:
        """The known keys whose signatures hold; empty when all signers are unknown.

        Args:
            keys: The keys that are known here.

        Raises:
            Damaged: A signature under a known key does not verify.
        """
        known: dict[str, list[PublicKey]] = {}
        for key in keys:
            known.setdefault(key.id, []).append(key)
        message = pre_authentication(PAYLOAD_TYPE, self.payload)
        found: list[PublicKey] = []
        for signature in self.signatures:
            candidates = known.get(signature.keyid, [])
            data = base64.b64decode(signature.sig)
            holds = [key for key in candidates if key.verifies(message, data)]
            if candidates and not holds:
                raise Damaged(
                    f"the signature of {signature.keyid} does not fit the statement",
                    why="the statement or the signature was changed after signing",
                )
            found.extend(holds[:1])
        return tuple(found)

    def encode(self) -> bytes:
        """The envelope's one encoding."""
        signatures: list[Json] = [{"keyid": s.keyid, "sig": s.sig} for s in self.signatures]
        return canonical(
            {
                "payload": base64.b64encode(self.payload).decode(),
                "payloadType": PAYLOAD_TYPE,
                "signatures": signatures,
            }
        )


def pre_authentication(payload_type: str, payload: bytes) -> bytes:
    """Bytes that a DSSE signature covers (DSSE 1.0.2, *Signature definition*)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def seal(statement: Statement, signers: Sequence[Signer]) -> Envelope:
    """Sign a statement.

    Args:
        statement: What is stated.
        signers: At least one; a key that comes twice signs once.

    Raises:
        UnreadableInput: The statement cannot be encoded exactly, or nobody signs.
    """
    payload = statement.encode()
    message = pre_authentication(PAYLOAD_TYPE, payload)
    unique = {signer.key.id: signer for signer in signers}
    if not unique:
        raise UnreadableInput("an envelope needs a signature", why="no signer was given")
    return Envelope(
        payload=payload,
        signatures=tuple(
            Signature(keyid=name, sig=base64.b64encode(unique[name].sign(message)).decode())
            for name in sorted(unique)
        ),
    )


def open_envelope(data: bytes, *, where: str) -> Envelope:
    """Take an envelope apart; says nothing yet about who signed it.

    Args:
        data: The entry's bytes.
        where: What they are, for the error.

    Raises:
        UnreadableInput: Any deviation from the law above.
    """
    read_canonical(data, where=where)
    wire = _WireEnvelope.read(data, where=where)
    names = [signature.keyid for signature in wire.signatures]
    if names != sorted(set(names)):
        raise UnreadableInput(
            f"{where} is not in canonical form",
            where=where,
            why="signatures are not in the order of their keys, each key once",
        )
    for signature in wire.signatures:
        if len(_exact_base64(signature.sig, where=where)) != SIGNATURE_BYTES:
            raise UnreadableInput(
                f"{where} has a signature of the wrong length", where=where, why=signature.keyid
            )
    return Envelope(payload=_exact_base64(wire.payload, where=where), signatures=wire.signatures)


def _exact_base64(text: str, *, where: str) -> bytes:
    """Decode base64 and refuse the encodings that decode to the same bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableInput(f"{where} holds bad base64", where=where, why=str(error)) from error
    if base64.b64encode(data).decode() != text:
        raise UnreadableInput(f"{where} holds base64 with loose bits", where=where)
    return data
