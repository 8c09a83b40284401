"""``generique extend``: footage before a screen, put into the set of a take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.files import publish_file
from generique.machineroom.plate_mattes import FolderMattes
from generique.model.errors import UsageError
from generique.production.extend import ExtensionRoom, Wish
from generique.studio.cli.console import (
    AsJson,
    FolderOption,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Put footage that was shot before a screen into the set of a take.", add_completion=False
)

SCREENS = {"green": (0.05, 0.40, 0.10), "blue": (0.03, 0.08, 0.40)}
"""Colours of usual screens, linear light."""
_GAMMA = 2.4


@app.command()
def extend(
    medium: Annotated[str, typer.Argument(help="The footage, a file of media/media.toml.")],
    take: Annotated[str, typer.Argument(help="The set, for example 1-1.t1.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where it is written, .mp4.")],
    key: Annotated[
        str, typer.Option(help="The screen: green, blue, or its own colour, #rrggbb.")
    ] = "green",
    plate: Annotated[
        Path | None, typer.Option(help="Folder of the take's plate, for what stands in front.")
    ] = None,
    front: Annotated[
        list[str] | None,
        typer.Option(help="What of the plate stands before the footage: tree-12, lamp."),
    ] = None,
    *,
    production: FolderOption = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Key footage, match the take's colour, black, blur and grain to it, and lay it over."""
    if output.suffix != ".mp4":
        raise UsageError("it is written as .mp4", next_step="for example: -o scene.mp4")
    wish = Wish(medium=medium, take=take, key=_colour(key), front=tuple(front or ()))
    mattes = None if plate is None else FolderMattes(plate)
    studio = Studio(open_folder(production), progress_for(quiet=quiet or as_json))
    room = ExtensionRoom(studio.folder, studio.machine, studio.door, studio.bench)
    made = room.extend(wish, mattes)
    publish_file(studio.vault.path(made.file), output)
    lines = [f"{output}: {made.frames} frames, {made.medium} in {made.take}, altered"]
    show(made.document(), lines, as_json=as_json)


def _colour(text: str) -> tuple[float, float, float]:
    if text in SCREENS:
        return SCREENS[text]
    match = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", text)
    if match is None:
        raise UsageError(f"{text!r} is no colour", next_step="write green, blue or #rrggbb")
    red, green, blue = ((int(part, 16) / 255) ** _GAMMA for part in match.groups())
    return red, green, blue
