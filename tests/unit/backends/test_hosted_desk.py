"""The desk and a hosted backend, against a provider on this machine: what the suite leaves open."""

from __future__ import annotations

from concurrent.futures import Future
from importlib import resources
from pathlib import Path
from typing import cast

import pytest

from generique.backends.hosted.desk import TICK_SECONDS, WORKERS, Desk
from generique.backends.hosted.provider import Standing
from generique.backends.hosted.runway import RunwayBackend
from generique.backends.hosted.watch import Clock, Line, Watch
from generique.model.element import ElementKind, Raster
from generique.model.errors import (
    Moderated,
    NotCapable,
    NotConfigured,
    OverBudget,
    Retired,
    StorageUnavailable,
)
from generique.model.production import Budget
from generique.model.time import Rate
from generique.production.job_ports import Job, JobState
from generique.production.ports import Delivery, Request, Stage
from generique.testing.office import MemoryJobBook, MemoryOffice
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.stage import FolderStage

KEY = "not-a-real-key"


class Backend(RunwayBackend):
    """Runway's, in a hurry."""

    clock = Clock(scale=0.002)


def asked(prompt: str = "a harbour at dawn", *, seed: int = 7, frames: int = 6) -> Request:
    return Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        seed=seed,
        rate=Rate(numerator=24),
        frames=frames,
        raster=Raster(width=64, height=36),
    )


class Set:
    """A backend, an office and a provider."""

    def __init__(self, folder: Path, provider: SimulatedRunway) -> None:
        self.folder, self.provider = folder, provider
        self.book = MemoryJobBook()

    def generate(self, request: Request, *, interrupt_after: int | None = None) -> Delivery:
        """As a new process would, with the same book and folder."""
        settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": self.provider.base}
        office = MemoryOffice(self.folder, settings, self.book)
        stage = FolderStage(self.folder / "s", office=office, interrupt_after=interrupt_after)
        return Backend().generate(request, stage)

    @property
    def posts(self) -> int:
        """Orders that reached the provider."""
        return sum(line.startswith("POST") for line in self.provider.log)


def run(folder: Path, faults: dict[str, list[Fault | None]], request: Request) -> Delivery:
    with SimulatedRunway(Script(faults)) as provider:
        made = Set(folder, provider)
        delivery = made.generate(request)
        assert made.posts - len(faults.get("create", [])) <= 1
        assert len(provider.jobs) == 1
        return delivery


def test_a_job_is_made_once_and_conformed(tmp_path: Path) -> None:
    with SimulatedRunway() as provider:
        made = Set(tmp_path, provider)
        first = made.generate(asked())
        again = made.generate(asked())
        assert first.job == again.job
        assert first.job is not None
        assert (first.job.held, first.job.cost, first.job.currency) == ("0.24", "0.24", "USD")
        assert first.original is not None
        assert first.original.read_bytes() != first.path.read_bytes()
        assert made.posts == 1
        assert "2 seconds are made, 6 frames are used" in first.warnings
        (job,) = made.book.all()
        assert job.state is JobState.FINISHED
        assert job.number in provider.jobs


def test_what_moderation_refused_is_never_sent_again(tmp_path: Path) -> None:
    with SimulatedRunway() as provider:
        made = Set(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(Moderated, match="charged"):
                made.generate(asked("gore in a kitchen"))
        assert made.posts == 1


def test_many_are_worked_on_at_once_within_the_limit(tmp_path: Path) -> None:
    with SimulatedRunway(looks=3) as provider:
        settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": provider.base}
        stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, settings))
        backend, requests = Backend(), [asked(seed=seed) for seed in range(5)]
        backend.place(requests, stage)
        numbers = [backend.generate(request, stage).job for request in requests]
        assert len({job.number for job in numbers if job}) == 5
        orders = [line.startswith("POST") for line in provider.log]
        assert orders[:2] == [True, True], "two are placed before anything is looked at"
        assert not orders[2], "the third waits for a free place"


def test_orders_that_cannot_all_be_paid_are_placed_one_by_one(tmp_path: Path) -> None:
    with SimulatedRunway() as provider:
        settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": provider.base}
        budget = Budget(amount="0.30", currency="USD")
        stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, settings, budget=budget))
        backend = Backend()
        desk = backend._desk(stage.office)
        first, *others = [desk.enter(backend._order(asked(seed=seed), stage)) for seed in range(3)]
        job, path = desk.until(first, lambda share, at_work: None)
        assert job.state is JobState.FINISHED
        assert path.stat().st_size
        for each in others:
            with pytest.raises(OverBudget, match=r"0\.06 are left"):
                desk.until(each, lambda share, at_work: None)
        assert provider.orders == 1


class FullDisk(MemoryJobBook):
    """A book with no room for the first job."""

    def write(self, job: Job) -> None:
        """Fail once."""
        if not self.history:
            self.history.append(job)
            raise StorageUnavailable("the disk is full")
        super().write(job)


def test_what_could_not_be_written_down_was_not_sent_and_waits_on(tmp_path: Path) -> None:
    with SimulatedRunway() as provider:
        settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": provider.base}
        stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, settings, FullDisk()))
        backend, requests = Backend(), [asked(seed=seed) for seed in range(2)]
        backend.place(requests, stage)
        with pytest.raises(StorageUnavailable):
            backend.generate(requests[0], stage)
        assert provider.orders == 0
        assert all(backend.generate(request, stage).job for request in requests)
        assert provider.orders == 2


def test_a_desk_whose_hands_are_full_waits_for_one_of_them(tmp_path: Path) -> None:
    with SimulatedRunway() as provider:
        settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": provider.base}
        stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, settings))
        backend = Backend()
        desk = backend._desk(stage.office)
        desk.enter(backend._order(asked(), stage))
        assert desk._pause() < TICK_SECONDS, "an order is due"
        fetched = Watch(backend._order(asked(seed=9), stage), standing=Standing("finished"))
        desk._running.update({Future(): (fetched, desk._fetched) for _ in range(WORKERS)})
        assert desk._pause() == TICK_SECONDS


@pytest.mark.parametrize(
    ("misses", "wait", "least", "most"),
    [
        (0, None, 5, 5),
        (2, None, 20, 20),
        (5000, None, 60, 60),
        (5000, 7.0, 7, 7),
        (0, 1e15, 0, 1e5),
    ],
)
def test_the_next_try_comes_when_the_provider_says_and_never_too_late(
    tmp_path: Path, misses: int, wait: float | None, least: float, most: float
) -> None:
    with SimulatedRunway() as provider:
        settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": provider.base}
        stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, settings))
        backend = Backend()
        clock = Clock(monotonic=lambda: 100.0, chance=lambda: 0.0)
        transport = backend._transport(stage.office)
        desk = Desk(backend._provider, backend._card, stage.office, transport, clock)
        watch = Watch(backend._order(asked(), stage), misses=misses)
        desk._put_off(watch, wait)
        assert watch.misses == misses + 1
        assert least <= watch.due - 100.0 <= most


def test_a_line_gives_out_what_is_due_the_soonest_first_and_then_as_it_came() -> None:
    backend, stage = RunwayBackend(), cast("Stage", None)
    orders = [backend._order(asked(seed=seed), stage) for seed in range(5)]
    watches = [Watch(order, due=due) for order, due in zip(orders, (3, 1, 2, 1, 9), strict=True)]
    line = Line()
    assert (len(line), line.soonest) == (0, None)
    for watch in watches:
        line.put(watch)
    assert (len(line), line.soonest) == (5, 1)
    assert [watch.due for watch in line.take(0.5, 8)] == []
    assert list(line.take(3, 3)) == [watches[1], watches[3], watches[2]]
    assert list(line.take(3, 3)) == [watches[0]]
    assert (len(line), line.soonest) == (1, 9)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rate": Rate(numerator=25)}, "24 frames a second, not 25"),
        ({"frames": 24 * 11}, "no shot of 11.00 seconds"),
        ({"raster": Raster(width=100, height=100)}, "no picture of the shape 100x100"),
        ({"prompt": "x" * 1001}, "1001 utf-16"),
        ({"prompt": " "}, "needs a prompt"),
        ({"options": {"style": "x"}}, "no option 'style'"),
        ({"options": {"public_figures": "high"}}, "auto, low"),
        ({"kind": ElementKind.VOICE}, "not voice"),
    ],
)
def test_what_the_card_has_no_place_for_is_refused_before_money(
    changes: dict[str, object], words: str
) -> None:
    with pytest.raises(NotCapable, match=words):
        RunwayBackend().interpret(asked().model_copy(update=changes))


def test_a_rate_can_be_conformed_when_that_is_allowed(tmp_path: Path) -> None:
    changes = {"rate": Rate(numerator=25), "options": {"conform": "every frame"}}
    delivery = run(tmp_path, {}, asked().model_copy(update=changes))
    assert "each frame is shown once: 24 frames a second become 25" in delivery.warnings


def test_without_a_key_it_says_what_is_missing(tmp_path: Path) -> None:
    stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, {}))
    with pytest.raises(NotConfigured, match="cannot be asked") as caught:
        Backend().generate(asked(), stage)
    assert "RUNWAYML_API_SECRET" in (caught.value.why or "")
    assert [lack.what for lack in Backend().lacks(stage.office.setting)]


def test_a_key_is_never_sent_in_the_clear_to_another_machine(tmp_path: Path) -> None:
    settings = {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": "http://example.com"}
    stage = FolderStage(tmp_path, office=MemoryOffice(tmp_path, settings))
    with pytest.raises(NotConfigured, match="not safe"):
        Backend().generate(asked(), stage)


def test_the_backend_is_honest_about_what_is_not_known() -> None:
    passport = RunwayBackend().model("gen4.5").passport()
    assert passport.name == "runway:gen4.5"
    assert passport.training.statement == "undisclosed"
    assert not passport.repeatable
    with pytest.raises(NotConfigured, match="gen9"):
        RunwayBackend().model("gen9")


def test_a_withdrawn_model_is_refused_at_a_desk_that_another_model_opened(tmp_path: Path) -> None:
    ours = resources.files("generique.backends.hosted") / "cards" / "runway.toml"
    text = ours.read_text("utf-8")
    gone = text.replace('title = "Gen-4.5"', 'title = "Gen-4.5"\nretired = "2026-01-01"')
    assert gone != text
    (tmp_path / "runway.toml").write_text(gone, "utf-8")
    office = MemoryOffice(tmp_path, {"RUNWAYML_API_SECRET": KEY})
    backend = Backend("gen4.5", tmp_path)
    backend._desks[id(office)] = cast("Desk", object())
    with pytest.raises(Retired, match="2026-01-01"):
        backend.generate(asked(), FolderStage(tmp_path / "s", office=office))
