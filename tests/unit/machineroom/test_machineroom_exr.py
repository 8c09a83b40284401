from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from generique.machineroom.exr import REC_709, read_exr, read_header, write_exr
from generique.machineroom.plate_folder import RECIPE, PlateFolder, PlateFolders
from generique.model.errors import StorageUnavailable, UnreadableInput, UsageError
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.plate_ports import PlatePicture

ONE, OTHER = digest_of(b"one"), digest_of(b"other")


def picture(frame: int | None = 90, *, panorama: bool = False) -> PlatePicture:
    chance = np.random.default_rng(4)
    planes = {name: chance.random((18, 32)).astype(np.float16) for name in "RGBA"}
    return PlatePicture(
        channels={
            **planes,
            "Z": (chance.random((18, 32)) * 1e4).astype(np.float32),
            "N.X": chance.random((18, 32)).astype(np.float16),
            "CryptoObject00.R": chance.integers(0, 2**31, (18, 32)).astype(np.uint32).view("f4"),
        },
        rate=Rate(numerator=24000, denominator=1001),
        frame=frame,
        matrices={"worldToCamera": np.arange(16.0).reshape(4, 4)},
        texts={"generique/scene": '{"name":"é"}'},
        numbers={"shutterAngle": 180.0},
        panorama=panorama,
    )


def test_what_is_written_comes_back_bit_by_bit(tmp_path: Path) -> None:
    made = picture()
    write_exr(made, tmp_path / "a.exr")
    header, channels = read_exr(tmp_path / "a.exr")
    assert set(channels) == set(made.channels)
    for name, plane in made.channels.items():
        assert channels[name].dtype == plane.dtype
        assert channels[name].tobytes() == plane.tobytes()
    assert header["framesPerSecond"] == Fraction(24000, 1001)
    code = header["timeCode"]
    assert (code.hours, code.minutes, code.seconds, code.frame) == (0, 0, 3, 18)
    assert header["chromaticities"] == pytest.approx(REC_709)
    assert header["worldToCamera"].tolist() == np.arange(16.0).reshape(4, 4).tolist()
    assert header["generique/scene"] == '{"name":"é"}'
    assert header["shutterAngle"] == 180
    assert "envmap" not in header


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.exr", "b.exr"):
        write_exr(picture(), tmp_path / name)
    assert (tmp_path / "a.exr").read_bytes() == (tmp_path / "b.exr").read_bytes()


def test_another_reader_sees_the_same_light(tmp_path: Path) -> None:
    made = picture()
    write_exr(made, tmp_path / "a.exr")
    with av.open(str(tmp_path / "a.exr")) as container:
        frame = next(container.decode(video=0))
    assert frame.format.name == "gbrapf16le"
    for name, plane in zip("GBRA", frame.planes, strict=True):
        rows = np.frombuffer(bytes(plane), "<f2").reshape(18, -1)
        assert np.array_equal(rows[:, :32], made.channels[name])


def test_a_picture_all_round_says_so(tmp_path: Path) -> None:
    write_exr(picture(None, panorama=True), tmp_path / "a.exr")
    header = read_header(tmp_path / "a.exr")
    assert "LATLONG" in str(header["envmap"])
    assert "timeCode" not in header


@pytest.mark.parametrize("length", [0, 3, 400])
def test_what_is_cut_short_is_refused(tmp_path: Path, length: int) -> None:
    write_exr(picture(), tmp_path / "a.exr")
    (tmp_path / "b.exr").write_bytes((tmp_path / "a.exr").read_bytes()[:length])
    with pytest.raises(UnreadableInput, match=r"b\.exr"):
        read_exr(tmp_path / "b.exr")


def test_a_folder_knows_its_files_by_their_recipe(tmp_path: Path) -> None:
    folder = PlateFolders(tmp_path / "plate").open(ONE)
    assert not folder.has("frame.000000.exr")
    folder.write("frame.000000.exr", picture())
    folder.text("camera.json", "{}\n")
    again = PlateFolders(tmp_path / "plate").open(ONE)
    assert again.has("frame.000000.exr")
    assert read_header(tmp_path / "plate" / "frame.000000.exr")[RECIPE] == ONE
    assert set(folder.files()) == {"frame.000000.exr", "camera.json"}
    assert sorted(p.name for p in (tmp_path / "plate").iterdir()) == sorted(folder.files())


def test_files_of_another_plate_are_left_alone(tmp_path: Path) -> None:
    PlateFolders(tmp_path).open(ONE).write("frame.000000.exr", picture())
    before = (tmp_path / "frame.000000.exr").read_bytes()
    with pytest.raises(UsageError, match="another plate"):
        PlateFolders(tmp_path).open(OTHER)
    with pytest.raises(UsageError, match="another plate"):
        PlateFolder(tmp_path, OTHER).write("frame.000000.exr", picture(2))
    (tmp_path / "frame.000001.exr").write_bytes(b"holiday")
    with pytest.raises(UsageError, match=r"frame\.000001\.exr"):
        PlateFolders(tmp_path).open(ONE)
    assert (tmp_path / "frame.000000.exr").read_bytes() == before
    assert (tmp_path / "frame.000001.exr").read_bytes() == b"holiday"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(StorageUnavailable):
        PlateFolder(tmp_path / "file" / "plate", ONE).write("frame.000000.exr", picture())
