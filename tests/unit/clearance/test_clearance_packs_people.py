"""Performers, France, platforms, and what every audit rests on: refused and passed."""

from __future__ import annotations

import pytest
from clearance_cases import OTHER
from clearance_pack_cases import (
    NO,
    RESERVED,
    UNKNOWN,
    YES,
    authorisation,
    consent,
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
    use,
    voice,
    voice_consent,
)

from generique.clearance.case import Case
from generique.clearance.verdict import Gate, Status, Verdict
from generique.model.action import Action
from generique.model.declaration import InputClass
from generique.model.judgement import Question
from generique.model.people import Role

PASSED, FAILED, OPEN, NONE = (
    Status.PASSED,
    Status.FAILED,
    Status.OPEN,
    Status.NOT_APPLICABLE,
)
ANNA = shot(person="Anna")
FICTION = production(genre="fiction")
NEWS = production(genre="news")
AMERICAN = production(territories=["US"])
ADVERT = production(genre="advertising", territories=["US"])
FRENCH = voice(language="fr")
SPOKEN = model(training="undisclosed", datasets=(), talent=("anna",))
EDITED = shot(decisions=(decision(Role.EDITOR, "ed"),))
SECRET = use(inputs=(InputClass.PROPRIETARY,))
BARE = readback(labels_missing=("a",))

REFUSED: list[tuple[str, str, Case, Status]] = [
    ("TAL-01", "no consent of Anna", film(ANNA), FAILED),
    ("TAL-01", "names no last day", film(ANNA, consents=(consent(ends=None),)), OPEN),
    ("TAL-01", "does not describe", film(ANNA, consents=(consent(description=" "),)), OPEN),
    ("TAL-01", "ended on 2026-11-27", film(ANNA, consents=(consent(ends="2026-11-27"),)), FAILED),
    ("TAL-01", "given for other", film(ANNA, consents=(consent(titles=("other",)),)), FAILED),
    (
        "TAL-04",
        "represented or advised (the consent says unknown)",
        film(ANNA, production=AMERICAN, consents=(consent(represented=UNKNOWN),)),
        OPEN,
    ),
    ("TAL-04", "no consent of Anna", film(ANNA, production=AMERICAN), FAILED),
    ("FRA-01", "No producer", film(production=FICTION, approvals=(), gate=Gate.GENERATE), OPEN),
    ("FRA-01", "nobody could authorise", film(production=FICTION, declarations=()), FAILED),
    ("FRA-02", "nobody could authorise", film(declarations=()), FAILED),
    ("FRA-02", "waits for director and producer.", film(approvals=()), OPEN),
    (
        "FRA-02",
        "waits for producer.",
        film(approvals=(authorisation(Role.DIRECTOR, "mira"),)),
        OPEN,
    ),
    (
        "FRA-02",
        "it takes two people",
        film(
            approvals=(authorisation(Role.DIRECTOR, "mira"), authorisation(Role.PRODUCER, "mira"))
        ),
        OPEN,
    ),
    ("FRA-02", "waits for director and producer.", film(subjects={}), OPEN),
    ("FRA-02", "The public has to be told", film(readback=(BARE,)), FAILED),
    ("FRA-05", "no consent of Anna", film(ANNA), FAILED),
    (
        "FRA-05",
        "People are shown or heard",
        film(ANNA, consents=(consent(),), readback=(BARE,)),
        FAILED,
    ),
    ("FRA-06", "No editor", film(production=NEWS), OPEN),
    ("FRA-07", "holds works that are reserved", film(datasets=(RESERVED,)), FAILED),
    (
        "FRA-07",
        "holds works that are reserved",
        film(models=(model(datasets=("lost", "stills")),), datasets=(RESERVED,)),
        FAILED,
    ),
    (
        "FRA-07",
        "holds works that are reserved",
        film(models=(model(training="undisclosed"),), datasets=(RESERVED,)),
        FAILED,
    ),
    (
        "FRA-07",
        "holds works that are reserved",  # whatever the generator says of itself
        film(local(model="cloud"), models=(model(),), datasets=(RESERVED,)),
        FAILED,
    ),
    ("PLT-01", "nobody has judged 1-1.", film(judgements=()), OPEN),
    (
        "PLT-01",
        "1-8 and 1 more.",
        film(*(shot(id=f"1-{n}") for n in range(1, 10)), judgements=()),
        OPEN,
    ),
    ("PLT-04", "no field", film(production=production(territories=["CN"])), FAILED),
    ("AUD-01", "No person has approved it", film(shot(decisions=())), OPEN),
    (
        "AUD-01",
        "shown in a demonstration",
        film(shot(decisions=(decision(verdict="demonstration"),))),
        OPEN,
    ),
    ("AUD-01", "changed since", film(shot(decisions=(decision(essence=OTHER),))), OPEN),
    (
        "AUD-01",
        "rejected it",
        film(shot(decisions=(decision(), decision(verdict="rejected")))),
        FAILED,
    ),
    (
        "AUD-01",
        "took the approval back",
        film(shot(decisions=(decision(), decision(verdict="revoked")))),
        FAILED,
    ),
    (
        "AUD-01",
        "not by the director",  # whoever rejected it has approved it since
        film(
            shot(
                decisions=(
                    decision(Role.EDITOR, "ed", verdict="rejected"),
                    decision(Role.EDITOR, "ed"),
                )
            )
        ),
        OPEN,
    ),
    (
        "AUD-01",
        "not by the director",
        film(shot(decisions=(decision(Role.EDITOR, "ed"),))),
        OPEN,
    ),
    (
        "AUD-01",
        "rejected it",
        film(shot(decisions=(decision(), decision(Role.PRODUCER, "paul", verdict="rejected")))),
        FAILED,
    ),
    ("AUD-01", "No person has approved it", film(shot(essence=None, decisions=())), OPEN),
    ("AUD-02", "its take is not recorded", film(shot(take=None)), OPEN),
    ("AUD-02", "no word of itself", film(shot(passport=None), approvals=()), OPEN),
    ("AUD-02", "no passport of the model cloud", film(models=(), declarations=()), OPEN),
    ("AUD-02", "no passport of the model cloud", film(models=(), approvals=()), OPEN),
    (
        "AUD-02",
        "no passport of the model that was used",
        film(shot(model=None), approvals=()),
        OPEN,
    ),
    ("AUD-02", "is undisclosed", film(models=(SPOKEN,), approvals=()), OPEN),
    ("AUD-02", "dataset stills", film(datasets=(), approvals=()), OPEN),
    ("AUD-03", "No entry", film(shot(entry=None)), FAILED),
]

WARNED: list[tuple[str, str, Case]] = [
    ("TAL-02", "Nobody has said what", film(voice())),
    ("TAL-02", "adds nothing", film(voice(), judgements=(judgement(Question.ADDED_VALUE, "no"),))),
    ("TAL-03", "No consent says", film(ANNA)),
    ("TAL-03", "was under age", film(ANNA, consents=(consent(minor=YES),))),
    ("TAL-03", "does not say", film(ANNA, consents=(consent(minor=UNKNOWN),))),
    ("TAL-03", "Strikes, scans", film(ANNA, consents=(consent(),))),
    ("TAL-06", "trains on nothing", film(tools=(), declarations=(SECRET,))),
    ("FRA-03", "speaks the fr version", film(FRENCH)),
    ("FRA-04", "whose voices cloud", film(FRENCH)),
    ("FRA-04", "whose voices cloud", film(FRENCH, models=())),
    ("FRA-04", "speaks as Anna, and no consent", film(voice(language="fr", person="Anna"))),
    ("FRA-04", "anna that Cloud model rests on", film(FRENCH, models=(SPOKEN,))),
    (
        "FRA-04",
        "is made from Anna, and",
        film(FRENCH, models=(SPOKEN,), consents=(voice_consent(),)),
    ),
    ("FRA-06", "Not found", film(EDITED, production=NEWS, readback=(BARE,))),
    ("FRA-07", "not disclosed", film(models=())),
    ("FRA-07", "not disclosed", film(models=(model(training="undisclosed", datasets=()),))),
    ("FRA-07", "No passport of the dataset", film(datasets=())),
    ("PLT-02", "does not follow", film(judgements=())),
    ("PLT-03", "Not found", film(readback=(BARE,))),
    (
        "PLT-05",
        "nobody has looked",
        film(production=AMERICAN, readback=(readback(marks_asked=None),)),
    ),
    (
        "PLT-05",
        "no shot is long, bright and textured enough",
        film(production=AMERICAN, readback=(readback(marks_asked=0),)),
    ),
    (
        "PLT-05",
        "not found in 1 of 2",
        film(production=AMERICAN, readback=(readback(marks_missing=("1-1",)),)),
    ),
    (
        "PLT-05",
        "its credential is missing",
        film(production=AMERICAN, readback=(readback(credential="missing"),)),
    ),
    ("PLT-06", "Nobody has said whether", film(production=ADVERT)),
    ("PLT-06", "Not found", film(voice(), production=ADVERT, readback=(BARE,))),
    ("AUD-02", "undisclosed. paul approved the declared use aerials", film(models=(SPOKEN,))),
    ("AUD-04", "No contract was read", film(clauses=None)),
]

KEPT: list[tuple[str, Case, Status]] = [
    ("TAL-01", film(ANNA, consents=(consent(),)), PASSED),
    ("TAL-01", film(), NONE),
    ("TAL-02", film(voice(), judgements=(judgement(Question.ADDED_VALUE, "yes"),)), PASSED),
    ("TAL-02", film(), NONE),
    ("TAL-03", film(), NONE),
    ("TAL-04", film(ANNA, production=AMERICAN, consents=(consent(),)), PASSED),
    (
        "TAL-04",
        film(ANNA, production=AMERICAN, consents=(consent(estate=True, represented=NO),)),
        PASSED,
    ),
    ("TAL-04", film(ANNA), NONE),
    ("TAL-06", film(declarations=(SECRET,)), PASSED),
    ("TAL-06", film(), NONE),
    ("FRA-01", film(production=FICTION, gate=Gate.GENERATE), PASSED),
    ("FRA-01", film(), NONE),
    ("FRA-01", film(footage(), production=FICTION), NONE),
    ("FRA-02", film(), PASSED),
    ("FRA-02", film(gate=Gate.GENERATE, readback=()), PASSED),
    ("FRA-02", film(production=FICTION), NONE),
    ("FRA-03", film(voice()), NONE),
    (
        "FRA-04",
        film(
            voice(language="fr", person="Anna"),
            consents=(voice_consent(Action.DUB),),
        ),
        PASSED,
    ),
    ("FRA-04", film(FRENCH, models=(model(training="none"),)), PASSED),
    ("FRA-04", film(FRENCH, models=(SPOKEN,), consents=(voice_consent(Action.DUB),)), PASSED),
    ("FRA-04", film(voice()), NONE),
    ("FRA-05", film(ANNA, consents=(consent(),)), PASSED),
    ("FRA-05", film(ANNA, consents=(consent(),), gate=Gate.GENERATE, readback=()), PASSED),
    ("FRA-05", film(), NONE),
    ("FRA-06", film(EDITED, production=NEWS), PASSED),
    ("FRA-06", film(EDITED, production=NEWS, gate=Gate.MASTER, readback=()), PASSED),
    ("FRA-06", film(), NONE),
    ("FRA-07", film(), PASSED),
    ("FRA-07", film(local()), NONE),
    ("FRA-07", film(models=(model(training="none", datasets=()),)), NONE),
    ("PLT-01", film(), PASSED),
    ("PLT-01", film(footage()), NONE),
    ("PLT-02", film(), PASSED),
    ("PLT-03", film(), PASSED),
    ("PLT-03", film(footage()), NONE),
    ("PLT-04", film(), NONE),
    ("PLT-04", film(production=production(territories=[])), NONE),
    ("PLT-04", film(footage(), production=production(territories=["CN"])), NONE),
    ("PLT-05", film(production=AMERICAN), PASSED),
    ("PLT-05", film(), NONE),
    ("PLT-05", film(footage(), production=AMERICAN), NONE),
    ("PLT-06", film(voice(), production=ADVERT), PASSED),
    ("PLT-06", film(), NONE),
    ("PLT-06", film(production=production(genre="advertising")), NONE),
    ("AUD-01", film(), PASSED),
    (
        "AUD-01",
        film(
            shot(
                decisions=(
                    decision(Role.PRODUCER, "paul", verdict="rejected"),
                    decision(),
                    decision(Role.EDITOR, "ed"),
                )
            )
        ),
        PASSED,
    ),
    ("AUD-01", film(footage()), NONE),
    ("AUD-02", film(approvals=()), PASSED),
    ("AUD-02", film(local(), models=(), approvals=()), PASSED),
    ("AUD-02", film(footage()), NONE),
    ("AUD-03", film(), PASSED),
    ("AUD-04", film(), PASSED),
]


@pytest.mark.parametrize(("rule", "words", "case", "status"), REFUSED)
def test_people_refuse(rule: str, words: str, case: Case, status: Status) -> None:
    found = [outcome for outcome in outcomes(rule, case) if outcome.refuses]
    assert found
    assert words in " ".join(outcome.reason for outcome in found)
    assert status in {outcome.status for outcome in found}
    assert all(outcome.lift and outcome.who for outcome in found)


@pytest.mark.parametrize(("rule", "words", "case"), WARNED)
def test_people_warn(rule: str, words: str, case: Case) -> None:
    found = [outcome for outcome in outcomes(rule, case) if outcome.status in {OPEN, FAILED}]
    assert words in " ".join(outcome.reason for outcome in found)
    assert not any(outcome.refuses for outcome in found)


@pytest.mark.parametrize(("rule", "case", "status"), KEPT)
def test_people_are_content(rule: str, case: Case, status: Status) -> None:
    (found,) = outcomes(rule, case)
    assert found.status is status
    assert not found.refuses


def test_a_film_for_nowhere_in_particular_is_for_everywhere() -> None:
    case = film(ANNA, production=production(territories=[]), consents=())
    assert outcomes("TAL-04", case)[0].status is FAILED


def test_partners_are_told_before_delivery() -> None:
    first, second = sorted(
        outcomes("FRA-01", film(production=FICTION)), key=lambda outcome: outcome.status.value
    )
    assert (first.status, second.status) == (OPEN, PASSED)
    assert not first.refuses
    assert "partners" in first.reason


def test_a_demonstration_waits_for_nobody_before_delivery() -> None:
    shown = shot(decisions=(decision(verdict="demonstration"),))
    (found,) = outcomes("AUD-01", film(shown, gate=Gate.MASTER))
    assert found.refuses
    assert found.awaits


@pytest.mark.parametrize("against", ["rejected", "revoked"])
def test_no_demonstration_lifts_a_word_against_a_take(against: str) -> None:
    said = (decision(), decision(verdict=against))
    (found,) = outcomes("AUD-01", film(shot(decisions=said), gate=Gate.MASTER))
    assert Verdict(gate=Gate.MASTER, outcomes=(found,)).refusals(demonstration=True) == (found,)


def test_nothing_answers_for_an_empty_film() -> None:
    case = film().model_copy(update={"elements": ()})
    assert {
        outcomes(rule, case)[0].status for rule in ("AUD-03", "AUD-04", "CPA-02", "APA-01")
    } == {NONE}


def test_unconfirmed_rules_say_so_and_only_warn() -> None:
    (found,) = outcomes("TAL-02", film(voice()))
    assert "Unconfirmed: the text of the clause was not seen." in found.reason
    assert not found.refuses
