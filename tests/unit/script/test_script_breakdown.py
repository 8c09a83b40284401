from __future__ import annotations

import pytest

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import Line, MediaUse, Shot, ShotList, Transition
from generique.script.breakdown import begins_with, break_down
from generique.script.fountain import parse_fountain
from generique.script.shotlist import write_shots

SCRIPT = """\
Title: Two scenes

FADE IN:

EXT. SUBURB - NIGHT #10#

[[music: sparse piano]]
[[shot: night aerial over a suburb, ~6 s]]
[[sfx: car passing]]

Snow. [[sfx: dog, far]]

NARRATOR (V.O.)
(quietly)
Four in
the morning.
[[sfx: clock]]
Nobody is up.
(louder)
Except one.

DISSOLVE TO:

INT. AVIARY - DAY

[[media: finch.mp4 00:00:02+5]]
[[transition: cut]]
[[sound: birds.wav 00:00:00+8]]
[[class: altered]]

ÉLISE
Look.
[[shot: empty perch 3 s]]
[[class: reconstruction]]
Gone.

[[transition: dissolve]]
[[shot: sky]]
"""


def broken_down(text: str) -> ShotList:
    return break_down(parse_fountain(text, where="a.fountain"), language="en", title="T")


def values(shot: Shot) -> dict[str, object]:
    return {
        key: getattr(shot, key)
        for key in type(shot).model_fields
        if key not in ("fragment", "heading") and getattr(shot, key) not in (None, ())
    }


def test_a_script_becomes_shots() -> None:
    shots = broken_down(SCRIPT).shots
    assert [shot.heading for shot in shots] == ["EXT. SUBURB - NIGHT"] + ["INT. AVIARY - DAY"] * 3
    assert values(shots[0]) == {
        "id": "10-1",
        "scene": "10",
        "element_class": ElementClass.SYNTHETIC,
        "prompt": "night aerial over a suburb",
        "seconds": "6",
        "free": True,
        "transition": Transition.FADE_IN,
        "effects": ("car passing", "dog, far", "clock"),
        "music": "sparse piano",
        "lines": (
            Line(
                id="10-L1",
                character="NARRATOR",
                extensions=("V.O.",),
                parenthetical="quietly",
                text="Four in the morning. Nobody is up.",
            ),
            Line(
                id="10-L2",
                character="NARRATOR",
                extensions=("V.O.",),
                parenthetical="louder",
                text="Except one.",
            ),
        ),
    }
    assert values(shots[1]) == {
        "id": "2-1",
        "scene": "2",
        "element_class": ElementClass.ALTERED,
        "media": MediaUse(file="finch.mp4", start="2", seconds="5"),
        "seconds": "5",
        "free": False,
        "transition": Transition.CUT,
        "sounds": (MediaUse(file="birds.wav", start="0", seconds="8"),),
        "lines": (Line(id="2-L1", character="ÉLISE", text="Look."),),
    }
    assert values(shots[2]) == {
        "id": "2-2",
        "scene": "2",
        "element_class": ElementClass.RECONSTRUCTION,
        "prompt": "empty perch",
        "seconds": "3",
        "free": False,
        "transition": Transition.CUT,
        "lines": (Line(id="2-L2", character="ÉLISE", text="Gone."),),
    }
    assert shots[3].id == "2-3"
    assert shots[3].transition == Transition.DISSOLVE
    assert shots[3].seconds is None
    assert shots[3].free


def test_emphasis_is_not_spoken() -> None:
    shots = broken_down("INT. A\n\n[[shot: x]]\n\nB\nA *big* _day_ \\*.\n")
    assert shots.shots[0].lines[0].text == "A big day *."


def test_media_is_authentic_unless_said() -> None:
    shots = broken_down("INT. A\n\n[[media: a.mp4 1]]\n\n[[shot: x]]\n")
    assert [shot.element_class for shot in shots.shots] == [
        ElementClass.AUTHENTIC,
        ElementClass.SYNTHETIC,
    ]


def test_fragments_follow_what_was_read() -> None:
    before = broken_down(SCRIPT).shots
    polished = broken_down(SCRIPT.replace("Snow.", "Snow falls, softly.")).shots
    assert [shot.fragment for shot in polished] == [shot.fragment for shot in before]
    spaced = broken_down(SCRIPT.replace("Four in\n", "Four   in\n")).shots
    assert spaced == before
    for old, new, which in (
        ("Except one", "Except two", 0),
        ("3 s", "4 s", 2),
        ("birds.wav", "bird.wav", 1),
        ("(quietly)", "(softly)", 0),
        ("[[sfx: clock]]", "", 0),
        ("transition: dissolve", "transition: fade-in", 3),
    ):
        changed = broken_down(SCRIPT.replace(old, new)).shots
        differing = [i for i, shot in enumerate(changed) if shot.fragment != before[i].fragment]
        assert differing == [which], old


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("INT. A\n\nBOB\nHi.\n\n[[shot: x]]", 4, "before the scene's first shot"),
        ("BOB\nHi.\n", 2, "before the first scene heading"),
        ("INT. A\n\n[[shot: x]]\n\nINT. B\n\nText.\n\nINT. C\n\n[[shot: y]]", 5, "has no shot"),
        ("INT. A\n\nText.", 1, "has no shot"),
        ("Text.\n", 1, "no scene"),
        ("[[shot: x]]\n\nINT. A", 1, "before the first scene heading"),
        ("INT. A\n\n[[sfx: x]]\n[[shot: y]]", 3, "before the scene's first shot"),
        ("INT. A #1#\n\n[[shot: y]]\n\nINT. B #1#\n\n[[shot: y]]", 5, "have the number 1"),
        ("INT. A #2#\n\n[[shot: y]]\n\nINT. B\n\n[[shot: y]]", 5, "have the number 2"),
        ("INT. A #(1)#\n\n[[shot: y]]", 1, "scene number"),
        ("INT. A\n\n[[shot: y]]\n\n> WIPE TO:\n\n[[shot: z]]", 5, "WIPE TO:"),
        ("INT. A\n\n[[shot: y]]\n[[class: authentic]]", 4, "cannot be authentic"),
        ("INT. A\n\n[[shot: y]]\n[[class: altered]]\n[[class: synthetic]]", 5, "contradicts"),
        ("INT. A\n\n[[shot: y]]\n[[person: A]]\n[[person: B]]", 5, "contradicts"),
        ("INT. A\n\n[[shot: y]]\n[[transition: cut]]\n[[transition: dissolve]]", 5, "contradicts"),
        ("INT. A\n\n[[shot: y]]\n\nText.\n\n[[transition: cut]]", 7, "no shot follows"),
        ("INT. A\n\n[[transition: cut]]\n[[transition: dissolve]]", 4, "contradicts"),
    ],
)
def test_clear_errors_with_line(text: str, line: int, what: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        broken_down(text)
    assert caught.value.where == f"a.fountain:{line}"
    assert what in caught.value.what
    assert caught.value.next_step


def test_notes_that_wait_and_notes_that_join() -> None:
    shots = broken_down(
        "INT. A\n\n[[music: low]]\n[[transition: cut]]\n[[transition: cut]]\n[[shot: x]]\n"
        "[[music: then louder]]\n\nText.\n\n[[music: and over]]\n\nBOB\n~La la\n(  )\n**\nla.\n"
    ).shots
    assert shots[0].music == "low; then louder; and over"
    assert [line.text for line in shots[0].lines] == ["La la", "** la."]
    assert [line.parenthetical for line in shots[0].lines] == [None, None]


def test_the_shot_of_a_dual_cue_speaks_both() -> None:
    shots = broken_down("INT. A\n\n[[shot: x]]\n\nBOB\nYes.\n\nEVE ^\nNo.\n").shots
    assert [line.character for line in shots[0].lines] == ["BOB", "EVE"]


@pytest.mark.parametrize(
    ("text", "transition"),
    [
        ("CUT TO:", Transition.CUT),
        ("SMASH CUT TO:", Transition.CUT),
        ("CUT TO BLACK.", Transition.CUT),
        ("DISSOLVE TO:", Transition.DISSOLVE),
        ("Match dissolve to:", Transition.DISSOLVE),
        ("FADE IN:", Transition.FADE_IN),
        ("FADE OUT.", Transition.FADE_IN),
        ("FADE TO:", Transition.DISSOLVE),
        ("WIPE TO:", None),
        ("FADE TO WHITE.", None),
    ],
)
def test_transition_lines(text: str, transition: Transition | None) -> None:
    assert begins_with(text) == transition


def test_a_person_whose_likeness_is_shown_is_named_on_the_shot() -> None:
    script = parse_fountain("INT. A\n\n[[shot: y]]\n[[person: Jane Roe]]\n", where="a.fountain")
    shots = break_down(script, language="en", title="A")
    assert shots.shots[0].person == "Jane Roe"
    assert 'person = "Jane Roe"' in write_shots(shots, None)
