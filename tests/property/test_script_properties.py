"""Laws of screenplay reading and of the files that people edit."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from generique.model.element import ElementClass
from generique.model.errors import UnreadableInput
from generique.model.shot import Framing, Line, MediaUse, Shot, ShotList, Transition
from generique.model.values import digest_of
from generique.script.breakdown import break_down
from generique.script.direction import read_direction
from generique.script.fdx import parse_fdx
from generique.script.fountain import parse_fountain
from generique.script.markup import escaped, plain
from generique.script.screenplay import Cue, Dialogue, Note, PageBreak, Screenplay
from generique.script.shotlist import changed_shots, read_shots, write_shots
from generique.script.toml_sections import read_toml, written
from generique.script.translation import draft_translation, read_translation

PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "  \n", "\t", " ", "\\", "*", "**", "_", "(", ")", "^"),
        *(".", "!", "@", ">", "<", "~", "#", "=", "===", ":", "/*", "*/", "[[", "]]"),
        *("INT. A - DAY", "ÉLISE (V.O.)", "CUT TO:", "Title: x", "shot: a", "\ufeff", "\0"),
        *("[[shot: a street, ~6 s]]", "[[media: a.mp4 1+2]]", "[[sfx: wind]]", "[[class: "),
        *("Hello.", "ß", "Ǆ", "日本", "\u2028", "\x0b", "#1A#"),
    ]
)
SCRIPTS = st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join)
VISIBLE = st.characters(exclude_categories=("C", "Z"))
WORDS = (
    st.lists(st.text(VISIBLE, min_size=1, max_size=8), min_size=1, max_size=6)
    .map(" ".join)
    .filter(lambda text: not set(text) & set("[]/*_\\()~!>=^"))
)
NAMES = (
    st.text(st.characters(categories=("Lu", "Nd")), min_size=1, max_size=12)
    .map(str.upper)
    .filter(str.isupper)
)


def refusal(act: Callable[[], object]) -> UnreadableInput | None:
    try:
        act()
    except UnreadableInput as error:
        return error
    return None


@given(SCRIPTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    error = refusal(lambda: parse_fountain(text, where="a"))
    if error:
        assert str(error.where).startswith("a")
        return
    screenplay = parse_fountain(text, where="a")
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    lines = [block.line for block in screenplay.blocks if not isinstance(block, Note)]
    assert lines == sorted(lines)
    assert all(1 <= block.line <= last for block in screenplay.blocks)
    try:
        shots = break_down(screenplay, language="en", title="T")
    except UnreadableInput:
        return
    text = write_shots(shots, None)
    assert read_shots(text, where="s") == shots


@given(SCRIPTS)
def test_line_ends_never_matter(text: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")

    def outcome(variant: str) -> Screenplay | str:
        try:
            return parse_fountain(variant, where="a")
        except UnreadableInput as error:
            return f"{error.where} {error.what}"

    assert outcome(unix) == outcome(unix.replace("\n", "\r\n"))


@given(st.text(max_size=60) | SCRIPTS)
def test_any_note_is_read_or_refused(text: str) -> None:
    for word in ("", "shot:", "media:", "sound:", "class:"):
        error = refusal(partial(read_direction, word + text, where="a:1"))
        assert error is None or (error.where == "a:1" and error.next_step)


@given(st.text())
def test_escaping_is_undone(text: str) -> None:
    assert plain(escaped(text)) == text


@given(SCRIPTS)
def test_plain_only_takes_marks_away(text: str) -> None:
    kept = [letter for letter in plain(text) if letter not in "*_\\"]
    assert kept == [letter for letter in text if letter not in "*_\\"]


@given(
    name=NAMES,
    extensions=st.lists(WORDS, max_size=3),
    words=st.lists(WORDS, min_size=1, max_size=4),
    dual=st.booleans(),
)
def test_speech_comes_back(
    *,
    name: str,
    extensions: list[str],
    words: list[str],
    dual: bool,
) -> None:
    cue = name + "".join(f" ({item})" for item in extensions) + (" ^" if dual else "")
    body = "\n".join(words)
    blocks = parse_fountain(f"!x\n\n{cue}\n{body}\n", where="a").blocks[1:]
    assert blocks == (
        Cue(line=3, character=name, extensions=tuple(extensions), dual=dual),
        Dialogue(line=4, text=body),
    )


STYLES = st.lists(st.sampled_from(["Bold", "Italic", "Underline"]), unique=True).map("+".join)
XML_TEXT = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12
)


@given(st.lists(st.tuples(XML_TEXT, STYLES), max_size=6))
def test_every_run_of_fdx_comes_back(runs: list[tuple[str, str]]) -> None:
    body = "".join(f'<Text Style="{style}">{escape(text)}</Text>' for text, style in runs)
    data = (
        f'<FinalDraft><Content><Paragraph Type="Action">{body}</Paragraph></Content></FinalDraft>'
    )
    blocks = parse_fdx(data.encode(), where="a").blocks
    text = "".join(text for text, _ in runs)
    words = "".join(
        block.plain for block in blocks if not isinstance(block, Cue | Note | PageBreak)
    )
    assert words == (text if text.strip() else "")


IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TIMES = st.sampled_from(["0.5", "6", "6.5", "13/2", "3600"])
FILES = st.sampled_from(["a.mp4", "sub/é 1.mp4"])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    return Line(
        id=draw(IDS),
        character=draw(TEXTS),
        extensions=tuple(draw(st.lists(TEXTS, max_size=2))),
        parenthetical=draw(st.none() | TEXTS),
        text=draw(TEXTS),
    )


@st.composite
def shots(draw: st.DrawFn) -> Shot:
    seconds = draw(st.none() | TIMES)
    is_media = draw(st.booleans())
    framing = draw(st.none() | st.just(Framing(left=0.1, top=0, width=0.5)))
    media = MediaUse(file=draw(FILES), start=draw(TIMES), seconds=seconds, framing=framing)
    generated = [item for item in ElementClass if item != ElementClass.AUTHENTIC]
    sounds = st.builds(MediaUse, file=FILES, start=TIMES, seconds=st.none() | TIMES)
    return Shot(
        id=draw(IDS),
        scene=draw(TEXTS),
        heading=draw(TEXTS),
        element_class=draw(st.sampled_from(list(ElementClass) if is_media else generated)),
        prompt=None if is_media else draw(TEXTS),
        media=media if is_media else None,
        seconds=seconds,
        free=draw(st.booleans()),
        transition=draw(st.sampled_from(Transition)),
        effects=tuple(draw(st.lists(TEXTS, max_size=2))),
        sounds=tuple(draw(st.lists(sounds, max_size=2))),
        music=draw(st.none() | TEXTS),
        lines=tuple(draw(st.lists(lines(), max_size=2))),
        fragment=digest_of(draw(st.binary(max_size=1))),
    )


def _names(shot: Shot) -> list[str]:
    return [shot.id, *(line.id for line in shot.lines)]


@st.composite
def shot_lists(draw: st.DrawFn) -> ShotList:
    kept: list[Shot] = []
    seen: set[str] = set()
    for shot in draw(st.lists(shots(), max_size=4)):
        names = _names(shot)
        if len(set(names)) == len(names) and seen.isdisjoint(names):
            seen.update(names)
            kept.append(shot)
    return ShotList(title=draw(TEXTS), language="en", shots=tuple(kept))


@given(shot_lists())
def test_shot_lists_come_back_and_settle(value: ShotList) -> None:
    text = write_shots(value, None)
    assert read_shots(text, where="s") == value
    assert write_shots(read_shots(text, where="s"), None) == text
    assert write_shots(value, text) == text
    assert changed_shots(text, value) == ()


@given(shot_lists(), shot_lists())
def test_a_new_script_replaces_what_it_changed_only(old: ShotList, new: ShotList) -> None:
    before = write_shots(old, None)
    error = refusal(lambda: write_shots(new, before))
    if error:  # lines kept from the old file met the new ids
        assert "used twice" in error.what
        return
    text = write_shots(new, before)
    result = read_shots(text, where="s")
    assert [shot.id for shot in result.shots] == [shot.id for shot in new.shots]
    known = {shot.fragment for shot in old.shots}
    for got, wanted in zip(result.shots, new.shots, strict=True):
        assert got.fragment == wanted.fragment
        assert got == wanted or wanted.fragment in known
    assert write_shots(new, text) == text


@given(
    st.lists(
        st.sampled_from(
            [
                *("[[shot]]\n", "[shot.media]\n", "[[shot.line]]\n", "# c\n", "\n", "id = 'a'\n"),
                *('schema = "generique/shots/1"\n', 'title = "T"\n', "language = 'en'\n"),
                *(
                    'text = """x\n',
                    '"""',
                    "'''",
                    "[",
                    "{",
                    "}",
                    "]",
                    ",",
                    "=",
                    '"',
                    "class = 'x'\n",
                ),
                *("fragment = 1\n", "seconds = inf\n", "a.b = 1979-05-27\n", "\r\n", "\0"),
            ]
        )
        | st.text(max_size=4),
        max_size=25,
    ).map("".join)
)
def test_any_toml_is_read_or_refused(text: str) -> None:
    empty = ShotList(title="T", language="en", shots=())
    for read in (
        lambda: read_shots(text, where="s"),
        lambda: write_shots(empty, text),
        lambda: read_translation(text, empty, language="fr", where="s"),
        lambda: draft_translation(empty, text, "fr"),
    ):
        error = refusal(read)
        assert error is None or error.next_step


TOML_LINES = st.sampled_from(
    [
        *("# note", "", "  ", "[[b]]", "[[b]] # x", "[[b.c]]", "[b.d]", "[e]", "  [[b]]"),
        *('k1 = "a#b" # c', "k2 = [\n 1, # x\n\n [2],\n]", 'k3 = """\n[[b]]\n# no\n\n"""'),
        *("k4 = '''a\n''' # z", 'k5 = """"x"""""', "k6 = {a = [1], b = '}'}", '"k 7" = ""'),
        *("k8.x = 1", 'k9 = """a\\\n   b\\""""'),
    ]
)


@given(st.lists(TOML_LINES, max_size=14).map("\n".join))
def test_rewriting_toml_keeps_meaning_and_comments(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert refusal(partial(read_toml, text, where="f"))
        return
    file = read_toml(text, where="f")
    once = written(file.sections, file.footer)
    assert tomllib.loads(once) == tomllib.loads(text)
    again = read_toml(once, where="f")
    assert written(again.sections, again.footer) == once
    assert once.count("# note") == text.count("# note")


@given(shot_lists())
def test_drafts_settle_and_become_translations(value: ShotList) -> None:
    text = draft_translation(value, None, "fr")
    assert draft_translation(value, text, "fr") == text
    wanted = {line.id for shot in value.shots for line in shot.lines}
    sections = [
        section.updated({"text": "mot"} if section.path else {"title": "Titre"})
        for section in read_toml(text, where="f").sections
    ]
    filled = written(sections)
    assert read_translation(filled, value, language="fr", where="f") == dict.fromkeys(wanted, "mot")
    assert draft_translation(value, filled, "fr") == filled
