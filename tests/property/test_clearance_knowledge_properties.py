"""Less knowledge never permits more, and the order in which papers lie decides nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generique.clearance.case import Case, ElementFacts
from generique.clearance.ground import judge_ground
from generique.clearance.packs import judge_packs, known_packs
from generique.clearance.verdict import Gate, Outcome
from generique.model.declaration import UseDeclaration
from generique.model.element import ElementClass, ElementKind
from generique.model.kept_passports import DatasetPassport, ModelPassport, ToolPassport
from generique.model.passport import Passport, SourceType, Training
from generique.model.production import Production

PACKS = tuple(known_packs())
DATASETS = ("free", "reserved", "unscanned", "lost")
"""Of the last no passport is kept."""
GENERATORS = ("cloud", "sky")
ANSWERS = st.sampled_from(["yes", "no", "unsure", "unknown", "undisclosed"])
LICENCES = st.sampled_from(["MIT", "unknown", "undisclosed"])
ABOUT_MODELS = frozenset({"NFX-07", "NFX-14", "EUA-19", "CPA-11", "GEN-09"})
"""Rules that ask what a model is: a passport that is missing is no answer that they like."""


def kept(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """A passport that a production keeps, as a document."""
    return {
        "schema": f"generique/{kind}-passport/1",
        "id": name,
        "version": "*",
        "title": name,
        "checked_by": "mira",
        "checked_on": "2026-10-01",
        **more,
    }


@st.composite
def usages(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "licence": draw(LICENCES),
        "commercial": draw(ANSWERS),
        "territories": draw(st.sampled_from([None, ["*"], ["FR"], ["US", "FR"]])),
        "revenue_limited": draw(ANSWERS),
    }


@st.composite
def models(draw: st.DrawFn, name: str) -> ModelPassport:
    document = kept(
        "model",
        name,
        training=draw(st.sampled_from(["none", "disclosed", "undisclosed", "unknown"])),
        datasets=draw(st.lists(st.sampled_from(DATASETS), unique=True)),
        derived_for=draw(st.sampled_from([None, "river", "other"])),
        talent=draw(st.sampled_from([[], ["anna"]])),
        usage=draw(usages()),
    )
    return ModelPassport.read(document, where="m")


@st.composite
def datasets(draw: st.DrawFn, name: str) -> DatasetPassport:
    document = kept(
        "dataset",
        name,
        usage=draw(usages()),
        personal_data=draw(ANSWERS),
        scanned_on=None if name == "unscanned" else "2026-10-01",
        reservations=[
            {"protocol": "tdmrep", "reserved": "yes" if name == "reserved" else "unknown"}
        ],
    )
    return DatasetPassport.read(document, where="d")


@st.composite
def elements(draw: st.DrawFn, number: int) -> ElementFacts:
    generator = draw(st.sampled_from(GENERATORS))
    statement = draw(st.sampled_from([None, "disclosed", "undisclosed"]))
    word = Passport(
        name=generator,
        version="1",
        title=generator,
        maker="Somebody",
        licence=draw(LICENCES),
        kinds=(ElementKind.SHOT,),
        training=Training.model_validate({"statement": statement or "none"}),
        source_type=SourceType.TRAINED_ALGORITHMIC,
        repeatable=False,
    )
    return ElementFacts(
        id=f"e{number}",
        title=f"Element {number}",
        kind=ElementKind.SHOT,
        element_class=ElementClass.SYNTHETIC,
        source_type=SourceType.TRAINED_ALGORITHMIC,
        backend=generator,
        model=generator,
        passport=word if statement else None,
    )


@st.composite
def uses(draw: st.DrawFn, number: int) -> UseDeclaration:
    return UseDeclaration.read(
        {
            "id": f"use-{number}",
            "elements": draw(st.sampled_from([[], ["e0"], ["e1"], ["e0", "e1"]])),
            "kinds": ["shot"],
            "backends": draw(st.sampled_from([["cloud"], ["sky"], ["cloud", "sky"]])),
            "purpose": "p",
            "inputs": [draw(st.sampled_from(["own", "third-party", "proprietary"]))],
            "principles": {
                "owned_traits": draw(ANSWERS),
                "not_kept": "yes",
                "secured": "yes",
                "temporary": "yes",
                "no_replacement": "yes",
            },
            "triage": "background",
            "temporary": draw(st.booleans()),
            "by": "mira",
            "on": "2026-10-01",
        },
        where="u",
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    document = {
        "schema": "generique/production/1",
        "id": "river",
        "title": "River",
        "languages": ["en"],
        "genre": draw(st.sampled_from(["documentary", "fiction"])),
        "territories": draw(st.sampled_from([[], ["FR"], ["FR", "US"]])),
        "raster": {"width": 640, "height": 360},
        "rate": "24",
        "backends": {"shot": "cloud"},
    }
    return Case(
        production=Production.read(document, where="p"),
        gate=draw(st.sampled_from([Gate.GENERATE, Gate.MASTER, Gate.DELIVER])),
        today="2026-11-28",
        elements=tuple(draw(elements(number)) for number in range(2)),
        tools=tuple(
            ToolPassport.read(kept("tool", name, usage=draw(usages())), where="t")
            for name in GENERATORS
        ),
        models=tuple(draw(models(name)) for name in GENERATORS),
        datasets=tuple(draw(datasets(name)) for name in DATASETS[:3]),
        declarations=tuple(draw(uses(number)) for number in range(3)),
    )


def judged(case: Case) -> tuple[Outcome, ...]:
    """What ground and packs say."""
    return judge_ground(case) + judge_packs(PACKS, case)


def refused(case: Case, rules: frozenset[str]) -> set[tuple[str, str | None]]:
    """What some rules refuse, and of which element."""
    return {(one.rule, one.element) for one in judged(case) if one.refuses and one.rule in rules}


@settings(max_examples=40, deadline=None)
@given(case=cases(), data=st.data())
def test_a_paper_about_a_model_or_tool_that_is_left_out_permits_nothing(
    case: Case, data: st.DataObject
) -> None:
    lost = data.draw(st.sets(st.integers(0, 3), min_size=1))
    fewer = case.model_copy(
        update={
            "models": tuple(one for at, one in enumerate(case.models) if at not in lost),
            "tools": tuple(one for at, one in enumerate(case.tools, 2) if at not in lost),
        }
    )
    assert refused(case, ABOUT_MODELS) <= refused(fewer, ABOUT_MODELS)


@settings(max_examples=40, deadline=None)
@given(case=cases(), data=st.data())
def test_the_order_of_papers_decides_nothing(case: Case, data: st.DataObject) -> None:
    mixed = case.model_copy(
        update={
            "declarations": tuple(data.draw(st.permutations(case.declarations))),
            "datasets": tuple(data.draw(st.permutations(case.datasets))),
            "models": tuple(data.draw(st.permutations(case.models))),
        }
    )
    assert judged(mixed) == judged(case)


@settings(max_examples=40, deadline=None)
@given(case=cases(), data=st.data())
def test_the_order_of_a_models_datasets_refuses_no_less(case: Case, data: st.DataObject) -> None:
    mixed = case.model_copy(
        update={
            "models": tuple(
                model.model_copy(
                    update={"datasets": tuple(data.draw(st.permutations(model.datasets)))}
                )
                for model in case.models
            )
        }
    )
    every = frozenset(one.rule for one in judged(case))
    assert refused(mixed, every) == refused(case, every)
