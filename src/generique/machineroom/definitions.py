"""What the room that signs does to a manifest definition: checks it, measures it, binds it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from generique.machineroom.boxes import boxes
from generique.machineroom.credential_files import MOVIES, format_of, opened
from generique.marks.credential.statements import essence_stated_by
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Json

SPARE = 16_000
"""Bytes for a signature, its certificates and a time stamp."""
_BESIDE_BOX = 24_000
"""Estimate of the credential of an ingredient that is no movie."""
_LONGEST_STORE = 64_000_000
_RECORD = 4_000
"""Bytes for the record of an ingredient's validation."""


def check_labels(definition: Mapping[str, Json], ingredients: Mapping[str, Path]) -> None:
    """Every ingredient is placed or used, and everything placed or used is there.

    Raises:
        UnreadableInput: They are not the same.
    """
    inputs = {str(item.get("label")) for item in _list(definition.get("ingredients"))}
    placed = {label for _, label in _uses(definition)}
    if placed != {*ingredients, *inputs}:
        raise UnreadableInput(
            "the credential's ingredients are not those that it places",
            why=f"not in both: {', '.join(sorted(placed ^ {*ingredients, *inputs}))}",
        )


def opened_labels(definition: Mapping[str, Json]) -> frozenset[str]:
    """Labels of what a definition says it opened: its parent."""
    return frozenset(label for action, label in _uses(definition) if action == "c2pa.opened")


def _uses(definition: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Every act with the label of an ingredient that it names."""
    for assertion in _list(definition.get("assertions")):
        data = assertion.get("data")
        for action in _list(data.get("actions") if isinstance(data, dict) else None):
            parameters = action.get("parameters")
            listed = parameters.get("ingredientIds") if isinstance(parameters, dict) else None
            for label in listed if isinstance(listed, list) else ():
                yield str(action.get("action")), str(label)


def essence_of_definition(definition: Mapping[str, Json]) -> Digest | None:
    """The essence that a definition states; None where it states none."""
    return essence_stated_by(
        {str(item.get("label")): item.get("data") for item in _list(definition.get("assertions"))}
    )


def bound(definition: Mapping[str, Json], binding: dict[str, Json]) -> dict[str, Json]:
    """A definition with its hard binding."""
    assertions: list[Json] = [*_list(definition.get("assertions")), binding]
    return {**definition, "assertions": assertions}


def data_hash(
    digest: bytes, name: str = "whole file", left_out: tuple[int, int] | None = None
) -> dict[str, Json]:
    """The hard binding to the bytes of a file.

    Args:
        digest: SHA-256 over them.
        name: What they are.
        left_out: Place and length of the stretch that is not among them; None for all bytes.
    """
    hashed: list[Json] = list(digest)
    data: dict[str, Json] = {"alg": "sha256", "name": name, "hash": hashed, "pad": []}
    if left_out is not None:
        data["exclusions"] = [{"start": left_out[0], "length": left_out[1]}]
    return {"label": "c2pa.hash.data", "created": True, "data": data}


def capacity_for(definition: Mapping[str, Json], ingredients: Mapping[str, Path]) -> int:
    """Estimate of the longest manifest store that a definition can become, in bytes."""
    below = sum(_credential_bytes(path) + _RECORD for path in ingredients.values())
    return len(json.dumps(definition)) * 3 // 2 + below + SPARE


def _credential_bytes(path: Path) -> int:
    """Estimate of the length of a file's credential."""
    if format_of(path) not in MOVIES:
        return min(path.stat().st_size, _BESIDE_BOX)

    with opened(path) as stream:

        def read(place: int, count: int) -> bytes:
            stream.seek(place)
            return stream.read(count)

        found = boxes(read, 0, stream.seek(0, 2)) or ()
        held = [
            read(box.start, min(box.end - box.start, _LONGEST_STORE))
            for box in found
            if box.kind == b"uuid"
        ]
    return sum(len(data.rstrip(b"\0")) for data in held)


def _list(value: object) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
