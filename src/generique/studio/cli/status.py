"""``generique status``: what is done, and what waits for whom."""

from __future__ import annotations

import typer

from generique.model.element import Quality
from generique.production.status import status as status_of
from generique.studio.cli.console import AsJson, FolderArgument, open_folder, progress_for, show
from generique.studio.cli.options import QualityOption
from generique.studio.wiring import Studio

app = typer.Typer(help="Show what is done, and what waits for whom.", add_completion=False)


@app.command()
def status(
    folder: FolderArgument = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    as_json: AsJson = False,
) -> None:
    """Show every element, its takes, what waits for whom, and the cost so far."""
    studio = Studio(open_folder(folder), progress_for(quiet=True))
    found = status_of(
        studio.planner.plan(quality),
        studio.journal,
        studio.vault,
        studio.impacts(),
        studio.clearing.contract,
    )
    lines = [
        f"{row.element:<14} {row.take or '-':<18} {row.state:<14} "
        + (f"waits for the {row.waits_for}" if row.waits_for else "")
        for row in found.rows
    ]
    lines += [*found.withdrawn, found.summary]
    show({"schema": "generique/status/1", **found.to_json()}, lines, as_json=as_json)
