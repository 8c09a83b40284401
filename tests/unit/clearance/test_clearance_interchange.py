"""Passports in the formats of others: what is written, what comes back, what is never guessed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import spdx_python_model
from clearance_passports import FULL_DATASET, FULL_MODEL, dataset_of, model_of

from generique.clearance.interchange.croissant import is_croissant, read_croissant, write_croissant
from generique.clearance.interchange.imported import identifier_of, listed, only_text
from generique.clearance.interchange.spdx import is_spdx, read_spdx, write_spdx
from generique.model.kept_passports import DatasetPassport, ModelPassport
from generique.production.passports import stated


def test_a_card_says_what_is_known_and_no_more() -> None:
    card = write_croissant(dataset_of())
    assert set(card) == {"@context", "@type", "conformsTo", "identifier", "name", "version"}
    full = write_croissant(FULL_DATASET)
    assert full["license"] == "CC-BY-4.0"
    assert full["rai:personalSensitiveInformation"] == "Nobody can be recognised in it."
    some = write_croissant(dataset_of(personal_data="yes"))
    assert some["rai:personalSensitiveInformation"] == "People can be recognised in it."
    assert json.loads(json.dumps(full)) == full
    assert is_croissant(full)
    assert not is_spdx(full)


def test_a_card_comes_back_without_the_consents_and_scans_of_others() -> None:
    read = read_croissant(write_croissant(FULL_DATASET))
    assert read.unread == (
        "gen:consents",
        "gen:reservations",
        "gen:scannedOn",
        "rai:personalSensitiveInformation",
    )
    looked = {"checked_by": "mira", "checked_on": "2026-11-28"}
    others: dict[str, Any] = {"consents": (), "reservations": (), "scanned_on": None}
    found = stated("dataset", "birds-1", read.fields, looked)
    assert found == FULL_DATASET.model_copy(update=others)


def test_a_foreign_card_is_read_as_far_as_it_goes() -> None:
    read = read_croissant(
        {
            "dct:conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": {"en": "Birds"},
            "creator": [{"@type": "Person", "name": "Ada"}],
            "license": {"@type": "CreativeWork", "url": "https://example.org/licence"},
            "version": 1.0,
            "recordSet": [],
            "gen:items": 7,
        }
    )
    assert read.fields == {
        "title": "Birds",
        "maker": "Ada",
        "usage": {"licence": "https://example.org/licence"},
        "items": 7,
    }
    assert read.unread == ("version: more than one, or none that is text", "recordSet")


def test_a_licence_is_never_guessed() -> None:
    licences: list[Any] = [["MIT", "CC0-1.0"], [], {}, 7]
    for licence in licences:
        read = read_croissant({"license": licence, "name": "x"})
        assert "usage" not in read.fields
        assert any(words.startswith("license") for words in read.unread)
    assert "usage" not in read_croissant({"name": "x"}).fields
    assert read_croissant({"license": ["MIT", " MIT "]}).fields["usage"] == {"licence": "MIT"}


def test_what_is_no_card_is_none() -> None:
    assert not is_croissant({"conformsTo": "something else"})
    assert not is_croissant({})


OTHER = {"datasets": (), "notes": "", "maker": "unknown", "weights": None}
MODELS = [
    FULL_MODEL,
    FULL_MODEL.model_copy(update={"training": "undisclosed", **OTHER}),
    FULL_MODEL.model_copy(update={"training": "undisclosed"}),
    FULL_MODEL.model_copy(update={"training": "none", "datasets": ()}),
    model_of(),
]


@pytest.mark.parametrize(
    "passport", [*MODELS, FULL_DATASET, dataset_of(personal_data="unsure"), dataset_of(items=0)]
)
def test_the_bindings_of_spdx_read_what_is_written(
    passport: ModelPassport | DatasetPassport,
) -> None:
    """The official model refuses unknown properties, wrong types and missing facts."""
    document = write_spdx(passport, [FULL_DATASET])
    model, found = spdx_python_model.load_data(document)
    assert not found.missing_ids
    written = io.BytesIO()
    model.JSONLDSerializer().write(found, written)
    kinds = [type(item).__name__ for item in found.objects]
    assert kinds.count("SpdxDocument") == 1
    assert ("ai_AIPackage" in kinds) == isinstance(passport, ModelPassport)
    assert is_spdx(document)


def test_the_bindings_of_spdx_would_refuse() -> None:
    document = write_spdx(FULL_MODEL)
    graph: Any = document["@graph"]
    graph[0]["created"] = "yesterday"
    with pytest.raises(ValueError, match="yesterday"):
        spdx_python_model.load_data(document)


def test_a_model_comes_back_from_spdx() -> None:
    read = read_spdx(write_spdx(FULL_MODEL, [FULL_DATASET]), "model")
    assert read.unread == ()
    looked = {"checked_by": "mira", "checked_on": "2026-11-28"}
    assert stated("model", "lens-1", read.fields, looked) == FULL_MODEL
    none = read_spdx(write_spdx(MODELS[3]), "model")
    assert none.fields["training"] == "none"
    hidden = read_spdx(write_spdx(MODELS[1]), "model")
    assert "training" not in hidden.fields
    assert hidden.unread == ("trainedOn: noAssertion",)
    part = read_spdx(write_spdx(MODELS[2]), "model")
    assert part.fields["datasets"] == ["birds-1", "trees"]
    assert part.unread == ("trainedOn: incomplete",)


def test_a_dataset_comes_back_from_spdx() -> None:
    read = read_spdx(write_spdx(FULL_DATASET), "dataset")
    kept = {"title", "version", "notes", "maker", "digest", "items", "personal_data", "usage"}
    assert set(read.fields) == kept
    assert read.fields["personal_data"] == "no"
    unsure = read_spdx(write_spdx(dataset_of(personal_data="unsure")), "dataset")
    assert set(unsure.fields) == {"title", "version"}


def spdx_of(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"@context": ["https://spdx.org/rdf/3.0.1/spdx-context.jsonld"], "@graph": [*elements]}


MODEL = {"type": "ai_AIPackage", "spdxId": "m", "name": "M", "ai_domain": ["birds"]}


def test_a_foreign_document_of_spdx() -> None:
    related = {"type": "Relationship", "from": "m"}
    read = read_spdx(
        spdx_of(
            MODEL,
            {**MODEL, "spdxId": "n"},
            {"type": "SpdxDocument", "rootElement": ["m"]},
            {"type": "dataset_DatasetPackage", "spdxId": "urn:d:1", "name": "Birds & trees"},
            {"type": "simplelicensing_LicenseExpression", "spdxId": "l"},
            {
                "type": "simplelicensing_LicenseExpression",
                "spdxId": "k",
                "simplelicensing_licenseExpression": "MIT",
            },
            {**related, "relationshipType": "trainedOn", "to": ["urn:d:1", "gone"]},
            {**related, "relationshipType": "hasConcludedLicense", "to": ["k"]},
            {**related, "relationshipType": "hasDeclaredLicense", "to": ["l"]},
            {**related, "from": "n", "relationshipType": "hasDeclaredLicense", "to": ["k"]},
        ),
        "model",
    )
    assert read.fields == {"title": "M", "datasets": ["Birds-trees"]}
    assert read.unread == ("trainedOn: noAssertion", "hasConcludedLicense", "ai_domain")


def test_two_declared_licences_are_for_a_person() -> None:
    licences = [
        {
            "type": "simplelicensing_LicenseExpression",
            "spdxId": name,
            "simplelicensing_licenseExpression": name,
        }
        for name in ("MIT", "CC0-1.0")
    ]
    to = {"type": "Relationship", "from": "m", "relationshipType": "hasDeclaredLicense"}
    read = read_spdx(spdx_of(MODEL, *licences, {**to, "to": ["MIT", "CC0-1.0"]}), "model")
    assert "usage" not in read.fields
    assert read.unread[0] == "hasDeclaredLicense: 2 licences"


def test_a_document_with_several_models_or_none_says_so() -> None:
    assert read_spdx(spdx_of(), "model").unread == (
        "0 packages of type ai_AIPackage; one was expected",
    )
    assert read_spdx(spdx_of(MODEL, {**MODEL, "spdxId": "n"}), "model").fields == {}
    data = {"type": "dataset_DatasetPackage", "spdxId": "d", "verifiedUsing": ["x"], "name": 7}
    trained = {"type": "Relationship", "from": "d", "relationshipType": "trainedOn", "to": []}
    read = read_spdx(spdx_of(data, trained), "dataset")
    assert (read.fields, read.unread) == ({}, ("trainedOn",))
    hashed = {**MODEL, "verifiedUsing": [{"algorithm": "md5", "hashValue": "0"}]}
    assert read_spdx(spdx_of(hashed), "model").fields == {"title": "M"}


def test_words_of_json_ld() -> None:
    assert listed(None) == []
    assert only_text({"@value": "a"}) == "a"
    assert only_text([{"@id": "https://a"}]) == "https://a"
    assert only_text({"en": ["a", "b"]}) is None
    assert only_text({"deep": {"deeper": "a"}}) is None
    assert identifier_of(" A & B ") == "A-B"
    assert identifier_of("&") is None
    assert identifier_of("x" * 99) == "x" * 64
