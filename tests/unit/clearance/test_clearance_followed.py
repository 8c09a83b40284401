"""GEN-10: files that generators follow."""

from __future__ import annotations

from typing import Any

import pytest
from clearance_cases import UNTRAINED, case_of, element_of

from generique.clearance.case import Withdrawn
from generique.clearance.followed import judge_followed
from generique.clearance.ground import judge_ground
from generique.clearance.verdict import Gate, Outcome, Status
from generique.model.action import Action
from generique.model.answer import Answer
from generique.model.consent import Consent
from generique.model.passport import Rights
from generique.model.reference import Followed, ReferenceRole
from generique.model.values import digest_of


def followed(role: ReferenceRole = "first-frame", **changes: Any) -> Followed:
    facts: dict[str, Any] = {"licence": "MIT", "holder": "A", "source": "here", "notice": "n"}
    rights = Rights(**{**facts, "reference": "hosted", **changes})
    return Followed(
        role=role,
        file=digest_of(b"a still"),
        media_type="image/png",
        name="still.png",
        title="A still",
        rights=rights,
    )


def consent(action: Action = Action.GENERATE_LIKENESS, **changes: Any) -> Consent:
    facts: dict[str, Any] = {
        "id": "jane",
        "person": "Jane Roe",
        "of": "likeness",
        "actions": (action,),
        "titles": ("*",),
        "territories": ("*",),
        "media": ("*",),
        "starts": "2026-01-01",
        "description": "all of it",
        "minor": Answer.NO,
    }
    return Consent(**{**facts, **changes})


def said(*references: Followed, provider: str = "local", **more: Any) -> list[Outcome]:
    element = element_of(references=references, provider=provider)
    return list(judge_followed(case_of(element, **more)))


def test_nothing_followed_is_not_applicable_and_what_is_allowed_passes() -> None:
    (none,) = said()
    assert none.status is Status.NOT_APPLICABLE
    (passed,) = said(followed(), followed("style"), provider="Runway AI, Inc.")
    assert passed.status is Status.PASSED
    assert "2 files" in passed.reason


@pytest.mark.parametrize(
    ("state", "provider", "refused"),
    [
        ("hosted", "A provider", False),
        ("hosted", "local", False),
        ("local", "local", False),
        ("local", "A provider", True),
        ("local", "unknown", True),
        ("no", "local", True),
        ("no", "A provider", True),
        (None, "local", True),
        (None, "A provider", True),
    ],
)
def test_a_file_goes_as_far_as_its_rights_say(
    state: str | None, provider: str, *, refused: bool
) -> None:
    (outcome,) = said(followed(reference=state), provider=provider)
    assert outcome.refuses is refused
    if refused:
        assert "still.png" in outcome.reason
        assert outcome.element == "1-1"
        assert outcome.lift


def test_of_bytes_without_stated_rights_nothing_is_permitted() -> None:
    (outcome,) = said(followed().model_copy(update={"rights": None}))
    assert outcome.refuses
    assert "nothing is known of the rights in these bytes" in outcome.reason
    assert "media/media.toml" in outcome.lift


def test_every_fault_of_every_file_is_said() -> None:
    outcomes = said(followed(reference="no"), followed(reference=None))
    assert [outcome.refuses for outcome in outcomes] == [True, True]


@pytest.mark.parametrize(
    ("kept", "role", "words"),
    [
        ((consent(),), "subject", None),
        ((consent(Action.CLONE_VOICE, of="voice"),), "sound", None),
        ((), "subject", "no such consent is kept"),
        ((consent(Action.DUB),), "subject", "Jane Roe is seen or heard"),
        ((consent(),), "sound", "Jane Roe is seen or heard"),
        ((consent(ends="2026-02-01"),), "subject", "Jane Roe is seen or heard"),
    ],
)
def test_whoever_is_seen_has_to_have_agreed_to_be_made(
    kept: tuple[Consent, ...], role: ReferenceRole, words: str | None
) -> None:
    (outcome,) = said(followed(role, consents=("jane",)), consents=kept)
    assert outcome.refuses is (words is not None)
    assert (words or "") in outcome.reason


def test_a_withdrawn_consent_and_an_unknown_licence_are_found_by_the_rules_for_media() -> None:
    asked = case_of(
        element_of(references=(followed(consents=("jane",), licence="unknown"),)),
        consents=(consent(),),
        withdrawn=(Withdrawn(kind="consent", id="jane", entry=3),),
    )
    rules = {outcome.rule for outcome in judge_ground(asked) if outcome.refuses}
    assert {"GEN-02", "GEN-03", "GEN-10"} <= rules


def test_it_is_asked_at_every_gate() -> None:
    element = element_of(references=(followed(reference="no"),), passport=UNTRAINED)
    for gate in Gate:
        outcomes = judge_ground(case_of(element, gate=gate))
        assert [each.rule for each in outcomes if each.refuses and each.rule == "GEN-10"]
