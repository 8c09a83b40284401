"""Passports for tests, as a production keeps them."""

from __future__ import annotations

from typing import Any

from generique.model.kept_passports import DatasetPassport, ModelPassport, ToolPassport

COMMON = {"version": "2", "checked_by": "mira", "checked_on": "2026-11-28"}


def tool_of(**more: Any) -> ToolPassport:
    document = {
        "schema": "generique/tool-passport/1",
        "id": "lens",
        "title": "Lens",
        **COMMON,
        **more,
    }
    return ToolPassport.read(document, where="tool.toml")


def model_of(**more: Any) -> ModelPassport:
    document = {
        "schema": "generique/model-passport/1",
        "id": "lens-1",
        "title": "Lens One",
        **COMMON,
        **more,
    }
    return ModelPassport.read(document, where="model.toml")


def dataset_of(**more: Any) -> DatasetPassport:
    document = {
        "schema": "generique/dataset-passport/1",
        "id": "birds-1",
        "title": "Birds",
        **COMMON,
        **more,
    }
    return DatasetPassport.read(document, where="dataset.toml")


FULL_DATASET = dataset_of(
    maker="A museum",
    usage={"licence": "CC-BY-4.0"},
    notes="Photographs of birds.",
    digest="sha256:" + "a" * 64,
    items=12,
    personal_data="no",
    consents=["ada-voice"],
    reservations=[{"protocol": "tdmrep", "reserved": "no", "found": "0", "where": "site"}],
    scanned_on="2026-11-28",
)
FULL_MODEL = model_of(
    maker="Some laboratory",
    usage={"licence": "Our own licence, 2"},
    weights="sha256:" + "b" * 64,
    training="disclosed",
    datasets=["birds-1", "trees"],
    notes="Draws birds.",
)
