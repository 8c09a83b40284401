"""Progress on standard error: as lines, as a bar, or not at all."""

from __future__ import annotations

import time
from typing import Any

import typer

from generique.studio.terminal import harmless

_PLAIN_EVERY = 5.0


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
