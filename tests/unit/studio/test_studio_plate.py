from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import studio_fixtures
from studio_fixtures import Run

from generique.machineroom.exr import read_exr

run = studio_fixtures.run

SHOT = "night over a suburb, static"


@pytest.mark.parametrize(
    "words",
    [
        ("--frames", "first"),
        ("--panorama", "--width", "100001"),
        ("--panorama", "--at", "here"),
        ("--at", "0,0,2"),
        ("--movie", "--panorama"),
        ("--movie", "--frames", "0-1"),
    ],
)
def test_what_cannot_be_read_is_refused(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = run("plate", "1-1.t1", "-o", tmp_path / "plate", *words)
    assert said.code == 2
    assert not (tmp_path / "plate").exists()


def test_a_take_becomes_a_plate_and_a_panorama(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    explained = run("shoot", SHOT, "--explain", "--json").document
    scene = tmp_path / "scene.json"
    document = json.loads(explained["scene"])
    document["place"]["extent"], document["frames"] = 160.0, 3
    document["camera"]["altitude"] = 30.0
    scene.write_text(json.dumps(document))
    made = ("--size", "64x36", "--quality", "draft", "--scene", scene)
    shot = run("shoot", *made, "--json")
    assert shot.code == 0, shot.err
    take = shot.document["take"]
    said = run("plate", take, "-o", tmp_path / "plate", "--without-sky", "--json")
    assert said.code == 0, said.err
    names = {"camera.json", "camera.usda", *(f"frame.00000{k}.exr" for k in range(3))}
    assert set(said.document["files"]) == names
    header, channels = read_exr(tmp_path / "plate" / "frame.000001.exr")
    assert header["generique/take"] == take
    assert header["generique/alpha"] == "premultiplied"
    assert {"A", "Z", "N.X", "forward.u", "CryptoObject00.R", "CryptoAsset00.R"} <= set(channels)
    assert 0 < (channels["A"] == 0).mean() < 1
    said = run("plate", take, "-o", tmp_path / "round", "--panorama", "--width", "64", "-q")
    assert said.code == 0, said.err
    header, channels = read_exr(tmp_path / "round" / "panorama.exr")
    assert channels["R"].shape == (32, 64)
    assert channels["R"].dtype == np.float32
    _is_the_take_in_ten_bits(run, tmp_path, take, Path(shot.document["file"]))


def _luma(frame: av.VideoFrame, depth: type) -> Any:
    """The plane of luma as it is coded."""
    plane = frame.planes[0]
    return np.frombuffer(bytes(plane), depth).reshape(plane.height, -1)[:, : plane.width] * 1.0


def _is_the_take_in_ten_bits(run: Run, folder: Path, take: str, file: Path) -> None:
    said = run("plate", take, "-o", folder / "movie", "--movie", "--json")
    assert said.code == 0, said.err
    assert set(said.document["files"]) == {"picture.mov"}
    movie = folder / "movie" / "picture.mov"
    with av.open(str(movie)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("prores", "yuv422p10le")
        assert stream.average_rate == 24
        deep = [_luma(frame, np.uint16) / 4 for frame in container.decode(stream)]
    with av.open(str(file)) as container:
        shown = [_luma(frame, np.uint8) for frame in container.decode(video=0)]
    assert len(deep) == len(shown) == 3
    for ten, eight in zip(deep, shown, strict=True):
        assert abs((ten - eight).mean()) < 0.5, "the take's own picture"
        assert np.abs(ten - eight).mean() < 3, "but for the compression"
        assert len(np.unique(ten)) > 1.5 * len(np.unique(eight)), "in finer steps"
    before = movie.stat().st_mtime_ns
    assert run("plate", take, "-o", folder / "movie", "--movie", "-q").code == 0
    assert movie.stat().st_mtime_ns == before, "it is not drawn again"
    assert run("plate", take, "-o", folder / "movie", "-q").code == 2, "of another plate"


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "scene.avi"),
        ("-o", "scene.mp4", "--key", "greenish"),
        ("-o", "scene.mp4", "--plate", "nowhere"),
    ],
)
def test_an_extension_that_cannot_be_read_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("extend", "mira.mp4", "1-1.t1", *words).code == 2
