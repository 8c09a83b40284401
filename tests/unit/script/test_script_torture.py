"""The torture script: everything in Fountain that readers are known to get wrong."""

from __future__ import annotations

import pytest

from generique.model.errors import UnreadableInput
from generique.script.direction import EffectDirection, ShotDirection
from generique.script.fountain import parse_fountain
from generique.script.screenplay import (
    Action,
    Block,
    Centred,
    Cue,
    Dialogue,
    Lyric,
    Note,
    PageBreak,
    Parenthetical,
    SceneHeading,
    Screenplay,
    Section,
    Synopsis,
    TextBlock,
    TransitionLine,
)

TORTURE = """\
\ufeffTitle:
\t_**Le chœur**_
\tde l'aube: un essai
Rédigé par: Zoë Ångström
Draft date: 1/2/2026
Contact:
    https://example.org
\tdeuxième ligne

/* A boneyard
over lines with [[an unclosed note

INT. NEVER SEEN - DAY
*/
FADE IN:

# Acte I

= Where it starts.

## Séquence 1

INT. CAFÉ - NIGHT #1A#
[[shot: night aerial over a suburb,
light snow, ~6 s]]

The *snow* falls /* not
this */ on **everything**. [[a remark
over two lines]] Still.
\tIndented by a tab.

ÉLISE (V.O.) (CONT'D)
(à voix basse)
Bonjour,
··
le monde.
[[sfx: car passing]]
Encore.

@McAvoy (on the radio)
Hello there.

BRICK
Screw retirement.

STEEL (O.S.) ^
Screw retirement.

.flash-back sans intérieur #2-b.1#

!NOT A CUE
but action

...an ellipsis is action.

>Cut, hard
>   THE END  <

~Il pleut, il pleut
~bergère

=====

R2D2
Beep.

23
is not a cue.

STRASSE ẞ
Ja.

CUT TO:

ext/int. voiture - jour

I/E BOAT - DAY

EST. PARIS - DAWN

HE SAID TO:
with words below it is a cue.

SMASH

BOOM
""".replace("··", "  ")


def parsed(text: str) -> Screenplay:
    return parse_fountain(text, where="torture.fountain")


@pytest.fixture(scope="module")
def torture() -> Screenplay:
    return parsed(TORTURE)


def of(screenplay: Screenplay, kind: type[Block]) -> list[Block]:
    return [block for block in screenplay.blocks if isinstance(block, kind)]


def texts(screenplay: Screenplay, kind: type[TextBlock]) -> list[str]:
    return [block.text for block in screenplay.blocks if isinstance(block, kind)]


def test_title_page_keeps_keys_in_order_with_their_lines(torture: Screenplay) -> None:
    assert [entry.key for entry in torture.title_page] == [
        "Title",
        "Rédigé par",
        "Draft date",
        "Contact",
    ]
    assert torture.title_lines("title") == ("_**Le chœur**_", "de l'aube: un essai")
    assert torture.title_lines("RÉDIGÉ PAR") == ("Zoë Ångström",)
    assert torture.title_lines("contact") == ("https://example.org", "deuxième ligne")
    assert torture.title_page[1].line == 4


def test_scene_headings_with_numbers_and_every_prefix(torture: Screenplay) -> None:
    headings = [
        (block.text, block.number, block.line)
        for block in torture.blocks
        if isinstance(block, SceneHeading)
    ]
    assert [item[:2] for item in headings] == [
        ("INT. CAFÉ - NIGHT", "1A"),
        ("flash-back sans intérieur", "2-b.1"),
        ("ext/int. voiture - jour", None),
        ("I/E BOAT - DAY", None),
        ("EST. PARIS - DAWN", None),
    ]
    lines = TORTURE.split("\n")
    assert all(heading.split(" #")[0] in lines[line - 1] for heading, _, line in headings)


def test_cues_follow_unicode_case(torture: Screenplay) -> None:
    cues = [block for block in torture.blocks if isinstance(block, Cue)]
    assert [(cue.character, cue.extensions, cue.dual) for cue in cues] == [
        ("ÉLISE", ("V.O.", "CONT'D"), False),
        ("McAvoy", ("on the radio",), False),
        ("BRICK", (), False),
        ("STEEL", ("O.S.",), True),
        ("R2D2", (), False),
        ("STRASSE ẞ", (), False),
        ("HE SAID TO:", (), False),
    ]


def test_dialogue_runs_over_two_spaces_and_notes(torture: Screenplay) -> None:
    start = next(i for i, b in enumerate(torture.blocks) if isinstance(b, Cue))
    kinds = torture.blocks[start : start + 5]
    assert [type(block) for block in kinds] == [Cue, Parenthetical, Dialogue, Note, Dialogue]
    assert texts(torture, Parenthetical) == ["à voix basse"]
    assert texts(torture, Dialogue)[:2] == ["Bonjour,\n\nle monde.", "Encore."]


def test_notes_over_lines_direct(torture: Screenplay) -> None:
    notes = [block for block in torture.blocks if isinstance(block, Note)]
    assert [note.text for note in notes] == [
        "shot: night aerial over a suburb, light snow, ~6 s",
        "a remark over two lines",
        "sfx: car passing",
    ]
    assert notes[0].direction == ShotDirection(
        prompt="night aerial over a suburb, light snow", seconds="6", free=True
    )
    assert notes[1].direction is None
    assert notes[2].direction == EffectDirection(text="car passing")
    assert [TORTURE.split("\n")[note.line - 1].count("[[") for note in notes] == [1, 1, 1]


def test_action_keeps_marks_breaks_and_indentation(torture: Screenplay) -> None:
    action = texts(torture, Action)
    assert action[0] == "The *snow* falls on **everything**. Still.\n    Indented by a tab."
    assert action[1:] == [
        "NOT A CUE\nbut action",
        "...an ellipsis is action.",
        "23\nis not a cue.",
        "SMASH",
        "BOOM",
    ]
    first = of(torture, Action)[0]
    assert isinstance(first, Action)
    assert first.plain.startswith("The snow falls on everything.")


def test_outline_lyrics_centred_and_breaks(torture: Screenplay) -> None:
    sections = [(s.level, s.text) for s in torture.blocks if isinstance(s, Section)]
    assert sections == [(1, "Acte I"), (2, "Séquence 1")]
    assert texts(torture, Synopsis) == ["Where it starts."]
    assert texts(torture, Lyric) == ["Il pleut, il pleut", "bergère"]
    assert texts(torture, Centred) == ["THE END"]
    assert len(of(torture, PageBreak)) == 1
    assert texts(torture, TransitionLine) == ["FADE IN:", "Cut, hard", "CUT TO:"]


def test_boneyard_leaves_nothing(torture: Screenplay) -> None:
    assert "NEVER" not in torture.model_dump_json()
    assert "not\nthis" not in torture.model_dump_json()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_lines_are_the_same(end: str, torture: Screenplay) -> None:
    assert parsed(TORTURE.replace("\n", end)) == torture


def test_no_title_page_and_title_page_only() -> None:
    assert parsed("FADE IN:\n\nINT. A - DAY\n").title_page == ()
    assert parsed("INT. BAR: THE BACK - DAY\n\nHe waits.\n").title_page == ()
    assert parsed("A man walks in.\n").title_page == ()
    only = parsed("Title: Solo\nAuthor:\n\tA\n\tB")
    assert only.blocks == ()
    assert only.title_lines("author") == ("A", "B")
    assert parsed("") == Screenplay(where="torture.fountain")


def test_title_page_with_odd_lines() -> None:
    page = parsed("\n\nTitle:   A: B\nunindented goes on\nINT. NO BLANK - DAY\n\nGo.\n")
    assert page.title_lines("Title") == ("A: B", "unindented goes on")
    assert texts(page, SceneHeading) == ["INT. NO BLANK - DAY"]


@pytest.mark.parametrize(
    "text",
    [
        "He stops.\nÉLISE\nis no cue without a blank line.",
        "ÉLISE\n\nnothing under it.",
        "Élise\nmixed case.",
        "ÉLISE\n[[only a note]]\n\nmore",
        "2001\nno letters",
        "!ÉLISE\nforced",
    ],
)
def test_what_is_no_cue(text: str) -> None:
    assert of(parsed(text), Cue) == []


def test_notes_are_transparent_to_their_lines() -> None:
    plain = parsed("INT. A - DAY\n\nÉLISE\nHello there.\n\nCUT TO:\n\nGo.")
    noted = parsed(
        "INT. A - DAY [[x]]\n\n[[y]]\nÉLISE [[z]]\n[[w]]\nHello [[v]] there.\n\n[[u]]\nCUT TO:\n"
        "[[t]]\n\nGo."
    )
    without = tuple(block for block in noted.blocks if not isinstance(block, Note))
    assert [block.model_dump(exclude={"line"}) for block in without] == [
        block.model_dump(exclude={"line"}) for block in plain.blocks
    ]
    assert [n.text for n in noted.blocks if isinstance(n, Note)] == list("xyzwvut")


def test_forced_elements_end_dialogue() -> None:
    blocks = parsed("A\nOne.\n!Action\n\nB\nTwo.\n> FADE TO BLACK.\n\nC\nThree.\n===\n").blocks
    assert [type(b) for b in blocks] == [
        *(Cue, Dialogue, Action),
        *(Cue, Dialogue, TransitionLine),
        *(Cue, Dialogue, PageBreak),
    ]


def test_lyrics_and_dot_numbers_in_dialogue() -> None:
    blocks = parsed("A\n~La la\n.5 of it\n@home #1 = x\n").blocks
    assert [type(b) for b in blocks] == [Cue, Lyric, Dialogue]
    assert isinstance(blocks[2], Dialogue)
    assert blocks[2].text == ".5 of it\n@home #1 = x"


@pytest.mark.parametrize(
    ("cue", "character", "extensions"),
    [
        ("ÉLISE(V.O.)", "ÉLISE", ("V.O.",)),
        ("ÉLISE (V.O.)(CONT'D)", "ÉLISE", ("V.O.", "CONT'D")),
        ("ÉLISE (on the (old) radio)", "ÉLISE", ("on the (old) radio",)),
        ("ÉLISE (V.O.", "ÉLISE (V.O.", ()),
        ("ÉLISE (O.S.) AND BOB", "ÉLISE (O.S.) AND BOB", ()),
        ("**ÉLISE** (CONT’D)", "ÉLISE", ("CONT’D",)),
        ("ÉLISE ()", "ÉLISE", ()),
        ("   ÉLISE ^  ", "ÉLISE", ()),
    ],
)
def test_cue_forms(cue: str, character: str, extensions: tuple[str, ...]) -> None:
    block = parsed(f"{cue}\nWords.").blocks[0]
    assert isinstance(block, Cue)
    assert (block.character, block.extensions) == (character, extensions)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("One.\n\n/* never\nclosed", 3, "boneyard"),
        ("One.\nTwo [[never\n\nclosed]]", 2, "note"),
        ("One.\n\n[[a [[b]] ", 3, "note"),
        ("[[open", 1, "note"),
        ("[[ a /* b ]]", 1, "boneyard"),
        ("One.\nNUL \0 here", 2, "plain text"),
        ("One.\n\n\n[[shoot: a street]]", 4, "shoot"),
        ("[[x]]\n[[media: ../x.mp4]]", 2, "refused"),
        ("half \ud800", 1, "plain text"),
    ],
)
def test_broken_files_name_the_line(text: str, line: int, why: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        parsed(text)
    assert caught.value.where == f"torture.fountain:{line}"
    assert why in caught.value.what
    assert caught.value.next_step


def test_note_over_two_space_line_and_boneyard() -> None:
    screenplay = parsed("[[one\n  \ntwo /* gone\n\n */ three]]")
    assert [n.text for n in screenplay.blocks if isinstance(n, Note)] == ["one two three"]
