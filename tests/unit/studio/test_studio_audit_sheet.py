"""What page and paper say: sentences for a lawyer, in both languages, whatever the film holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import cv2
import numpy as np
import pytest

from generique.clearance.case import Case, ElementFacts
from generique.clearance.clauses import read_contract
from generique.clearance.contract_text import sentence
from generique.clearance.contract_words import TextLanguage
from generique.clearance.report import FAMILIES, Sureness
from generique.clearance.verdict import Effect, Evidence, Gate, Outcome, Status
from generique.machineroom.documents import set_document
from generique.model.element import ElementClass, ElementKind
from generique.model.errors import UnreadableInput
from generique.model.lineage import Lineage
from generique.model.people import Person, Role
from generique.model.production import Production
from generique.model.values import digest_of
from generique.production.audit import AuditReport, audit
from generique.production.machineroom_ports import Loudness
from generique.studio.audit_french import FRENCH_LIFTS, FRENCH_MISSING, FRENCH_TITLES
from generique.studio.audit_paper import paper_pictures, paper_source
from generique.studio.audit_sheet import Sheet, audit_sheet
from generique.studio.audit_words import WORDS
from generique.studio.pages import audit_page
from generique.testing.lineages import (
    decided,
    generated,
    layout_of,
    lineage_of,
    recorded,
    small_film,
)
from generique.titles.typeset import literal

MIRA = Person(id="mira", name="Mira Example", roles=(Role.DIRECTOR,))
HOSTILE = '</title><script>alert(1)</script> #image("x") \u202e & \' " é'
STILL = bytes(cv2.imencode(".jpg", np.zeros((90, 160, 3), np.uint8))[1])


def outcome(rule: str, status: Status, reason: str, **facts: object) -> Outcome:
    common = {"title": "A rule.", "source": "A source, 2026", "lift": "do it"}
    said = {"rule": rule, "status": status, "reason": reason, "who": (Role.COUNSEL,)}
    return Outcome.model_validate({**common, **said, **facts})


def outcomes(*elements: str) -> list[Outcome]:
    evidence = (
        Evidence(what="the lineage", entry=12, digest=digest_of(b"x"), frame=30),
        Evidence(what="a paper"),
    )
    return [
        *(outcome("NFX-01", Status.OPEN, "it is not said", element=name) for name in elements),
        outcome("CLAUSE", Status.FAILED, "too much of it", clause="4.2", evidence=evidence),
        outcome("FRA-06", Status.FAILED, "unconfirmed", effect=Effect.WARN),
        outcome("TAL-01", Status.NOT_APPLICABLE, "nobody’s"),
    ]


def report_of(lineage: Lineage, *elements: str) -> AuditReport:
    report = audit(
        lineage, layout_of(lineage), (MIRA,), {"en": Loudness(integrated=-23.0, true_peak=-2.0)}
    )
    sure = {"FRA-06": Sureness(words="unconfirmed", unconfirmed=True)}
    return report.with_outcomes(outcomes(*elements), sure)


def sheet_of(lineage: Lineage, language: TextLanguage = "en", *elements: str) -> Sheet:
    return audit_sheet(report_of(lineage, *elements), lineage, language, {"mira": "Mira Example"})


class Reader(HTMLParser):
    """Collects the elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_languages_say_everything(language: TextLanguage) -> None:
    assert set(WORDS["en"]) == set(WORDS["fr"])
    sheet = sheet_of(small_film(), language, "1-1", "1-2")
    assert [family.title for family in sheet.families] == [
        sheet.words[f"family.{name}"]
        for name in FAMILIES
        if name in {"contract", "netflix", "france", "talent", "film"}
    ]
    assert "{" not in f"{sheet.verdict}{sheet.about}{sheet.counts}{sheet.shares}"


def test_the_summary_names_who_can_act_and_never_counts_a_warning_as_failure() -> None:
    sheet = sheet_of(small_film(), "en", "1-1")
    roles = dict(sheet.todo)
    assert {"The director", "The counsel"} <= set(roles)
    assert "A rule – do it" in roles["The counsel"]
    assert sheet.state == "failed"
    assert "The film cannot be delivered" in sheet.verdict
    warned = report_of(small_film()).model_copy()
    only = AuditReport.model_copy(warned, update={"rules": ()}).with_outcomes(outcomes()[1:2])
    assert only.verdict is Status.OPEN


def test_elements_are_named_by_their_titles_and_long_lists_are_counted() -> None:
    shots = [generated(f"{n}-1", n * 24, n * 24 + 24) for n in range(30)]
    sheet = sheet_of(lineage_of(*shots), "en", *(shot.id for shot in shots), "gone-1")
    (rule,) = [rule for family in sheet.families for rule in family.rules if rule.id == "NFX-01"]
    assert "“Title of 0-1” (0-1, 0:00)" in rule.reasons[0]
    assert "and 23 more elements: it is not said" in rule.reasons[0]


def test_the_annex_gives_entries_proofs_digests_and_moments() -> None:
    sheet = sheet_of(small_film())
    ((number, rule, lines),) = sheet.annex
    assert (number, rule) == (1, "CLAUSE 4.2")
    assert lines[1] == (
        "the lineage; ledger entry 12; proved by ledger/proofs/12.proof in the evidence package; "
        f"{digest_of(b'x')}; seen at 00:00:01:06"
    )
    (card,) = [rule for family in sheet.families for rule in family.rules if rule.number]
    assert card.id == "CLAUSE 4.2"


def test_demonstrations_are_told_for_what_they_are() -> None:
    film = lineage_of(decided(generated("1-1", 0, 240), "demonstration"), recorded("2-1", 240, 480))
    sheet = sheet_of(film)
    assert sheet.notice.startswith("Demonstration. No person has approved")
    assert any("no person has seen the take" in fact.value for fact in sheet.elements[0].facts)
    assert sheet.elements[0].missing == "approval by a person"
    assert sheet_of(film, "fr").elements[0].missing == FRENCH_MISSING["approval by a person"]


def test_the_rules_of_the_film_have_french_titles() -> None:
    sheet = sheet_of(small_film(), "fr")
    shown = {rule.id: rule.title for family in sheet.families for rule in family.rules}
    assert shown["APPROVAL-1"] == FRENCH_TITLES["APPROVAL-1"]
    assert shown["FRA-06"].startswith("Dans l’information, ")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_clause_is_shown_in_the_language_of_the_reader(language: TextLanguage) -> None:
    document = {
        "schema": "generique/contract/1",
        "work": "Tiny",
        "titles": ["tiny"],
        "date": "2026-03-01",
        "party": [{"id": "studio", "name": "Studio A"}, {"id": "author", "name": "B. Author"}],
        "clause": [{"id": "4.2", "kind": "synthetic-share", "percent": 12.5}],
    }
    contract = read_contract(document, where="test")
    (policy,) = contract.policies
    lift = "shorten or replace generated elements, or agree a larger share"
    broken = outcome(
        "CLAUSE", Status.FAILED, "too much", clause="4.2", title=policy.title, lift=lift
    )
    lineage = small_film()
    report = report_of(lineage).model_copy(update={"rules": ()}).with_outcomes([broken], {})
    sheet = audit_sheet(report, lineage, language, {}, contract)
    (card,) = [rule for family in sheet.families for rule in family.rules]
    title = sentence(contract.clauses[0], contract.party_names, language)
    assert (card.id, card.title) == ("CLAUSE 4.2", title)
    said = {"en": lift, "fr": FRENCH_LIFTS[lift]}[language]
    assert said in {fact.value for fact in card.facts}
    ((_, acts),) = sheet.todo
    assert acts == (f"{title.rstrip('.')} – {said}",)


def test_a_page_escapes_every_word_and_needs_nothing_else() -> None:
    film = lineage_of(generated("1-1", 0, 240, title=HOSTILE, prompt=HOSTILE), title=HOSTILE)
    page = audit_page(sheet_of(film, "en", "1-1"), {120: STILL})
    reader = Reader()
    reader.feed(page)
    assert "script" not in reader.tags
    assert {"svg", "img"} <= reader.tags
    assert "alert(1)" in reader.text
    assert not re.search(r"(src|href)=\"(?!data:|#)", page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_paper_is_set_from_hostile_words_and_is_the_same_every_time(language: TextLanguage) -> None:
    film = lineage_of(generated("1-1", 0, 240, title=HOSTILE, prompt=HOSTILE), title=HOSTILE)
    sheet = sheet_of(film, language, "1-1")
    source, pictures = paper_source(sheet, [120]), paper_pictures(sheet, {120: STILL, 7: STILL})
    assert set(pictures) == {"map.svg", "still-120.jpg"}
    paper = set_document(source, pictures)
    assert paper.startswith(b"%PDF-1.7")
    assert paper == set_document(source, pictures)


@pytest.mark.parametrize(
    "source", ['#image("x")', '#read("/etc/passwd")', "#nothing-known()", '#picture("no.jpg")']
)
def test_paper_reaches_nothing_but_its_pictures(source: str) -> None:
    with pytest.raises(UnreadableInput):
        set_document(source, {})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_territories_and_platforms_are_told_in_words(language: TextLanguage) -> None:
    lineage = small_film()
    production = Production.read(
        {
            "schema": "generique/production/1",
            "id": "tiny",
            "title": "Tiny",
            "languages": ["en"],
            "genre": "documentary",
            "territories": ["FR", "US"],
            "raster": {"width": 320, "height": 180},
            "rate": "24",
            "backends": {"shot": "world"},
        },
        where="test",
    )
    shot = ElementFacts(
        id="1-1",
        title="a suburb",
        kind=ElementKind.SHOT,
        element_class=ElementClass.SYNTHETIC,
        backend="world",
        start=0,
        end=48,
    )
    case = Case(production=production, gate=Gate.DELIVER, today="2026-11-28", elements=(shot,))
    report = report_of(lineage).with_disclosures(case)
    sheet = audit_sheet(report, lineage, language, {})
    states = {card.state for card in sheet.disclosures}
    assert {"open", "not-applicable"} <= states
    assert {card.title for card in sheet.disclosures} >= {"YouTube", "TikTok", "Meta"}
    standard = next(card for card in sheet.disclosures if card.id == "eu-standard")
    said = {"en": "European Union, standard form", "fr": "Union européenne, forme ordinaire"}
    assert standard.title == said[language]
    page = audit_page(sheet, {})
    assert WORDS[language]["told"] in page
    assert "YouTube" in page
    assert literal("YouTube") in paper_source(sheet, ())
    assert len(report.document()["disclosures"]) == 9  # type: ignore[arg-type]  # a JSON list
