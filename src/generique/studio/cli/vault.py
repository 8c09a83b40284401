"""``generique vault``: what the vault holds."""

from __future__ import annotations

import typer

from generique.model.errors import ExitCode
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show
from generique.studio.wiring import Studio

app = typer.Typer(help="Check what the vault holds.", add_completion=False, no_args_is_help=True)


@app.callback()
def vault() -> None:
    """What the vault holds."""


@app.command()
def check(production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """Read every file of the vault again and compare it with its digest."""
    faults = Studio(open_folder(production), progress_for(quiet=True)).vault.check()
    show(
        {"schema": "generique/vault/1", "faults": [fault.to_json() for fault in faults]},
        [f"{fault.name}: {fault.code}: {fault.why}" for fault in faults]
        or ["every file is what its digest says"],
        as_json=as_json,
    )
    raise typer.Exit(ExitCode.DAMAGED if faults else ExitCode.DONE)
