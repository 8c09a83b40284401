"""Pictures and files that were never meant to be searched for a mark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generique.machineroom.mark_reader import gather_marks
from generique.marks.watermark import MarkGatherer, MarkRegistry, read_mark
from generique.model.errors import UnreadableInput, UsageError


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (16, 16), (63, 64)])
def test_tiny_and_narrow_pictures_say_nothing(shape: tuple[int, int]) -> None:
    gatherer = MarkGatherer(width=shape[1], height=shape[0])
    gatherer.add(np.random.default_rng(1).integers(0, 255, shape).astype(np.uint8))
    assert read_mark(gatherer.take(), registry=MarkRegistry([1, 2, 3])).mark_id is None


def test_checkerboards_and_stripes_say_nothing() -> None:
    y, x = np.mgrid[:360, :640]
    for picture in ((x // 16 + y // 16) % 2, (x // 8) % 2, (x + y) // 9 % 2, np.hypot(x, y) % 17):
        gatherer = MarkGatherer(width=640, height=360)
        gatherer.add((picture * (255 / picture.max())).astype(np.uint8))
        assert read_mark(gatherer.take()).mark_id is None


def test_what_is_no_picture_is_refused() -> None:
    gatherer = MarkGatherer(width=64, height=64)
    with pytest.raises(UsageError, match="no frame"):
        gatherer.take()
    with pytest.raises(UsageError, match="does not fit"):
        gatherer.add(np.zeros((64, 65), np.uint8))
    gatherer.add_residual(np.full((64, 64), np.nan, np.float32))
    with pytest.raises(UsageError, match="no numbers"):
        gatherer.take()


@pytest.mark.parametrize("content", [b"", b"not a film", b"\0" * 5000])
def test_what_is_no_film_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"film\.mp4"):
        list(gather_marks(path))
    with pytest.raises(UnreadableInput):
        list(gather_marks(tmp_path / "missing.mp4"))
