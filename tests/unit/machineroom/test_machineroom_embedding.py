from __future__ import annotations

import hashlib
import io
import struct
import subprocess
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from generique.machineroom import credentials as room
from generique.machineroom import embedding
from generique.machineroom.boxes import Box, boxes, movable, moved, padded
from generique.machineroom.content_library import require_library
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.embedding import Room, fill, make_room
from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.marks.credential.claims import Generator, media_claim
from generique.marks.credential.judge import judge
from generique.marks.verdict import Verdict
from generique.model.errors import NotConfigured, UnreadableInput
from generique.model.passport import Rights, SourceType
from generique.model.production import MediaItem
from generique.model.values import Json

RIGHTS = Rights(licence="CC0-1.0", holder="nobody", source="noise", notice="none")
LAYOUTS: dict[str, tuple[str, ...]] = {
    "last.mp4": ("-c:v", "libx264"),
    "first.mp4": ("-c:v", "libx264", "-movflags", "+faststart"),
    "quick.mov": ("-c:v", "mjpeg", "-c:a", "pcm_s16le"),
    "silent.mp4": ("-c:v", "mpeg4", "-an"),
}
FRAGMENTED = ("-c:v", "libx264", "-movflags", "+frag_keyframe+empty_moov")


def clip(path: Path, *options: str) -> Path:
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:r=24:d=0.5",
         "-f", "lavfi", "-i", "sine=d=0.5", *options, "-pix_fmt", "yuvj420p", path],
        check=True, timeout=60,
    )  # fmt: skip
    return path


def kinds(path: Path) -> list[bytes]:
    data = path.read_bytes()
    found = boxes(lambda place, count: data[place : place + count], 0, len(data))
    assert found is not None
    return [box.kind for box in found]


def decoded(path: Path) -> str:
    """Digest of all frames and samples, as a player shows them."""
    done = subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", path, "-f", "framemd5", "-"],
        check=True, timeout=60, capture_output=True,
    )  # fmt: skip
    assert done.stderr == b""
    lines = [line for line in done.stdout.splitlines() if not line.startswith(b"#")]
    assert len(lines) > 10
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def claim(path: Path) -> dict[str, Json]:
    item = MediaItem(
        file=path.name, title="Noise", kind="picture", captured=False, sha256="0" * 64,
        rights=RIGHTS,
    )  # fmt: skip
    return media_claim(
        item,
        essence_of(path),
        SourceType.ALGORITHMIC,
        Generator(version="0"),
        media_type="video/mp4",
    )


@pytest.fixture
def maker(tmp_path: Path) -> CredentialMaker:
    return CredentialMaker(KeyRing(tmp_path / "keys"))


def verdict(maker: CredentialMaker, path: Path) -> Verdict:
    root = maker._ring.root_certificate()
    return judge(maker.read(path, anchors=root), essence_of(path)).verdict


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_signed_movie_plays_as_before_and_keeps_its_order(
    maker: CredentialMaker, tmp_path: Path, name: str
) -> None:
    source, signed = clip(tmp_path / name, *LAYOUTS[name]), tmp_path / f"signed-{name}"
    maker.sign(source, signed, claim(source), {})
    order = kinds(source)
    assert kinds(signed) == [order[0], b"uuid", *order[1:]]
    assert decoded(signed) == decoded(source)
    assert essence_of(signed) == essence_of(source)
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_a_fragmented_movie_goes_the_long_way(maker: CredentialMaker, tmp_path: Path) -> None:
    source, signed = clip(tmp_path / "f.mp4", *FRAGMENTED), tmp_path / "signed.mp4"
    assert make_room(source, tmp_path / "copy", 100) is None
    assert not (tmp_path / "copy").exists()
    maker.sign(source, signed, claim(source), {})
    assert decoded(signed) == decoded(source)
    assert verdict(maker, signed) is Verdict.TRUSTED
    data = signed.read_bytes()
    signed.write_bytes(data + struct.pack(">I4s", 16, b"free") + b"8 bytes.")
    judgement = judge(maker.read(signed), essence_of(signed))
    assert "credential.padding" in {finding.code for finding in judgement.findings}
    signed.write_bytes(data + struct.pack(">I4s", 16, b"free") + bytes(8))
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_two_media_boxes_and_long_ones_are_moved(maker: CredentialMaker, tmp_path: Path) -> None:
    data = clip(tmp_path / "a.mp4", *LAYOUTS["last.mp4"]).read_bytes()
    source, signed = tmp_path / "two.mp4", tmp_path / "signed.mp4"
    extra = struct.pack(">I4sQ", 1, b"mdat", 16 + 5000) + bytes(5000)
    source.write_bytes(data + extra)
    maker.sign(source, signed, claim(source), {})
    assert kinds(signed).count(b"mdat") == 2
    assert decoded(signed) == decoded(source)
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_a_movie_of_many_pieces_is_copied_and_hashed_in_order(
    maker: CredentialMaker, tmp_path: Path
) -> None:
    # The library computes the hash once more, from the file: one piece out of place would show.
    data = clip(tmp_path / "a.mp4", *LAYOUTS["last.mp4"]).read_bytes()
    source, signed = tmp_path / "long.mp4", tmp_path / "signed.mp4"
    noise = np.random.default_rng(1).bytes(9_437_000)
    source.write_bytes(data + struct.pack(">I4s", 8 + len(noise), b"mdat") + noise)
    maker.sign(source, signed, claim(source), {})
    assert signed.read_bytes().endswith(noise)
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_a_movie_that_becomes_shorter_while_it_is_copied_is_refused(
    maker: CredentialMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = clip(tmp_path / "a.mp4", *LAYOUTS["first.mp4"])
    definition, plan = claim(source), embedding._plan

    def cut(stream: BinaryIO, size: int) -> tuple[tuple[Box, ...], bytes] | None:
        found = plan(stream, size)
        source.write_bytes(source.read_bytes()[:-100])
        return found

    monkeypatch.setattr(embedding, "_plan", cut)
    with pytest.raises(UnreadableInput, match="cannot be read"):
        maker.sign(source, tmp_path / "signed.mp4", definition, {})
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp4", "keys"}


def test_an_estimate_that_is_too_low_costs_a_second_reading(
    maker: CredentialMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, signed = clip(tmp_path / "a.mp4", *LAYOUTS["first.mp4"]), tmp_path / "signed.mp4"
    asked: list[int] = []

    def counted(source: Path, target: Path, capacity: int) -> object:
        asked.append(capacity)
        return make_room(source, target, capacity)

    monkeypatch.setattr(room, "capacity_for", lambda *_: 50)
    monkeypatch.setattr(room, "make_room", counted)
    maker.sign(source, signed, claim(source), {})
    assert len(asked) == 2
    assert asked[1] > 10_000
    assert decoded(signed) == decoded(source)
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_a_hash_that_is_wrong_is_never_published(
    maker: CredentialMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = clip(tmp_path / "a.mp4", *LAYOUTS["first.mp4"])

    def careless(target: Path, place: Room, store: bytes) -> None:
        fill(target, place, store)
        data = bytearray(target.read_bytes())
        data[-10] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr(room, "fill", careless)
    with pytest.raises(Exception, match=r"does not hold|another file"):
        maker.sign(source, tmp_path / "signed.mp4", claim(source), {})
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp4", "keys"}


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def table(kind: bytes, *places: int) -> bytes:
    form = ">u8" if kind == b"co64" else ">u4"
    entries = np.array(places, dtype=form).tobytes()
    return box(kind, bytes(4), struct.pack(">I", len(places)), entries)


def index(*tables: bytes, beside: bytes = b"") -> bytes:
    inner = box(b"minf", beside, box(b"stbl", *tables))
    return box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"mdia", inner)))


@pytest.mark.parametrize("kind", [b"stco", b"co64"])
def test_every_offset_moves_by_the_same(kind: bytes) -> None:
    assert moved(index(table(kind, 48, 5000, 70_000)), 1000) == index(
        table(kind, 1048, 6000, 71_000)
    )


def test_what_is_not_understood_is_not_moved() -> None:
    within = box(b"dinf", box(b"dref", bytes(7), b"\1", box(b"url ", bytes(3), b"\1")))
    outside = box(b"dinf", box(b"dref", bytes(7), b"\1", box(b"url ", bytes(4), b"a.mov\0")))
    good = table(b"stco", 100)
    assert moved(index(good, beside=within), 10) is not None
    for strange in (
        index(good, beside=outside),
        index(good, box(b"saio", bytes(8))),
        index(good, box(b"free", b"....iloc")),
        index(),
        index(table(b"stco", 2**32 - 5)),
        index(good)[:-1],
        index(box(b"stco", bytes(4), struct.pack(">I", 9), bytes(8))),
        box(b"moov", box(b"mvex"), index(good)[8:]),
    ):
        assert moved(strange, 10) is None


def test_only_whole_plain_files_are_movable() -> None:
    head, media = box(b"ftyp", b"isom" + bytes(4)), box(b"mdat", b"xx")
    plain = head + media + index(table(b"stco", 20))

    def found(data: bytes) -> bool:
        return movable(lambda place, count: data[place : place + count], len(data)) is not None

    assert found(plain)
    assert found(head + index(table(b"stco", 20)) + struct.pack(">I4s", 0, b"mdat") + b"to the end")
    for odd in (b"", media + plain, plain + b"x", plain + head, plain + box(b"moof"), plain[:-1],
                plain + box(b"uuid", bytes(20)), head + media):  # fmt: skip
        assert not found(odd), odd[-20:]


def test_padding_is_zeros_or_is_seen() -> None:
    for content, seen in ((bytes(8), False), (b"\0\0x", True), (b"", False)):
        data = box(b"ftyp", bytes(8)) + box(b"free", content)
        stream = io.BytesIO(data)

        def read(place: int, count: int, held: io.BytesIO = stream) -> bytes:
            held.seek(place)
            return held.read(count)

        assert padded(read, len(data)) is seen


@pytest.mark.parametrize(
    ("python", "native"),
    [("0.38.0", "0.91.3"), ("0.38.1", "0.91.2"), ("0.9.0", "1.0.0"), ("", "0.91.3"), ("x", "x")],
)
def test_a_library_with_known_holes_is_refused(python: str, native: str) -> None:
    with pytest.raises(NotConfigured, match="too old"):
        require_library(python or "0", native)


def test_this_library_and_newer_ones_are_taken() -> None:
    require_library()
    require_library("0.38.1", "0.91.3")
    require_library("1.0.0", "0.92.0+build")
