"""``generique plan``: every step, its cost and every refusal, before doing anything."""

from __future__ import annotations

import typer

from generique.model.element import Quality
from generique.model.errors import ExitCode
from generique.model.refusal import paragraphs
from generique.production.plan import Plan
from generique.studio.cli.console import AsJson, FolderArgument, open_folder, progress_for, show
from generique.studio.cli.options import QualityOption
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Show every step, its cost and every refusal, before doing anything.", add_completion=False
)


@app.command()
def plan(
    folder: FolderArgument = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    as_json: AsJson = False,
) -> None:
    """Show what would be done; nothing is made and nothing is spent."""
    found = Studio(open_folder(folder), progress_for(quiet=True)).planner.plan(quality)
    document = {"schema": "generique/plan/1", **found.to_json()}
    show(document, _lines(found), as_json=as_json)
    if any(not refusal.capability for refusal in found.refusals):
        raise typer.Exit(ExitCode.REFUSED)
    raise typer.Exit(ExitCode.NOT_CAPABLE if found.refusals else ExitCode.DONE)


def _lines(found: Plan) -> list[str]:
    lines = []
    for step in found.steps:
        backend = f" [{step.backend}]" if step.backend else ""
        time = f"  about {step.seconds:.0f} s" if step.seconds else ""
        lines.append(f"{step.state:>12}  {step.name}{backend}{time}")
    lines += [
        "     REFUSED  " + told.replace("\n", "\n" + " " * 10)
        for told in paragraphs(found.refusals)
    ]
    exact = "" if found.exact else "; lengths of lines are assumed until they are spoken"
    lines.append(f"in all about {found.seconds:.0f} s, {found.cost} {found.currency}{exact}")
    return lines
