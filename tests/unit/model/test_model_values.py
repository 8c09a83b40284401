from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generique.model.element import ElementClass, ElementKind, Raster
from generique.model.errors import UnreadableInput
from generique.model.lineage import Lineage
from generique.model.passport import Rights, SourceType
from generique.model.people import Person, Role
from generique.model.production import MediaList, Production
from generique.model.timing import ShotTiming
from generique.model.values import Excerpt, Value, digest_of
from generique.testing.strategies import identifiers, lineages

RIGHTS: dict[str, Any] = {
    "licence": "MIT",
    "holder": "Somebody",
    "source": "somewhere",
    "notice": "media/NOTICE.txt",
}


@given(st.binary(max_size=64))
def test_a_digest_names_its_algorithm(data: bytes) -> None:
    assert digest_of(data) == f"sha256:{hashlib.sha256(data).hexdigest()}"


@given(lineages())
def test_a_value_reads_back_from_its_json(lineage: Lineage) -> None:
    document = lineage.to_json()
    assert Lineage.read(document, where="here") == lineage
    assert Lineage.read(json.dumps(document), where="here") == lineage
    assert Lineage.read(json.dumps(document).encode(), where="here") == lineage


@given(lineages())
def test_equal_values_have_equal_hashes(lineage: Lineage) -> None:
    for use in lineage.elements:
        assert use.model_copy() == use
        assert hash(use.model_copy(update={"id": use.id})) == hash(use)


@pytest.mark.parametrize("name", ["width", "height", "depth"])
def test_a_value_is_frozen(name: str) -> None:
    raster = Raster(width=1280, height=720)
    with pytest.raises(ValidationError):
        setattr(raster, name, 640)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"width": 1280}, "height: Field required"),
        ({"width": 1280, "height": 720, "depth": 8}, "depth: Extra inputs"),
        ({"width": "1280", "height": 720}, "width: Input should be a valid integer"),
        ({"width": 1281, "height": 720}, "width: Input should be a multiple of 2"),
        ({"width": 8, "height": 720}, "width: Input should be greater than or equal to 16"),
    ],
)
def test_each_fault_is_named(document: dict[str, Any], fault: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        Raster.read(document, where="production.toml")
    assert caught.value.where == "production.toml"
    assert fault in (caught.value.why or "")
    assert isinstance(caught.value.__cause__, ValidationError)


@pytest.mark.parametrize("text", ["", "{", "[]", b"\xff", "null"])
def test_what_is_no_document_is_refused(text: str | bytes) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read as Raster"):
        Raster.read(text, where="x.json")


def test_no_more_than_five_faults_are_told() -> None:
    document = {f"odd{number}": 1 for number in range(20)}
    with pytest.raises(UnreadableInput) as caught:
        Raster.read(document, where="x.json")
    assert (caught.value.why or "").count(";") == 4


@given(identifiers())
def test_identifiers_are_safe_in_file_names(text: str) -> None:
    person = Person(id=text, name="Zoé", roles=(Role.DIRECTOR,))
    assert not {"/", "\\", "\0", " "} & set(person.id)
    assert person.id not in {".", ".."}


@pytest.mark.parametrize("text", ["", ".", "..", "-x", "a/b", "a b", "é", "x" * 65, "a\n"])
def test_what_is_unsafe_is_no_identifier(text: str) -> None:
    with pytest.raises(ValidationError):
        Person(id=text, name="Zoé", roles=())


def test_terms_of_the_vocabulary_have_an_address() -> None:
    address = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert SourceType.TRAINED_ALGORITHMIC.uri == address


def test_classes_and_kinds_are_text() -> None:
    assert ElementClass("reconstruction") is ElementClass.RECONSTRUCTION
    assert f"{ElementKind.VOICE}" == "voice"


def test_a_take_needs_its_handles() -> None:
    timing = ShotTiming.read(
        {
            "shot": "1-1",
            "start": 0,
            "frames": 100,
            "head": 12,
            "tail": 8,
            "overlap": 0,
            "transition": "cut",
            "easing": "linear",
            "tension": 0.5,
        },
        where="plan",
    )
    assert timing.generated_frames == 120


def test_a_production_states_its_schema() -> None:
    document: dict[str, Any] = {
        "schema": "generique/production/1",
        "id": "dawn",
        "title": "Dawn",
        "languages": ["en", "fr"],
        "genre": "documentary",
        "raster": {"width": 1280, "height": 720},
        "rate": "24",
        "backends": {"shot": "world", "voice": "pico"},
    }
    production = Production.read(document, where="production.toml")
    assert production.backends[ElementKind.SHOT] == "world"
    assert production.budget.currency == "EUR"
    with pytest.raises(UnreadableInput, match=r"production\.toml"):
        Production.read({**document, "schema": "generique/production/2"}, where="production.toml")
    with pytest.raises(UnreadableInput, match=r"production\.toml"):
        Production.read({**document, "languages": []}, where="production.toml")


def test_media_carry_their_rights() -> None:
    item = {
        "file": "a.wav",
        "title": "A",
        "kind": "sound",
        "captured": True,
        "sha256": "0" * 64,
        "rights": RIGHTS,
    }
    found = MediaList.read({"schema": "generique/media/1", "media": [item]}, where="media.toml")
    assert found.media[0].rights == Rights(**RIGHTS)
    del item["rights"]
    with pytest.raises(UnreadableInput, match=r"media\.toml"):
        MediaList.read({"schema": "generique/media/1", "media": [item]}, where="media.toml")


def all_values(value: type[Value] = Value) -> list[type[Value]]:
    """Every value type that is loaded."""
    found = []
    for child in value.__subclasses__():
        found += [child, *all_values(child)]
    return found


def test_every_value_is_frozen_strict_and_closed() -> None:
    values = [value for value in all_values() if value.__module__.startswith("generique.")]
    assert len(values) > 15
    for value in values:
        config = value.model_config
        assert config.get("frozen") is True, value
        assert config.get("strict") is True, value
        excerpt = issubclass(value, Excerpt)
        assert config.get("extra") == ("ignore" if excerpt else "forbid"), value
