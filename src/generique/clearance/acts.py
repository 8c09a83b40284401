"""Acts: what a gate is about to let happen, to each element and to the film."""

from __future__ import annotations

from generique.clearance.case import Case, ElementFacts
from generique.clearance.verdict import Gate
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import Question

FILM_ACTIONS = frozenset({Action.MASTER, Action.DELIVER})
"""Acts on the film; all others are acts on one element. They need no permission of their own:
what needs one is each generated element that the film includes."""

_FILM: dict[Gate, frozenset[Action]] = {
    Gate.INGEST: frozenset(),
    Gate.GENERATE: frozenset(),
    Gate.APPROVE: frozenset(),
    Gate.MASTER: frozenset({Action.MASTER}),
    Gate.DELIVER: frozenset({Action.MASTER, Action.DELIVER}),
}

LOCAL = "local"
"""The provider of what never leaves this machine."""

CUSTOMARY = frozenset({"none", "customary"})
"""Answers by which a person says that an alteration leaves what a performance means."""


def film_acts(gate: Gate) -> frozenset[Action]:
    """Acts on the film that a gate asks about."""
    return _FILM[gate]


def element_acts(case: Case) -> dict[Action, list[int]]:
    """Acts on elements that the gate asks about: positions in ``case.elements`` by act.

    Material that is known to be recorded is no matter of these acts: a contract about generated
    elements neither permits nor forbids the camera. What was generated before it came in is
    included like what is generated here.
    """
    asked: dict[Action, list[int]] = {}
    if case.gate is Gate.INGEST:
        return asked
    later = case.gate is not Gate.GENERATE
    for position in case.made_up:
        for action in _acts(case, case.elements[position]):
            asked.setdefault(action, []).append(position)
        if later:
            asked.setdefault(Action.INCLUDE, []).append(position)
    altered = _altered(case)
    if altered:
        asked[Action.ALTER_PERFORMANCE] = altered
    return asked


def _acts(case: Case, element: ElementFacts) -> list[Action]:
    acts: list[Action] = []
    voice = element.kind is ElementKind.VOICE
    if element.generated:
        acts.append(Action.GENERATE)
        if element.provider != LOCAL:
            acts.append(Action.SEND)
        if _derived(case, element):
            acts.append(Action.LOAD_WEIGHTS)
    if element.person is not None:
        acts.append(Action.CLONE_VOICE if voice else Action.GENERATE_LIKENESS)
    if voice and element.language not in {None, case.production.languages[0]}:
        acts.append(Action.DUB)
    return acts


def _derived(case: Case, element: ElementFacts) -> bool:
    """True unless it is known that no weights were derived for a title or from a performer."""
    passports = case.models_of(element)
    known = any(one is not None and (one.derived_for or one.talent) for one in passports)
    return known or unlooked_at(case, element)


def unlooked_at(case: Case, element: ElementFacts) -> bool:
    """True where no passport says what a trained model of an element was derived from."""
    return None in case.models_of(element) and not untrained(element)


def untrained(element: ElementFacts) -> bool:
    """True when the generator says of itself that it was trained on nothing."""
    return element.passport is not None and element.passport.training.statement == "none"


def _altered(case: Case) -> list[int]:
    """Where a performance may mean something else than it did, as far as anybody said.

    Doubt counts. Of what is stated to be altered silence counts too, once there is a film.
    """
    answers = case.answers(Question.ALTERATION)
    film, altered = case.gate in {Gate.MASTER, Gate.DELIVER}, ElementClass.ALTERED
    return [
        position
        for position, element in enumerate(case.elements)
        if answers.get(position, "" if film and element.element_class is altered else "none")
        not in CUSTOMARY
    ]
