from __future__ import annotations

import tomllib

import pytest

from generique.model.errors import UnreadableInput
from generique.model.shot import ShotList
from generique.script.breakdown import break_down
from generique.script.fountain import parse_fountain
from generique.script.shotlist import changed_shots, read_shots, write_shots

SCRIPT = """\
INT. A - DAY

[[shot: a street, ~6 s]]
[[sfx: wind]]

BOB
One.

[[media: finch.mp4 2+5, framed 0.1 0.2 0.5]]
[[sound: birds.wav 0+8]]

BOB (V.O.)
(low)
Two.

INT. B - DAY

[[shot: a house]]
"""


def broken_down(text: str = SCRIPT) -> ShotList:
    return break_down(parse_fountain(text, where="a.fountain"), language="en", title="T")


def edited(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_written_and_read() -> None:
    shots = broken_down()
    text = write_shots(shots, None)
    assert read_shots(text, where="shots.toml") == shots
    assert write_shots(read_shots(text, where="shots.toml"), None) == text
    assert write_shots(shots, text) == text
    assert changed_shots(text, shots) == ()
    assert changed_shots(None, shots) == ("added 1-1", "added 1-2", "added 2-1")


def test_what_people_edit_survives() -> None:
    text = edited(
        write_shots(broken_down(), None),
        ('prompt = "a street"', 'prompt = """a wide\nstreet"""  # wider, says Zoë'),
        ('seconds = "6"', "seconds = 6.50"),
        ('title = "T"', 'title = "T"\n\n# about the first shot\n# and more'),
        ('text = "One."', 'text = "One, two."'),
        ('id = "2-1"', '# mine\nid = "2-1"'),
        ('file = "finch.mp4"', 'file = "sub/finch.mp4" # moved'),
    )
    text += "\n# the end\n"
    again = write_shots(broken_down(), text)
    assert again == text
    shots = read_shots(again, where="shots.toml").shots
    assert shots[0].prompt == "a wide\nstreet"
    assert shots[0].seconds == "6.5"
    assert shots[0].lines[0].text == "One, two."
    assert shots[1].media
    assert shots[1].media.file == "sub/finch.mp4"
    assert changed_shots(text, broken_down()) == ()


def test_a_changed_fragment_gets_new_values_and_keeps_comments() -> None:
    text = edited(
        write_shots(broken_down(), None),
        ('prompt = "a street"', 'prompt = "my own"  # wider'),
        ('effects = ["wind"]', '# more wind?\neffects = ["wind"]'),
        ('character = "BOB"\ntext', '# slow\ncharacter = "BOB"\ntext'),
        ('text = "Two."', 'text = "mine"'),
    )
    new = broken_down(SCRIPT.replace("a street, ~6 s", "an alley").replace("One.", "Uno."))
    again = write_shots(new, text)
    assert 'prompt = "an alley"  # wider' in again
    assert "# more wind?\neffects" in again
    assert '# slow\ncharacter = "BOB"\ntext = "Uno."' in again
    assert 'text = "mine"' in again
    assert "6" not in tomllib.loads(again)["shot"][0].get("seconds", "")
    assert read_shots(again, where="s").shots[0] == new.shots[0]
    assert changed_shots(text, new) == ("changed 1-1",)
    assert write_shots(new, again) == again


def test_gone_new_and_moved_shots() -> None:
    text = edited(
        write_shots(broken_down(), None),
        ('prompt = "a house"', 'prompt = "a red house"  # red'),
        ('\n[[shot]]\nid = "1-2"', '\n# about the finch\n[[shot]]\nid = "1-2"'),
    )
    new = broken_down(
        "INT. NEW - DAY\n\n[[shot: new]]\n\n"
        "INT. A - DAY\n\n[[media: finch.mp4 2+5, framed 0.1 0.2 0.5]]\n[[sound: birds.wav 0+8]]"
        "\n\nBOB (V.O.)\n(low)\nTwo.\n\nINT. B - DAY\n\n[[shot: a house]]\n"
    )
    assert changed_shots(text, new) == (
        "changed 1-1",
        "renamed 1-2 to 2-1",
        "renamed 2-1 to 3-1",
    )
    again = write_shots(new, text)
    shots = read_shots(again, where="s").shots
    assert [shot.id for shot in shots] == ["1-1", "2-1", "3-1"]
    assert [shot.scene for shot in shots] == ["1", "2", "3"]
    assert shots[1].lines[0].id == "2-L1"
    assert shots[2].prompt == "a red house"
    assert '# about the finch\n[[shot]]\nid = "2-1"' in again
    shorter = broken_down("INT. B - DAY\n\n[[shot: a house]]\n")
    assert changed_shots(text, shorter) == (
        "renamed 2-1 to 1-1",
        "removed 1-1",
        "removed 1-2",
    )
    assert "finch" not in write_shots(shorter, text)


def test_inline_tables_are_read_and_revised() -> None:
    text = edited(
        write_shots(broken_down("INT. A\n\n[[media: a.mp4 1+2]]\n\nB\nHi.\n"), None),
        ('\n[shot.media]\nfile = "a.mp4"\nstart = "1"\n', ""),
        ('\n[[shot.line]]\nid = "1-L1"\ncharacter = "B"\ntext = "Hi."\n', ""),
        (
            "free = false\n",
            """free = false
media = {file = "b.mp4", start = 1}
line = [
  {id = "1-L1", character = "B", text = "Hi!"},  # louder
]
""",
        ),
    )
    same = broken_down("INT. A\n\n[[media: a.mp4 1+2]]\n\nB\nHi.\n")
    kept = read_shots(write_shots(same, text), where="s").shots[0]
    assert kept.media
    assert kept.media.file == "b.mp4"
    assert kept.lines[0].text == "Hi!"
    other = broken_down("INT. A\n\n[[media: a.mp4 1+3]]\n\nB\nHi.\n")
    assert read_shots(write_shots(other, text), where="s") == other


@pytest.mark.parametrize(
    ("old", "new", "marker", "part"),
    [
        ('prompt = "a street"', 'promt = "a street"', "promt", "'prompt'"),
        ('file = "finch.mp4"', 'flie = "finch.mp4"', "flie", "'file'"),
        ('parenthetical = "low"', 'parentetical = "low"', "parentetical", "'parenthetical'"),
        ("framing = {left", "framing = {lft", "lft", "'left'"),
        ('language = "en"', 'langage = "en"', "langage", "'language'"),
        ('class = "authentic"', 'class = "authentick"', "authentick", "'authentic'"),
        ('seconds = "6"', 'seconds = "six"', "six", '"6.5"'),
        ('seconds = "6"', "seconds = 0", "seconds = 0", '"6.5"'),
        ('seconds = "6"', "seconds = true", "seconds = true", '"6.5"'),
        ('seconds = "6"', "seconds = nan", "seconds = nan", '"6.5"'),
        ('seconds = "8"', 'seconds = "-8"', '"-8"', '"6.5"'),
        ('file = "birds.wav"', 'file = "../birds.wav"', "../birds", "media folder"),
        ('id = "2-1"', 'id = "1-1"', 'scene = "2"', "id of its own"),
        ('id = "1-L2"', 'id = "1-L1"', "(below)", "id of its own"),
        ('class = "authentic"', 'class = "authentic"\nprompt = "x"', "authentic", "not both"),
    ],
)
def test_errors_name_line_and_next_step(old: str, new: str, marker: str, part: str) -> None:
    text = edited(write_shots(broken_down(), None), (old, new))
    with pytest.raises(UnreadableInput) as caught:
        read_shots(text, where="shots.toml")
    lines = text.split("\n")
    line = int(str(caught.value.where).removeprefix("shots.toml:"))
    if marker == "(below)":
        marker = 'id = "1-L1"'
    assert marker in lines[line - 1] or marker in lines[line]
    assert part in str(caught.value.next_step)
    with pytest.raises(UnreadableInput):
        write_shots(broken_down(), text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "schema = 1",
        'schema = "generique/shots/2"',
        'schema = "generique/shots/1"',
        'schema = "generique/shots/1"\ntitle = "T"\nlanguage = "english"',
        'schema = "generique/shots/1"\ntitle = "T"\nlanguage = "en"\nshot = 3',
        'schema = "generique/shots/1"\ntitle = "T"\nlanguage = "en"\nshot = [3]',
        "not toml",
        "a = \ud800",
        "a = " + "[" * 5000,
        "a = 1e99999999999999999999",
    ],
)
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_shots(text, where="shots.toml")
    assert str(caught.value.where).startswith("shots.toml")


def test_generated_and_authentic_exclude_each_other() -> None:
    text = edited(
        write_shots(broken_down("INT. B\n\n[[shot: a house]]\n"), None),
        ('class = "synthetic"', 'class = "authentic"'),
    )
    with pytest.raises(UnreadableInput, match="cannot be authentic"):
        read_shots(text, where="s")


def test_shots_written_inline_cannot_be_rewritten() -> None:
    shot = write_shots(broken_down("INT. B\n\n[[shot: a house]]\n"), None).split("[[shot]]")[1]
    inline = "shot = [{" + ", ".join(shot.strip().split("\n")) + "}]"
    text = f'schema = "generique/shots/1"\ntitle = "T"\nlanguage = "en"\n{inline}\n'
    assert len(read_shots(text, where="s").shots) == 1
    with pytest.raises(UnreadableInput, match="tables of their own"):
        write_shots(broken_down(), text)
