"""What commands share: options, results on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from generique.machineroom.files import storage_error
from generique.machineroom.folder import DiskFolder, find_production
from generique.model.errors import UsageError
from generique.studio.progress import BarProgress, PlainProgress, SilentProgress
from generique.studio.terminal import harmless

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
FolderArgument = Annotated[
    Path | None,
    typer.Argument(help="The production's folder; the nearest one above by default."),
]
FolderOption = Annotated[
    Path | None,
    typer.Option("--production", "-p", help="The production's folder."),
]


def open_folder(given: Path | None) -> DiskFolder:
    """The production given, or the nearest at or above the working folder.

    Raises:
        UsageError: There is none.
    """
    found = given or find_production(Path.cwd())
    if found is None:
        raise UsageError(
            "no production here",
            where=str(Path.cwd()),
            next_step="give its folder, or make one with: generique new FOLDER",
        )
    return DiskFolder(found)


def show(document: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    """Print a command's result: one JSON document, or lines for people."""
    text = [harmless(line) for line in lines]
    if as_json:
        text = [json.dumps(document, ensure_ascii=False, indent=2)]
    try:
        for line in text:
            typer.echo(line)
    except BrokenPipeError:
        raise  # Typer knows what to do when nobody reads any more
    except OSError as error:
        raise storage_error(error, Path("standard output")) from error


def progress_for(*, quiet: bool) -> PlainProgress | SilentProgress | BarProgress:
    """The progress that fits where standard error goes."""
    if quiet:
        return SilentProgress()
    return BarProgress() if sys.stderr.isatty() else PlainProgress()
