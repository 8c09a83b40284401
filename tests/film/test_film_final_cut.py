"""A film into which somebody secretly cuts a foreign generated shot, and what else is changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from command_line import Machine

from generique.machineroom import ffmpeg
from generique.machineroom.bench import MediaBench
from generique.model.element import Raster
from generique.model.time import Rate
from generique.testing.productions import WORLD_FILM
from generique.titles.overlay import Frame

pytestmark = pytest.mark.film

RATE = Rate(numerator=24)
RASTER = Raster(width=320, height=180)


@dataclass(frozen=True)
class Sealed:
    """A sealed film, its master's frames, and a generated shot that is not part of it."""

    machine: Machine
    folder: Path
    room: Path
    frames: list[Frame]
    foreign: list[Frame]

    def deliver(self, name: str, frames: list[Frame]) -> Path:
        """A file without credential, encoded for the web."""
        target = self.room / f"{name}.mp4"
        encoder = ffmpeg.Encoder(target, RASTER, RATE, crf=20)
        for frame in frames:
            encoder.write(frame)
        return encoder.close()

    def audit(self, name: str, frames: list[Frame]) -> dict[str, Any]:
        said = self.machine.run(
            "audit", self.folder, "--file", self.deliver(name, frames), "--json"
        )
        assert said.code == 1, said.err  # nobody approved this film
        return said.document

    def failed(self, document: dict[str, Any]) -> dict[str, list[str]]:
        return {
            rule["id"]: rule["evidence"]
            for rule in document["rules"]
            if rule["id"].startswith("FINAL") and rule["status"] == "failed"
        }


def read(path: Path) -> list[Frame]:
    bench = MediaBench()
    return list(bench.frames(path, 0, bench.picture_facts(path).frames, RASTER))


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    room = tmp_path_factory.mktemp("final-cut")
    machine = Machine.at(room)
    folder = WORLD_FILM.write(room / "tiny")
    assert machine.run("produce", folder, "--quality", "draft", "--demo-review").code == 0
    foreign = room / "foreign.mp4"
    made = machine.run(
        "shoot", "aerial over a residential suburb at dusk in rain, orbit, 1 s", "-o", foreign,
        "--quality", "draft", "--seed", "99",
    )  # fmt: skip
    assert made.code == 0, made.err
    return Sealed(machine, folder, room, read(folder / "out" / "master.en.mp4"), read(foreign)[:24])


def test_the_master_itself_passes(sealed: Sealed) -> None:
    document = sealed.audit("same", sealed.frames)
    assert sealed.failed(document) == {}
    whole = document["final_cut"]["whole"]
    assert whole["pace"] == pytest.approx(1.0)
    assert whole["shown"] > 0.9 * len(sealed.frames)


def test_a_foreign_generated_shot_is_found_to_the_frame(sealed: Sealed) -> None:
    cut = 48  # between the two generated shots
    frames = [*sealed.frames[:cut], *sealed.foreign, *sealed.frames[cut:]]
    document = sealed.audit("foreign", frames)
    assert set(sealed.failed(document)) == {"FINAL-1"}
    (found,) = document["final_cut"]["discrepancies"]
    assert found["kind"] == "undeclared"
    assert abs(found["start"] - cut) <= 1
    assert abs(found["end"] - (cut + len(sealed.foreign))) <= 1


def test_a_foreign_shot_in_place_of_a_shot_is_found(sealed: Sealed) -> None:
    frames = [*sealed.frames[:48], *sealed.foreign, *sealed.frames[72:]]
    document = sealed.audit("exchanged", frames)
    assert {"FINAL-1", "FINAL-3"} <= set(sealed.failed(document))
    kinds = {
        (d["kind"], d["start"] // 4, d["end"] // 4) for d in document["final_cut"]["discrepancies"]
    }
    assert ("undeclared", 12, 18) in kinds


def test_a_shot_that_is_left_out_is_named(sealed: Sealed) -> None:
    document = sealed.audit("shorter", [*sealed.frames[:48], *sealed.frames[72:]])
    failed = sealed.failed(document)
    assert set(failed) == {"FINAL-3"}
    assert "shot 2-1" in failed["FINAL-3"][0]


def spoiled(
    change: Callable[[Frame], Frame], frames: list[Frame], start: int, end: int
) -> list[Frame]:
    return [change(frame) if start <= index < end else frame for index, frame in enumerate(frames)]


def test_a_missing_label_is_found(sealed: Sealed) -> None:
    def hidden(frame: Frame) -> Frame:
        out = frame.copy()
        out[:32] = cv2.GaussianBlur(out[:32], (0, 0), 9)
        return np.asarray(out, np.uint8)

    failed = sealed.failed(sealed.audit("unlabelled", spoiled(hidden, sealed.frames, 0, 118)))
    assert set(failed) == {"FINAL-6"}


def test_a_shot_that_was_re_framed_is_found(sealed: Sealed) -> None:
    def tighter(frame: Frame) -> Frame:
        part = frame[18:162, 32:288]
        return np.asarray(cv2.resize(part, (320, 180), interpolation=cv2.INTER_CUBIC), np.uint8)

    document = sealed.audit("tighter", spoiled(tighter, sealed.frames, 0, 48))
    assert "FINAL-5" in sealed.failed(document)


def test_identify_names_takes_and_the_unknown(sealed: Sealed) -> None:
    path = sealed.deliver("web", [*sealed.frames[:48], *sealed.foreign])
    page = sealed.room / "strip.html"
    said = sealed.machine.run("identify", path, "--html", page, "--json")
    assert said.code == 1
    segments, unknown = said.document["segments"], said.document["unknown"]
    assert {segment["take"] for segment in segments} >= {"1-1.t1"}
    assert segments[0]["production"] == "tiny"
    assert segments[0]["class"] == "synthetic"
    assert segments[0]["approval"].startswith("demonstration")
    assert any(abs(stretch["start"] - 2.0) < 0.1 for stretch in unknown)
    assert "Unknown" in page.read_text("utf-8")
    assert json.dumps(said.document)
