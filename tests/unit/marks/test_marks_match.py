"""The course of a file through known works, on signatures made up from drifting numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.match import Run, match
from generique.marks.fingerprint.path import Lane, best_path
from generique.marks.fingerprint.signature import Signatures, pack

FPS = Fraction(25)


def shot(seed: int, frames: int) -> NDArray[np.uint8]:
    """Signatures of a picture that changes into another."""
    ends = np.random.default_rng(seed).standard_normal((2, 380))
    turn = np.linspace(0, 1.2, frames)[:, None]
    values = np.cos(turn) * ends[0] + np.sin(turn) * ends[1]
    return pack(((values > -0.43).astype(np.uint8) + (values > 0.43)).astype(np.uint8))


def film(*packed: NDArray[np.uint8], detail: int = 40) -> Signatures:
    whole = np.concatenate(packed)
    level = np.full(len(whole), 100, np.uint8)
    return Signatures(whole, level, np.full(len(whole), detail, np.uint8), FPS)


def handled(signatures: Signatures, share: float) -> Signatures:
    flips = np.random.default_rng(9).random((len(signatures), 760)) < share
    packed = signatures.packed ^ np.pad(np.packbits(flips, axis=1), ((0, 0), (0, 1)))
    return replace(signatures, packed=packed)


SEEDS = {"one": range(300, 305), "two": range(400, 405)}
WORK = film(*(shot(seed, 60) for seed in range(6)))
WORKS = {"work": WORK}
LIBRARY = Library(WORKS.items())


def runs(query: Signatures) -> list[tuple[str, int, int, int]]:
    found = match(query, LIBRARY, WORKS.__getitem__)
    return [(run.work, run.start, run.end, run.at) for run in found]


def test_shots_in_another_order_are_found_to_the_frame() -> None:
    query = film(WORK.packed[190:235], shot(99, 50), WORK.packed[5:55], WORK.packed[305:350])
    assert runs(handled(query, 0.06)) == [
        ("work", 0, 45, 190),
        ("work", 95, 145, 5),
        ("work", 145, 190, 305),
    ]


def test_what_is_in_no_work_is_not_found() -> None:
    assert runs(film(*(shot(seed, 80) for seed in range(200, 212)))) == []


def test_flat_frames_neither_begin_nor_end_a_run() -> None:
    flat = film(WORK.packed[60:120], detail=1)
    assert runs(flat) == []
    query = film(WORK.packed[0:120])
    detail = query.detail.copy()
    detail[100:] = 1
    assert runs(replace(query, detail=detail)) == [("work", 0, 60, 0), ("work", 60, 100, 60)]


@pytest.mark.parametrize("speed", [Fraction(24, 25), Fraction(25, 24)])
def test_a_transfer_at_another_speed_is_followed(speed: Fraction) -> None:
    places = np.floor(np.arange(int(55 / speed)) * float(speed) + 0.5).astype(int)
    query = film(WORK.packed[60:120][places])
    (run,) = match(query, LIBRARY, WORKS.__getitem__)
    assert run.pace == pytest.approx(float(speed), rel=1e-3)
    assert (run.start, run.end) == (0, len(places))
    assert abs(run.at - 60) <= 1


def test_every_place_that_fits_as_well_is_named() -> None:
    twice = {"twice": film(shot(1, 60), shot(2, 60), shot(1, 60)), "other": film(shot(1, 60))}
    query = film(shot(1, 60)[5:50])
    found = match(query, Library(twice.items()), twice.__getitem__)
    places = {(run.work, run.at) for run in found}
    assert places == {("twice", 5), ("twice", 125), ("other", 5)}


def test_a_mirrored_copy_is_found_by_its_mirrored_signatures() -> None:
    strange, query = film(shot(77, 50)), film(WORK.packed[60:110])
    (run,) = match(strange, LIBRARY, WORKS.__getitem__, mirrored=query)
    assert run == Run("work", 0, 50, 60, 1.0, 0.0, run.bound, mirrored=True)
    assert match(strange, LIBRARY, WORKS.__getitem__) == ()


def test_nothing_is_found_in_nothing() -> None:
    empty = film(shot(1, 1)).part(0, 0)
    assert match(empty, LIBRARY, WORKS.__getitem__) == ()
    assert match(WORK, Library(()), WORKS.__getitem__) == ()


def test_the_course_changes_where_the_distances_cross() -> None:
    first = np.r_[np.full(30, 20), np.full(30, 150)]
    second = np.r_[np.full(30, 150), np.full(30, 20)]
    lanes = [Lane(0, first), Lane(0, second)]
    blank = np.zeros(60, np.bool_)
    assert best_path(60, lanes, blank) == [(0, 0, 30), (1, 30, 60)]
    assert best_path(60, [Lane(0, np.full(60, 330))], blank) == []
    first[10:12] = 330  # two frames of a flash tear nothing
    assert best_path(60, lanes, blank) == [(0, 0, 30), (1, 30, 60)]


def test_works_in_turn_are_read_a_few_times_however_often_they_are_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A compilation that goes to and fro between works that do not fit in memory together."""
    monkeypatch.setattr("generique.marks.fingerprint.match._FRAMES_HELD", 1)
    works = {name: film(*(shot(seed, 50) for seed in seeds)) for name, seeds in SEEDS.items()}
    query = film(*(works[name].packed[50 * n : 50 * n + 50] for n in range(5) for name in works))
    read: list[str] = []

    def reading(name: str) -> Signatures:
        read.append(name)
        return works[name]

    found = match(query, Library(works.items()), reading)
    assert [(run.work, run.start) for run in found] == [
        (name, 50 * (2 * n + place)) for n in range(5) for place, name in enumerate(works)
    ]
    # Once by work for each of four questions, and three times along the course.
    assert len(read) <= 3 * len(found) + 5 * len(works)


@pytest.mark.parametrize(("seed", "handling"), [(41, 0.002), (51, 0.0), (61, 0.0)])
def test_the_track_that_leads_to_a_still_picture_goes_on_through_it(
    seed: int, handling: float
) -> None:
    """A roll of credits that comes to rest fits many moments; time goes on as it came."""
    moving = shot(seed, 250)
    work = film(moving, np.repeat(moving[-1:], 240, axis=0))
    query = handled(film(shot(42, 60), work.packed), handling)
    found = match(query, Library([("roll", work)]), {"roll": work}.__getitem__)
    longest = max(found, key=lambda run: run.end - run.start)
    assert (longest.start, longest.end, longest.at, longest.pace) == (60, len(query), 0, 1.0)
