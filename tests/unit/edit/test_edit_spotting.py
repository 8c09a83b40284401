from __future__ import annotations

import pytest
from edit_films import RATE, grid, lengths, need, shot, shots

from generique.edit.cutting import TOLERANCE
from generique.edit.rhythm import cut_frames, rhythm_of
from generique.edit.spotting import MediaRoom, lay_out
from generique.model.element import Easing
from generique.model.errors import UnreadableInput, UsageError
from generique.model.shot import Transition
from generique.model.timing import MusicGrid


def test_an_exact_shot_keeps_its_length_to_the_frame() -> None:
    film = shots(shot("a"), shot("b", "5.5", free=False), shot("c"))
    plan = lay_out(film, need(), grid())
    assert plan.shots[1].frames == 132


def test_a_free_shot_is_cut_on_a_beat_and_the_film_ends_on_one() -> None:
    film = shots(shot("a", "6"), shot("b", "4"), shot("c", "5"))
    plan = lay_out(film, need(), grid())
    assert [shot.beat_offset for shot in plan.shots] == [None, 0, 0]
    assert plan.credits_start % 15 == 0  # 96 bpm at 24 fps: a beat every 15 frames
    assert plan.frames == plan.credits_start + 192
    assert rhythm_of(plan).hit_rate == 1.0


def test_after_an_exact_last_shot_the_credits_wait_for_the_beat() -> None:
    plan = lay_out(shots(shot("a", "5", free=False)), need(), grid())
    assert plan.shots[0].frames == 120
    assert plan.credits_start == 120
    off = lay_out(shots(shot("a", "5.2", free=False)), need(), grid())
    assert (off.shots[0].frames, off.credits_start) == (125, 135)


def test_the_slowest_language_sets_the_length_and_all_share_the_slot() -> None:
    film = shots(shot("a", lines=("l1", "l2")))
    plan = lay_out(film, need(*lengths(en_l1=3, fr_l1=4, en_l2=2, fr_l2=1)), grid())
    starts = {(line.line, line.language): line.start for line in plan.lines}
    assert starts["l1", "en"] == starts["l1", "fr"] >= 0.5
    assert starts["l2", "en"] == starts["l2", "fr"] >= starts["l1", "fr"] + 4.4
    assert starts["l2", "en"] + 2 + 0.6 <= plan.shots[0].frames / 24


def test_lines_that_do_not_fit_are_named_with_the_seconds_too_long() -> None:
    film = shots(shot("a", "5", free=False, lines=("l1", "l2")))
    with pytest.raises(UnreadableInput) as caught:
        lay_out(film, need(*lengths(en_l1=2, fr_l1=2, en_l2=2, fr_l2=2.5)), grid())
    diagnosis = caught.value.diagnosis()
    assert "line l2" in diagnosis
    assert "fr" in str(caught.value.where)
    assert "1.04 s too long" in diagnosis
    assert "shorten the line" in diagnosis


def test_a_line_without_a_length_in_a_language_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="no spoken length in fr"):
        lay_out(shots(shot("a", lines=("l1",))), need(*lengths(en_l1=2)), grid())


def test_dissolves_overlap_and_count_at_their_middle() -> None:
    film = shots(shot("a", "6"), shot("b", "6", transition=Transition.DISSOLVE))
    plan = lay_out(film, need(), grid())
    first, second = plan.shots
    assert second.overlap == 12
    assert second.start == first.frames - 12
    assert abs(second.beat_offset or 0) <= TOLERANCE
    assert cut_frames(plan)[0] == second.start + 6


def test_a_dissolve_into_the_first_shot_is_a_fade_in_and_lines_wait_for_it() -> None:
    film = shots(shot("a", lines=("l1",), transition=Transition.DISSOLVE))
    plan = lay_out(film, need(*lengths(en_l1=2, fr_l1=2)), grid())
    assert plan.shots[0].transition is Transition.FADE_IN
    assert plan.lines[0].start >= 1.0


def test_a_medium_limits_length_and_handles() -> None:
    room = MediaRoom(shot="a", before=5, frames=80)
    plan = lay_out(shots(shot("a", media=True)), need(rooms=(room,)), grid())
    timing = plan.shots[0]
    assert timing.frames <= 80
    assert (timing.head, timing.tail) == (5, min(12, 80 - timing.frames))
    with pytest.raises(UnreadableInput, match="too short"):
        lay_out(shots(shot("a", "4", free=False, media=True)), need(rooms=(room,)), grid())


def test_the_limit_shortens_generated_shots_or_says_what_they_need() -> None:
    film = shots(shot("a", "6"), shot("b", "6"), shot("c", "6", media=True))
    loose = lay_out(film, need(), grid())
    tight = lay_out(film, need(generated_limit=12.0), grid())
    made = sum(timing.generated_frames for timing in tight.shots[:2])
    assert made <= 12 * 24 < sum(timing.generated_frames for timing in loose.shots[:2])
    with pytest.raises(UsageError, match="at least"):
        lay_out(film, need(generated_limit=8.0), grid())


def test_calm_music_gives_longer_shots_than_tense_music() -> None:
    film = shots(*(shot(f"s{index}") for index in range(4)))
    calm = lay_out(film, need(), grid(tension=0.0))
    tense = lay_out(film, need(), grid(tension=1.0))
    assert calm.credits_start > tense.credits_start


def test_a_missed_beat_is_said() -> None:
    sparse = MusicGrid(bpm=60, beats=(0.0, 60.0), tension=(0.0, 1.0))
    plan = lay_out(shots(shot("a", "4"), shot("b", "4")), need(), sparse)
    assert plan.shots[1].beat_offset == plan.shots[1].start


def test_without_music_the_lengths_are_those_of_the_script() -> None:
    plan = lay_out(shots(shot("a", "4"), shot("b", "4")), need(), grid(seconds=0))
    assert [timing.beat_offset for timing in plan.shots] == [None, None]
    assert rhythm_of(plan).hit_rate is None


def test_the_camera_gathers_speed_with_the_tension() -> None:
    rising = MusicGrid(
        bpm=60, beats=tuple(map(float, range(40))), tension=tuple(i / 39 for i in range(40))
    )
    plan = lay_out(shots(shot("a", "12")), need(), rising)
    assert plan.shots[0].easing is Easing.EASE_IN


@pytest.mark.parametrize(
    "bad",
    [
        MusicGrid(bpm=60, beats=(1.0, 0.5), tension=(0.0, 0.0)),
        MusicGrid(bpm=60, beats=(0.5, 1.0), tension=(0.0,)),
    ],
)
def test_a_disordered_grid_is_refused(bad: MusicGrid) -> None:
    with pytest.raises(UnreadableInput, match="music grid"):
        lay_out(shots(shot("a")), need(), bad)


def test_an_empty_list_and_lengths_that_say_nothing_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="empty"):
        lay_out(shots(), need(), grid())
    with pytest.raises(UnreadableInput, match="states none"):
        lay_out(shots(shot("a", free=False)), need(), grid())
    with pytest.raises(UnreadableInput, match="shorter than a frame"):
        lay_out(shots(shot("a", "0")), need(), grid())


def test_laying_out_twice_gives_the_same_plan() -> None:
    film = shots(shot("a"), shot("b", "4.2", free=False), shot("c"))
    assert lay_out(film, need(), grid()) == lay_out(film, need(), grid())
    assert lay_out(film, need(), grid()).rate == RATE
