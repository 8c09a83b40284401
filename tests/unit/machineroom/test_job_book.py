"""The book of jobs: durable, replaced by intent, in the order in which jobs were placed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generique.machineroom.database import open_database
from generique.machineroom.job_book import DiskOffice, SqlJobBook
from generique.model.errors import OverBudget
from generique.model.production import Budget
from generique.model.values import digest_of
from generique.production.job_ports import Failure, Job, JobState, Money


def job(name: str, placed: str = "2026-11-28T10:00:00Z", **changes: object) -> Job:
    made = Job(
        intent=digest_of(name.encode()),
        backend="runway:gen4.5",
        provider="runway",
        model="gen4.5",
        asked=digest_of(b"asked"),
        held=Money(amount="1.20", currency="USD"),
        placed=placed,
    )
    return made.model_copy(update=changes)


def test_what_was_written_is_found_by_another_process(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    SqlJobBook(open_database(path)).write(job("a"))
    book = SqlJobBook(open_database(path))
    assert book.find(job("a").intent) == job("a")
    assert book.find(job("b").intent) is None


def test_a_job_is_replaced_by_what_is_known_later(tmp_path: Path) -> None:
    book = SqlJobBook(open_database(tmp_path / "ledger.sqlite"))
    book.write(job("a"))
    later = job("a", state=JobState.ACCEPTED, number="task-1")
    book.write(later)
    assert book.find(later.intent) == later
    assert book.all() == (later,)
    assert book.all((JobState.INTENDED,)) == ()


def test_jobs_come_in_the_order_in_which_they_were_placed(tmp_path: Path) -> None:
    book = SqlJobBook(open_database(tmp_path / "ledger.sqlite"))
    late, early = job("late", "2026-11-28T11:00:00Z"), job("early", "2026-11-28T09:00:00Z")
    book.write(late)
    book.write(early)
    assert book.all() == (early, late)


def test_the_office_asks_the_budget_of_the_moment(tmp_path: Path) -> None:
    book = SqlJobBook(open_database(tmp_path / "ledger.sqlite"))
    amount = ["2"]
    office = DiskOffice(tmp_path, book, lambda: Budget(amount=amount[0], currency="USD"))
    office.require([Money(amount="1.20", currency="USD")])
    book.write(job("a"))
    with pytest.raises(OverBudget, match=r"0\.80 are left"):
        office.require([Money(amount="1.20", currency="USD")])
    amount[0] = "3"
    office.require([Money(amount="1.20", currency="USD")])


@pytest.mark.parametrize(
    ("state", "failure", "left"),
    [
        (JobState.INTENDED, None, "8.80"),
        (JobState.ACCEPTED, None, "8.80"),
        (JobState.FINISHED, None, "8.80"),
        (JobState.DROPPED, None, "10.00"),
        (JobState.FAILED, Failure(kind="failed"), "10.00"),
        (JobState.FAILED, Failure(kind="moderated", charged=True), "8.80"),
        (JobState.FAILED, Failure(kind="cancelled"), "8.80"),
        (JobState.FAILED, Failure(kind="expired"), "8.80"),
    ],
)
def test_what_may_have_been_charged_is_held(
    state: JobState, failure: Failure | None, left: str, tmp_path: Path
) -> None:
    book = SqlJobBook(open_database(tmp_path / "ledger.sqlite"))
    book.write(job("a", state=state, failure=failure))
    office = DiskOffice(tmp_path, book, lambda: Budget(amount="10", currency="USD"))
    office.require([Money(amount=left, currency="USD")])
    with pytest.raises(OverBudget):
        office.require([Money(amount=f"{float(left) + 0.01:.2f}", currency="USD")])


def test_one_job_may_cost_no_more_than_one_may(tmp_path: Path) -> None:
    book = SqlJobBook(open_database(tmp_path / "ledger.sqlite"))
    budget = Budget(amount="100", currency="EUR", shot="1", rates={"USD": "0.5"})
    office = DiskOffice(tmp_path, book, lambda: budget)
    office.require([Money(amount="2", currency="USD")])
    with pytest.raises(OverBudget, match=r"would cost 1\.05 EUR, one may cost 1"):
        office.require([Money(amount="2.10", currency="USD")])
    with pytest.raises(OverBudget, match="price is in GBP"):
        office.require([Money(amount="0.10", currency="GBP")])
