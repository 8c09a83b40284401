"""``generique master``: the signed masters."""

from __future__ import annotations

import typer

from generique.studio.cli.produce import produce

app = typer.Typer(help="Make the signed masters.", add_completion=False)
app.command(name="master", help="Make the signed masters; whatever they need is made first.")(
    produce
)
