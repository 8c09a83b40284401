"""References in notes and in shots.toml."""

from __future__ import annotations

import pytest

from generique.model.errors import UnreadableInput
from generique.model.shot import ReferenceUse, ShotList
from generique.script.breakdown import break_down
from generique.script.fountain import parse_fountain
from generique.script.shotlist import changed_shots, read_shots, write_shots

SCRIPT = """\
INT. A - DAY

[[shot: a street, ~6 s]]
[[reference: stills/taken as asked.png as first frame]]
[[reference: gait.MOV as Video]]

Nobody.

[[media: finch.mp4 2+5]]
"""


def broken_down(text: str = SCRIPT) -> ShotList:
    return break_down(parse_fountain(text, where="a.fountain"), language="en", title="T")


def test_a_note_names_file_and_role() -> None:
    shot, footage = broken_down().shots
    assert shot.references == (
        ReferenceUse(file="stills/taken as asked.png", role="first-frame"),
        ReferenceUse(file="gait.MOV", role="video"),
    )
    assert footage.references == ()


def test_a_reference_is_part_of_what_the_shot_was_read_from() -> None:
    without = broken_down(SCRIPT.replace("[[reference: gait.MOV as Video]]\n", ""))
    text = write_shots(without, None)
    assert changed_shots(text, broken_down()) == ("changed 1-1",)


def test_it_is_written_and_read_and_may_stand_in_brackets() -> None:
    shots = broken_down()
    text = write_shots(shots, None)
    assert read_shots(text, where="shots.toml") == shots
    assert write_shots(shots, text) == text
    tables = text[text.index("[[shot.reference]]") : text.index('[[shot]]\nid = "1-2"')]
    inline = (
        'reference = [{file = "stills/taken as asked.png", role = "first-frame"}, '
        '{file = "gait.MOV", role = "video"}]\n\n'
    )
    assert read_shots(text.replace(tables, inline), where="shots.toml") == shots


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("still.png", "does not say what it is"),
        ("as style", "does not say what it is"),
        ("still.png as first farme", "did you mean 'first-frame'"),
        ("../still.png as style", "climbs out"),
        ("https://a.example/b.png as style", "holds a colon"),
        ("notes.txt as style", "no file that a generator can follow"),
        ("still as style", "no file that a generator can follow"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(note: str, words: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        broken_down(SCRIPT.replace("gait.MOV as Video", note))
    said = f"{caught.value.what} {caught.value.why} {caught.value.next_step}"
    assert words in said
    assert caught.value.where == "a.fountain:5"


def test_footage_follows_nothing() -> None:
    with pytest.raises(UnreadableInput, match="footage follows nothing"):
        broken_down(SCRIPT + "[[reference: a.png as style]]\n")
    text = write_shots(broken_down(), None)
    added = text + '\n[[shot.reference]]\nfile = "a.png"\nrole = "style"\n'
    with pytest.raises(UnreadableInput, match="follows nothing"):
        read_shots(added, where="shots.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('role = "video"', 'role = "vido"', "did you mean 'video'"),
        ('role = "video"', "role = 3", "both as texts"),
        ('role = "video"\n', "", "both as texts"),
        ('file = "gait.MOV"', 'file = "gait.exe"', "no file that a generator can follow"),
        ('role = "video"', 'rule = "video"', "did you mean 'role'"),
    ],
)
def test_a_wrong_table_names_its_line(old: str, new: str, words: str) -> None:
    text = write_shots(broken_down(), None)
    assert old in text
    with pytest.raises(UnreadableInput) as caught:
        read_shots(text.replace(old, new), where="shots.toml")
    assert words in f"{caught.value.what} {caught.value.why} {caught.value.next_step}"
    assert (caught.value.where or "").startswith("shots.toml:")
