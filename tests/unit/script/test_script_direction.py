from __future__ import annotations

import pytest

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import Framing, MediaUse, Transition
from generique.script.direction import (
    ClassDirection,
    Direction,
    EffectDirection,
    MediaDirection,
    MusicDirection,
    ShotDirection,
    SoundDirection,
    TransitionDirection,
    read_direction,
)


def read(text: str) -> Direction | None:
    return read_direction(text, where="a.fountain:7")


@pytest.mark.parametrize(
    ("text", "prompt", "seconds", "free"),
    [
        ("shot: night aerial, light snow, ~6 s", "night aerial, light snow", "6", True),
        ("shot: night aerial 6 s", "night aerial", "6", False),
        ("Shot : night aerial, 6.5 s", "night aerial", "6.5", False),
        ("shot: night aerial, 6,5 s", "night aerial", "6.5", False),
        ("shot: night aerial about 6 s", "night aerial", "6", True),
        ("shot: night aerial for about 6 seconds.", "night aerial", "6", True),
        ("shot: night aerial ~6s", "night aerial", "6", True),
        ("shot: night aerial", "night aerial", None, True),
        ("shot: a car passes 3 houses", "a car passes 3 houses", None, True),
        ("shot: MIG29 s", "MIG29 s", None, True),
    ],
)
def test_shots(*, text: str, prompt: str, seconds: str | None, free: bool) -> None:
    assert read(text) == ShotDirection(prompt=prompt, seconds=seconds, free=free)


@pytest.mark.parametrize(
    ("text", "file", "start", "seconds", "free"),
    [
        ("finch.mp4 00:00:02+5", "finch.mp4", "2", "5", False),
        ("finch.mp4 00:00:02.5+~5.25 s", "finch.mp4", "2.5", "5.25", True),
        ("a/b c.mp4 01:02:03", "a/b c.mp4", "3723", None, True),
        ("finch.mp4 1:30 + 4", "finch.mp4", "90", "4", False),
        ("finch.mp4 2.50+4", "finch.mp4", "2.5", "4", False),
        ("finch.mp4", "finch.mp4", "0", None, True),
        ("été 2.mp4", "été 2.mp4", "0", None, True),
    ],
)
def test_media(*, text: str, file: str, start: str, seconds: str | None, free: bool) -> None:
    use = MediaUse(file=file, start=start, seconds=seconds)
    assert read(f"media: {text}") == MediaDirection(use=use, free=free)
    assert read(f"sound: {text}") == SoundDirection(use=use)


def test_framing() -> None:
    framing = Framing(left=0.25, top=0, width=0.5)
    for text, seconds in (("2+5", "5"), ("2", None)):
        direction = read(f"media: finch.mp4 {text}, framed .25 0 0.50")
        assert isinstance(direction, MediaDirection)
        assert direction.use == MediaUse(
            file="finch.mp4", start="2", seconds=seconds, framing=framing
        )


@pytest.mark.parametrize("shares", ["", "0.1 0.2", "0.1 0.2 x", "0.5 0 0.6", "0 0 0", "-1 0 1"])
def test_framing_stays_in_the_picture(shares: str) -> None:
    with pytest.raises(UnreadableInput, match="framing") as caught:
        read(f"media: finch.mp4 2, framed {shares}")
    assert "LEFT TOP WIDTH" in str(caught.value.next_step)
    with pytest.raises(UnreadableInput):
        read(f"sound: birds.wav 2, framed {shares}")


def test_a_sound_is_not_framed() -> None:
    with pytest.raises(UnreadableInput, match="cannot be framed"):
        read("sound: birds.wav 2, framed 0 0 1")


def test_words() -> None:
    assert read("sfx: car passing,\nleft to right") == EffectDirection(
        text="car passing, left to right"
    )
    assert read("class: Reconstruction") == ClassDirection(
        element_class=ElementClass.RECONSTRUCTION
    )
    assert read("transition: fade in") == TransitionDirection(transition=Transition.FADE_IN)
    assert read("music: sparse piano") == MusicDirection(text="sparse piano")


@pytest.mark.parametrize(
    "text", ["", "a plain remark", "see also: this", "https://example.org", "12:30 call", ": x"]
)
def test_ordinary_notes(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("shoot: a street", "shot"),
        ("meda: a.mp4", "media"),
        ("TODO: fix", "colon"),
        ("clss: authentic", "class"),
        ("class: syntetic", "synthetic"),
        ("transition: wipe", "transition"),
        ("shot:", "aerial"),
        ("shot: ~6 s", "aerial"),
        ("shot: aerial 0 s", "above 0"),
        ("shot: aerial 99999 s", "3600"),
        ("shot: aerial ~six", "6 s"),
        ("media: finch", "HH:MM:SS"),
        ("media: finch.mp4 00:00:75+5", "HH:MM:SS"),
        ("media: finch.mp4 00:00:02:12", "HH:MM:SS"),
        ("media: finch.mp4 00:00:02+0", "HH:MM:SS"),
        ("media: finch.mp4 00:00:02+five", "HH:MM:SS"),
        ("sfx:  ", "car passing"),
    ],
)
def test_refused_with_a_next_step(text: str, part: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(text)
    assert caught.value.where == "a.fountain:7"
    assert part in str(caught.value.next_step)


def test_unknown_direction_names_the_known() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read("shoot: a street")
    for word in ("shot", "media", "sound", "sfx", "class", "transition", "music"):
        assert f"{word}:" in str(caught.value.why)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd.mp4",
        "../a.mp4",
        "a/../../b.mp4",
        "C:/a.mp4",
        "c:a.mp4",
        "a\\b.mp4",
        "..\\b.mp4",
        "a\0.mp4",
        "~/a.mp4",
        "a//b.mp4",
        "./a.mp4",
        "http://x/a.mp4",
        "a/ ../b.mp4",
        "a\u007f.mp4",
    ],
)
def test_paths_stay_in_the_media_folder(path: str) -> None:
    for word in ("media", "sound"):
        with pytest.raises(UnreadableInput):
            read(f"{word}: {path} 00:00:01+2")
