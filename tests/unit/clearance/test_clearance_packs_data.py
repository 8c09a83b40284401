"""The rules as data: all of them, each with its source, date and confidence."""

from __future__ import annotations

import re
from typing import Any

import pytest
from clearance_pack_cases import film, footage, production, shot, voice

from generique.clearance.packs import (
    ALWAYS,
    Confidence,
    Rule,
    judge_packs,
    known_packs,
    rule_of,
)
from generique.clearance.packs.catalogue import PACK_NAMES
from generique.clearance.packs.judge import rule_functions
from generique.clearance.verdict import Effect, Gate, Outcome, Status
from generique.model.errors import UnreadableInput
from generique.model.people import Role

FAMILIES = {
    "netflix-2025": {"NFX": 16},
    "eu-ai-act-50": {"EUA": 19},
    "documentary-apa": {"APA": 8, "BRD": 1},
    "c2pa-2.4": {"CPA": 12},
    "talent": {"TAL": 8},
    "france": {"FRA": 7},
    "platforms": {"PLT": 6},
    ALWAYS: {"AUD": 4},
}
RULES = [rule for pack in known_packs().values() for rule in pack.rules]
UNEVALUATED = {
    "APA-02", "APA-06", "EUA-05", "EUA-14", "EUA-15", "EUA-16", "TAL-05", "TAL-07",
    "TAL-08",
}  # fmt: skip


@pytest.mark.parametrize(("name", "families"), FAMILIES.items())
def test_every_rule_is_there(name: str, families: dict[str, int]) -> None:
    wanted = [f"{family}-{n:02}" for family, count in families.items() for n in range(1, count + 1)]
    assert [rule.id for rule in known_packs()[name].rules] == wanted


def test_there_are_eighty_one() -> None:
    assert len(RULES) == 81
    assert tuple(known_packs()) == PACK_NAMES == tuple(sorted(PACK_NAMES))
    assert all(pack.name == name for name, pack in known_packs().items())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.id))
def test_every_rule_says_what_it_rests_on(rule: Rule) -> None:
    for sentence in (rule.title, rule.applies, rule.evidence):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    without = rule.confidence is Confidence.DESIGN or rule.id in {"PLT-05", "TAL-06"}
    assert rule.address.startswith("https://") or (not rule.address and without)
    assert rule.date
    assert rule.source in rule.citation
    assert rule.date in rule.citation
    assert not rule.lift.endswith(".")
    assert rule.confidence.words


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.id))
def test_every_rule_speaks_french(rule: Rule) -> None:
    title, lift = rule.fr.title, rule.fr.lift
    assert title != rule.title
    assert lift != rule.lift
    assert title[0].isupper()
    assert title.endswith(".")
    assert ". " not in title
    assert not lift.endswith(".")
    for said in (title, lift):
        assert "'" not in said, "the apostrophe of French is ’"
        assert not re.search(r"[ \w’][;!?]|[ \w]:", said), "a no-break space is missing"


def test_commands_and_files_are_the_same_in_both_languages() -> None:
    named = re.compile(r"generique(?: [a-z]+)+|[\w/-]+\.toml")
    for rule in RULES:
        assert named.findall(rule.lift) == named.findall(rule.fr.lift), rule.id


def test_french_gets_its_no_break_spaces_as_it_is_read() -> None:
    said = {"title": "Il dit : non ; c’est tout.", "lift": "la faire"}
    rule = Rule.read(data(fr=said), where="test")
    assert rule.fr.title == "Il dit\u00a0: non\u202f; c’est tout."


def test_every_evaluated_rule_has_a_function_and_every_function_a_rule() -> None:
    assert set(rule_functions()) == {rule.id for rule in RULES if rule.implemented}


def test_what_is_not_evaluated_is_known_and_never_blocks() -> None:
    assert {rule.id for rule in RULES if not rule.implemented} == UNEVALUATED
    assert not any(rule.blocks for rule in RULES if not rule.implemented)


def test_what_is_judged_in_part_says_what_is_left_to_people() -> None:
    assert {rule.id: rule.limits[-1] for rule in RULES if rule.limits} == dict.fromkeys(
        ("CPA-03", "CPA-07", "CPA-09", "EUA-03"), "."
    )


def test_what_nobody_confirmed_only_warns() -> None:
    unconfirmed = {rule.id for rule in RULES if rule.confidence is Confidence.UNCONFIRMED}
    assert unconfirmed == {"TAL-02", "TAL-03", "TAL-06"}
    assert not any(rule_of(name).blocks for name in unconfirmed)  # type: ignore[union-attr]  # there


def test_a_rule_can_be_asked_for() -> None:
    found = rule_of("NFX-01")
    assert found is not None
    assert found.effect is Effect.BLOCK
    assert rule_of("NFX-99") is None


def data(**more: Any) -> dict[str, Any]:
    return {
        "id": "XXX-01",
        "title": "Something is done.",
        "applies": "Always.",
        "evidence": "A paper.",
        "source": "Somebody",
        "date": "2026-11",
        "confidence": "S",
        "effect": "block",
        "gates": ["deliver"],
        "who": ["producer"],
        "lift": "do it",
        "fr": {"title": "Une chose est faite.", "lift": "la faire"},
        **more,
    }


@pytest.mark.parametrize(
    "fault",
    [
        {"confidence": "U"},
        {"implemented": False},
        {"implemented": False, "why_not": "Nobody can.", "limits": "It is never seen."},
        {"why_not": "It is evaluated."},
        {"date": "last year"},
        {"gates": []},
        {"who": []},
        {"effect": "ignore"},
        {"id": "X-1"},
        {"note": "unknown"},
        {"fr": {"title": "Une chose est faite."}},
    ],
)
def test_a_rule_that_does_not_hold_together_is_no_rule(fault: dict[str, Any]) -> None:
    Rule.read(data(), where="test")
    with pytest.raises(UnreadableInput):
        Rule.read(data(**fault), where="test")


def test_a_source_without_an_address_is_cited_by_name() -> None:
    assert Rule.read(data(), where="test").citation == "Somebody (2026-11)"


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="no policy pack netflix-2030") as caught:
        judge_packs(("netflix-2025", "netflix-2030"), film())
    assert "always" not in str(caught.value.next_step)


def test_rules_speak_at_their_gates_in_the_order_of_pack_and_rule() -> None:
    names = tuple(reversed(PACK_NAMES))
    for gate in Gate:
        said = judge_packs(names, film(gate=gate))
        order = [rule.id for rule in RULES if gate in rule.gates]
        assert list(dict.fromkeys(outcome.rule for outcome in said)) == order
    assert len({outcome.rule for outcome in judge_packs(names, film())}) == 81


def test_nothing_that_comes_later_refuses_before_something_is_made() -> None:
    """What only exists after generation is not asked for at its gate."""
    order = shot(take=None, essence=None, file=None, start=None, end=None, entry=None, decisions=())
    case = film(order, gate=Gate.GENERATE, judgements=(), readback=(), film_seconds=0.0)
    refused = [outcome for outcome in judge_packs(PACK_NAMES, case) if outcome.refuses]
    assert refused == []


def test_a_film_in_order_is_delivered() -> None:
    said = judge_packs(PACK_NAMES, film(shot(), voice(id="1-v", likeness=None), footage()))
    voices = {outcome.rule for outcome in said if outcome.element == "1-v" and outcome.refuses}
    assert {
        outcome.rule for outcome in said if outcome.refuses and outcome.element != "1-v"
    } == set()
    assert voices == {"EUA-07"}


def test_a_rule_that_is_not_evaluated_says_so() -> None:
    said = {outcome.rule: outcome for outcome in judge_packs(("talent",), film())}
    assert said["TAL-07"].status is Status.OPEN
    assert said["TAL-07"].effect is Effect.WARN
    assert "not evaluated by this program: a person has to look" in said["TAL-07"].reason
    assert said["TAL-07"].who == (Role.PRODUCER,)


def test_four_rules_always_apply() -> None:
    said = judge_packs((), film())
    assert [outcome.rule for outcome in said] == ["AUD-01", "AUD-02", "AUD-03", "AUD-04"]


def test_a_rule_belongs_to_one_pack() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_outcomes_are_equal_by_content() -> None:
    case = film(declarations=(), production=production())
    first, again = judge_packs(PACK_NAMES, case), judge_packs(PACK_NAMES, case)
    assert first == again
    named = next(outcome for outcome in first if outcome.element)
    assert Outcome.model_validate_json(named.model_dump_json()) == named
    assert named.model_copy() == named
