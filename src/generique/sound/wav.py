"""The 32-bit float WAV form of sound: bytes in, samples out, and back.

RIFF/WAVE with format tag 3 (IEEE float) and a ``fact`` chunk, as Microsoft's *Multiple Channel
Audio Data and WAVE Files* asks of every format that is not plain PCM. The bytes hold no time
stamp and no encoder name, so equal samples give equal files.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from generique.model.errors import UnreadableInput

_IEEE_FLOAT = 3
_CHANNELS_AT_MOST = 8


def encode_wav(samples: NDArray[np.float32], sample_rate: int) -> bytes:
    """Samples as the bytes of a WAV file.

    Args:
        samples: float32 (n, channels), 1 to 8 channels, full scale -1 to 1.
        sample_rate: Samples a second.

    Raises:
        UnreadableInput: Another shape, or a sample that is not a finite number.
    """
    if samples.ndim != 2 or not 1 <= samples.shape[1] <= _CHANNELS_AT_MOST:
        raise UnreadableInput(
            f"sound of shape {samples.shape} cannot be written",
            why="a WAV file is written from samples x channels, 1 to 8 channels",
        )
    if not np.isfinite(samples).all():
        raise UnreadableInput("the sound holds a sample that is not a number")
    channels = samples.shape[1]
    body = np.ascontiguousarray(samples, dtype="<f4").tobytes()
    block = 4 * channels
    form = struct.pack(
        "<HHIIHHH", _IEEE_FLOAT, channels, sample_rate, sample_rate * block, block, 32, 0
    )
    chunks = _chunk(b"fmt ", form) + _chunk(b"fact", struct.pack("<I", len(samples)))
    chunks += _chunk(b"data", body)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def decode_wav(data: bytes, *, where: str) -> tuple[NDArray[np.float32], int]:
    """Samples (n, channels) and sample rate of a WAV file written by :func:`encode_wav`.

    Args:
        data: The file's bytes.
        where: The file's name, for the error.

    Raises:
        UnreadableInput: Not a 32-bit float WAV, cut short, or holding no sound.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise UnreadableInput("this is not a WAV file", where=where)
    chunks = _chunks(data, where)
    form, body = chunks.get(b"fmt ", b""), chunks.get(b"data")
    if len(form) < 16 or body is None:
        raise UnreadableInput("the WAV file lacks its format or its sound", where=where)
    tag, channels, sample_rate, _, _, bits = struct.unpack("<HHIIHH", form[:16])
    if (tag, bits) != (_IEEE_FLOAT, 32) or not 1 <= channels <= _CHANNELS_AT_MOST:
        raise UnreadableInput(
            "the WAV file is not 32-bit float",
            where=where,
            next_step="convert it with ffmpeg -c:a pcm_f32le",
        )
    if len(body) % (4 * channels):
        raise UnreadableInput("the WAV file ends inside a sample", where=where)
    samples = np.frombuffer(body, dtype="<f4").astype(np.float32)
    return samples.reshape(-1, channels), int(sample_rate)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _chunks(data: bytes, where: str) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    place = 12
    while place + 8 <= len(data):
        name = data[place : place + 4]
        (size,) = struct.unpack("<I", data[place + 4 : place + 8])
        if place + 8 + size > len(data):
            raise UnreadableInput("the WAV file is cut short", where=where)
        found.setdefault(name, data[place + 8 : place + 8 + size])
        place += 8 + size + size % 2
    return found
