from __future__ import annotations

import json
from typing import Any

import pytest

from generique.marks.credential.claims import (
    TAKE_ASSERTION,
    Generator,
    ingredient_label,
    master_claim,
    master_ingredients,
    media_claim,
    take_claim,
)
from generique.marks.credential.inputs import inputs_of
from generique.marks.credential.source_types import is_source_type
from generique.model.element import ElementClass, ElementKind, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, Rights, SourceType, Training
from generique.model.people import Decision
from generique.model.production import MediaItem
from generique.model.take import Take
from generique.model.time import Rate
from generique.model.values import digest_of

GENERATOR = Generator(version="0.1")
RIGHTS = Rights(licence="MIT", holder="Somebody", source="a package", notice="N.txt")


def passport(source_type: SourceType) -> Passport:
    return Passport(
        name="pico",
        version="1.2",
        title="Pico",
        maker="SVOX",
        licence="Apache-2.0",
        kinds=(ElementKind.VOICE,),
        training=Training(statement="undisclosed"),
        source_type=source_type,
        repeatable=True,
    )


def take(source_type: SourceType) -> Take:
    return Take(
        id="1-1.t1",
        element="1-1",
        kind=ElementKind.VOICE,
        prompt="Before dawn.",
        seed=3,
        frames=12,
        file=digest_of(b"file"),
        media_type="video/mp4",
        essence=digest_of(b"essence"),
        recipe=digest_of(b"recipe"),
        passport=passport(source_type),
    )


def decision(verdict: Any, essence: bytes = b"essence") -> Decision:
    return Decision(
        verdict=verdict,
        person="mira",
        role="demonstration",
        reason="ok",
        take="1-1.t1",
        essence=digest_of(essence),
        key="person/mira+00000000",
    )


def assertions(claim: dict[str, Any]) -> dict[str, Any]:
    return {item["label"]: item["data"] for item in claim["assertions"]}


def test_a_take_states_how_it_was_made() -> None:
    claim: dict[str, Any] = take_claim(take(SourceType.ALGORITHMIC), GENERATOR)
    json.dumps(claim)
    found = assertions(claim)
    created = found["c2pa.actions.v2"]["actions"][0]
    assert created["action"] == "c2pa.created"
    assert created["digitalSourceType"].endswith("/algorithmicMedia")
    assert created["softwareAgent"] == {"name": "Pico", "version": "1.2"}
    assert found["c2pa.actions.v2"]["allActionsIncluded"] is True
    stated = found["org.generique.take"]["take"]
    assert (stated["prompt"], stated["seed"]) == ("Before dawn.", 3)
    assert stated["essence"] == digest_of(b"essence")
    assert stated["passport"]["training"]["statement"] == "undisclosed"
    uses = found["cawg.training-mining"]["entries"].values()
    assert all(use == {"use": "notAllowed"} for use in uses)
    assert claim["claim_generator_info"][0]["specVersion"] == "2.4.0"


def test_what_an_earlier_release_embedded_still_fits_its_claim() -> None:
    claim = take_claim(take(SourceType.TRAINED_ALGORITHMIC), GENERATOR)
    document = assertions(claim)[TAKE_ASSERTION]["take"]
    now = {item.label: item.text for item in inputs_of(Take.read(document, where="now"))}
    assert "local" in json.loads(now["input-generator"])
    del document["passport"]["local"]  # as if passports had gained this field since
    before = {item.label: item.text for item in inputs_of(Take.read(document, where="before"))}
    assert "local" not in json.loads(before["input-generator"])
    assert before["input-prompt"] == now["input-prompt"]


def test_a_model_is_disclosed_only_where_one_ran() -> None:
    assert "c2pa.ai-disclosure" not in assertions(
        take_claim(take(SourceType.ALGORITHMIC), GENERATOR)
    )
    found = assertions(take_claim(take(SourceType.TRAINED_ALGORITHMIC), GENERATOR))
    assert found["c2pa.ai-disclosure"]["modelType"] == "c2pa.types.model"
    assert found["c2pa.ai-disclosure"]["modelIdentifier"] == "pico@1.2"


@pytest.mark.parametrize(
    ("decisions", "validated"),
    [
        ([], False),
        ([decision("approved")], True),
        ([decision("demonstration")], False),
        ([decision("approved"), decision("demonstration")], False),
        ([decision("approved"), decision("rejected")], False),
        ([decision("approved", b"another essence")], False),
    ],
)
def test_only_a_persons_approval_of_this_essence_is_human_validation(
    decisions: list[Decision], *, validated: bool
) -> None:
    claim = take_claim(take(SourceType.TRAINED_ALGORITHMIC), GENERATOR, decisions=decisions)
    assert ("human_validated" in json.dumps(claim)) is validated


def test_a_medium_is_stated_on_the_word_of_its_source() -> None:
    item = MediaItem(
        file="finch.mp4",
        title="Zebra finch",
        kind="picture",
        captured=True,
        sha256="0" * 64,
        rights=RIGHTS,
    )
    found = assertions(
        media_claim(
            item,
            digest_of(b"e"),
            SourceType.DIGITAL_CAPTURE,
            GENERATOR,
            media_type="video/mp4",
        )
    )
    created = found["c2pa.actions.v2"]["actions"][0]
    assert created["digitalSourceType"].endswith("/digitalCapture")
    assert "softwareAgent" not in created  # no program of ours made it
    assert "as stated" in found["org.generique.media"]["statement"]
    assert found["org.generique.media"]["essence"] == digest_of(b"e")


def use(name: str, start: int, **more: Any) -> ElementUse:
    facts: dict[str, Any] = {
        "id": name,
        "title": name,
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "track": "V1",
        "start": start,
        "end": start + 24,
        "take": f"{name}.t1",
        "file": digest_of(name.encode()),
        "essence": digest_of(b"e" + name.encode()),
        "source_type": SourceType.ALGORITHMIC,
        "entry": 0,
    }
    return ElementUse(**facts | more)


def lineage() -> Lineage:
    finch = {"take": None, "source_type": SourceType.DIGITAL_CAPTURE, "file": digest_of(b"f")}
    voice = {
        "kind": ElementKind.VOICE,
        "track": Stem.DIALOGUE,
        "source_type": SourceType.TRAINED_ALGORITHMIC,
        "passport": passport(SourceType.TRAINED_ALGORITHMIC),
    }
    return Lineage(
        production="dawn",
        title="Dawn",
        titles={"fr": "Aube"},
        languages=("en", "fr"),
        rate=Rate(numerator=24),
        frames=96,
        demonstration=True,
        elements=(
            use("1-1", 0),
            use("2-1", 24, essence=digest_of(b"finch"), **finch),
            use("2-2", 48, essence=digest_of(b"finch"), **finch),
            use("v-en", 0, language="en", **voice),
            use("v-fr", 0, language="fr", **voice),
        ),
    )


def test_the_ingredients_of_a_version_are_the_files_that_it_uses() -> None:
    found = master_ingredients(lineage(), "fr")
    medium = ingredient_label(lineage().elements[1])
    assert [item.label for item in found] == ["1-1.t1", medium, "v-fr.t1"]
    assert [len(item.uses) for item in found] == [1, 2, 1]
    assert found[1].essence == digest_of(b"finch")
    assert medium == "media-" + digest_of(b"f")[7:19]


def test_a_master_states_its_parts_in_time() -> None:
    claim: dict[str, Any] = master_claim(lineage(), "fr", digest_of(b"cut"), GENERATOR)
    assert claim["title"] == "Aube"
    found = assertions(claim)
    actions = found["c2pa.actions.v2"]["actions"]
    assert actions[0]["digitalSourceType"].endswith("/compositeSynthetic")
    assert all(is_source_type(a["digitalSourceType"]) for a in actions if "digitalSourceType" in a)
    assert [action["action"] for action in actions] == ["c2pa.created"] + ["c2pa.placed"] * 3
    times = [change["region"][0]["time"] for change in actions[2]["changes"]]
    assert times == [
        {"type": "npt", "start": "1.000000", "end": "2.000000"},
        {"type": "npt", "start": "2.000000", "end": "3.000000"},
    ]
    data = found["org.generique.lineage"]
    assert (data["essence"], data["language"]) == (digest_of(b"cut"), "fr")
    assert Lineage.read(data["lineage"], where="test") == lineage()
    assert found["c2pa.ai-disclosure"]["modelName"] == "Pico"
    assert found["c2pa.ai-disclosure"]["contentProfile"] == {"humanOversightLevel": "prompt_guided"}


def test_without_a_model_nothing_is_disclosed() -> None:
    silent = lineage().model_copy(update={"elements": lineage().elements[:3]})
    found = assertions(master_claim(silent, "en", digest_of(b"cut"), GENERATOR))
    assert "c2pa.ai-disclosure" not in found
    assert found["c2pa.actions.v2"]["actions"][0]["digitalSourceType"].endswith("/composite")
