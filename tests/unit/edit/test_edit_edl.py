from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from edit_films import RATE, grid, need, shot, shots, sources_for
from hypothesis import given
from hypothesis import strategies as st

from generique.edit.edl import reel_names, to_ascii, write_edl
from generique.edit.segments import read_segments
from generique.edit.sources import Segment
from generique.edit.spotting import lay_out
from generique.edit.timeline import build_timeline
from generique.model.errors import UnreadableInput
from generique.model.shot import Transition

_EVENT = re.compile(
    r"(\d{3})  (\S{1,8}) +V +(C|D) +(?:(\d{3}) )?"
    r"(\S{11}) (\S{11}) (\S{11}) (\S{11})"
)


@dataclass(frozen=True)
class Event:
    number: int
    reel: str
    dissolve: int
    source: tuple[int, int]
    record: tuple[int, int]


def frames(timecode: str) -> int:
    hours, minutes, seconds, frame = map(int, timecode.split(":"))
    return ((hours * 60 + minutes) * 60 + seconds) * 24 + frame


def parse(text: str) -> list[Event]:
    """Read the list strictly: every line is an event, M2, a comment or part of the head."""
    lines = text.split("\r\n")
    assert lines[0].startswith("TITLE: ")
    assert lines[1] == "FCM: NON-DROP FRAME"
    events = []
    for line in lines[3:-1]:
        match = _EVENT.fullmatch(line)
        if not match:
            assert line.startswith(("* ", "M2   ")), line
            continue
        number, reel, _, length, *codes = match.groups()
        one, two, three, four = map(frames, codes)
        events.append(Event(int(number), reel, int(length or 0), (one, two), (three, four)))
    assert lines[-1] == ""
    return events


def film() -> tuple[Segment, ...]:
    plan = lay_out(
        shots(
            shot("a", "6", transition=Transition.FADE_IN),
            shot("b", "5", transition=Transition.DISSOLVE),
            shot("c", "5", free=False, media=True),
        ),
        need(),
        grid(),
    )
    return read_segments(build_timeline(plan, sources_for(plan, "c"), title="Dawn"))


def test_the_list_read_back_has_the_same_record_times() -> None:
    segments = film()
    text = write_edl("L'Été à l'aube", segments, RATE)
    assert text.isascii()
    assert "\n" not in text.replace("\r\n", "")
    events = parse(text)
    taking = [event for event in events if event.record[0] < event.record[1]]
    assert [event.number for event in taking] == [1, 2, 3, 4]
    starts = [segment.start + 86400 for segment in segments]
    assert [event.record[0] for event in taking] == starts
    ends = [*starts[1:], segments[-1].end + 86400]
    assert [event.record[1] for event in taking] == ends
    assert [event.dissolve for event in taking] == [24, 12, 0, 36]
    black = taking[-1]
    assert black.source[1] - black.source[0] == black.record[1] - black.record[0]
    assert taking[0].source == (12, 12 + segments[1].start)


def test_a_dissolve_leaves_the_reel_where_the_event_before_ended() -> None:
    events = parse(write_edl("Dawn", film(), RATE))
    first, leaving, coming = events[1], events[2], events[3]
    assert (leaving.reel, leaving.number) == (first.reel, coming.number)
    assert leaving.record[0] == leaving.record[1] == first.record[1] == coming.record[0]
    assert leaving.source == (first.source[1], first.source[1])


def test_speed_names_and_files_are_told() -> None:
    text = write_edl("Dawn", film(), RATE)
    assert "M2   FINCH          023.0                00:00:02:00" in text
    assert "* SPEED: 24/25 SOURCE FRAMES: 50-133 AT 25 FPS" in text
    assert "* FROM CLIP NAME: a a.t1" in text
    assert "* SOURCE FILE: takes/a.mp4" in text
    assert "BL" in text


def test_the_record_start_can_be_chosen() -> None:
    events = parse(write_edl("Dawn", film(), RATE, record_start_seconds=0))
    assert events[0].record[0] == 0


def test_more_events_than_the_format_numbers_are_refused() -> None:
    many = tuple(Segment(shot=None, start=index, frames=1) for index in range(1000))
    with pytest.raises(UnreadableInput, match="999"):
        write_edl("Dawn", many, RATE)


def test_accents_are_spelled_without_loss_of_distinctness() -> None:
    assert to_ascii("Œuvre d’été – 鳥") == "OEuvre d'ete - <U+9CE5>"
    reels = reel_names(["Cé", "Cè", "Ce", "鳥", "雪", "finch"])
    assert len(set(reels.values())) == 6
    assert reels["finch"] == "FINCH"


@given(st.sets(st.text(min_size=1, max_size=20), max_size=30))
def test_different_names_get_different_reels(names: set[str]) -> None:
    reels = reel_names(names)
    assert len(set(reels.values())) == len(names)
    assert all(re.fullmatch("[A-Z0-9]{1,8}", reel) for reel in reels.values())
    assert not {"AX", "BL"} & set(reels.values())
