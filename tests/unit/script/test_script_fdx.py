from __future__ import annotations

import pytest

from generique.model.errors import UnreadableInput
from generique.script.breakdown import break_down
from generique.script.direction import EffectDirection, ShotDirection
from generique.script.fdx import parse_fdx
from generique.script.fountain import parse_fountain
from generique.script.screenplay import (
    Action,
    Centred,
    Cue,
    Dialogue,
    Note,
    PageBreak,
    Parenthetical,
    SceneHeading,
    Synopsis,
    TransitionLine,
)

FDX = """\
<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
  <Content>
    <Paragraph Number="1A" Type="Scene Heading">
      <SceneProperties Length="1/8" Page="1" Title="">
        <Summary><Paragraph><Text>Where it starts.</Text></Paragraph></Summary>
      </SceneProperties>
      <ScriptNote ID="1" Range="0,3"><Paragraph><Text>shot: night aerial, </Text>
        <Text>~6 s</Text></Paragraph></ScriptNote>
      <Text>EXT. SUBURB </Text><Text RevisionID="1">- NIGHT</Text>
    </Paragraph>
    <Paragraph Type="Action"><Text>The </Text><Text Style="Bold+Italic">snow </Text><Text
      Style="Underline">falls</Text><Text> on 3*4 roofs.</Text></Paragraph>
    <Paragraph Type="Character"><Text>Élise</Text><Text Style="AllCaps"> (v.o.)</Text><Text
      > (CONT'D)</Text></Paragraph>
    <Paragraph Type="Parenthetical"><Text>(softly)</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>Bon</Text><Text>jour.</Text></Paragraph>
    <Paragraph>
      <DualDialogue>
        <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Yes.</Text></Paragraph>
        <Paragraph Type="Character"><Text>JON</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>No.</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Type="Transition"><Text>DISSOLVE TO:</Text></Paragraph>
    <Paragraph StartsNewPage="Yes" Type="Scene Heading"><Text>Omitted</Text>
      <OmittedScene><Paragraph Type="Scene Heading"><Text>INT. GONE</Text>
        <ScriptNote><Paragraph><Text>shoot: nothing</Text></Paragraph></ScriptNote></Paragraph>
        <DualDialogue><Paragraph Type="Dialogue"><Text>gone</Text></Paragraph></DualDialogue>
      </OmittedScene>
    </Paragraph>
    <Paragraph Type="Shot"><Text>CLOSE ON A PERCH</Text></Paragraph>
    <Paragraph Alignment="Center" Type="Action"><Text>THE END</Text></Paragraph>
    <Paragraph Type="Weird New Type"><Text>kept</Text></Paragraph>
    <Paragraph Type="Action"><Text></Text></Paragraph>
  </Content>
  <ScriptNotes>
    <ScriptNote Range="30,35"><Paragraph><Text>sfx: car passing</Text></Paragraph></ScriptNote>
  </ScriptNotes>
  <HeaderAndFooter><Header><Paragraph><Text>page 1</Text></Paragraph></Header></HeaderAndFooter>
  <TitlePage>
    <HeaderAndFooter><Header><Paragraph><Text>no</Text></Paragraph></Header></HeaderAndFooter>
    <Content>
      <Paragraph><Text></Text></Paragraph>
      <Paragraph Alignment="Center"><Text Style="Bold">Dawn</Text><Text> Chorus</Text></Paragraph>
      <Paragraph><Text>Written by</Text></Paragraph>
      <Paragraph><Text>Zoë Ångström</Text></Paragraph>
      <Paragraph><Text>draft 2</Text></Paragraph>
      <Paragraph><Text>zoe@example.org</Text></Paragraph>
    </Content>
  </TitlePage>
</FinalDraft>
"""


def test_every_run_note_and_block() -> None:
    screenplay = parse_fdx(FDX.encode(), where="a.fdx")
    assert [type(block) for block in screenplay.blocks] == [
        *(SceneHeading, Synopsis, Note, Action, Note, Cue, Parenthetical, Dialogue),
        *(Cue, Dialogue, Cue, Dialogue, TransitionLine, PageBreak, SceneHeading),
        *(Action, Centred, Action),
    ]
    heading, _, note, action, sfx, cue = screenplay.blocks[:6]
    assert heading == SceneHeading(line=4, text="EXT. SUBURB - NIGHT", number="1A")
    assert isinstance(note, Note)
    assert note.direction == ShotDirection(prompt="night aerial", seconds="6", free=True)
    assert note.line == 8
    assert isinstance(action, Action)
    assert action.text == r"The ***snow*** _falls_ on 3\*4 roofs."
    assert action.plain == "The snow falls on 3*4 roofs."
    assert isinstance(sfx, Note)
    assert sfx.direction == EffectDirection(text="car passing")
    assert cue == Cue(line=14, character="Élise", extensions=("V.O.", "CONT'D"))
    assert screenplay.blocks[-1] == Action(
        line=FDX[: FDX.index("kept")].count("\n") + 1, text="kept"
    )
    dual = [block.dual for block in screenplay.blocks if isinstance(block, Cue)]
    assert dual == [False, False, True]
    assert "gone" not in screenplay.model_dump_json().lower()


def test_title_page() -> None:
    screenplay = parse_fdx(FDX.encode(), where="a.fdx")
    assert [(entry.key, entry.values) for entry in screenplay.title_page] == [
        ("Title", ("**Dawn** Chorus",)),
        ("Credit", ("Written by",)),
        ("Author", ("Zoë Ångström",)),
        ("Notes", ("draft 2", "zoe@example.org")),
    ]


def test_utf_16_is_read_too() -> None:
    data = FDX.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert parse_fdx(data, where="a.fdx") == parse_fdx(FDX.encode(), where="a.fdx")


def test_fdx_and_fountain_break_down_alike() -> None:
    fdx = """<FinalDraft><Content>
    <Paragraph Type="Scene Heading"><Text>EXT. A - DAY</Text><ScriptNote><Paragraph><Text>shot: a
    street, 4 s</Text></Paragraph></ScriptNote></Paragraph>
    <Paragraph Type="Character"><Text>BOB (V.O.)</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>A </Text><Text Style="Italic">fine</Text><Text> day.</Text>
    </Paragraph></Content></FinalDraft>"""
    fountain = "EXT. A - DAY\n\n[[shot: a street, 4 s]]\n\nBOB (V.O.)\nA *fine* day.\n"
    left = break_down(parse_fdx(fdx.encode(), where="a"), language="en", title="T")
    right = break_down(parse_fountain(fountain, where="b"), language="en", title="T")
    assert left == right


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not well-formed"),
        (b"<FinalDraft><Content>", "not well-formed"),
        (b"<html/>", "no FinalDraft script"),
        (b"<FinalDraft/>", "no FinalDraft script"),
        (b"<!DOCTYPE FinalDraft><FinalDraft><Content/></FinalDraft>", "DOCTYPE"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "encoding"),
        (b"<?xml version='1.0' encoding='gbk'?><a/>", "encoding"),
        (b"<FinalDraft><Content>\n\n\xff</Content></FinalDraft>", "not well-formed"),
    ],
)
def test_unreadable_files(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        parse_fdx(data, where="a.fdx")
    assert why in str(caught.value.why)
    assert str(caught.value.where).startswith("a.fdx")
    assert caught.value.next_step


@pytest.mark.parametrize("attribute", ["", 'Range="99,100"', 'Range="x"'])
def test_a_direction_without_a_place_is_refused(attribute: str) -> None:
    start = "<FinalDraft><Content><Paragraph><Text>x</Text></Paragraph></Content>\n<ScriptNotes>"
    note = "<ScriptNote {}><Paragraph><Text>{}</Text></Paragraph></ScriptNote>"
    end = "</ScriptNotes></FinalDraft>"
    with pytest.raises(UnreadableInput) as caught:
        parse_fdx((start + note.format(attribute, "sfx: car") + end).encode(), where="a.fdx")
    assert caught.value.where == "a.fdx:2"
    remark = parse_fdx((start + note.format(attribute, "a remark") + end).encode(), where="a.fdx")
    assert remark.blocks[-1] == Note(line=2, text="a remark")
