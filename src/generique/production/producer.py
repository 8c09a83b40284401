"""The producer: the whole film in order, each step done once.

:class:`Producer` knows the order of the work and nothing of how it is done. Each stage first makes
sure of what it stands on, so that any of them can be asked for at any time, after a crash too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generique.ledger.ports import Signer
from generique.model.element import Quality
from generique.model.errors import BackendFailed, NotCapable, WaitingForPerson
from generique.model.time import Rate
from generique.model.timing import TimingPlan
from generique.model.values import Digest
from generique.production.breakdown import Script, break_down_script
from generique.production.direction import check_retake, chosen_take, directed_notes
from generique.production.ingest import Medium, check_conform, ingest, wanted_media
from generique.production.job_ports import Hosted
from generique.production.machineroom_ports import Backends, Bench, Folder, StageDoor
from generique.production.orders import (
    Order,
    effect_orders,
    music_order,
    notice_orders,
    picture_orders,
    shot_order,
    voice_orders,
)
from generique.production.ports import Interpretation
from generique.production.references import Kept, keep_references, wanted_references
from generique.production.review import (
    REVIEWER,
    Standing,
    decisions,
    demonstrate,
    standing,
)
from generique.production.shoot import (
    SAMPLE_RATE,
    Clearance,
    Shot,
    able,
    interpret,
    recalled,
    shoot,
)
from generique.production.spot import spot
from generique.production.steps import StepMachine
from generique.production.takes import Chosen


@dataclass(frozen=True)
class Spotted:
    """A film laid out in time, with what the layout stands on."""

    script: Script
    media: dict[str, Medium]
    voices: dict[tuple[str, str], Shot]
    notices: dict[str, Shot]
    plan: TimingPlan
    digest: Digest


@dataclass(frozen=True)
class Filmed:
    """A film with all its takes."""

    spotted: Spotted
    chosen: Chosen

    @property
    def script(self) -> Script:
        """What the film is to show and say."""
        return self.spotted.script

    @property
    def plan(self) -> TimingPlan:
        """Its layout in time."""
        return self.spotted.plan


class Producer:
    """Brings a production from screenplay to reviewed takes.

    Args:
        folder: The production.
        machine: Runs and recalls steps.
        backends: Generators.
        door: Opens stages for them.
        bench: Media tools.
        clearance: Says whether elements may be made.
    """

    def __init__(
        self,
        folder: Folder,
        machine: StepMachine,
        backends: Backends,
        door: StageDoor,
        bench: Bench,
        clearance: Clearance,
    ) -> None:
        self._folder = folder
        self._machine = machine
        self._backends = backends
        self._door = door
        self._bench = bench
        self._clearance = clearance

    def breakdown(self) -> Script:
        """The shot list, from the screenplay."""
        return break_down_script(self._folder, self._machine)

    def spot(self) -> Spotted:
        """The timing plan: media brought in, lines spoken, music and shots laid out."""
        script = self.breakdown()
        media = {
            file: ingest(file, self._folder, self._machine, self._bench)
            for file in wanted_media(script.shots)
        }
        for file in wanted_references(script.shots):
            ingest(file, self._folder, self._machine, self._bench)
        check_conform(script.shots, media, Rate.parse(script.production.rate))
        orders = voice_orders(script.production, script.shots, script.texts)
        announced = notice_orders(script.production, script.shots)
        self._begin((*orders, *announced))
        voices = {
            (order.request.language or "", _line_of(order)): self.shoot(order) for order in orders
        }
        lengths = {key: self._seconds(voice) for key, voice in voices.items()}
        notices = {order.request.language or "": self.shoot(order) for order in announced}
        said = {language: self._seconds(notice) for language, notice in notices.items()}
        plan, digest = spot(script, lengths, media, self._machine, said)
        return Spotted(script, media, voices, notices, plan, digest)

    def film(self, quality: Quality) -> Filmed:
        """All takes: pictures first, then the sound that follows them."""
        spotted = self.spot()
        production, plan = spotted.script.production, spotted.plan
        pictures = self._pictures(spotted, quality)
        chosen = Chosen(
            shots=pictures,
            voices=spotted.voices,
            notices=spotted.notices,
            media=spotted.media,
            listed=self._folder.media().media,
        )
        music = music_order(production, plan)
        if music is not None:
            chosen = replace(chosen, music=self.shoot(music))
        events = {name: picture.take.events for name, picture in pictures.items()}
        effects = effect_orders(production, spotted.script.shots, plan, events)
        self._begin(effects)
        return Filmed(
            spotted=spotted,
            chosen=replace(chosen, effects=tuple(self.shoot(order) for order in effects)),
        )

    def shoot(self, order: Order) -> Shot:
        """Fill one order, or recall its take."""
        return shoot(order, self._backends, self._machine, self._door, self._bench, self._clearance)

    def explain(self, order: Order) -> Interpretation:
        """How an order would be read; nothing is made."""
        return interpret(order, self._backends)

    def retake_order(self, spotted: Spotted, shot: str, note: str, quality: Quality) -> Order:
        """The order that a retake would place, checked by the backend before it is recorded.

        Raises:
            UsageError: There is no such generated shot.
            NotCapable: The backend does not understand the note.
        """
        check_retake(shot, note, spotted.script.shots)
        notes = directed_notes(self._machine.journal).get(shot, ())
        order = shot_order(
            spotted.script.production,
            next(known for known in spotted.script.shots.shots if known.id == shot),
            next(place for place in spotted.plan.shots if place.shot == shot),
            quality,
            (*notes, note.strip()),
            self._kept(spotted.script),
        )
        interpret(order, self._backends)
        return order

    def _pictures(self, spotted: Spotted, quality: Quality) -> dict[str, Shot]:
        script, notes = spotted.script, directed_notes(self._machine.journal)
        kept = self._kept(script)
        orders = picture_orders(script.production, script.shots, spotted.plan, quality, notes, kept)
        self._begin(orders)
        journal, vault = self._machine.journal, self._machine.vault
        return {order.element: chosen_take(self.shoot(order), journal, vault) for order in orders}

    def _kept(self, script: Script) -> dict[str, Kept]:
        return keep_references(script.shots, self._folder, self._machine.vault)

    def _begin(self, orders: Sequence[Order]) -> None:
        """Ask clearance for all at once, then let providers begin; nothing when all is made.

        So nothing is spent on a part, and every provider works on all that it is asked for.
        """
        backends = self._backends
        made, wanted = [], []
        for order in orders:
            found = recalled(order, backends, self._machine)
            if found is None:
                wanted.append(able(order, backends, self._door))
                interpret(wanted[-1], backends)
            else:
                made.append(found.order)
        if wanted:
            self._clearance.require((*made, *wanted))
        for name in dict.fromkeys(order.backend for order in wanted):
            backend = backends.get(name)
            if isinstance(backend, Hosted):
                self._place(backend, [order for order in wanted if order.backend == name])

    def _place(self, backend: Hosted, orders: Sequence[Order]) -> None:
        stage = self._door.open("place")
        try:
            backend.place([order.request for order in orders], stage)
        except (NotCapable, BackendFailed):
            return  # said when its turn comes
        finally:
            self._door.close(stage)

    def _seconds(self, voice: Shot) -> float:
        samples = self._bench.read_sound(self._machine.vault.path(voice.take.file))
        return len(samples) / SAMPLE_RATE


def _line_of(order: Order) -> str:
    return order.element.rsplit("-", 1)[0]


def require_review(
    takes: Iterable[Shot], machine: StepMachine, demonstration: Signer | None
) -> None:
    """Stop until every take has been decided on.

    Args:
        takes: The takes that the film is made of.
        machine: Holds the journal.
        demonstration: Writes a demonstration for takes that nobody has decided on; None waits.

    Raises:
        WaitingForPerson: Some take waits, or was rejected; names them and who is waited for.
    """
    with machine.turn("review"):
        waiting, rejected = _undecided(takes, machine, demonstration)
    if rejected:
        raise WaitingForPerson(
            f"rejected: {', '.join(rejected)}",
            why="a rejected take is not used",
            next_step='ask for another: generique retake SHOT "…", or choose one: '
            "generique review choose TAKE",
        )
    if waiting:
        raise WaitingForPerson(
            f"{len(waiting)} takes wait for the {REVIEWER.value}: {', '.join(waiting)}",
            next_step="look at them with: generique review sheet; then: generique review approve "
            'TAKE --as PERSON --reason "…"',
        )


def _undecided(
    takes: Iterable[Shot], machine: StepMachine, demonstration: Signer | None
) -> tuple[list[str], list[str]]:
    """Takes that wait and takes that were rejected; demonstrations are written on the way."""
    said = decisions(machine.journal)
    waiting, rejected = [], []
    for shot in takes:
        state = standing(said.get(shot.take.essence, ()))
        if state is Standing.REJECTED:
            rejected.append(shot.take.id)
        elif state is Standing.WAITING and demonstration is not None:
            demonstrate(shot.take, demonstration, machine.journal)
        elif state is Standing.WAITING or (
            state is Standing.DEMONSTRATION and demonstration is None
        ):
            waiting.append(shot.take.id)
    return waiting, rejected
