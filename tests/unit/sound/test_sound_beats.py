"""The grid is exact and the arc goes where its sections fall."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.model.errors import UsageError
from generique.sound.beats import (
    QUIET_ARC,
    Section,
    SectionKind,
    beat_grid,
    tension_at,
    tension_curve,
)

SECTIONS = st.lists(
    st.builds(Section, kind=st.sampled_from(SectionKind), share=st.floats(0.01, 10)), min_size=1
).map(tuple)


@given(st.floats(20, 300), st.floats(0, 600), st.floats(0, 20))
def test_beats_lie_on_the_grid_and_fill_the_length(bpm: float, length: float, first: float) -> None:
    beats = beat_grid(bpm, length, first=first)
    for number, beat in enumerate(beats):
        assert beat == pytest.approx(first + number * 60 / bpm, abs=1e-9)
        assert beat < length
    if first < length - 1e-6:
        assert length - beats[-1] <= 60 / bpm + 1e-6


def test_a_minute_at_sixty_has_sixty_beats() -> None:
    assert beat_grid(60, 60) == tuple(float(second) for second in range(60))


@pytest.mark.parametrize(
    ("bpm", "length", "first"),
    [(0, 1, 0), (19.9, 1, 0), (301, 1, 0), (60, -1, 0), (60, float("nan"), 0), (60, 1, -0.1)],
)
def test_impossible_grids_are_refused(bpm: float, length: float, first: float) -> None:
    with pytest.raises(UsageError):
        beat_grid(bpm, length, first=first)


@given(st.integers(0, 400), SECTIONS)
def test_tension_stays_in_range_and_has_no_jump(beats: int, shape: tuple[Section, ...]) -> None:
    curve = tension_curve(beats, shape)
    assert len(curve) == beats
    assert all(0 <= value <= 1 for value in curve)


def test_the_quiet_arc_is_calm_then_rises_then_releases() -> None:
    curve = tension_curve(101, QUIET_ARC)
    assert max(curve[:25]) <= 0.2 + 1e-9
    rise = curve[26:65]
    assert all(later >= earlier for earlier, later in pairwise(rise))
    assert max(curve) == pytest.approx(1.0)
    assert 65 <= curve.index(max(curve)) <= 76
    assert curve[-1] == pytest.approx(0.05)


def test_the_climax_falls_where_its_section_falls() -> None:
    early = (
        Section(kind=SectionKind.RISE, share=1),
        Section(kind=SectionKind.CLIMAX, share=1),
        Section(kind=SectionKind.RELEASE, share=8),
    )
    curve = tension_curve(100, early)
    assert curve.index(max(curve)) in range(18, 22)


def test_tension_between_beats_is_linear_and_held_outside() -> None:
    beats, tension = (1.0, 2.0, 3.0), (0.0, 1.0, 0.5)
    assert tension_at(0, beats, tension) == 0
    assert tension_at(1.25, beats, tension) == pytest.approx(0.25)
    assert tension_at(9, beats, tension) == pytest.approx(0.5)
    with pytest.raises(UsageError):
        tension_at(0, beats, (0.0,))
    with pytest.raises(UsageError):
        tension_curve(4, ())
