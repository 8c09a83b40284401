"""``generique audit``: every element with its rights, approval and credit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from generique.machineroom.thumbnails import thumbnails
from generique.model.errors import ExitCode, UsageError
from generique.production.audit import AuditReport, Status
from generique.production.withdrawal import with_withdrawals
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.identify_page import identify_page, middle_frames
from generique.studio.pages import audit_page
from generique.studio.wiring import Studio

app = typer.Typer(
    help="List every element with its rights, approval and credit.", add_completion=False
)


@app.command()
def audit(
    folder: FolderArgument = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="A delivered file, held against the sealed master."),
    ] = None,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Audit the film as it was last made, from its ledger; writes out/audit.html and .json.

    With --file, the pixels of a finished file are compared with the sealed master as well: what was
    cut in, replaced, left out, re-timed or re-framed is located to the frame, and labels are looked
    for on the picture. Its page goes to out/final-cut.html.
    """
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or file is None))
    report = studio.last_report()
    if report is None:
        raise UsageError(
            "there is no film to audit yet",
            where=str(studio.folder.root),
            next_step="make it first with: generique produce",
        )
    report = with_withdrawals(report, studio.impacts())
    if file is not None:
        _final_cut(studio, report, file, as_json=as_json)
    studio.folder.publish("audit.json", report.text().encode())
    page = studio.folder.publish("audit.html", audit_page(report).encode())
    show(report.document(), [*_lines(report), str(page)], as_json=as_json)
    raise typer.Exit(ExitCode.DONE if report.verdict is Status.PASSED else ExitCode.FINDINGS)


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
        lines.append(f"  {rule.status.value:<7} {rule.id:<12} {rule.title}{who}")
        if rule.status is not Status.PASSED:
            lines += [f"          {line}" for line in rule.evidence]
    shares = ", ".join(f"{name} {share:.0%}" for name, share in report.shares.items() if share)
    lines.append(f"  on picture: {shares}")
    return lines
