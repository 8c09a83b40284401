"""Marks at known places: a small film, copied mirrored, turned and tiny, is named by its marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from generique.machineroom.archive import FolderArchive
from generique.machineroom.bench import MediaBench
from generique.machineroom.ears import FileEars
from generique.machineroom.eyes import FileEyes
from generique.machineroom.ffmpeg import Encoder
from generique.machineroom.plugin_shelf import PluginShelf
from generique.marks.identification.sighting import EvidenceKind
from generique.marks.works import Work, WorkKind, WorkSegment
from generique.model.element import ElementClass, Raster
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.hearing import Hearing
from generique.production.identified import Identified
from generique.production.identify import Identifier
from generique.production.testimony import Told
from generique.testing.drawn_shots import Rgb, marked, shot, texture
from generique.testing.memory import ListedProgress

RATE = Rate(numerator=24)
WIDE, HIGH = 640, 360
LENGTH, HANDLE = 40, 4
SEEDS = (5, 6)
MARKS = tuple(f"{0x51C3_7700_1234_5678 * seed % 2**64:016x}" for seed in SEEDS)


class Silent:
    """Testimony of files that carry no credential."""

    def hear(self, path: Path) -> Told:
        return Told(file=digest_of(path.read_bytes()), verdict="none")


@dataclass(frozen=True)
class Film:
    """A marked master and the unmarked takes that it was cut from."""

    room: Path
    eyes: FileEyes
    archive: FolderArchive
    frames: list[Rgb]

    def identify(self, path: Path, *, thorough: bool = False) -> Identified:
        hearing = Hearing(self.archive, FileEars(MediaBench()))
        identifier = Identifier(
            self.archive,
            self.eyes,
            hearing,
            Silent(),  # type: ignore[arg-type]  # all that is asked of it
            ListedProgress(),
            PluginShelf(),
        )
        return identifier.identify(path, thorough=thorough)

    def copy(self, name: str, frames: list[Rgb], crf: int = 23) -> Path:
        return encoded(self.room / f"{name}.mp4", frames, crf)


def encoded(path: Path, frames: list[Rgb], crf: int) -> Path:
    height, width = frames[0].shape[:2]
    encoder = Encoder(path, Raster(width=width, height=height), RATE, crf=crf)
    for frame in frames:
        encoder.write(np.ascontiguousarray(frame))
    return encoder.close()


def work(path: Path, kind: WorkKind, segments: tuple[WorkSegment, ...]) -> Work:
    return Work(
        id=digest_of(path.read_bytes()),
        title=path.stem,
        kind=kind,
        production="small",
        language="en" if kind == "master" else None,
        locator=str(path),
        rate=RATE,
        frames=segments[-1].end,
        raster=Raster(width=WIDE, height=HIGH),
        segments=segments,
    )


def segment(start: int, end: int, number: int, mark: str | None) -> WorkSegment:
    return WorkSegment(
        start=start,
        end=end,
        shot=f"1-{number}",
        take=f"1-{number}.t1",
        element_class=ElementClass.SYNTHETIC,
        title=f"1-{number}",
        mark=mark,
    )


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    room = tmp_path_factory.mktemp("small")
    eyes, archive = FileEyes(MediaBench()), FolderArchive(room / "archive")
    frames: list[Rgb] = []
    segments = []
    for number, (seed, mark) in enumerate(zip(SEEDS, MARKS, strict=True)):
        drawn = shot(WIDE, HIGH, LENGTH + 2 * HANDLE, seed)
        take = encoded(room / f"take-{number}.mp4", drawn, 12)
        archive.add(
            work(take, "take", (segment(0, len(drawn), number, None),)), eyes.signatures(take)
        )
        segments.append(segment(len(frames), len(frames) + LENGTH, number, mark))
        frames += marked(drawn[HANDLE:-HANDLE], int(mark, 16))
    master = encoded(room / "master.mp4", frames, 12)
    archive.add(work(master, "master", tuple(segments)), eyes.signatures(master))
    return Film(room, eyes, archive, frames)


def turned(frame: Rgb) -> Rgb:
    matrix = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), 3.0, 1.08)
    return np.asarray(cv2.warpAffine(frame, matrix, (WIDE, HIGH), flags=cv2.INTER_CUBIC), np.uint8)


def squeezed(frame: Rgb) -> Rgb:
    return np.asarray(cv2.resize(frame, (480, 360), interpolation=cv2.INTER_AREA), np.uint8)


def mirrored(frame: Rgb) -> Rgb:
    return np.ascontiguousarray(frame[:, ::-1])


def tiny(frame: Rgb) -> Rgb:
    return np.asarray(cv2.resize(frame, (426, 240), interpolation=cv2.INTER_AREA), np.uint8)


def read_marks(found: Identified) -> list[str]:
    """Per segment: its take, and how its mark was read."""
    return [
        f"{one.identity.take}: {item.says}"
        for one in found.identification.segments
        for item in one.evidence
        if item.kind is EvidenceKind.WATERMARK
    ]


def still(folder: Path, frame: Rgb) -> Path:
    path = folder / "still.png"
    cv2.imwrite(str(path), frame[..., ::-1])
    return path


@pytest.mark.parametrize("change", [mirrored, turned, lambda frame: frame[30:300, 60:540]])
def test_a_single_picture_is_found(
    film: Film, tmp_path: Path, change: Callable[[Rgb], Rgb]
) -> None:
    path = still(tmp_path, np.ascontiguousarray(change(film.frames[LENGTH + 12])))
    found = film.identify(path).identification
    (segment,) = found.segments
    assert segment.identity.take == "1-1.t1"
    assert segment.confidence >= 0.8
    assert not segment.disputed


def test_a_strange_picture_is_unknown(film: Film, tmp_path: Path) -> None:
    path = still(tmp_path, texture(WIDE, HIGH, seed=77))
    assert film.identify(path).identification.segments == ()


HANDLED = {"turned": turned, "squeezed": squeezed, "mirrored": mirrored, "tiny": tiny}


@pytest.mark.parametrize("name", HANDLED)
def test_handled_copies_are_named_by_their_marks(film: Film, name: str) -> None:
    # A turned copy takes long to survey: one shot has to do.
    part = film.frames[:LENGTH] if name == "turned" else film.frames
    copy = film.copy(name, [HANDLED[name](frame) for frame in part], 28 if name == "tiny" else 23)
    said = read_marks(film.identify(copy))
    assert [one[:6] for one in said] == ["1-0.t1", "1-1.t1"][: len(part) // LENGTH]
    assert all(("place" in one) == (name != "tiny") for one in said)


def test_a_mark_that_only_the_archive_knows_is_not_read_into_a_picture(film: Film) -> None:
    """The take itself, mirrored: fingerprints name it, and no mark is there to be read."""
    drawn = shot(WIDE, HIGH, LENGTH + 2 * HANDLE, SEEDS[0])[HANDLE:-HANDLE]
    found = film.identify(film.copy("unmarked", [mirrored(frame) for frame in drawn]))
    assert {one.identity.take for one in found.identification.segments} == {"1-0.t1"}
    assert read_marks(found) == []


def test_a_thorough_search_reads_what_no_fingerprint_finds(film: Film, tmp_path: Path) -> None:
    archive, other = FolderArchive(tmp_path / "archive"), shot(WIDE, HIGH, LENGTH, 9)
    grey = encoded(tmp_path / "other.mp4", other, 23)
    archive.add(
        work(grey, "master", (segment(0, LENGTH, 0, MARKS[0]),)), film.eyes.signatures(grey)
    )
    alone = replace(film, archive=archive)
    copy = film.copy("strange", [mirrored(frame) for frame in film.frames[:LENGTH]])
    assert read_marks(alone.identify(copy)) == []
    (said,) = read_marks(alone.identify(copy, thorough=True))
    assert "thorough" in said


def test_a_mark_that_no_work_carries_names_nothing(film: Film) -> None:
    drawn = shot(WIDE, HIGH, LENGTH, 12)
    found = film.identify(film.copy("foreign", marked(drawn, 0xABCD_EF01_2345_6789)))
    assert found.identification.segments == ()
