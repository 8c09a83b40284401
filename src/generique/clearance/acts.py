"""Acts: what a gate is about to let happen, to each element and to the film."""

from __future__ import annotations

from generique.clearance.case import Case, ElementFacts
from generique.clearance.verdict import Gate
from generique.model.action import Action
from generique.model.element import ElementKind
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

CHANGES_MEANING = "meaning"
"""The answer by which a person says that an alteration changes what a performance means."""


def film_acts(gate: Gate) -> frozenset[Action]:
    """Acts on the film that a gate asks about."""
    return _FILM[gate]


def element_acts(case: Case) -> dict[Action, list[int]]:
    """Acts on elements that the gate asks about: positions in ``case.elements`` by act.

    Material that nobody generated is no matter of these acts: a contract about generated elements
    neither permits nor forbids the camera.
    """
    altered = _altered(case)
    asked: dict[Action, list[int]] = {}
    if case.gate is Gate.INGEST:
        return asked
    later = case.gate is not Gate.GENERATE
    for position, element in enumerate(case.elements):
        if element.generated:
            for action in _acts(case, element):
                asked.setdefault(action, []).append(position)
            if later:
                asked.setdefault(Action.INCLUDE, []).append(position)
            if element.id in altered:
                asked.setdefault(Action.ALTER_PERFORMANCE, []).append(position)
    return asked


def _acts(case: Case, element: ElementFacts) -> list[Action]:
    acts = [Action.GENERATE]
    voice = element.kind is ElementKind.VOICE
    if element.provider != LOCAL:
        acts.append(Action.SEND)
    if element.person is not None:
        acts.append(Action.CLONE_VOICE if voice else Action.GENERATE_LIKENESS)
    if voice and element.language not in {None, case.production.languages[0]}:
        acts.append(Action.DUB)
    passport = case.model(element)
    if passport is not None and (passport.derived_for is not None or passport.talent):
        acts.append(Action.LOAD_WEIGHTS)
    return acts


def _altered(case: Case) -> frozenset[str]:
    """Elements of which a person last said that the alteration changes the meaning."""
    last: dict[str, str] = {}
    for said in case.judgements:
        if said.judgement.question is Question.ALTERATION:
            last[said.judgement.element] = said.judgement.answer
    return frozenset(element for element, answer in last.items() if answer == CHANGES_MEANING)
