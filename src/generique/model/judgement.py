"""Judgements that only people make. The program records them, and infers none."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from generique.model.people import Role
from generique.model.values import Digest, Identifier, Value


class Question(StrEnum):
    """What a person is asked of an element. The first six are the disclosure path of the EU."""

    GENERATED = "ai-used"
    """Was an AI system used to generate or alter it? ``yes``, ``no``."""
    ASSISTIVE = "assistive-only"
    """Only assistive or standard editing, with no change of meaning? ``yes``, ``no``."""
    RESEMBLES = "resembles-existing"
    """Does it resemble existing or plausibly existing people, objects, places, events?"""
    AUTHENTIC = "taken-for-authentic"
    """Would the foreseeable audience take it for authentic?"""
    ARTISTIC = "evidently-artistic"
    """Is the work evidently artistic, satirical or fictional, with no informative character?"""
    DOUBT = "doubt"
    """Is there any doubt about that?"""
    IMPORTANCE = "story-importance"
    """``background``, ``prominent``, ``key`` (a main character, key visual or central setting)."""
    ALTERATION = "alteration-class"
    """``none``, ``customary``, ``meaning``."""
    REALITY = "reality-claim"
    """Could it pass for a real event, person or statement that never happened?"""
    REFERENCES = "calls-on-others"
    """Do prompt or references call on works of others, public figures or dead people?"""
    FACTS = "facts-checked"
    """Were the facts that it shows checked?"""
    ADDED_VALUE = "synthetic-performer-value"
    """Does a synthetic performer bring significant additional value, with a reason on file?"""


class HumanJudgement(Value):
    """One answer by one person, signed with that person's key.

    Attributes:
        element: What was judged; ``film`` for the whole.
        essence: Essence digest of the take that was looked at; None for a judgement of the idea.
            A judgement of a take is void for any other essence.
        answer: ``yes``, ``no``, ``unsure``, or one of the words that the question names.
        key: Identifier of the key that signed it.
    """

    schema_version: Literal["generique/judgement/1"] = "generique/judgement/1"
    question: Question
    answer: str
    element: Identifier
    essence: Digest | None = None
    person: Identifier
    role: Role
    reason: str
    key: str
