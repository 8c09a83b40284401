"""The report of clearance and the truth map, for any outcomes and any film."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generique.clearance.report import put_together, worst
from generique.clearance.truth_map import truth_map
from generique.clearance.verdict import Effect, Evidence, Outcome, Status
from generique.model.element import ElementClass
from generique.model.people import Role
from generique.testing.lineages import generated, lineage_of

OUTCOMES = st.lists(
    st.builds(
        Outcome,
        rule=st.sampled_from(["NFX-01", "CLAUSE", "EUA-02", "OWN-1"]),
        clause=st.sampled_from([None, "1", "2"]),
        title=st.just("A rule"),
        source=st.just("A source"),
        status=st.sampled_from(list(Status)),
        effect=st.sampled_from(list(Effect)),
        element=st.sampled_from([None, "1-1", "1-2"]),
        reason=st.sampled_from(["one", "other"]),
        evidence=st.lists(
            st.builds(Evidence, what=st.just("x"), entry=st.sampled_from([None, 1])), max_size=2
        ).map(tuple),
        who=st.sampled_from([(), (Role.PRODUCER,)]),
    ),
    max_size=12,
)
SHOTS = st.lists(
    st.tuples(st.integers(0, 199), st.integers(1, 120), st.sampled_from(list(ElementClass))),
    max_size=8,
)


@given(OUTCOMES, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_outcomes_never_matters_and_none_is_lost(
    outcomes: list[Outcome], chance: object
) -> None:
    mixed = list(outcomes)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    ruled = put_together(outcomes)
    assert put_together(mixed) == ruled
    assert worst(one.status for one in ruled) == worst(one.status for one in outcomes)
    told = {
        (one.rule, one.clause, remark.status, remark.reason, element)
        for one in ruled
        for remark in one.remarks
        for element in remark.elements
    }
    assert told == {
        (one.rule, one.clause, one.status, one.reason, one.element)
        for one in outcomes
        if one.element
    }


@given(SHOTS)
@settings(max_examples=80, deadline=None)
def test_strips_divide_the_running_time_and_never_look_more_authentic(
    shots: list[tuple[int, int, ElementClass]],
) -> None:
    uses = [
        generated(f"s{n}", start, start + length, element_class=kind)
        for n, (start, length, kind) in enumerate(shots)
    ]
    found = truth_map(lineage_of(*uses, frames=200), "en", {use.id: "waiting" for use in uses})
    cells = found.track("picture")
    edges = [cell.start for cell in cells] + [200]
    assert edges[0] == 0
    assert [cell.end for cell in cells] == edges[1:]
    assert abs(sum(found.shares.values()) - 1) < 1e-4
    for cell in cells:
        for frame in (cell.start, cell.end - 1):
            shown = {use.element_class for use in uses if use.start <= frame < use.end}
            assert (cell.says in {kind.value for kind in shown}) if shown else cell.says == ""
            if ElementClass.SYNTHETIC in shown:
                assert cell.says == "synthetic"
