from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.model.errors import UnreadableInput
from generique.model.essence import EssenceHasher, PacketTimes, StreamHeader

PICTURE = StreamHeader(
    kind="picture", codec="h264", extradata="0142c0", time_base=(1, 12800), width=64, height=36
)
PCM = StreamHeader(
    kind="sound",
    codec="pcm_s16le",
    time_base=(1, 48000),
    sample_rate=48000,
    channels=2,
    sample_format="s16",
)
PACKETS = st.lists(
    st.tuples(st.integers(0, 10**6), st.binary(max_size=16), st.booleans()), max_size=6
)


def digest_of_pictures(
    packets: list[tuple[int, bytes, bool]], header: StreamHeader = PICTURE
) -> str:
    hasher = EssenceHasher((header,))
    for pts, payload, discard in packets:
        hasher.packet(0, PacketTimes(pts=pts, dts=pts, duration=512, discard=discard), payload)
    return hasher.digest()


@given(PACKETS, PACKETS)
def test_only_equal_packets_have_equal_digests(
    one: list[tuple[int, bytes, bool]], other: list[tuple[int, bytes, bool]]
) -> None:
    assert (digest_of_pictures(one) == digest_of_pictures(other)) == (one == other)


@given(PACKETS)
def test_how_a_stream_is_coded_is_part_of_it(packets: list[tuple[int, bytes, bool]]) -> None:
    other = PICTURE.model_copy(update={"extradata": "0142c1"})
    assert digest_of_pictures(packets) != digest_of_pictures(packets, other)


@given(st.binary(max_size=64), st.integers(0, 64))
def test_pcm_is_the_same_however_it_is_cut_up(samples: bytes, place: int) -> None:
    whole, parts = EssenceHasher((PCM,)), EssenceHasher((PCM,))
    whole.packet(0, PacketTimes(pts=0, dts=0), samples)
    parts.packet(0, PacketTimes(pts=0, dts=0), samples[:place])
    parts.packet(0, PacketTimes(pts=place, dts=None), samples[place:])
    assert whole.digest() == parts.digest()


def test_streams_are_kept_apart() -> None:
    one, other = EssenceHasher((PICTURE, PCM)), EssenceHasher((PICTURE, PCM))
    for hasher, stream in ((one, 0), (other, 1)):
        hasher.packet(stream, PacketTimes(pts=None, dts=None), b"abcd")
    assert one.digest() != other.digest()


def test_the_bytes_are_those_of_the_document() -> None:
    payload = hashlib.sha256(b"abcd").hexdigest()
    hasher = EssenceHasher((PCM,))
    hasher.packet(0, PacketTimes(pts=0, dts=0), b"abcd")
    stream = {**PCM.to_json(), "packets": 0, "payload": payload}
    text = json.dumps(
        {"schema": "generique/essence/1", "streams": [stream]},
        sort_keys=True,
        separators=(",", ":"),
    )
    assert hasher.digest() == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def test_a_file_without_streams_has_no_essence() -> None:
    with pytest.raises(UnreadableInput, match="neither picture nor sound"):
        EssenceHasher(())
