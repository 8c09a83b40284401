from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from generique.machineroom.essence import essence_of
from generique.machineroom.ffmpeg import steady_x264
from generique.model.errors import UnreadableInput
from generique.model.essence import EssenceHasher, PacketTimes, StreamHeader


def clip(path: Path, *, frames: int = 12, seed: int = 1, rate: int = 24) -> Path:
    rng = np.random.default_rng(seed)
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=rate, options={"x264-params": steady_x264(1)})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo")
        for index in range(frames):
            pixels = rng.integers(0, 255, (48, 64, 3), dtype=np.uint8)
            picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            picture.pts = index
            picture.time_base = Fraction(1, rate)
            container.mux(video.encode(picture))
        container.mux(video.encode())
        for start in range(0, 24_000, 1_024):
            block = rng.standard_normal((2, 1_024)).astype(np.float32) * 0.1
            sound = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            sound.sample_rate, sound.pts = 48_000, start
            container.mux(audio.encode(sound))
        container.mux(audio.encode())
    return path


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)], check=True, timeout=60
    )


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("essence") / "film.mp4")


def test_the_same_pictures_have_the_same_essence(film: Path, tmp_path: Path) -> None:
    assert essence_of(clip(tmp_path / "again.mp4")) == essence_of(film)
    assert essence_of(clip(tmp_path / "other.mp4", seed=2)) != essence_of(film)


def test_the_container_does_not_count(film: Path, tmp_path: Path) -> None:
    dressed = tmp_path / "dressed.mp4"
    ffmpeg(
        "-i", film, "-c", "copy", "-map", "0", "-metadata", "title=Dawn", "-metadata:s:v",
        "handler_name=x", "-movflags", "faststart", dressed,
    )  # fmt: skip
    assert dressed.read_bytes() != film.read_bytes()
    assert essence_of(dressed) == essence_of(film)
    boxes = tmp_path / "boxes.mp4"
    boxes.write_bytes(film.read_bytes() + (16).to_bytes(4, "big") + b"free" + b"whatever")
    assert essence_of(boxes) == essence_of(film)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c:v", "libx264", "-c:a", "copy"],
        ["-c:v", "copy", "-c:a", "aac"],
        ["-c", "copy", "-t", "0.3"],
        ["-c", "copy", "-an"],
        ["-c", "copy", "-itsscale", "2"],
        ["-c", "copy", "-bsf:v", "setts=ts=TS*2"],
    ],
    ids=" ".join,
)
def test_what_is_seen_or_heard_counts(film: Path, tmp_path: Path, arguments: list[str]) -> None:
    changed = tmp_path / "changed.mp4"
    if "-itsscale" in arguments:
        ffmpeg("-itsscale", "2", "-i", film, "-c", "copy", changed)
    else:
        ffmpeg("-i", film, *arguments, changed)
    assert essence_of(changed) != essence_of(film)


def test_every_payload_byte_counts(film: Path, tmp_path: Path) -> None:
    data = film.read_bytes()
    start = data.index(b"mdat") + 4
    end = start - 8 + int.from_bytes(data[start - 8 : start - 4], "big")
    essence = essence_of(film)
    changed = tmp_path / "changed.mp4"
    for place in range(start, end, (end - start) // 40):
        flipped = bytearray(data)
        flipped[place] ^= 1
        changed.write_bytes(flipped)
        assert essence_of(changed) != essence, place


def test_sound_files_have_an_essence(tmp_path: Path) -> None:
    plain, tagged, longer = (tmp_path / name for name in ("a.wav", "b.wav", "c.wav"))
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=0.5"]
    ffmpeg(*tone, "-c:a", "pcm_f32le", plain)
    ffmpeg("-i", plain, "-c", "copy", "-metadata", "title=Tone", "-fflags", "+bitexact", tagged)
    ffmpeg("-i", plain, "-c:a", "pcm_s16le", longer)
    assert plain.read_bytes() != tagged.read_bytes()
    assert essence_of(plain) == essence_of(tagged)
    assert essence_of(plain) != essence_of(longer)


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"no film at all" * 100])
def test_what_is_no_film_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as caught:
        essence_of(path)
    assert str(path) in str(caught.value.where)


def test_a_film_that_is_cut_short_is_refused(film: Path, tmp_path: Path) -> None:
    # ``film`` has its index at the end: without it there is nothing to read.
    short = tmp_path / "short.mp4"
    short.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    with pytest.raises(UnreadableInput):
        essence_of(short)
    fast = tmp_path / "fast.mp4"
    ffmpeg("-i", film, "-c", "copy", "-movflags", "faststart", fast)
    short.write_bytes(fast.read_bytes()[:-100])
    with pytest.raises(UnreadableInput):
        essence_of(short)
    with pytest.raises(UnreadableInput):
        essence_of(tmp_path / "missing.mp4")


HEADER = StreamHeader(kind="picture", codec="h264", time_base=(1, 24), width=64, height=48)
SOUND = StreamHeader(kind="sound", codec="pcm_f32le", time_base=(1, 48000), channels=2)


def test_the_order_between_streams_does_not_count_and_within_does() -> None:
    def digest(order: list[tuple[int, bytes]], *headers: StreamHeader) -> str:
        hasher = EssenceHasher(headers)
        for stream, payload in order:
            hasher.packet(stream, PacketTimes(pts=0, dts=None), payload)
        return hasher.digest()

    two = (HEADER, HEADER)
    assert digest([(0, b"a"), (1, b"b")], *two) == digest([(1, b"b"), (0, b"a")], *two)
    assert digest([(0, b"a"), (0, b"b")], *two) != digest([(0, b"b"), (0, b"a")], *two)
    assert digest([(0, b"ab")], HEADER) != digest([(0, b"a"), (0, b"b")], HEADER)
    assert digest([(0, b"ab")], SOUND) == digest([(0, b"a"), (0, b"b")], SOUND)
    wider = HEADER.model_copy(update={"width": 66})
    assert digest([], HEADER) != digest([], wider)


@pytest.mark.parametrize("field", ["pts", "dts", "duration", "discard"])
def test_every_time_counts(field: str) -> None:
    digests = set()
    for value in (0, 1):
        hasher = EssenceHasher((HEADER,))
        times = {"pts": 0, "dts": 0, "duration": 0, "discard": False}
        times[field] = bool(value) if field == "discard" else value
        hasher.packet(0, PacketTimes.model_validate(times), b"x")
        digests.add(hasher.digest())
    assert len(digests) == 2


def test_nothing_has_no_essence() -> None:
    with pytest.raises(UnreadableInput):
        EssenceHasher(())


def test_the_digest_is_the_documented_one() -> None:
    # Worked out by hand in docs/formats/essence.md; changing it voids every approval ever given.
    hasher = EssenceHasher((HEADER,))
    hasher.packet(0, PacketTimes(pts=0, dts=0, duration=1), b"abc")
    assert hasher.digest() == (
        "sha256:5f7421d58f998fa02ee81391424ccd8782cc604d19849fd3ccbfc00738c8953e"
    )
