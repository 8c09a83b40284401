"""``generique audit``: every element, every rule, what it rests on, and evidence to take away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from generique.clearance.verdict import Status
from generique.machineroom.files import publish_bytes
from generique.machineroom.thumbnails import thumbnails
from generique.model.errors import ExitCode, UsageError
from generique.production.audit import AuditReport
from generique.studio.audit_room import AuditRoom
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.identify_page import identify_page, middle_frames
from generique.studio.wiring import Studio

app = typer.Typer(
    help="List every element with its rights, approval and credit.", add_completion=False
)


class Reader(StrEnum):
    """Language of the report."""

    EN = "en"
    FR = "fr"


@app.command()
def audit(
    folder: FolderArgument = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="A delivered file, held against the sealed master."),
    ] = None,
    *,
    pack: Annotated[
        list[str] | None,
        typer.Option("--pack", help="Policy pack to ask in place of the production's; repeatable."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report as a page here.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write the report as PDF here.")] = None,
    package: Annotated[
        Path | None, typer.Option(help="Write the sealed evidence package (ZIP) here.")
    ] = None,
    negative: Annotated[
        str | None,
        typer.Option(metavar="SHOT", help="State, signed, that no AI stands behind this shot."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where --negative writes its proof.")
    ] = None,
    language: Annotated[Reader, typer.Option(help="Language of page and PDF.")] = Reader.EN,
    with_masters: Annotated[
        bool, typer.Option("--with-masters", help="Put the masters into the package.")
    ] = False,
    with_papers: Annotated[
        bool, typer.Option("--with-papers", help="Put consents and their documents into it.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Audit the film as it was last made, from its ledger; writes out/audit.html and .json.

    With --file, the pixels of a finished file are compared with the sealed master as well: what was
    cut in, replaced, left out, re-timed or re-framed is located to the frame, and labels are looked
    for on the picture. Its page goes to out/final-cut.html.
    """
    _require_together(
        {"--file": file, "--negative": negative},
        {"--html": html, "--pdf": pdf, "--package": package},
    )
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or file is None))
    room = AuditRoom(studio)
    if negative is not None:
        _negative(room, negative, output, as_json=as_json)
    report = room.report(tuple(pack or ()))
    if file is not None:
        _final_cut(studio, report, file, as_json=as_json)
    written = [studio.folder.publish("audit.json", report.text().encode())]
    page = room.page(report, language.value)
    written.append(studio.folder.publish("audit.html", page))
    written += [_written(page, html)] if html is not None else []
    written += [_written(room.paper(report, language.value), pdf)] if pdf is not None else []
    if package is not None:
        papers = {"with_masters": with_masters, "with_papers": with_papers}
        written.append(room.package(report, package, **papers))
    show(report.document(), [*_lines(report), *map(str, written)], as_json=as_json)
    raise typer.Exit(ExitCode.DONE if report.verdict is Status.PASSED else ExitCode.FINDINGS)


def _require_together(alone: Mapping[str, object], reports: Mapping[str, object]) -> None:
    """Refuse to leave out without a word what was asked for.

    Args:
        alone: Options that write a report of their own.
        reports: Options that write the audit in other forms.
    """
    own = [name for name, given in alone.items() if given is not None]
    others = [name for name, given in reports.items() if given is not None]
    if len(own) > 1 or (own and others):
        raise UsageError(
            f"{' and '.join((*own, *others))} do not go together",
            why=f"{own[0]} writes a report of its own",
            next_step="run the command once for each",
        )


def _written(data: bytes, target: Path) -> Path:
    publish_bytes(data, target)
    return target


def _negative(room: AuditRoom, shot: str, output: Path | None, *, as_json: bool) -> NoReturn:
    """Make a negative proof and write it; refused where the lineage does not carry it."""
    if output is None:
        raise UsageError("a negative proof is a file", next_step="say where: -o FILE.proof")
    statement, proof = room.negative(shot)
    publish_bytes(proof.encode(), output)
    lines = [
        statement.says,
        *(f"  not known: {limit}" for limit in statement.limits),
        str(output),
        f"anyone can check it with: generique verify {output}",
    ]
    show({"schema": "generique/negative/1", **statement.to_json()}, lines, as_json=as_json)
    raise typer.Exit(ExitCode.DONE)


def _final_cut(studio: Studio, report: AuditReport, file: Path, *, as_json: bool) -> NoReturn:
    """Audit a delivered file too; its findings are shown beside the others, and kept apart."""
    found = studio.final_cut.audit(file, studio.sealed_lineage())
    whole = report.with_rules(found.rules())
    document = {
        **whole.document(),
        "file": file.name,
        "final_cut": {
            "language": found.language,
            "whole": found.whole.to_json(),
            "discrepancies": [one.to_json() for one in found.discrepancies],
        },
        "identified": found.identified.document(),
    }
    pictures = thumbnails(studio.bench, file, middle_frames(found.identified))
    page = identify_page(file.name, found.identified, pictures, found.rules())
    studio.folder.publish("final-cut.json", (json.dumps(document, indent=2) + "\n").encode())
    shown = studio.folder.publish("final-cut.html", page.encode())
    lines = [f"{file.name} against the sealed master ({found.language})", *_lines(whole)]
    show(document, [*lines, str(shown)], as_json=as_json)
    raise typer.Exit(ExitCode.DONE if whole.verdict is Status.PASSED else ExitCode.FINDINGS)


def _lines(report: AuditReport) -> list[str]:
    lines = [f"{report.title}: {report.verdict.value}"]
    for rule in report.rules:
        who = f"  (for the {rule.who})" if rule.who else ""
        lines.append(f"  {rule.status.value:<14} {rule.id:<12} {rule.title}{who}")
        if rule.status in {Status.OPEN, Status.FAILED}:
            lines += [f"          {line}" for line in rule.evidence]
            lines += [f"          lifted by: {rule.lift}"] if rule.lift else []
    lines += [f"  {package.readiness.value:<20} {package.title}" for package in report.disclosures]
    shares = ", ".join(f"{name} {share:.0%}" for name, share in report.shares.items() if share)
    lines.append(f"  on picture: {shares}")
    return lines
