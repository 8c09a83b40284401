"""Writes the JSON schema of every versioned value into ``docs/formats/``.

With ``--check`` nothing is written, and the exit code says whether the files are up to date.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from generique.model.values import Value

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "formats"


def import_values() -> None:
    """Load every module that states a schema version, so that its values are defined."""
    source = ROOT / "src"
    for path in sorted(source.rglob("*.py")):
        if "schema_version" in path.read_text("utf-8"):
            importlib.import_module(".".join(path.relative_to(source).with_suffix("").parts))


def derived(value: type[Value]) -> Iterator[type[Value]]:
    """Every class derived from a value, at any depth."""
    for child in value.__subclasses__():
        yield child
        yield from derived(child)


def schema_files() -> dict[str, str]:
    """Text of every schema file, by file name."""
    files: dict[str, str] = {}
    for value in derived(Value):
        field = value.model_fields.get("schema_version")
        if field is None:
            continue
        schema = value.model_json_schema(by_alias=True)
        label = field.alias or "schema_version"
        identity = str(schema["properties"][label]["const"])
        _, name, version = identity.split("/")
        document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": identity}
        text = json.dumps({**document, **schema}, ensure_ascii=False, indent=2, sort_keys=True)
        files[f"{name}-{version}.schema.json"] = text + "\n"
    return files


def stale(files: dict[str, str]) -> list[str]:
    """Names of schema files that are missing, different or left over."""
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.schema.json")}
    return sorted(name for name in {*there, *files} if there.get(name) != files.get(name))


def main(arguments: list[str]) -> int:
    """Write the files, or check them; 0 when they are up to date."""
    import_values()
    files = schema_files()
    names = stale(files)
    if "--check" in arguments:
        if names:
            print(f"out of date: {', '.join(names)}; run `make fix`", file=sys.stderr)
        return 1 if names else 0
    for name in names:
        path = FOLDER / name
        if name in files:
            path.write_text(files[name], "utf-8")
        else:
            path.unlink()
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
