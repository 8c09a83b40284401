"""Plan: every step, what is cached, time, cost and every refusal, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from generique.clearance.verdict import Gate, Outcome, Status
from generique.edit.notices import place_notices
from generique.model.element import Quality, SceneEvent
from generique.model.errors import NotCapable, OverBudget, Refused
from generique.model.lineage import NOTICE
from generique.model.refusal import Refusal
from generique.model.timing import TimingPlan
from generique.model.values import Value
from generique.production.breakdown import Script, read_script
from generique.production.clear import ClearingRoom, told
from generique.production.direction import directed_notes
from generique.production.foresee import authentic, placed
from generique.production.ingest import check_rights, wanted_media
from generique.production.job_ports import Money
from generique.production.machineroom_ports import Backends, Bench, Folder, StageDoor
from generique.production.orders import (
    Order,
    effect_orders,
    music_order,
    notice_orders,
    picture_orders,
    voice_orders,
)
from generique.production.ports import Stage
from generique.production.purse import in_budget
from generique.production.references import keep_references
from generique.production.shoot import SAMPLE_RATE, able, interpret, lacks, recalled
from generique.production.spot import assumed_seconds, time_film
from generique.production.steps import StepMachine

_MIX_SECONDS = 0.25
_MASTER_SECONDS = 1.1
"""Seconds of work for a second of film and language, measured on two cores."""


class PlannedStep(Value):
    """A step that the film needs.

    Attributes:
        state: ``cached`` when it was done before, ``to do``, ``refused``; for what follows review
            ``after review``, or ``made before`` when a version of this length was.
        seconds: Expected wall-clock seconds; 0 when cached.
        cost: Expected cost as a decimal text.
    """

    name: str
    state: str
    seconds: float
    cost: str = "0"
    backend: str | None = None
    detail: str = ""


class Plan(Value):
    """What would be done.

    Attributes:
        exact: False while lengths of lines are only assumed.
    """

    steps: tuple[PlannedStep, ...]
    refusals: tuple[Refusal, ...]
    seconds: float
    cost: str
    currency: str
    exact: bool


class Planner:
    """Plans a production; changes nothing but that files to follow come to lie in the vault.

    Args:
        folder: The production.
        machine: Knows what was done before.
        backends: Generators.
        door: Opens stages, so that backends can see what light is baked.
        bench: Media tools.
        clearing: Says what clearance will refuse.
    """

    def __init__(
        self,
        folder: Folder,
        machine: StepMachine,
        backends: Backends,
        door: StageDoor,
        bench: Bench,
        clearing: ClearingRoom,
    ) -> None:
        self._folder = folder
        self._machine = machine
        self._backends = backends
        self._door = door
        self._bench = bench
        self._clearing = clearing

    def plan(self, quality: Quality) -> Plan:
        """List every step and every refusal.

        Raises:
            UnreadableInput: Screenplay, settings or dialogue cannot be read.
        """
        script, _ = read_script(self._folder)
        refusals = list(self._media_refusals(script))
        voices = self._chosen(voice_orders(script.production, script.shots, script.texts))
        notices = self._chosen(notice_orders(script.production, script.shots))
        lengths, exact = self._lengths((*voices, *notices))
        announced = {language: lengths.pop((language, NOTICE)) for language in _languages(notices)}
        timing = place_notices(time_film(script, lengths, {}), announced)
        steps = [PlannedStep(name="breakdown", state=self._state(script), seconds=0.1)]
        orders = (*voices, *notices, *self._chosen(self._orders(script, timing, quality)))
        refused = told(self._clearing.generation(orders).refusals())
        not_cleared = {refusal.element for refusal in refused}
        for order in orders:
            planned, refusal = self._order(order)
            made = planned.state == "cached"
            if not made and (order.element in not_cleared or None in not_cleared):
                planned = planned.model_copy(update={"state": "refused", "seconds": 0.0})
            steps.append(planned)
            if refusal is not None:
                refusals.append(refusal)
        refusals += refused
        refusals += self._foreseen(script, timing, orders, refused)
        steps += self._later(script, timing)
        cost = sum((Decimal(step.cost) for step in steps), Decimal(0))
        refusals += self._over_budget(steps, script.production.budget.currency)
        return Plan(
            steps=tuple(steps),
            refusals=tuple(refusals),
            seconds=sum(
                step.seconds for step in steps if step.state not in {"cached", "made before"}
            ),
            cost=str(cost),
            currency=script.production.budget.currency,
            exact=exact,
        )

    def _foreseen(
        self, script: Script, timing: TimingPlan, orders: Sequence[Order], told_: Sequence[Refusal]
    ) -> Iterator[Refusal]:
        """What later gates will refuse, whatever is made and decided until then."""
        clearing = self._clearing
        ordered = [(order, clearing.ordered(order)) for order in orders]
        elements = (
            *placed(ordered, timing),
            *authentic(script.shots, self._folder.media(), timing),
        )
        known = {(refusal.rule, refusal.clause, refusal.element) for refusal in told_}
        for gate in (Gate.MASTER, Gate.DELIVER):
            case = clearing.case(
                gate,
                elements,
                film_seconds=float(timing.rate.seconds(timing.frames)),
                frames_a_second=float(timing.rate.fps),
            )
            for outcome in clearing.judge(case).refusals(demonstration=True):
                (refusal,) = told((outcome,))
                key = (refusal.rule, refusal.clause, refusal.element)
                if key not in known and _foreseeable(outcome):
                    known.add(key)
                    yield refusal

    def _later(self, script: Script, timing: TimingPlan) -> Iterator[PlannedStep]:
        """Mixes and masters; they depend on decisions that people have still to take."""
        seconds = float(timing.rate.seconds(timing.frames))
        made = {
            (act.facts["recipe"]["verb"], act.facts["recipe"]["language"])
            for act in self._machine.journal.steps("mix", "master")
            if act.facts["recipe"].get("frames") == timing.frames
        }
        for language in script.production.languages:
            for verb, factor in (("mix", _MIX_SECONDS), ("master", _MASTER_SECONDS)):
                before = (verb, language) in made
                yield PlannedStep(
                    name=f"{verb} {language}",
                    state="made before" if before else "after review",
                    seconds=0.0 if before else factor * seconds,
                    detail="made again when takes, titles or decisions change" if before else "",
                )

    def _state(self, script: Script) -> str:
        known = any(
            act.facts["inputs"].get("shots") == script.text_digest
            for act in self._machine.journal.steps("breakdown")
        )
        return "cached" if known else "to do"

    def _lengths(self, voices: Iterable[Order]) -> tuple[dict[tuple[str, str], float], bool]:
        lengths, exact = {}, True
        for order in voices:
            made = recalled(order, self._backends, self._machine)
            key = (order.request.language or "", order.element.rsplit("-", 1)[0])
            if made is None:
                lengths[key] = assumed_seconds(order.request.prompt)
                exact = False
            else:
                samples = self._bench.read_sound(self._machine.vault.path(made.take.file))
                lengths[key] = len(samples) / SAMPLE_RATE
        return lengths, exact

    def _orders(self, script: Script, timing: TimingPlan, quality: Quality) -> Iterator[Order]:
        notes = directed_notes(self._machine.journal)
        kept = keep_references(script.shots, self._folder, self._machine.vault)
        pictures = picture_orders(script.production, script.shots, timing, quality, notes, kept)
        yield from pictures
        music = music_order(script.production, timing)
        if music is not None:
            yield music
        events = {order.element: self._events(order) for order in pictures}
        yield from effect_orders(script.production, script.shots, timing, events)

    def _events(self, order: Order) -> tuple[SceneEvent, ...]:
        """What happens in a take, where it was made before; unknown, so nothing, until then."""
        made = recalled(order, self._backends, self._machine)
        return made.take.events if made else ()

    def _chosen(self, orders: Iterable[Order]) -> tuple[Order, ...]:
        """Each order from the backend that made it, or that is going to be asked as things are."""
        return tuple(
            made.order
            if (made := recalled(order, self._backends, self._machine))
            else able(order, self._backends, self._door)
            for order in orders
        )

    def _order(self, order: Order) -> tuple[PlannedStep, Refusal | None]:
        name = f"shoot {order.element}"
        if recalled(order, self._backends, self._machine) is not None:
            return PlannedStep(name=name, state="cached", seconds=0.0, backend=order.backend), None
        try:
            interpret(order, self._backends)
        except NotCapable as error:
            refusal = Refusal(
                rule="backend-capability",
                source=order.backend,
                reason=f"{order.element}: {error.what}",
                lift=error.next_step or "change the direction, or name another backend",
                who="director",
                capability=True,
            )
            planned = PlannedStep(name=name, state="refused", seconds=0.0, backend=order.backend)
            return planned, refusal
        stage = self._door.open(f"plan-{order.element}")
        try:
            return self._estimated(name, order, stage)
        finally:
            self._door.close(stage)

    def _estimated(
        self, name: str, order: Order, stage: Stage
    ) -> tuple[PlannedStep, Refusal | None]:
        """A step that is still to be done, with its price in the currency of the budget."""
        backend = self._backends.get(order.backend)
        estimate = backend.estimate(order.request, stage)
        cost, refusal = "0", None
        if estimate.currency is not None:
            price = Money(amount=estimate.cost, currency=estimate.currency)
            try:
                cost = f"{in_budget(price, self._folder.production().budget):.2f}"
            except OverBudget as error:
                refusal = _over(error, order.element)
        for lack in lacks(order, self._backends, self._door):
            refusal = Refusal(
                rule="backend-not-configured",
                source=order.backend,
                element=order.element,
                reason=f"{order.backend} lacks {lack.what}",
                lift=lack.next_step,
                who="producer",
                capability=True,
            )
        planned = PlannedStep(
            name=name,
            state="refused" if refusal else "to do",
            seconds=0.0 if refusal else estimate.seconds,
            cost=cost,
            backend=order.backend,
            detail=order.title,
        )
        return planned, refusal

    def _over_budget(self, steps: Iterable[PlannedStep], currency: str) -> Iterator[Refusal]:
        """What the budget says to all that is still to be bought."""
        prices = [
            Money(amount=step.cost, currency=currency) for step in steps if Decimal(step.cost)
        ]
        if not prices:
            return
        stage = self._door.open("plan-budget")
        try:
            stage.office.require(prices)
        except OverBudget as error:
            yield _over(error, None)
        finally:
            self._door.close(stage)

    def _media_refusals(self, script: Script) -> Iterator[Refusal]:
        media = self._folder.media()
        for file in wanted_media(script.shots):
            self._folder.media_path(file)
            try:
                check_rights(file, media)
            except Refused as error:
                yield Refusal(
                    rule="media-rights",
                    source="media/media.toml",
                    reason=error.what,
                    lift=error.next_step or "",
                    who="producer",
                )


def _languages(orders: Iterable[Order]) -> tuple[str, ...]:
    return tuple(order.request.language or "" for order in orders)


def _foreseeable(outcome: Outcome) -> bool:
    """True when a plan can know it: of the film, or of a clause, and no take will change it."""
    return outcome.status is Status.FAILED and (
        outcome.clause is not None or outcome.element is None
    )


def _over(error: OverBudget, element: str | None) -> Refusal:
    """A refusal of the budget."""
    return Refusal(
        rule="budget",
        source=error.where or "production.toml",
        element=element,
        reason=error.what,
        lift=error.next_step or "raise the budget",
        who="producer",
    )
