"""The audit on paper: typst source of its pages.

One page of summary, then the truth map, the elements with their stills, the rules by family, and
the evidence. Every text stands in the source as numbers, so that no title can become code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generique.studio.audit_sheet import ElementCard, Fact, RuleCard, Sheet
from generique.titles.typeset import literal

MAP = "map.svg"
"""Name of the truth map among the pictures."""

_WHOLE = 8
"""Most reasons of a rule that is kept on one page."""

_INK = 'rgb("#1c1b19")'
_SOFT = 'rgb("#5c5952")'
_LINE = 'rgb("#c9c4b8")'
_COLOURS = {
    "passed": "#2d6a4f",
    "approved": "#2d6a4f",
    "authentic": "#2d6a4f",
    "open": "#8a5a00",
    "waiting": "#8a5a00",
    "demonstration": "#8a5a00",
    "failed": "#a4262c",
    "rejected": "#a4262c",
}


def still_name(frame: int) -> str:
    """Name of the still of a frame among the pictures."""
    return f"still-{frame}.jpg"


def paper_pictures(sheet: Sheet, stills: Mapping[int, bytes]) -> dict[str, bytes]:
    """The pictures that the pages show, by name.

    Args:
        sheet: What they say.
        stills: JPEG bytes by frame.
    """
    shown = {still_name(frame): stills[frame] for frame in sheet.frames if frame in stills}
    return {MAP: sheet.map.encode(), **shown}


def paper_source(sheet: Sheet, stills: Iterable[int]) -> str:
    """Typst source of the whole document; pictures are shown by ``picture(name, alt: …)``.

    Args:
        sheet: What it says.
        stills: Frames of which there is a still.
    """
    held = frozenset(stills)
    words = sheet.words
    return "".join(
        (
            _settings(sheet),
            *_summary(sheet),
            _chapter(words["map"]),
            _paragraph(words["map.read"]),
            (
                f"#block(above: 5mm, below: 5mm, picture({_quoted(MAP)}, "
                f"alt: {literal(words['map.about'])}, width: 100%))\n"
            ),
            _paragraph(sheet.shares),
            _chapter(words["elements"]),
            _paragraph(words["elements.read"], soft=True),
            *(_element(card, words, shown=card.frame in held) for card in sheet.elements),
            _chapter(words["rules"]),
            _paragraph(words["rules.read"], soft=True),
            *_rules(sheet),
            _chapter(words["told"]),
            _paragraph(words["told.read"], soft=True),
            *(_rule(card, words) for card in sheet.disclosures),
            _chapter(words["evidence"]),
            _paragraph(words["evidence.read"], soft=True),
            *_annex(sheet),
            _caption(words["limits"]),
            _paragraph(words["limits.read"]),
        )
    )


def _settings(sheet: Sheet) -> str:
    words = sheet.words
    title = f"{words['report']} – {sheet.title}"
    return (
        f"#set document(title: {literal(title)}, author: ())\n"
        f'#set text(font: "Libertinus Serif", size: 10pt, fill: {_INK}, lang: '
        f"{_quoted(sheet.language)}, hyphenate: true)\n"
        "#set par(leading: 0.62em, spacing: 0.8em)\n"
        "#set page(width: 210mm, height: 297mm, margin: (left: 24mm, right: 22mm, top: 22mm, "
        "bottom: 24mm), footer: context [#set text(size: 8.5pt, "
        f"fill: {_SOFT})\n#text({literal(title)})#h(1fr)#text({literal(words['page'])}) "
        "#counter(page).display() / #counter(page).final().first()])\n"
    )


def _summary(sheet: Sheet) -> Iterator[str]:
    words = sheet.words
    yield f"#text({literal(words['report'])}, fill: {_SOFT})\n\n"
    yield (
        "#block(above: 3mm, below: 6mm, heading(level: 1, text(size: 23pt, "
        f'weight: "regular", {literal(sheet.title)})))\n'
    )
    yield (
        f"#block(width: 100%, inset: 4mm, stroke: (left: 2.5pt + {_colour(sheet.state)}), "
        f'text(size: 12.5pt, weight: "semibold", {literal(sheet.verdict)}))\n'
    )
    if sheet.notice:
        yield (
            f"#block(width: 100%, inset: 3mm, stroke: 1pt + {_colour('failed')}, "
            f"text({literal(sheet.notice)}))\n"
        )
    for line in (sheet.about, sheet.shares, sheet.counts, words["language.note"]):
        if line:
            yield _paragraph(line)
    yield _caption(words["todo"])
    if not sheet.todo:
        yield _paragraph(words["nothing"])
    for role, acts in sheet.todo:
        yield (
            "#block(above: 4mm, below: 2mm, sticky: true, "
            f'text(weight: "semibold", {literal(role)}))\n'
        )
        yield _list(acts)


def _element(card: ElementCard, words: Mapping[str, str], *, shown: bool) -> str:
    picture = "[]"
    if shown and card.frame is not None:
        name = _quoted(still_name(card.frame))
        picture = f"picture({name}, alt: {literal(card.title)}, width: 38mm)"
    facts = list(card.facts)
    if card.missing:
        facts.append(Fact(words["missing"], card.missing))
    return (
        "#block(breakable: false, width: 100%, inset: (y: 2.5mm), "
        f"stroke: (bottom: 0.4pt + {_LINE}), "
        f"grid(columns: (38mm, 1fr), column-gutter: 5mm, {picture}, [#block(below: 1.5mm, "
        f'text(weight: "semibold", {literal(card.title)}))#text({literal(card.place)}, '
        f"fill: {_SOFT})#h(2mm)#text({literal(card.stand)}, fill: {_colour(card.state)}, "
        f'weight: "semibold")\n{_facts(facts)}]))\n'
    )


def _rules(sheet: Sheet) -> Iterator[str]:
    for family in sheet.families:
        yield _caption(family.title)
        for rule in family.rules:
            yield _rule(rule, sheet.words)


def _rule(rule: RuleCard, words: Mapping[str, str]) -> str:
    facts = list(rule.facts)
    if rule.number is not None:
        facts.append(Fact(words["rests"], f"{words['evidence']} {rule.number}"))
    whole = "false" if len(rule.reasons) <= _WHOLE else "true"
    return (
        f"#block(breakable: {whole}, width: 100%, inset: (y: 2mm), "
        f"stroke: (bottom: 0.4pt + {_LINE}), [#block(sticky: true, "
        f'below: 1.5mm, [#text(weight: "semibold", {literal(rule.title)})#h(2mm)#text(size: 8.5pt, '
        f"fill: {_SOFT}, {literal(rule.id)})])"
        f'#text(weight: "semibold", fill: {_colour(rule.state)}, {literal(rule.status)})\n'
        f"{_list(rule.reasons)}{_facts(facts)}])\n"
    )


def _annex(sheet: Sheet) -> Iterator[str]:
    for number, rule, lines in sheet.annex:
        yield (
            f'#block(above: 4mm, below: 1.5mm, sticky: true, text(weight: "semibold", '
            f"{literal(f'{number} · {rule}')}))\n"
        )
        yield "#text(size: 8.5pt)[" + _list(lines) + "]\n"


def _facts(facts: Iterable[Fact]) -> str:
    cells = "".join(
        f"text(size: 9pt, fill: {_SOFT}, {literal(fact.name)}), "
        f"text(size: 9pt, {literal(fact.value)}), "
        for fact in facts
    )
    if not cells:
        return ""
    return f"#grid(columns: (31mm, 1fr), row-gutter: 1.6mm, column-gutter: 3mm, {cells})\n"


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"text({literal(line)}), " for line in lines)
    return f"#list(spacing: 0.65em, {items})\n" if items else ""


def _chapter(text: str) -> str:
    return (
        "#pagebreak(weak: true)\n#block(below: 4mm, heading(level: 2, text(size: 16pt, "
        f'weight: "regular", {literal(text)})))\n'
    )


def _caption(text: str) -> str:
    return (
        "#block(above: 8mm, below: 3mm, sticky: true, heading(level: 3, text(size: 11.5pt, "
        f'weight: "semibold", {literal(text)})))\n'
    )


def _paragraph(text: str, *, soft: bool = False) -> str:
    style = f", fill: {_SOFT}" if soft else ""
    return f"#text({literal(text)}{style})\n\n"


def _quoted(word: str) -> str:
    return f'"{word}"'


def _colour(state: str) -> str:
    return f'rgb("{_COLOURS[state]}")' if state in _COLOURS else _SOFT
