"""Writing TOML that people go on editing: what they wrote around the values stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from generique.model.values import Json


def written(document: Mapping[str, Json], before: str = "") -> str:
    """A document as TOML.

    Args:
        document: Plain values; what is None is left out, for TOML has no word for it.
        before: The text that it replaces, well-formed. Its comments and its order stay; a value
            that is equal is not touched; a key that the document no longer has is removed.
    """
    found = tomlkit.parse(before)
    _update(found, document)
    return tomlkit.dumps(found)


def _update(table: Any, document: Mapping[str, Json]) -> None:
    said = {key: value for key, value in document.items() if value is not None}
    for key in [key for key in table if key not in said]:
        del table[key]
    for key, value in sorted(said.items(), key=lambda item: _is_table(item[1])):
        if key in table and table[key] == value:
            continue
        if isinstance(value, dict) and isinstance(table.get(key), Table):
            _update(table[key], value)
        else:
            table[key] = _item(value)


def _item(value: Json) -> Any:
    if isinstance(value, dict):
        made = tomlkit.table()
        _update(made, value)
        return made
    if _is_table(value) and isinstance(value, list):
        return _array(value)
    return value


def _array(values: list[Json]) -> AoT:
    made = tomlkit.aot()
    for value in values:
        made.append(_item(value))
    return made


def _is_table(value: Json) -> bool:
    """True for what TOML writes under a header, which must come after plain values."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict)
