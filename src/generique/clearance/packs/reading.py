"""A reading of the case: its elements in groups of equal facts, and its people's words by subject.

Ten thousand elements come in a few dozen sorts. A rule about sorts asks each sort once; a rule
about single elements finds what was said of each without searching.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from generique.clearance.approvals import ApprovalRule, ApprovalStanding
from generique.clearance.case import Case, ElementFacts, Judged
from generique.clearance.consents import Coverage, covered_today
from generique.clearance.disclosure import NO_RELIEF, OF_THE_WORK, PATH, Way, way_of
from generique.clearance.packs.findings import Said
from generique.clearance.spoken import Record, anybody, one_role
from generique.clearance.verdict import Evidence
from generique.model.action import Action
from generique.model.consent import Consent
from generique.model.declaration import UseDeclaration
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import Question
from generique.model.kept_passports import WORLD, DatasetPassport, ModelPassport, ToolPassport
from generique.model.passport import SourceType
from generique.model.people import Matter, Role

FILM = "film"
"""Subject of a judgement of the whole work."""

INFORMATIVE = NO_RELIEF
"""Genres that claim to tell what happened."""

SOUND = frozenset({ElementKind.VOICE, ElementKind.MUSIC, ElementKind.EFFECT})
"""Kinds that are heard."""

SEALED = frozenset({"valid", "trusted", "untrusted signer"})
"""Verdicts on a credential that holds, whoever signed it."""


class Sort(NamedTuple):
    """What a rule about sorts may read of an element: equal for all elements of the sort.

    Attributes:
        generator: Name by which the generator's own passport calls it.
        version: Of the generator.
        training: The generator's own word on its training data.
        local: Whether nothing leaves the machine.
        holder: Who holds the rights in a medium.
        consents: Identifiers of consents that a medium rests on.
        use: Identifier of the declaration that covers it.
        made_up: False for what is known to be recorded and left as it was.
    """

    kind: ElementKind
    element_class: ElementClass
    source_type: SourceType | None
    backend: str | None
    model: str | None
    generator: str | None
    version: str | None
    training: str | None
    local: bool
    person: str | None
    language: str | None
    holder: str | None
    consents: tuple[str, ...]
    use: str | None
    made_up: bool

    @property
    def generated(self) -> bool:
        """True when a generator made it."""
        return self.backend is not None

    @property
    def trained(self) -> bool:
        """True unless it is known that no trained model was at work."""
        return self.generated and self.training != "none"

    @property
    def voice(self) -> bool:
        """True for a voice that a generator spoke."""
        return self.generated and self.kind is ElementKind.VOICE

    @property
    def factual(self) -> bool:
        """True for what could be taken for the world and was not simply recorded."""
        return self.element_class is not ElementClass.AUTHENTIC and self.kind in _FACTUAL

    @property
    def released(self) -> bool:
        """True for what a generator made or altered, or may have, and that shows or says something.

        What came in as a file counts like what was made here.
        """
        return self.made_up and self.kind not in {ElementKind.TITLE, ElementKind.TRANSITION}


_UNHEARD = ApprovalStanding(approved=False)
"""Of what was never put to anybody."""


def _said_of(stands: ApprovalStanding) -> Said:
    if stands.rejected:
        return Said.NO
    return Said.YES if stands.approved else Said.NOTHING


_FACTUAL = frozenset({ElementKind.SHOT, ElementKind.SET, ElementKind.VOICE})

Group = tuple[Sort, list[int]]
"""Elements of one sort, by their position in the case."""


class Reading:
    """What rules ask of a case.

    Args:
        case: What is known.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._coverage: dict[tuple[str, Action], Coverage] = {}

    @property
    def genre(self) -> str:
        """A legal switch."""
        return self.case.production.genre

    @property
    def informative(self) -> bool:
        """True when the film claims to tell what happened."""
        return self.genre in INFORMATIVE

    @cached_property
    def generated(self) -> list[int]:
        """Positions of the generated elements."""
        return [at for at, element in enumerate(self.case.elements) if element.generated]

    @cached_property
    def marks(self) -> list[tuple[str, tuple[Evidence, ...]]]:
        """Identifier of every element, and where it stands in ledger, vault and film."""
        return [
            (
                element.id,
                ()
                if element.entry is None and element.essence is None and element.start is None
                else (
                    Evidence(
                        what="the element",
                        entry=element.entry,
                        digest=element.essence,
                        frame=element.start,
                    ),
                ),
            )
            for element in self.case.elements
        ]

    @cached_property
    def sorts(self) -> dict[Sort, list[int]]:
        """Positions of all elements, by sort, sorts in the order of their first element."""
        found: dict[Sort, list[int]] = {}
        for at, element in enumerate(self.case.elements):
            found.setdefault(self._sort(element), []).append(at)
        return found

    def groups(self, wanted: Callable[[Sort], bool]) -> list[Group]:
        """Elements of the sorts that are wanted."""
        return [group for group in self.sorts.items() if wanted(group[0])]

    def _sort(self, element: ElementFacts) -> Sort:
        passport, rights = element.passport, element.rights
        return Sort(
            kind=element.kind,
            element_class=element.element_class,
            source_type=element.source_type,
            backend=element.backend,
            model=element.model,
            generator=passport.name if passport else None,
            version=passport.version if passport else None,
            training=passport.training.statement if passport else None,
            local=element.provider == "local",
            person=element.person,
            language=element.language,
            holder=rights.holder if rights else None,
            consents=rights.consents if rights else (),
            use=use.id if (use := self.case.declared(element)) else None,
            made_up=element.made_up,
        )

    @cached_property
    def uses(self) -> dict[str, UseDeclaration]:
        """Declared uses by identifier."""
        return {use.id: use for use in self.case.declarations}

    def use(self, sort: Sort) -> UseDeclaration | None:
        """The declared use that covers a sort."""
        return None if sort.use is None else self.uses[sort.use]

    def tool(self, sort: Sort) -> ToolPassport | None:
        """The kept passport of the tool that made a sort."""
        return self.case.tool(self._example(sort))

    def model(self, sort: Sort) -> ModelPassport | None:
        """The kept passport of the model that made a sort."""
        return self.case.model(self._example(sort))

    def _example(self, sort: Sort) -> ElementFacts:
        return self.case.elements[self.sorts[sort][0]]

    @cached_property
    def datasets(self) -> dict[str, DatasetPassport]:
        """Kept passports of datasets by identifier."""
        return {dataset.id: dataset for dataset in self.case.datasets}

    @cached_property
    def consents(self) -> dict[str, Consent]:
        """Consents by identifier."""
        return {consent.id: consent for consent in self.case.consents}

    def covered(self, person: str, action: Action) -> Coverage:
        """Whether consents of a person cover an act for this film today."""
        key = (person, action)
        if key not in self._coverage:
            self._coverage[key] = covered_today(self.case, person, action)
        return self._coverage[key]

    def replicated(self, sort: Sort) -> Coverage:
        """Whether the person of a sort agreed to be heard or seen so.

        Args:
            sort: Of a real person.
        """
        voice = sort.kind is ElementKind.VOICE
        return self.covered(
            sort.person or "", Action.CLONE_VOICE if voice else Action.GENERATE_LIKENESS
        )

    @cached_property
    def _judged(self) -> dict[str, list[Judged]]:
        found: dict[str, list[Judged]] = {}
        for said in self.case.judgements:
            found.setdefault(said.judgement.element, []).append(said)
        return found

    @cached_property
    def of_film(self) -> dict[Question, Judged]:
        """What was last said of the whole work, by question."""
        return {said.judgement.question: said for said in self._judged.get(FILM, ())}

    @cached_property
    def _answers(self) -> dict[Question, dict[int, Judged]]:
        """The last judgement of every element, not of another take of it, by question."""
        found: dict[Question, dict[int, Judged]] = {question: {} for question in Question}
        for at, element in enumerate(self.case.elements):
            for said in self._judged.get(element.id, ()):
                about = said.judgement
                if about.essence is None or about.essence == element.essence:
                    found[about.question][at] = said
        return found

    def answered(self, at: int, question: Question) -> Judged | None:
        """The last judgement of one element on one question."""
        return self._answers[question].get(at)

    def answer(self, at: int, question: Question) -> str | None:
        """The last answer to one question about one element; None when nobody answered."""
        said = self.answered(at, question)
        return None if said is None else said.judgement.answer

    def by_answer(self, places: list[int], question: Question) -> dict[str | None, list[int]]:
        """Positions by what was answered; None holds those that nobody judged."""
        answers = self._answers[question]
        found: dict[str | None, list[int]] = {}
        for at in places:
            said = answers.get(at)
            found.setdefault(said.judgement.answer if said else None, []).append(at)
        return found

    @cached_property
    def ways(self) -> dict[int, Way]:
        """The disclosure path of every element that was generated or altered, by position."""
        return {
            at: way_of(self.genre, self.path_answers(at))
            for _, places in self.groups(lambda sort: sort.released)
            for at in places
        }

    def path_answers(self, at: int) -> dict[Question, Judged]:
        """What was said of an element, and of the work where the element was not asked about."""
        asked: dict[Question, Judged] = {}
        for question in PATH:
            said = self._answers[question].get(at)
            if said is None and question in OF_THE_WORK:
                said = self.of_film.get(question)
            if said is not None:
                asked[question] = said
        return asked

    @cached_property
    def record(self) -> Record:
        """What people decided."""
        return Record(self.case)

    def take_said(self, at: int, *roles: Role) -> Said:
        """What people's words on exactly the take that is there come to.

        Args:
            at: Position of the element.
            roles: In one of which it has to be approved; none for any role.
        """
        spoken = self.record.take(at)
        if spoken is None:
            return Said.NOTHING
        rule = one_role(Matter.TAKE, *roles) if roles else anybody(Matter.TAKE)
        return _said_of(self.record.stands(rule, spoken))

    def use_said(self, sort: Sort, *roles: Role) -> Said:
        """Whether somebody in one of some roles approved the declared use of a sort."""
        return self.said_of(Matter.USE, sort.use, *roles)

    def said_of(self, matter: Matter, name: str | None, *roles: Role) -> Said:
        """What people's words on anything but a take come to.

        Args:
            matter: What it is put to people as.
            name: Its identifier; what was not put to anybody is not approved.
            roles: In one of which it has to be approved; none for any role.
        """
        rule = one_role(matter, *roles) if roles else anybody(matter)
        return _said_of(self.stands(rule, name))

    def stands(self, rule: ApprovalRule, name: str | None) -> ApprovalStanding:
        """What people's words on anything but a take come to, by a rule on whose they are.

        Args:
            rule: Whose approval it waits for, and of which matter.
            name: Its identifier.
        """
        spoken = None if name is None else self.record.named(rule.matter, name)
        return _UNHEARD if spoken is None else self.record.stands(rule, spoken)

    def shown_in(self, territory: str) -> bool:
        """True when the film is for a territory, or nobody has said for which it is."""
        places = self.case.production.territories
        return not places or WORLD in places or territory in places

    def unread(self) -> tuple[str, ...]:
        """Languages of which no encoded master was read back."""
        read = {one.language for one in self.case.readback}
        return tuple(one for one in self.case.production.languages if one not in read)
