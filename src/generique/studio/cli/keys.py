"""``generique keys``: the public keys of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.keys import KeyRing
from generique.studio.cli.console import AsJson, show
from generique.studio.settings import Settings

app = typer.Typer(help="Show or save the public keys of this machine.", add_completion=False)


@app.command()
def keys(
    save: Annotated[
        Path | None, typer.Option(help="Folder to write the public keys and the root into.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show the public keys that others check signatures of this machine with."""
    ring = KeyRing(Settings().home / "keys")
    ring.studio()
    public = ring.public_keys()
    root = ring.root_certificate()
    if save is not None:
        ring.export(save)
    show(
        {
            "schema": "generique/keys/1",
            "keys": [{"name": key.name, "vkey": key.vkey} for key in public],
            "root": root,
        },
        [key.vkey for key in public],
        as_json=as_json,
    )
