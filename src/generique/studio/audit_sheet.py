"""The audit as a reader meets it: sentences, cards and tables, in the reader's language.

Page and paper show the same sheet; what is said is decided here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generique.clearance.clauses import Contract
from generique.clearance.contract_words import (
    ROLES,
    TextLanguage,
    french,
    language_words,
    listed,
    percent_words,
    quoted,
)
from generique.clearance.platforms import PLATFORMS
from generique.clearance.report import FAMILIES
from generique.clearance.territories import Readiness
from generique.clearance.truth_map import TruthMap, truth_map
from generique.clearance.truth_map_picture import truth_map_picture
from generique.clearance.verdict import Effect, Evidence, Status
from generique.model.lineage import ElementUse, Lineage
from generique.model.people import Role
from generique.model.time import Rate
from generique.production.audit import AuditedElement, AuditReport, RuleResult
from generique.studio.audit_delivered import delivered_of
from generique.studio.audit_french import (
    FRENCH_MISSING,
    FRENCH_SURENESS,
    french_clauses,
    french_lifts,
    french_title,
    french_told,
)
from generique.studio.audit_words import WORDS

_READINESS = {
    Readiness.READY: "passed",
    Readiness.LACKING: "open",
    Readiness.NOT_ASKED: "not-applicable",
}
"""State of a package as a word of the program, for colour."""

_SHOWN_ELEMENTS = 8
_SHOWN_ACTS = 6


class Fact(NamedTuple):
    """A named fact of a card."""

    name: str
    value: str


@dataclass(frozen=True)
class ElementCard:
    """One element.

    Attributes:
        frame: Whose picture shows it; None for sound.
        missing: Empty where nothing is.
    """

    title: str
    place: str
    stand: str
    state: str
    facts: tuple[Fact, ...]
    missing: str
    frame: int | None


@dataclass(frozen=True)
class RuleCard:
    """One rule.

    Attributes:
        state: Status as a word of the program, for colour.
        status: The same in the reader's words.
        number: Of its evidence in the annex; None where it rests on none.
    """

    id: str
    title: str
    state: str
    status: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    number: int | None


@dataclass(frozen=True)
class Family:
    """Rules of one origin."""

    title: str
    rules: tuple[RuleCard, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything that page and paper show.

    Attributes:
        todo: Who can act, and what each can do.
        disclosures: What each territory and platform is told; last, texts to paste.
        annex: Number, rule and lines of evidence.
        map: The truth map, SVG.
    """

    language: TextLanguage
    words: Mapping[str, str]
    title: str
    state: str
    verdict: str
    notice: str
    about: str
    counts: str
    shares: str
    todo: tuple[tuple[str, tuple[str, ...]], ...]
    map: str
    elements: tuple[ElementCard, ...]
    families: tuple[Family, ...]
    disclosures: tuple[RuleCard, ...]
    annex: tuple[tuple[int, str, tuple[str, ...]], ...]

    @property
    def frames(self) -> tuple[int, ...]:
        """Frames of the film that the sheet shows."""
        return tuple(sorted({card.frame for card in self.elements if card.frame is not None}))


def audit_sheet(
    report: AuditReport,
    lineage: Lineage,
    language: TextLanguage,
    people: Mapping[str, str],
    contract: Contract | None = None,
) -> Sheet:
    """Write the sheet of an audit.

    Args:
        report: With all its rules.
        lineage: Of the film as it was sealed last.
        language: Of the reader.
        people: Names of people by identifier.
        contract: Whose clauses the report quotes; without it they stay in English.
    """
    clauses = french_clauses(contract) if language == "fr" else {}
    writer = _Writer(report, lineage, language, people, clauses)
    words = writer.words
    film = lineage.languages[0]
    stands = {card.use.id: card.standing for card in report.elements if card.use.passport}
    drawn = truth_map(lineage, film, stands)
    annex = tuple(writer.annex())
    numbers = {rule: number for number, rule, _ in annex}
    return Sheet(
        language=language,
        words=words,
        title=lineage.titles.get(language, lineage.title),
        state=report.verdict.value,
        verdict=writer.verdict(),
        notice=words["demonstration.notice"] if report.demonstration else "",
        about=writer.about(),
        counts=words["counts"].format(**writer.numbers()),
        shares=writer.shares(drawn),
        todo=tuple(writer.todo()),
        map=truth_map_picture(drawn, {**words, "about": words["map.about"]}),
        elements=tuple(writer.element(card) for card in report.elements),
        families=tuple(writer.families(numbers)),
        disclosures=tuple(writer.disclosures()),
        annex=annex,
    )


class _Writer:
    """Turns facts into sentences of one language."""

    def __init__(
        self,
        report: AuditReport,
        lineage: Lineage,
        language: TextLanguage,
        people: Mapping[str, str],
        clauses: Mapping[str, str],
    ) -> None:
        self._report = report
        self._lineage = lineage
        self._language = language
        self._people = people
        self._clauses = clauses
        said = WORDS[language]
        self.words = {k: french(v) for k, v in said.items()} if language == "fr" else dict(said)
        self._uses: dict[str, ElementUse] = {use.id: use for use in lineage.elements}

    def numbers(self) -> dict[str, int]:
        """How many rules came out how."""
        found = [rule.status for rule in self._report.rules]
        return {
            "passed": found.count(Status.PASSED),
            "open": found.count(Status.OPEN),
            "failed": found.count(Status.FAILED),
            "idle": found.count(Status.NOT_APPLICABLE),
        }

    def verdict(self) -> str:
        """The verdict as a sentence."""
        numbers = self.numbers()
        line = self.words[f"{self._report.verdict.value}.verdict"]
        if self._report.verdict is Status.FAILED:
            return line.format(failed=numbers["failed"], number=numbers["open"])
        return line.format(number=numbers["open"] + numbers["failed"])

    def about(self) -> str:
        """Length, languages and number of elements."""
        lineage = self._lineage
        spoken = [language_words(code, self._language) for code in lineage.languages]
        return self.words["made"].format(
            length=_clock(lineage.rate, lineage.frames),
            languages=listed(spoken, self._language),
            elements=len(lineage.elements),
            generated=sum(use.passport is not None for use in lineage.elements),
        )

    def shares(self, drawn: TruthMap) -> str:
        """Shares of the running time in words, those of nothing left out."""
        said = [
            f"{percent_words(round(share * 100, 1), self._language)} {self.words[name]}"
            for name, share in drawn.shares.items()
            if share
        ]
        return self.words["shares"].format(shares=listed(said, self._language))

    def todo(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What each role can do about rules that did not pass."""
        acts: dict[str, list[str]] = {}
        for rule in self._report.rules:
            if rule.status in {Status.OPEN, Status.FAILED}:
                title = self.title(rule).rstrip(".")
                lift = self.lift(rule)
                line = f"{title} – {lift}" if lift else title
                for role in rule.who.split(", "):
                    acts.setdefault(role, []).append(line)
        for role, lines in acts.items():
            once = list(dict.fromkeys(lines))
            if len(once) > _SHOWN_ACTS:
                left = len(once) - _SHOWN_ACTS
                once = [*once[:_SHOWN_ACTS], self.words["more"].format(number=left)]
            yield self.role(role), tuple(once)

    def role(self, role: str) -> str:
        """A role by its name."""
        known = {one.value for one in Role}
        if not role:
            return self.words["whoever"]
        return _capital(ROLES[self._language][Role(role)] if role in known else role)

    def title(self, rule: RuleResult) -> str:
        """What a rule asks."""
        return french_title(rule, self._clauses) if self._language == "fr" else rule.title

    def lift(self, rule: RuleResult) -> str:
        """What lifts a rule; empty where nothing has to."""
        return french_lifts(rule) if self._language == "fr" else rule.lift

    def sureness(self, rule: RuleResult) -> str:
        """How sure a rule is; empty where it needs no words."""
        said = rule.sureness
        return FRENCH_SURENESS.get(said, said) if self._language == "fr" else said

    def element(self, card: AuditedElement) -> ElementCard:
        """One element as a card."""
        use, words = card.use, self.words
        stand = words["authentic.stand" if card.standing == "authentic" else card.standing]
        facts = [
            Fact(words["class"], words[use.element_class.value]),
            Fact(words["origin"], self._origin(use)),
            Fact(words["prompt"], use.prompt or ""),
            *(Fact(words["approval"], line) for line in self._said(use)),
            Fact(words["credit"], card.credit or ""),
            *(Fact(said.name, said.value) for said in delivered_of(use.delivery, self._language)),
            Fact(words["digest"], use.essence),
            Fact(words["rests"], words["entry"].format(entry=use.entry)),
        ]
        missing = card.missing
        if self._language == "fr":
            missing = tuple(french(FRENCH_MISSING.get(one, one)) for one in missing)
        language = f", {language_words(use.language, self._language)}" if use.language else ""
        rate = self._report.rate
        return ElementCard(
            title=use.title,
            place=f"{words[str(use.track)]}{language}, {_clock(rate, use.start)} – "
            f"{_clock(rate, use.end)}",
            stand=stand,
            state=card.standing,
            facts=tuple(fact for fact in facts if fact.value),
            missing="; ".join(missing),
            frame=(use.start + use.end) // 2 if use.track == "V1" else None,
        )

    def _origin(self, use: ElementUse) -> str:
        words, passport, rights = self.words, use.passport, use.rights
        if passport:
            return words["origin.generated"].format(
                title=passport.title,
                version=passport.version,
                licence=passport.licence,
                training=words[f"training.{passport.training.statement}"],
            )
        if rights:
            return words["origin.recorded"].format(
                holder=rights.holder, licence=rights.licence, source=rights.source
            )
        return words["origin.unknown"]

    def _said(self, use: ElementUse) -> Iterator[str]:
        for said in use.decisions:
            decision = said.decision
            if not isinstance(decision.role, Role):
                yield self.words["shown"].format(entry=said.entry)
                continue
            yield self.words["said"].format(
                name=self._people.get(decision.person, decision.person),
                role=ROLES[self._language][decision.role],
                reason=decision.reason,
                entry=said.entry,
            )

    def families(self, numbers: Mapping[str, int]) -> Iterator[Family]:
        """Rules by origin, those of the film last."""
        for family in FAMILIES:
            held = [rule for rule in self._report.rules if rule.family == family]
            if held:
                cards = tuple(self._rule(rule, numbers.get(rule.id)) for rule in held)
                yield Family(self.words[f"family.{family}"], cards)

    def told(self, said: str) -> str:
        """What a territory or platform is told."""
        return french_told(said) if self._language == "fr" else said

    def disclosures(self) -> Iterator[RuleCard]:
        """One card for each territory and platform, then one for each text to paste."""
        words = self.words
        for package in self._report.disclosures:
            facts = (
                Fact(words["told.label"], self.told(package.label)),
                Fact(words["told.place"], self.told(package.place)),
                Fact(words["told.file"], "; ".join(map(self.told, package.metadata))),
            )
            yield RuleCard(
                id=package.id,
                title=self.told(package.title),
                state=_READINESS[package.readiness],
                status=words[f"told.{_READINESS[package.readiness]}"],
                facts=tuple(fact for fact in facts if fact.value),
                reasons=package.missing,
                number=None,
            )
        for declared in self._report.declarations:
            if declared.language == self._language:
                texts = (
                    Fact(words["told.setting"], declared.setting),
                    Fact(words["told.text"], declared.text),
                )
                waits = bool(declared.undecided)
                yield RuleCard(
                    id=declared.platform,
                    title=PLATFORMS[declared.platform],
                    state="open" if waits else "passed",
                    status=words["told.open" if waits else "told.passed"],
                    facts=texts,
                    reasons=(),
                    number=None,
                )

    def _rule(self, rule: RuleResult, number: int | None) -> RuleCard:
        words = self.words
        who = [self.role(role) for role in rule.who.split(", ")] if rule.who else []
        facts = (
            Fact(words["source"], rule.source or words["program"]),
            Fact(words["sure"], self.sureness(rule)),
            Fact(words["lift"], self.lift(rule)),
            Fact(words["who"], ", ".join(who)),
        )
        warns = rule.effect is Effect.WARN
        status = words[rule.status.value]
        return RuleCard(
            id=rule.id,
            title=self.title(rule),
            state=rule.status.value.replace(" ", "-"),
            status=f"{status}, {words['warns']}" if warns else status,
            facts=tuple(fact for fact in facts if fact.value),
            reasons=tuple(self._reasons(rule)),
            number=number,
        )

    def _reasons(self, rule: RuleResult) -> Iterator[str]:
        for remark in rule.remarks:
            yield f"{self._named(remark.elements)}{remark.reason}"
        if not rule.remarks:
            shown = rule.evidence[:_SHOWN_ELEMENTS]
            yield from shown
            left = len(rule.evidence) - len(shown)
            if left:
                yield self.words["more.elements"].format(number=left)

    def _named(self, elements: Sequence[str]) -> str:
        """Elements by their titles and where they stand, with their identifiers."""
        if not elements:
            return ""
        shown = [self._name(name) for name in elements[:_SHOWN_ELEMENTS]]
        left = len(elements) - len(shown)
        if left:
            shown.append(self.words["more.elements"].format(number=left))
        return f"{'; '.join(shown)}: "

    def _name(self, identifier: str) -> str:
        use = self._uses.get(identifier)
        if use is None:
            return identifier
        at = _clock(self._report.rate, use.start)
        return f"{quoted(use.title, self._language)} ({identifier}, {at})"

    def annex(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Evidence, numbered, rule by rule."""
        held = [rule for rule in self._report.rules if rule.rests_on]
        for number, rule in enumerate(held, start=1):
            yield number, rule.id, tuple(self._rests(rule.rests_on))

    def _rests(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        for item in evidence:
            said = [item.what]
            if item.entry is not None:
                said.append(self.words["entry"].format(entry=item.entry))
                said.append(self.words["proof"].format(entry=item.entry))
            if item.digest:
                said.append(item.digest)
            if item.frame is not None:
                at = self._report.rate.timecode(item.frame)
                said.append(self.words["frame"].format(at=at))
            yield "; ".join(said)


def _clock(rate: Rate, frame: int) -> str:
    """Hours, minutes, seconds; hours only where there are any."""
    whole = int(rate.seconds(frame))
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
