"""Article 50, content credentials and documentary honesty: refused and passed."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_pack_cases import (
    ANSWERS,
    DOUBTFUL,
    MASTER,
    NO,
    REPLY,
    RESERVED,
    UNKNOWN,
    UNSURE,
    USE,
    YES,
    answers,
    check_content,
    check_refused,
    check_warned,
    consent,
    dataset,
    decision,
    fault,
    film,
    footage,
    judgement,
    local,
    model,
    outcomes,
    passport,
    production,
    readback,
    reserving,
    shot,
    use,
    voice,
    without,
)

from generique.clearance.case import Case
from generique.clearance.verdict import Gate, Status
from generique.model.action import Action
from generique.model.declaration import InputClass
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import Question
from generique.model.kept_passports import Reservation
from generique.model.passport import Rights, SourceType
from generique.model.people import Matter, Role

PASSED, FAILED, OPEN, NONE = (
    Status.PASSED,
    Status.FAILED,
    Status.OPEN,
    Status.NOT_APPLICABLE,
)
FICTION = production(genre="fiction")
ALTERED = footage(element_class=ElementClass.ALTERED)
ART = (
    *ANSWERS,
    judgement(Question.ARTISTIC, "yes", "film"),
    judgement(Question.DOUBT, "no", "film"),
)
LEAVE = consent(id="archive", person="Archive", of="work", actions=(Action.GENERATE,))
CHECKED = (judgement(Question.FACTS, "yes", "2-1"),)


SEEN: dict[str, Any] = {
    "subjects": {"use/aerials": USE, "master/en": MASTER},
    "approvals": (decision(Role.DIRECTOR, essence=MASTER, matter=Matter.MASTER, take="en"),),
}
ALLOWING = reserving(reserved=NO, found="cawg.data_mining: allowed")
SILENT = reserving(reserved=UNKNOWN, found="")
RESERVING = Reservation(protocol="iptc", reserved=YES, found="prohibited")
UNCLEAR = RESERVING.model_copy(update={"reserved": UNSURE})
ON_THE_SITE = Reservation(protocol="robots", reserved=YES, found="Disallow")
ASSISTED = (
    judgement(Question.GENERATED, "yes", "2-1"),
    judgement(Question.ASSISTIVE, "yes", "2-1"),
)


def read(**more: object) -> Case:
    return film(readback=(readback(**more),))


def wrong(*codes: str) -> Case:
    """A master whose credential has faults of these kinds."""
    return read(credential_faults=tuple(fault(code) for code in codes))


REFUSED: list[tuple[str, str, Case, Status]] = [
    (
        "EUA-01",
        "neither a credential",
        read(credential="missing", marks_missing=("1-1", "2-1")),
        FAILED,
    ),
    ("EUA-01", "No encoded master", film(readback=()), OPEN),
    ("EUA-02", "its credential is broken", read(credential="broken"), FAILED),
    ("EUA-02", "no time stamp", read(timestamped=False), OPEN),
    ("EUA-02", "nobody has looked", read(marks_asked=None), OPEN),
    ("EUA-02", "what the second mark is", read(marks_asked=0), OPEN),
    ("EUA-02", "nobody has looked", read(timestamped=None), OPEN),
    ("EUA-02", "in 1 of 2 shots that were asked: 2-1", read(marks_missing=("2-1",)), FAILED),
    ("EUA-04", "credential and watermark", read(credential="unknown", marks_asked=None), OPEN),
    (
        "EUA-07",
        "Nobody has answered: would the audience",
        film(judgements=without(Question.AUTHENTIC)),
        OPEN,
    ),
    (
        "EUA-07",
        "a trained model made it",
        film(judgements=answers(judgement(Question.GENERATED, "no"))),
        FAILED,
    ),
    (
        "EUA-07",
        "a trained model made it",  # elsewhere, and the medium says so
        film(
            footage(element_class=ElementClass.ALTERED, source_type=SourceType.TRAINED_ALGORITHMIC),
            judgements=(judgement(Question.GENERATED, "no", "2-1"),),
        ),
        FAILED,
    ),
    (
        "EUA-07",
        "all of it is made up",
        film(judgements=answers(judgement(Question.ASSISTIVE, "yes", role=Role.TALENT))),
        FAILED,
    ),
    ("EUA-08", "Not found", read(labels_missing=("a",)), FAILED),
    ("EUA-08", "a; b; c, and 1 more", read(labels_missing=("a", "b", "c", "d")), FAILED),
    (
        "EUA-09",
        "mira calls it plainly art",
        film(judgements=answers(judgement(Question.ARTISTIC, "yes"))),
        FAILED,
    ),
    (
        "EUA-09",
        "advertising",
        film(production=production(genre="advertising"), judgements=ART),
        FAILED,
    ),
    (
        "EUA-10",
        "not found in the en master",
        film(production=FICTION, judgements=ART, readback=(readback(credits_missing=("1-1",)),)),
        FAILED,
    ),
    ("EUA-10", "No encoded", film(production=FICTION, judgements=ART, readback=()), OPEN),
    ("EUA-11", "No label was found", read(labels_found=0), FAILED),
    ("EUA-12", "was not heard", film(voice(), readback=(readback(audible_notice=False),)), FAILED),
    ("EUA-12", "is not in it", film(voice(), readback=(readback(audible_notice=None),)), FAILED),
    (
        "EUA-12",
        "label that goes with",
        film(voice(), readback=(readback(labels_missing=("a",)),)),
        FAILED,
    ),
    ("EUA-13", "Not found", read(labels_missing=("a",)), FAILED),
    (
        "EUA-19",
        "is reserved against mining (robots)",
        film(models=(model(derived_for="river"),), datasets=(RESERVED,)),
        FAILED,
    ),
    ("EUA-19", "never scanned", film(models=(model(derived_for="river"),), datasets=()), OPEN),
    ("EUA-19", "No passport of the model cloud", film(models=()), OPEN),
    (
        "EUA-19",
        "is reserved against mining (robots)",
        film(
            models=(model(derived_for="river", datasets=("lost", "stills")),), datasets=(RESERVED,)
        ),
        FAILED,
    ),
    (
        "EUA-19",
        "was made from is undisclosed",
        film(models=(model(derived_for="river", training="undisclosed", datasets=()),)),
        OPEN,
    ),
    ("APA-01", "cloud made it", film(shot(element_class=ElementClass.AUTHENTIC)), FAILED),
    (
        "APA-01",
        "source type",
        film(footage(source_type=SourceType.TRAINED_ALGORITHMIC)),
        FAILED,
    ),
    ("APA-03", "the place in the film, the take", film(shot(start=None, take=None)), FAILED),
    ("APA-03", "the generator and its version, the licence", film(shot(passport=None)), FAILED),
    ("APA-03", "the licence", film(shot(passport=passport(licence="unknown"))), FAILED),
    ("APA-03", "the licence", film(shot(passport=passport(licence=" NOASSERTION"))), FAILED),
    ("APA-03", "the prompt", film(shot(prompt=None)), FAILED),
    ("APA-04", "Not found", read(labels_missing=("a",)), FAILED),
    ("APA-05", "Its credit was not found", read(credits_missing=("1-1",)), FAILED),
    ("APA-05", "No encoded master", film(readback=()), OPEN),
    ("APA-07", "no consent of Anna", film(shot(person="Anna")), FAILED),
    ("APA-07", "leave to alter it", film(ALTERED), OPEN),
    (
        "APA-07",
        "whom nobody has named",
        film(footage(element_class=ElementClass.ALTERED, rights=None)),
        OPEN,
    ),
    (
        "APA-07",
        "they do not hold",
        film(judgements=answers(judgement(Question.FACTS, "no"))),
        FAILED,
    ),
    ("BRD-01", "It is news", film(production=production(genre="news")), FAILED),
    ("CPA-01", "its credential is broken", read(credential="broken"), FAILED),
    ("CPA-01", "it says too little (file).", wrong("action.first"), FAILED),
    ("CPA-01", "; and 1 more.", wrong(*["actions.gathered"] * 4), FAILED),
    ("CPA-02", "Nobody has said", film(shot(source_type=None)), OPEN),
    ("CPA-02", "cloud made it", film(shot(source_type=SourceType.DIGITAL_CAPTURE)), FAILED),
    ("CPA-02", "is disclosed", film(shot(source_type=SourceType.ALGORITHMIC)), FAILED),
    ("CPA-02", "none was at work", film(local(source_type=SourceType.TRAINED_ALGORITHMIC)), FAILED),
    ("CPA-03", "it says too little", wrong("action.source-type-missing"), FAILED),
    ("CPA-04", "it says too little", wrong("claim.specification"), FAILED),
    ("CPA-05", "does not name 1-1", read(ingredients_missing=("1-1",)), FAILED),
    ("CPA-05", "it says too little", wrong("ingredient.essence"), FAILED),
    ("CPA-06", "validated 1-2", read(validated=("1-1", "1-2")), FAILED),
    ("CPA-06", "it says too little", wrong("disclosure.model-type"), FAILED),
    ("CPA-06", "validated the film itself", read(film_validated=True), FAILED),
    ("CPA-06", "validated 1-1", film(shot(decisions=())), FAILED),
    ("CPA-07", "nobody has looked", read(marks_asked=None), OPEN),
    ("CPA-07", "it says too little", wrong("watermark.unnamed"), FAILED),
    ("CPA-10", "it says too little", wrong("credential.padding"), FAILED),
    ("CPA-05", "it says too little", wrong("essence.unstated"), FAILED),
    (
        "CPA-07",
        "in 1 of 50 shots that were asked: 7-1.",
        read(marks_asked=50, marks_missing=("7-1",)),
        FAILED,
    ),
    (
        "CPA-07",
        "s-0, s-1, s-2, s-3, s-4, s-5, s-6, s-7 and 41 more.",
        read(marks_asked=50, marks_missing=tuple(f"s-{n}" for n in range(49))),
        FAILED,
    ),
    ("CPA-08", "it says too little", wrong("signer.time-invalid"), FAILED),
    ("CPA-08", "nobody has read", read(timestamped=None), OPEN),
    ("CPA-08", "no authority", read(timestamped=False), OPEN),
    ("CPA-10", "its credential is missing", read(credential="missing"), FAILED),
    ("CPA-11", "“cawg.data_mining: allowed”", read(mining=ALLOWING), FAILED),
    (
        "CPA-11",
        "“nothing”, and the production wants it notAllowed",
        read(mining=SILENT),
        FAILED,
    ),
    (
        "CPA-11",
        "the production wants it allowed",
        film(production=production(mining="allowed")),
        FAILED,
    ),
    (
        "EUA-03",
        "reserved mining when it came in (iptc: prohibited)",
        film(footage(reservations=(RESERVING,)), readback=(readback(mining=ALLOWING),)),
        FAILED,
    ),
    (
        "CPA-11",
        "is reserved",
        film(models=(model(derived_for="river"),), datasets=(RESERVED,)),
        FAILED,
    ),
    ("CPA-11", "No passport of the model cloud", film(models=()), OPEN),
    ("CPA-12", "in clear words", film(declarations=(use(inputs=(InputClass.PERSONAL,)),)), FAILED),
]

WARNED: list[tuple[str, str, Case]] = [
    ("EUA-03", "Nobody looked", film(footage())),
    ("EUA-03", "Whether it bore", film(footage(reservations=(ON_THE_SITE,)), readback=())),
    ("EUA-03", "is kept. Whether", film(footage(reservations=(RESERVING,)))),
    (
        "EUA-03",
        "is not understood (iptc: prohibited)",
        film(footage(reservations=(UNCLEAR,)), readback=(readback(mining=SILENT),)),
    ),
    ("EUA-06", "Nobody has settled", film(ALTERED)),
    ("EUA-17", "counts as new", film(ALTERED)),
    ("EUA-18", "No passport of the model cloud", film(models=())),
    ("EUA-18", "No passport of the model that was used", film(shot(model=None))),
    ("EUA-18", "no summary", film(models=(model(summary_published=NO),))),
    ("EUA-18", "Nobody has looked", film(models=(model(summary_published=UNKNOWN),))),
    ("EUA-18", "Nobody has looked", film(models=(model(summary=None),))),
    ("EUA-19", "is reserved", film(datasets=(RESERVED,))),
    ("EUA-19", "never scanned", film(datasets=(dataset(scanned_on=None),))),
    ("EUA-19", "was made from is unknown", film(models=(model(training="unknown"),))),
    ("APA-04", "Not found", film(production=FICTION, readback=(readback(labels_missing=("a",)),))),
    ("APA-07", "Nobody has checked", film(judgements=without(Question.FACTS))),
    ("APA-08", "Nobody has judged", film(ALTERED)),
    (
        "APA-08",
        "changes what it means",
        film(ALTERED, judgements=(judgement(Question.ALTERATION, "meaning", "2-1"),)),
    ),
    ("BRD-01", "was not asked", film(approvals=())),
    ("BRD-01", "facts", film(judgements=without(Question.FACTS))),
    ("CPA-01", "nobody has held", read(credential_faults=None)),
    ("CPA-03", "nobody has held", read(credential_faults=None)),
    ("CPA-04", "nobody has held", read(credential_faults=None)),
    ("CPA-05", "were not compared", read(ingredients_missing=None)),
    ("CPA-06", "nobody has read", read(validated=None)),
    ("CPA-11", "nobody has read what its credential says of mining", read(mining=None)),
    ("CPA-07", "also tells of org.elsewhere.sound", read(marks_unread=("org.elsewhere.sound",))),
    ("CPA-09", "holds, by Credential signer, Somebody; whether a listed", film()),
    ("CPA-09", "a signer without a name", read(credential="valid", signer="")),
    ("CPA-09", "its credential is broken", read(credential="broken")),
]

KEPT: list[tuple[str, Case, Status]] = [
    ("EUA-01", film(), PASSED),
    ("EUA-01", read(credential="missing"), PASSED),
    ("EUA-02", film(), PASSED),
    ("EUA-03", film(shot()), NONE),
    ("EUA-04", film(), PASSED),
    ("EUA-06", film(ALTERED, judgements=(judgement(Question.ASSISTIVE, "yes", "2-1"),)), PASSED),
    ("EUA-06", film(), NONE),
    ("EUA-07", film(), PASSED),
    ("EUA-07", film(local(), judgements=(judgement(Question.GENERATED, "no"),)), PASSED),
    ("EUA-07", film(footage()), NONE),
    ("EUA-08", film(), PASSED),
    ("EUA-08", film(production=FICTION), NONE),
    ("EUA-08", film(footage()), NONE),
    ("EUA-09", film(production=FICTION, judgements=ART), PASSED),
    (
        "EUA-09",
        film(judgements=answers(judgement(Question.ARTISTIC, "yes", role=Role.COUNSEL))),
        PASSED,
    ),
    ("EUA-09", film(judgements=answers(judgement(Question.ARTISTIC, "no", "film"))), NONE),
    ("EUA-10", film(production=FICTION, judgements=ART), PASSED),
    ("EUA-10", film(), NONE),
    ("EUA-11", film(), PASSED),
    ("EUA-11", film(voice()), NONE),
    ("EUA-12", film(voice()), PASSED),
    ("EUA-12", film(), NONE),
    ("EUA-13", film(), PASSED),
    ("EUA-13", film(production=FICTION, judgements=ART), NONE),
    ("EUA-17", film(), NONE),
    ("EUA-18", film(), PASSED),
    ("EUA-18", film(models=(model(training="none"),)), NONE),
    ("EUA-18", film(local()), NONE),
    ("EUA-19", film(), PASSED),
    ("EUA-19", film(local(), models=()), NONE),
    ("EUA-19", film(models=(model(training="none", datasets=()),)), NONE),
    ("EUA-07", film(ALTERED, judgements=ASSISTED), PASSED),
    ("APA-01", film(), PASSED),
    ("APA-01", film(production=FICTION), NONE),
    ("APA-03", film(), PASSED),
    ("APA-03", film(footage()), NONE),
    ("APA-04", film(), PASSED),
    ("APA-04", film(footage()), NONE),
    ("APA-05", film(), PASSED),
    ("APA-05", film(footage(), readback=()), NONE),
    ("APA-07", film(), PASSED),
    ("APA-07", film(shot(person="Anna"), consents=(consent(),)), PASSED),
    ("APA-07", film(ALTERED, consents=(LEAVE,), judgements=CHECKED), PASSED),
    ("APA-07", film(footage()), NONE),
    ("APA-08", film(ALTERED, judgements=(judgement(Question.ALTERATION, "none", "2-1"),)), PASSED),
    ("APA-08", film(), NONE),
    ("BRD-01", film(), PASSED),
    (
        "BRD-01",
        film(declarations=(use(principles=DOUBTFUL, escalation=REPLY),), approvals=()),
        PASSED,
    ),
    ("BRD-01", film(production=FICTION), NONE),
    ("BRD-01", film(footage()), NONE),
    ("CPA-01", film(), PASSED),
    ("CPA-02", film(), PASSED),
    ("CPA-02", film(local()), PASSED),
    ("CPA-03", film(), PASSED),
    ("CPA-04", film(), PASSED),
    ("CPA-05", film(), PASSED),
    ("CPA-06", film(), PASSED),
    ("CPA-06", film(readback=(readback(film_validated=True),), **SEEN), PASSED),
    ("CPA-07", film(), PASSED),
    ("CPA-07", read(marks_asked=0, marks_unasked=("1-1",)), NONE),
    ("CPA-07", read(marks_unasked=("1-1",)), PASSED),
    ("CPA-08", film(), PASSED),
    ("CPA-10", film(), PASSED),
    ("CPA-11", film(), PASSED),
    (
        "CPA-11",
        film(production=production(mining="allowed"), readback=(readback(mining=ALLOWING),)),
        PASSED,
    ),
    ("CPA-11", film(models=(model(derived_for="river"),)), PASSED),
    (
        "CPA-12",
        film(
            declarations=(use(inputs=(InputClass.PERSONAL,)),),
            production=production(prompts="hashed"),
        ),
        PASSED,
    ),
    ("CPA-12", film(), NONE),
]


@pytest.mark.parametrize(("rule", "words", "case", "status"), REFUSED)
def test_europe_refuses(rule: str, words: str, case: Case, status: Status) -> None:
    check_refused(rule, words, case, status)


@pytest.mark.parametrize(("rule", "words", "case"), WARNED)
def test_europe_warns(rule: str, words: str, case: Case) -> None:
    check_warned(rule, words, case)


@pytest.mark.parametrize(("rule", "case", "status"), KEPT)
def test_europe_is_content(rule: str, case: Case, status: Status) -> None:
    check_content(rule, case, status)


def test_titles_and_transitions_need_no_test() -> None:
    (found,) = outcomes("EUA-07", film(shot(kind=ElementKind.TITLE), judgements=()))
    assert found.status is NONE


def test_each_master_answers_for_itself() -> None:
    french = readback(language="fr", labels_missing=("a",), credits_missing=("1-1",))
    case = film(production=production(languages=["en", "fr"]), readback=(readback(), french))
    (label,) = outcomes("APA-04", case)
    assert "Not found in the fr master" in label.reason
    (credit,) = outcomes("APA-05", case)
    assert "in the fr master" in credit.reason
    assert "the exact wording of the credit" in credit.reason


def test_what_was_read_is_evidence() -> None:
    (found,) = outcomes("EUA-02", film())
    assert [evidence.digest for evidence in found.evidence] == [MASTER]
    (broken,) = outcomes("EUA-02", film(readback=(readback(credential="broken"),)))
    assert [evidence.digest for evidence in broken.evidence] == [MASTER]


def test_what_lies_ahead_is_not_asked_before() -> None:
    case = film(gate=Gate.GENERATE, readback=(), elements=(shot(take=None, essence=None),))
    (found,) = outcomes("EUA-19", case)
    assert found.status is PASSED


def test_rights_without_a_holder_are_nobodys_leave() -> None:
    rights = Rights(licence="CC0-1.0", holder="Somebody else", source="here", notice="n.txt")
    case = film(footage(element_class=ElementClass.ALTERED, rights=rights), consents=(LEAVE,))
    (found,) = outcomes("APA-07", case)
    assert "Somebody else" in found.reason
