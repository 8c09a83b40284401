"""Operands: the facts of a case that clauses ask for, each computed in one place.

The vocabulary is closed (:class:`generique.clearance.policy.Operand`). A fact that nobody has
recorded is :class:`generique.clearance.policy.Unknown`, with the words that say what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from generique.clearance.acts import LOCAL, untrained
from generique.clearance.case import Case, ElementFacts
from generique.clearance.consents import covered_today
from generique.clearance.policy import Fact, OneOf, Operand, Unknown, spelt
from generique.clearance.spoken import OWN, Record, Subjects, anybody
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.people import Matter

NOBODY = "nobody"
"""The person of an element that is nobody's voice or likeness."""

NONE = "none"
"""The title of a model that was derived for none."""

_NOT_OF_FILM = Unknown("this is a fact of one element and not of the film")

_CONSENTED = (Action.CLONE_VOICE, Action.GENERATE_LIKENESS, Action.ALTER_PERFORMANCE)
"""Acts that a person consents to."""

_SOUND = frozenset({ElementKind.VOICE, ElementKind.MUSIC, ElementKind.EFFECT})

_SPOKEN = {
    Operand.TAKE_APPROVED_BY: Matter.TAKE,
    Operand.USE_APPROVED_BY: Matter.USE,
    Operand.CASTING_APPROVED_BY: Matter.CASTING,
    Operand.CUT_APPROVED_BY: Matter.CUT,
    Operand.MASTER_APPROVED_BY: Matter.MASTER,
}
_SPEAKERS = {
    Operand.TAKE_APPROVERS: Matter.TAKE,
    Operand.USE_APPROVERS: Matter.USE,
    Operand.CASTING_APPROVERS: Matter.CASTING,
    Operand.CUT_APPROVERS: Matter.CUT,
    Operand.MASTER_APPROVERS: Matter.MASTER,
}


class Facts:
    """The operands of one case.

    Args:
        case: What is known.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._consents: dict[str, Fact] = {}
        self.record = Record(case)

    def of_film(self, operand: Operand) -> Fact:
        """A fact of the film; a fact of elements is not known of it."""
        computed = self._film.get(operand)
        if computed is not None:
            return computed()
        matter = _SPOKEN.get(operand) or _SPEAKERS.get(operand)
        if matter is None or matter in OWN:
            return _NOT_OF_FILM
        return self._decided(operand, self.record.of_film(matter))

    def of_element(self, operand: Operand, position: int) -> Fact:
        """A fact of one element, or of the film that it belongs to.

        Args:
            operand: Which.
            position: Of the element in the case.
        """
        computed = self._elements.get(operand)
        if computed is not None:
            return computed(self._case.elements[position])
        matter = _SPOKEN.get(operand) or _SPEAKERS.get(operand)
        if matter in OWN:
            return self._decided(operand, self.record.of(matter, position))
        return self._memo(operand)

    def _decided(self, operand: Operand, subjects: Subjects) -> Fact:
        """Who has approved every one of some things; nobody while a rejection of one stands."""
        if isinstance(subjects, Unknown):
            return subjects
        found: frozenset[tuple[str, str]] | None = None
        for spoken in subjects:
            stands = self.record.stands(anybody(spoken.matter), spoken)
            counted = () if stands.rejected else stands.counted
            here = frozenset((one.decision.person, one.decision.role) for one in counted)
            found = here if found is None else found & here
        approvals = found or frozenset()
        if operand in _SPOKEN:
            return frozenset(role for _, role in approvals)
        return float(len({person for person, _ in approvals}))

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
            Operand.PERSON: lambda element: spelt(Operand.PERSON, element.person or NOBODY),
            Operand.CONSENT: self._consent,
            Operand.TRAINS_ON_INPUTS: self._trains,
            Operand.DERIVED_FOR: self._derived,
        }

    @cached_property
    def _film(self) -> dict[Operand, Callable[[], Fact]]:
        production = self._case.production
        synthetic = frozenset({ElementClass.SYNTHETIC})
        every = frozenset(ElementClass)
        return {
            Operand.CASTINGS: self._castings,
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
                action.value
                for action in _CONSENTED
                if covered_today(self._case, person, action).covered
            )
        return self._consents[person]

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
        """The title that its weights were derived for; of several models all are looked at."""
        found: set[str] = set()
        for name, passport in zip(
            element.runs or (None,), self._case.models_of(element), strict=True
        ):
            if passport is not None:
                found.add(spelt(Operand.DERIVED_FOR, passport.derived_for or NONE))
            elif untrained(element):
                found.add(NONE)  # the generator holds no trained weights at all
            else:
                return Unknown(f"no passport of the model {name or 'that was used'} is kept")
        return _one_of(found)

    def _castings(self) -> Fact:
        """How many things show or sound like a real person, or are parts that people cast."""
        castings = self.record.castings
        return castings if isinstance(castings, Unknown) else float(len(castings))

    def _share(self, classes: frozenset[ElementClass], *, sound: bool) -> Fact:
        """Share of the running time in percent during which a generated element is there.

        What was generated before it came in counts, and what may have been.
        """
        total = self._case.film_seconds * self._case.frames_a_second
        if total <= 0:
            return Unknown("there is no cut yet, so that nothing can be measured")
        spans: list[tuple[int, int]] = []
        for element in self._made_up:
            if (element.kind in _SOUND) is sound and element.element_class in classes:
                if element.start is None or element.end is None:
                    return Unknown(f"the place of {element.id} in the film is not known")
                spans.append((element.start, element.end))
        return 100.0 * covered(spans) / total

    @cached_property
    def _made_up(self) -> tuple[ElementFacts, ...]:
        return tuple(self._case.elements[at] for at in self._case.made_up)

    def _labels_missing(self) -> Fact:
        unread = self._unread()
        if unread is not None:
            return unread
        bare = bool(self._case.made_up)
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
        places = frozenset(self._case.production.territories)
        return places or Unknown("production.toml names no territories")


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


def _model(element: ElementFacts) -> Fact:
    if not element.runs:
        return Unknown("its model is not known")
    return _one_of({spelt(Operand.MODEL, name) for name in element.runs})


def _one_of(words: set[str]) -> Fact:
    return OneOf(frozenset(words)) if len(words) > 1 else words.pop()


def _provider(element: ElementFacts) -> Fact:
    if element.provider == "unknown":
        return Unknown("its provider is not known")
    return spelt(Operand.PROVIDER, element.provider)
