"""What a production may spend, and what it has: every job holds its price until it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from generique.model.errors import OverBudget
from generique.model.production import Budget
from generique.production.job_ports import Job, JobState, Money


def in_budget(money: Money, budget: Budget) -> Decimal:
    """An amount in the currency of the budget.

    Raises:
        OverBudget: The budget names no rate for its currency.
    """
    amount = Decimal(money.amount)
    if money.currency == budget.currency or not amount:
        return amount
    rate = budget.rates.get(money.currency)
    if rate is None:
        raise OverBudget(
            f"a price is in {money.currency} and the budget in {budget.currency}",
            where="production.toml, [budget]",
            next_step=f'say what it is worth: rates = {{ {money.currency} = "0.92" }}',
        )
    return amount * Decimal(rate)


def spent(jobs: Iterable[Job], budget: Budget) -> Decimal:
    """What jobs cost or hold, in the currency of the budget.

    A job whose outcome is unknown holds its price: it may have been taken. So does one that failed
    where the provider charges it, or may: cancelled, expired and missing jobs. Other failures cost
    nothing.
    """
    total = Decimal(0)
    for job in jobs:
        if _costs(job):
            total += in_budget(job.cost or job.held, budget)
    return total


_PERHAPS_CHARGED = frozenset({"cancelled", "expired", "missing"})


def _costs(job: Job) -> bool:
    """Whether money is held or spent for a job, as far as is known."""
    failure = job.failure
    if job.state is not JobState.FAILED or failure is None:
        return job.state is not JobState.DROPPED
    return failure.charged or failure.kind in _PERHAPS_CHARGED


def require(held: Sequence[Money], jobs: Iterable[Job], budget: Budget) -> None:
    """Stop before more is ordered than may be spent.

    Args:
        held: Prices of the jobs about to be placed.
        jobs: All jobs of the production so far.
        budget: Of the production.

    Raises:
        OverBudget: It is more than is left, or one job costs more than one may.
    """
    prices = [in_budget(money, budget) for money in held]
    dearest = max(prices, default=Decimal(0))
    if budget.shot is not None and dearest > Decimal(budget.shot):
        raise OverBudget(
            f"a shot would cost {dearest:.2f} {budget.currency}, one may cost {budget.shot}",
            where="production.toml, [budget], shot",
            next_step="make it shorter, name another backend, or raise the limit",
        )
    total, had = sum(prices, Decimal(0)), spent(jobs, budget)
    left = Decimal(budget.amount) - had
    if total > max(left, Decimal(0)):
        raise OverBudget(
            f"{total:.2f} {budget.currency} would be spent, {max(left, Decimal(0)):.2f} are left",
            where="production.toml, [budget]",
            why=f"of {budget.amount} {budget.currency}, {had:.2f} are spent or held",
            next_step="raise the budget, or name another backend; nothing was ordered",
        )
