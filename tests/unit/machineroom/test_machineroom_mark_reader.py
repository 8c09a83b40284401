from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from generique.machineroom import ffmpeg
from generique.machineroom.mark_reader import gather_marks, luma_frames
from generique.marks.watermark import MarkSum, read_mark
from generique.model.errors import UnreadableInput
from generique.testing.drawn_shots import MARK_ID, marked, shot

NAME = f"{MARK_ID:016x}"
FRAMES = marked(shot(640, 360, frames=15))


def film(path: Path, frames: list[NDArray[np.uint8]], form: str = "yuv420p") -> Path:
    """A lossless file of frames at 10 a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1" if path.suffix == ".mkv" else "libx264", rate=10)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = form
        if path.suffix != ".mkv":
            stream.options = {"qp": "8", "preset": "ultrafast"}
        for frame in frames:
            picture = av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(format=form)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


def test_windows_of_a_second(tmp_path: Path) -> None:
    windows = list(gather_marks(film(tmp_path / "a.mp4", FRAMES)))
    assert [(w.start_frame, w.end_frame) for w in windows] == [(0, 10), (10, 15)]
    assert [w.start for w in windows] == pytest.approx([0.0, 1.0])
    for window in windows:
        assert read_mark(window.gathered).mark_id == NAME
    assert MarkSum.of([w.gathered for w in windows]).frames == 15


@pytest.mark.parametrize("form", ["yuv420p10le", "yuv444p", "gray", "rgb24", "yuv422p10le"])
def test_pixel_formats(tmp_path: Path, form: str) -> None:
    path = film(tmp_path / "a.mkv", FRAMES[:4], "bgr0" if form == "rgb24" else form)
    (window,) = gather_marks(path)
    assert read_mark(window.gathered).mark_id == NAME
    assert next(luma_frames(path)).bits == (10 if "10" in form else 8)


def test_proxies_are_never_enlarged_and_keep_their_shape(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv", [frame[:201, :333] for frame in FRAMES[:1]], "yuv444p")
    assert next(luma_frames(path)).luma.shape == (201, 333)
    assert next(luma_frames(path, longer_side=100)).luma.shape == (60, 100)
    assert next(luma_frames(path, longer_side=None)).luma.shape == (201, 333)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pictures_are_set_upright(tmp_path: Path, degrees: int) -> None:
    turned = [np.ascontiguousarray(np.rot90(frame, degrees // 90)) for frame in FRAMES[:3]]
    path = film(tmp_path / "a.mp4", turned)
    out = tmp_path / "b.mp4"
    ffmpeg.run(
        ["-display_rotation", str(-degrees), "-i", str(path), "-c", "copy", str(out)], reads=path
    )
    frame = next(luma_frames(out))
    assert frame.luma.shape == (360, 640)
    (window,) = gather_marks(out)
    assert read_mark(window.gathered).mark_id == NAME


def test_interlaced_pictures_give_one_field(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", FRAMES[:4])
    out = tmp_path / "b.mkv"
    ffmpeg.run(
        ["-i", str(path), "-vf", "setfield=tff", "-c:v", "ffv1", str(out)],
        reads=path,
    )
    frames = list(luma_frames(out))
    assert frames[0].luma.shape == (360, 640)
    assert all(frame.interlaced for frame in frames)
    (window,) = gather_marks(out)
    assert read_mark(window.gathered).mark_id == NAME


def test_sound_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
    with pytest.raises(UnreadableInput):
        list(gather_marks(path))
