from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from generique.machineroom.matte_files import MatteFiles, StillFile
from generique.model.element import Raster
from generique.model.errors import UnreadableInput, UsageError
from generique.production.cutting import Scissors

RASTER = Raster(width=32, height=16)


def written(path: Path, value: int, *shape: int, kind: type = np.uint8) -> Path:
    assert cv2.imwrite(str(path), np.full((16, 32, *shape), value, kind))
    return path


def test_a_still_is_read_as_it_is_shown(tmp_path: Path) -> None:
    picture = np.zeros((16, 32, 3), np.uint8)
    picture[..., 2] = 255  # red, as OpenCV orders colours
    cv2.imwrite(str(tmp_path / "clean.png"), picture)
    found = StillFile(tmp_path / "clean.png").picture(RASTER)
    assert found.shape == (16, 32, 3)
    assert (found == (1, 0, 0)).all()
    grey = StillFile(written(tmp_path / "grey.png", 32768, kind=np.uint16))
    assert np.allclose(grey.picture(RASTER), 32768 / 65535)
    assert grey.digest != StillFile(tmp_path / "clean.png").digest


def test_one_matte_is_for_all_frames_and_a_folder_has_one_for_each(tmp_path: Path) -> None:
    one = MatteFiles(written(tmp_path / "matte.png", 255))
    assert one.count is None
    assert (one.matte(7, RASTER) == 1).all()
    folder = tmp_path / "mattes"
    folder.mkdir()
    for index, value in enumerate((0, 51, 255)):
        written(folder / f"m.{index:04d}.png", value)
    (folder / "notes.txt").write_text("not a matte")
    many = MatteFiles(folder)
    assert many.count == 3
    assert [float(many.matte(k, RASTER).mean()) for k in range(3)] == pytest.approx([0, 0.2, 1])
    before = many.digest
    written(folder / "m.0001.png", 52)
    assert many.digest != before


def test_alpha_is_the_matte_where_there_is_one(tmp_path: Path) -> None:
    picture = np.full((16, 32, 4), 255, np.uint8)
    picture[..., 3] = 102
    cv2.imwrite(str(tmp_path / "cut.png"), picture)
    assert np.allclose(MatteFiles(tmp_path / "cut.png").matte(0, RASTER), 0.4)


def test_what_is_no_picture_of_the_footage_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(UnreadableInput, match="no picture of 8 or 16 bits"):
        StillFile(tmp_path / "text.png").picture(RASTER)
    with pytest.raises(UnreadableInput, match="does not fit the footage"):
        MatteFiles(written(tmp_path / "m.png", 1)).matte(0, Raster(width=16, height=16))
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableInput, match="holds no mattes"):
        MatteFiles(tmp_path / "empty")
    with pytest.raises(UnreadableInput):
        StillFile(tmp_path / "nowhere.png")


def test_scissors_go_together_or_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mattes"
    folder.mkdir()
    for index in range(2):
        written(folder / f"{index}.png", 255)
    mattes = MatteFiles(folder)
    Scissors(mattes=mattes).check(2)
    Scissors(clean="auto").check(9)
    with pytest.raises(UsageError, match="2 mattes for 3 frames"):
        Scissors(mattes=mattes, clean="auto").check(3)
    with pytest.raises(UsageError, match="one of both"):
        Scissors().check(2)
    with pytest.raises(UsageError, match="one of both"):
        Scissors(colour=(0.0, 0.5, 0.0), clean="auto").check(2)
    assert Scissors(mattes=mattes, clean="auto").recipe() == {
        "key": None,
        "clean": "auto",
        "matte": mattes.digest,
    }
