"""``generique reproduce``: make a take again and compare."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from generique.model.errors import ExitCode
from generique.production.reproduce import Reproduction
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.wiring import Studio

app = typer.Typer(help="Make a take again and say whether it is the same.", add_completion=False)


@app.command()
def reproduce(
    take: Annotated[str, typer.Argument(help="A take, for example 1-1.t1.")],
    folder: FolderArgument = None,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a take again from its recorded recipe, apart; the ledger keeps what came of it."""
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    with TemporaryDirectory(prefix="generique-reproduce-") as apart:
        found = studio.rehearsal(Path(apart)).reproduce(take)
    show(found.document(), _lines(found), as_json=as_json)
    raise typer.Exit(ExitCode.DONE if found.same else ExitCode.FINDINGS)


def _lines(found: Reproduction) -> list[str]:
    lines = [found.explanation]
    lines += [f"  {item.what}: {item.then} then, {item.now} now" for item in found.conditions]
    apart = found.comparison
    if apart is not None:
        began = f"from {apart.unit} {apart.first} on" if apart.first is not None else "nowhere seen"
        lines.append(f"  differs {began}, PSNR {apart.psnr} dB, at most {apart.largest:g}")
    return lines
