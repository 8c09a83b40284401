"""What the words of ``generique passport`` come to: fields, documents of others, scans."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from generique.clearance.interchange.croissant import is_croissant, read_croissant, write_croissant
from generique.clearance.interchange.imported import LARGEST_IMPORT, Imported
from generique.clearance.interchange.spdx import is_spdx, read_spdx, write_spdx
from generique.clearance.reservations.scan import merged
from generique.machineroom.files import decoded, read_plain_bytes
from generique.machineroom.mining_words import scan_files
from generique.model.errors import UnreadableInput, UsageError
from generique.model.kept_passports import DatasetPassport, KeptPassport
from generique.production.passports import PassportKind

Form = Literal["croissant", "spdx3"]


def stated_fields(said: Sequence[str]) -> dict[str, Any]:
    """``usage.commercial=yes`` as a document; a value that is TOML is read as such.

    Raises:
        UsageError: There is no value, or a name is both a value and a table.
    """
    document: dict[str, Any] = {}
    for words in said:
        field, equals, text = words.partition("=")
        if not equals:
            raise UsageError(
                f"{words!r} states no value", next_step="write --set FIELD=VALUE, once for each"
            )
        try:
            value: Any = tomllib.loads(f"value = {text}")["value"]
        except (ValueError, RecursionError):
            value = text
        *tables, last = field.strip().split(".")
        place = document
        for table in tables:
            place = place.setdefault(table, {})
            if not isinstance(place, dict):
                raise UsageError(f"{table} is a value and a table", why=f"--set {words}")
        if isinstance(place.get(last), dict):
            raise UsageError(f"{last} is a value and a table", why=f"--set {words}")
        place[last] = value
    return document


def read_foreign(path: Path | None, kind: PassportKind) -> Imported:
    """What a document of others says; nothing where none is given.

    Raises:
        UnreadableInput: It is too large, no JSON, or describes nothing of that kind.
    """
    if path is None:
        return Imported()
    try:
        document = json.loads(decoded(read_plain_bytes(path, LARGEST_IMPORT), path))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"{path.name} is not JSON",
            where=str(path),
            why=str(error),
            next_step="give a Croissant or SPDX 3 document, or state the fields with --set",
        ) from error
    if isinstance(document, dict):
        if kind == "dataset" and is_croissant(document):
            return read_croissant(document)
        if kind != "tool" and is_spdx(document):
            return read_spdx(document, kind)
    raise UnreadableInput(
        f"{path.name} describes no {kind} in a format that is read",
        where=str(path),
        why="read are Croissant for datasets, and SPDX 3 for models and datasets",
        next_step="state the fields with --set",
    )


def exported(
    passport: KeptPassport, form: Form, datasets: Iterable[DatasetPassport]
) -> dict[str, Any]:
    """A passport in a format of others.

    Args:
        passport: Of a dataset, or of a model for SPDX.
        form: The format.
        datasets: What is known of the datasets that a model names.

    Raises:
        UsageError: The format has no form for it.
    """
    if form == "croissant" and passport.kind == "dataset":
        return write_croissant(passport)
    if form == "spdx3" and passport.kind != "tool":
        return write_spdx(passport, datasets)
    raise UsageError(
        f"{form} has no form for a {passport.kind}",
        next_step="croissant describes datasets, spdx3 models and datasets",
    )


def scanned(places: Iterable[Path], kind: PassportKind, today: str) -> dict[str, Any]:
    """What the files of a dataset say of text and data mining, as fields of its passport.

    Raises:
        UsageError: It is no dataset.
        UnreadableInput: There is nothing to look through, or a file cannot be read.
    """
    if kind != "dataset":
        raise UsageError("only a dataset is looked through", next_step="leave out --scan")
    found = merged(scan_files(places))
    return {"reservations": [one.to_json() for one in found], "scanned_on": today}
