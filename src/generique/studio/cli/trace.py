"""``generique trace``: where the picture and sound of a moment come from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from generique.model.errors import Damaged
from generique.model.time import Rate, parse_seconds
from generique.production.evidence import stated_lineage
from generique.production.evidence import trace as traced
from generique.studio.cli.console import AsJson, show
from generique.studio.witness import Witness

app = typer.Typer(
    help="Say where the picture and sound of a moment come from.", add_completion=False
)


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="A master.")],
    at: Annotated[str, typer.Option("--at", help="Seconds, or HH:MM:SS:FF.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Print everything seen and heard at a moment, with its origin, rights and approval."""
    witness = Witness(file)
    report = witness.verify(None, witness.own_trust())
    if report.verdict.value == "broken":
        raise Damaged(
            f"{file.name} was changed after it was signed, so nothing it says can be relied on",
            where=str(file),
            why="; ".join(finding.why for finding in report.findings[:2]),
            next_step=f"see all findings with: generique verify {file}",
        )
    lineage, language = stated_lineage(witness.credential(), str(file))
    rate = Rate(numerator=lineage.rate.numerator, denominator=lineage.rate.denominator)
    document = traced(lineage, language, parse_seconds(at, rate))
    document["verdict"] = report.verdict.value
    show(document, _lines(document), as_json=as_json)


def _lines(document: dict[str, Any]) -> list[str]:
    lines = [f"{document['timecode']} ({document['at']:g} s), file: {document['verdict']}"]
    for element in document["elements"]:
        lines += ["", f"{element['track']}  {element['title']}"]
        lines += [f"    {name:<10} {text}" for name, text in _facts(element)]
    if not any(element["track"] == "V1" for element in document["elements"]):
        lines += ["", "V1  end credits or black, computed from the timeline and the lineage"]
    return lines


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
        (
            "rights",
            f"{rights['licence']}, {rights['holder']}; {rights['source']}" if rights else None,
        ),
        ("source", element["source_type"]),
        *(("decision", text) for text in said),
        ("credit", element["credit"]),
        ("ledger", f"entry {element['entry']}"),
    ]
    return [(name, str(value)) for name, value in facts if value is not None]
