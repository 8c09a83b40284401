"""ISCC Video-Codes (ISO 24138): one short public key for a stretch of pictures.

Anyone can compute the code of a shot from its frame signatures and look it up; it is the open
video fingerprint in the C2PA list of soft bindings (``io.iscc.v0``). A code says nothing of where
in a shot a picture stands: it is for asking, the frame signatures are for finding.
"""

from __future__ import annotations

import iscc_lib
import numpy as np
from numpy.typing import NDArray

from generique.model.errors import UnreadableInput

_ELEMENTS = 380
_BITS = 256


def video_code(ternary: NDArray[np.uint8]) -> str:
    """Video-Code of a stretch, 256 bits, as ``ISCC:`` and base 32.

    Args:
        ternary: Frames x 380, each 0, 1 or 2, as in ISO/IEC 15938-3. Repeated frames count once,
            by the rule of ISO 24138, so that a held frame does not outweigh the others.

    Raises:
        UnreadableInput: There is no frame, or it has another number of elements.
    """
    if ternary.ndim != 2 or ternary.shape[1] != _ELEMENTS or not len(ternary):
        raise UnreadableInput(
            "a Video-Code needs frame signatures", why=f"the array has the shape {ternary.shape}"
        )
    return str(iscc_lib.gen_video_code_v0(ternary.tolist(), bits=_BITS)["iscc"])


def code_distance(one: str, other: str) -> int:
    """Bits, 0 to 256, in which two Video-Codes differ, over the shorter of the two.

    Raises:
        UnreadableInput: One is no Video-Code.
    """
    first, second = _digest(one), _digest(other)
    size = min(len(first), len(second))
    pairs = zip(first[:size], second[:size], strict=True)
    return sum((a ^ b).bit_count() for a, b in pairs)


def _digest(code: str) -> bytes:
    """The bits of a code without its header."""
    try:
        main, sub, _version, _length, digest = iscc_lib.iscc_decode(code)
    except ValueError as error:
        raise UnreadableInput(
            f"{code[:80]!r} is not an ISCC", why=str(error), next_step="give one code, ISCC:…"
        ) from error
    if (main, sub) != (int(iscc_lib.MT.CONTENT), int(iscc_lib.ST.VIDEO)):
        raise UnreadableInput(f"{code[:80]!r} is not a Video-Code")
    return bytes(digest)
