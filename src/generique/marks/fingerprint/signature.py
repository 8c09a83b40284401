"""Frame signatures of MPEG-7 (ISO/IEC 15938-3, Video Signature Tools) as arrays.

A frame signature has 380 elements of three values, 0, 1 and 2: comparisons of brightness between
regions of the picture. It does not change with size, brightness or contrast, and little with
encoding. Distances are the sum of absolute differences (L1, 0 to 760), as in the standard.

Here each element stands as two bits (0: 00, 1: 01, 2: 11), so that the distance of two signatures
is the number of bits in which they differ, and common hardware counts it. 760 bits, 96 bytes.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from generique.model.errors import Damaged, UnreadableInput

ELEMENTS = 380
BITS = 2 * ELEMENTS
BYTES = 96
"""Bytes of a packed signature; the last byte is 0."""

Packed = NDArray[np.uint8]
"""Frames x 96, see the module."""

_WORDS = 5
_WORD_BITS = 243
_HEAD_BITS = 32 + 1 + 4 * 16 + 3 * 32 + 16 + 1 + 2 * 32
_SEGMENT_BITS = 2 * 32 + 1 + 2 * 32 + _WORDS * _WORD_BITS
_FRAME_HEAD_BITS = 1 + 32 + 8 + _WORDS * 8
_FRAME_BITS = _FRAME_HEAD_BITS + 8 * ELEMENTS // 5
_MAGIC = b"generique-signatures-1\n"
_LARGEST = 1 << 33


@dataclass(frozen=True)
class Signatures:
    """The signatures of a file, one for each frame.

    Attributes:
        packed: Frames x 96, uint8.
        level: Mean luma of each frame, 0 to 255, uint8.
        detail: Standard deviation of luma within each frame, 0 to 255, uint8: below about 3 the
            picture is flat and its signature is noise.
        fps: Frames a second.
    """

    packed: Packed
    level: NDArray[np.uint8]
    detail: NDArray[np.uint8]
    fps: Fraction

    def __len__(self) -> int:
        return len(self.packed)

    def part(self, start: int, end: int) -> Signatures:
        """The frames from ``start`` to before ``end``."""
        span = slice(start, end)
        return Signatures(self.packed[span], self.level[span], self.detail[span], self.fps)

    def ternary(self) -> NDArray[np.uint8]:
        """Frames x 380, each 0, 1 or 2."""
        bits = np.unpackbits(self.packed, axis=1, count=BITS)
        return np.asarray(bits[:, 0::2] + bits[:, 1::2], np.uint8)

    def encode(self) -> bytes:
        """As bytes, for the archive; see ``docs/formats/fingerprint.md``."""
        with io.BytesIO() as stream:
            stream.write(np.array([len(self), *self.fps.as_integer_ratio()], "<u8").tobytes())
            # Neighbouring frames differ in few bits, so that their difference packs well.
            changes = self.packed.copy()
            changes[1:] ^= self.packed[:-1]
            for array in (changes.T, self.level, self.detail):
                stream.write(np.ascontiguousarray(array).tobytes())
            return _MAGIC + zlib.compress(stream.getvalue(), 6)

    @classmethod
    def decode(cls, data: bytes, *, where: str) -> Signatures:
        """From the bytes of :meth:`encode`.

        Raises:
            Damaged: They are something else, or cut short.
        """
        try:
            if not data.startswith(_MAGIC):
                raise ValueError("it does not begin as signatures do")  # noqa: TRY301 -- one translation below
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(data[len(_MAGIC) :], _LARGEST)
            count, numerator, denominator = (int(v) for v in np.frombuffer(raw, "<u8", 3))
            body = np.frombuffer(raw, np.uint8, offset=24)
            if len(body) != count * (BYTES + 2) or not unpacker.eof:
                raise ValueError("its length is not that of its frames")  # noqa: TRY301 -- as above
            changes = body[: count * BYTES].reshape(BYTES, count).T
            packed = np.bitwise_xor.accumulate(changes, axis=0)
            level, detail = body[count * BYTES :].reshape(2, count)
            return cls(packed, level.copy(), detail.copy(), Fraction(numerator, denominator))
        except (ValueError, ZeroDivisionError, zlib.error) as error:
            raise Damaged(
                "a stored fingerprint cannot be read",
                where=where,
                why=str(error),
                next_step="take the file in again with: generique library add",
            ) from error


def parse_signature_file(data: bytes, *, where: str) -> Packed:
    """Frame signatures from the binary file of a signature extractor (15938-3, binary form).

    Args:
        data: The file.
        where: For the error.

    Returns:
        Frames x 96, packed.

    Raises:
        UnreadableInput: The file is cut short or is none.
    """
    try:
        head = np.unpackbits(np.frombuffer(data, np.uint8, _bytes(_HEAD_BITS)))
        frames = _number(head, 32 + 1 + 64 + 32)
        segments = _number(head, _HEAD_BITS - 32)
        offset = _HEAD_BITS + segments * _SEGMENT_BITS + 1
        first, shift = divmod(offset, 8)
        needed = _bytes(shift + frames * _FRAME_BITS)
        bits = np.unpackbits(np.frombuffer(data, np.uint8, needed, first))
    except ValueError as error:
        raise UnreadableInput(
            "the signature file cannot be read", where=where, why=str(error)
        ) from error
    rows = bits[shift : shift + frames * _FRAME_BITS].reshape(frames, _FRAME_BITS)
    values = np.packbits(rows[:, _FRAME_HEAD_BITS:], axis=1)
    return pack(_ternary_of(values))


def pack(ternary: NDArray[np.uint8]) -> Packed:
    """Pack signatures of values 0, 1, 2 (frames x 380) into bits (frames x 96)."""
    bits = np.zeros((len(ternary), 8 * BYTES), np.uint8)
    bits[:, 0:BITS:2] = ternary == 2
    bits[:, 1:BITS:2] = ternary >= 1
    return np.packbits(bits, axis=1)


def _ternary_of(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Five elements of three values from each byte, the first the most significant."""
    powers = np.array([81, 27, 9, 3, 1], np.uint8)
    return np.asarray(values[:, :, None] // powers % 3, np.uint8).reshape(len(values), ELEMENTS)


def _number(bits: NDArray[np.uint8], offset: int) -> int:
    """A 32-bit number, most significant bit first."""
    return int.from_bytes(np.packbits(bits[offset : offset + 32]).tobytes(), "big")


def _bytes(bits: int) -> int:
    return (bits + 7) // 8
