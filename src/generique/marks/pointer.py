"""Numbers that marks carry: pointers to what the ledger holds, and no more than that.

A picture mark carries 64 bits, a sound mark 36. They are the first bits of a SHA-256 over what
they point to, so that the same shot of the same production gets the same number again, and that
numbers are spread evenly: the bounds on wrong answers in ``docs/marks.md`` rest on it.
"""

from __future__ import annotations

import hashlib

from generique.ledger.canonical import canonical
from generique.model.values import Digest

PICTURE_MARK = "org.generique.picture-mark.1"
"""Name of the mark in the picture, as soft bindings state it: sixteen hex digits."""
SOUND_MARK = "org.generique.sound-mark.1"
"""Name of the mark in the sound: nine hex digits."""
PICTURE_BITS = 64
SOUND_BITS = 36


def picture_pointer(production: str, shot: str, essence: Digest) -> int:
    """Number of a shot as it stands in a production's masters, 64 bits, never 0.

    Args:
        production: Identifier.
        shot: Identifier.
        essence: Essence digest of the take or of the medium shown.
    """
    return _first_bits([PICTURE_MARK, production, shot, essence], PICTURE_BITS)


def sound_pointer(production: str, language: str, mix: Digest) -> int:
    """Number of the sound of one language version, 36 bits, never 0.

    Args:
        production: Identifier.
        language: Two-letter code.
        mix: Digest of the mix before it is marked.
    """
    return _first_bits([SOUND_MARK, production, language, mix], SOUND_BITS)


def pointer_text(pointer: int, bits: int = PICTURE_BITS) -> str:
    """A pointer as hex digits, as it stands in the archive and in soft bindings."""
    return f"{pointer:0{(bits + 3) // 4}x}"


def _first_bits(parts: list[str], bits: int) -> int:
    digest = hashlib.sha256(canonical(list(parts))).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) or 1
