"""Status: what is done, what waits for whom, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable

from generique.clearance.clauses import Contract
from generique.model.people import Matter
from generique.model.take import Take
from generique.model.values import Value
from generique.production.journal import Journal
from generique.production.people import asked
from generique.production.plan import Plan
from generique.production.ports import Vault
from generique.production.recall import sealed_masters
from generique.production.review import REVIEWER, all_takes, decisions, signed, standing
from generique.production.withdrawal import Impact


class StatusRow(Value):
    """One element.

    Attributes:
        take: Its newest take; None before it is shot.
        state: ``to do``, ``refused``, or where the take stands.
        waits_for: Roles that have to act; None when nobody has to.
    """

    element: str
    take: str | None
    state: str
    waits_for: str | None


class ProductionStatus(Value):
    """Where a production stands.

    Attributes:
        withdrawn: What was withdrawn and is still used, in words.
    """

    rows: tuple[StatusRow, ...]
    masters: tuple[str, ...]
    cost: str
    currency: str
    summary: str
    withdrawn: tuple[str, ...] = ()


def status(
    plan: Plan,
    journal: Journal,
    vault: Vault,
    impacts: Iterable[Impact] = (),
    contract: Contract | None = None,
) -> ProductionStatus:
    """Where a production stands.

    Args:
        plan: What it needs.
        journal: What was done.
        vault: Holds the takes' documents.
        impacts: What every recorded withdrawal reaches.
        contract: May wait for more people than is usual.
    """
    words = signed(journal)
    reached = {take.take: found for found in impacts for take in found.takes}
    takes: dict[str, Take] = {take.element: take for take in all_takes(journal, vault)}
    said = decisions(journal)
    rows = []
    for step in plan.steps:
        verb, _, element = step.name.partition(" ")
        if verb != "shoot":
            continue
        take = takes.get(element)
        if step.state == "refused" or take is None or step.state == "to do":
            state, waits = step.state, "director" if step.state == "refused" else None
        else:
            stands = standing(said.get(take.essence, ()))
            asks = asked(take, Matter.TAKE, words, contract, kind=take.kind)
            roles = dict.fromkeys(role.value for one in asks.missing for role in one.roles)
            state, waits = stands.value, ", ".join(roles) or None
            if take.id in reached:
                state, waits = "withdrawn", REVIEWER.value
        rows.append(
            StatusRow(element=element, take=take.id if take else None, state=state, waits_for=waits)
        )
    masters = tuple(sealed_masters(journal))
    waiting = sum(1 for row in rows if row.waits_for)
    to_do = sum(1 for row in rows if row.state == "to do")
    return ProductionStatus(
        rows=tuple(rows),
        masters=masters,
        cost=plan.cost,
        currency=plan.currency,
        summary=f"{len(rows)} elements: {to_do} to do, {waiting} wait for a person; "
        f"masters: {', '.join(masters) or 'none yet'}; cost still to come: {plan.cost} "
        f"{plan.currency}",
        withdrawn=tuple(
            f"{found.statement}, withdrawn in entry {found.recorded[-1]}: {name}"
            for name, found in reached.items()
        ),
    )
