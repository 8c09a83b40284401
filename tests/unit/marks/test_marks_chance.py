"""How likely chance is to give a run: what is counted as a look, and how the tail is measured."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generique.marks.fingerprint.chance import LARGEST_BOUND, USUAL, Tail, chance
from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.match import match
from generique.marks.fingerprint.signature import Signatures, pack

ALIKE = 36
"""Numbers behind pictures that have much in common: accidents are frequent among so few."""


def packed(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    return pack(((values > -0.43).astype(np.uint8) + (values > 0.43)).astype(np.uint8))


def shot(seed: int, frames: int, turn: float) -> NDArray[np.uint8]:
    """Signatures of a picture that turns by an angle into another."""
    ends = np.random.default_rng(seed).standard_normal((2, 380))
    angle = np.linspace(0, turn, frames)[:, None]
    return packed(np.cos(angle) * ends[0] + np.sin(angle) * ends[1])


def film(signatures: NDArray[np.uint8]) -> Signatures:
    plain = np.full(len(signatures), 60, np.uint8)
    return Signatures(signatures, plain, plain, Fraction(25))


def test_a_still_shot_is_one_look_however_long_it_is() -> None:
    short, long = shot(1, 5, 0.0), shot(1, 500, 0.0)
    assert chance(short, short, 140, 1e5) == pytest.approx(chance(long, long, 140, 1e5))


def test_what_moves_on_both_sides_is_more_than_one_look() -> None:
    still, moving, far = shot(1, 60, 0.0), shot(1, 60, 1.5), shot(2, 60, 1.5)
    once = chance(still, still, 200, 1.0)
    assert chance(moving, far, 200, 1.0) < once / 20
    # One side that stands still would agree with the other by one accident.
    assert chance(moving, still, 200, 1.0) == pytest.approx(once)


def test_two_unlike_shots_are_two_looks() -> None:
    one, two = (np.concatenate([shot(a, 40, 0.0), shot(a + 1, 40, 0.0)]) for a in (3, 7))
    single = chance(one[:40], two[:40], 250, 1.0)
    both = chance(one, two, 250, 1.0)
    assert single**2.2 < both < single**1.6


@given(st.floats(0, 760), st.floats(0, 760), st.floats(1, 1e9))
def test_a_bound_is_a_probability_that_falls_with_the_distance(
    far: float, other: float, places: float
) -> None:
    still = shot(1, 5, 0.0)
    near, distant = sorted((far, other))
    low, high = chance(still, still, near, places), chance(still, still, distant, places)
    assert 0 <= low <= high <= 1


@given(st.integers(0, 2**32 - 1), st.floats(31, 60))
def test_the_deviation_of_a_normal_tail_is_measured(seed: int, deviation: float) -> None:
    drawn = np.random.default_rng(seed).normal(330, deviation, 20_000)
    tail = Tail.measured(np.clip(drawn, 0, 760).astype(np.int64))
    assert tail.mean == pytest.approx(330, abs=3)
    assert 0.9 * deviation < tail.deviation < 1.35 * deviation


def test_a_mixture_is_believed_no_more_than_its_heaviest_tail() -> None:
    """Four fifths of a library are strangers; a fifth resembles the file."""
    chances = np.random.default_rng(5)
    mixed = np.r_[chances.normal(338, 18, 24_000), chances.normal(342, 50, 6000)]
    assert Tail.measured(mixed.astype(np.int64)).deviation > USUAL.deviation + 5


def test_few_or_quiet_pictures_measure_no_lighter_tail_than_the_usual() -> None:
    assert Tail.measured(np.array([300, 340, 10])) == USUAL
    quiet = np.random.default_rng(3).normal(340, 5, 5000).astype(np.int64)
    assert Tail.measured(quiet).deviation == USUAL.deviation


def test_strangers_are_of_other_works_and_do_not_resemble_what_was_found() -> None:
    copied = shot(1, 25, 0.0)
    works = {
        "own": film(np.concatenate([copied, shot(2, 25, 0.0)])),
        "copy": film(copied),
        "other": film(shot(3, 25, 0.0)),
    }
    library = Library(works.items())
    far = library.strangers(copied[0], copied[0], "own")
    assert len(far) == 1
    assert far[0] > 230
    assert len(library.strangers(copied[0], copied[0], "unheard of")) == 2


def test_a_stranger_that_resembles_a_shot_throughout_is_not_named() -> None:
    """Pictures made of few numbers come near each other by accident, for as long as a shot lasts.

    A copy after hard handling, as far off as the stranger is allowed to be, is told from it only by
    the pictures that are not its: the library shows how near those come.
    """
    chances = np.random.default_rng(0)
    loads = chances.standard_normal((ALIKE, 380)) / np.sqrt(ALIKE)
    pictures = chances.standard_normal((20_000, ALIKE))
    library_packed = packed(pictures @ loads)
    seen = chances.standard_normal(ALIKE)
    stranger = 0.76 * pictures[77] + np.sqrt(1 - 0.76**2) * seen
    works = {f"work-{n}": film(library_packed[n::4]) for n in range(4)}
    library = Library(works.items())
    query = film(np.repeat(packed((stranger @ loads)[None]), 60, axis=0))
    held = film(np.repeat(library_packed[77:78], 60, axis=0))
    with_it = {**works, "held": held}
    assert match(query, Library(with_it.items()), with_it.__getitem__) == ()
    assert library.strangers(query.packed[0], held.packed[0], "held").min() < 240
    copy = film(noisy(held.packed, 0.06))
    found = match(copy, Library(with_it.items()), with_it.__getitem__)
    assert "held" in {run.work for run in found}
    assert all(run.bound <= LARGEST_BOUND for run in found)


def noisy(signatures: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    flips = np.random.default_rng(9).random((len(signatures), 760)) < share
    return signatures ^ np.pad(np.packbits(flips, axis=1), ((0, 0), (0, 1)))


def test_a_shot_that_goes_on_from_a_sure_one_needs_less_than_one_on_its_own() -> None:
    work = film(np.concatenate([shot(11, 60, 0.2), shot(12, 60, 0.0)]))
    library, read = Library([("work", work)]), {"work": work}.__getitem__
    rough = work.packed[60:] ^ (noisy(work.packed[60:61], 0.2) ^ work.packed[60:61])
    alone = match(film(rough), library, read, beginnings=10**7)
    assert alone == ()
    whole = film(np.concatenate([work.packed[:60], rough]))
    found = match(whole, library, read, beginnings=10**7)
    assert [(run.start, run.end, run.at) for run in found] == [(0, 60, 0), (60, 120, 60)]
