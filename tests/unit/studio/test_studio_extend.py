"""``generique extend`` on real footage: the zebra finch of the example, in a red set."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
import studio_fixtures
from studio_fixtures import FILM, Run

from generique.model.element import Raster
from generique.model.time import Rate
from generique.production.ports import Interpretation, Request
from generique.testing.canned import CannedBackend
from generique.testing.productions import media_list
from generique.testing.scenes import sunny_suburb
from generique.testing.stage import FolderPictureSink
from generique.world.arrays import Octets
from generique.world.plates.clean_plate import still

run = studio_fixtures.run

FINCH = Path(__file__).parents[3] / "examples" / "dawn-chorus" / "media" / "zebra-finch.mp4"
RASTER = Raster(width=320, height=180)
CUT = range(96, 100)
PART = (slice(200, 560), slice(400, 1040))
"""Of the footage of 1280 x 720: about the bird, twice the raster."""
KEPT = 106
"""Row from which a matte keeps the aviary: what the bird sits on, and the floor below."""


def of_a_scene(backend: CannedBackend, request: Request) -> Interpretation:
    """What the canned backend reads, and a scene that it does not draw."""
    return READ(backend, request).model_copy(
        update={"scene": sunny_suburb(frames=24).model_dump_json()}
    )


READ = CannedBackend.interpret


def finch() -> tuple[list[Octets], Octets]:
    """A short cut of a part of the footage, half its size, and its clean plate."""
    cut: list[Octets] = []
    samples: list[Octets] = []
    with av.open(str(FINCH)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index in CUT or index % 24 == 0:
                whole = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)[PART]
                small = cv2.resize(
                    whole, (RASTER.width, RASTER.height), interpolation=cv2.INTER_AREA
                )
                (cut if index in CUT else samples).append(np.asarray(small, np.uint8))
    return cut, still(np.stack([*samples, cut[0]]))


class Aviary:
    """A production with the cut, a clean plate, a matte, and a set that says it is of a scene."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder = run, folder
        one = (("EXT. RED - DAY", "red, 1 s", ""),)
        self.film = replace(FILM, shots=one, music="").write(folder / "film")
        cut, clean = finch()
        sink = FolderPictureSink(self.film / "media" / "finch.mp4", RASTER, Rate(numerator=25))
        for frame in cut:
            sink.write(frame)
        (self.film / "media" / "media.toml").write_text(
            media_list(sink.close(), speed="24/25"), "utf-8"
        )
        (self.film / "media" / "NOTICE.txt").write_text("All of it may be used.\n", "utf-8")
        cv2.imwrite(str(folder / "clean.png"), clean[..., ::-1])
        kept = np.zeros((RASTER.height, RASTER.width), np.uint8)
        kept[KEPT:] = 255
        cv2.imwrite(str(folder / "matte.png"), kept)
        self.cut, self.clean = cut, clean
        shot = run("shoot", "-p", self.film, "--quality", "draft", "--json")
        assert shot.code == 0, shot.err
        (self.take,) = (take["id"] for take in shot.document["takes"] if take["kind"] == "shot")


def frames_of(path: Path) -> tuple[list[Octets], Fraction]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = container.decode(stream)
        seen = [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in frames]
        return seen, Fraction(stream.average_rate or 0)


def test_real_footage_stands_in_a_set(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CannedBackend, "interpret", of_a_scene)
    aviary = Aviary(run, tmp_path)
    cutting = ("--clean", tmp_path / "clean.png", "--matte", tmp_path / "matte.png")
    where = ("-o", tmp_path / "scene.mp4", "-p", aviary.film, "--json")
    said = run("extend", "finch.mp4", aviary.take, *cutting, *where)
    assert said.code == 0, said.err
    document = json.loads(said.out)
    assert document["element_class"] == "altered"
    assert document["frames"] == len(CUT)
    light = document["light"]
    assert (light["said"], light["footage"], document["findings"]) == ("unknown", None, [])
    assert abs(light["plate"]) > 175
    assert "is not known" in document["remarks"][0], "a small bird tells nothing of its light"
    assert document["movement"] == {"apart": None, "accepted": False}, "red has no corners"
    seen, rate = frames_of(tmp_path / "scene.mp4")
    assert len(seen) == len(CUT)
    assert rate == 24, "conformed, frame for frame"
    for index, frame in enumerate(seen):
        here = aviary.cut[index].astype(int)
        moving = np.abs(here - aviary.clean).max(axis=2) > 40
        bird = cv2.erode(moving.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        assert bird[:KEPT].sum() > 60
        apart = np.abs(frame - here)
        assert apart[bird].mean() < 8, "the bird is as it was filmed"
        assert apart[KEPT + 10 :].mean() < 4, "and so is what the matte keeps"
        assert apart[: KEPT - 40].mean() > 15, "behind it is the set"
        red = frame[: KEPT - 40].reshape(-1, 3).mean(axis=0)
        assert red[0] > 1.5 * red[1:].max()
    left = run("extend", "finch.mp4", aviary.take, *cutting, *where, "--sun-from", "left")
    assert left.code == 1
    assert "comes from -90 degrees (left)" in left.document["findings"][0]
    front = run("extend", "finch.mp4", aviary.take, *cutting, *where, "--sun-from", "front")
    assert front.code == 0
    assert front.document["light"]["said"] == "person"


@pytest.mark.parametrize(
    "words",
    [
        ("--sun-from", "above"),
        ("--sun-from", "361"),
        ("--frames", "first"),
        ("--clean", "nowhere.png"),
        ("--matte", "nowhere"),
        ("--key", "green", "--clean", "auto"),
    ],
)
def test_what_cannot_be_read_is_refused(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = run("extend", "mira.mp4", "1-1.t1", "-o", tmp_path / "scene.mp4", *words)
    assert said.code == 2
    assert not (tmp_path / "scene.mp4").exists()
