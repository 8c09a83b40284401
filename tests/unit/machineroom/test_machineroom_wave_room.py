from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from generique.machineroom import credentials as room
from generique.machineroom import wave_room
from generique.machineroom.claim_builder import ClaimBuilder
from generique.machineroom.credentials import WAVE_TRIES, CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.machineroom.wave_room import WaveRoom, empty_room, make_wave_room
from generique.marks.credential.claims import Generator, media_claim
from generique.marks.credential.judge import judge
from generique.marks.verdict import Verdict
from generique.model.errors import UnreadableInput
from generique.model.passport import Rights, SourceType
from generique.model.production import MediaItem
from generique.model.values import Json

RIGHTS = Rights(licence="CC0-1.0", holder="nobody", source="noise", notice="none")
FORMAT = struct.pack("<HHIIHH", 1, 1, 48_000, 144_000, 3, 24)
TAG = b"IART\x02\0\0\0a\0"
MONO_8 = struct.pack("<HHIIHH", 1, 1, 48_000, 48_000, 1, 8)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(data)) + data + bytes(len(data) % 2)


def wave(*chunks: bytes) -> bytes:
    body = b"".join(chunks)
    return struct.pack("<4sI4s", b"RIFF", 4 + len(body), b"WAVE") + body


def noise(length: int) -> bytes:
    return np.random.default_rng(1).bytes(length)


PLAIN = wave(chunk(b"fmt ", FORMAT), chunk(b"data", noise(30_000)))
LAYOUTS = {
    "plain": PLAIN,
    "odd": wave(chunk(b"fmt ", MONO_8), chunk(b"data", noise(4_001))),
    "broadcast": wave(chunk(b"bext", bytes(602)), chunk(b"fmt ", FORMAT), chunk(b"data", noise(3))),
    "tagged": wave(
        chunk(b"fmt ", FORMAT), chunk(b"data", noise(3_000)), chunk(b"LIST", b"INFO" + TAG)
    ),
    "many pieces": wave(chunk(b"fmt ", FORMAT), chunk(b"data", noise(6_300_000))),
}


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> CredentialMaker:
    return CredentialMaker(KeyRing(tmp_path_factory.mktemp("keys")))


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def claim(path: Path) -> dict[str, Json]:
    item = MediaItem(
        file=path.name, title="Wind", kind="sound", captured=False, sha256="0" * 64, rights=RIGHTS
    )
    return media_claim(
        item,
        essence_of(path),
        SourceType.ALGORITHMIC,
        Generator(version="0"),
        media_type="audio/wav",
    )


def failures(maker: CredentialMaker, path: Path) -> set[str]:
    tree = maker.read(path)
    assert tree is not None
    assert tree.validation is not None
    assert tree.validation.active is not None
    return {status.code for status in tree.validation.active.failure}


def verdict(maker: CredentialMaker, path: Path) -> Verdict:
    tree = maker.read(path, anchors=maker._ring.root_certificate())
    return judge(tree, essence_of(path)).verdict


@pytest.mark.parametrize("name", LAYOUTS)
def test_signed_sound_is_the_same_with_a_chunk_after_it(
    maker: CredentialMaker, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClaimBuilder, "copy", None)  # the library's own way is not gone
    source, signed = written(tmp_path / "a.wav", LAYOUTS[name]), tmp_path / "signed.wav"
    maker.sign(source, signed, claim(source), {})
    before, after = source.read_bytes(), signed.read_bytes()
    assert after[8 : len(before)] == before[8:]
    assert struct.unpack_from("<4sI", after) == (b"RIFF", len(after) - 8)
    kind, length = struct.unpack_from("<4sI", after, len(before))
    assert kind == b"C2PA"
    assert len(after) == len(before) + 8 + length + length % 2
    assert after[len(before) + 8 :][4:8] == b"jumb"
    assert int.from_bytes(after[len(before) + 8 :][:4], "big") == length
    assert essence_of(signed) == essence_of(source)
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_every_byte_outside_the_credential_counts(maker: CredentialMaker, tmp_path: Path) -> None:
    source, signed = written(tmp_path / "a.wav", LAYOUTS["tagged"]), tmp_path / "signed.wav"
    maker.sign(source, signed, claim(source), {})
    data, changed = signed.read_bytes(), tmp_path / "changed.wav"
    end = len(source.read_bytes())
    for place in (26, *range(44, 3_044, 100), end - 1):
        flipped = bytearray(data)
        flipped[place] ^= 1
        changed.write_bytes(flipped)
        assert "assertion.dataHash.mismatch" in failures(maker, changed), place
    longer = data + chunk(b"LIST", b"more")
    changed.write_bytes(longer[:4] + struct.pack("<I", len(longer) - 8) + longer[8:])
    assert "assertion.dataHash.mismatch" in failures(maker, changed)


def test_a_length_that_changes_costs_another_copy(
    maker: CredentialMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, signed = written(tmp_path / "a.wav", PLAIN), tmp_path / "signed.wav"
    asked: list[int] = []

    def wrong_once(source: Path, target: Path, capacity: int) -> WaveRoom | None:
        asked.append(capacity)
        return make_wave_room(source, target, capacity + 2 * (len(asked) == 1))

    monkeypatch.setattr(room, "make_wave_room", wrong_once)
    maker.sign(source, signed, claim(source), {})
    assert len(asked) == 2
    assert verdict(maker, signed) is Verdict.TRUSTED


def test_a_length_that_never_settles_goes_the_long_way(
    maker: CredentialMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, signed = written(tmp_path / "a.wav", PLAIN), tmp_path / "signed.wav"
    asked: list[int] = []

    def wrong(source: Path, target: Path, capacity: int) -> WaveRoom | None:
        asked.append(capacity)
        return make_wave_room(source, target, capacity + 2)

    monkeypatch.setattr(room, "make_wave_room", wrong)
    maker.sign(source, signed, claim(source), {})
    assert len(asked) == WAVE_TRIES
    assert verdict(maker, signed) is Verdict.TRUSTED


STRANGE = {
    "endless": PLAIN[:4] + b"\xff\xff\xff\xff" + PLAIN[8:],
    "large": b"RF64" + PLAIN[4:],
    "trailing": PLAIN + b"x",
    "cut": PLAIN[:-7],
    "signed": wave(chunk(b"fmt ", FORMAT), chunk(b"data", noise(30)), chunk(b"C2PA", b"jumb")),
    "half a chunk": wave(chunk(b"fmt ", FORMAT), b"data"),
    "too long a chunk": wave(chunk(b"fmt ", FORMAT), struct.pack("<4sI", b"data", 9)),
    "short": b"RIFF",
    "no wave": PLAIN[:8] + b"AVI " + PLAIN[12:],
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_not_understood_is_left_to_the_library(tmp_path: Path, name: str) -> None:
    source = written(tmp_path / "a.wav", STRANGE[name])
    assert empty_room(source, 100) is None
    assert make_wave_room(source, tmp_path / "copy", 100) is None
    assert not (tmp_path / "copy").exists()


def test_a_file_that_would_be_too_long_is_left_to_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "a.wav", PLAIN)
    monkeypatch.setattr(wave_room, "_LARGEST", len(PLAIN) + 99)
    assert make_wave_room(source, tmp_path / "copy", 99) is None
    assert not (tmp_path / "copy").exists()
    assert make_wave_room(source, tmp_path / "copy", 98) is not None


def test_sound_that_becomes_shorter_while_it_is_copied_is_refused(
    maker: CredentialMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "a.wav", PLAIN)
    definition, measured = claim(source), wave_room._end

    def cut(stream: BinaryIO) -> int | None:
        end = measured(stream)
        source.write_bytes(PLAIN[:-100])
        return end

    monkeypatch.setattr(wave_room, "_end", cut)
    with pytest.raises(UnreadableInput):
        maker.sign(source, tmp_path / "signed.wav", definition, {})
    assert not (tmp_path / "signed.wav").exists()
