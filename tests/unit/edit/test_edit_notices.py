from __future__ import annotations

import pytest

from generique.edit.notices import AIR_SECONDS, APART_SECONDS, place_notices
from generique.model.element import Easing
from generique.model.errors import UsageError
from generique.model.shot import Transition
from generique.model.time import Rate
from generique.model.timing import LineTiming, MusicGrid, ShotTiming, TimingPlan


def plan(
    *lines: tuple[float, float], beats: tuple[float, ...] = (), frames: int = 480
) -> TimingPlan:
    return TimingPlan(
        rate=Rate(numerator=24),
        frames=frames,
        credits_start=288,
        fade_out=12,
        shots=(
            ShotTiming(
                shot="1-1",
                start=0,
                frames=288,
                head=0,
                tail=0,
                overlap=0,
                transition=Transition.CUT,
                easing=Easing.LINEAR,
                tension=0.5,
            ),
        ),
        lines=tuple(
            LineTiming(line=f"1-L{number}", language="en", start=start, seconds=seconds)
            for number, (start, seconds) in enumerate(lines, 1)
        ),
        music=MusicGrid(bpm=60, beats=beats, tension=(0.5,) * len(beats)),
    )


def start(laid: TimingPlan, seconds: float = 1.0) -> float:
    (notice,) = place_notices(laid, {"en": seconds}).notices
    assert (notice.line, notice.language, notice.seconds) == ("notice", "en", seconds)
    return notice.start


def test_it_comes_before_the_first_line_where_there_is_room_as_late_as_a_beat_allows() -> None:
    assert start(plan((4.0, 1.0))) == pytest.approx(4.0 - APART_SECONDS - 1.0)
    assert start(plan((4.0, 1.0), beats=(0.0, 1.0, 2.0, 3.0))) == 2.0


def test_else_it_takes_the_first_pause_that_holds_it() -> None:
    tight = plan((1.0, 2.0), (4.0, 1.0), (8.0, 1.0))
    assert start(tight) == pytest.approx(5.0 + APART_SECONDS)
    on_beat = plan((1.0, 2.0), (4.0, 1.0), (8.0, 1.0), beats=(5.0, 6.0, 7.0))
    assert start(on_beat) == 6.0
    assert start(plan((1.0, 8.0))) == pytest.approx(9.0 + APART_SECONDS)


def test_where_no_pause_holds_it_the_credits_do_or_nothing() -> None:
    assert start(plan((1.0, 10.8))) == 13.0
    with pytest.raises(UsageError, match="fits nowhere"):
        start(plan((1.0, 10.8), frames=300))


def test_nothing_else_moves_and_a_language_without_lines_says_nothing() -> None:
    laid = plan((4.0, 1.0))
    announced = place_notices(laid, {"en": 1.0, "fr": 1.0})
    assert [notice.language for notice in announced.notices] == ["en"]
    assert announced.model_copy(update={"notices": ()}) == laid


def test_it_keeps_its_distance_from_every_line() -> None:
    for first in (1.0, 1.5, 1.7, 3.0):
        laid = plan((first, 1.0), (first + 2.5, 1.0), beats=tuple(n / 2 for n in range(20)))
        at = start(laid, 0.8)
        assert at >= AIR_SECONDS
        for line in laid.lines:
            apart = max(at - (line.start + line.seconds), line.start - (at + 0.8))
            assert apart >= APART_SECONDS - 1e-9
