"""``generique extend``: real footage, put into the set of a take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.files import publish_file
from generique.machineroom.matte_files import MatteFiles, StillFile
from generique.machineroom.plate_mattes import FolderMattes
from generique.model.errors import ExitCode, UsageError
from generique.production.cutting import OWN, Scissors
from generique.production.extend import Wish
from generique.production.extend_light import SIDES
from generique.studio.cli.console import (
    AsJson,
    FolderOption,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.cli.options import read_range
from generique.studio.wiring import Studio
from generique.world.plates.light_direction import turn_between

app = typer.Typer(help="Put real footage into the set of a take.", add_completion=False)

SCREENS = {"green": (0.05, 0.40, 0.10), "blue": (0.03, 0.08, 0.40)}
"""Colours of usual screens, linear light."""
_GAMMA = 2.4


Key = Annotated[
    str | None,
    typer.Option(
        help="The screen: green, blue, or its own colour, #rrggbb. Green where nothing else is "
        "given to cut with."
    ),
]
Clean = Annotated[
    str | None,
    typer.Option(
        help="Instead of a screen: a picture of the same view without what is filmed, or auto, "
        "which finds it in the footage of a camera that stands still."
    ),
]
MatteOption = Annotated[
    Path | None,
    typer.Option(
        help="What is kept, white: a picture for all frames, or a folder with one for each."
    ),
]
SunFrom = Annotated[
    str | None,
    typer.Option(
        help="Where the light on the footage comes from: left, right, front, behind, or degrees "
        "clockwise from the line of sight. Measured by default."
    ),
]


@app.command()
def extend(
    medium: Annotated[str, typer.Argument(help="The footage, a file of media/media.toml.")],
    take: Annotated[str, typer.Argument(help="The set, for example 1-1.t1.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where it is written, .mp4.")],
    key: Key = None,
    clean: Clean = None,
    matte: MatteOption = None,
    plate: Annotated[
        Path | None, typer.Option(help="Folder of the take's plate, for what stands in front.")
    ] = None,
    front: Annotated[
        list[str] | None,
        typer.Option(help="What of the plate stands before the footage: tree-12, lamp."),
    ] = None,
    frames: Annotated[
        str | None,
        typer.Option(help="First and last frame of the footage, counted from 0. All by default."),
    ] = None,
    sun_from: SunFrom = None,
    *,
    turn_sky: Annotated[
        bool,
        typer.Option(
            "--turn-sky", help="Shoot the set again under a sky turned to the footage's light."
        ),
    ] = False,
    accept_movement: Annotated[
        bool,
        typer.Option("--accept-movement", help="Although the cameras do not move alike."),
    ] = False,
    production: FolderOption = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Cut footage out, match the take's colour, black, blur and grain to it, and lay it over."""
    if output.suffix != ".mp4":
        raise UsageError("it is written as .mp4", next_step="for example: -o scene.mp4")
    wish = Wish(
        medium=medium,
        take=take,
        front=tuple(front or ()),
        frames=None if frames is None else read_range(frames),
        sun_from=None if sun_from is None else _bearing(sun_from),
        turn_sky=turn_sky,
        accept_movement=accept_movement,
    )
    scissors = _scissors(key, clean, matte)
    mattes = None if plate is None else FolderMattes(plate)
    studio = Studio(open_folder(production), progress_for(quiet=quiet or as_json))
    made = studio.extensions.extend(wish, scissors, mattes)
    publish_file(studio.vault.path(made.file), output)
    lines = [f"{output}: {made.frames} frames, {made.medium} in {made.take}, altered"]
    lines += [f"finding: {text}" for text in made.findings]
    lines += [f"note: {text}" for text in made.remarks]
    show(made.document(), lines, as_json=as_json)
    raise typer.Exit(ExitCode.FINDINGS if made.findings else ExitCode.DONE)


def _scissors(key: str | None, clean: str | None, matte: Path | None) -> Scissors:
    if clean is None and matte is None:
        return Scissors(colour=_colour(key or "green"))
    given = None if clean in (None, OWN) else StillFile(Path(clean or ""))
    return Scissors(
        colour=None if key is None else _colour(key),
        clean=OWN if clean == OWN else given,
        mattes=None if matte is None else MatteFiles(matte),
    )


def _bearing(text: str) -> float:
    if text in SIDES:
        return SIDES[text]
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,2})?", text) is None or abs(float(text)) > 360:
        raise UsageError(
            f"{text!r} is no side", next_step="write left, right, front, behind, or degrees: -45"
        )
    return turn_between(0, float(text))


def _colour(text: str) -> tuple[float, float, float]:
    if text in SCREENS:
        return SCREENS[text]
    match = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", text)
    if match is None:
        raise UsageError(f"{text!r} is no colour", next_step="write green, blue or #rrggbb")
    red, green, blue = ((int(part, 16) / 255) ** _GAMMA for part in match.groups())
    return red, green, blue
