"""A backend that asks a provider: from a card and a dialect to the port of every generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from generique.backends.hosted.ask import check, plan, told
from generique.backends.hosted.card import HOME, Card, Model, load_card
from generique.backends.hosted.desk import Desk
from generique.backends.hosted.intent import Order, failed, label_of, order_of
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Cancels,
    Finds,
    Lists,
    Provider,
)
from generique.backends.hosted.transport import Lost, NotSent, Transport
from generique.backends.hosted.watch import Clock
from generique.model.delivered import JobFacts
from generique.model.errors import BackendFailed, NotConfigured, Retired
from generique.model.passport import Passport, SourceType
from generique.production.job_ports import Job, JobState, Lack, Office
from generique.production.ports import (
    Delivery,
    Estimate,
    Interpretation,
    Request,
    Stage,
    WordUse,
)

PROXY = "HTTPS_PROXY"
CARDS = "GENERIQUE_CARDS"
"""Setting that names a folder with cards that replace those of the program."""


class HostedBackend:
    """Implements :class:`generique.production.ports.Backend` for one model of a provider.

    A subclass names its dialect. ``runway`` in production.toml is the first model of the card,
    ``runway:gen4.5`` the one named.

    Attributes:
        dialect: Makes the translator.
        cards_of: Package whose folder ``cards`` holds the card; a plug-in names its own.
        clock: Of the desk; tests set a quick one.
    """

    dialect: ClassVar[Callable[[], Provider]]
    clock: ClassVar[Clock | None] = None
    cards_of: ClassVar[str] = HOME

    def __init__(
        self,
        model: str | None = None,
        cards: Path | None = None,
        desks: dict[int, Desk] | None = None,
    ) -> None:
        self._model = model
        self._cards = cards
        self._desks = {} if desks is None else desks

    def configured(self, setting: Callable[[str], str | None]) -> HostedBackend:
        """The backend as an operator's own cards describe it, where there are some."""
        folder = setting(CARDS)
        return type(self)(self._model, Path(folder) if folder else None, self._desks)

    def model(self, name: str) -> HostedBackend:
        """The backend of another model of the same provider; both wait at the same desk.

        Raises:
            NotConfigured: The card names no such model.
        """
        if name not in self._card.models:
            raise NotConfigured(
                f"{self._card.title} has no model {name!r}",
                why=f"its card of {self._card.read_on} names {', '.join(self._card.models)}",
                next_step="name one of these, or bring the card up to date",
            )
        return type(self)(name, self._cards, self._desks)

    def models(self) -> tuple[str, ...]:
        """Names on the card, the usual one first."""
        return tuple(self._card.models)

    @cached_property
    def _provider(self) -> Provider:
        return type(self).dialect()

    @cached_property
    def _card(self) -> Card:
        return load_card(self._provider.name, self._cards, type(self).cards_of)

    @property
    def _chosen(self) -> str:
        return self._model or next(iter(self._card.models))

    @property
    def name(self) -> str:
        """As production.toml names it."""
        return f"{self._provider.name}:{self._chosen}"

    def passport(self) -> Passport:
        """What is known of the model, as read on the card's date."""
        card, entry = self._card, self._entry
        terms = card.terms
        notes = (
            f"Terms: {card.in_force}, {terms.url}. Trains on what it is given: "
            f"{terms.trains_on_inputs}. Keeps it: {terms.retention}. Regions: {terms.regions}. "
            f"Marks: {terms.marks}. {terms.use}"
        )
        title = f"{card.title} {entry.title}"
        return Passport(
            name=self.name,
            version=entry.version,
            title=title,
            maker=card.maker,
            licence=terms.licence,
            kinds=entry.kinds,
            training=entry.training,
            source_type=SourceType.TRAINED_ALGORITHMIC,
            repeatable=False,
            local=False,
            credit=entry.credit or {"en": title, "fr": title},
            credit_duty=entry.credit_duty,
            notes=notes.strip(),
        )

    @property
    def _entry(self) -> Model:
        return self._card.models[self._chosen]

    def interpret(self, request: Request) -> Interpretation:
        """How the order would be placed. A model's words are its own secret: all are handed on.

        Raises:
            NotCapable: The card or the dialect has no place for something that is asked.
        """
        ask = self._ask(request, ())
        if not request.references:
            self._provider.create(ask)
        text = request.prompt
        unsent = ask.entry.enlarges
        whole = WordUse(
            start=0,
            end=len(text),
            text=text,
            use="filler" if unsent else "used",
            became="" if unsent else "prompt",
        )
        return Interpretation(
            words=(whole,) if text else (),
            frames=request.frames or _frames(ask),
            warnings=told(ask),
        )

    def estimate(self, request: Request, stage: Stage) -> Estimate:
        """Expected time, and money in the currency of the card; none for a job that is placed."""
        ask = self._full(request, stage)
        if self._is_placed(request, stage):
            return Estimate(seconds=ask.entry.seconds_of_work)
        cost = ask.entry.cost(ask.seconds, ask.raster, request.prompt)
        if not Decimal(cost.amount):
            return Estimate(seconds=ask.entry.seconds_of_work)
        return Estimate(seconds=ask.entry.seconds_of_work, cost=cost.amount, currency=cost.currency)

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Place the order, or go on with the job that it became, and conform what comes.

        Raises:
            NotCapable: As ``interpret``; nothing was sent.
            BackendFailed: In one of the named ways.
        """
        self._ask(request, ())
        desk = self._desk(stage.office)
        order = self._order(request, stage)
        intent = desk.enter(order)

        def tell(share: float | None, others: int) -> None:
            stage.progress(round(100 * (share or 0)), 100, f"{self.name} ({others} at work)")

        job, original = desk.until(intent, tell)
        path = self._conformed(original, order.ask, stage)
        return Delivery(
            path=path,
            media_type="video/mp4" if order.ask.raster else "audio/wav",
            seed=request.seed,
            original=original,
            warnings=told(order.ask),
            job=_facts(job),
        )

    def lacks(self, setting: Callable[[str], str | None]) -> tuple[Lack, ...]:
        """What is missing before this provider can be asked."""
        from importlib.util import find_spec

        card = self._card
        found = []
        if find_spec("httpx") is None:
            found.append(Lack(what="the HTTP client", next_step='pip install "generique[hosted]"'))
        if card.let_in(setting) is None:
            for key, what in card.keys.items():
                if setting(key) is None:
                    found.append(Lack(what=f"{key}: {what}", next_step=card.key_help))
        retired = card.withdrawn(self._chosen, setting)
        if retired is not None:
            found.append(
                Lack(
                    what=f"the model: it was withdrawn on {retired.isoformat()}",
                    next_step="name another model, or a server of the same shape with "
                    f"{card.base_setting}",
                )
            )
        return tuple(found)

    def place(self, requests: Sequence[Request], stage: Stage) -> None:
        """Line up everything that is going to be asked; ``generate`` collects.

        Raises:
            OverBudget: All together would cost more than is left; nothing was lined up.
        """
        orders = [self._order(request, stage) for request in requests]
        known = {job.intent for job in stage.office.jobs.all()}
        stage.office.require([each.held for each in orders if each.intent not in known])
        desk = self._desk(stage.office)
        for each in orders:
            with suppress(BackendFailed):  # ``generate`` says the same of it; the others go on
                desk.enter(each)

    def price(self) -> str:
        """What the card says that it costs."""
        price = self._entry.price
        if price is None:
            return "not known"
        most = price.most()
        if not most:
            return "free"
        dearer = f" (up to {most})" if most > Decimal(price.amount) else ""
        return f"{price.amount}{dearer} {price.currency} a {price.unit}"

    def taken(self, job: Job, office: Office) -> tuple[str, ...] | None:
        """Ask for a job by our name for it, or for the jobs of late.

        Returns:
            Numbers that the book does not know, of the same name or prompt; None where the provider
            can be asked for neither.
        """
        if isinstance(self._provider, Finds):
            return self._named(job, self._provider, office)
        if not isinstance(self._provider, Lists):
            return None
        answer = self._once(job, self._provider.listing(), office)
        known = {each.number for each in office.jobs.all()}
        return tuple(
            number
            for number, prompt in self._provider.listed(answer)
            if number not in known and prompt[:120] == job.prompt
        )

    def _named(self, job: Job, provider: Finds, office: Office) -> tuple[str, ...]:
        call = provider.find(job, label_of(job.intent))
        answer = self._said(job, call, office)
        found = provider.accepted(answer) if answer.status < 300 else provider.refused(answer)
        if isinstance(found, Accepted):
            return (found.number,)
        if found.kind != "missing":  # it says nothing of the job
            raise failed(job.model_copy(update={"failure": found}))
        return ()

    def cancel(self, job: Job, office: Office) -> bool:
        """Ask the provider to stop a job; what it says of it is read by the next run."""
        if not isinstance(self._provider, Cancels):
            return False
        for call in self._provider.stops(job):
            self._once(job, call, office)
        return True

    def _once(self, job: Job, call: Call, office: Office) -> Answer:
        """Ask the provider about a job, outside the desk.

        Raises:
            BackendFailed: It does not answer, or refuses.
        """
        answer = self._said(job, call, office)
        if answer.status >= 300:
            raise failed(job.model_copy(update={"failure": self._provider.refused(answer)}))
        return answer

    def _said(self, job: Job, call: Call, office: Office) -> Answer:
        with closing(self._transport(office)) as transport:
            try:
                return transport.send(call)
            except (NotSent, Lost) as error:
                raise BackendFailed(
                    f"{job.provider} does not answer", why=str(error), next_step="try again later"
                ) from error

    # Orders

    def _is_placed(self, request: Request, stage: Stage) -> bool:
        """Whether the provider has taken the order already, and money is held for it."""
        with suppress(NotConfigured):
            job = stage.office.jobs.find(self._order(request, stage).intent)
            return job is not None and job.state in {JobState.ACCEPTED, JobState.FINISHED}
        return False

    def _full(self, request: Request, stage: Stage) -> Ask:
        """What is asked, with the files to follow; a video among them may decide the length."""
        files = tuple(
            (each.role, stage.reference(each.file), each.media_type) for each in request.references
        )
        ask = self._ask(request, files)
        if not ask.of_role("video"):
            return ask
        from generique.backends.hosted.source import follow

        return follow(ask, self.name)

    def _order(self, request: Request, stage: Stage) -> Order:
        ask = self._full(request, stage)
        return order_of(self.name, ask, self._provider.create(ask), self._card)

    def _ask(self, request: Request, files: tuple[tuple[str, Path, str], ...]) -> Ask:
        entry, name = self._entry, self.name
        check(request, entry, name)
        seconds, raster = plan(request, entry, name)
        return Ask(request, self._chosen, entry, seconds, raster, files)

    def _conformed(self, original: Path, ask: Ask, stage: Stage) -> Path:
        from generique.backends.hosted.conform import conform_picture, conform_sound

        if ask.raster is not None:
            return conform_picture(original, ask, stage)
        return conform_sound(original, ask.request, stage)

    def _desk(self, office: Office) -> Desk:
        """The provider's desk in this office; one for all its models."""
        self._refuse_retired(office)
        if id(office) not in self._desks:
            transport = self._transport(office)
            self._desks[id(office)] = Desk(
                self._provider, self._card, office, transport, type(self).clock
            )
        return self._desks[id(office)]

    def _transport(self, office: Office) -> Transport:
        card = self._card
        lacks = self.lacks(office.setting)
        if lacks:
            raise NotConfigured(
                f"{card.title} cannot be asked",
                why="; ".join(lack.what for lack in lacks),
                next_step=lacks[0].next_step,
            )
        from generique.backends.hosted.web import LOCAL_NETWORK, PLAIN_HTTP, WebTransport

        keys = card.let_in(office.setting) or {}
        buckets = card.buckets
        if card.buckets_setting is not None:
            buckets = office.setting(card.buckets_setting) or buckets
        base = self._provider.home(office.setting(card.base_setting) or card.base, keys)
        return WebTransport(
            base,
            lambda: self._provider.access(keys),
            card.hosts,
            office.setting(PROXY),
            plain=office.setting(PLAIN_HTTP) == LOCAL_NETWORK,
            buckets=buckets,
        )

    def _refuse_retired(self, office: Office) -> None:
        card = self._card
        gone = card.withdrawn(self._chosen, office.setting)
        if gone is not None:
            raise Retired(
                f"{card.title} withdrew {self._chosen} on {gone.isoformat()}",
                where=self.name,
                next_step="name another model; servers of the same shape can be named with "
                f"{card.base_setting}",
            )


def _facts(job: Job) -> JobFacts:
    """What the provider said of a job, and what it was expected to cost, each as what it is."""
    free = not any(Decimal(money.amount) for money in (job.held, job.cost) if money)
    return JobFacts(
        provider=job.provider,
        model=job.model,
        number=job.number or "",
        held=job.held.amount,
        cost=job.cost.amount if job.cost else None,
        currency=None if free else job.held.currency,
        terms=job.terms,
    )


def _frames(ask: Ask) -> int | None:
    """Length of what the model makes by itself, in frames of the request's rate."""
    return ask.request.rate.frames(ask.seconds) if ask.seconds else None
