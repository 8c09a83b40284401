"""Shoot: from an order to an immutable take in the vault and the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generique.ledger.canonical import canonical
from generique.model.delivered import Tried
from generique.model.element import ElementKind
from generique.model.errors import (
    BackendFailed,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    PastDeadline,
    UnreadableInput,
)
from generique.model.passport import Passport
from generique.model.take import Take
from generique.model.values import Digest, Value
from generique.production.job_ports import Lack, Lacking
from generique.production.machineroom_ports import Backends, Bench, StageDoor
from generique.production.orders import Order
from generique.production.ports import Delivery, Interpretation, Vault
from generique.production.steps import Outcome, StepMachine

SAMPLE_RATE = 48_000
"""Samples a second of every sound in the house."""


class Clearance(Protocol):
    """Says whether elements may be made."""

    def require(self, orders: Sequence[Order]) -> None:
        """Stop unless every order may be placed.

        Raises:
            NotCleared: Some may not; names every rule and clause that refuses.
        """


class Shot(Value):
    """A take, where the ledger says so, and the order that it fills."""

    take: Take
    entry: int
    order: Order
    ran: bool


def shoot(
    order: Order,
    backends: Backends,
    machine: StepMachine,
    door: StageDoor,
    bench: Bench,
    clearance: Clearance,
) -> Shot:
    """Fill an order, or recall the take that filled it before.

    Where the production names several backends, each is asked in its turn: one that cannot make it,
    is not set up, or fails, is followed by the next, clearance is asked anew, and the take says
    why. None follows one that may still deliver: what may have been paid is never bought twice.

    Raises:
        NotCleared: Clearance refuses; the backend was not asked.
        OverBudget: It would cost more than the production may spend; nothing was ordered.
        NotCapable: No backend can make all that was asked; nothing was made.
        BackendFailed: The last of them delivered something else than was asked, or nothing.
    """
    made = recalled(order, backends, machine, quietly=False)
    if made is not None:
        return made

    def ask(each: Order, tried: Sequence[Tried]) -> Shot:
        """Ask one backend; ``tried`` says what came of those before it."""
        backend = backends.get(each.backend)
        passport = backend.passport()
        read = interpret(each, backends)
        asked = _Asked(each, passport, read, tuple(tried))

        def work() -> dict[str, Digest]:
            clearance.require((each,))
            stage = door.open(each.element)
            try:
                delivery = backend.generate(each.request, stage)
                return _keep(asked, delivery, machine, bench)
            finally:
                door.close(stage)

        return taken(each, machine.perform(each.step(passport), work), machine.vault)

    *others, last = (order, *order.alternatives)
    tried: list[Tried] = []
    for each in others:
        try:
            return ask(each, tried)
        except (OutcomeUnknown, PastDeadline):
            raise
        except (NotCapable, BackendFailed) as error:
            tried.append(Tried(backend=each.backend, code=error.code, reason=error.what))
            machine.progress.step(f"shoot {order.element}", _told(tried[-1]))
    return ask(last, tried)


def recalled(
    order: Order, backends: Backends, machine: StepMachine, *, quietly: bool = True
) -> Shot | None:
    """The take that filled an order before, whichever of its backends made it.

    Args:
        order: With its alternatives.
        backends: Generators.
        machine: Knows what was done.
        quietly: False tells people that it was done before.
    """
    for each in (order, *order.alternatives):
        try:
            wanted = each.step(backends.get(each.backend).passport())
        except NotConfigured:
            if each is order and not order.alternatives:
                raise
            continue
        outcome = machine.recall(wanted)
        if outcome is not None:
            if not quietly:
                machine.progress.step(wanted.name, "done before")
            return taken(each, outcome, machine.vault)
    return None


def able(order: Order, backends: Backends, door: StageDoor) -> Order:
    """The first of an order's candidates whose backend reads it in full and lacks nothing.

    Where none does it is the last: asking it says why.
    """
    *others, last = (order, *order.alternatives)
    for each in others:
        try:
            interpret(each, backends)
        except (NotCapable, NotConfigured):
            continue
        if not lacks(each, backends, door):
            return each
    return last


def lacks(order: Order, backends: Backends, door: StageDoor) -> tuple[Lack, ...]:
    """What is missing before the backend of an order can be asked."""
    backend = backends.get(order.backend)
    if not isinstance(backend, Lacking):
        return ()
    stage = door.open(f"lacks-{order.element}")
    try:
        return backend.lacks(stage.office.setting)
    finally:
        door.close(stage)


def interpret(order: Order, backends: Backends) -> Interpretation:
    """How the backend of an order reads it, before anything is spent.

    Raises:
        NotCapable: It cannot make all of this; names the backends that could be asked instead.
        UnreadableInput: The direction cannot be read; names the element.
    """
    try:
        return backends.get(order.backend).interpret(order.request)
    except NotCapable as error:
        others = tuple(
            name
            for name in backends.names()
            if name != order.backend and order.request.kind in _kinds(backends, name)
        )
        passed = NotCapable(
            error.what,
            unknown=error.unknown,
            alternatives=others,
            where=error.where or order.element,
            why=error.why,
            next_step=_then(error, _hint(others, order.request.kind, error.language)),
        )
        passed.language = error.language
        raise passed from error
    except UnreadableInput as error:
        unread = UnreadableInput(
            error.what,
            where=", ".join(filter(None, (order.element, error.where))),
            why=error.why,
            next_step=error.next_step,
        )
        unread.language = error.language
        raise unread from error


def _hint(others: Sequence[str], kind: ElementKind, language: str) -> str:
    """Who could be asked instead, in the language that a refusal is told in."""
    named = ", ".join(others)
    if language == "fr":
        if others:
            return f"autres générateurs à qui le demander : {named}"
        return (
            "aucun autre générateur n'est installé pour ce genre d'élément ; un greffon pour un "
            "modèle hébergé ou local pourrait le montrer"
        )
    if others:
        return f"backends of this kind to ask instead: {named}"
    return (
        f"no other backend for elements of the kind {kind.value} is "
        "installed; a plug-in for a hosted or local model could show it"
    )


def _then(error: NotCapable, hint: str) -> str:
    """What can be done: another backend helps with words that are not known, not with others."""
    if error.next_step and not error.unknown:
        return error.next_step
    between = " ; " if error.language == "fr" else "; "
    return f"{error.next_step}{between}{hint}" if error.next_step else hint


def _kinds(backends: Backends, name: str) -> tuple[ElementKind, ...]:
    """Kinds that a backend makes; none when it is not set up on this machine."""
    try:
        return backends.get(name).passport().kinds
    except NotConfigured:
        return ()


def taken(order: Order, outcome: Outcome, vault: Vault) -> Shot:
    """Read the take of a finished step back from the vault."""
    take = Take.read(vault.read(outcome.outputs["take"]), where=f"take of {order.element}")
    return Shot(take=take, entry=outcome.entry, order=order, ran=outcome.ran)


@dataclass(frozen=True)
class _Asked:
    """An order as one backend took it, and what came of those that were asked before."""

    order: Order
    passport: Passport
    read: Interpretation
    tried: tuple[Tried, ...]


def _keep(
    asked: _Asked, delivery: Delivery, machine: StepMachine, bench: Bench
) -> dict[str, Digest]:
    order, vault = asked.order, machine.vault
    frames = _delivered_frames(order, delivery.path, bench)
    scene = delivery.scene or asked.read.scene
    outputs = {"file": vault.put_file(delivery.path)}
    observed = None
    if delivery.original is not None:
        outputs["original"] = vault.put_file(delivery.original)
        machine.progress.step(f"shoot {order.element}", "reading what the delivered file says")
        observed = bench.observed(delivery.original)
    if scene is not None:
        outputs["scene"] = vault.put_bytes(scene.encode())
    wanted = order.step(asked.passport)
    warnings = (*asked.read.warnings, *map(_told, asked.tried), *delivery.warnings)
    take = Take(
        id=f"{order.element}.t{machine.journal.take_number(order.element, wanted.recipe)}",
        element=order.element,
        kind=order.request.kind,
        language=order.request.language,
        prompt=order.request.prompt,
        notes=order.notes,
        seed=delivery.seed,
        frames=frames,
        file=outputs["file"],
        media_type=delivery.media_type,
        essence=bench.essence(delivery.path),
        recipe=wanted.key,
        scene=outputs.get("scene"),
        passport=asked.passport,
        events=delivery.events,
        warnings=tuple(dict.fromkeys(warnings)),
        original=outputs.get("original"),
        observed=observed,
        job=delivery.job,
        tried=asked.tried,
        references=order.request.references,
    )
    outputs["take"] = vault.put_bytes(canonical(take.to_json()))
    return outputs


def _told(tried: Tried) -> str:
    """What came of a backend, for people."""
    return f"{tried.backend} was asked before: {tried.reason}"


def _delivered_frames(order: Order, path: Path, bench: Bench) -> int:
    """Length of a delivery in frames, after checking that it is what was ordered."""
    request = order.request
    if request.kind is ElementKind.SHOT:
        facts = bench.picture_facts(path)
        asked = (request.frames, request.raster, request.rate)
        if (facts.frames, facts.raster, facts.rate) != asked:
            raise BackendFailed(
                f"{order.backend} delivered {facts.frames} frames of "
                f"{facts.raster.width}x{facts.raster.height} for {order.element}",
                why=f"{request.frames} frames of the production's raster and rate were ordered",
                next_step="report it to the backend's author; the delivery was not kept",
            )
        return facts.frames
    samples = len(bench.read_sound(path))
    frames = request.rate.frames(samples / SAMPLE_RATE)
    if request.frames is not None and frames != request.frames:
        raise BackendFailed(
            f"{order.backend} delivered {frames} frames of sound for {order.element}",
            why=f"{request.frames} were ordered",
            next_step="report it to the backend's author; the delivery was not kept",
        )
    return frames
