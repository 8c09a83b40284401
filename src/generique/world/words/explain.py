"""Which word became what, and which words there are."""

from __future__ import annotations

from collections.abc import Iterator

from generique.model.vocabulary import phrase_key
from generique.world.reasons import remarks
from generique.world.words.explain_texts import TEXTS, PageTexts, families
from generique.world.words.lexicon import IN_ENGLISH, LEXICONS, Lexicon
from generique.world.words.lexicon_camera import STRENGTHS, VERBS
from generique.world.words.lexicon_entry import Entry, Role
from generique.world.words.lexicon_fr_camera import MOTIONS
from generique.world.words.lexicon_fr_camera import STRENGTHS as STRENGTHS_IN_FRENCH
from generique.world.words.lexicon_place import THINGS
from generique.world.words.reading import Reading

_TABLELESS = (Role.NEVER, Role.LINK, Role.CUE)
_VERBS = {"en": VERBS, "fr": MOTIONS}
_SAMPLE_VERB = {"en": "glide", "fr": "glisse"}
_GO = {"en": "*go*", "fr": "*aller*"}
_STRENGTHS = {
    "en": tuple(strength for strength, _ in STRENGTHS if strength),
    "fr": tuple(strength for strength in STRENGTHS_IN_FRENCH.values() if strength),
}
_STRONG_KEYS = tuple(strength for strength, _ in STRENGTHS if strength)


def explain(reading: Reading) -> tuple[str, ...]:
    """Lines that show, for each word of a prompt, what became of it; warnings last."""
    language = reading.language or "en"
    width = max((len(word.text) for word in reading.words), default=0)
    lines = [
        f"{word.start + 1:>5}  {' '.join(word.text.split()):<{width}}  "
        + (word.became if word.use == "used" else remarks.CHANGES_NOTHING.say(language))
        for word in reading.words
    ]
    notes = (remarks.REMARK.of(remark=warning) for warning in reading.warnings)
    return (*lines, *(note.say(language) for note in notes))


def vocabulary_page(language: str = "en") -> str:
    """A vocabulary page: every phrase of a lexicon and what it does.

    Args:
        language: ``en`` or ``fr``.
    """
    lexicon = next(lexicon for lexicon in LEXICONS if lexicon.language == language)
    return _Page(lexicon, TEXTS[language]).text()


class _Page:
    """A vocabulary page while it is written."""

    def __init__(self, lexicon: Lexicon, texts: PageTexts) -> None:
        self.lexicon = lexicon
        self.texts = texts
        self.language = lexicon.language

    def text(self) -> str:
        """The whole page."""
        parts = (self._sections(), self._refusals(), self._fillers())
        return (
            "\n".join([self.texts.introduction, *(line for part in parts for line in part)]) + "\n"
        )

    def _sections(self) -> Iterator[str]:
        """A section for each role that has entries, in the order of the lexicon."""
        for role in dict.fromkeys(entry.role for entry in self.lexicon.entries):
            if role in _TABLELESS:
                continue
            yield f"## {self.texts.roles[role]}\n"
            entries = [entry for entry in self.lexicon.entries if entry.role is role]
            yield from self._table(role, [one for one in entries if not _is_strengthened(one)])
            yield from self._remarks(role)
            yield ""

    def _table(self, role: Role, entries: list[Entry]) -> Iterator[str]:
        heads = {Role.THING: self.texts.things, Role.SHOWN: self.texts.shown_by}
        head = heads.get(role, self.texts.words_become)
        yield from (f"| {' | '.join(head)} |", "|---" * len(head) + "|")
        row = self._thing if role is Role.THING else self._row
        yield from (row(entry) for entry in entries)

    def _remarks(self, role: Role) -> Iterator[str]:
        """What is to be known of all words of a role."""
        if role is Role.MOVE:
            yield f"\n{self.texts.go} {', '.join(_VERBS[self.language])}."
        if role is Role.CHANGE:
            strengths = ", ".join(f'"{strength.strip()}"' for strength in _STRENGTHS[self.language])
            yield f"\n{self.texts.strengths} {strengths}."

    def _listed(self, entry: Entry) -> str:
        """The phrases of an entry, with every verb of motion written as *go*."""
        shown: dict[str, None] = {}
        speech, sample = self.lexicon.speech, _SAMPLE_VERB[self.language]
        spellings = {phrase_key(phrase, speech): phrase for phrase in reversed(entry.spellings)}
        for spelling in reversed(spellings.values()):
            verb = next((v for v in _VERBS[self.language] if spelling.startswith(f"{v} ")), "")
            way = spelling.removeprefix(f"{verb} ")
            going = entry.role is Role.MOVE and verb and f"{sample} {way}" in entry.spellings
            shown[f"{_GO[self.language]} {way}" if going else spelling] = None
        return ", ".join(shown)

    def _row(self, entry: Entry) -> str:
        """A table row for an entry."""
        named = f"`place.family = {entry.names[0].value}`" if entry.role is Role.PLACE else ""
        fields = [named, *(f"`{name} = {value}`" for name, value in entry.sets)]
        remarks = [
            ", ".join(filter(None, fields)),
            f"{self.texts.amount}: {entry.level}" if entry.level else "",
            self._note(entry),
        ]
        if entry.role is Role.SHOWN:
            remarks[0] = families(entry.fits, entry.names)
        elif entry.shown_by:
            remarks.append(f"{self.texts.every_place} {families(entry.shown_by)}")
        return f"| {self._listed(entry)} | {'; '.join(filter(None, remarks))} |"

    def _thing(self, entry: Entry) -> str:
        """A table row for a thing, with the value of each amount."""
        thing = THINGS[entry.thing]
        amounts = ", ".join(f"{level} {value}" for level, value in thing.levels.items())
        field = f"`{thing.field}`"
        if thing.also:
            field += f", {self.texts.unless} `{thing.also_field}`"
        if entry.shown_by:
            field += f"; {self.texts.every_place} {families(entry.shown_by)}"
        return f"| {self._listed(entry)} | {field} | {amounts} |"

    def _refusals(self) -> Iterator[str]:
        """What is known and refused, with the reason."""
        yield f"## {self.texts.roles[Role.NEVER]}\n"
        yield from (f"| {' | '.join(self.texts.because)} |", "|---|---|")
        for entry in self.lexicon.entries:
            if entry.role is Role.NEVER:
                yield f"| {self._listed(entry)} | {self._note(entry)} |"
        yield ""

    def _fillers(self) -> Iterator[str]:
        """Words that change nothing, cues and links among them."""
        yield f"## {self.texts.fillers}\n"
        yield f"{', '.join(sorted(self.lexicon.fillers))}.\n"
        yield self.texts.cues
        cues = [one for one in self.lexicon.entries if one.role in (Role.CUE, Role.LINK)]
        yield "; ".join(", ".join(entry.spellings) for entry in cues) + "."

    def _note(self, entry: Entry) -> str:
        return self.texts.notes.get(entry.note, entry.note)


_PLAIN_CHANGES = frozenset(
    entry.key
    for entry in IN_ENGLISH.entries
    if entry.role is Role.CHANGE and entry.sets[0][0].startswith("scale ")
)


def _is_strengthened(entry: Entry) -> bool:
    """True for "much slower" and its like, which are not listed beside "slower"."""
    return entry.role is Role.CHANGE and any(
        entry.key.removeprefix(strength) in _PLAIN_CHANGES
        for strength in _STRONG_KEYS
        if entry.key.startswith(strength)
    )
