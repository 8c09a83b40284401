"""The export as a Technical Evidence Package, held against the format's own schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pytest

from generique.model.lineage import Lineage
from generique.production.tep import TepAbout, TepFrame, listed, perceptual_hash, tep_files
from generique.testing.lineages import TRAINED, decided, generated, lineage_of, recorded, voice

SCHEMAS = Path(__file__).parents[2] / "conformance" / "tep"
ABOUT = TepAbout(
    begun="2026-01-01T00:00:00Z",
    until="2026-01-02T00:00:00Z",
    creator="Mira",
    role="director",
    system="Générique 0",
)
FRAME = TepFrame(made="2026-01-01T12:00:00Z", phash="0123456789abcdef")


def film(*, decide: bool = True) -> Lineage:
    twice = [generated("1-1", 0, 48), generated("1-1", 96, 120)]
    return lineage_of(
        *(decided(use) if decide else use for use in twice),
        generated("1-2", 48, 96, passport=TRAINED, notes=("slower",)),
        recorded("2-1", 120, 144),
        voice("1-L1-en", 0, 24, "en"),
    )


def exported(lineage: Lineage) -> dict[str, Any]:
    frames = {use.take or "": FRAME for use in listed(lineage)}
    return {name: json.loads(data) for name, data in tep_files(lineage, frames, ABOUT).items()}


def validate(document: object, schema: str) -> None:
    text = (SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(json.loads(text), format_checker=checker).validate(document)


@pytest.mark.parametrize("decide", [True, False])
def test_manifest_and_metadata_validate_against_the_schemas(*, decide: bool) -> None:
    files = exported(film(decide=decide))
    validate(files["tep/MANIFEST.json"], "manifest")
    records = [document for name, document in files.items() if name.endswith("metadata.json")]
    assert len(records) == 2
    for record in records:
        validate(record, "metadata")
    for name in ("schema_version", "hitl_tags"):
        with pytest.raises(jsonschema.ValidationError):  # the check can fail
            validate({**records[0], name: "x"}, "metadata")


def test_only_generated_pictures_are_listed_each_take_once() -> None:
    assert {use.take for use in listed(film())} == {"1-1.t1", "1-2.t1"}
    assert tep_files(lineage_of(recorded("2-1", 0, 24)), {}, ABOUT) == {}


def test_nothing_is_claimed_that_the_ledger_does_not_hold() -> None:
    files = exported(film(decide=False))
    manifest = files["tep/MANIFEST.json"]
    records = {r["ai_tool"]: r for n, r in files.items() if n.endswith("metadata.json")}
    assert manifest["hitl_summary"]["zero_evidence_asset_count"] == 1
    assert manifest["evidence_completeness_score"] == {
        "status": "red",
        "score": 0.0,
        "denominator": 2,
    }
    assert records["Trained"]["hitl_tags"] == ["prompt_iteration"]
    assert {r["paradigm_confidence"] for r in records.values()} == {"low"}
    assert {name: r["paradigm_classification"] for name, r in records.items()} == {
        "Computed": "open_source",
        "Trained": "proprietary",
    }


def test_a_demonstration_is_no_human_action() -> None:
    shown = lineage_of(decided(generated("1-1", 0, 48), "demonstration"))
    (record,) = [r for n, r in exported(shown).items() if n.endswith("metadata.json")]
    assert record["human_actions"] == []


def test_a_decision_on_every_take_is_green() -> None:
    both = lineage_of(decided(generated("1-1", 0, 48)), decided(generated("1-2", 48, 96)))
    score = exported(both)["tep/MANIFEST.json"]["evidence_completeness_score"]
    assert (score["status"], score["score"]) == ("green", 1.0)
    half = lineage_of(decided(generated("1-1", 0, 48)), generated("1-2", 48, 96))
    assert exported(half)["tep/MANIFEST.json"]["evidence_completeness_score"]["status"] == "amber"


def test_the_same_film_gives_the_same_package() -> None:
    assert exported(film()) == exported(film())


def test_the_perceptual_hash_holds_against_size_and_light_and_tells_pictures_apart() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (9, 16, 3), dtype=np.uint8)
    first = cv2.resize(noise, (320, 180), interpolation=cv2.INTER_CUBIC)
    small = cv2.resize(first, (192, 108), interpolation=cv2.INTER_AREA)
    darker = (first * 0.8).astype(np.uint8)

    def apart(one: Any, two: Any) -> int:
        return (int(perceptual_hash(one), 16) ^ int(perceptual_hash(two), 16)).bit_count()

    assert apart(first, small) <= 4
    assert apart(first, darker) <= 4
    assert apart(first, first[:, ::-1]) > 16
