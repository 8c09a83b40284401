"""Operands: the facts of a case that clauses ask for, each computed in one place.

The vocabulary is closed (:class:`generique.clearance.policy.Operand`). A fact that nobody has
recorded is :class:`generique.clearance.policy.Unknown`, with the words that say what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from generique.clearance.acts import LOCAL
from generique.clearance.case import Case, ElementFacts, Signed
from generique.clearance.consents import ConsentedAct, coverage
from generique.clearance.policy import Fact, Operand, Unknown
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.people import Matter
from generique.model.values import Digest

NOBODY = "nobody"
"""The person of an element that is nobody's voice or likeness."""

NONE = "none"
"""The title of a model that was derived for none."""

_NOT_OF_FILM = Unknown("this is a fact of one element and not of the film")

_CONSENTED = (Action.CLONE_VOICE, Action.GENERATE_LIKENESS, Action.ALTER_PERFORMANCE)
"""Acts that a person consents to."""

_SOUND = frozenset({ElementKind.VOICE, ElementKind.MUSIC, ElementKind.EFFECT})

Approvals = frozenset[tuple[str, str]]
"""Standing approvals: person and role."""


def standing(said: Iterable[Signed], essence: Digest) -> Approvals:
    """Approvals of exactly this essence that stand.

    A person who rejects, or takes back an approval, takes back all of theirs. Demonstrations are
    no approvals.

    Args:
        said: Decisions, oldest first.
        essence: Digest that a decision has to bind.
    """
    found: set[tuple[str, str]] = set()
    for signed in said:
        decision = signed.decision
        if decision.essence != essence:
            continue
        if decision.verdict == "approved":
            found.add((decision.person, str(decision.role)))
        elif decision.verdict in {"rejected", "revoked"}:
            found = {one for one in found if one[0] != decision.person}
    return frozenset(found)


class Facts:
    """The operands of one case.

    Args:
        case: What is known.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._consents: dict[str, Fact] = {}
        self._uses: dict[str, Approvals | Unknown] = {}

    def of_film(self, operand: Operand) -> Fact:
        """A fact of the film; a fact of elements is not known of it."""
        computed = self._film.get(operand)
        return _NOT_OF_FILM if computed is None else computed()

    def of_element(self, operand: Operand, element: ElementFacts) -> Fact:
        """A fact of one element, or of the film that it belongs to."""
        computed = self._elements.get(operand)
        return self._memo(operand) if computed is None else computed(element)

    def _memo(self, operand: Operand) -> Fact:
        if operand not in self._known:
            self._known[operand] = self.of_film(operand)
        return self._known[operand]

    @cached_property
    def _known(self) -> dict[Operand, Fact]:
        return {}

    @cached_property
    def _elements(self) -> dict[Operand, Callable[[ElementFacts], Fact]]:
        return {
            Operand.ELEMENT_KIND: lambda element: element.kind.value,
            Operand.ELEMENT_CLASS: lambda element: element.element_class.value,
            Operand.MODEL: _model,
            Operand.PROVIDER: _provider,
            Operand.PERSON: lambda element: (element.person or NOBODY).casefold(),
            Operand.CONSENT: self._consent,
            Operand.TRAINS_ON_INPUTS: self._trains,
            Operand.DERIVED_FOR: self._derived,
            Operand.TAKE_APPROVED_BY: lambda element: _roles(_take(element)),
            Operand.TAKE_APPROVERS: lambda element: _people(_take(element)),
            Operand.USE_APPROVED_BY: lambda element: _roles(self._use(element)),
            Operand.USE_APPROVERS: lambda element: _people(self._use(element)),
        }

    @cached_property
    def _film(self) -> dict[Operand, Callable[[], Fact]]:
        production = self._case.production
        synthetic = frozenset({ElementClass.SYNTHETIC})
        every = frozenset(ElementClass)
        return {
            Operand.CASTINGS: self._castings,
            Operand.CASTING_APPROVED_BY: lambda: _roles(self._cast),
            Operand.CASTING_APPROVERS: lambda: _people(self._cast),
            Operand.CUT_APPROVED_BY: lambda: _roles(self._matter(Matter.CUT, ("cut",))),
            Operand.CUT_APPROVERS: lambda: _people(self._matter(Matter.CUT, ("cut",))),
            Operand.MASTER_APPROVED_BY: lambda: _roles(self._masters),
            Operand.MASTER_APPROVERS: lambda: _people(self._masters),
            Operand.GENERATED_PICTURE: lambda: self._share(every, sound=False),
            Operand.GENERATED_SOUND: lambda: self._share(every, sound=True),
            Operand.SYNTHETIC_PICTURE: lambda: self._share(synthetic, sound=False),
            Operand.SYNTHETIC_SOUND: lambda: self._share(synthetic, sound=True),
            Operand.LABELS_MISSING: self._labels_missing,
            Operand.CREDITS_MISSING: self._credits_missing,
            Operand.CREDIT_LINES: lambda: frozenset(production.credits),
            Operand.TERRITORY: self._territories,
            Operand.TODAY: lambda: self._case.today,
        }

    def _consent(self, element: ElementFacts) -> Fact:
        """The acts that consents of the element's person cover here and today."""
        person = element.person
        if person is None:
            return frozenset()
        if person not in self._consents:
            self._consents[person] = frozenset(
                action.value for action in _CONSENTED if self._covers(person, action)
            )
        return self._consents[person]

    def _covers(self, person: str, action: Action) -> bool:
        case = self._case
        act = ConsentedAct(
            person=person,
            action=action,
            title=case.production.id,
            territories=case.production.territories,
            day=case.today,
        )
        return coverage(case.consents, act, case.withdrawn).covered

    def _trains(self, element: ElementFacts) -> Fact:
        if element.provider == LOCAL:
            return "no"  # what stays on this machine trains nobody's model
        passport = self._case.tool(element)
        if passport is None:
            return Unknown(f"no passport of the tool {element.backend} is kept")
        answer = passport.trains_on_inputs
        if not answer.known:
            return Unknown(f"its passport says {answer.value} of training on inputs")
        return answer.value

    def _derived(self, element: ElementFacts) -> Fact:
        passport = self._case.model(element)
        if passport is not None:
            return passport.derived_for or NONE
        own = element.passport
        if own is not None and own.training.statement == "none":
            return NONE  # the generator holds no trained weights at all
        return Unknown(f"no passport of the model {element.model or 'that was used'} is kept")

    def _use(self, element: ElementFacts) -> Approvals | Unknown:
        declaration = self._case.declared(element)
        if declaration is None:
            return Unknown("no declared use covers it")
        if declaration.id not in self._uses:
            self._uses[declaration.id] = self._matter(Matter.USE, (declaration.id,))
        return self._uses[declaration.id]

    def _castings(self) -> Fact:
        """How many parts are cast with a generated voice or likeness of a real person."""
        if not self._parts and any(element.person for element in self._case.generated):
            return Unknown("a real person is heard or seen whose casting was never put to anybody")
        return float(len(self._parts))

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        start = f"{Matter.CASTING.value}/"
        return tuple(
            sorted(
                name.removeprefix(start) for name in self._case.subjects if name.startswith(start)
            )
        )

    @cached_property
    def _cast(self) -> Approvals | Unknown:
        return self._matter(Matter.CASTING, self._parts)

    @cached_property
    def _masters(self) -> Approvals | Unknown:
        return self._matter(Matter.MASTER, self._case.production.languages)

    def _matter(self, matter: Matter, names: Iterable[str]) -> Approvals | Unknown:
        """Approvals that stand for every one of several things of one matter."""
        found: Approvals | None = None
        for name in names:
            essence = self._case.subjects.get(f"{matter.value}/{name}")
            if essence is None:
                return Unknown(f"there is no {matter.value} {name} yet that could be approved")
            said = self._said.get((matter, name), [])
            here = standing(said, essence)
            found = here if found is None else found & here
        return frozenset() if found is None else found

    @cached_property
    def _said(self) -> dict[tuple[Matter, str], list[Signed]]:
        said: dict[tuple[Matter, str], list[Signed]] = {}
        for signed in self._case.approvals:
            said.setdefault((signed.decision.matter, signed.decision.take), []).append(signed)
        return said

    def _share(self, classes: frozenset[ElementClass], *, sound: bool) -> Fact:
        """Share of the running time in percent during which a generated element is there."""
        total = self._case.film_seconds * self._case.frames_a_second
        if total <= 0:
            return Unknown("there is no cut yet, so that nothing can be measured")
        spans: list[tuple[int, int]] = []
        for element in self._case.generated:
            if (element.kind in _SOUND) is sound and element.element_class in classes:
                if element.start is None or element.end is None:
                    return Unknown(f"the place of {element.id} in the film is not known")
                spans.append((element.start, element.end))
        return 100.0 * covered(spans) / total

    def _labels_missing(self) -> Fact:
        unread = self._unread()
        if unread is not None:
            return unread
        bare = bool(self._case.generated)
        return float(
            sum(
                len(read.labels_missing) or int(bare and read.labels_found == 0)
                for read in self._case.readback
            )
        )

    def _credits_missing(self) -> Fact:
        unread = self._unread()
        if unread is not None:
            return unread
        return float(sum(len(read.credits_missing) for read in self._case.readback))

    def _unread(self) -> Unknown | None:
        read = {one.language for one in self._case.readback}
        missing = [one for one in self._case.production.languages if one not in read]
        if missing:
            return Unknown(f"no encoded master was read back in {', '.join(missing)}")
        return None

    def _territories(self) -> Fact:
        return _places(self._case) or Unknown("production.toml names no territories")


def covered(spans: Iterable[tuple[int, int]]) -> int:
    """Length of the union of spans, in frames.

    Args:
        spans: First frame, and the frame after the last.
    """
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _places(case: Case) -> frozenset[str]:
    return frozenset(case.production.territories)


def _model(element: ElementFacts) -> Fact:
    return Unknown("its model is not known") if element.model is None else element.model.casefold()


def _provider(element: ElementFacts) -> Fact:
    if element.provider == "unknown":
        return Unknown("its provider is not known")
    return element.provider.casefold()


def _take(element: ElementFacts) -> Approvals | Unknown:
    if element.essence is None:
        return Unknown("there is no take yet that could be approved")
    return standing(element.decisions, element.essence)


def _roles(approvals: Approvals | Unknown) -> Fact:
    if isinstance(approvals, Unknown):
        return approvals
    return frozenset(role for _, role in approvals)


def _people(approvals: Approvals | Unknown) -> Fact:
    if isinstance(approvals, Unknown):
        return approvals
    return float(len({person for person, _ in approvals}))
