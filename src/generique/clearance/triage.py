"""Triage of declared uses: six classes, computed from facts and confirmed by a person.

The stricter of the two counts. Classes from the guidance of a commissioner (rule NFX-16).
"""

from __future__ import annotations

from typing import NamedTuple

from generique.model.declaration import InputClass, Triage

_STRICTNESS = (
    Triage.IDEATION,
    Triage.BACKGROUND,
    Triage.COMMISSIONER,
    Triage.KEY_VISUAL,
    Triage.UNOWNED,
    Triage.TALENT,
)
"""From the class that may go on to the class that stops first."""

STOPS = frozenset({Triage.KEY_VISUAL, Triage.UNOWNED, Triage.TALENT})
"""Classes that stop whatever tool is used."""

_CONFIDENTIAL = frozenset({InputClass.PROPRIETARY, InputClass.PERSONAL})


class UseFacts(NamedTuple):
    """What is known of a declared use.

    Attributes:
        temporary: Whether nothing of it may reach the final cut.
        talent: Whether a real person's voice, likeness or weights are in it.
        unowned: Whether weights were made for it from material whose holders are not known.
        key: Whether a person called one of its elements key to the story.
    """

    inputs: tuple[InputClass, ...]
    temporary: bool = False
    talent: bool = False
    unowned: bool = False
    key: bool = False


def computed_triage(facts: UseFacts) -> Triage:
    """The strictest class that the facts show."""
    if facts.talent:
        return Triage.TALENT
    if facts.unowned or InputClass.THIRD_PARTY in facts.inputs:
        return Triage.UNOWNED
    if facts.key:
        return Triage.KEY_VISUAL
    if _CONFIDENTIAL.intersection(facts.inputs):
        return Triage.COMMISSIONER
    return Triage.IDEATION if facts.temporary else Triage.BACKGROUND


def stricter(one: Triage, other: Triage) -> Triage:
    """The class of two that stops earlier."""
    return max(one, other, key=_STRICTNESS.index)


def stops(triage: Triage, *, secured: bool) -> bool:
    """True when the commissioner has to agree first.

    Args:
        triage: The class that counts.
        secured: Whether material stays where only the production reaches it.
    """
    return triage in STOPS or (triage is Triage.COMMISSIONER and not secured)
