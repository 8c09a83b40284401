"""SPDX 3.0.1 with its AI and Dataset profiles: a model, and what it was trained on, in JSON-LD.

Written from the published model, https://spdx.github.io/spdx-spec/v3.0.1. Conformance with the AI
and Dataset profiles is not claimed: they ask for facts, such as the day of a release, that a
passport need not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generique.clearance.interchange.imported import NAMESPACE, Imported, identifier_of, listed
from generique.model.answer import Answer
from generique.model.kept_passports import DatasetPassport, ModelPassport
from generique.model.values import Json

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
SPECIFICATION = "3.0.1"
_NO_LICENCE = "expandedlicensing_NoAssertionLicense"
_NOTHING = "NoAssertionElement"
_EXPRESSION = re.compile(
    r"\(*[A-Za-z0-9.-]+\+?(?:\s+(?:AND|OR|WITH)\s+\(*[A-Za-z0-9.-]+\+?\)*)*\)*"
)
_TYPES = {"model": "ai_AIPackage", "dataset": "dataset_DatasetPackage"}
_CREATION = "_:creation"
_NO_TYPE: list[Json] = ["noAssertion"]


def write_spdx(
    passport: ModelPassport | DatasetPassport, datasets: Iterable[DatasetPassport] = ()
) -> dict[str, Json]:
    """A passport as an SPDX document.

    Args:
        passport: Of a model or a dataset.
        datasets: Passports of datasets that the model names, as far as there are any.
    """
    known = {dataset.id: dataset for dataset in datasets}
    person = _id("person", passport.checked_by)
    graph: list[Json] = [
        {
            "type": "CreationInfo",
            "@id": _CREATION,
            "specVersion": SPECIFICATION,
            "created": f"{passport.checked_on}T00:00:00Z",
            "createdBy": [person],
        },
        _element("Person", person, name=passport.checked_by),
        *_package(passport),
    ]
    if isinstance(passport, ModelPassport):
        for name in passport.datasets:
            if name in known:
                graph += _package(known[name])
            else:
                named = _id("dataset", name)
                graph.append(
                    _element(_TYPES["dataset"], named, name=name, dataset_datasetType=_NO_TYPE)
                )
        graph.append(_training(passport))
    names: list[Json] = [
        item["spdxId"] for item in graph if isinstance(item, dict) and "spdxId" in item
    ]
    document = _element(
        "SpdxDocument",
        _id("document", f"{passport.kind}-{passport.id}"),
        name=passport.title,
        rootElement=[_id(passport.kind, passport.id)],
        element=names,
        profileConformance=["core", "software", "simpleLicensing"],
    )
    return {"@context": CONTEXT, "@graph": [*graph, document]}


def _package(passport: ModelPassport | DatasetPassport) -> Iterator[dict[str, Json]]:
    """The thing, its maker and its licence."""
    name = _id(passport.kind, passport.id)
    said: dict[str, Json] = {"name": passport.title, "software_packageVersion": passport.version}
    if passport.notes:
        said["comment"] = passport.notes
    digest = passport.weights if isinstance(passport, ModelPassport) else passport.digest
    if digest is not None:
        value = digest.partition(":")[2]
        said["verifiedUsing"] = [{"type": "Hash", "algorithm": "sha256", "hashValue": value}]
    if isinstance(passport, DatasetPassport):
        said["dataset_datasetType"] = _NO_TYPE
        if passport.items is not None:
            said["dataset_datasetSize"] = passport.items
        if passport.personal_data is not Answer.UNKNOWN:
            said["dataset_hasSensitivePersonalInformation"] = _presence(passport.personal_data)
    if passport.maker != "unknown":
        maker = _id("maker", f"{passport.kind}-{passport.id}")
        yield _element("Organization", maker, name=passport.maker)
        said["suppliedBy"] = maker
    yield _element(_TYPES[passport.kind], name, **said)
    yield from _licence(passport, name)


def _licence(passport: ModelPassport | DatasetPassport, name: str) -> Iterator[dict[str, Json]]:
    licence, held = passport.usage.licence, _NO_LICENCE
    if licence != "unknown":
        held = _id("licence", f"{passport.kind}-{passport.id}")
        said: dict[str, Json] = {"simplelicensing_licenseExpression": licence}
        if not _EXPRESSION.fullmatch(licence):
            own = f"LicenseRef-{identifier_of(licence) or 'own'}"
            said = {"simplelicensing_licenseExpression": own, "comment": licence}
        yield _element("simplelicensing_LicenseExpression", held, **said)
    yield _related(name, "hasDeclaredLicense", [held])


def _training(model: ModelPassport) -> dict[str, Json]:
    name = _id(model.kind, model.id)
    if model.training == "none":
        return _related(name, "trainedOn", ["NoneElement"], "complete")
    if not model.datasets:
        return _related(name, "trainedOn", [_NOTHING], "noAssertion")
    complete = "complete" if model.training == "disclosed" else "incomplete"
    return _related(name, "trainedOn", [_id("dataset", one) for one in model.datasets], complete)


def _related(
    name: str, relation: str, to: list[str], completeness: str | None = None
) -> dict[str, Json]:
    related: dict[str, Json] = {"from": name, "relationshipType": relation, "to": [*to]}
    if completeness is not None:
        related["completeness"] = completeness
    return _element("Relationship", f"{name}:{relation}", **related)


def _element(kind: str, spdx_id: str, /, **said: Json) -> dict[str, Json]:
    return {"type": kind, "spdxId": spdx_id, "creationInfo": _CREATION, **said}


def _id(kind: str, name: str) -> str:
    return f"{NAMESPACE}spdx:{kind}:{name}"


def _presence(answer: Answer) -> str:
    return answer.value if answer.known else "noAssertion"


def is_spdx(document: Mapping[str, Any]) -> bool:
    """True for a document of SPDX 3."""
    return any(
        isinstance(item, str) and item.startswith("https://spdx.org/rdf/3.")
        for item in listed(document.get("@context"))
    )


def read_spdx(document: Mapping[str, Any], kind: str) -> Imported:
    """What an SPDX document says of its only model, or its only dataset.

    A licence is only taken over when the maker declared one; what others concluded is for a
    person to read.

    Args:
        document: The document.
        kind: ``model`` or ``dataset``.
    """
    elements = [item for item in listed(document.get("@graph")) if isinstance(item, Mapping)]
    found = [item for item in elements if item.get("type") == _TYPES[kind]]
    roots = {
        str(name)
        for item in elements
        if item.get("type") == "SpdxDocument"
        for name in listed(item.get("rootElement"))
    }
    package = _the_one([item for item in found if item.get("spdxId") in roots]) or _the_one(found)
    if package is None:
        return Imported(unread=(f"{len(found)} packages of type {_TYPES[kind]}; one was expected",))
    by_id = {str(item["spdxId"]): item for item in elements if "spdxId" in item}
    fields: dict[str, Any] = {}
    texts = {"title": "name", "version": "software_packageVersion", "notes": "comment"}
    for ours, theirs in texts.items():
        if isinstance(package.get(theirs), str):
            fields[ours] = package[theirs]
    maker = by_id.get(str(package.get("suppliedBy")), {}).get("name")
    if isinstance(maker, str):
        fields["maker"] = maker
    fields.update(_facts(package, kind))
    relations = [
        item
        for item in elements
        if item.get("type") in {"Relationship", "LifecycleScopedRelationship"}
        and item.get("from") == package.get("spdxId")
    ]
    unread = [*_read_relations(relations, by_id, fields, kind)]
    read = {*texts.values(), "type", "spdxId", "creationInfo", "suppliedBy", "verifiedUsing"}
    read |= {"dataset_datasetSize", "dataset_hasSensitivePersonalInformation"}
    read.add("dataset_datasetType")
    return Imported(fields=fields, unread=(*unread, *sorted(set(package) - read)))


def _the_one(items: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return items[0] if len(items) == 1 else None


def _facts(package: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    """Digest, size and personal data."""
    for item in listed(package.get("verifiedUsing")):
        if isinstance(item, Mapping) and item.get("algorithm") == "sha256":
            yield "weights" if kind == "model" else "digest", f"sha256:{item.get('hashValue')}"
    if kind == "dataset":
        if isinstance(package.get("dataset_datasetSize"), int):
            yield "items", package["dataset_datasetSize"]
        told = package.get("dataset_hasSensitivePersonalInformation")
        if told in {"yes", "no"}:
            yield "personal_data", told


def _read_relations(
    relations: list[Mapping[str, Any]],
    by_id: Mapping[str, Mapping[str, Any]],
    fields: dict[str, Any],
    kind: str,
) -> Iterator[str]:
    """Licence and training into the fields; what is not read, in words."""
    declared: list[str] = []
    for item in relations:
        targets = [by_id.get(str(name), {}) for name in listed(item.get("to"))]
        if item.get("relationshipType") == "hasDeclaredLicense":
            declared += [text for target in targets if (text := _expression(target))]
        elif item.get("relationshipType") == "trainedOn" and kind == "model":
            yield from _read_training(item, targets, fields)
        else:
            yield str(item.get("relationshipType"))
    if len(declared) == 1:
        fields["usage"] = {"licence": declared[0]}
    elif declared:
        yield f"hasDeclaredLicense: {len(declared)} licences"


def _read_training(
    item: Mapping[str, Any], targets: list[Mapping[str, Any]], fields: dict[str, Any]
) -> Iterator[str]:
    names = [_dataset_name(target) for target in targets if target]
    fields["datasets"] = [name for name in names if name]
    if item.get("completeness") == "complete" and names and all(targets) and all(names):
        fields["training"] = "disclosed"
    elif listed(item.get("to")) == ["NoneElement"]:
        fields["training"] = "none"
    else:
        yield f"trainedOn: {item.get('completeness', 'noAssertion')}"


def _dataset_name(target: Mapping[str, Any]) -> str | None:
    """Identifier of a dataset: ours where the document is ours, its name otherwise."""
    own = str(target.get("spdxId", "")).removeprefix(_id("dataset", ""))
    return identifier_of(str(target.get("name", "")) if ":" in own else own)


def _expression(target: Mapping[str, Any]) -> str | None:
    """A licence; one outside the list of SPDX in its own words, where they are given."""
    told = target.get("simplelicensing_licenseExpression")
    if isinstance(told, str) and told.startswith("LicenseRef-") and target.get("comment"):
        return str(target["comment"])
    return told if isinstance(told, str) else None
