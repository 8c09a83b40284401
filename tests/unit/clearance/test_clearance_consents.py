from __future__ import annotations

import pytest

from generique.clearance.case import Withdrawn
from generique.clearance.consents import ConsentBook, ConsentedAct, Gap, coverage, gap_of
from generique.model.action import Action
from generique.model.consent import Consent
from generique.model.errors import UnreadableInput


def consent_of(**more: object) -> Consent:
    document = {
        "id": "ada-voice",
        "person": "Ada Lindqvist",
        "of": "voice",
        "actions": ["cloneVoice", "dub"],
        "titles": ["river"],
        "territories": ["FR", "SE"],
        "media": ["television"],
        "starts": "2026-01-01",
        "ends": "2026-12-31",
        "description": "Narration.",
        "minor": "no",
        **more,
    }
    return Consent.read(document, where="consents.toml")


def act_of(**more: object) -> ConsentedAct:
    document = {
        "person": "Ada Lindqvist",
        "action": "cloneVoice",
        "title": "river",
        "territories": ["FR"],
        "media": ["television"],
        "day": "2026-11-28",
        **more,
    }
    return ConsentedAct.read(document, where="act")


def test_an_act_within_everything_is_covered() -> None:
    found = coverage([consent_of()], act_of())
    assert found.covered
    assert (found.consent, found.gap, found.lift) == ("ada-voice", None, "")
    assert found.reason == "Ada Lindqvist agreed to it: consent ada-voice"


@pytest.mark.parametrize(
    ("consent", "act", "gap", "reason"),
    [
        ({}, {"person": "Ada Lind"}, None, "no consent of Ada Lind is known"),
        (
            {"of": "likeness"},
            {},
            Gap.OF,
            "it is about the likeness, not the voice",
        ),
        (
            {"actions": ["dub"]},
            {},
            Gap.ACTION,
            "it allows dub, not cloneVoice",
        ),
        ({}, {"title": "lake"}, Gap.TITLE, "it was given for river, not for lake"),
        ({"minor": "yes"}, {}, Gap.AGE, "the person was under age"),
        (
            {"minor": "unknown"},
            {},
            Gap.AGE,
            "nobody has said whether the person was of age",
        ),
        ({}, {"territories": ["FR", "US"]}, Gap.TERRITORY, "it is for FR, SE, not for US"),
        ({}, {"territories": []}, Gap.TERRITORY, "it is for FR, SE, not for everything"),
        ({}, {"media": ["web"]}, Gap.MEDIUM, "it is for television, not for web"),
        ({}, {"media": []}, Gap.MEDIUM, "it is for television, not for everything"),
        (
            {},
            {"day": "2025-12-31"},
            Gap.NOT_BEGUN,
            "it begins on 2026-01-01, and the day is 2025-12-31",
        ),
        (
            {},
            {"day": "2027-01-01"},
            Gap.EXPIRED,
            "it ended on 2026-12-31, and the day is 2027-01-01",
        ),
        (
            {"revoked_on": "2026-11-28"},
            {},
            Gap.REVOKED,
            "it is revoked from 2026-11-28",
        ),
    ],
)
def test_what_is_missing_is_said(
    consent: dict[str, object], act: dict[str, object], gap: Gap | None, reason: str
) -> None:
    found = coverage([consent_of(**consent)], act_of(**act))
    assert not found.covered
    assert found.gap is gap
    assert found.reason.endswith(reason)
    assert found.lift


@pytest.mark.parametrize(
    ("consent", "act"),
    [
        ({}, {"day": "2026-01-01"}),
        ({}, {"day": "2026-12-31"}),
        ({"ends": None}, {"day": "2090-01-01"}),
        ({"revoked_on": "2026-11-29"}, {}),
        ({"titles": ["*"]}, {"title": "lake"}),
        ({"territories": ["*"]}, {"territories": []}),
        ({"media": ["*"]}, {"media": ["web"]}),
        ({"minor": "unknown", "estate": True}, {}),
        ({"of": "likeness", "actions": ["useInPromo"]}, {"action": "useInPromo"}),
        ({}, {"person": "  ada   LINDQVIST"}),
        ({"person": "Zoe\u0301"}, {"person": "ZOÉ"}),
        ({"person": "\uff21da"}, {"person": "ada"}),
    ],
)
def test_the_edges_are_within(consent: dict[str, object], act: dict[str, object]) -> None:
    assert coverage([consent_of(**consent)], act_of(**act)).covered


def test_a_withdrawal_in_the_ledger_reaches_forward_only() -> None:
    gone = [
        Withdrawn(kind="dataset", id="ada-voice", entry=3, at="2026-01-01T00:00:00Z"),
        Withdrawn(kind="consent", id="other", entry=4),
        Withdrawn(kind="consent", id="ada-voice", entry=5, at="2026-06-01T12:00:00Z"),
        Withdrawn(kind="consent", id="ada-voice", entry=9, at="2026-09-01T12:00:00Z"),
    ]
    assert coverage([consent_of()], act_of(day="2026-05-31"), gone).covered
    found = coverage([consent_of()], act_of(day="2026-06-01"), gone)
    assert found.gap is Gap.WITHDRAWN
    assert found.reason.endswith("its withdrawal is recorded in the ledger since 2026-06-01")


def test_a_withdrawal_without_a_day_always_holds() -> None:
    gone = [Withdrawn(kind="consent", id="ada-voice", entry=5)]
    found = coverage([consent_of()], act_of(day="2026-01-01"), gone)
    assert found.gap is Gap.WITHDRAWN
    assert found.reason.endswith("recorded in the ledger")


def test_the_closest_consent_explains() -> None:
    consents = [
        consent_of(id="old", ends="2026-02-01"),
        consent_of(id="lake", titles=["lake"]),
        consent_of(id="stranger", person="Somebody else"),
    ]
    for order in (consents, consents[::-1]):
        found = coverage(order, act_of())
        assert (found.consent, found.gap) == ("old", Gap.EXPIRED)


def test_the_first_by_name_covers() -> None:
    found = coverage([consent_of(id="b"), consent_of(id="a"), consent_of(titles=["x"])], act_of())
    assert found.consent == "a"
    assert found.reason.endswith("consent a")


def test_every_action_may_be_asked() -> None:
    for action in Action:
        found = coverage([consent_of()], act_of(action=action.value))
        assert found.covered is (action in {Action.CLONE_VOICE, Action.DUB})


def test_a_book_answers_as_often_as_it_is_asked() -> None:
    book = ConsentBook([consent_of(), consent_of(id="lake", titles=["lake"])])
    for title in ("river", "lake", "sea", "river"):
        act = act_of(title=title)
        assert book.coverage(act) == coverage(
            [consent_of(), consent_of(id="lake", titles=["lake"])], act
        )
    assert book.coverage(act_of()) is book.coverage(act_of())


def test_another_person_is_the_first_gap() -> None:
    assert gap_of(consent_of(), act_of(person="Bo", title="lake")) is Gap.PERSON


@pytest.mark.parametrize("field", ["territories", "media"])
@pytest.mark.parametrize("said", ["nothing", []])
def test_a_paper_that_does_not_say_where_is_no_consent_for_everywhere(
    field: str, said: object
) -> None:
    document = consent_of().to_json()
    del document[field]
    with pytest.raises(UnreadableInput) as refused:
        Consent.read(document if said == "nothing" else {**document, field: said}, where="c")
    assert field in (refused.value.why or "")
