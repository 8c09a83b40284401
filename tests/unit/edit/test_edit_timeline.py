from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import opentimelineio as otio
import pytest
from edit_films import RATE, grid, lengths, need, shot, shots, sources_for

from generique.edit.segments import read_segments
from generique.edit.sources import SoundSource, TimelineNote
from generique.edit.spotting import lay_out
from generique.edit.timeline import KEY, build_timeline, read_timeline, write_timeline
from generique.model.element import Stem
from generique.model.errors import Refused, UnreadableInput
from generique.model.shot import Transition
from generique.model.timing import TimingPlan
from generique.model.values import digest_of


def plan() -> TimingPlan:
    film = shots(
        shot("a", "6", transition=Transition.FADE_IN, lines=("l1",)),
        shot("b", "5", transition=Transition.DISSOLVE),
        shot("c", "5", free=False, media=True),
    )
    return lay_out(film, need(*lengths(en_l1=2, fr_l1=2)), grid())


def timeline() -> otio.schema.Timeline:
    sound = SoundSource(
        stem=Stem.DIALOGUE,
        language="fr",
        name="dx.fr.wav",
        url="stems/dx.fr.wav",
        samples=48000 * 30,
        sample_rate=48000,
        digest=digest_of(b"dx"),
    )
    note = TimelineNote(kind="label", name="Label", text="GENERATED IMAGES", start=0, end=96)
    return build_timeline(plan(), sources_for(plan(), "c"), (sound,), (note,), title="Dawn")


def clips(built: otio.schema.Timeline) -> list[otio.schema.Clip]:
    return list(built.find_clips(search_range=None))


def test_the_timeline_states_tracks_markers_and_digests() -> None:
    built = timeline()
    assert [track.name for track in built.tracks] == ["V1", "DX fr"]
    assert built.global_start_time.to_timecode() == "01:00:00:00"
    assert [marker.name for marker in built.tracks.markers] == ["l1 (en)", "l1 (fr)", "Label"]
    document = json.loads(write_timeline(built))
    assert document["OTIO_SCHEMA"] == "Timeline.1"
    facts = clips(built)[2].media_reference.metadata[KEY]
    assert facts["digest"] == digest_of(b"c")
    assert facts["speed"] == "24/25"


def test_writing_is_repeatable() -> None:
    assert write_timeline(timeline()) == write_timeline(timeline())


def test_a_dissolve_lies_around_the_cut_and_stays_inside_the_handles() -> None:
    built = timeline()
    children = list(built.tracks[0])
    assert isinstance(children[0], otio.schema.Transition)
    dissolve = children[2]
    assert (dissolve.in_offset.value, dissolve.out_offset.value) == (6, 6)
    shown = built.tracks[0].trimmed_range_of_child(children[3])
    assert shown.start_time.value == plan().shots[1].start + 6


def test_media_of_25_frames_a_second_are_shown_frame_for_frame() -> None:
    segment = read_segments(timeline())[2]
    assert segment.step == 1
    assert segment.speed == Fraction(24, 25)
    assert segment.source_in == 50
    assert segment.source_frames == segment.frames == 120


def test_the_film_ends_in_black_for_the_credits() -> None:
    segments = read_segments(timeline(), sources_for(plan(), "c"))
    assert segments[-1].shot is None
    assert segments[-1].overlap == 36  # the last picture fades to black
    assert segments[-1].end == plan().frames
    assert segments[0].fade_in == 24


def test_a_trim_by_a_person_is_read_as_it_stands() -> None:
    built = timeline()
    clip = clips(built)[1]
    clip.source_range = otio.opentime.TimeRange(
        clip.source_range.start_time + otio.opentime.RationalTime(4, 24),
        clip.source_range.duration - otio.opentime.RationalTime(10, 24),
    )
    before, after = read_segments(timeline())[1], read_segments(built)[1]
    assert after.source_in == before.source_in + 4
    assert after.frames == before.frames - 10


@pytest.mark.parametrize("index", [0, 2])
def test_a_retimed_clip_is_refused(index: int) -> None:
    built = timeline()
    clips(built)[index].effects.append(otio.schema.LinearTimeWarp(time_scalar=0.5))
    with pytest.raises(Refused, match="re-timed"):
        read_segments(built)


def test_a_removed_speed_is_refused_too() -> None:
    built = timeline()
    del clips(built)[2].effects[:]
    with pytest.raises(Refused, match="re-timed"):
        read_segments(built)


@pytest.mark.parametrize("key", ["digest", "essence", "speed", "source"])
def test_a_medium_that_was_not_chosen_is_refused(key: str) -> None:
    built = timeline()
    clips(built)[0].media_reference.metadata[KEY][key] = "2"
    with pytest.raises(Refused):
        read_segments(built, sources_for(plan(), "c"))


def at(frame: float, length: float) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(frame, 24), otio.opentime.RationalTime(length, 24)
    )


def forget(thing: Any) -> None:
    del thing.metadata[KEY]


DAMAGE: dict[str, Callable[[Any, Any], object]] = {
    "another effect": lambda _, clip: clip.effects.append(otio.schema.FreezeFrame()),
    "no medium": lambda _, clip: setattr(clip, "media_reference", otio.schema.MissingReference()),
    "no metadata": lambda _, clip: forget(clip.media_reference),
    "outside its medium": lambda _, clip: setattr(clip, "source_range", at(100, 144)),
    "half a frame": lambda _, clip: setattr(clip, "source_range", at(12, 20.5)),
    "a wipe": lambda film, _: setattr(film.tracks[0][2], "transition_type", "SMPTE_Wipe"),
    "a nested stack": lambda film, _: film.tracks[0].append(otio.schema.Stack()),
    "two pictures": lambda film, _: film.tracks.append(otio.schema.Track(kind="Video")),
    "dissolves that meet": lambda film, _: setattr(
        film.tracks[0][2], "in_offset", otio.opentime.RationalTime(130, 24)
    ),
    "no schema": lambda film, _: forget(film),
    "an end in a dissolve": lambda film, _: film.tracks[0].append(otio.schema.Transition()),
    "nothing": lambda film, _: film.tracks[0].clear(),
    "a fade of a word": lambda _, clip: clip.metadata[KEY].update(fade_in="long"),
}


@pytest.mark.parametrize("what", sorted(DAMAGE))
def test_what_cannot_be_conformed_is_refused_by_name(what: str) -> None:
    built = timeline()
    DAMAGE[what](built, clips(built)[1])
    with pytest.raises(UnreadableInput) as caught:
        read_segments(built)
    assert caught.value.why
    assert caught.value.next_step


@pytest.mark.parametrize(
    "text", ["", "{", '{"OTIO_SCHEMA": "Clip.2"}', "[]", '{"OTIO_SCHEMA": "Nonsense.1"}']
)
def test_other_files_are_not_timelines(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_timeline(text, where="cut.otio")
    assert caught.value.where == "cut.otio"


def test_a_shot_without_a_picture_or_with_a_short_one_is_named() -> None:
    sources = sources_for(plan(), "c")
    with pytest.raises(UnreadableInput, match="shot c has no picture"):
        build_timeline(plan(), sources[:2], title="Dawn")
    short = sources[0].model_copy(update={"frames": 20})
    with pytest.raises(UnreadableInput, match="too short"):
        build_timeline(plan(), (short, *sources[1:]), title="Dawn")


def test_a_fade_in_after_a_cut_is_kept() -> None:
    film = shots(shot("a", "4"), shot("b", "4", transition=Transition.FADE_IN))
    laid = lay_out(film, need(), grid())
    segments = read_segments(build_timeline(laid, sources_for(laid), title="Dawn"))
    assert [segment.fade_in for segment in segments] == [0, 24, 0]
    assert segments[1].overlap == 0
    assert RATE.frames(1) == 24
