"""What came in as a file is judged by what it is, not by who made it."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import (
    ESSENCE,
    OTHER,
    TAKE,
    case_of,
    element_of,
    film,
    judged,
    reasons,
    refusals,
)
from clearance_pack_cases import film as documentary
from clearance_pack_cases import footage, outcomes

from generique.clearance.acts import element_acts
from generique.clearance.case import Case, ElementFacts, Judged, ReadBack
from generique.clearance.verdict import Gate, Status
from generique.model.action import Action
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import HumanJudgement, Question
from generique.model.passport import SourceType
from generique.model.people import Role

AUTHENTIC, ALTERED = ElementClass.AUTHENTIC, ElementClass.ALTERED
STAGED, SYNTHETIC = ElementClass.RECONSTRUCTION, ElementClass.SYNTHETIC
CAMERA, MIXED, MODEL = (
    SourceType.DIGITAL_CAPTURE,
    SourceType.COMPOSITE,
    SourceType.TRAINED_ALGORITHMIC,
)


def medium(element_class: ElementClass, source: SourceType | None, **more: Any) -> ElementFacts:
    facts = {"backend": None, "provider": "unknown", "model": None, "passport": None, **TAKE}
    return element_of(**{**facts, "element_class": element_class, "source_type": source, **more})


def said(
    answer: str, question: Question = Question.GENERATED, essence: str | None = None
) -> Judged:
    judgement = HumanJudgement(
        question=question,
        answer=answer,
        element="1-1",
        essence=essence,
        person="mira",
        role=Role.EDITOR,
        reason="looked",
        key="k",
    )
    return Judged(judgement=judgement, entry=4)


CLASSES = [
    (AUTHENTIC, CAMERA, "recorded"),
    (AUTHENTIC, None, "recorded"),
    (AUTHENTIC, SourceType.COMPOSITE_CAPTURE, "recorded"),
    (AUTHENTIC, SourceType.HUMAN_EDITS, "recorded"),
    (STAGED, CAMERA, "recorded"),
    (AUTHENTIC, MIXED, "doubtful"),
    (AUTHENTIC, SourceType.ALGORITHMIC, "doubtful"),
    (ALTERED, CAMERA, "doubtful"),
    (ALTERED, None, "doubtful"),
    (STAGED, None, "doubtful"),
    (STAGED, MIXED, "doubtful"),
    (AUTHENTIC, MODEL, "stated"),
    (AUTHENTIC, SourceType.COMPOSITE_SYNTHETIC, "stated"),
    (SYNTHETIC, CAMERA, "stated"),
    (SYNTHETIC, None, "stated"),
]


@pytest.mark.parametrize(("element_class", "source", "known"), CLASSES)
def test_doubt_counts_until_a_person_says_that_no_ai_was_used(
    element_class: ElementClass, source: SourceType | None, known: str
) -> None:
    element = medium(element_class, source)
    assert element.made_up is (known != "recorded")
    assert film(element).made_up == ((0,) if known != "recorded" else ())
    assert film(element, judgements=(said("unsure"),)).made_up == film(element).made_up
    cleared = film(element, judgements=(said("no"),))
    assert cleared.made_up == ((0,) if known == "stated" else ())
    other = film(element, judgements=(said("no", essence=OTHER),))
    assert other.made_up == film(element).made_up


def test_a_file_that_was_generated_elsewhere_is_included_like_one_from_here() -> None:
    case = film(medium(SYNTHETIC, MODEL))
    assert element_acts(case) == {Action.INCLUDE: [0]}
    found = refusals(judged([{"kind": "label-required"}], case, permit=False))
    assert found[0].reason == (
        "No clause of the contract permits including generated elements in the film."
    )
    assert not reasons([], case)
    person = medium(SYNTHETIC, MODEL, person="Anna", kind=ElementKind.VOICE, language="fr")
    assert set(element_acts(film(person))) == {Action.INCLUDE, Action.CLONE_VOICE, Action.DUB}
    assert element_acts(case_of(person)) == {Action.CLONE_VOICE: [0], Action.DUB: [0]}
    assert element_acts(film(person, gate=Gate.INGEST)) == {}


@pytest.mark.parametrize(
    "clause",
    [
        {"kind": "forbidden-uses", "classes": ["synthetic"]},
        {"kind": "synthetic-share", "percent": 0.5},
        {"kind": "synthetic-share", "percent": 0.5, "counts": "synthetic"},
        {"kind": "label-required"},
        {"kind": "models-allowed", "names": ["world"]},
        {"kind": "models-barred", "names": ["sora"]},
        {"kind": "weights-locked", "title": "river"},
        {"kind": "human-approval", "roles": ["director"]},
        {"kind": "mutual-authorisation"},
    ],
)
def test_no_clause_is_evaded_by_bringing_the_element_in_as_a_file(clause: dict[str, Any]) -> None:
    read = ReadBack(language="en", file=ESSENCE, labels_found=0, credential="valid")

    def told(element: ElementFacts) -> list[str]:
        case = film(element, gate=Gate.DELIVER, readback=(read,))
        return [one.reason for one in refusals(judged([clause], case)) if one.clause == "2"]

    assert told(medium(SYNTHETIC, MODEL))
    assert not told(medium(AUTHENTIC, CAMERA))


def test_viewers_are_told_of_a_file_that_was_generated_elsewhere() -> None:
    foreign = footage(element_class=SYNTHETIC, source_type=MODEL)
    for case, refused in ((documentary(footage()), False), (documentary(foreign), True)):
        (found,) = outcomes("EUA-07", case)
        assert found.refuses is refused
    drawn = footage(element_class=AUTHENTIC, source_type=MIXED)
    assert outcomes("EUA-07", documentary(drawn))[0].refuses


@pytest.mark.parametrize(
    ("element_class", "answers", "asked"),
    [
        (SYNTHETIC, (), False),
        (SYNTHETIC, (said("meaning", Question.ALTERATION),), True),
        (SYNTHETIC, (said("unsure", Question.ALTERATION),), True),
        (ALTERED, (), True),
        (ALTERED, (said("unsure", Question.ALTERATION),), True),
        (ALTERED, (said("none", Question.ALTERATION),), False),
        (ALTERED, (said("customary", Question.ALTERATION, ESSENCE),), False),
        (ALTERED, (said("customary", Question.ALTERATION, OTHER),), True),
        (ALTERED, (said("customary", Question.DOUBT),), True),
        (
            SYNTHETIC,
            (
                said("meaning", Question.ALTERATION, ESSENCE),
                said("customary", Question.ALTERATION, OTHER),
            ),
            True,
        ),
    ],
)
def test_a_word_on_another_take_calms_nobody_and_doubt_is_no_no(
    element_class: ElementClass, answers: tuple[Judged, ...], *, asked: bool
) -> None:
    case = film(element_of(**TAKE, element_class=element_class), judgements=answers)
    assert (Action.ALTER_PERFORMANCE in element_acts(case)) is asked
    recorded = film(medium(element_class, CAMERA), judgements=answers)
    assert (Action.ALTER_PERFORMANCE in element_acts(recorded)) is asked
    assert bool(reasons([{"kind": "talent-consent"}], case)) is asked


def test_nothing_is_asked_of_an_alteration_before_there_is_a_film() -> None:
    early = case_of(element_of(element_class=ALTERED))
    assert Action.ALTER_PERFORMANCE not in element_acts(early)
    word = (said("meaning", Question.ALTERATION),)
    assert Action.ALTER_PERFORMANCE in element_acts(case_of(judgements=word))


def several(*models: str) -> Case:
    return case_of(element_of(model=models[0], models=models))


@pytest.mark.parametrize(
    ("clause", "models", "status"),
    [
        ({"kind": "models-barred", "names": ["Sora"]}, ("flux", "sora"), Status.OPEN),
        ({"kind": "models-barred", "names": ["sora", "flux"]}, ("flux", "sora"), Status.FAILED),
        ({"kind": "models-barred", "names": ["veo"]}, ("flux", "sora"), None),
        ({"kind": "models-allowed", "names": ["flux"]}, ("flux", "sora"), Status.OPEN),
        ({"kind": "models-allowed", "names": ["flux", "sora"]}, ("flux", "sora"), None),
    ],
)
def test_of_several_models_each_is_looked_at(
    clause: dict[str, Any], models: tuple[str, ...], status: Status | None
) -> None:
    found = refusals(judged([clause], several(*models)))
    assert [one.status for one in found] == ([] if status is None else [status])
    assert [one.reason for one in found] == [
        "The model is one of “flux” and “sora”, and nobody knows which."
    ] * len(found)
