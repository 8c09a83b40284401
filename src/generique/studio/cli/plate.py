"""``generique plate``: a take again, as files for compositing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.folder import DiskFolder, find_production
from generique.machineroom.plate_folder import PlateFolders
from generique.model.element import Quality
from generique.model.errors import UsageError
from generique.production.plate import PlateWish
from generique.studio.cli.console import AsJson, FolderOption, Quiet, progress_for, show
from generique.studio.cli.options import read_range
from generique.studio.settings import Settings
from generique.studio.wiring import Studio, scratch_folder

app = typer.Typer(
    help="Draw a take again with depth, normals, movement, mattes and its camera, as OpenEXR.",
    add_completion=False,
)

_WIDTHS = (64, 8192)


@app.command()
def plate(
    take: Annotated[str, typer.Argument(help="A take, for example 1-1.t1.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder; what is in it is not drawn again.")
    ],
    frames: Annotated[
        str | None, typer.Option(help="First and last frame, counted from 0: 0-10. All by default.")
    ] = None,
    quality: Annotated[
        Quality | None, typer.Option(help="Other effort than the take's; its pixels then differ.")
    ] = None,
    *,
    without_sky: Annotated[
        bool, typer.Option("--without-sky", help="Leave the sky away; alpha says where it was.")
    ] = False,
    weather_apart: Annotated[
        bool, typer.Option("--weather-apart", help="Smoke, rain and snow in a layer of their own.")
    ] = False,
    panorama: Annotated[
        bool,
        typer.Option("--panorama", help="A picture all round instead of frames, to light with."),
    ] = False,
    movie: Annotated[
        bool, typer.Option("--movie", help="The picture alone, as one movie of ten bits.")
    ] = False,
    width: Annotated[int, typer.Option(help="Of the panorama, in pixels.")] = 2048,
    at: Annotated[
        str | None,
        typer.Option(help="Where it is seen from, X,Y,Z metres; where the camera is by default."),
    ] = None,
    production: FolderOption = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Draw a take again as a sequence of OpenEXR files with its camera, from its recorded scene."""
    parts = without_sky or weather_apart or frames is not None
    _check(panorama=panorama, movie=movie, at=at, width=width, parts=parts)
    wish = PlateWish(
        take=take,
        movie=movie,
        frames=None if frames is None else read_range(frames),
        quality=quality,
        sky=not without_sky,
        weather=not weather_apart,
        panorama=width if panorama else None,
        at=None if at is None else _point(at),
    )
    studio = _studio(production, quiet=quiet or as_json)
    made = studio.plates.make(wish, PlateFolders(output))
    lines = [f"{output}: {len(made.files)} files of {made.take}"]
    show(made.document(), lines + [f"note: {text}" for text in made.warnings], as_json=as_json)


def _studio(production: Path | None, *, quiet: bool) -> Studio:
    """The production given or found, else the scratch one, where prompts alone are shot."""
    progress = progress_for(quiet=quiet)
    found = production or find_production(Path.cwd())
    if found is not None:
        return Studio(DiskFolder(found), progress)
    return Studio(DiskFolder(scratch_folder(Settings())), progress, scratch=True)


def _point(text: str) -> tuple[float, float, float]:
    number = r"(-?\d{1,6}(?:\.\d{1,6})?)"
    match = re.fullmatch(rf"{number},{number},{number}", text.replace(" ", ""))
    if match is None:
        raise UsageError(f"{text!r} is no point", next_step="write X,Y,Z in metres: 0,25.5,1.7")
    return float(match[1]), float(match[2]), float(match[3])


def _check(*, panorama: bool, movie: bool, at: str | None, width: int, parts: bool) -> None:
    """Refuse what does not go together.

    Raises:
        UsageError: Says what to leave out.
    """
    if not panorama and at is not None:
        raise UsageError("--at is for a panorama", next_step="add --panorama, or leave --at out")
    if panorama and not (_WIDTHS[0] <= width <= _WIDTHS[1] and width % 4 == 0):
        raise UsageError(
            f"a panorama cannot be {width} pixels wide",
            next_step=f"give a multiple of 4 from {_WIDTHS[0]} to {_WIDTHS[1]}",
        )
    if movie and (panorama or parts):
        raise UsageError(
            "a movie is the whole picture of the take",
            next_step="leave the other options out, or make EXR files",
        )
