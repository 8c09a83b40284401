"""Labels and credit rolls as typst source.

Nothing that a person writes is ever read as typst: every string goes through :func:`literal`,
which writes each character as its number. The source then holds no letter of the text, so that
no text can become code, and the typesetter may refuse every dangerous word wherever it stands.

Pages are 1280 points wide; the typesetter scales them to the raster.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from generique.titles.credits import CreditLine, Credits, CreditSection
from generique.titles.labels import Label

PAGE_WIDTH = 1280
"""Width of every page in points: one point is one pixel at 1280 x 720."""

_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LONGEST_WORD = 32
_SOLID = 64
"""Alpha from which the colour of a key's sample is exact enough to be read."""
_PAGE = f"""\
#set page(width: {PAGE_WIDTH}pt, height: auto, margin: (x: 64pt, y: 24pt), fill: none)
#set text(font: "Libertinus Serif", fallback: true, hyphenate: false, overhang: false)
#set par(justify: false, leading: 0.5em)
"""


def literal(text: str) -> str:
    """A typst string that shows a text and can mean nothing else.

    Line breaks and other controls become spaces. Bidirectional controls are dropped, because they
    could turn round the text that follows; right-to-left letters keep their own direction. Halves
    of surrogate pairs become the replacement character.
    """
    shown = (
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in text
        if char not in _BIDI_CONTROLS
    )
    whole = _breakable("".join(shown))
    codes = (0xFFFD if unicodedata.category(char) == "Cs" else ord(char) for char in whole)
    return '"' + "".join(f"\\u{{{code:x}}}" for code in codes) + '"'


def _breakable(text: str) -> str:
    """Text with places to break in words longer than a column holds, such as addresses."""
    out: list[str] = []
    run = 0
    for char in text:
        run = 0 if char == " " else run + 1
        joins = unicodedata.category(char).startswith("M") or char == "\u200d"
        after_joiner = bool(out) and out[-1] == "\u200d"
        if run > _LONGEST_WORD and not joins and not after_joiner:
            out.append("\u200b")
            run = 1
        out.append(char)
    return "".join(out)


def label_source(label: Label) -> str:
    """A label on one line: capitals, then what they mean."""
    small = label.kind == "demonstration"
    size, weight = (17, "regular") if small else (23, "semibold")
    return (
        _PAGE
        + f'#text(size: {size}pt, fill: white, weight: "{weight}", tracking: 0.09em, '
        + f"{literal(label.head)})"
        + f"#h(0.55em)#text(size: {size}pt, fill: white, {literal('—')})#h(0.55em)"
        + f"#text(size: {size + 1}pt, fill: white, {literal(label.tail)})\n"
    )


def credits_source(credits_: Credits) -> str:
    """The whole roll on one tall page."""
    return _roll_source(credits_, numbered=False)


def credits_key_source(credits_: Credits) -> str:
    """The same page, letter for letter, with each line in the colour of its number, from 1.

    So where a line stands on the page is read from the page itself, by :func:`line_numbers`.
    """
    return _roll_source(credits_, numbered=True)


def line_numbers(key: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Number of the line that each sample of a key belongs to, rows x columns; 0 for none.

    Args:
        key: The page of :func:`credits_key_source`, RGBA with straight alpha.
    """
    digits = (key[:, :, :3] >> 4).astype(np.int32)
    numbers = digits[:, :, 0] << 8 | digits[:, :, 1] << 4 | digits[:, :, 2]
    return np.where(key[:, :, 3] >= _SOLID, numbers, 0).astype(np.int32)


def _number_ink(number: int) -> str:
    """A colour that says a number up to 4095, and still does after its samples were rounded."""
    red, green, blue = (number >> 8) & 15, (number >> 4) & 15, number & 15
    return f"#{16 * red + 8:02x}{16 * green + 8:02x}{16 * blue + 8:02x}"


def _roll_source(credits_: Credits, *, numbered: bool) -> str:
    title_ink = _number_ink(0) if numbered else "#ffffff"
    title = f'text(size: 46pt, fill: rgb("{title_ink}"), {literal(credits_.title)})'
    parts = [_PAGE, "#set align(center)\n", f"#block(below: 56pt, {title})\n"]
    number = 1
    for section in credits_.sections:
        parts.append(_section(section, number if numbered else None))
        number += len(section.lines)
    return "".join(parts)


def _section(section: CreditSection, number: int | None) -> str:
    ink = "#b9b4a8" if number is None else _number_ink(0)
    heading = (
        f'#block(below: 17pt, sticky: true, text(size: 20pt, fill: rgb("{ink}"), '
        f'tracking: 0.14em, features: ("smcp",), {literal(section.heading.lower())}))\n'
    )
    lines = "".join(
        _line(line, None if number is None else number + count)
        for count, line in enumerate(section.lines)
    )
    return f"{heading}{lines}#v(28pt)\n"


def _line(line: CreditLine, number: int | None) -> str:
    """A role beside a name; a line without a role stands in the middle."""
    inks = ("#ffffff", "#a8a49a", "#d5d1c6") if number is None else (_number_ink(number),) * 3
    name_ink, detail_ink, role_ink = (f'rgb("{ink}")' for ink in inks)
    who = f"text(size: 23pt, fill: {name_ink}, {literal(line.who)})"
    details = (
        f"v(11pt), text(size: 16.5pt, fill: {detail_ink}, {literal(detail)})"
        for detail in line.details
    )
    name = f"stack({', '.join((who, *details))})"
    if not line.what:
        return f"#block(below: 20pt, width: 860pt, {name})\n"
    what = f'text(size: 21pt, style: "italic", fill: {role_ink}, {literal(line.what)})'
    return (
        "#block(below: 20pt, grid(columns: (440pt, 440pt), column-gutter: 30pt, "
        f"align: (right, left), {what}, {name}))\n"
    )
