"""Reproduce: make a take again from its recorded recipe, and say what is the same.

Nothing of the production changes but its record: the stage stands elsewhere, what is made there is
thrown away, and the attempt is written into the ledger, whatever came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from generique import __version__
from generique.model.element import ElementKind
from generique.model.errors import GeneriqueError, NotCapable
from generique.model.passport import Passport
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.journal import Act, Journal
from generique.production.machineroom_ports import Backends, Bench, StageDoor
from generique.production.orders import Order
from generique.production.ports import Backend, Delivery, Request, Vault
from generique.production.review import find_take
from generique.production.shoot import SAMPLE_RATE, Clearance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PEAK = 255.0
"""Largest value of a picture sample."""


class Difference(Value):
    """One thing that is not as it was."""

    what: str
    then: str
    now: str


class Comparison(Value):
    """How far two deliveries are apart.

    Attributes:
        first: First frame, or sample of sound, that differs; None when all decode the same.
        psnr: Peak signal-to-noise ratio over all that both have, in dB; None when all is equal.
        largest: Largest difference: of 255 in a picture, of full scale 1 in sound.
    """

    unit: Literal["frame", "sample"]
    first: int | None
    psnr: float | None
    largest: float


class Reproduction(Value):
    """What came of making a take again.

    Attributes:
        same: True when the essence digests are equal.
        repeatable: What the passport at the time promised.
        conditions: What is not as it was when the take was made.
        comparison: Of the pictures or the sound; None when they are the same.
    """

    take: str
    entry: int
    same: bool
    repeatable: bool
    essence_then: Digest
    essence_now: Digest
    conditions: tuple[Difference, ...]
    comparison: Comparison | None = None

    @property
    def explanation(self) -> str:
        """One sentence for people."""
        if self.same:
            return f"{self.take} came out the same, essence {self.essence_then}"
        if not self.repeatable:
            return f"{self.take} came out differently; its passport never promised otherwise"
        if self.conditions:
            named = ", ".join(found.what for found in self.conditions)
            return f"{self.take} came out differently; not as it was: {named}"
        return f"{self.take} came out differently, and all that was recorded is as it was"

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        return {
            "schema": "generique/reproduce/1",
            "verdict": "same" if self.same else "different",
            **self.to_json(),
            "explanation": self.explanation,
        }


class Rehearsal:
    """Makes takes again on a stage apart.

    Args:
        journal: The record.
        vault: Holds the takes.
        backends: Generators.
        door: Opens stages outside the production.
        bench: Media tools.
        clearance: Says whether the take may be made again.
    """

    def __init__(
        self,
        journal: Journal,
        vault: Vault,
        backends: Backends,
        door: StageDoor,
        bench: Bench,
        clearance: Clearance,
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._backends = backends
        self._door = door
        self._bench = bench
        self._clearance = clearance

    def reproduce(self, wanted: str) -> Reproduction:
        """Make a take again, compare, and record the attempt.

        Args:
            wanted: Identifier of the take.

        Raises:
            UsageError: There is no such take.
            NotCleared: Clearance refuses; the backend was not asked.
            NotConfigured: Its backend is no longer installed.
            NotCapable: Its backend no longer understands the request.
            Damaged: The recorded file is missing or changed.
        """
        take = find_take(self._journal, self._vault, wanted)
        act = self._act(take)
        if take.job is not None:
            raise NotCapable(
                f"{take.id} was made by a hosted provider and is not made again",
                where=f"{take.job.provider}, {take.job.model}, job {take.job.number}",
                why="the order would be paid once more and give another picture",
                next_step="its file as delivered is kept; generique trace says all that is known",
            )
        recipe = act.facts["recipe"]
        request = Request.read(recipe["request"], where=f"entry {act.entry}")
        backend = self._backends.get(recipe["backend"]["name"])
        order = Order(
            element=take.element,
            title=take.prompt,
            backend=recipe["backend"]["name"],
            request=request,
        )
        self._clearance.require((order,))
        try:
            found = self._made_again(take, act, request, backend)
        except GeneriqueError as error:
            failed = {"take": take.id, "entry": act.entry, "verdict": "failed", "why": str(error)}
            self._journal.record("reproduction", {take.id: take.essence}, failed)
            raise
        said = {name: value for name, value in found.document().items() if name != "schema"}
        self._journal.record("reproduction", {take.id: take.essence}, said)
        return found

    def _made_again(self, take: Take, act: Act, request: Request, backend: Backend) -> Reproduction:
        stage = self._door.open(f"reproduce-{take.element}")
        try:
            made = backend.generate(request, stage)
            essence = self._bench.essence(made.path)
            same = essence == take.essence
            return Reproduction(
                take=take.id,
                entry=act.entry,
                same=same,
                repeatable=take.passport.repeatable,
                essence_then=take.essence,
                essence_now=essence,
                conditions=tuple(_conditions(take, act.facts["recipe"], backend.passport(), made)),
                comparison=None if same else self._compare(take, made.path),
            )
        finally:
            self._door.close(stage)

    def _act(self, take: Take) -> Act:
        """The newest step that made exactly this take."""
        found = [
            act
            for act in self._journal.takes(take.element)
            if act.facts["outputs"]["file"] == take.file
        ]
        return found[-1]

    def _compare(self, take: Take, made: Path) -> Comparison:
        then = self._vault.path(take.file)
        if take.kind is ElementKind.SHOT:
            return _compared("frame", self._pictures(then, take), self._pictures(made, take), _PEAK)
        return _compared("sample", self._sound(then), self._sound(made), 1.0)

    def _pictures(self, path: Path, take: Take) -> Iterator[NDArray[np.generic]]:
        facts = self._bench.picture_facts(path)
        yield from self._bench.frames(path, 0, min(facts.frames, take.frames), facts.raster)

    def _sound(self, path: Path) -> Iterator[NDArray[np.generic]]:
        samples = self._bench.read_sound(path)
        for start in range(0, len(samples), SAMPLE_RATE):
            yield samples[start : start + SAMPLE_RATE]


def _conditions(
    take: Take, recipe: dict[str, Any], passport: Passport, made: Delivery
) -> Iterator[Difference]:
    """What is not as it was when the take was made."""
    then, now = take.passport.to_json(), passport.to_json()
    pairs = [
        ("program", recipe.get("program"), __version__),
        ("seed", take.seed, made.seed),
        ("media type", take.media_type, made.media_type),
        *((f"passport {name}", then.get(name), now.get(name)) for name in sorted(then | now)),
    ]
    for what, before, after in pairs:
        if before != after:
            yield Difference(what=what, then=str(before), now=str(after))


def _compared(
    unit: Literal["frame", "sample"],
    then: Iterator[NDArray[np.generic]],
    now: Iterator[NDArray[np.generic]],
    peak: float,
) -> Comparison:
    """Compare block by block: frames, or seconds of sound; a missing block differs at its start."""
    import numpy as np  # noqa: PLC0415 -- only when something differs

    first: int | None = None
    squares, count, largest, place = 0.0, 0, 0.0, 0
    for before, after in zip_longest(then, now):
        if before is None or after is None or before.shape != after.shape:
            first = place if first is None else first
            break
        apart = np.abs(before.astype(np.float64) - after.astype(np.float64))
        if first is None and apart.any():
            rows = np.flatnonzero(apart.reshape(len(apart), -1).any(axis=1))
            first = place if unit == "frame" else place + int(rows[0])
        squares, count = squares + float((apart**2).sum()), count + apart.size
        largest = max(largest, float(apart.max(initial=0.0)))
        place += 1 if unit == "frame" else len(before)
    psnr = None if squares == 0 else round(10 * float(np.log10(peak**2 * count / squares)), 2)
    return Comparison(unit=unit, first=first, psnr=psnr, largest=largest)
