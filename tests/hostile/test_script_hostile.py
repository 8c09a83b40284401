"""Files made to hurt: endless, nested, half open. Each is read or refused, in linear time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from generique.model.errors import UnreadableInput
from generique.model.shot import ShotList
from generique.script.breakdown import break_down
from generique.script.fdx import parse_fdx
from generique.script.fountain import parse_fountain
from generique.script.shotlist import read_shots
from generique.script.translation import draft_translation
from patience import at_once

SIZE = 80_000
"""Characters of each hostile text; quadratic work on so many would take minutes."""


def refusal(act: Callable[[], object]) -> UnreadableInput | None:
    try:
        act()
    except UnreadableInput as error:
        return error
    return None


def repeated(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def breakdown(text: str) -> ShotList:
    return break_down(parse_fountain(text, where="h"), language="en", title="T")


@pytest.mark.parametrize(
    "piece",
    [
        *("[[a]]", "[[", "]]", "/**/", "/*", "*/", "[[/**/]]", "[[\n", "/*\n"),
        *("*", "_", "*a", "* a", "\\", "\\*", "**a*_b_", "a_"),
        *("(", ")", "()", "A (B) ", "(a)", "((", "^", "A\nb\n\n", "A\n(b)\n", "A\n[[x]]\n"),
        *("#", "#1# ", "=", "=\n", "> a <\n", "~\n", ".a\n\n", "@a\n", "!\n", "  \n", "\n", "\t"),
        *("A", "INT. ", "TO:", "Title: x\n", "a:", "\r", "\r\n", "\u2028", "\x0b", "é"),
        *("[[shot: 1 s]]", "[[shot: a ~", "1.5 s ", "a.mp4 1+", "00:"),
    ],
)
def test_fountain_in_linear_time(piece: str) -> None:
    variants = (repeated(piece), f"[[shot: {repeated(piece)}]]", f"\nÉLISE\n{repeated(piece)}\n")
    with at_once():
        for text in variants:
            error = refusal(partial(breakdown, text))
            assert error is None or error.where


def test_endless_files_are_refused_at_once() -> None:
    for text in ("\n" * 5_000_000, "[[a]]" * 1_000_000):
        with at_once(), pytest.raises(UnreadableInput, match="no screenplay"):
            parse_fountain(text, where="h")


def wrapped(body: str) -> bytes:
    return f"<FinalDraft><Content>{body}</Content></FinalDraft>".encode()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>',
        "<!DOCTYPE FinalDraft>",
    ],
)
def test_doctypes_and_entities_are_refused(doctype: str) -> None:
    with pytest.raises(UnreadableInput, match="FDX") as caught:
        parse_fdx(doctype.encode() + wrapped("&x;"), where="h.fdx")
    assert "passwd" not in caught.value.diagnosis()


@pytest.mark.parametrize(
    "body",
    [
        "<Paragraph>" * 30_000 + "</Paragraph>" * 30_000,
        "<DualDialogue>" * 30_000 + "</DualDialogue>" * 30_000,
        "<Paragraph Type='Action'><Text>" + "<Text>" * 20_000 + "</Text>" * 20_001 + "</Paragraph>",
        "<Paragraph Type='Character'><Text>" + "(A)" * 100_000 + "</Text></Paragraph>",
        "<Paragraph><Text>a</Text></Paragraph>" * 10_000,
        "<Paragraph><Text Style='Bold'>a</Text>" + "<Text>*</Text>" * 20_000 + "</Paragraph>",
        "<Paragraph><ScriptNote><ScriptNote>" * 5_000
        + "</ScriptNote></ScriptNote></Paragraph>" * 5_000,
        "</Paragraph>",
        "<OmittedScene><Paragraph/></OmittedScene></DualDialogue>",
    ],
)
def test_fdx_in_linear_time_and_without_recursion(body: str) -> None:
    with at_once():
        error = refusal(lambda: parse_fdx(wrapped(body), where="h.fdx"))
    assert error is None or error.where


def test_fdx_with_every_byte_flipped_is_read_or_refused() -> None:
    data = wrapped("<Paragraph Type='Character'><Text>ÉLISE &amp; B</Text></Paragraph>")
    for index in range(len(data)):
        for mask in (1, 0x20, 0x80, 0xFF):
            flipped = bytearray(data)
            flipped[index] ^= mask
            error = refusal(partial(parse_fdx, bytes(flipped), where="h.fdx"))
            assert error is None or str(error.where).startswith("h.fdx")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 50_000,
        "x = " + "[" * 300 + "]" * 300,
        "x = 1" + "0" * 10_000,
        "x = '" + "a" * 100_000,
        "x = 1e9999999999999999999999",
        "[" + "a." * 1_000 + "a]",
        "[[shot]]\n" * 5_000,
        "# c\n" * 20_000,
        "x = 0000-00-00",
        "x = " + '"\\u' * 100,
    ],
)
def test_toml_made_to_hurt_is_refused(text: str) -> None:
    empty = breakdown("INT. A\n\n[[shot: x]]")
    for read in (
        lambda: read_shots(text, where="h.toml"),
        lambda: read_shots(f'schema = "generique/shots/1"\n{text}', where="h.toml"),
        lambda: draft_translation(empty, text, "fr"),
    ):
        with at_once(), pytest.raises(UnreadableInput):
            read()
