from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from production_parts import FILM, Room, take

from generique.machineroom.bench import MediaBench
from generique.machineroom.folder import DiskFolder
from generique.model.element import Raster
from generique.model.errors import UsageError
from generique.model.time import Rate
from generique.production.cutting import Scissors
from generique.production.extend_footage import Part, cutter_for, part_of
from generique.production.extend_movement import (
    TOLERATED,
    MovementVerdict,
    compare_movement,
)
from generique.production.ingest import ingest
from generique.testing.productions import media_list
from generique.testing.stage import FolderPictureSink

RASTER, RATE = Raster(width=240, height=136), Rate(numerator=24)
FRAMES = 6
RIGHT_HALF = (slice(None), slice(150, None))


class Kept:
    """One matte for all frames: the right of the picture is kept."""

    digest = "sha256:" + "0" * 64
    count = None

    def matte(
        self, index: int, raster: Raster
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        assert index < FRAMES
        found = np.zeros((raster.height, raster.width), np.float32)
        found[RIGHT_HALF] = 1
        return found


def clip(path: Path, by: float, seed: int) -> Path:
    """A wall from a camera that turns by some pixels each frame."""
    rough = np.random.default_rng(seed).uniform(30, 220, (30, 60, 3)).astype(np.float32)
    wall = cv2.resize(rough, (360, 136), interpolation=cv2.INTER_CUBIC)
    sink = FolderPictureSink(path, RASTER, RATE)
    for k in range(FRAMES):
        warp = np.array([[1.0, 0, -60 - by * k], [0, 1, 0]])
        seen = cv2.warpAffine(wall, warp, (RASTER.width, RASTER.height))
        sink.write(np.clip(seen, 0, 255).astype(np.uint8))
    return sink.close()


class Set:
    """Footage of a camera that turns, and a take of one that turns as it is told."""

    def __init__(self, folder: Path, footage: float, plate: float) -> None:
        root = replace(FILM, raster=(240, 136), media=0).write(folder / "film")
        made = clip(root / "media" / "mira.mp4", footage, 1)
        (root / "media" / "media.toml").write_text(media_list(made, speed="1"), "utf-8")
        (root / "media" / "NOTICE.txt").write_text("All of it may be used.\n", "utf-8")
        self.room, self.bench = Room(folder), MediaBench()
        vault = self.room.machine.vault
        self.take = take(file=vault.put_file(clip(folder / "set.mp4", plate, 2)))
        medium = ingest("mira.mp4", DiskFolder(root), self.room.machine, self.bench)
        self.part: Part = part_of(medium, None, self.take, vault, self.bench)

    def compare(self, scissors: Scissors, *, accepted: bool = False) -> MovementVerdict:
        machine, bench = self.room.machine, self.bench
        source = self.part, cutter_for(self.part, scissors, machine, bench)
        return compare_movement(source, self.take, machine, bench, accepted=accepted)


KEEPING = Scissors(mattes=Kept())


def test_cameras_that_move_alike_are_compared_and_recorded(tmp_path: Path) -> None:
    stages = Set(tmp_path, 3, 3)
    verdict = stages.compare(KEEPING)
    assert verdict.apart is not None
    assert verdict.apart < TOLERATED
    assert verdict.remark is None
    act = next(iter(stages.room.journal.steps("compare-movement")))
    assert act.facts["inputs"]["take"] == stages.take.file


def test_cameras_that_do_not_are_refused_unless_somebody_accepts_it(tmp_path: Path) -> None:
    stages = Set(tmp_path, 3, 0)
    with pytest.raises(UsageError, match="do not move alike") as refused:
        stages.compare(KEEPING)
    assert "of the width apart, 2% are tolerated" in (refused.value.why or "")
    verdict = stages.compare(KEEPING, accepted=True)
    assert verdict.apart == pytest.approx(15 / RASTER.width, abs=0.02)
    assert "as accepted" in (verdict.remark or "")


def test_a_camera_before_a_clean_plate_stands_still(tmp_path: Path) -> None:
    stages = Set(tmp_path, 0, 3)
    with pytest.raises(UsageError, match="do not move alike"):
        stages.compare(Scissors(clean="auto"))
    still = Set(tmp_path / "still", 0, 0)
    assert still.compare(Scissors(clean="auto")).apart == pytest.approx(0, abs=0.005)
