"""Killed at any moment, the same command finishes the same film and repeats no finished step."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import Machine

from generique.ledger.envelope import open_envelope
from generique.machineroom.database import open_database
from generique.machineroom.ledger_store import SqlEntryStore
from generique.testing.productions import WORLD_FILM, TinyFilm

pytestmark = pytest.mark.film

SHORT = replace(TinyFilm(), languages=("en",), shots=TinyFilm().shots[:1], effect="")
"""One shot, one clip, one language: every kind of step, few of each."""


class Killed:
    """A run of a command that is killed when a line of its progress says so.

    Args:
        machine: Where it runs.
        words: The command.
    """

    def __init__(self, machine: Machine, *words: object) -> None:
        self.process = machine.start(*words)
        self.lines: list[str] = []

    def read(self, kill_at: Callable[[str], bool]) -> int:
        """Read progress to the end, or until a line at which to kill; returns the exit status."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip())
            if kill_at(self.lines[-1]):
                self.kill()
                break
        rest, _ = self.process.communicate(timeout=120)
        assert "Traceback" not in rest
        return self.process.returncode

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)

    def done(self) -> Iterator[str]:
        """Names of the steps that this run finished."""
        for line in self.lines:
            name, _, state = line.rpartition(": ")
            if state == "done":
                yield name


def essences(machine: Machine, folder: Path) -> dict[str, str]:
    said = machine.run("produce", folder, "--quality", "draft", "--demo-review", "--json")
    assert said.code == 0, said.err
    found: dict[str, str] = said.document["essences"]
    return found


def steps_in_ledger(folder: Path) -> Counter[str]:
    """How often the ledger says that each step was done, by recipe and inputs."""
    store = SqlEntryStore(open_database(folder / ".generique" / "ledger.sqlite"))
    counted: Counter[str] = Counter()
    for index, data in store.entries():
        facts = open_envelope(data, where=f"entry {index}").statement().predicate
        if "recipe" in facts:
            counted[json.dumps([facts["recipe"], facts["inputs"]], sort_keys=True)] += 1
    return counted


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the short film comes to when nobody disturbs it."""
    room = tmp_path_factory.mktemp("undisturbed")
    return essences(Machine.at(room), SHORT.write(room / "film"))


def test_killed_at_every_step_boundary(undisturbed: dict[str, str], tmp_path: Path) -> None:
    machine = Machine.at(tmp_path)
    folder = SHORT.write(tmp_path / "film")
    seen: set[str] = set()
    finished: Counter[str] = Counter()

    def first_of_its_kind(line: str) -> bool:
        name, _, state = line.rpartition(": ")
        new = state == "done" and name not in seen
        seen.update({name} if new else ())
        return new

    status = -signal.SIGKILL
    while status == -signal.SIGKILL:
        run = Killed(machine, "produce", folder, "--quality", "draft", "--demo-review")
        status = run.read(first_of_its_kind)
        finished.update(run.done())
    assert status == 0
    assert len(seen) >= 14, seen
    assert set(steps_in_ledger(folder).values()) == {1}
    assert set(finished.values()) == {1}, finished
    assert essences(machine, folder) == undisturbed
    assert machine.run("vault", "check", "-p", folder).code == 0
    verified = machine.run("verify", folder / "out" / "master.en.mp4", "--json")
    assert (verified.code, verified.document["verdict"]) == (0, "trusted")


def wait_for(there: Callable[[], bool], process: subprocess.Popen[str], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert process.poll() is None, "the command ended before the moment came"
        assert time.monotonic() < end, "the moment never came"
        time.sleep(0.005)


def drain(process: subprocess.Popen[str]) -> None:
    """Read on, so that the command never waits for us."""
    threading.Thread(target=process.communicate, daemon=True).start()


LONG = replace(
    WORLD_FILM,
    languages=("en",),
    shots=(
        (
            WORLD_FILM.shots[0][0],
            "night aerial over a Canadian residential suburb in light snow, slow push-in, 4 s",
            "Here.",
        ),
    ),
    media=0.0,
)


@pytest.mark.parametrize(
    ("moment", "part"),
    [("a shot", "stage/1-1/*.part*"), ("a master", "stage/master-en/*.part*")],
)
def test_killed_in_the_middle(moment: str, part: str, tmp_path: Path) -> None:
    machine = Machine.at(tmp_path)
    film = LONG if moment == "a shot" else SHORT
    folder = film.write(tmp_path / "film")
    process = machine.start("produce", folder, "--quality", "draft", "--demo-review")
    drain(process)

    def begun() -> bool:
        return any((folder / ".generique").glob(part))  # there once the first frames came

    wait_for(begun, process, 120)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not list((folder / "out").glob("*.mp4"))
    resumed = essences(machine, folder)
    assert set(steps_in_ledger(folder).values()) == {1}
    assert not list((folder / ".generique" / "stage").iterdir())
    undisturbed = film.write(tmp_path / "undisturbed")
    assert resumed == essences(machine, undisturbed)


def test_ctrl_c_in_the_middle_of_a_master_stops_cleanly(
    undisturbed: dict[str, str], tmp_path: Path
) -> None:
    machine = Machine.at(tmp_path)
    folder = SHORT.write(tmp_path / "film")
    process = machine.start("produce", folder, "--quality", "draft", "--demo-review")
    part = folder / ".generique" / "stage" / "master-en" / "master.mp4.part"
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.communicate()), daemon=True)
    reader.start()
    wait_for(part.exists, process, 120)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: everybody in the group gets it
    reader.join(60)
    assert process.returncode == 130
    assert "Traceback" not in said[1]
    assert "same command" in said[1]
    assert not list((folder / ".generique" / "stage").iterdir())
    assert essences(machine, folder) == undisturbed
