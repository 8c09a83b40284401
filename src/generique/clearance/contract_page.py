"""The contract on paper: typst source of its pages, in each language of its text."""

from __future__ import annotations

from generique.clearance.clauses import Contract, Party
from generique.clearance.contract_captions import CAPTIONS, WORDS
from generique.clearance.contract_text import sentence
from generique.clearance.contract_words import TextLanguage, date_words, french, listed, quoted
from generique.titles.typeset import literal

_INK = 'rgb("#1c1b19")'
_SOFT = 'rgb("#6a665e")'
_RULE = 'rgb("#c9c4b8")'
_SETTINGS = f"""\
#set text(font: "Libertinus Serif", size: 10.8pt, fill: {_INK}, number-type: "old-style", \
overhang: true, costs: (hyphenation: 120%))
#set par(justify: true, leading: 0.68em, spacing: 0.9em)
"""


def contract_source(contract: Contract) -> str:
    """The whole document: each language begins a page, the one that prevails comes first.

    Args:
        contract: What is set; what the ledger says of it is not.
    """
    heading = contract.heading
    title = f"{WORDS[heading.languages[0]]['title']} – {heading.work}"
    parts = [f"#set document(title: {literal(title)}, author: ())\n", _SETTINGS]
    for place, language in enumerate(heading.languages):
        parts.append(_page(contract, language, first=place == 0))
    return "".join(parts)


def contract_lines(contract: Contract, language: TextLanguage) -> tuple[str, ...]:
    """The clauses as plain lines, in the order of their numbers: number, caption, sentence."""
    return tuple(
        f"{clause.id}  {CAPTIONS[language][clause.kind]}. "
        f"{sentence(clause, contract.party_names, language)}"
        for clause in contract.in_order
    )


def _page(contract: Contract, language: TextLanguage, *, first: bool) -> str:
    words = WORDS[language]
    foot = f"{contract.heading.work} · {words['short']}"
    page = (
        f'#set text(lang: "{language}", hyphenate: true)\n'
        "#set page(width: 210mm, height: 297mm, margin: (left: 34mm, right: 28mm, top: 28mm, "
        "bottom: 30mm), footer-descent: 10mm, footer: context [#set text(size: 8.5pt, "
        f"fill: {_SOFT})\n#text({literal(foot)})#h(1fr)"
        "#counter(page).display() / #counter(page).final().first()])\n"
    )
    if not first:
        page += "#pagebreak(weak: true)\n"
    return "".join(
        (
            page,
            _opening(contract, language),
            _parties(contract, language),
            _preamble(contract, language),
            *_clauses(contract, language),
            # Nobody signs a page that says nothing: the last provisions stay with the signatures.
            "#block(breakable: false, width: 100%)[\n",
            _closing(contract, language),
            _signatures(contract, language),
            "]\n",
        )
    )


def _text(text: str, **style: str) -> str:
    """A text in a style."""
    said = "".join(f", {name.replace('_', '-')}: {value}" for name, value in style.items())
    return f"#text({literal(text)}{said})"


def _paragraph(text: str, language: TextLanguage) -> str:
    return f"{_text(_set(text, language))}\n\n"


def _set(text: str, language: TextLanguage) -> str:
    return french(text) if language == "fr" else text


def _opening(contract: Contract, language: TextLanguage) -> str:
    """Title, film and date."""
    heading, words = contract.heading, WORDS[language]
    day = words["dated"].format(day=date_words(heading.date, language))
    place = f"{heading.place}, {day}" if heading.place else day
    return (
        f"#block(above: 0pt, below: 7mm, {{ set par(justify: false)\n heading(level: 1, "
        f"outlined: true, text(size: 23pt, weight: {_quoted('regular')}, hyphenate: false, "
        f"{literal(words['title'])})) }})\n"
        f"#block(below: 2mm, text(size: 14pt, style: {_quoted('italic')}, "
        f"{literal(heading.work)}))\n"
        f"#block(below: 9mm, text(fill: {_SOFT}, {literal(place)}))\n"
    )


def _quoted(word: str) -> str:
    return f'"{word}"'


def _caption(text: str) -> str:
    return (
        "#block(above: 8mm, below: 3.6mm, sticky: true, heading(level: 2, "
        f"text(size: 10.8pt, weight: {_quoted('regular')}, tracking: 0.09em, fill: {_SOFT}, "
        f"{literal(text.upper())})))\n"
    )


def _parties(contract: Contract, language: TextLanguage) -> str:
    words = WORDS[language]
    rows = [
        f"[{_text(party.name, weight=_quoted('semibold'))}"
        f"{_text(_set(_capacity(party, language), language))}]"
        for party in contract.heading.party
    ]
    blocks = "".join(f"#block(above: 0pt, below: 2.2mm, {row})\n" for row in rows)
    return _caption(words["between"]) + blocks


def _capacity(party: Party, language: TextLanguage) -> str:
    words = WORDS[language]
    said = [party.capacity[language]] if language in party.capacity else []
    if party.represented_by:
        said.append(words["represented"].format(person=party.represented_by))
    return f", {', '.join(said)}" if said else ""


def _preamble(contract: Contract, language: TextLanguage) -> str:
    """What the contract is about, and the words that it uses."""
    words = WORDS[language]
    about = words["about"].format(work=quoted(contract.heading.work, language))
    return _caption(words["subject"]) + "".join(
        _paragraph(text, language) for text in (about, words["elements"], words["people"])
    )


def _clauses(contract: Contract, language: TextLanguage) -> list[str]:
    parts = [_caption(WORDS[language]["agreed"])]
    for clause in contract.in_order:
        caption = CAPTIONS[language][clause.kind]
        said = sentence(clause, contract.party_names, language)
        parts.append(
            "#block(above: 0pt, below: 4.4mm, grid(columns: (11mm, 1fr), "
            f"text(fill: {_SOFT}, {literal(clause.id)}), "
            f"[#block(below: 2.1mm, sticky: true, "
            f"{_text(_set(caption, language), weight=_quoted('semibold'))[1:]})\n"
            f"{_text(said)}]))\n"
        )
    return parts


def _closing(contract: Contract, language: TextLanguage) -> str:
    """What prevails, which law governs, and where the machine reading stands."""
    heading, words = contract.heading, WORDS[language]
    said = []
    if len(heading.languages) > 1:
        said.append(words["prevails"].format(language=words[heading.languages[0]]))
    if language in heading.law:
        said.append(words["law"].format(law=heading.law[language]))
    titles = listed([quoted(title, language) for title in heading.titles], language)
    said.append(words["reading"].format(file=quoted("clauses.toml", language), titles=titles))
    digest = contract.digest.removeprefix("sha256:")
    groups = " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
    printed = _text(groups, size="8.6pt", fill=_SOFT, number_type=_quoted("lining"))
    return (
        _caption(words["closing"])
        + "".join(_paragraph(text, language) for text in said)
        + f"#block(above: 3mm, {printed[1:]})\n"
    )


def _signatures(contract: Contract, language: TextLanguage) -> str:
    words = WORDS[language]
    fields = ", ".join(_field(party) for party in contract.heading.party)
    return (
        "#block(breakable: false, above: 12mm, {\n"
        f"{_text(words['signatures'], fill=_SOFT)[1:]}\n"
        "v(17mm)\n"
        f"grid(columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 19mm, {fields})\n}})\n"
    )


def _field(party: Party) -> str:
    """A line to sign on, with who signs below it."""
    who = party.represented_by or party.name
    under = _text(who, size="9.6pt")
    if who != party.name:
        under += f"#linebreak(){_text(party.name, size='9pt', fill=_SOFT)}"
    return f"[#line(length: 100%, stroke: 0.5pt + {_RULE})#v(-2mm){under}]"
