"""Laws of spotting and of the timeline, over films that Hypothesis makes up."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from generique.edit.cutting import TOLERANCE
from generique.edit.rhythm import cut_frames
from generique.edit.segments import read_segments
from generique.edit.slots import LineLength
from generique.edit.sources import Source
from generique.edit.spotting import SpottingNeed, lay_out
from generique.edit.timeline import build_timeline, read_timeline, write_timeline
from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import Line, Shot, ShotList, Transition
from generique.model.time import Rate
from generique.model.timing import MusicGrid, TimingPlan
from generique.model.values import digest_of

RATES = (Rate(numerator=24), Rate(numerator=25), Rate(numerator=24000, denominator=1001))


@st.composite
def shot_lists(draw: st.DrawFn) -> ShotList:
    shots = []
    for index in range(draw(st.integers(1, 6))):
        exact = draw(st.booleans())
        seconds = draw(st.decimals(2, 12, places=2)) if exact or draw(st.booleans()) else None
        shots.append(
            Shot(
                id=f"s{index}",
                scene="1",
                heading="EXT. SUBURB",
                element_class=draw(st.sampled_from(ElementClass)),
                prompt="night aerial",
                seconds=None if seconds is None else str(seconds),
                free=not exact,
                transition=draw(st.sampled_from(Transition)),
                lines=tuple(
                    Line(id=f"{index}-{count}", character="NARRATOR", text="Words.")
                    for count in range(draw(st.integers(0, 2)))
                ),
                fragment=digest_of(str(index).encode()),
            )
        )
    return ShotList(title="Film", language="en", shots=tuple(shots))


@st.composite
def grids(draw: st.DrawFn) -> MusicGrid:
    """Uneven beats, never more than a second apart, longer than any film made here."""
    gaps = draw(st.lists(st.floats(0.3, 1.0), min_size=4, max_size=8))
    beats = [draw(st.floats(0.0, 0.9))]
    while beats[-1] < 150:
        beats.append(beats[-1] + gaps[len(beats) % len(gaps)])
    levels = draw(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5))
    tension = tuple(levels[index * len(levels) // len(beats)] for index in range(len(beats)))
    return MusicGrid(bpm=100, beats=tuple(beats), tension=tension)


@st.composite
def plans(draw: st.DrawFn) -> tuple[ShotList, SpottingNeed, TimingPlan]:
    shots, rate = draw(shot_lists()), draw(st.sampled_from(RATES))
    lengths = tuple(
        LineLength(line=line.id, language=code, seconds=draw(st.floats(0.3, 3.0)))
        for shot in shots.shots
        for line in shot.lines
        for code in ("en", "fr")
    )
    need = SpottingNeed(rate=rate, languages=("en", "fr"), lines=lengths, credits_seconds=6.0)
    try:
        return shots, need, lay_out(shots, need, draw(grids()))
    except UnreadableInput:
        assume(condition=False)
        raise


@given(plans())
def test_shots_tile_the_film_without_gaps(film: tuple[ShotList, SpottingNeed, TimingPlan]) -> None:
    _, need, plan = film
    end = 0
    for timing in plan.shots:
        assert timing.start == end - timing.overlap
        end = timing.start + timing.frames
    assert 0 <= plan.credits_start - end <= 2 * need.rate.fps + 1
    assert plan.frames == plan.credits_start + need.rate.frames(need.credits_seconds)
    shared = sum(timing.overlap for timing in plan.shots)
    assert end == sum(timing.frames for timing in plan.shots) - shared


@given(plans())
def test_exact_shots_are_exact_and_free_cuts_fall_on_beats(
    film: tuple[ShotList, SpottingNeed, TimingPlan],
) -> None:
    shots, need, plan = film
    for shot, timing, cut in zip(shots.shots, plan.shots, cut_frames(plan), strict=True):
        if not shot.free:
            assert timing.frames == need.rate.frames(Fraction(shot.seconds or "0"))
            continue
        gap = min(abs(cut - need.rate.frames(beat)) for beat in plan.music.beats)
        assert gap <= TOLERANCE


@given(plans())
def test_every_line_lies_in_its_shot_with_air(
    film: tuple[ShotList, SpottingNeed, TimingPlan],
) -> None:
    shots, need, plan = film
    fps = float(need.rate.fps)
    heard = {(line.line, line.language): line for line in plan.lines}
    for shot, timing in zip(shots.shots, plan.shots, strict=True):
        end = timing.start / fps
        for line in shot.lines:
            starts = {heard[line.id, code].start for code in ("en", "fr")}
            assert len(starts) == 1
            pause = 0.5 if line is shot.lines[0] else 0.4
            assert min(starts) >= end + pause - 1e-6
            end = max(heard[line.id, c].start + heard[line.id, c].seconds for c in ("en", "fr"))
        if shot.lines:
            assert end + 0.6 <= (timing.start + timing.frames) / fps + 1e-6


@given(plans(), st.data())
def test_what_is_written_to_a_timeline_is_read_back(
    film: tuple[ShotList, SpottingNeed, TimingPlan], data: st.DataObject
) -> None:
    _, need, plan = film
    media = {timing.shot for timing in plan.shots if data.draw(st.booleans())}
    sources = tuple(
        Source(
            shot=timing.shot,
            id=f"{timing.shot}.t1",
            name=f"{timing.shot}.mp4",
            url=f"takes/{timing.shot}.mp4",
            rate=Rate(numerator=25) if timing.shot in media else need.rate,
            frames=timing.generated_frames + 20,
            source_in=timing.head,
            speed=need.rate.fps / 25 if timing.shot in media else Fraction(1),
            digest=digest_of(timing.shot.encode()),
            essence=digest_of(b"essence"),
        )
        for timing in plan.shots
    )
    text = write_timeline(build_timeline(plan, sources, title="Film"))
    segments = read_segments(read_timeline(text, where="film.otio"), sources)
    assert segments[-1].end == plan.frames
    for timing, source, segment in zip(plan.shots, sources, segments, strict=False):
        assert (segment.shot, segment.start, segment.frames, segment.overlap) == (
            timing.shot,
            timing.start,
            timing.frames,
            timing.overlap,
        )
        assert (segment.source, segment.source_in) == (source.id, timing.head)
        assert segment.step == 1
        assert segment.digest == source.digest
        assert (segment.fade_in > 0) == (timing.transition is Transition.FADE_IN)
