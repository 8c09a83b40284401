from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from production_parts import Room

from generique.model.errors import Damaged, Interrupted
from generique.model.values import Digest
from generique.production.steps import StepMachine, step
from generique.testing.memory import ListedProgress


def make(room: Room, data: bytes) -> Callable[[], dict[str, Digest]]:
    return lambda: {"file": room.vault.put_bytes(data)}


def never() -> dict[str, Digest]:
    raise AssertionError("a finished step ran again")


def test_a_step_runs_once(tmp_path: Path) -> None:
    room = Room(tmp_path)
    wanted = step("draw", {"verb": "draw"}, {})
    first = room.machine.perform(wanted, make(room, b"picture"))
    again = room.machine.perform(wanted, never)
    assert first.ran
    assert not again.ran
    assert (again.outputs, again.entry) == (first.outputs, first.entry)
    assert room.progress.steps == [("draw", "started"), ("draw", "done"), ("draw", "done before")]


def test_the_key_follows_from_recipe_and_inputs_and_not_from_the_name() -> None:
    key = step("draw", {"a": 1}, {}).key
    assert step("paint", {"a": 1}, {}).key == key
    assert step("draw", {"a": 2}, {}).key != key
    assert step("draw", {"a": 1}, {"b": "sha256:" + "0" * 64}).key != key


def test_what_stands_is_said_again_when_it_was_otherwise_since(tmp_path: Path) -> None:
    room = Room(tmp_path)

    def stands(text: bytes) -> tuple[int, bool]:
        outcome = room.machine.restate(step("keep", {"verb": "keep"}, {}), {"text": text})
        last = list(room.journal.steps("keep"))[-1]
        assert room.vault.read(last.facts["outputs"]["text"]) == text
        return outcome.entry, outcome.ran

    first, second = stands(b"one"), stands(b"two")
    third = stands(b"one")
    assert [ran for _, ran in (first, second, third)] == [True] * 3
    assert stands(b"one") == (third[0], False)
    assert stands(b"two")[1]
    assert len(list(room.journal.steps("keep"))) == 4


def test_a_step_whose_output_is_gone_runs_again(tmp_path: Path) -> None:
    room = Room(tmp_path)
    wanted = step("draw", {}, {})
    first = room.machine.perform(wanted, make(room, b"picture"))
    room.vault.lose(first.outputs["file"])
    assert room.machine.recall(wanted) is None
    again = room.machine.perform(wanted, make(room, b"picture"))
    assert again.ran
    assert again.outputs == first.outputs
    assert room.machine.recall(wanted) == again.model_copy(update={"ran": False})


def test_a_damaged_output_is_told_when_it_is_read(tmp_path: Path) -> None:
    room = Room(tmp_path)
    outcome = room.machine.perform(step("draw", {}, {}), make(room, b"picture"))
    room.vault.damage(outcome.outputs["file"])
    with pytest.raises(Damaged) as caught:
        room.vault.read(outcome.outputs["file"])
    assert caught.value.exit_code == 6


def test_a_step_that_fails_says_nothing_in_the_ledger(tmp_path: Path) -> None:
    room = Room(tmp_path)
    wanted = step("draw", {}, {})

    def stopped() -> dict[str, Digest]:
        room.vault.put_bytes(b"half")
        raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        room.machine.perform(wanted, stopped)
    assert room.journal.ledger.size() == 0
    assert room.machine.perform(wanted, make(room, b"whole")).ran


class Rival:
    """Somebody else, who does the step while we wait for our turn."""

    def __init__(self, room: Room, data: bytes) -> None:
        self._machine = StepMachine(room.journal, room.vault, ListedProgress())
        self._work = make(room, data)
        self.wanted = step("draw", {}, {})

    @contextmanager
    def take(self, waits: Callable[[], None]) -> Iterator[None]:
        waits()
        self._machine.perform(self.wanted, self._work)
        yield


def test_who_comes_second_finds_the_step_done(tmp_path: Path) -> None:
    room = Room(tmp_path)
    rival = Rival(room, b"picture")
    machine = StepMachine(room.journal, room.vault, room.progress, rival)
    outcome = machine.perform(rival.wanted, never)
    assert not outcome.ran
    assert room.journal.ledger.size() == 1
    assert room.progress.steps == [("draw", "waits for another command"), ("draw", "done before")]


def test_the_entry_says_recipe_inputs_outputs_and_times(tmp_path: Path) -> None:
    room = Room(tmp_path)
    source = room.vault.put_bytes(b"source")
    room.machine.perform(step("draw", {"verb": "draw"}, {"source": source}), make(room, b"made"))
    (act,) = room.journal.acts("step")
    assert act.facts["recipe"]["verb"] == "draw"
    assert act.facts["recipe"]["program"]
    assert act.facts["inputs"] == {"source": source}
    assert act.facts["started"] < act.facts["finished"] < act.facts["at"]
