"""Lineage in other people's formats: W3C PROV (as PROV-JSON) and OpenLineage events.

Both are written from the document of ``trace``, and hold no more than it does. OpenLineage knows
jobs and datasets, no stretches of time: the moment that was traced stands in its name.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from generique.model.delivered import Delivery
from generique.model.values import Digest, digest_of

NAMESPACE = "urn:generique:"
_PREFIX = "generique"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_RUN_EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"


class _Prov:
    """Collects records; each has one identifier in the namespace of the program."""

    def __init__(self) -> None:
        self.document: dict[str, dict[str, Any]] = {"prefix": {_PREFIX: NAMESPACE}}

    def add(self, kind: str, name: str, facts: Mapping[str, Any]) -> str:
        """An entity, activity or agent; returns its identifier."""
        said = {key: value for key, value in facts.items() if value is not None}
        self.document.setdefault(kind, {})[name] = said
        return name

    def relate(self, kind: str, **roles: str) -> None:
        """A relation between two records."""
        held = self.document.setdefault(kind, {})
        stated = {f"prov:{role}": name for role, name in roles.items()}
        if stated not in held.values():
            held[f"_:{kind}{len(held) + 1}"] = stated


def prov_document(traced: Mapping[str, Any], file: Digest) -> dict[str, Any]:
    """PROV-JSON (W3C member submission, 24 April 2013) of what a moment comes from.

    Args:
        traced: The document of ``trace``.
        file: Digest of the file that was traced.
    """
    prov = _Prov()
    master = prov.add(
        "entity",
        _id("file", file),
        {"prov:label": f"the film at {traced['timecode']}", f"{_PREFIX}:digest": file},
    )
    for element in traced["elements"]:
        used = _element(prov, element)
        prov.relate("wasDerivedFrom", generatedEntity=master, usedEntity=used)
    return prov.document


def _element(prov: _Prov, element: Mapping[str, Any]) -> str:
    name = prov.add(
        "entity",
        _id("take" if element["take"] else "medium", element["take"] or element["element"]),
        {
            "prov:label": element["title"],
            "prov:type": element["source_type"],
            f"{_PREFIX}:class": element["class"],
            f"{_PREFIX}:essence": element["essence"],
            f"{_PREFIX}:entry": element["entry"],
        },
    )
    if element["backend"]:
        _generation(prov, element, name)
    for said in element["approvals"]:
        person = prov.add("agent", _id("person", said["person"]), {"prov:label": said["person"]})
        review = prov.add(
            "activity",
            _id("decision", str(said["entry"])),
            {"prov:label": said["verdict"], f"{_PREFIX}:reason": said["reason"]},
        )
        prov.relate("used", activity=review, entity=name)
        prov.relate("wasAssociatedWith", activity=review, agent=person)
    return name


def _generation(prov: _Prov, element: Mapping[str, Any], take: str) -> None:
    job = element["job"] or {}
    told = [f"{each['backend']} ({each['code']}): {each['reason']}" for each in element["tried"]]
    activity = prov.add(
        "activity",
        _id("shoot", element["take"]),
        {
            f"{_PREFIX}:seed": element["seed"],
            f"{_PREFIX}:provider": job.get("provider"),
            f"{_PREFIX}:job": job.get("number"),
            f"{_PREFIX}:terms": job.get("terms"),
            f"{_PREFIX}:tried": told or None,
        },
    )
    prov.relate("wasGeneratedBy", entity=take, activity=activity)
    if element["original"]:
        _original(prov, element, take, activity)
    agent = prov.add(
        "agent",
        _id("backend", element["backend"].replace(" ", "@")),
        {"prov:label": element["backend"], "prov:type": "prov:SoftwareAgent"},
    )
    prov.relate("wasAssociatedWith", activity=activity, agent=agent)
    text = element["prompt"] or ""
    prompt = prov.add("entity", _id("prompt", digest_of(text.encode())), {"prov:value": text})
    prov.relate("used", activity=activity, entity=prompt)
    for dataset in _datasets(element):
        trained = prov.add(
            "entity",
            _id("dataset", dataset["id"]),
            {
                "prov:label": dataset["title"],
                f"{_PREFIX}:licence": dataset["licence"],
                f"{_PREFIX}:statement": "was in the training set of a model used",
            },
        )
        prov.relate("wasInfluencedBy", influencee=agent, influencer=trained)


def _original(prov: _Prov, element: Mapping[str, Any], take: str, activity: str) -> None:
    """The file as the provider delivered it, from which the take was conformed."""
    seen = (element["observed"] or {}).get("credential") or {}
    marks = (element["observed"] or {}).get("marks") or []
    original = prov.add(
        "entity",
        _id("file", element["original"]),
        {
            "prov:label": f"{element['take']} as it was delivered",
            "prov:type": seen.get("source_type") or None,
            f"{_PREFIX}:digest": element["original"],
            f"{_PREFIX}:credential": seen.get("state"),
            f"{_PREFIX}:verdict": seen.get("verdict"),
            f"{_PREFIX}:signer": seen.get("signer") or None,
            f"{_PREFIX}:marks": [
                f"{mark['carrier']}: {mark['mark'] or mark['state']} ({mark['reader']})"
                for mark in marks
            ]
            or None,
        },
    )
    prov.relate("wasGeneratedBy", entity=original, activity=activity)
    prov.relate("wasDerivedFrom", generatedEntity=take, usedEntity=original)


def openlineage_events(
    traced: Mapping[str, Any], file: Digest, producer: str, at: str
) -> list[dict[str, Any]]:
    """OpenLineage run events (specification 2-0-2): one for the film, one for each take.

    Args:
        traced: The document of ``trace``.
        file: Digest of the file that was traced.
        producer: Address of the program, as the specification asks.
        at: Time of the export, RFC 3339.
    """
    elements = traced["elements"]
    sources = [_dataset("essence", element["essence"]) for element in elements]
    moment = f"trace {file} {traced['timecode']}"
    events = [_event(moment, sources, [_dataset("file", file)], producer, at)]
    for element in elements:
        if not element["backend"]:
            continue
        inputs = [
            _dataset("prompt", digest_of((element["prompt"] or "").encode())),
            *(_dataset("dataset", dataset["id"]) for dataset in _datasets(element)),
        ]
        outputs = [_dataset("essence", element["essence"])]
        if element["original"]:
            outputs.append(_dataset("file", element["original"]))
        event = _event(f"shoot {element['take']}", inputs, outputs, producer, at)
        events.append(_with_delivery(event, element, producer))
    return events


def _with_delivery(
    event: dict[str, Any], element: Mapping[str, Any], producer: str
) -> dict[str, Any]:
    """A run with what is known of its delivery, as a facet of ours; as it is where nothing is."""
    said = {name: element[name] for name in Delivery.model_fields}
    if not any(said.values()):
        return event
    facet = {"_producer": producer, "_schemaURL": f"{NAMESPACE}facet:delivery:1", **said}
    return {**event, "run": {**event["run"], "facets": {f"{_PREFIX}_delivery": facet}}}


def _event(
    job: str,
    inputs: list[dict[str, Any]],
    outputs: list[dict[str, Any]],
    producer: str,
    at: str,
) -> dict[str, Any]:
    named = [f"{item['namespace']}/{item['name']}" for item in (*inputs, *outputs)]
    asked = digest_of("\n".join([job, *named]).encode())
    return {
        "eventType": "COMPLETE",
        "eventTime": at,
        "producer": producer,
        "schemaURL": _RUN_EVENT,
        "run": {"runId": str(uuid.uuid5(_SPACE, asked))},
        "job": {"namespace": _PREFIX, "name": job},
        "inputs": inputs,
        "outputs": outputs,
    }


def _dataset(kind: str, name: str) -> dict[str, Any]:
    return {"namespace": f"{_PREFIX}/{kind}", "name": name}


def _datasets(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Datasets that a passport discloses; none where it says only how much is known."""
    listed = element["datasets"]
    return listed if isinstance(listed, list) else []


def _id(kind: str, name: str) -> str:
    return f"{_PREFIX}:{kind}/{name}"
