from __future__ import annotations

import itertools
import struct

from hypothesis import given
from hypothesis import strategies as st

from generique.machineroom.boxes import boxes, movable, moved, padded

KINDS = st.sampled_from([b"ftyp", b"moov", b"mdat", b"free", b"trak", b"stbl", b"stco", b"dref"])


def _box(kind: bytes, body: bytes, lie: int) -> bytes:
    return struct.pack(">I4s", max(0, 8 + len(body) + lie), kind) + body


CRAFTED = st.recursive(
    st.binary(max_size=40),
    lambda inner: st.lists(
        st.builds(_box, KINDS, inner, st.sampled_from([0, 0, 0, 1, -3, 2**31])), max_size=4
    ).map(b"".join),
    max_leaves=8,
)


@given(CRAFTED)
def test_boxes_that_lie_are_read_without_harm(data: bytes) -> None:
    def read(place: int, count: int) -> bytes:
        return data[place : place + count]

    found = boxes(read, 0, len(data))
    if found:
        assert found[0].start == 0
        assert found[-1].end == len(data)
        assert all(one.end == other.start for one, other in itertools.pairwise(found))
    movable(read, len(data))
    padded(read, len(data))
    changed = moved(_box(b"moov", data, 0), 7)
    assert changed is None or len(changed) == len(data) + 8
