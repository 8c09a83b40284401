"""Orders as they are found again: the intent is the digest of all that is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal

from generique.backends.hosted.card import Card
from generique.backends.hosted.provider import Ask, Call
from generique.ledger.canonical import canonical
from generique.model.errors import (
    BackendFailed,
    GeneriqueError,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    PastDeadline,
    Retired,
    Throttled,
)
from generique.model.values import Digest, Json, digest_of
from generique.production.job_ports import Job, JobState, Money

_PAID = frozenset({"expired", "missing"})
"""Failures after which an order that costs something is never sent again: it was charged."""


@dataclass(frozen=True)
class Order:
    """One order, ready to be sent.

    Attributes:
        backend: As production.toml names it.
        intent: What its job is found by.
        call: The call that places it.
        held: What it is expected to cost.
    """

    backend: str
    ask: Ask
    call: Call
    asked: Digest
    held: Money
    terms: str
    number: int
    intent: Digest

    def attempt(self, number: int) -> Order:
        """The same order, placed anew."""
        if number == self.number:
            return self
        return replace(self, number=number, intent=_intent(self.backend, self.asked, number))

    def job(self, card: Card, now: str) -> Job:
        """The job that it is to become."""
        return Job(
            intent=self.intent,
            backend=self.backend,
            provider=card.provider,
            model=self.ask.model,
            attempt=self.number,
            asked=self.asked,
            prompt=self.ask.request.prompt[:120],
            held=self.held,
            terms=self.terms,
            placed=now,
        )


def order_of(backend: str, ask: Ask, call: Call, card: Card) -> Order:
    """An order from a call: the same request always gives the same intent.

    The request's own seed is part of it, also where the provider takes none: two shots that are
    directed alike are two jobs.
    """
    asked = digest_of(canonical({"request": ask.request.to_json(), "call": _plain(call)}))
    held = ask.entry.cost(ask.seconds, ask.raster, ask.request.prompt)
    intent = _intent(backend, asked, 0)
    return Order(backend, ask, call, asked, held, card.in_force, 0, intent)


def _intent(backend: str, asked: Digest, number: int) -> Digest:
    return digest_of(canonical({"backend": backend, "asked": asked, "attempt": number}))


def label_of(intent: Digest) -> str:
    """What a job is called at a provider that lets us name it: 32 hexadecimal digits."""
    return intent.removeprefix("sha256:")[:32]


def _plain(call: Call) -> dict[str, Json]:
    """A call as JSON; files by digest, and numbers as text where canonical JSON has none."""
    parts: list[Json] = [
        [name, hashlib.sha256(data).hexdigest(), kind] for name, _, data, kind in call.parts
    ]
    body = digest_of(repr(call.body).encode()) if call.body is not None else None
    return {
        "path": call.path,
        "body": body,
        "form": {**(call.form or {})},
        "parts": parts,
    }


def final(job: Job) -> bool:
    """Whether the order of a failed job must not be sent again as it is."""
    failure = job.failure
    if job.state is not JobState.FAILED:
        return False
    if failure is None or failure.charged or failure.kind == "moderated":
        return True
    return failure.kind in _PAID and bool(Decimal(job.held.amount))


def unknown(job: Job) -> OutcomeUnknown:
    """The error of a job whose answer was lost."""
    return OutcomeUnknown(
        f"nobody knows whether {job.provider} took an order of {job.held.amount} "
        f"{job.held.currency}",
        where=f"{job.backend}, {job.prompt!r}, job {job.intent[7:19]}",
        why="the order was sent and its answer was lost; it is not sent again by itself",
        next_step="run generique reconcile: it asks the provider, or you",
    )


def too_large(job: Job, words: str) -> BackendFailed:
    """The error of a job whose result comes with an answer that is not read whole."""
    return BackendFailed(
        f"{job.provider} made it, and its answer is too large to be read",
        where=f"{job.backend}, {job.prompt!r}, the provider's job {job.number}",
        why=words,
        next_step="fetch it from the provider by its number; for the next, order a smaller raster, "
        "or results in a bucket where the backend has such an option",
    )


def late(job: Job, what: str, why: str | None = None) -> PastDeadline:
    """The error of a job that was taken and is not waited for any longer in this run.

    Args:
        job: Accepted.
        what: What the provider did or did not do.
        why: In its own words.
    """
    return PastDeadline(
        f"{job.provider} {what}",
        where=f"{job.backend}, {job.prompt!r}, the provider's job {job.number}",
        why=why,
        next_step="run the same command later; it goes on from here and pays nothing again",
    )


def failed(job: Job) -> GeneriqueError:
    """The error of a failed job, as its failure is named."""
    failure = job.failure
    kind = failure.kind if failure else "failed"
    words = (failure.words if failure else "") or (failure.code if failure else "") or kind
    where = f"{job.backend}, {job.prompt!r}"
    if kind == "moderated":
        paid = "; it is charged all the same" if failure and failure.charged else ""
        return Moderated(
            f"{job.provider} refused it by moderation{paid}",
            where=where,
            why=words,
            next_step="change the direction; the same order is never sent again",
        )
    if kind in {"throttled", "capacity"}:
        return Throttled(
            f"{job.provider} takes no more jobs for now",
            where=where,
            why=words,
            next_step="run the same command later; it goes on from here",
        )
    if kind == "retired":
        return Retired(
            f"{job.provider} does not serve {job.model} any more",
            where=where,
            why=words,
            next_step="name another model in production.toml",
        )
    if kind in {"access", "balance"}:
        return NotConfigured(
            f"{job.provider} does not let us in"
            if kind == "access"
            else f"the account at {job.provider} is empty",
            where=where,
            why=words,
            next_step=f"look at the account; generique backends check {job.backend}",
        )
    if kind == "invalid":
        return NotCapable(
            f"{job.provider} does not take this order",
            where=where,
            why=words,
            next_step="change what the provider names; nothing was made",
        )
    hints = {
        "expired": "the result was not fetched in time; ask the provider, or change the direction",
        "missing": "ask the provider for the job by its number, or change the direction",
        "cancelled": "run the same command to place it anew",
    }
    return BackendFailed(
        f"{job.provider} did not make it: {kind}",
        where=f"{where}, the provider's job {job.number}",
        why=words,
        next_step=hints.get(kind, "run the same command to place it anew, or name another backend"),
    )
