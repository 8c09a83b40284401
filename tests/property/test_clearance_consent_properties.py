"""What holds of consents whatever they say: fewer rights never allow more, order is nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generique.clearance.case import Withdrawn
from generique.clearance.consents import ConsentedAct, coverage
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.consent import Consent

NAMES = ["Ada", "Bo"]
TITLES = ["river", "lake", "*"]
PLACES = ["FR", "SE", "*"]
DAYS = [f"2026-01-{day:02}" for day in range(1, 8)]
ACTIONS = [Action.CLONE_VOICE, Action.DUB, Action.USE_IN_PROMO]


@st.composite
def consent(draw: st.DrawFn) -> Consent:
    starts, ends = sorted([draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))])
    return Consent(
        id=draw(st.sampled_from(["c1", "c2", "c3"])),
        person=draw(st.sampled_from(NAMES)),
        of=draw(st.sampled_from(["voice", "likeness"])),
        actions=tuple(draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2))),
        titles=tuple(draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=2))),
        territories=tuple(draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2))),
        media=("*",),
        starts=starts,
        ends=draw(st.sampled_from([ends, None])),
        description="",
        revoked_on=draw(st.sampled_from([None, *DAYS])),
        minor=draw(st.sampled_from([Answer.NO, Answer.NO, Answer.UNKNOWN, Answer.YES])),
        estate=draw(st.booleans()),
    )


ACTS = st.builds(
    ConsentedAct,
    person=st.sampled_from(NAMES),
    action=st.sampled_from(ACTIONS),
    title=st.sampled_from(TITLES[:2]),
    territories=st.lists(st.sampled_from(PLACES[:2]), max_size=2).map(tuple),
    media=st.just(()),
    day=st.sampled_from(DAYS),
)
GONE = st.lists(
    st.builds(
        Withdrawn,
        kind=st.sampled_from(["consent", "model"]),
        id=st.sampled_from(["c1", "c2", "c3"]),
        entry=st.integers(0, 9),
        at=st.sampled_from(["", *(f"{day}T00:00:00Z" for day in DAYS)]),
    ),
    max_size=3,
)
CONSENTS = st.lists(consent(), max_size=4)


@given(CONSENTS, ACTS, GONE, st.integers(0, 3))
def test_order_is_nothing(
    consents: list[Consent], act: ConsentedAct, gone: list[Withdrawn], turn: int
) -> None:
    mixed = [*consents[turn:][::-1], *consents[:turn]]
    one, other = coverage(consents, act, gone), coverage(mixed, act, gone)
    assert (one.covered, one.gap) == (other.covered, other.gap)
    assert one.covered == (one.lift == "")


@given(CONSENTS, consent(), ACTS, GONE)
def test_one_more_consent_takes_nothing_away(
    consents: list[Consent], more: Consent, act: ConsentedAct, gone: list[Withdrawn]
) -> None:
    if coverage(consents, act, gone).covered:
        assert coverage([*consents, more], act, gone).covered


@given(CONSENTS, ACTS, GONE, st.sampled_from(["c1", "c2", "c3"]), st.sampled_from(DAYS))
def test_a_withdrawal_takes_away_from_its_day_on_and_only_then(
    consents: list[Consent], act: ConsentedAct, gone: list[Withdrawn], name: str, day: str
) -> None:
    before = coverage(consents, act, gone)
    more = [*gone, Withdrawn(kind="consent", id=name, entry=99, at=f"{day}T00:00:00Z")]
    after = coverage(consents, act, more)
    if after.covered:
        assert before.covered
    if act.day < day:
        assert after == before
    elif before.covered and not after.covered:
        assert any(consent.id == name for consent in consents)


@given(consent(), ACTS, st.sampled_from(DAYS))
def test_a_revocation_never_permits_and_never_reaches_back(
    one: Consent, act: ConsentedAct, day: str
) -> None:
    standing = one.model_copy(update={"revoked_on": None})
    revoked = one.model_copy(update={"revoked_on": day})
    then, now = coverage([standing], act).covered, coverage([revoked], act).covered
    assert now == (then and act.day < day)


@given(consent(), ACTS)
def test_only_the_same_person_is_ever_bound(one: Consent, act: ConsentedAct) -> None:
    if coverage([one], act).covered:
        assert one.person == act.person
        assert one.starts <= act.day
        assert one.ends is None or act.day <= one.ends
