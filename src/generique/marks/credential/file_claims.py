"""Claims about files that hold no credential themselves: weights, datasets, frames, anything.

Such a credential lies beside the file and binds all its bytes, so that no essence is stated.
"""

from __future__ import annotations

from typing import Literal

from generique.marks.credential.claims import USUAL, Generator, Terms, manifest_definition, mining
from generique.marks.credential.source_types import is_source_type
from generique.marks.credential.statements import FILE_ASSERTION
from generique.model.errors import UsageError
from generique.model.values import Digest, Json

FileKind = Literal["model", "dataset", "document", "other"]
"""What a file is, in the words of the C2PA list of asset types."""


def file_claim(
    name: str,
    digest: Digest,
    kind: FileKind,
    source_type: str,
    generator: Generator,
    terms: Terms = USUAL,
) -> dict[str, Json]:
    """Manifest definition of a file of any kind.

    Args:
        name: The file's name.
        digest: Of all its bytes.
        kind: What it is.
        source_type: Address of the term that says how it came about.
        generator: Our name and version.
        terms: What others may do with it.

    Raises:
        UsageError: The source type is no term in force.
    """
    if not is_source_type(source_type):
        raise UsageError(
            f"{source_type[:120]!r} is no digital source type",
            next_step="take one of https://cv.iptc.org/newscodes/digitalsourcetype/",
        )
    created: dict[str, Json] = {"action": "c2pa.created", "digitalSourceType": source_type}
    actions: dict[str, Json] = {"actions": [created], "allActionsIncluded": True}
    data: dict[str, Json] = {
        "schema": "generique/file-claim/1",
        "name": name,
        "kind": kind,
        "file": digest,
    }
    assertions: list[Json] = [
        {"label": "c2pa.actions.v2", "created": True, "data": actions},
        {"label": FILE_ASSERTION, "created": True, "data": data},
        mining(terms.mining),
    ]
    if kind in {"model", "dataset"}:
        types: dict[str, Json] = {"types": [{"type": f"c2pa.types.{kind}"}]}
        assertions.insert(1, {"label": "c2pa.asset-type.v2", "created": True, "data": types})
    return manifest_definition(name, "application/octet-stream", generator, assertions)
