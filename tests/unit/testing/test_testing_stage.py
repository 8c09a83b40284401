"""The folder stage keeps the contract of the port."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from generique.model.element import Raster
from generique.model.errors import Damaged, Interrupted, UnreadableInput, UsageError
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.sound.wav import decode_wav, encode_wav
from generique.testing.essence import picture_form
from generique.testing.stage import FolderStage

RASTER = Raster(width=64, height=48)
RATE = Rate(numerator=24000, denominator=1001)
KEY = digest_of(b"key")


def test_a_picture_holds_its_frames_its_rate_and_its_colours(tmp_path: Path) -> None:
    sink = FolderStage(tmp_path).picture(RASTER, RATE)
    for level in range(9):
        frame = np.zeros((48, 64, 3), np.uint8)
        frame[...] = (200, 20 * level, 30)
        sink.write(frame)
    path = sink.close()
    form = picture_form(path)
    assert (form.frames, form.rate, form.raster) == (9, RATE, RASTER)
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        tags = (context.color_primaries, context.color_trc, context.colorspace)
        assert tags == (1, 1, 1)
        shown = list(container.decode(video=0))[5].reformat(format="rgb24").to_ndarray()
    assert np.abs(shown[20, 20].astype(int) - (200, 100, 30)).max() <= 5


def test_an_unfinished_picture_leaves_no_file(tmp_path: Path) -> None:
    stage = FolderStage(tmp_path)
    stage.picture(RASTER, RATE).write(np.zeros((48, 64, 3), np.uint8))
    assert not list(stage.workspace.glob("*.mp4"))


def test_frames_of_another_shape_and_empty_takes_are_refused(tmp_path: Path) -> None:
    sink = FolderStage(tmp_path).picture(RASTER, RATE)
    with pytest.raises(UsageError, match="frame 0"):
        sink.write(np.zeros((48, 62, 3), np.uint8))
    with pytest.raises(UsageError, match="without a frame"):
        sink.close()


def test_two_sounds_are_two_files(tmp_path: Path) -> None:
    stage = FolderStage(tmp_path)
    one = stage.sound(np.zeros((10, 2), np.float32), 48000)
    two = stage.sound(np.ones((10, 2), np.float32), 48000)
    assert one != two
    assert decode_wav(two.read_bytes(), where="two")[0].min() == 1


def test_what_is_kept_comes_back_and_damage_is_seen(tmp_path: Path) -> None:
    stage = FolderStage(tmp_path)
    assert stage.cached(KEY) is None
    bake = stage.workspace / "bake.bin"
    bake.write_bytes(b"light")
    kept = stage.keep(KEY, bake)
    assert not bake.exists()
    assert FolderStage(tmp_path).cached(KEY) == kept
    kept.write_bytes(b"dark!")
    with pytest.raises(Damaged):
        stage.cached(KEY)
    assert stage.asked == [KEY, KEY, KEY]


def test_only_files_of_the_workspace_are_kept(tmp_path: Path) -> None:
    stray = tmp_path / "stray"
    stray.write_bytes(b"")
    with pytest.raises(UsageError):
        FolderStage(tmp_path / "stage").keep(KEY, stray)


def test_progress_is_recorded_until_the_interruption(tmp_path: Path) -> None:
    stage = FolderStage(tmp_path, interrupt_after=2)
    stage.progress(0, 3, "frame")
    stage.progress(1, 3, "frame")
    with pytest.raises(Interrupted):
        stage.progress(2, 3, "frame")
    assert stage.reports == [(0, 3, "frame"), (1, 3, "frame")]


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(0, 40), st.integers(1, 8)),
        elements={"min_value": -2, "max_value": 2},
    )
)
def test_wav_round_trips(samples: np.ndarray) -> None:
    again, rate = decode_wav(encode_wav(samples, 48000), where="test")
    assert rate == 48000
    assert np.array_equal(again, samples)


@given(st.integers(0, 400), st.binary(max_size=60))
def test_hostile_wav_is_an_unreadable_input(cut: int, noise: bytes) -> None:
    whole = encode_wav(np.ones((40, 2), np.float32), 48000)
    for data in (whole[:cut] if cut < len(whole) else noise, whole[:12] + noise, noise):
        with pytest.raises(UnreadableInput):
            decode_wav(data, where="test")


def test_numbers_that_are_none_are_not_written() -> None:
    with pytest.raises(UnreadableInput):
        encode_wav(np.full((4, 2), np.nan, np.float32), 48000)
    with pytest.raises(UnreadableInput):
        encode_wav(np.zeros(4, np.float32), 48000)


def test_a_file_without_picture_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(b"not a film")
    with pytest.raises(UnreadableInput):
        picture_form(path)
