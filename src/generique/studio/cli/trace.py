"""``generique trace``: where the picture and sound of a moment come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from generique import __version__
from generique.machineroom.clock import SystemClock
from generique.machineroom.files import publish_bytes
from generique.model.delivered import Delivery
from generique.model.errors import Damaged, UsageError
from generique.model.time import Rate, parse_seconds
from generique.production.evidence import trace as traced
from generique.production.evidence import trace_frame
from generique.production.exports import NAMESPACE, openlineage_events, prov_document
from generique.studio.audit_delivered import Said, delivered_of
from generique.studio.cli.console import AsJson, show
from generique.studio.witness import Witness

PRODUCER = f"{NAMESPACE}program:{__version__}"
"""Address of the program in OpenLineage events: a name, not a place to be fetched from."""

app = typer.Typer(
    help="Say where the picture and sound of a moment come from.", add_completion=False
)


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="A master.")],
    at: Annotated[str | None, typer.Option("--at", help="Seconds, or HH:MM:SS:FF.")] = None,
    frame: Annotated[int | None, typer.Option(help="Frame from 0, in place of --at.")] = None,
    prov: Annotated[Path | None, typer.Option(help="Write PROV-JSON to this file.")] = None,
    openlineage: Annotated[
        Path | None, typer.Option(help="Write OpenLineage events to this file.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print everything seen and heard at a moment, with its origin, rights and approval."""
    if (at is None) == (frame is None):
        raise UsageError("a moment is wanted", next_step="give --at SECONDS, or --frame NUMBER")
    witness = Witness(file)
    report = witness.verify(None, witness.own_trust())
    if report.verdict.value == "broken":
        raise Damaged(
            f"{file.name} was changed after it was signed, so nothing it says can be relied on",
            where=str(file),
            why="; ".join(finding.why for finding in report.findings[:2]),
            next_step=f"see all findings with: generique verify {file}",
        )
    lineage, language, source = witness.stated(report)
    rate = Rate(numerator=lineage.rate.numerator, denominator=lineage.rate.denominator)
    if frame is None:
        document = traced(lineage, language, parse_seconds(at or "", rate))
    else:
        document = trace_frame(lineage, language, frame)
    document |= {"verdict": report.verdict.value, "source": source}
    if prov is not None:
        _write(prov_document(document, report.file), prov)
    if openlineage is not None:
        now = SystemClock().now()
        _write(openlineage_events(document, report.file, PRODUCER, now), openlineage)
    show(document, _lines(document), as_json=as_json)


def _write(document: object, target: Path) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    publish_bytes(text.encode(), target)


def _lines(document: dict[str, Any]) -> list[str]:
    moment = f"{document['timecode']} ({document['at']:g} s)"
    lines = [f"{moment}, file: {document['verdict']}, as stated in: {document['source']}"]
    for element in document["elements"]:
        lines += ["", f"{element['track']}  {element['title']}"]
        lines += [f"    {name:<10} {text}" for name, text in _facts(element)]
    if not any(element["track"] == "V1" for element in document["elements"]):
        lines += ["", "V1  end credits or black, computed from the timeline and the lineage"]
    return lines


def _delivery(element: dict[str, Any]) -> tuple[Said, ...]:
    """What is known of the delivery, in sentences."""
    known = {name: element[name] for name in Delivery.model_fields}
    return delivered_of(Delivery.read(known, where="trace"))


def _followed(reference: dict[str, Any]) -> str:
    """A file that a take follows, with the rights in it."""
    rights = reference["rights"]
    known = f"{rights['licence']}, {rights['holder']}" if rights else "rights not known"
    return f"{reference['name']} as {reference['role']} ({known})"


def _facts(element: dict[str, Any]) -> list[tuple[str, str]]:
    rights = element["rights"]
    said = [
        f"{decision['verdict']} by {decision['person']} ({decision['role']}), entry "
        f"{decision['entry']}: {decision['reason']}"
        for decision in element["approvals"]
    ]
    facts = [
        ("class", element["class"]),
        ("take", element["take"]),
        ("backend", element["backend"]),
        ("prompt", element["prompt"]),
        ("retake", "; ".join(element["notes"]) or None),
        ("seed", element["seed"]),
        ("datasets", element["datasets"]),
        ("consents", ", ".join(element["consents"]) or None),
        (
            "rights",
            f"{rights['licence']}, {rights['holder']}; {rights['source']}" if rights else None,
        ),
        *(("follows", _followed(each)) for each in element["references"]),
        ("source", element["source_type"]),
        *((said.key, said.value) for said in _delivery(element)),
        *(("decision", text) for text in said),
        ("credit", element["credit"]),
        ("ledger", f"entry {element['entry']}"),
    ]
    return [(name, str(value)) for name, value in facts if value is not None]
