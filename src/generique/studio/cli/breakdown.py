"""``generique breakdown``: the screenplay becomes the shot list."""

from __future__ import annotations

import typer

from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.wiring import Studio

app = typer.Typer(help="Read the screenplay into the shot list.", add_completion=False)


@app.command()
def breakdown(
    folder: FolderArgument = None, *, quiet: Quiet = False, as_json: AsJson = False
) -> None:
    """Read the screenplay and write shots.toml; what people changed there stays."""
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    script = studio.producer.breakdown()
    shots = script.shots.shots
    show(
        {"schema": "generique/breakdown/1", **script.shots.to_json()},
        [f"{shot.id}: {shot.prompt or (shot.media and shot.media.file)}" for shot in shots],
        as_json=as_json,
    )
