"""Croissant 1.1 with its RAI vocabulary (MLCommons): the card of a dataset, in JSON-LD.

Written from the published specification, http://mlcommons.org/croissant/1.1. What Croissant has
no word for stands under ``gen:``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generique.clearance.interchange.imported import NAMESPACE, Imported, listed, only_text
from generique.model.answer import Answer
from generique.model.kept_passports import DatasetPassport
from generique.model.values import Json

VERSION = "http://mlcommons.org/croissant/1.1"
RAI_VERSION = "http://mlcommons.org/croissant/RAI/1.0"
_UNKNOWN = "unknown"
_TERMS = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
    "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset",
    "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
"""Terms of Croissant that its context names, each as ``cr:`` and itself."""

_TEXTS = {"title": "name", "version": "version", "maker": "creator", "notes": "description"}
"""Fields of a passport that Croissant has as one text."""
_OURS = {
    "digest": "gen:digest",
    "items": "gen:items",
    "personal_data": "gen:personalData",
    "consents": "gen:consents",
    "reservations": "gen:reservations",
    "scanned_on": "gen:scannedOn",
}
_TAKEN = ("digest", "items", "personal_data")
"""Those of them that are taken over from a card."""


def context() -> dict[str, Json]:
    """The JSON-LD context of Croissant 1.1, with our own prefix."""
    found: dict[str, Json] = {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "sc": "https://schema.org/",
        "gen": NAMESPACE,
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "description": {"@container": "@language"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": {"@container": "@language"},
        "gen:reservations": {"@type": "@json"},
    }
    found.update({term: f"cr:{term}" for term in _TERMS})
    return found


def write_croissant(passport: DatasetPassport) -> dict[str, Json]:
    """A dataset's passport as a Croissant card. What is not known is left out."""
    said = passport.to_json()
    card: dict[str, Json] = {
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": [VERSION, RAI_VERSION],
        "identifier": passport.id,
        "name": passport.title,
        "version": passport.version,
    }
    if passport.notes:
        card["description"] = passport.notes
    if passport.maker != _UNKNOWN:
        card["creator"] = {"@type": "sc:Organization", "name": passport.maker}
    if passport.usage.licence != _UNKNOWN:
        card["license"] = passport.usage.licence
    if passport.personal_data.known:
        card["rai:personalSensitiveInformation"] = (
            "People can be recognised in it."
            if passport.personal_data is Answer.YES
            else "Nobody can be recognised in it."
        )
    for ours, theirs in _OURS.items():
        if said[ours] not in (None, [], Answer.UNKNOWN.value):
            card[theirs] = said[ours]
    return card


def is_croissant(document: Mapping[str, Any]) -> bool:
    """True for a document that says that it is a Croissant card."""
    told = [str(item) for item in listed(document.get("conformsTo"))]
    told += [str(item) for item in listed(document.get("dct:conformsTo"))]
    return any(item.startswith("http://mlcommons.org/croissant/") for item in told)


def read_croissant(document: Mapping[str, Any]) -> Imported:
    """What a Croissant card says of a dataset.

    One licence is taken over in its own words. Several are not: which of them holds for what is
    for a person to say. Consents and scans of others are not taken over either: a production
    rests on the consents that it holds, and on what it looked for itself.
    """
    fields: dict[str, Any] = {}
    unread: list[str] = []
    for ours, theirs in _TEXTS.items():
        text = only_text(document.get(theirs))
        if text is not None:
            fields[ours] = text
        elif theirs in document:
            unread.append(f"{theirs}: more than one, or none that is text")
    licence = only_text(document.get("license"))
    if licence is not None:
        fields["usage"] = {"licence": licence}
    elif "license" in document:
        unread.append("license: more than one, or none that is text")
    taken = {ours: _OURS[ours] for ours in _TAKEN}
    fields.update({ours: document[theirs] for ours, theirs in taken.items() if theirs in document})
    known = {*_TEXTS.values(), *taken.values(), "license", "identifier", "@context", "@type"}
    rest = sorted(set(document) - known - {"conformsTo", "dct:conformsTo"})
    return Imported(fields=fields, unread=(*unread, *rest))
