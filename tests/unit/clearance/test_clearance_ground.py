"""The rules that hold for every production."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_passports import model_of, tool_of

from generique.clearance.case import Case, ElementFacts, Withdrawn
from generique.clearance.ground import judge_ground
from generique.clearance.verdict import Gate, Outcome, Status, Verdict
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.consent import Consent
from generique.model.declaration import FivePrinciples, InputClass, Triage, UseDeclaration
from generique.model.element import ElementClass, ElementKind
from generique.model.kept_passports import DatasetPassport, ModelPassport, ToolPassport, Usage
from generique.model.passport import Dataset, Passport, Rights, SourceType, Training
from generique.model.people import Role
from generique.model.production import Production

YES = FivePrinciples(
    owned_traits=Answer.YES,
    not_kept=Answer.YES,
    secured=Answer.NO,
    temporary=Answer.UNSURE,
    no_replacement=Answer.YES,
)
PRODUCTION = Production.read(
    {
        "schema": "generique/production/1",
        "id": "tiny",
        "title": "Tiny",
        "languages": ["en"],
        "genre": "documentary",
        "raster": {"width": 320, "height": 180},
        "rate": "24",
        "backends": {"shot": "world"},
        "people": [{"id": "mira", "name": "Mira", "roles": ["director"]}],
    },
    where="test",
)
USE = UseDeclaration(
    id="aerials",
    kinds=(ElementKind.SHOT,),
    backends=("world",),
    purpose="Establishing shots.",
    inputs=(InputClass.OWN,),
    principles=YES,
    triage=Triage.BACKGROUND,
    by="mira",
    on="2026-11-01",
)


def passport(**changes: Any) -> Passport:
    facts = {
        "name": "world",
        "version": "1",
        "title": "World",
        "maker": "The authors",
        "licence": "Apache-2.0",
        "kinds": (ElementKind.SHOT,),
        "training": Training(statement="none"),
        "source_type": SourceType.ALGORITHMIC,
        "repeatable": True,
    }
    return Passport(**{**facts, **changes})


def shot(**changes: Any) -> ElementFacts:
    facts: dict[str, Any] = {
        "id": "1-1",
        "title": "a suburb at night",
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "backend": "world",
        "model": "world",
        "passport": passport(),
    }
    return ElementFacts(**{**facts, **changes})


def footage(**changes: Any) -> ElementFacts:
    rights = Rights(licence="MIT", holder="A", source="made for this", notice="n", **changes)
    return ElementFacts(
        id="2-1",
        title="A finch",
        kind=ElementKind.SHOT,
        element_class=ElementClass.AUTHENTIC,
        rights=rights,
    )


def case(*elements: ElementFacts, **changes: Any) -> Case:
    facts: dict[str, Any] = {"declarations": (USE,), **changes}
    return Case(
        production=PRODUCTION, gate=Gate.GENERATE, today="2026-11-28", elements=elements, **facts
    )


def outcome(rule: str, asked: Case) -> Outcome:
    (found,) = (said for said in judge_ground(asked) if said.rule == rule)
    return found


def test_a_declared_shot_passes_every_rule() -> None:
    said = judge_ground(case(shot(), footage()))
    assert {result.status for result in said} == {Status.PASSED, Status.NOT_APPLICABLE}
    assert Verdict(gate=Gate.GENERATE, outcomes=said).allowed
    assert "declared by mira" in outcome("GEN-01", case(shot())).evidence[0].what


@pytest.mark.parametrize(
    "declaration",
    [
        USE.model_copy(update={"elements": ("9-9",)}),
        USE.model_copy(update={"backends": ("canned",)}),
        USE.model_copy(update={"kinds": (ElementKind.VOICE,)}),
    ],
)
def test_no_declaration_no_generation(declaration: UseDeclaration) -> None:
    said = outcome("GEN-01", case(shot(), declarations=(declaration,)))
    assert said.refuses
    assert said.element == "1-1"
    assert "rights/uses.toml" in said.lift


def test_two_declarations_of_one_element_are_none() -> None:
    """A harmless one above hides none that says more, and their order decides nothing."""
    broad, strict = USE, USE.model_copy(update={"id": "a-draft", "temporary": True})
    for declared in ((broad, strict), (strict, broad)):
        asked = case(shot(), declarations=declared)
        said = outcome("GEN-01", asked)
        assert said.refuses
        assert "2 declared uses cover 1-1, and only one may: a-draft, aerials" in said.reason
        assert asked.declared(shot()) == strict
    apart = strict.model_copy(update={"elements": ("9-9",)})
    assert not outcome("GEN-01", case(shot(), declarations=(broad, apart))).refuses


def test_a_copy_of_a_case_remembers_nothing() -> None:
    asked = case(shot(), declarations=(USE,))
    assert asked.declared(shot()) == USE
    assert asked.model_copy(update={"declarations": ()}).declared(shot()) is None


def test_a_declaration_by_nobody_is_none() -> None:
    said = outcome("GEN-01", case(shot(), declarations=(USE.model_copy(update={"by": "nobody"}),)))
    assert said.refuses
    assert said.reason == "nobody declares aerials, and is nobody of the production"
    assert "after by" in said.lift


@pytest.mark.parametrize("answer", [Answer.UNKNOWN, Answer.UNDISCLOSED])
def test_a_question_left_open_is_no_declaration(answer: Answer) -> None:
    principles = YES.model_copy(update={"not_kept": answer})
    open_use = USE.model_copy(update={"principles": principles})
    said = outcome("GEN-01", case(shot(), declarations=(open_use,)))
    assert said.refuses
    assert "not_kept" in said.reason


def test_a_film_without_generated_elements_needs_no_declaration() -> None:
    said = outcome("GEN-01", case(footage(), declarations=()))
    assert said.status is Status.NOT_APPLICABLE


TALENT = ModelPassport(
    schema="generique/model-passport/1",
    id="voice",
    version="1",
    title="A voice",
    checked_by="mira",
    checked_on="2026-11-01",
    datasets=("recordings",),
    talent=("jane",),
)
TRAINED = Training(
    statement="disclosed",
    datasets=(Dataset(id="plates", title="Plates", licence="MIT"),),
    consents=("joan",),
)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("dataset", "plates"),
        ("dataset", "recordings"),
        ("model", "world"),
        ("model", "world@1"),
        ("model", "voice"),
        ("consent", "jane"),
        ("consent", "joan"),
        ("consent", "camera"),
    ],
)
def test_nothing_rests_on_what_was_withdrawn(kind: str, name: str) -> None:
    elements = (shot(model="voice", passport=passport(training=TRAINED)), footage())
    elements = (
        elements[0],
        elements[1].model_copy(
            update={"rights": elements[1].rights.model_copy(update={"consents": ("camera",)})}  # type: ignore[union-attr]  # set above
        ),
    )
    gone = Withdrawn(kind=kind, id=name, entry=7)
    asked = case(*elements, models=(TALENT,), withdrawn=(gone,))
    said = outcome("GEN-02", asked)
    assert said.refuses
    assert said.evidence[0].entry == 7
    assert name in said.reason
    other = asked.model_copy(update={"withdrawn": (gone.model_copy(update={"id": "other"}),)})
    assert outcome("GEN-02", other).status is Status.PASSED


def test_an_unknown_licence_is_no_licence() -> None:
    nobody = shot(passport=None)
    said = outcome("GEN-03", case(nobody))
    assert said.refuses
    tool = ToolPassport(
        schema="generique/tool-passport/1",
        id="world",
        version="1",
        title="World",
        checked_by="mira",
        checked_on="2026-11-01",
    )
    assert outcome("GEN-03", case(nobody, tools=(tool,))).refuses
    read = tool.model_copy(update={"usage": Usage(licence="Apache-2.0")})
    # Of its model nobody says anything: the generator is not there to speak for itself.
    assert outcome("GEN-03", case(nobody, tools=(read,))).refuses
    assert outcome("GEN-03", case(shot(), tools=(read,))).status is Status.PASSED
    model = model_of(id="lens", version="1", usage={"licence": "MIT"})
    runs = nobody.model_copy(update={"model": "lens"})
    assert outcome("GEN-03", case(runs, tools=(read,), models=(model,))).reason == (
        "licences: Apache-2.0, MIT"
    )
    trained = passport(training=Training(statement="undisclosed"))
    hosted = shot(passport=trained, model="lens", models=("lens", "other"))
    half = outcome("GEN-03", case(hosted, tools=(read,), models=(model,)))
    assert half.refuses
    assert "nobody has stated a licence" in half.reason


@pytest.mark.parametrize("word", ["undisclosed", " Unsure", "NONE", "NOASSERTION"])
def test_a_word_in_the_place_of_a_licence_is_none(word: str) -> None:
    kept = model_of(id="world", version="1", usage={"licence": word})
    said = outcome("GEN-03", case(shot(), models=(kept,)))
    assert said.refuses
    assert f"is {word}" in said.reason
    tool = tool_of(id="world", version="1", usage={"licence": "MIT"})
    assert outcome("GEN-03", case(shot(), models=(kept,), tools=(tool,))).refuses
    silent = model_of(id="world", version="1", usage={"licence": "Unknown"})
    assert outcome("GEN-03", case(shot(), models=(silent,), tools=(tool,))).reason == (
        "licences: Apache-2.0, MIT"
    )
    medium = footage().rights
    assert medium is not None
    bare = footage().model_copy(update={"rights": medium.model_copy(update={"licence": word})})
    assert outcome("GEN-03", case(bare)).refuses


FREE = {"licence": "MIT", "commercial": "yes", "territories": ["*"], "revenue_limited": "no"}
LIMITS: list[tuple[dict[str, object], str]] = [
    ({"commercial": "no"}, "it forbids commercial use"),
    ({"commercial": "unsure"}, "whether it allows commercial use is unsure"),
    ({"territories": None}, "nobody has said in which territories it holds"),
    ({"territories": ["FR"]}, "it does not hold in the whole world"),
    ({"revenue_limited": "unknown"}, "whether it ends above a revenue is unknown"),
    ({"revenue_limited": "yes"}, "it ends above a yearly revenue"),
    (
        {"revenue_limited": "yes", "revenue_limit": {"amount": "1", "currency": "EUR"}},
        "it ends above a yearly revenue of 1 EUR",
    ),
]


def delivered(element: ElementFacts, territories: tuple[str, ...] = (), **known: Any) -> Outcome:
    asked = Case(
        production=PRODUCTION.model_copy(update={"territories": territories}),
        gate=Gate.DELIVER,
        today="2026-11-28",
        elements=(element,),
        declarations=(USE,),
        **known,
    )
    return outcome("GEN-09", asked)


@pytest.mark.parametrize(("limit", "words"), LIMITS)
def test_a_licence_has_to_reach_as_far_as_the_film(limit: dict[str, object], words: str) -> None:
    tool = tool_of(id="world", version="*", usage={**FREE, **limit})
    model = model_of(id="world", version="*", usage={**FREE, **limit})
    wide = tool_of(id="world", version="*", usage=FREE)
    for known in ({"tools": (tool,)}, {"tools": (wide,), "models": (model,)}):
        said = delivered(shot(), **known)
        assert said.refuses
        assert said.status is Status.OPEN
        assert words in said.reason
        assert said.who == (Role.PRODUCER, Role.COUNSEL)
        assert said.lift
        assert not said.awaits


def test_a_licence_for_the_territories_of_the_film_is_enough() -> None:
    tool = tool_of(id="world", version="*", usage={**FREE, "territories": ["FR", "BE"]})
    assert delivered(shot(), ("FR",), tools=(tool,)).status is Status.PASSED
    said = delivered(shot(), ("FR", "US"), tools=(tool,))
    assert "of the licence of Lens, it does not hold in US" in said.reason


def test_a_licence_that_no_passport_tells_of_reaches_nowhere() -> None:
    tool = tool_of(id="world", version="*", usage=FREE)
    assert "no passport of the tool world" in delivered(shot()).reason
    assert delivered(shot(), tools=(tool,)).status is Status.PASSED  # nothing was trained
    for word in (None, passport(training=Training(statement="undisclosed"))):
        said = delivered(shot(passport=word), tools=(tool,))
        assert "no passport of the model world" in said.reason
    assert delivered(footage()).status is Status.NOT_APPLICABLE


def test_how_far_a_licence_reaches_is_asked_before_delivery() -> None:
    assert not [said for said in judge_ground(case(shot())) if said.rule == "GEN-09"]


def test_an_empty_case_passes_nothing_on_licences() -> None:
    assert outcome("GEN-03", case()).status is Status.NOT_APPLICABLE


CONSENT = Consent(
    id="jane-voice",
    person="Jane Roe",
    of="voice",
    actions=(Action.CLONE_VOICE,),
    titles=("tiny",),
    territories=("*",),
    media=("*",),
    starts="2026-01-01",
    ends="2026-11-28",
    description="The narrator of this film.",
    minor=Answer.NO,
)


def test_a_real_voice_needs_a_consent_that_covers_it() -> None:
    voice = shot(kind=ElementKind.VOICE, person="Jane Roe")
    assert "no consent of Jane Roe" in outcome("GEN-04", case(voice)).reason
    covered = case(voice, consents=(CONSENT,))
    assert outcome("GEN-04", covered).status is Status.PASSED
    expired = covered.model_copy(update={"today": "2026-11-29"})
    assert "ended on 2026-11-28" in outcome("GEN-04", expired).reason
    face = case(shot(person="Jane Roe"), consents=(CONSENT,))
    assert outcome("GEN-04", face).refuses


def test_a_verdict_without_outcomes_refuses() -> None:
    assert not Verdict(gate=Gate.DELIVER, outcomes=()).allowed


def test_what_stands_behind_a_model_is_looked_at_too() -> None:
    """The consents of a model's datasets, and every model that a tool runs."""
    dataset = DatasetPassport(
        schema="generique/dataset-passport/1",
        id="recordings",
        version="1",
        title="Recordings",
        checked_by="mira",
        checked_on="2026-11-01",
        consents=("singer",),
    )
    tool = ToolPassport(
        schema="generique/tool-passport/1",
        id="world",
        version="*",
        title="World",
        checked_by="mira",
        checked_on="2026-11-01",
        models=("voice", "second"),
    )
    known = {"models": (TALENT,), "datasets": (dataset,), "tools": (tool,)}
    for kind, name in (("consent", "singer"), ("model", "second")):
        gone = (Withdrawn(kind=kind, id=name, entry=3),)
        asked = case(shot(model="voice"), withdrawn=gone, **known)
        assert outcome("GEN-02", asked).refuses


def test_a_line_that_a_licence_wants_on_the_picture_is_not_passed_over() -> None:
    tool = ToolPassport(
        schema="generique/tool-passport/1",
        id="world",
        version="*",
        title="World",
        checked_by="mira",
        checked_on="2026-11-01",
        usage=Usage(licence="MIT", display_duty={"en": "Made with World"}),
    )
    asked = case(shot(), tools=(tool,))
    assert not [said for said in judge_ground(asked) if said.rule == "GEN-08"]
    delivered = Case(
        production=PRODUCTION,
        gate=Gate.DELIVER,
        today="2026-11-28",
        elements=(shot(),),
        declarations=(USE,),
        tools=(tool,),
    )
    said = outcome("GEN-08", delivered)
    assert said.refuses
    assert "Made with World" in said.reason
    free = Case(
        production=PRODUCTION,
        gate=Gate.DELIVER,
        today="2026-11-28",
        elements=(shot(),),
        declarations=(USE,),
    )
    assert outcome("GEN-08", free).status is Status.NOT_APPLICABLE


def test_of_a_tool_that_runs_several_models_every_one_is_looked_at() -> None:
    element = shot(model="first", models=("first", "second"), passport=None)
    tool = tool_of(id="world", version="*", usage=FREE)
    good = model_of(id="first", version="*", usage=FREE)
    bad = model_of(
        id="second",
        version="*",
        usage={**FREE, "commercial": "no", "display_duty": {"en": "Made with Second"}},
        datasets=("tunes",),
    )
    known: dict[str, Any] = {"tools": (tool,), "models": (good, bad)}
    both = case(element, **known)
    assert both.model(element) is None  # nobody knows which of them it was
    assert both.models_of(element) == (good, bad)
    assert "of the licence of Lens" in delivered(element, **known).reason
    unknown = delivered(element, tools=(tool,), models=(good,))
    assert "no passport of the model first or second" in unknown.reason
    gone = (Withdrawn(kind="dataset", id="tunes", entry=3),)
    assert outcome("GEN-02", case(element, withdrawn=gone, **known)).refuses
    shown = Case(
        production=PRODUCTION,
        gate=Gate.DELIVER,
        today="2026-11-28",
        elements=(element,),
        declarations=(USE,),
        **known,
    )
    assert "Made with Second" in outcome("GEN-08", shown).reason
