"""``generique new``: the folder of a new production."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.clock import SystemClock
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

_USES = """\
# What generators are used for, declared by a person before anything is made. Nothing is generated
# that is not declared here, and a question left "unknown" is no declaration. Answer each with
# "yes", "no" or "unsure", and put the short name of whoever answers for it after "by".
schema = "generique/uses/1"

[[use]]
id = "first-scene"
kinds = ["shot", "voice", "music", "effect"]
backends = ["world", "pico", "score", "foley"]
purpose = "Establishing shots, narration, music and sound of the first scene."
inputs = ["own"]               # own, proprietary, personal-data, third-party
triage = "background"          # ideation, background, key-visual, talent-replication, ...
by = "nobody"
on = "{today}"

[use.principles]
owned_traits = "unknown"       # yes: it recreates no recognisable traits of works of others
not_kept = "unknown"           # yes: the tools keep nothing and train on nothing
secured = "unknown"            # yes: they run where the production's material is secured
temporary = "unknown"          # yes: the results are temporary, or cleared for the cut on their own
no_replacement = "unknown"     # yes: no performance or covered work is replaced without consent
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
    uses = _USES.format(today=SystemClock().now()[:10])
    publish_bytes(uses.encode(), folder / "rights" / "uses.toml")
    publish_bytes(b".generique/\nout/\n", folder / ".gitignore")
    quoted = shlex.quote(str(folder))
    show(
        {"schema": "generique/new/1", "folder": str(folder), "id": name},
        [
            f"made {folder}",
            f'next: generique person add NAME --name "…" --role director -p {quoted}',
            f"then: answer {folder / 'rights' / 'uses.toml'} in that name",
            f"then: generique plan {quoted}",
        ],
        as_json=as_json,
    )
