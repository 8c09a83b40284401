"""The step machine: ``make``, for films.

1. A step is a function of its recipe and the digests of its inputs; its *key* is the digest of
   both.
2. What a step made lies in the vault by digest; the ledger entry that says so carries the key.
3. A step whose key is in the ledger, and whose outputs are in the vault, is not run again.
4. Outputs go into the vault before the entry is appended, so a process killed between the two
   leaves nothing half said: the step runs again and makes the same bytes.
5. Two commands at once take turns; whoever comes second finds the step done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import Field

from generique import __version__
from generique.ledger.canonical import canonical
from generique.model.values import Digest, Value, digest_of
from generique.production.journal import Journal
from generique.production.machineroom_ports import Progress, Turns
from generique.production.ports import Vault


class Step(Value):
    """What is to be made, and from what.

    Attributes:
        name: For people: verb and element, ``shoot 1-1``.
        recipe: All that decides the result besides the inputs; the program's version included.
        inputs: Digests of what is read, by name.
    """

    name: str
    recipe: dict[str, Any] = Field(default_factory=dict)
    inputs: dict[str, Digest] = Field(default_factory=dict)

    @property
    def key(self) -> Digest:
        """Digest of recipe and inputs."""
        return digest_of(canonical({"recipe": self.recipe, "inputs": dict(self.inputs)}))


class Outcome(Value):
    """What a step made.

    Attributes:
        entry: Index of the ledger entry that says so.
        ran: False when the step had been done before and was only recalled.
    """

    outputs: dict[str, Digest]
    entry: int
    ran: bool


def step(name: str, recipe: Mapping[str, Any], inputs: Mapping[str, Digest]) -> Step:
    """A step of this version of the program."""
    return Step(name=name, recipe={"program": __version__, **recipe}, inputs=dict(inputs))


class StepMachine:
    """Runs steps once and records them.

    Args:
        journal: The record of all acts.
        vault: Where outputs lie.
        progress: Where progress is told.
        turns: Keeps other commands out of a step; None where there can be no other.
    """

    def __init__(
        self, journal: Journal, vault: Vault, progress: Progress, turns: Turns | None = None
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._progress = progress
        self._turns = turns

    @property
    def journal(self) -> Journal:
        """The record of all acts."""
        return self._journal

    @property
    def vault(self) -> Vault:
        """Where outputs lie."""
        return self._vault

    @property
    def progress(self) -> Progress:
        """Where progress is told."""
        return self._progress

    def recall(self, wanted: Step) -> Outcome | None:
        """What the step made when it was done before; None when it has to be run."""
        found = self._journal.find_step(wanted.key)
        if found is None:
            return None
        outputs: dict[str, Digest] = found.facts["outputs"]
        if not all(self._vault.has(digest) for digest in outputs.values()):
            return None
        return Outcome(outputs=outputs, entry=found.entry, ran=False)

    def perform(self, wanted: Step, work: Callable[[], Mapping[str, Digest]]) -> Outcome:
        """Recall the step, or run it and record it.

        Args:
            wanted: The step.
            work: Makes the outputs and puts them into the vault; returns their digests by name.
        """
        done = self.recall(wanted)
        if done is None:
            with self.turn(wanted.name):
                done = self.recall(wanted) or self._run(wanted, work)
        if not done.ran:
            self._progress.step(wanted.name, "done before")
        return done

    def restate(self, wanted: Step, files: Mapping[str, bytes]) -> Outcome:
        """Record texts as what stands now, unless the last word of their verb says the same.

        A step that is recalled says nothing. Where the last entry of a verb is what counts, what
        was so once, and was otherwise since, is said again: its recipe names the entry that it
        comes after.

        Args:
            wanted: The step; its recipe names its verb.
            files: The texts, by name.
        """
        digests = {name: digest_of(data) for name, data in files.items()}
        said = (wanted.recipe, wanted.inputs, digests)
        others = [
            act.entry
            for act in self._journal.steps(wanted.recipe["verb"])
            if (_plain(act.facts["recipe"]), act.facts["inputs"], act.facts["outputs"]) != said
        ]
        if others:
            wanted = wanted.model_copy(update={"recipe": {**wanted.recipe, "after": others[-1]}})
        return self.perform(
            wanted, lambda: {name: self._vault.put_bytes(data) for name, data in files.items()}
        )

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Keep other commands out; look again whether the step was done when it begins.

        Args:
            name: Of the step, for people who wait.
        """
        if self._turns is None:
            yield
            return
        with self._turns.take(lambda: self._progress.step(name, "waits for another command")):
            yield

    def _run(self, wanted: Step, work: Callable[[], Mapping[str, Digest]]) -> Outcome:
        self._progress.step(wanted.name, "started")
        started = self._journal.now()
        outputs = dict(work())
        entry = self._journal.record(
            "step",
            subjects=outputs,
            facts={
                "step": wanted.name,
                "recipe": wanted.recipe,
                "inputs": dict(wanted.inputs),
                "outputs": outputs,
                "started": started,
                "finished": self._journal.now(),
            },
            step_key=wanted.key,
        )
        self._progress.step(wanted.name, "done")
        return Outcome(outputs=outputs, entry=entry, ran=True)


def _plain(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """A recipe without the place that it comes after."""
    return {name: value for name, value in recipe.items() if name != "after"}
