from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import c2pa
import pytest
from evidence_films import GENERATOR, Film, clip, conformed, make_film
from json_formula import FormulaError, Formulas, truth

from generique.machineroom.content_library import library_context
from generique.marks.credential.claims import take_claim
from generique.marks.credential.endorsement import Endorsement, endorsement_claim
from generique.marks.credential.soft_binding import ISCC, SoftBinding
from generique.marks.pointer import PICTURE_MARK
from generique.model.passport import Dataset, SourceType, Training
from generique.model.values import digest_of
from generique.testing.providers.signed import signed_result

FOLDER = Path(__file__).parents[1] / "conformance" / "c2pa-rubric"
RUBRICS = {
    "asset-rubric-conformance0.2-spec2.4": 31,
    "asset-rubric-integrity": 6,
}

# The JSON was made from the YAML and compared with it once; whoever replaces one replaces both.
DIGESTS = {
    "asset-rubric-conformance0.2-spec2.4.json": "db8ab11e970ba2a9",
    "asset-rubric-conformance0.2-spec2.4.yml": "63e9dd777fbb9d12",
    "asset-rubric-integrity.json": "04823e0d4dcaad29",
    "asset-rubric-integrity.yml": "f87ece6ff2c23254",
}


def rubric(name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    head, rules = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return head, rules


def failed(document: dict[str, Any], name: str) -> set[str]:
    """Rules of a rubric that a manifest store does not keep."""
    head, rules = rubric(name)
    variables = {**head["variables"], "$expected_spec_version": "2.4"}
    formulas = Formulas(document, variables, head["expressions"])
    found = set()
    for rule in rules:
        value = formulas.evaluate(rule["expression"])
        matched = rule.get("failIfMatched") or rule.get("warnIfMatched")
        if truth(value) if matched else value is not True:
            found.add(rule["id"].removeprefix("validation:"))
    return found


def all_failed(document: dict[str, Any]) -> set[str]:
    return set().union(*(failed(document, name) for name in RUBRICS))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return make_film(tmp_path_factory.mktemp("film"))


def stores(film: Film) -> dict[str, Path]:
    """A generated shot, one by a model with everything stated, a captured clip, films."""
    folder = film.folder
    passport = film.take.passport.model_copy(
        update={
            "source_type": SourceType.TRAINED_ALGORITHMIC,
            "training": Training(
                statement="disclosed",
                datasets=(
                    Dataset(id="d-1", title="Skies", licence="CC0-1.0", digest=digest_of(b"d")),
                ),
            ),
        }
    )
    take = film.take.model_copy(update={"passport": passport})
    bindings = (
        SoftBinding(alg=PICTURE_MARK, value="00112233445566ff", start=0, end=500),
        SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XZ", start=0, end=500),
    )
    film.maker.sign(
        folder / "shot.mp4", folder / "by-model.mp4",
        take_claim(take, GENERATOR, bindings=bindings), {},
    )  # fmt: skip
    endorsement = endorsement_claim(
        Endorsement(essence=film.essence, credits=("Edited by Zoé",)),
        GENERATOR,
        title="Dawn Chorus",
        media_type="video/mp4",
    )
    film.maker.amend(film.master, folder / "endorsed.mp4", endorsement)
    delivered = clip(folder / "delivered.mp4", 7).read_bytes()
    provided = signed_result(delivered, folder / "provider")
    return {
        "conformed from an unsigned file": conformed(film, delivered, "unsigned-original"),
        "conformed from a signed file": conformed(film, provided, "signed-original"),
        "generated shot": film.signed_take,
        "shot by a model": folder / "by-model.mp4",
        "captured clip": film.signed_medium,
        "composite film": film.master,
        "endorsed film": folder / "endorsed.mp4",
    }


def document_of(film: Film, path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        reader = c2pa.Reader("video/mp4", stream, context=library_context(film.root))
        document: dict[str, Any] = json.loads(reader.crjson())
    return document


def test_every_rule_is_read_from_the_copies() -> None:
    for name, start in DIGESTS.items():
        assert digest_of((FOLDER / name).read_bytes()).startswith(f"sha256:{start}")
    for name, count in RUBRICS.items():
        head, rules = rubric(name)
        assert len(rules) == count
        assert head["rubric_metadata"]["issuer"] == "C2PA Conformance Task Force"


def test_what_we_sign_keeps_every_rule_of_the_conformance_programme(film: Film) -> None:
    for what, path in stores(film).items():
        assert all_failed(document_of(film, path)) == set(), what


def active(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["manifests"][0]
    return found


def actions(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = active(document)["assertions"]["c2pa.actions.v2"]
    return found


def _generator(document: dict[str, Any], version: str | None) -> None:
    active(document)["claim.v2"]["claim_generator_info"]["specVersion"] = version


def _ingredient(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        data
        for label, data in active(document)["assertions"].items()
        if label.startswith("c2pa.ingredient") and data["relationship"] == "componentOf"
    )
    return found


FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "mandatory_dst_for_perceptible_transformations": lambda d: actions(d)["actions"].append(
        {"action": "c2pa.dubbed"}
    ),
    "mandatory_spec_version": lambda d: _generator(d, "2.3.0"),
    "mandatory_all_actions_included": lambda d: actions(d).pop("allActionsIncluded"),
    "no_dst_for_opened_action": lambda d: actions(d)["actions"].append(
        {
            "action": "c2pa.opened",
            "digitalSourceType": "x",
            "parameters": {"ingredients": [{"url": "x"}]},
        }
    ),
    "well_formed_success": lambda d: active(d)["validationResults"]["failure"].append(
        {"code": "claim.malformed"}
    ),
    "valid_success": lambda d: active(d)["validationResults"]["failure"].append(
        {"code": "assertion.bmffHash.mismatch"}
    ),
    "trusted_success": lambda d: active(d)["validationResults"]["failure"].append(
        {"code": "signingCredential.untrusted"}
    ),
    "well_formed_data_present": lambda d: active(d).pop("validationResults"),
    "inception_action_position": lambda d: actions(d)["actions"].reverse(),
    "no_deprecated_assertions": lambda d: active(d)["assertions"].update({"stds.exif": {}}),
    "no_unsupported_assertions": lambda d: active(d)["assertions"].update({"c2pa.new__2": {}}),
    "no_deprecated_actions": lambda d: actions(d)["actions"].append({"action": "c2pa.saved"}),
    "no_unsupported_actions": lambda d: actions(d)["actions"].append({"action": "c2pa.new"}),
    "no_unrecognized_custom_assertions": lambda d: active(d)["assertions"].update({"mine": {}}),
    "no_unrecognized_custom_actions": lambda d: actions(d)["actions"].append({"action": "mine"}),
    "no_unrecognized_custom_action_parameters": lambda d: actions(d)["actions"][0].update(
        {"parameters": {"mine": 1}}
    ),
    "discouraged_legacy_action_parameters": lambda d: actions(d)["actions"][0].update(
        {"parameters": {"description": "x"}}
    ),
    "active_manifest_urn": lambda d: active(d).update({"label": "urn:uuid:1"}),
    "review_ratings_datasource": lambda d: active(d)["assertions"].update(
        {"a.b": {"reviewRatings": [], "dataSource": {"type": "humanEntry.anonymous"}}}
    ),
    "ingredient_v3_no_active_manifest": lambda d: _ingredient(d).pop("activeManifest"),
    "ingredient_v3_mandatory_validation_results": lambda d: _ingredient(d).pop(
        "validationResults"
    ),
    "ingredient_relationship_values": lambda d: _ingredient(d).update({"relationship": "x"}),
    "mandatory_dst_for_created_action": lambda d: actions(d)["actions"][0].pop(
        "digitalSourceType"
    ),
    "no_deprecated_claim_fields": lambda d: active(d)["claim.v2"].update({"specVersion": "2"}),
    "ingredient_v3_choice": lambda d: _ingredient(d).update({"digitalSourceType": "x"}),
    "alternative_content_representation_choice": lambda d: active(d)["assertions"].update(
        {"c2pa.alternative-content-representation": {"type": "exif.originalPreservationImage",
                                                     "parameters": {}}}
    ),
    "forbidden_labels_in_external_references": lambda d: active(d)["assertions"].update(
        {"c2pa.external-reference": {"label": "c2pa.hash.data", "url": "x"}}
    ),
    "no_url_in_hashes": lambda d: active(d)["assertions"]["c2pa.hash.bmff.v3"].update(
        {"url": "x"}
    ),
    "all_actions_included_opened": lambda d: actions(d).update(
        {
            "allActionsIncluded": False,
            "actions": [{"action": "c2pa.opened", "parameters": {"ingredients": [1]}}],
        }
    ),
    "opened_action_ingredient_reference": lambda d: actions(d)["actions"].append(
        {"action": "c2pa.opened"}
    ),
    "no_box_hash_for_tiff": lambda d: active(d)["assertions"].update(
        {"c2pa.hash.boxes": {}, "c2pa.asset-type.v2": {"dc:format": "image/tiff"}}
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def composite(film: Film) -> dict[str, Any]:
    return document_of(film, film.master)


@pytest.mark.parametrize("rule", FAULTS)
def test_each_rule_finds_its_fault(composite: dict[str, Any], rule: str) -> None:
    document = copy.deepcopy(composite)
    FAULTS[rule](document)
    assert rule in all_failed(document)


def test_the_faults_cover_all_rules() -> None:
    known = {rule["id"].removeprefix("validation:") for name in RUBRICS for rule in rubric(name)[1]}
    # Their expressions are those of well_formed_data_present, word for word.
    same = {"valid_data_present", "trusted_data_present"}
    assert known == set(FAULTS) | same


@pytest.mark.parametrize("text", ["a +", "a ? b", "sum(a)", "a b", "a.[0]", "(a", "a ^ b"])
def test_what_the_evaluator_does_not_know_it_refuses(text: str) -> None:
    with pytest.raises(FormulaError):
        Formulas({}, {}, {}).evaluate(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a[?b == `1`].c", ["x"]),
        ("a[].b", [1, 2]),
        ("d[].e[]", [1, 2, 3]),
        ("a[?b > `1`] | [0].c", "y"),
        ("length(a) == 2 && a", [{"b": 1, "c": "x"}, {"b": 2, "c": "y"}]),
        ("z || `[]`", []),
        ('split("a.b", ".")[1]', "b"),
        ("keys(a[0])", ["b", "c"]),
        ("'k.l'.m", 5),
        ('if(z, "no", "yes")', "yes"),
        ("[(z), `1`]", [None, 1]),
        ("{code: `1`}.code", 1),
        ("!z", True),
        ('split("2.4", ".")[0] * 1 >= 2.0', True),
        ("$v[?@ != `1`]", [2]),
        ("_second(d)", {"e": [3]}),
    ],
)
def test_the_evaluator_follows_the_language(text: str, value: Any) -> None:
    document = {
        "a": [{"b": 1, "c": "x"}, {"b": 2, "c": "y"}],
        "d": [{"e": [1, 2]}, {"e": [3]}],
        "k.l": {"m": 5},
    }
    formulas = Formulas(document, {"$v": [1, 2]}, {"_second": "$args[0][1]"})
    assert formulas.evaluate(text) == value
