"""End credits, read from the lineage: an element without a credit cannot happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generique.model.element import ElementClass, ElementKind
from generique.model.errors import UnreadableInput
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, Rights
from generique.model.people import Person, Role
from generique.model.reference import Followed
from generique.model.values import Identifier, Value
from generique.titles.phrases import Phrases, phrases, typographic

ROWS_A_SECOND = 96
"""Fastest roll that can be read, in rows a second on a page of 1280 x 720: every line stays on
the screen for about five seconds, and three new ones come each second."""

REST_SECONDS = 1.0
"""Seconds for which the roll rests before it moves."""

TRAVEL_SPARED = 302
"""Rows that need not pass: the roll starts with its title in view and ends before its last row."""

# Rows that the page of titles/typeset.py takes; a test compares them with what is set.
_PAGE_ROWS, _SECTION_ROWS, _LINE_ROWS, _DETAIL_ROWS = 115.0, 58.2, 35.2, 21.9
_WRAPPED_ROWS = 26.5
_LINE_LETTERS, _DETAIL_LETTERS = 40, 58
_FADE_SECONDS = 1.5
_SECTIONS = {
    ElementKind.VOICE: "voices",
    ElementKind.MUSIC: "music",
    ElementKind.EFFECT: "sound",
}
_ORDER = ("images", "voices", "music", "sound", "footage", "recordings")


class CreditLine(Value):
    """One credit.

    Attributes:
        what: The part played; may be empty.
        who: Who or what played it.
        details: Versions, licences and what is known of the training data.
        elements: Identifiers of the elements that this line covers.
    """

    what: str = ""
    who: str
    details: tuple[str, ...] = ()
    elements: tuple[Identifier, ...] = ()


class CreditSection(Value):
    """Credits under a heading."""

    name: str
    heading: str
    lines: tuple[CreditLine, ...]


class Credits(Value):
    """The end credits of one language version."""

    title: str
    language: str
    sections: tuple[CreditSection, ...]

    def elements(self) -> frozenset[str]:
        """Identifiers of all elements that some line covers."""
        return frozenset(
            name for section in self.sections for line in section.lines for name in line.elements
        )


class Tool(Value):
    """A tool that made the film but none of its elements."""

    name: str
    version: str
    licence: str


def credits_of(
    lineage: Lineage,
    language: str,
    *,
    people: Sequence[Person] = (),
    tools: Sequence[Tool] = (),
    thanks: Sequence[str] = (),
) -> Credits:
    """The end credits.

    Args:
        lineage: Of the film.
        language: Two-letter code of the version.
        people: Of the production, for the names behind decisions.
        tools: What the film was made with, besides its generators.
        thanks: Lines that the production wrote itself.

    Raises:
        UsageError: Titles are not written in this language.
        UnreadableInput: An element has neither a passport nor rights, so nobody can be credited.
    """
    words = phrases(language)
    uses = [use for use in lineage.elements if use.language in (None, language)]
    sections = [_decisions(lineage, uses, people, words), *_elements(uses, words, language)]
    if thanks:
        lines = tuple(CreditLine(who=typographic(line, language)) for line in thanks)
        sections.append(CreditSection(name="people", heading=words.headings["people"], lines=lines))
    if tools:
        lines = tuple(
            CreditLine(who=f"{tool.name} {tool.version}", details=(tool.licence,)) for tool in tools
        )
        sections.append(CreditSection(name="tools", heading=words.headings["tools"], lines=lines))
    title = lineage.titles.get(language, lineage.title)
    return Credits(
        title=typographic(title, language),
        language=language,
        sections=tuple(section for section in sections if section.lines),
    )


def roll_rows(credits_: Credits) -> float:
    """About how many rows the credits take on a page 1280 wide."""
    rows = _PAGE_ROWS
    for section in credits_.sections:
        rows += _SECTION_ROWS
        for line in section.lines:
            rows += _LINE_ROWS + _WRAPPED_ROWS * (len(line.who) // _LINE_LETTERS)
            for detail in line.details:
                rows += _DETAIL_ROWS * (1 + len(detail) // _DETAIL_LETTERS)
    return rows


def roll_seconds(credits_: Credits) -> float:
    """Seconds that the credits need on screen to be read, fade out included."""
    travel = max(roll_rows(credits_) - TRAVEL_SPARED, 0.0)
    return REST_SECONDS + travel / ROWS_A_SECOND + _FADE_SECONDS


def _decisions(
    lineage: Lineage, uses: Iterable[ElementUse], people: Sequence[Person], words: Phrases
) -> CreditSection:
    """Who approved; or, for a demonstration, that nobody did."""
    if lineage.demonstration:
        sentence = f"{words.demonstration[1][0].upper()}{words.demonstration[1][1:]}"
        return CreditSection(
            name="demonstration",
            heading=words.headings["demonstration"],
            lines=(CreditLine(who=sentence),),
        )
    names = {person.id: person.name for person in people}
    approvals = {
        (names.get(entry.decision.person, entry.decision.person), entry.decision.role)
        for use in uses
        for entry in use.decisions
        if entry.decision.verdict == "approved"
    }
    lines = tuple(
        CreditLine(what=words.roles[role] if isinstance(role, Role) else role, who=name)
        for name, role in sorted(approvals)
    )
    return CreditSection(name="approval", heading=words.headings["approval"], lines=lines)


def _elements(uses: Iterable[ElementUse], words: Phrases, language: str) -> Iterable[CreditSection]:
    """One section for each kind of origin; uses that would read alike share a line."""
    found: dict[str, dict[tuple[str, str, tuple[str, ...]], list[str]]] = {}
    for use in uses:
        if use.passport is None and use.rights is None and use.kind is not ElementKind.TITLE:
            raise UnreadableInput(
                f"element {use.id} can be credited to nobody",
                where=f"element {use.id}, ledger entry {use.entry}",
                why="it has neither a passport nor rights",
                next_step="state its rights in media.toml, or shoot it with a backend",
            )
        if use.passport is not None:
            key = _generator(use, use.passport, words, language)
            section = found.setdefault(_SECTIONS.get(use.kind, "images"), {})
            section.setdefault(key, []).append(use.id)
        if use.rights is not None:
            key = _holder(use, use.rights, words, language)
            name = "footage" if use.track == "V1" else "recordings"
            found.setdefault(name, {}).setdefault(key, []).append(use.id)
    for name in _ORDER:
        lines = tuple(
            CreditLine(what=what, who=who, details=details, elements=tuple(dict.fromkeys(ids)))
            for (what, who, details), ids in found.get(name, {}).items()
        )
        yield CreditSection(name=name, heading=words.headings[name], lines=lines)


def _generator(
    use: ElementUse, passport: Passport, words: Phrases, language: str
) -> tuple[str, str, tuple[str, ...]]:
    what, who = _parted(passport.credit.get(language, passport.title))
    training = words.training[passport.training.statement]
    if passport.training.datasets:
        names = ", ".join(f"{data.title} ({data.licence})" for data in passport.training.datasets)
        training = f"{training} {names}"
    maker = () if passport.maker in who else (passport.maker,)
    facts = " · ".join((f"{words.version} {passport.version}", *maker, passport.licence))
    details = [facts, training]
    if use.element_class in words.classes:
        details.append(words.classes[use.element_class][0].lower())
    # One file may be followed in two roles; it is credited once.
    sources = dict.fromkeys(_source(each, words, language) for each in use.references)
    details += [detail for detail, _ in sources]
    demanded = dict.fromkeys(one for _, also in sources for one in also)
    owed = (*duty_of(passport, language), *demanded)
    heading = words.headings[_SECTIONS.get(use.kind, "images")]
    if heading.casefold().startswith(what.casefold()):
        what = ""
    return _clean((what, who, tuple(details)), language, owed)


def _source(reference: Followed, words: Phrases, language: str) -> tuple[str, tuple[str, ...]]:
    """Credit of a file that a generator followed, and what its licence demands to be said."""
    rights = reference.rights
    if rights is None:
        return f"{words.after} {reference.title}", ()
    credit = rights.credit.get(language, f"{reference.title}: {rights.holder}")
    licence = () if rights.licence in credit else (rights.licence,)
    return f"{words.after} {' · '.join((credit, *licence))}", duty_of(rights, language)


def _holder(
    use: ElementUse, rights: Rights, words: Phrases, language: str
) -> tuple[str, str, tuple[str, ...]]:
    credit = rights.credit.get(language, f"{use.title}: {rights.holder}")
    what, who = _parted(credit)
    details = [] if rights.holder in credit else [rights.holder]
    licence = () if rights.licence in credit else (f"{words.licence} {rights.licence}",)
    details.append(" · ".join((*licence, rights.source)))
    if use.element_class is ElementClass.ALTERED:
        details.append(words.classes[use.element_class][0].lower())
    kept = rights.licence.replace("-", "\u2011")
    whole = tuple(text.replace(rights.licence, kept) for text in details)
    owed = duty_of(rights, language)
    return _clean((what, who.replace(rights.licence, kept), whole), language, owed)


def duty_of(known: Passport | Rights, language: str) -> tuple[str, ...]:
    """What a licence demands to be credited, letter for letter, in a language version.

    A wording without the version's language is owed as it stands: a licence that is written in one
    language asks for its words in every film.
    """
    owed = known.credit_duty
    if language in owed:
        return (owed[language],)
    return tuple(owed[name] for name in sorted(owed))


def _clean(
    line: tuple[str, str, tuple[str, ...]], language: str, owed: tuple[str, ...]
) -> tuple[str, str, tuple[str, ...]]:
    """A line in good typography; what is owed follows it untouched."""
    what, who, details = line
    set_details = tuple(typographic(detail, language) for detail in details)
    return typographic(what, language), typographic(who, language), (*set_details, *owed)


def _parted(credit: str) -> tuple[str, str]:
    """A credit as its author wrote it, parted into role and name at the first colon."""
    what, colon, who = credit.partition(": ")
    return (what.strip(), who.strip()) if colon and who.strip() else ("", credit.strip())
