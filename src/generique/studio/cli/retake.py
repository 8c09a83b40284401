"""``generique retake``: another take of a shot, differently."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from generique.model.element import Quality
from generique.production.direction import direct_retake
from generique.studio.cli.console import (
    AsJson,
    FolderOption,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.cli.options import QualityOption
from generique.studio.wiring import Studio

app = typer.Typer(help="Make another take of a shot, differently.", add_completion=False)


@app.command()
def retake(
    shot: Annotated[str, typer.Argument(help="The shot, for example 1-1.")],
    note: Annotated[str, typer.Argument(help='What is different: "slower, less snow".')],
    production: FolderOption = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a new take beside the old one; the cut uses it once it is approved."""
    studio = Studio(open_folder(production), progress_for(quiet=quiet or as_json))
    spotted = studio.producer.spot()
    order = studio.producer.retake_order(spotted, shot, note, quality)
    direct_retake(shot, note, spotted.script.shots, studio.journal)
    take = studio.producer.shoot(order).take
    show(
        {
            "schema": "generique/shoot/1",
            "take": take.id,
            "file": str(studio.vault.path(take.file)),
            "seed": take.seed,
            "scene": json.loads(studio.vault.read(take.scene)) if take.scene else None,
            "warnings": list(take.warnings),
        },
        [f"{take.id}: waits for review", *take.warnings],
        as_json=as_json,
    )
