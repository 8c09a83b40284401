"""A picture mark of another make: the master is marked with it, and copies are read by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import Machine
from flicker_mark import FlickerMark, Frame, install_flicker

from generique.machineroom.bench import MediaBench
from generique.machineroom.ffmpeg import Encoder
from generique.testing.drawn_shots import shot
from generique.testing.mark_contract import PictureMarkContract
from generique.testing.productions import TinyFilm, install_canned

pytestmark = pytest.mark.film

SHORT = TinyFilm(
    languages=("en",), shots=(), media=2.0, effect="", music="", raster=(640, 360),
    credits_seconds=8.0,
)  # fmt: skip


class TestFlickerMark(PictureMarkContract):
    def plugin(self) -> FlickerMark:
        return FlickerMark()

    def shot(self) -> tuple[Frame, ...]:
        return tuple(np.clip(frame, 8, 247) for frame in shot(320, 180, 12))


@dataclass(frozen=True)
class Marked:
    """A film whose masters carry the flicker, and a copy of one that has lost its credential."""

    machine: Machine
    bare: Machine
    folder: Path
    copy: Path


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    room = tmp_path_factory.mktemp("flicker")
    bare = Machine.at(room)
    machine = replace(bare, plugins=install_canned(install_flicker(room / "with")))
    folder = SHORT.write(room / "tiny")
    settings = folder / "production.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("seed =", 'marks = ["builtin", "flicker"]\nseed =', 1))
    return Marked(machine, bare, folder, room / "copy.mp4")


def marks_told(document: dict[str, Any]) -> list[tuple[str, bool]]:
    """Title of each shot, and whether the flicker speaks for it."""
    return [
        (one["title"], any("flicker" in item["says"] for item in one["evidence"]))
        for one in document["segments"]
        if one["class"]
    ]


def test_a_mark_that_is_not_installed_stops_before_anything_is_made(film: Marked) -> None:
    said = film.bare.run("produce", film.folder, "--demo-review")
    assert said.code == 5
    assert "there is no picture mark 'flicker'" in said.err
    assert "done" not in said.err


def test_the_master_bears_the_mark_and_its_copy_is_read_by_it(film: Marked) -> None:
    said = film.machine.run("produce", film.folder, "--demo-review")
    assert said.code == 0, said.err
    master, bench = film.folder / "out" / "master.en.mp4", MediaBench()
    facts = bench.picture_facts(master)
    encoder = Encoder(film.copy, facts.raster, facts.rate, crf=23)
    for frame in bench.frames(master, 0, facts.frames, facts.raster):
        encoder.write(frame)
    encoder.close()
    found = film.machine.run("identify", film.copy, "--json")
    assert marks_told(found.document) == [("A finch", True)], found.err
    without = film.bare.run("identify", film.copy, "--json")
    assert marks_told(without.document) == [("A finch", False)]
    assert "mark flicker: not installed, not read" in without.err
    stated = film.machine.run("verify", master, "--json")
    assert stated.code == 0, stated.err
