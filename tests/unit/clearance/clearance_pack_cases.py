"""A documentary about which everything is on record, and ways to take records away."""

from __future__ import annotations

from typing import Any

from clearance_cases import ESSENCE, OTHER, decision_of

from generique.clearance.case import Case, ElementFacts, Judged, ReadBack, Signed
from generique.clearance.packs import rule_of
from generique.clearance.packs.judge import judge_rule
from generique.clearance.packs.reading import Reading
from generique.clearance.verdict import Gate, Outcome, Status
from generique.marks.verdict import Finding as CredentialFault
from generique.marks.verdict import Verdict
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.consent import Consent
from generique.model.declaration import (
    Escalation,
    FivePrinciples,
    InputClass,
    Triage,
    UseDeclaration,
)
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import HumanJudgement, Question
from generique.model.kept_passports import (
    DatasetPassport,
    Document,
    ModelPassport,
    Reservation,
    ToolPassport,
    Usage,
)
from generique.model.passport import Dataset, Passport, Rights, SourceType, Training
from generique.model.people import Matter, Role
from generique.model.production import Production
from generique.model.values import digest_of

MASTER = digest_of(b"master")
USE = digest_of(b"use")
PAPER = Document(digest=digest_of(b"paper"), read_on="2026-10-01")
YES, NO, UNSURE, UNKNOWN = Answer.YES, Answer.NO, Answer.UNSURE, Answer.UNKNOWN
SURE = FivePrinciples(
    owned_traits=YES, not_kept=YES, secured=YES, temporary=YES, no_replacement=YES
)
DOUBTFUL = SURE.model_copy(update={"owned_traits": UNSURE})
REPLY = Escalation(asked_on="2026-10-02", replied_on="2026-10-03", reply=PAPER, allowed=YES)


def production(**more: Any) -> Production:
    document = {
        "schema": "generique/production/1",
        "id": "river",
        "title": "The Quiet River",
        "titles": {"fr": "La rivière calme"},
        "languages": ["en"],
        "genre": "documentary",
        "territories": ["FR"],
        "raster": {"width": 640, "height": 360},
        "rate": "24",
        "backends": {"shot": "cloud"},
        **more,
    }
    return Production.read(document, where="production.toml")


def passport(**more: Any) -> Passport:
    facts: dict[str, Any] = {
        "name": "cloud",
        "version": "2",
        "title": "Cloud",
        "maker": "Somebody",
        "licence": "terms of Cloud",
        "kinds": (ElementKind.SHOT,),
        "training": Training(
            statement="disclosed",
            datasets=(Dataset(id="stills", title="Stills", licence="CC0-1.0"),),
        ),
        "source_type": SourceType.TRAINED_ALGORITHMIC,
        "repeatable": False,
        **more,
    }
    return Passport(**facts)


UNTRAINED = passport(
    name="world",
    title="World",
    licence="Apache-2.0",
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    local=True,
)


def decision(role: Role = Role.DIRECTOR, person: str = "mira", **said: Any) -> Signed:
    return decision_of(person, role, **said)


def authorisation(role: Role, person: str, use: str = "aerials") -> Signed:
    """Approval of a declared use."""
    return decision(role, person, essence=USE, matter=Matter.USE, take=use)


def judgement(
    question: Question,
    answer: str,
    element: str = "1-1",
    *,
    role: Role = Role.DIRECTOR,
    essence: str | None = None,
) -> Judged:
    return Judged(
        judgement=HumanJudgement(
            question=question,
            answer=answer,
            element=element,
            essence=essence,
            person="mira",
            role=role,
            reason="looked at it",
            key="person/mira+00000000+x",
        ),
        entry=9,
    )


ANSWERS = (
    judgement(Question.GENERATED, "yes"),
    judgement(Question.ASSISTIVE, "no"),
    judgement(Question.RESEMBLES, "yes"),
    judgement(Question.AUTHENTIC, "yes"),
    judgement(Question.REALITY, "yes"),
    judgement(Question.FACTS, "yes"),
    judgement(Question.REFERENCES, "no"),
    judgement(Question.IMPORTANCE, "background"),
)


def answers(*changed: Judged) -> tuple[Judged, ...]:
    """All judgements, with later ones after them."""
    return (*ANSWERS, *changed)


def without(*questions: Question) -> tuple[Judged, ...]:
    return tuple(said for said in ANSWERS if said.judgement.question not in questions)


def shot(**more: Any) -> ElementFacts:
    facts: dict[str, Any] = {
        "id": "1-1",
        "title": "Night aerial",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "source_type": SourceType.TRAINED_ALGORITHMIC,
        "backend": "cloud",
        "provider": "Somebody",
        "model": "cloud",
        "passport": passport(),
        "track": "V1",
        "prompt": "a suburb at night from the air",
        "take": "1-1.t1",
        "essence": ESSENCE,
        "file": ESSENCE,
        "seconds": 4.0,
        "start": 0,
        "end": 96,
        "decisions": (decision(),),
        "entry": 3,
        "likeness": "none",
        **more,
    }
    return ElementFacts(**facts)


def voice(**more: Any) -> ElementFacts:
    return shot(**{"kind": ElementKind.VOICE, "language": "en", **more})


def local(**more: Any) -> ElementFacts:
    """A shot by a generator that was trained on nothing and runs here."""
    return shot(
        **{
            "backend": "world",
            "provider": "local",
            "model": "world",
            "passport": UNTRAINED,
            "source_type": SourceType.ALGORITHMIC,
            **more,
        }
    )


def footage(**more: Any) -> ElementFacts:
    facts: dict[str, Any] = {
        "id": "2-1",
        "title": "A finch",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.AUTHENTIC,
        "source_type": SourceType.DIGITAL_CAPTURE,
        "rights": Rights(licence="CC-BY-4.0", holder="Archive", source="here", notice="n.txt"),
        "track": "V1",
        "essence": OTHER,
        "start": 96,
        "end": 192,
        "entry": 2,
        **more,
    }
    return ElementFacts(**facts)


def use(**more: Any) -> UseDeclaration:
    facts: dict[str, Any] = {
        "id": "aerials",
        "kinds": tuple(ElementKind),
        "backends": ("cloud", "world"),
        "purpose": "Establishing shots.",
        "inputs": (InputClass.OWN,),
        "principles": SURE,
        "triage": Triage.BACKGROUND,
        "by": "mira",
        "on": "2026-10-01",
        **more,
    }
    return UseDeclaration(**facts)


def tool(**more: Any) -> ToolPassport:
    facts: dict[str, Any] = {
        "schema": "generique/tool-passport/1",
        "id": "cloud",
        "version": "2",
        "title": "Cloud",
        "checked_by": "mira",
        "checked_on": "2026-10-01",
        "environment": "enterprise",
        "trains_on_inputs": NO,
        "retention": "none",
        "usage": Usage(licence="terms of Cloud", terms=PAPER),
        "models": ("cloud",),
        **more,
    }
    return ToolPassport(**facts)


def model(**more: Any) -> ModelPassport:
    facts: dict[str, Any] = {
        "schema": "generique/model-passport/1",
        "id": "cloud",
        "version": "2",
        "title": "Cloud model",
        "checked_by": "mira",
        "checked_on": "2026-10-01",
        "training": "disclosed",
        "datasets": ("stills",),
        "summary": PAPER,
        "summary_published": YES,
        **more,
    }
    return ModelPassport(**facts)


def dataset(**more: Any) -> DatasetPassport:
    facts: dict[str, Any] = {
        "schema": "generique/dataset-passport/1",
        "id": "stills",
        "version": "1",
        "title": "Stills",
        "checked_by": "mira",
        "checked_on": "2026-10-01",
        "usage": Usage(licence="CC0-1.0"),
        "personal_data": NO,
        "reservations": (Reservation(protocol="tdmrep", reserved=UNKNOWN),),
        "scanned_on": "2026-10-01",
        **more,
    }
    return DatasetPassport(**facts)


RESERVED = dataset(reservations=(Reservation(protocol="robots", reserved=YES),))


def consent(**more: Any) -> Consent:
    facts: dict[str, Any] = {
        "id": "anna",
        "person": "Anna",
        "of": "likeness",
        "actions": (Action.GENERATE_LIKENESS, Action.FINE_TUNE),
        "titles": ("river",),
        "territories": ("*",),
        "media": ("*",),
        "starts": "2026-01-01",
        "ends": "2027-12-31",
        "description": "Seen from afar in the night aerial.",
        "document": PAPER,
        "minor": NO,
        "represented": YES,
        **more,
    }
    return Consent(**facts)


def voice_consent(*actions: Action, **more: Any) -> Consent:
    return consent(**{"of": "voice", "actions": actions or (Action.CLONE_VOICE,), **more})


def reserving(**more: Any) -> Reservation:
    """What the credential of a master says of mining."""
    facts: dict[str, Any] = {
        "protocol": "c2pa-cawg",
        "reserved": YES,
        "found": "cawg.data_mining: notAllowed",
        **more,
    }
    return Reservation(**facts)


def fault(code: str, why: str = "it says too little") -> CredentialFault:
    return CredentialFault(code=code, where="file", why=why, verdict=Verdict.VALID)


def readback(**more: Any) -> ReadBack:
    facts: dict[str, Any] = {
        "language": "en",
        "file": MASTER,
        "labels_found": 2,
        "audible_notice": True,
        "credential": "trusted",
        "timestamped": True,
        "signer": "Credential signer, Somebody",
        "marks_asked": 2,
        "credential_faults": (),
        "ingredients_missing": (),
        "validated": ("1-1",),
        "mining": reserving(),
        **more,
    }
    return ReadBack(**facts)


def film(*elements: ElementFacts, gate: Gate = Gate.DELIVER, **more: Any) -> Case:
    """A documentary in order, with whatever is changed."""
    facts: dict[str, Any] = {
        "production": production(),
        "gate": gate,
        "today": "2026-11-28",
        "elements": elements or (shot(), footage()),
        "tools": (tool(),),
        "models": (model(),),
        "datasets": (dataset(),),
        "declarations": (use(),),
        "judgements": ANSWERS,
        "approvals": (
            authorisation(Role.DIRECTOR, "mira"),
            authorisation(Role.PRODUCER, "paul"),
            authorisation(Role.COMMISSIONER, "chris"),
        ),
        "subjects": {"use/aerials": USE},
        "readback": (readback(),),
        "film_seconds": 8.0,
        "clauses": digest_of(b"clauses"),
        **more,
    }
    return Case(**facts)


def outcomes(rule: str, case: Case) -> tuple[Outcome, ...]:
    """What comes of one rule, each outcome validated once more."""
    found = rule_of(rule)
    assert found is not None
    said = tuple(judge_rule(found, Reading(case)))
    for outcome in said:
        assert Outcome.model_validate(outcome.model_dump()) == outcome
    return said


def check_refused(rule: str, words: str, case: Case, status: Status) -> None:
    """A rule refuses in these words, and says what lifts it and who can."""
    found = [outcome for outcome in outcomes(rule, case) if outcome.refuses]
    assert found
    assert words in found[0].reason
    assert found[0].status is status
    assert found[0].lift
    assert found[0].who


def check_warned(rule: str, words: str, case: Case) -> None:
    """A rule warns in these words and stops nothing."""
    (found,) = outcomes(rule, case)
    assert words in found.reason
    assert found.status in {Status.OPEN, Status.FAILED}
    assert not found.refuses


def check_content(rule: str, case: Case, status: Status) -> None:
    """A rule has nothing against it."""
    (found,) = outcomes(rule, case)
    assert found.status is status
    assert not found.refuses
    assert not found.lift
