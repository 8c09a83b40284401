"""What commands share: options, results on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from generique.machineroom.files import storage_error
from generique.machineroom.folder import DiskFolder, find_production
from generique.model.errors import UsageError
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

_PLAIN_EVERY = 5.0


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


class PlainProgress:
    """Progress as lines: one a step, and one every few seconds within it."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._told = 0.0
        self._what = ""

    def step(self, name: str, state: str) -> None:
        """Tell that a step began, was found done, or ended."""
        typer.echo(harmless(f"{name}: {state}"), err=True)
        self._what = ""

    def advance(self, done: int, total: int, what: str) -> None:
        """Tell how far a step is, with the time left."""
        now = time.monotonic()
        if what != self._what:
            self._what, self._since, self._told = what, now, now
        elif now - self._told >= _PLAIN_EVERY and done:
            self._told = now
            left = (now - self._since) * (total - done) / done
            typer.echo(f"  {what}: {done} of {total}, {left:.0f} s left", err=True)


class SilentProgress:
    """No progress at all."""

    def step(self, name: str, state: str) -> None:
        """Say nothing."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Say nothing."""


class BarProgress:
    """Progress as a bar on a terminal, with the time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("  {task.description}", markup=False),
            BarColumn(bar_width=32),
            TextColumn("{task.completed}/{task.total}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: Any = None
        self._what = ""

    def step(self, name: str, state: str) -> None:
        """Print a line above the bar, and end the bar."""
        self._bar.stop()
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None
        self._what = ""
        self._bar.console.print(f"{name}: {state}", highlight=False, markup=False)

    def advance(self, done: int, total: int, what: str) -> None:
        """Move the bar."""
        if what != self._what:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._what = what
            self._task = self._bar.add_task(what, total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done)


def progress_for(*, quiet: bool) -> PlainProgress | SilentProgress | BarProgress:
    """The progress that fits where standard error goes."""
    if quiet:
        return SilentProgress()
    return BarProgress() if sys.stderr.isatty() else PlainProgress()
