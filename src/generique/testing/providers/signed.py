"""Results that a provider signed: content credentials of its own, by a key of its own."""

from __future__ import annotations

from pathlib import Path

from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.keys import KeyRing
from generique.model.passport import SourceType
from generique.model.values import Json

PROGRAM = "Simulated provider"


def signed_result(
    data: bytes, folder: Path, source_type: str = SourceType.TRAINED_ALGORITHMIC.uri
) -> bytes:
    """A result with a credential as providers write it.

    Args:
        data: MP4, MOV, WAV or FLAC.
        folder: Of the provider's keys and of its files.
        source_type: How the result came about, by the provider's word.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plain, signed = folder / "plain", folder / "signed"
    plain.write_bytes(data)
    created: dict[str, Json] = {
        "action": "c2pa.created",
        "digitalSourceType": source_type,
        "softwareAgent": {"name": "a model", "version": "1"},
    }
    actions: dict[str, Json] = {"actions": [created], "allActionsIncluded": True}
    definition: dict[str, Json] = {
        "claim_generator_info": [{"name": PROGRAM, "version": "1", "specVersion": "2.4.0"}],
        "title": "result",
        "assertions": [{"label": "c2pa.actions.v2", "created": True, "data": actions}],
    }
    CredentialMaker(KeyRing(folder / "keys")).sign(plain, signed, definition, {})
    return signed.read_bytes()


def tampered(data: bytes) -> bytes:
    """A signed film whose pictures were changed afterwards."""
    place = data.index(b"mdat") + 200
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
