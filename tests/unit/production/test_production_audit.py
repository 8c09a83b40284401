"""Lineage, audit and trace of a tiny film, and every rule of the audit failing once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from production_parts import FILM, MIRA, House, Room

from generique.clearance.verdict import Status
from generique.machineroom.folder import DiskFolder
from generique.model.element import ElementClass, Quality, Stem
from generique.model.errors import UnreadableInput, UsageError
from generique.model.lineage import ElementUse, Lineage
from generique.model.people import Role
from generique.model.timing import TimingPlan
from generique.model.values import Digest, digest_of
from generique.production.audit import AuditReport, audit
from generique.production.evidence import stated_lineage, trace
from generique.production.lineage import gather
from generique.production.machineroom_ports import Loudness
from generique.production.producer import Filmed
from generique.production.review import Opinion, decide, decisions, demonstrate
from generique.production.withdrawal import (
    Impact,
    ReachedMedium,
    ReachedTake,
    with_withdrawals,
)
from generique.testing.memory import NamedSigner

RIGHT = {"en": Loudness(integrated=-23.0, true_peak=-3.0)}
SAID = Opinion(verdict="approved", person=MIRA, role=Role.DIRECTOR, reason="good")
REJECTED = SAID.model_copy(update={"verdict": "rejected"})


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    room = tmp_path_factory.mktemp("audited")
    return House(DiskFolder(FILM.write(room / "film")), Room(room / "room"))


@pytest.fixture(scope="module")
def film(house: House) -> Filmed:
    made = house.producer.film(Quality.DRAFT)
    house.room.know(MIRA)
    for shot in made.chosen.takes():
        decide(shot.take, SAID, NamedSigner.person("mira"), house.room.journal)
    return made


@pytest.fixture(scope="module")
def lineage(house: House, film: Filmed) -> Lineage:
    return gather(film.script, film.plan, film.chosen, decisions(house.room.journal))


def judged(lineage: Lineage, plan: TimingPlan, levels: dict[str, Loudness] = RIGHT) -> AuditReport:
    return audit(lineage, plan, (MIRA,), levels)


def rules(report: AuditReport) -> dict[str, Status]:
    return {rule.id: rule.status for rule in report.rules}


def changed(lineage: Lineage, which: Callable[[ElementUse], bool], **fields: Any) -> Lineage:
    """The lineage with some of its elements changed."""
    elements = tuple(
        use.model_copy(update=fields) if which(use) else use for use in lineage.elements
    )
    assert elements != lineage.elements
    return lineage.model_copy(update={"elements": elements})


def test_the_lineage_says_where_everything_stands(lineage: Lineage, film: Filmed) -> None:
    assert [use.id for use in lineage.elements] == [
        *("1-1", "2-1", "3-1", "1-L1-en", "3-L1-en", "notice-en", "music", "1-1-fx1"),
    ]
    by_name = {use.id: use for use in lineage.elements}
    first, finch = by_name["1-1"], by_name["3-1"]
    assert (first.start, first.end, first.source_in) == (0, 48, film.plan.shots[0].head)
    assert (finch.element_class, finch.take, finch.speed) == (ElementClass.AUTHENTIC, None, "24/25")
    assert finch.source_in == 10  # 0.4 s of a clip of 25 frames a second
    assert (by_name["music"].start, by_name["music"].end) == (0, lineage.frames)
    assert by_name["1-L1-en"].track is Stem.DIALOGUE
    assert not lineage.demonstration
    assert {use.decisions[0].decision.person for use in lineage.elements if use.take} == {"mira"}


def test_what_people_approved_passes(lineage: Lineage, film: Filmed) -> None:
    report = judged(lineage, film.plan)
    assert report.verdict is Status.PASSED, report.rules
    assert report.shares["authentic"] + report.shares["synthetic"] < 1
    assert all(element.credit and not element.missing for element in report.elements)
    assert report.document()["schema"] == "generique/audit/1"


def test_a_take_that_nobody_decided_on_leaves_it_open(lineage: Lineage, film: Filmed) -> None:
    report = judged(changed(lineage, lambda use: use.id == "1-1", decisions=()), film.plan)
    assert rules(report)["APPROVAL-1"] is Status.OPEN
    assert report.verdict is Status.OPEN
    (element,) = [element for element in report.elements if element.use.id == "1-1"]
    assert element.missing == ("approval by a person",)


def test_a_demonstration_leaves_it_open(house: House, film: Filmed, tmp_path: Path) -> None:
    room = Room(tmp_path)
    for shot in film.chosen.takes():
        demonstrate(shot.take, NamedSigner.demonstration(), room.journal)
    shown = gather(film.script, film.plan, film.chosen, decisions(room.journal))
    report = judged(shown, film.plan)
    assert shown.demonstration
    assert report.demonstration
    assert (rules(report)["APPROVAL-1"], report.verdict) == (Status.OPEN, Status.OPEN)


def test_a_rejected_take_fails(film: Filmed, tmp_path: Path) -> None:
    room = Room(tmp_path).know(MIRA)
    for shot in film.chosen.takes():
        decide(shot.take, REJECTED, NamedSigner.person("mira"), room.journal)
    report = judged(gather(film.script, film.plan, film.chosen, decisions(room.journal)), film.plan)
    assert (rules(report)["APPROVAL-1"], report.verdict) == (Status.FAILED, Status.FAILED)


def test_media_without_a_licence_fail(lineage: Lineage, film: Filmed) -> None:
    stated = film.chosen.media["finch.mp4"].item.rights.model_copy(update={"licence": ""})
    report = judged(changed(lineage, lambda use: use.id == "3-1", rights=stated), film.plan)
    assert rules(report)["RIGHTS-1"] is Status.FAILED


def test_media_without_a_holder_can_be_credited_to_nobody(lineage: Lineage, film: Filmed) -> None:
    with pytest.raises(UnreadableInput):
        judged(changed(lineage, lambda use: use.id == "3-1", rights=None), film.plan)


def test_undisclosed_training_leaves_it_open(lineage: Lineage, film: Filmed) -> None:
    passport = film.chosen.shots["1-1"].take.passport
    hidden = passport.training.model_copy(update={"statement": "undisclosed"})
    stated = passport.model_copy(update={"training": hidden})
    report = judged(changed(lineage, lambda use: use.id == "1-1", passport=stated), film.plan)
    assert rules(report)["TRAINING-1"] is Status.OPEN


def test_an_element_without_a_credit_fails(
    lineage: Lineage, film: Filmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generique.production.audit.credit_line", lambda use, written: None)
    report = judged(lineage, film.plan)
    assert rules(report)["CREDIT-1"] is Status.FAILED
    assert all("credit" in element.missing for element in report.elements)


def test_credits_that_are_too_short_to_read_are_told(lineage: Lineage, film: Filmed) -> None:
    short = film.plan.model_copy(update={"credits_start": film.plan.frames - 24})
    assert rules(judged(lineage, short))["CREDIT-2"] is Status.OPEN


def test_a_generated_picture_without_a_label_fails(
    lineage: Lineage, film: Filmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generique.production.audit.labels_of", lambda lineage, language: ())
    report = judged(lineage, film.plan)
    assert rules(report)["LABEL-1"] is Status.FAILED


@pytest.mark.parametrize(("level", "peak"), [(-22.4, -3.0), (-23.6, -3.0), (-23.0, -0.9)])
def test_a_master_at_the_wrong_level_fails(
    lineage: Lineage, film: Filmed, level: float, peak: float
) -> None:
    levels = {"en": Loudness(integrated=level, true_peak=peak)}
    assert rules(judged(lineage, film.plan, levels))["LOUDNESS-en"] is Status.FAILED


def test_a_moment_is_traced_in_its_language(lineage: Lineage) -> None:
    document = trace(lineage, "en", Fraction("0.1"))
    assert (document["frame"], document["timecode"]) == (2, "00:00:00:02")
    assert [element["element"] for element in document["elements"]] == ["1-1", "music", "1-1-fx1"]
    assert document["elements"][0]["datasets"] == "none"
    assert document["elements"][0]["approvals"][0]["person"] == "mira"
    last = float(lineage.rate.seconds(lineage.frames - 1))
    assert [e["element"] for e in trace(lineage, "en", Fraction(last))["elements"]] == ["music"]


@pytest.mark.parametrize("moment", [Fraction(-1), Fraction(10_000)])
def test_a_moment_outside_the_film_is_refused(lineage: Lineage, moment: Fraction) -> None:
    with pytest.raises(UsageError):
        trace(lineage, "en", moment)


def test_a_file_without_our_credential_states_no_lineage() -> None:
    with pytest.raises(UnreadableInput) as caught:
        stated_lineage(None, "film.mp4")
    assert caught.value.where == "film.mp4"


def test_what_was_withdrawn_counts_only_where_the_film_shows_it(
    lineage: Lineage, film: Filmed
) -> None:
    report = judged(lineage, film.plan)
    shown = next(use.file for use in lineage.elements if use.take is None)

    def withdrawn(file: Digest) -> AuditReport:
        medium = ReachedMedium(medium="finch.mp4", file=file, mastered=True)
        reach = Impact(
            kind="consent",
            id="finch-1",
            statement="consent finch-1 is what these rest on",
            models=(),
            media=(medium,),
            takes=(ReachedTake(take="9-9.t1", essence=None, mastered=False),),
            segments=(),
            masters=(),
            who=(),
            recorded=(7,),
        )
        return with_withdrawals(report, [reach])

    assert rules(withdrawn(digest_of(b"another")))["WITHDRAWN-1"] is Status.PASSED
    failed = withdrawn(shown)
    assert rules(failed)["WITHDRAWN-1"] is Status.FAILED
    (said,) = next(rule for rule in failed.rules if rule.id == "WITHDRAWN-1").evidence
    assert said.endswith("withdrawn in entry 7: finch.mp4")
