from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.marks.fingerprint.iscc import code_distance, video_code
from generique.model.errors import UnreadableInput

REFERENCE = {
    (1, 1): "ISCC:EMDQFGVYACMAIABAD2JKASXOAWGMB63IM45I42BURCQLHEDUGWAQQQQ",
    (2, 25): "ISCC:EMDSENUSFGZ3KASIWHOMGW5QPAE3BZGUESWQDPJP5RBHLXMKPOMBQGY",
    (3, 60): "ISCC:EMDZRIWXJJABE2KHFWQCOOPXEPJ5FUF5JYQH2WYR5CUS57RAIVMTPUQ",
}
"""What the reference implementation, iscc-core 1.0.9, says of :func:`signatures`."""


def signatures(seed: int, frames: int) -> NDArray[np.uint8]:
    """Elements from a congruential generator that any language can repeat."""
    values, state = [], seed
    for _ in range(frames * 380):
        state = (state * 1103515245 + 12345) % (1 << 31)
        values.append((state >> 16) % 3)
    return np.array(values, np.uint8).reshape(frames, 380)


@pytest.mark.parametrize(("seed", "frames"), REFERENCE)
def test_the_code_is_that_of_the_reference_implementation(seed: int, frames: int) -> None:
    assert video_code(signatures(seed, frames)) == REFERENCE[seed, frames]


def test_a_held_frame_counts_once() -> None:
    shot = signatures(2, 25)
    held = np.concatenate([shot, np.repeat(shot[-1:], 100, axis=0), shot[:5]])
    assert video_code(held) == video_code(shot)


def test_a_change_moves_the_code_a_little_and_another_shot_far() -> None:
    shot = signatures(2, 25)
    touched = shot.copy()
    touched[:, :8] = 2 - touched[:, :8]
    code = video_code(shot)
    near = code_distance(code, video_code(touched))
    far = code_distance(code, video_code(signatures(3, 60)))
    assert code_distance(code, code) == 0
    assert 0 < near < 40
    assert far > 80


@pytest.mark.parametrize("shape", [(0, 380), (3, 379), (380,)])
def test_what_is_no_signature_has_no_code(shape: tuple[int, ...]) -> None:
    with pytest.raises(UnreadableInput, match="frame signatures"):
        video_code(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("text", ["", "x", "ISCC:AAA", "ISCC:EEAQAAAAAAAAAAAA"])
def test_what_is_no_video_code_has_no_distance(text: str) -> None:
    with pytest.raises(UnreadableInput, match="not a"):
        code_distance(text, REFERENCE[1, 1])
