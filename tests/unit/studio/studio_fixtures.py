"""Commands in this process, with the canned backend on the shelf."""

from __future__ import annotations

import importlib.metadata
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from generique.studio.cli import main as command_line
from generique.testing.productions import TinyFilm

FILM = replace(
    TinyFilm(),
    languages=("en",),
    shots=TinyFilm().shots[:1],
    media=0.0,
    effect="",
    raster=(320, 180),
    credits_seconds=20.0,
)


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in this process, with the canned backend on the shelf and a home of its own."""
    canned = EntryPoint("canned", "generique.testing.canned:CannedBackend", "generique.backends")
    trained = EntryPoint(
        "trained", "generique.testing.canned:TrainedCannedBackend", "generique.backends"
    )
    found = importlib.metadata.entry_points

    def points(*, group: str) -> tuple[EntryPoint, ...]:
        return (*found(group=group), canned, trained)

    monkeypatch.setattr("generique.machineroom.shelf.entry_points", points)
    monkeypatch.setenv("GENERIQUE_HOME", str(tmp_path / "home"))
    before = signal.getsignal(signal.SIGTERM)

    def call(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["generique", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            command_line.main()
        signal.signal(signal.SIGTERM, before)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "unforeseen" not in said.err, said.err
        code = left.value.code
        assert isinstance(code, int)
        return Said(code, said.out, said.err)

    return call


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return FILM.write(tmp_path / "film")
