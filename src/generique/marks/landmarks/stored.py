"""Landmarks as bytes, for the archive."""

from __future__ import annotations

import zlib

import numpy as np

from generique.marks.landmarks.peaks import Landmarks
from generique.model.errors import Damaged

_MAGIC = b"generique-landmarks-1\n"
_LARGEST = 1 << 31


def encode_landmarks(landmarks: Landmarks) -> bytes:
    """Landmarks as bytes; see ``docs/formats/fingerprint.md``."""
    head = np.array([len(landmarks.frames), landmarks.seconds], "<f8").tobytes()
    body = landmarks.frames.astype("<i4").tobytes() + landmarks.hashes.astype("<u4").tobytes()
    return _MAGIC + zlib.compress(head + body, 6)


def decode_landmarks(data: bytes, *, where: str) -> Landmarks:
    """Landmarks from the bytes of :func:`encode_landmarks`.

    Raises:
        Damaged: They are something else, or cut short.
    """
    try:
        if not data.startswith(_MAGIC):
            raise ValueError("it does not begin as landmarks do")  # noqa: TRY301 -- one translation below
        raw = zlib.decompressobj().decompress(data[len(_MAGIC) :], _LARGEST)
        count = int(np.frombuffer(raw, "<f8", 1)[0])
        seconds = float(np.frombuffer(raw, "<f8", 1, 8)[0])
        frames = np.frombuffer(raw, "<i4", count, 16)
        hashes = np.frombuffer(raw, "<u4", count, 16 + 4 * count)
        return Landmarks(frames.astype(np.int32), hashes.astype(np.uint32), seconds)
    except (ValueError, OverflowError, zlib.error) as error:
        raise Damaged(
            "stored landmarks of a sound cannot be read",
            where=where,
            why=str(error),
            next_step="take the file in again with: generique library add",
        ) from error
