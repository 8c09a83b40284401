"""Copies that show a corner only, mirrored or not: one geometry found leads to every shot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from generique.machineroom.bench import MediaBench
from generique.machineroom.eyes import FileEyes
from generique.machineroom.ffmpeg import Encoder
from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.lines import places
from generique.marks.fingerprint.match import match
from generique.marks.fingerprint.signature import Signatures
from generique.marks.works import Work, WorkSegment
from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.sight_ports import Window
from generique.production.stretch_search import StretchSearch, beginnings
from generique.production.survey import Surveyed, Surveyor
from generique.testing.drawn_shots import Rgb, shot, texture

RATE = Rate(numerator=24)
WIDE, HIGH, LENGTH = 640, 360, 30
WORKS = {"one": (21, 22), "two": (23, 24), "three": (25, 26), "four": (27,), "five": (28,)}
STRANGE = 99
SHOWN = (28, 21, STRANGE, 24)
"""Shots of the copy, in order; the strange one is in no work."""


def drawn(seed: int) -> list[Rgb]:
    """A texture that passes before another: a crop of a mere pan would be another moment of it."""
    behind = texture(WIDE, HIGH, seed + 100) // 2
    return [behind + frame // 2 for frame in shot(WIDE, HIGH, LENGTH, seed)]


def encoded(path: Path, frames: list[Rgb]) -> Path:
    height, width = frames[0].shape[:2]
    encoder = Encoder(path, Raster(width=width, height=height), RATE, crf=18)
    for frame in frames:
        encoder.write(np.ascontiguousarray(frame))
    return encoder.close()


def corner(frame: Rgb) -> Rgb:
    """The lower right, three quarters each way."""
    return frame[HIGH // 4 :, WIDE // 4 :]


def mirrored_corner(frame: Rgb) -> Rgb:
    return corner(frame)[:, ::-1]


HANDLED = {"corner": corner, "mirrored": mirrored_corner}


@dataclass(frozen=True)
class Shelf:
    eyes: FileEyes
    works: dict[str, Work]
    signatures: dict[str, Signatures]
    library: Library


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    room, eyes = tmp_path_factory.mktemp("works"), FileEyes(MediaBench())
    works: dict[str, Work] = {}
    signatures: dict[str, Signatures] = {}
    for name, seeds in WORKS.items():
        path = encoded(room / f"{name}.mp4", [frame for seed in seeds for frame in drawn(seed)])
        one = Work(
            id=digest_of(name.encode()),
            title=name,
            kind="reference",
            locator=str(path),
            rate=RATE,
            frames=LENGTH * len(seeds),
            raster=Raster(width=WIDE, height=HIGH),
            segments=(WorkSegment(start=0, end=LENGTH * len(seeds), title=name),),
        )
        works[one.id], signatures[one.id] = one, eyes.signatures(path)
    return Shelf(eyes, works, signatures, Library(signatures.items()))


@pytest.mark.parametrize("name", HANDLED)
def test_every_shot_of_a_corner_is_found_and_no_other(
    shelf: Shelf, tmp_path: Path, name: str
) -> None:
    change = HANDLED[name]
    copy = encoded(tmp_path / "copy.mp4", [change(f) for seed in SHOWN for f in drawn(seed)])
    query = shelf.eyes.signatures(copy)
    other = shelf.eyes.signatures(copy, Window(mirrored=True))
    assert match(query, shelf.library, shelf.signatures.__getitem__) == ()
    whole = [(n * LENGTH, (n + 1) * LENGTH) for n in range(len(SHOWN))]
    told: list[tuple[int, int]] = []

    def missing(found: Iterable[Surveyed]) -> list[tuple[int, int]]:
        runs = [one.run for one in found]
        return [
            (start, end)
            for start, end in whole
            if not any(min(r.end, end) - max(r.start, start) > LENGTH // 2 for r in runs)
        ]

    surveyor = Surveyor(shelf.eyes, copy, query, shelf.works, beginnings(query, shelf.library))
    search = StretchSearch(
        shelf.eyes,
        surveyor,
        [query, other],
        shelf.library,
        shelf.works,
        lambda done, total: told.append((done, total)),
    )
    found = search.find([], missing)
    shown = sorted((one.run.start, shelf.works[one.run.work].title, one.run.at) for one in found)
    assert [one[:2] for one in shown] == [(0, "five"), (LENGTH, "one"), (3 * LENGTH, "two")]
    # With a crop to be measured, a slow pan is placed to two frames: it looks nearly the same.
    assert [one[2] for one in shown] == pytest.approx([0, 0, LENGTH], abs=2)
    assert {one.run.mirrored for one in found} == {name == "mirrored"}
    for one in found:
        assert one.crop is not None
        assert one.crop == pytest.approx((0.25, 0.25, 0.75, 0.75), abs=0.02)
    assert told
    assert all(done < total for done, total in told)


def test_works_that_are_gone_hide_no_other(shelf: Shelf, tmp_path: Path) -> None:
    copy = encoded(tmp_path / "copy.mp4", [corner(frame) for frame in drawn(28)])
    query = shelf.eyes.signatures(copy)
    works = {
        key: one.model_copy(update={"locator": str(tmp_path / "gone.mp4")})
        if one.title != "five"
        else one
        for key, one in shelf.works.items()
    }
    surveyor = Surveyor(shelf.eyes, copy, query, works, beginnings(query, shelf.library))
    search = StretchSearch(
        shelf.eyes, surveyor, [query], shelf.library, works, lambda done, total: None
    )
    found = search.find([], lambda seen: [] if list(seen) else [(0, LENGTH)])
    assert {works[one.run.work].title for one in found} == {"five"}


def test_places_are_proposed_for_a_stretch_on_its_own(shelf: Shelf) -> None:
    one = next(work for work in shelf.works.values() if work.title == "one")
    stretch = shelf.eyes.signatures(Path(one.locator)).part(LENGTH, 2 * LENGTH)
    first = places(stretch, shelf.library)[0]
    assert first.work == one.id
    assert first.offset == pytest.approx(LENGTH / 24, abs=first.slack + 0.05)
    assert places(stretch.part(0, 0), shelf.library) == []
    assert places(stretch, Library(())) == []
