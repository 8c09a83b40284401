"""``generique new``: the folder of a new production."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.files import publish_bytes
from generique.machineroom.folder import PRODUCTION_FILE
from generique.model.errors import UsageError
from generique.studio.cli.console import AsJson, show

app = typer.Typer(help="Make the folder of a new production.", add_completion=False)

_PRODUCTION = """\
schema = "generique/production/1"
id = "{id}"
title = "{title}"
languages = ["en"]
genre = "documentary"
raster = {{ width = 1280, height = 720 }}
rate = "24"

[backends]
shot = "world"
voice = "pico"
music = "score"
effect = "foley"

[music]
prompt = "sparse piano, calm"
bpm = 72.0
"""

_SCRIPT = """\
Title: {title}

EXT. A SUBURB IN CANADA - NIGHT

[[shot: night aerial over a Canadian residential suburb in light snow, slow push-in, ~5 s]]

Nobody is up.

NARRATOR (V.O.)
Nothing moves but the snow.
"""


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    title: Annotated[str, typer.Option(help="Title of the film.")] = "Untitled",
    *,
    as_json: AsJson = False,
) -> None:
    """Make a folder with settings and a first scene, ready for: generique plan."""
    if (folder / PRODUCTION_FILE).exists() or (folder / "script.fountain").exists():
        raise UsageError(
            f"{folder} holds a production already",
            next_step="give another folder; nothing was changed",
        )
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")[:64] or "production"
    plain = "".join(mark if mark.isprintable() else " " for mark in title)
    safe = " ".join(plain.replace("\\", "").replace('"', "'").split()) or "Untitled"
    publish_bytes(_PRODUCTION.format(id=name, title=safe).encode(), folder / PRODUCTION_FILE)
    publish_bytes(_SCRIPT.format(title=safe).encode(), folder / "script.fountain")
    publish_bytes(b".generique/\nout/\n", folder / ".gitignore")
    show(
        {"schema": "generique/new/1", "folder": str(folder), "id": name},
        [f"made {folder}; next: generique plan {folder}"],
        as_json=as_json,
    )
