"""What holds of policy packs whatever the film."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generique.clearance.case import Case, ElementFacts, Judged, ReadBack, Signed
from generique.clearance.packs import judge_packs, known_packs
from generique.clearance.verdict import Effect, Gate, Outcome, Status
from generique.marks.verdict import Finding
from generique.model.declaration import FivePrinciples, InputClass, Triage, UseDeclaration
from generique.model.element import ElementClass, ElementKind
from generique.model.judgement import HumanJudgement, Question
from generique.model.kept_passports import ModelPassport, ToolPassport
from generique.model.passport import Passport, SourceType, Training
from generique.model.people import Decision, Matter, Role
from generique.model.production import Production
from generique.model.values import digest_of

PACKS = tuple(known_packs())
DIGESTS = tuple(digest_of(b"%d" % n) for n in range(3))
NAMES = ("cloud", "world")
ANSWERS = st.sampled_from(["yes", "no", "unsure", "key", "prominent", "meaning", "customary"])
KNOWLEDGE = st.sampled_from(["yes", "no", "unsure", "unknown", "undisclosed"])


@st.composite
def productions(draw: st.DrawFn) -> Production:
    genres = ["documentary", "fiction", "news", "docudrama", "advertising"]
    return Production.read(
        {
            "schema": "generique/production/1",
            "id": "river",
            "title": "River",
            "languages": ["en", "fr"],
            "genre": draw(st.sampled_from(genres)),
            "territories": draw(st.lists(st.sampled_from(["FR", "US", "CN"]), unique=True)),
            "raster": {"width": 640, "height": 360},
            "rate": "24",
            "backends": {"shot": "world"},
            "prompts": draw(st.sampled_from(["stated", "hashed"])),
        },
        where="test",
    )


@st.composite
def passports(draw: st.DrawFn, name: str) -> Passport | None:
    statement = draw(st.sampled_from([None, "none", "disclosed", "undisclosed"]))
    if statement is None:
        return None
    return Passport(
        name=name,
        version="1",
        title=name,
        maker="Somebody",
        licence=draw(st.sampled_from(["MIT", "unknown"])),
        kinds=(ElementKind.SHOT,),
        training=Training.model_validate({"statement": statement}),
        source_type=draw(st.sampled_from(SourceType)),
        repeatable=False,
    )


@st.composite
def decisions(draw: st.DrawFn, matter: Matter, names: tuple[str, ...]) -> Signed:
    verdict = draw(st.sampled_from(["approved", "rejected", "revoked", "demonstration"]))
    role = "demonstration" if verdict == "demonstration" else draw(st.sampled_from(Role))
    decision = Decision.model_validate(
        {
            "verdict": verdict,
            "matter": matter,
            "person": draw(st.sampled_from(["mira", "paul"])),
            "role": role,
            "reason": "seen",
            "take": draw(st.sampled_from(names)),
            "essence": draw(st.sampled_from(DIGESTS)),
            "key": "k",
        }
    )
    return Signed(decision=decision, entry=draw(st.integers(1, 9)))


@st.composite
def elements(draw: st.DrawFn, number: int) -> ElementFacts:
    backend = draw(st.sampled_from([None, *NAMES]))
    essence = draw(st.sampled_from([None, *DIGESTS]))
    return ElementFacts(
        id=f"e{number}",
        title=f"Element {number}",
        kind=draw(st.sampled_from(ElementKind)),
        element_class=draw(st.sampled_from(ElementClass)),
        source_type=draw(st.sampled_from([None, *SourceType])),
        backend=backend,
        provider=draw(st.sampled_from(["local", "Somebody"])),
        model=backend,
        passport=draw(passports(backend)) if backend else None,
        person=draw(st.sampled_from([None, "Anna"])),
        language=draw(st.sampled_from([None, "en", "fr"])),
        take=draw(st.sampled_from([None, "t"])),
        essence=essence,
        start=draw(st.sampled_from([None, 0, 24])),
        end=48,
        decisions=tuple(draw(st.lists(decisions(Matter.TAKE, ("t",)), max_size=2))),
        entry=draw(st.sampled_from([None, 3])),
        likeness=draw(st.sampled_from([None, "none", "near copy", "structural hint"])),
    )


@st.composite
def uses(draw: st.DrawFn, number: int) -> UseDeclaration:
    names = FivePrinciples.model_fields
    return UseDeclaration.read(
        {
            "id": f"use-{number}",
            "elements": draw(st.lists(st.sampled_from(["e0", "e1"]), max_size=1)),
            "kinds": [kind.value for kind in ElementKind],
            "backends": list(NAMES),
            "purpose": "p",
            "inputs": [draw(st.sampled_from(InputClass)).value],
            "principles": {name: draw(KNOWLEDGE) for name in names},
            "triage": draw(st.sampled_from(Triage)).value,
            "temporary": draw(st.booleans()),
            "by": "mira",
            "on": "2026-10-01",
        },
        where="test",
    )


@st.composite
def judgements(draw: st.DrawFn) -> Judged:
    said = HumanJudgement(
        question=draw(st.sampled_from(Question)),
        answer=draw(ANSWERS),
        element=draw(st.sampled_from(["e0", "e1", "film"])),
        essence=draw(st.sampled_from([None, *DIGESTS])),
        person="mira",
        role=draw(st.sampled_from(Role)),
        reason="r",
        key="k",
    )
    return Judged(judgement=said, entry=draw(st.integers(1, 9)))


@st.composite
def readbacks(draw: st.DrawFn, language: str) -> ReadBack:
    return ReadBack(
        language=language,
        file=DIGESTS[0],
        labels_found=draw(st.integers(0, 2)),
        labels_missing=tuple(draw(st.lists(st.just("a label"), max_size=1))),
        credits_missing=tuple(draw(st.lists(st.sampled_from(["e0", "e1"]), max_size=1))),
        audible_notice=draw(st.sampled_from([None, True, False])),
        credential=draw(st.sampled_from(["trusted", "valid", "broken", "missing", "unknown"])),
        timestamped=draw(st.sampled_from([None, True, False])),
        marks_asked=draw(st.sampled_from([None, 0, 1])),
        marks_missing=tuple(draw(st.lists(st.just("e0"), max_size=1))),
        credential_faults=draw(
            st.sampled_from([None, (), (Finding(code="action.first", where="file", why="w"),)])
        ),
        validated=draw(st.sampled_from([None, (), ("e0",)])),
    )


def kept(kind: type[Any], name: str, draw: st.DrawFn) -> Any:
    facts = {
        "schema": f"generique/{'tool' if kind is ToolPassport else 'model'}-passport/1",
        "id": name,
        "version": "*",
        "title": name,
        "checked_by": "mira",
        "checked_on": "2026-10-01",
    }
    if kind is ToolPassport:
        facts["trains_on_inputs"] = draw(KNOWLEDGE)
        facts["environment"] = draw(st.sampled_from(["enterprise", "consumer", "unknown"]))
    else:
        facts["training"] = draw(st.sampled_from(["none", "disclosed", "undisclosed"]))
    return kind.read(facts, where="test")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    both = range(draw(st.integers(0, 4)))
    return Case(
        production=draw(productions()),
        gate=draw(st.sampled_from(Gate)),
        today="2026-11-28",
        elements=tuple(draw(elements(number)) for number in both),
        tools=tuple(kept(ToolPassport, name, draw) for name in NAMES if draw(st.booleans())),
        models=tuple(kept(ModelPassport, name, draw) for name in NAMES if draw(st.booleans())),
        declarations=tuple(draw(uses(n)) for n in range(draw(st.integers(0, 2)))),
        judgements=tuple(draw(st.lists(judgements(), max_size=8))),
        approvals=tuple(draw(st.lists(decisions(Matter.USE, ("use-0", "use-1")), max_size=3))),
        subjects={"use/use-0": DIGESTS[0], "use/use-1": DIGESTS[1]},
        readback=tuple(
            draw(readbacks(language)) for language in ("en", "fr") if draw(st.booleans())
        ),
        film_seconds=4.0,
    )


@settings(max_examples=30, deadline=None)
@given(case=cases(), data=st.data())
def test_every_rule_speaks_and_order_means_nothing(case: Case, data: st.DataObject) -> None:
    said = judge_packs(PACKS, case)
    wanted = [
        rule.id for pack in known_packs().values() for rule in pack.rules if case.gate in rule.gates
    ]
    assert list(dict.fromkeys(outcome.rule for outcome in said)) == wanted
    mixed = tuple(data.draw(st.permutations(case.elements)))
    names = tuple(data.draw(st.permutations(PACKS)))
    again = judge_packs(names, case.model_copy(update={"elements": mixed}))
    assert Counter(_told(one) for one in again) == Counter(_told(one) for one in said)


def _told(outcome: Outcome) -> tuple[object, ...]:
    """An outcome but for lists of names in its reason, which come in the order of the film."""
    reason = "".join(sorted(outcome.reason))
    return outcome.rule, outcome.element, outcome.status, outcome.effect, reason, outcome.awaits


@settings(max_examples=30, deadline=None)
@given(case=cases())
def test_every_outcome_is_one_that_a_person_can_act_on(case: Case) -> None:
    places = {element.id: at for at, element in enumerate(case.elements)}
    last: dict[str, int] = {}
    for outcome in judge_packs(PACKS, case):
        assert Outcome.model_validate(outcome.model_dump()) == outcome
        assert outcome.reason.endswith((".", "?"))
        bad = outcome.status in {Status.FAILED, Status.OPEN}
        assert bool(outcome.lift) is bad
        assert bool(outcome.who) is bad
        if outcome.element is not None:
            at = places[outcome.element]
            assert last.get(outcome.rule, -1) < at
            last[outcome.rule] = at


@settings(max_examples=20, deadline=None)
@given(case=cases())
def test_a_film_without_any_record_is_never_better_off(case: Case) -> None:
    """Taking all of people's words away refuses at least every element that was refused."""
    bare = case.model_copy(
        update={
            "declarations": (),
            "approvals": (),
            "tools": (),
            "readback": (),
            "elements": tuple(
                element.model_copy(update={"decisions": ()}) for element in case.elements
            ),
        }
    )
    for rule in ("NFX-01", "NFX-05", "NFX-16", "FRA-02", "AUD-01", "EUA-02"):
        before = _refused(rule, case)
        assert before <= _refused(rule, bare), rule


def _refused(rule: str, case: Case) -> frozenset[str | None]:
    return frozenset(
        outcome.element
        for outcome in judge_packs(PACKS, case)
        if outcome.rule == rule and outcome.effect is Effect.BLOCK and outcome.refuses
    )
