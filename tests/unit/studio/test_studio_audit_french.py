"""The audit in French: nothing that stands fixed in the program is left in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import generique
from generique.clearance.case import Case
from generique.clearance.catalogue import CATALOGUE
from generique.clearance.clauses import Binding, Bond, Contract, read_contract
from generique.clearance.consents import ConsentedAct, coverage
from generique.clearance.evaluate import judge_contract
from generique.clearance.packs import Confidence
from generique.clearance.policy import Permission
from generique.clearance.report import Remark
from generique.clearance.territories import territory_matrix
from generique.clearance.verdict import Gate, Status
from generique.model.action import Action
from generique.model.consent import Consent
from generique.model.production import Production
from generique.production.audit import RuleResult
from generique.studio.audit_french import (
    FRENCH_CONTRACT,
    FRENCH_LIFTS,
    FRENCH_SURENESS,
    FRENCH_TITLES,
    FRENCH_TOLD,
    french_clauses,
    french_lift,
    french_lifts,
    french_title,
)
from generique.studio.audit_words import WORDS

SOURCE = Path(generique.__file__).parent
CLAUSES = (
    {"kind": "general-permission"},
    {"kind": "permitted-uses"},
    {"kind": "forbidden-uses"},
    {"kind": "synthetic-share", "percent": 12.5},
    {"kind": "models-allowed", "names": ["a"]},
    {"kind": "models-barred", "names": ["c"]},
    {"kind": "providers-allowed", "names": ["cloud"]},
    {"kind": "providers-barred", "names": ["sky"]},
    {"kind": "no-training"},
    {"kind": "credit-wording", "wording": {"en": "Made so"}},
    {"kind": "label-required"},
    {"kind": "human-approval", "roles": ["director"]},
    {"kind": "talent-consent"},
    {"kind": "weights-locked", "title": "river"},
    {"kind": "audit-and-retention", "years": 10, "by": "author"},
    {"kind": "mutual-authorisation"},
    {"kind": "indemnity", "by": "studio", "reference": "article 9"},
    {"kind": "territory-and-term", "territories": ["FR"], "starts": "2026-03-01"},
)


def contract_with(*clauses: object, titles: tuple[str, ...] = ("river",)) -> Contract:
    document = {
        "schema": "generique/contract/1",
        "work": "The Quiet River",
        "titles": [*titles],
        "date": "2026-03-01",
        "party": [{"id": "studio", "name": "Studio A"}, {"id": "author", "name": "B. Author"}],
        "clause": [{"id": str(n), **dict(one)} for n, one in enumerate(clauses, 1)],  # type: ignore[call-overload]  # mappings
    }
    return read_contract(document, where="contract/clauses.toml")


def case_at(gate: Gate) -> Case:
    production = Production.read(
        {
            "schema": "generique/production/1",
            "id": "river",
            "title": "The Quiet River",
            "languages": ["en"],
            "genre": "documentary",
            "territories": ["FR"],
            "raster": {"width": 320, "height": 180},
            "rate": "24",
            "backends": {"shot": "world"},
        },
        where="test",
    )
    return Case(production=production, gate=gate, today="2026-11-28", elements=())


def ruled(identifier: str, title: str = "A title.", *lifts: str) -> RuleResult:
    remarks = tuple(Remark(status=Status.OPEN, reason="why", lift=lift) for lift in lifts)
    said = "; ".join(lifts)
    return RuleResult(id=identifier, title=title, status=Status.OPEN, remarks=remarks, lift=said)


def fixed_lifts(module: Path) -> Iterator[str]:
    """Every text without a gap that a module gives as what lifts a rule."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        given: list[ast.expr | None] = []
        if isinstance(node, ast.Call):
            given += [key.value for key in node.keywords if key.arg == "lift"]
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            given += [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "lift"]
        if isinstance(node, ast.Assign):
            names = {one.id for one in node.targets if isinstance(one, ast.Name)}
            given += [node.value] if names & {"lift", "_DECLARE"} else []
        for value in given:
            for text in ast.walk(value) if isinstance(value, ast.IfExp) else [value]:
                if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
                    yield text.value


def test_every_fixed_remedy_of_clearance_and_audit_has_its_french() -> None:
    modules = [*(SOURCE / "clearance").rglob("*.py"), SOURCE / "production" / "audit.py"]
    found = {lift for module in modules for lift in fixed_lifts(module)}
    assert len(found) > 25
    assert found <= set(FRENCH_LIFTS)


def test_every_remedy_of_every_kind_of_clause_has_its_french() -> None:
    contract = contract_with(*CLAUSES)
    assert {clause.kind for clause in contract.clauses} == set(CATALOGUE)
    rules = [rule for policy in contract.policies for rule in policy.rules]
    lifts = {rule.lift for rule in rules if not isinstance(rule, Permission) and rule.lift}
    assert len(lifts) > 12
    assert lifts <= set(FRENCH_LIFTS)


@pytest.mark.parametrize("bond", Bond)
def test_what_is_said_of_a_whole_contract_has_its_french(bond: Bond) -> None:
    contract = contract_with(*CLAUSES, titles=("sea",)).bound(Binding(bond=bond))
    outcomes = [one for one in judge_contract(contract, case_at(Gate.DELIVER)) if not one.clause]
    assert {one.rule for one in outcomes} == {"CONTRACT", "CLAUSE"}
    assert {one.title for one in outcomes} == set(FRENCH_CONTRACT)
    assert {one.lift for one in outcomes if one.lift} <= set(FRENCH_LIFTS)
    for one in outcomes:
        assert french_title(ruled(one.rule, one.title), {}) != one.title


def test_a_clause_is_shown_as_the_contract_prints_it_in_french() -> None:
    contract = contract_with(*CLAUSES)
    french = french_clauses(contract)
    assert len(french) == len(CLAUSES)
    for policy in contract.policies:
        title = french_title(ruled(f"CLAUSE {policy.clause}", policy.title), french)
        assert title != policy.title
        assert title == french[policy.title]


def test_a_clause_that_reads_otherwise_now_stays_as_the_report_quotes_it() -> None:
    before, after = (
        contract_with({"kind": "synthetic-share", "percent": percent}) for percent in (10.0, 90.0)
    )
    (policy,) = before.policies
    quoted = ruled("CLAUSE 1", policy.title)
    assert french_title(quoted, french_clauses(after)) == policy.title
    assert french_title(quoted, french_clauses(None)) == policy.title


def consent(**more: object) -> Consent:
    said = {
        "id": "c1", "person": "Ada", "of": "voice", "actions": ["cloneVoice"], "titles": ["river"],
        "territories": ["*"], "media": ["*"], "starts": "2026-01-01", "minor": "no",
        "description": "Her voice.",
    }  # fmt: skip
    return Consent.read({**said, **more}, where="test")


@pytest.mark.parametrize(
    "consents",
    [
        (),
        (consent(titles=["sea"]),),
        (consent(minor="yes"),),
        (consent(revoked_on="2026-02-01"),),
    ],
)
def test_what_covers_an_act_on_a_person_is_said_in_french(consents: tuple[Consent, ...]) -> None:
    act = ConsentedAct(person="Ada", action=Action.CLONE_VOICE, title="river", day="2026-11-28")
    found = coverage(consents, act)
    assert not found.covered
    said = french_lift("GEN-04", found.lift)
    assert said != found.lift
    assert "consent" in said
    assert ("Ada" in said) == ("Ada" in found.lift)


def test_the_ground_and_the_film_have_french_titles() -> None:
    places = [
        "clearance/ground.py",
        "clearance/choices.py",
        "clearance/followed.py",
        "production/audit.py",
        "production/originals.py",
        "production/readback_rules.py",
        "production/withdrawal.py",
    ]
    said = "".join((SOURCE / place).read_text("utf-8") for place in places)
    named = set(re.findall(r'"((?:GEN|[A-Z]{5,})-\d+)"', said))
    assert named == set(FRENCH_TITLES)
    english, french = "The encoded master (en) is at -23 LUFS, at most -1 dBTP", "Le master encodé"
    assert french_title(ruled("LOUDNESS-en", english), {}).startswith(f"{french} (anglais)")


def test_a_rule_of_a_pack_has_its_french_with_it() -> None:
    rule = ruled("NFX-13", "A title.", "counsel approves the declared use or the take", "other")
    assert french_title(rule, {}).startswith("Un accessoire ")
    said = "le conseil juridique approuve l’usage déclaré ou la prise\u202f; other"
    assert french_lifts(rule) == said
    assert french_lifts(ruled("NFX-13")) == ""


def test_a_command_keeps_its_words() -> None:
    command = "generique review approve --matter cut cut --as PERSON"
    said = "approuver\u00a0: generique review approve --matter cut cut --as PERSONNE"
    assert french_lift("GEN-06", command) == said


def test_words_that_stand_nowhere_are_quoted() -> None:
    assert french_lift("GEN-01", "do {something} else") == "do {something} else"
    assert french_title(ruled("NEW-1", "A new rule"), {}) == "A new rule"


def test_how_sure_a_rule_is_has_its_french() -> None:
    assert {sure.words for sure in Confidence} == set(FRENCH_SURENESS)


def test_what_territories_are_told_has_its_french() -> None:
    packages = territory_matrix(case_at(Gate.DELIVER))
    said = {word for one in packages for word in (one.title, one.label, one.place, *one.metadata)}
    assert said - {"YouTube", "TikTok", "Meta"} == set(FRENCH_TOLD)


def test_french_texts_are_french_and_set_as_french_is() -> None:
    tables = (FRENCH_TITLES, FRENCH_CONTRACT, FRENCH_LIFTS, FRENCH_SURENESS, FRENCH_TOLD)
    for table in tables:
        for english, said in table.items():
            assert said != english
            assert "'" not in said
            assert not re.search(r"[\w’»][;:!?]|« | »", said), said


def test_the_note_names_what_is_left_in_english() -> None:
    note = WORDS["fr"]["language.note"]
    assert note.startswith("Les motifs, les sources et les preuves sont cités en anglais")
    assert "lève" not in note
