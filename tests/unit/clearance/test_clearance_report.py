"""The report of clearance: outcomes put together, and nothing of them lost."""

from __future__ import annotations

from generique.clearance.report import FAMILIES, Sureness, family_of, put_together, worst
from generique.clearance.verdict import Effect, Evidence, Outcome, Status
from generique.model.people import Role
from generique.model.values import digest_of

DIGEST = digest_of(b"paper")


def outcome(rule: str, status: Status, element: str | None = None, **facts: object) -> Outcome:
    values = {
        "rule": rule,
        "title": f"Rule {rule}",
        "source": "A source",
        "status": status,
        "element": element,
        "reason": "for a reason",
    }
    return Outcome.model_validate(values | facts)


def test_outcomes_that_differ_in_their_element_alone_are_one_remark() -> None:
    (ruled,) = put_together(
        [
            outcome("NFX-01", Status.OPEN, "2-1", lift="act", who=(Role.PRODUCER,)),
            outcome("NFX-01", Status.OPEN, "1-1", lift="act", who=(Role.PRODUCER,)),
            outcome("NFX-01", Status.OPEN, "3-1", lift="act otherwise", who=(Role.COUNSEL,)),
            outcome("NFX-01", Status.PASSED),
        ]
    )
    assert ruled.status is Status.OPEN
    assert [remark.elements for remark in ruled.remarks] == [("1-1", "2-1"), ("3-1",), ()]
    assert ruled.who == (Role.PRODUCER, Role.COUNSEL)
    assert ruled.lift == "act; act otherwise"


def test_a_clause_is_called_by_its_number_and_apart_from_others() -> None:
    ruled = put_together(
        [
            outcome("CLAUSE", Status.PASSED, clause="4"),
            outcome("CLAUSE", Status.FAILED, clause="9"),
        ]
    )
    assert [one.id for one in ruled] == ["CLAUSE 9", "CLAUSE 4"]
    assert {one.family for one in ruled} == {"contract"}


def test_a_rule_blocks_when_any_of_its_outcomes_does() -> None:
    warns = outcome("FRA-06", Status.OPEN, "1-1", effect=Effect.WARN)
    assert put_together([warns])[0].effect is Effect.WARN
    assert put_together([warns, outcome("FRA-06", Status.OPEN)])[0].effect is Effect.BLOCK


def test_evidence_stands_once_whatever_rests_on_it() -> None:
    paper = Evidence(what="a paper", entry=3, digest=DIGEST)
    bare, shown = Evidence(what="a paper"), Evidence(what="a paper", frame=7)
    (ruled,) = put_together(
        [
            outcome("AUD-01", Status.PASSED, "1-1", evidence=(paper, shown)),
            outcome("AUD-01", Status.PASSED, "1-2", evidence=(paper, bare)),
        ]
    )
    assert ruled.evidence == (bare, shown, paper)


def test_how_sure_a_rule_is_stands_beside_it() -> None:
    sure = {"FRA-06": Sureness(words="unconfirmed", unconfirmed=True)}
    ruled = put_together([outcome("FRA-06", Status.OPEN), outcome("NFX-01", Status.PASSED)], sure)
    assert {one.rule: one.sureness for one in ruled} == {
        "FRA-06": sure["FRA-06"],
        "NFX-01": None,
    }


def test_families_follow_their_order_and_an_unknown_rule_is_of_the_film() -> None:
    rules = ("OWN-1", "PLT-01", "CLAUSE", "AUD-01", "EUA-02")
    found = [one.family for one in put_together([outcome(name, Status.PASSED) for name in rules])]
    assert found == sorted(found, key=FAMILIES.index)
    assert family_of("OWN-1") == "film"


def test_the_worst_counts_and_nothing_is_not_applicable() -> None:
    assert worst([Status.PASSED, Status.NOT_APPLICABLE]) is Status.PASSED
    assert worst([Status.PASSED, Status.OPEN, Status.FAILED]) is Status.FAILED
    assert worst([]) is Status.NOT_APPLICABLE
