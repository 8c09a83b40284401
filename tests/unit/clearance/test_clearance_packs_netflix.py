"""The commissioner's rules: each at least once refused and once passed."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import OTHER
from clearance_pack_cases import (
    DOUBTFUL,
    REPLY,
    RESERVED,
    SURE,
    UNKNOWN,
    YES,
    answers,
    authorisation,
    check_content,
    check_refused,
    check_warned,
    consent,
    dataset,
    decision,
    film,
    footage,
    judgement,
    local,
    model,
    outcomes,
    production,
    readback,
    shot,
    tool,
    use,
    voice,
    voice_consent,
    without,
)

from generique.clearance.case import Case
from generique.clearance.verdict import Status
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.declaration import FivePrinciples, InputClass, Triage
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import Question
from generique.model.kept_passports import Usage
from generique.model.people import Role

PASSED, FAILED, OPEN, NONE = (
    Status.PASSED,
    Status.FAILED,
    Status.OPEN,
    Status.NOT_APPLICABLE,
)
SECRET = (InputClass.PROPRIETARY,)
NOBODY: dict[str, Any] = {"approvals": ()}
ANNA = shot(person="Anna")
ALTERED = footage(element_class=ElementClass.ALTERED)

REFUSED: list[tuple[str, str, Case, Status]] = [
    ("NFX-01", "No declared use", film(declarations=()), FAILED),
    (
        "NFX-01",
        "leaves open: no traits",
        film(declarations=(use(principles=FivePrinciples()),)),
        OPEN,
    ),
    ("NFX-01", "does not answer yes", film(declarations=(use(principles=DOUBTFUL),)), FAILED),
    ("NFX-02", "near copy", film(shot(likeness="near copy")), FAILED),
    ("NFX-02", "structural hint", film(shot(likeness="structural hint", decisions=())), OPEN),
    ("NFX-03", "No passport of the tool cloud", film(tools=()), OPEN),
    (
        "NFX-03",
        "nothing that was read proves",
        film(tools=(tool(trains_on_inputs=UNKNOWN),), declarations=(use(inputs=SECRET),)),
        FAILED,
    ),
    (
        "NFX-03",
        "nothing that was read proves",
        film(tools=(tool(usage=Usage()),), declarations=(use(inputs=SECRET),)),
        FAILED,
    ),
    ("NFX-03", "trains on what it is given", film(tools=(tool(trains_on_inputs=YES),)), FAILED),
    ("NFX-04", "nothing of it may stay", film(declarations=(use(temporary=True),)), FAILED),
    ("NFX-04", "No declared use", film(declarations=()), OPEN),
    ("NFX-05", "No declared use", film(voice(), declarations=()), FAILED),
    ("NFX-05", "No producer has approved", film(voice(), **NOBODY), OPEN),
    (
        "NFX-05",
        "it replaces a performance",
        film(
            voice(),
            declarations=(use(principles=SURE.model_copy(update={"no_replacement": Answer.NO})),),
        ),
        FAILED,
    ),
    ("NFX-06", "Nobody has approved", film(declarations=(use(inputs=SECRET),), **NOBODY), OPEN),
    (
        "NFX-06",
        "personal data",
        film(declarations=(use(inputs=(InputClass.PERSONAL,)),)),
        FAILED,
    ),
    (
        "NFX-07",
        "is undisclosed",
        film(models=(model(derived_for="river", training="undisclosed"),)),
        OPEN,
    ),
    (
        "NFX-07",
        "No passport of it is kept",
        film(models=(model(derived_for="river"),), datasets=()),
        OPEN,
    ),
    ("NFX-07", "No passport of the model cloud", film(models=()), OPEN),
    ("NFX-07", "No passport of the model cloud", film(shot(passport=None), models=()), OPEN),
    (
        "NFX-07",
        "never scanned",
        film(models=(model(derived_for="other"),), datasets=(dataset(scanned_on=None),)),
        OPEN,
    ),
    (
        "NFX-07",
        "licence of the dataset Stills is Undisclosed",
        film(
            models=(model(derived_for="river"),),
            datasets=(dataset(usage=Usage(licence="Undisclosed")),),
        ),
        OPEN,
    ),
    (
        "NFX-07",
        "can be recognised in the dataset Stills is not in doubt: they can",
        film(models=(model(derived_for="river"),), datasets=(dataset(personal_data=Answer.YES),)),
        OPEN,
    ),
    (
        "NFX-07",
        "can be recognised in the dataset Stills is unknown",
        film(
            models=(model(derived_for="river"),), datasets=(dataset(personal_data=Answer.UNKNOWN),)
        ),
        OPEN,
    ),
    (
        "NFX-07",
        "is made from Anna",
        film(
            models=(model(derived_for="river"),),
            datasets=(dataset(personal_data=Answer.YES, consents=("anna",)),),
            consents=(consent(ends="2026-11-27"),),
        ),
        FAILED,
    ),
    (
        "NFX-07",
        "licence of the dataset",
        film(models=(model(derived_for="river"),), datasets=(dataset(usage=Usage()),)),
        OPEN,
    ),
    (
        "NFX-07",
        "is reserved",
        film(models=(model(derived_for="river"),), datasets=(RESERVED,)),
        FAILED,
    ),
    ("NFX-07", "anna that Cloud model rests on", film(models=(model(talent=("anna",)),)), OPEN),
    (
        "NFX-07",
        "is made from Anna",
        film(models=(model(talent=("anna",)),), consents=(consent(ends="2026-11-27"),)),
        FAILED,
    ),
    (
        "NFX-08",
        "is key to the story",
        film(judgements=answers(judgement(Question.IMPORTANCE, "key")), **NOBODY),
        OPEN,
    ),
    (
        "NFX-08",
        "is key to the story",
        film(declarations=(use(triage=Triage.KEY_VISUAL),), **NOBODY),
        OPEN,
    ),
    (
        "NFX-09",
        "call on works or people",
        film(judgements=answers(judgement(Question.REFERENCES, "yes"))),
        FAILED,
    ),
    ("NFX-10", "no consent of Anna is known", film(ANNA), FAILED),
    ("NFX-10", "signed paper", film(ANNA, consents=(consent(document=None),)), OPEN),
    (
        "NFX-11",
        "whose performance",
        film(judgements=answers(judgement(Question.ALTERATION, "meaning"))),
        OPEN,
    ),
    (
        "NFX-11",
        "meaning of a performance of Anna",
        film(ANNA, judgements=answers(judgement(Question.ALTERATION, "meaning"))),
        FAILED,
    ),
    (
        "NFX-12",
        "Not found in the en master: a, frames 1 to 9",
        film(readback=(readback(labels_missing=("a, frames 1 to 9",)),)),
        FAILED,
    ),
    ("NFX-12", "No encoded master was read back in en", film(readback=()), OPEN),
    ("NFX-12", "No label was found", film(readback=(readback(labels_found=0),)), FAILED),
    (
        "NFX-12",
        "that nobody has judged: 1.",
        film(judgements=without(Question.REALITY), readback=()),
        OPEN,
    ),
    (
        "NFX-13",
        "counsel has not approved",
        film(judgements=answers(judgement(Question.IMPORTANCE, "prominent"))),
        OPEN,
    ),
    ("NFX-14", "No passport of the model cloud", film(models=()), OPEN),
    ("NFX-14", "was made for other", film(models=(model(derived_for="other"),)), FAILED),
    ("NFX-14", "bound to no title", film(models=(model(talent=("anna",)),)), OPEN),
    ("NFX-16", "cannot be sorted", film(declarations=()), FAILED),
    (
        "NFX-16",
        "of the class key-visual (from the facts: key-visual; confirmed: background)",
        film(judgements=answers(judgement(Question.IMPORTANCE, "key")), **NOBODY),
        OPEN,
    ),
    (
        "NFX-16",
        "of the class talent-replication (from the facts: background; confirmed: talent",
        film(declarations=(use(triage=Triage.TALENT),), **NOBODY),
        OPEN,
    ),
    (
        "NFX-16",
        "of the class unowned-training-data",
        film(models=(model(derived_for="river"),), datasets=(), **NOBODY),
        OPEN,
    ),
    (
        "NFX-16",
        "of the class commissioner-material",
        film(declarations=(use(inputs=SECRET),), tools=(tool(environment="consumer"),), **NOBODY),
        OPEN,
    ),
    (
        "NFX-16",
        "of the class commissioner-material",
        film(declarations=(use(inputs=SECRET),), tools=(), **NOBODY),
        OPEN,
    ),
]

WARNED: list[tuple[str, str, Case]] = [
    ("NFX-02", "was not compared", film(shot(likeness=None))),
    ("NFX-03", "nobody has shown", film(tools=(tool(trains_on_inputs=UNKNOWN),))),
    ("NFX-03", "consumer offer", film(tools=(tool(environment="consumer"),))),
    ("NFX-03", "that is unknown", film(tools=(tool(retention="unknown"),))),
    (
        "NFX-09",
        "Nobody has settled",
        film(judgements=answers(judgement(Question.REFERENCES, "unsure"))),
    ),
    (
        "NFX-09",
        "Nobody has settled",
        film(
            judgements=without(Question.REFERENCES),
            declarations=(use(inputs=(InputClass.THIRD_PARTY,)),),
        ),
    ),
    (
        "NFX-09",
        "Nobody has settled",
        film(judgements=without(Question.REFERENCES), declarations=()),
    ),
    ("NFX-11", "Nobody has judged", film(ALTERED)),
    (
        "NFX-12",
        "that could pass for real",
        film(production=production(genre="fiction"), readback=()),
    ),
    ("NFX-15", "performer has not approved", film(ANNA)),
]

KEPT: list[tuple[str, Case, Status]] = [
    ("NFX-01", film(), PASSED),
    ("NFX-01", film(declarations=(use(principles=DOUBTFUL, escalation=REPLY),)), PASSED),
    ("NFX-01", film(footage()), NONE),
    ("NFX-02", film(), PASSED),
    ("NFX-02", film(shot(likeness="structural hint")), PASSED),
    ("NFX-02", film(voice()), NONE),
    ("NFX-03", film(), PASSED),
    ("NFX-03", film(local()), NONE),
    ("NFX-04", film(), PASSED),
    ("NFX-05", film(voice()), PASSED),
    ("NFX-05", film(), NONE),
    ("NFX-06", film(declarations=(use(inputs=SECRET),)), PASSED),
    (
        "NFX-06",
        film(declarations=(use(inputs=(InputClass.PERSONAL,), escalation=REPLY),)),
        PASSED,
    ),
    ("NFX-06", film(), NONE),
    ("NFX-07", film(models=(model(derived_for="river"),)), PASSED),
    (
        "NFX-07",
        film(
            models=(model(talent=("anna",), training="none", datasets=()),), consents=(consent(),)
        ),
        PASSED,
    ),
    (
        "NFX-07",
        film(
            models=(model(derived_for="river"),),
            datasets=(dataset(personal_data=Answer.YES, consents=("anna",)),),
            consents=(consent(),),
        ),
        PASSED,
    ),
    ("NFX-07", film(), NONE),
    ("NFX-07", film(local(), models=()), NONE),
    ("NFX-08", film(judgements=answers(judgement(Question.IMPORTANCE, "key"))), PASSED),
    (
        "NFX-08",
        film(declarations=(use(triage=Triage.KEY_VISUAL, escalation=REPLY),), **NOBODY),
        PASSED,
    ),
    ("NFX-08", film(), NONE),
    ("NFX-09", film(), PASSED),
    ("NFX-09", film(judgements=()), PASSED),
    (
        "NFX-09",
        film(
            judgements=answers(judgement(Question.REFERENCES, "yes")),
            declarations=(use(escalation=REPLY),),
        ),
        PASSED,
    ),
    ("NFX-10", film(ANNA, consents=(consent(),)), PASSED),
    ("NFX-10", film(voice(person="Anna"), consents=(voice_consent(),)), PASSED),
    ("NFX-10", film(), NONE),
    (
        "NFX-11",
        film(ALTERED, judgements=(judgement(Question.ALTERATION, "customary", "2-1"),)),
        PASSED,
    ),
    (
        "NFX-11",
        film(
            ANNA,
            judgements=answers(judgement(Question.ALTERATION, "meaning")),
            consents=(consent(of="performance", actions=(Action.ALTER_PERFORMANCE,)),),
        ),
        PASSED,
    ),
    ("NFX-11", film(), NONE),
    ("NFX-12", film(), PASSED),
    ("NFX-12", film(judgements=answers(judgement(Question.REALITY, "no")), readback=()), PASSED),
    ("NFX-12", film(footage()), NONE),
    (
        "NFX-13",
        film(
            judgements=answers(judgement(Question.IMPORTANCE, "prominent")),
            approvals=(authorisation(Role.COUNSEL, "lena"),),
        ),
        PASSED,
    ),
    (
        "NFX-13",
        film(
            shot(decisions=(decision(Role.COUNSEL, "lena"),)),
            judgements=answers(judgement(Question.IMPORTANCE, "prominent")),
        ),
        PASSED,
    ),
    ("NFX-13", film(), NONE),
    ("NFX-14", film(models=(model(derived_for="river"),)), PASSED),
    ("NFX-14", film(), NONE),
    ("NFX-14", film(local(), models=()), NONE),
    (
        "NFX-15",
        film(
            shot(person="Anna", decisions=(decision(Role.TALENT, "anna"),)),
            production=production(people=[{"id": "anna", "name": "ANNA", "roles": ["talent"]}]),
        ),
        PASSED,
    ),
    ("NFX-15", film(), NONE),
    ("NFX-16", film(), PASSED),
    ("NFX-16", film(declarations=(use(inputs=SECRET),), **NOBODY), PASSED),
    ("NFX-16", film(local(), declarations=(use(inputs=SECRET),), tools=(), **NOBODY), PASSED),
    ("NFX-16", film(declarations=(use(triage=Triage.TALENT, escalation=REPLY),), **NOBODY), PASSED),
    ("NFX-16", film(declarations=(use(triage=Triage.TALENT),)), PASSED),
    ("NFX-16", film(footage()), NONE),
]


@pytest.mark.parametrize(("rule", "words", "case", "status"), REFUSED)
def test_a_commissioner_refuses(rule: str, words: str, case: Case, status: Status) -> None:
    check_refused(rule, words, case, status)


@pytest.mark.parametrize(("rule", "words", "case"), WARNED)
def test_a_commissioner_warns(rule: str, words: str, case: Case) -> None:
    check_warned(rule, words, case)


@pytest.mark.parametrize(("rule", "case", "status"), KEPT)
def test_a_commissioner_is_content(rule: str, case: Case, status: Status) -> None:
    check_content(rule, case, status)


def test_a_judgement_of_another_take_says_nothing() -> None:
    said = (judgement(Question.IMPORTANCE, "key", essence=OTHER),)
    (found,) = outcomes("NFX-08", film(judgements=said))
    assert found.status is NONE


def test_an_element_that_is_refused_is_named_with_its_place() -> None:
    first, second = outcomes("NFX-01", film(shot(), shot(id="1-2"), declarations=()))
    assert (first.element, second.element) == ("1-1", "1-2")
    assert first.evidence[0].entry == 3
    assert first.evidence[0].frame == 0


def test_a_declaration_covers_only_what_it_names() -> None:
    case = film(shot(), shot(id="1-2"), declarations=(use(elements=("1-2",)),))
    (found,) = outcomes("NFX-01", case)
    assert found.element == "1-1"


def test_a_title_is_no_picture() -> None:
    (found,) = outcomes("NFX-02", film(shot(kind=ElementKind.TITLE)))
    assert found.status is NONE
