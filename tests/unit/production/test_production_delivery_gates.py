from __future__ import annotations

from pathlib import Path

import pytest
from production_parts import MIRA, Room, take

from generique.marks.verdict import Finding, Verdict
from generique.model.element import ElementClass, ElementKind
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import SourceType
from generique.model.people import Role
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.deliver import Candidate, Presented
from generique.production.delivery_gates import approval_gate, fresh_gate, seal_gate
from generique.production.direction import choose
from generique.production.evidence import Report
from generique.production.journal import Act, Journal
from generique.production.package import Package
from generique.production.readback import MasterReading
from generique.production.review import Opinion, decide, demonstrate
from generique.testing.canned import CannedBackend
from generique.testing.memory import NamedSigner

FILE, ESSENCE = digest_of(b"master"), digest_of(b"picture and sound")
TAKE = take()


def lineage() -> Lineage:
    use = ElementUse(
        id="1-1",
        title="red",
        kind=ElementKind.SHOT,
        element_class=ElementClass.SYNTHETIC,
        track="V1",
        start=0,
        end=24,
        take=TAKE.id,
        file=TAKE.file,
        essence=TAKE.essence,
        source_type=SourceType.ALGORITHMIC,
        passport=CannedBackend().passport(),
        entry=0,
    )
    return Lineage(
        production="tiny",
        title="Tiny",
        titles={},
        languages=("en",),
        rate=Rate(numerator=24),
        frames=24,
        demonstration=False,
        elements=(use,),
    )


def candidate(
    journal: Journal, *, made: int = 0, asked: int | None = None, report: Report | None = None
) -> Candidate:
    seal = Act(made, "seal", {"file": FILE, "essence": ESSENCE, "language": "en"})
    master = Presented(
        language="en",
        seal=seal,
        path=Path("master.mp4"),
        proof="",
        report=report or verified(),
        credential=None,
        reading=MasterReading(
            language="en",
            file=FILE,
            frames=24,
            frames_asked=24,
            frames_a_second=24,
            labels=(),
            credits=(),
        ),
    )
    package = Package(entry=made, essences={"en": ESSENCE}, texts={}, timeline=ESSENCE, asked=asked)
    return Candidate(lineage=lineage(), masters=(master,), package=package, journal=journal)


def verified(verdict: Verdict = Verdict.TRUSTED, file: str = FILE) -> Report:
    found = Finding(code="proof.other-file", where="file", why="it is another", verdict=verdict)
    return Report(
        verdict=verdict,
        findings=(found,) if verdict is Verdict.BROKEN else (),
        file=file,
        essence=ESSENCE,
        signers=(),
        checked=(),
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    room = Room(tmp_path)
    room.know(MIRA)
    return room.journal


def test_a_take_needs_a_persons_word_as_it_stands_now(journal: Journal) -> None:
    (waiting,) = approval_gate(candidate(journal))
    assert (waiting.rule, waiting.element, waiting.who) == ("TAKE-1", TAKE.id, "director")
    demonstrate(TAKE, NamedSigner.demonstration(), journal)
    (shown,) = approval_gate(candidate(journal))
    assert shown.rule == "TAKE-2"
    said = Opinion(verdict="approved", person=MIRA, role=Role.DIRECTOR, reason="good")
    decide(TAKE, said, NamedSigner.person("mira"), journal)
    assert list(approval_gate(candidate(journal))) == []
    for verdict, rule in (("revoked", "TAKE-2"), ("rejected", "TAKE-1")):
        decide(
            TAKE, said.model_copy(update={"verdict": verdict}), NamedSigner.person("mira"), journal
        )
        (gone,) = approval_gate(candidate(journal))
        assert gone.rule == rule


def test_an_approval_of_another_essence_is_none(journal: Journal) -> None:
    other = take(essence=b"one bit other")
    said = Opinion(verdict="approved", person=MIRA, role=Role.DIRECTOR, reason="good")
    decide(other, said, NamedSigner.person("mira"), journal)
    assert [refusal.rule for refusal in approval_gate(candidate(journal))] == ["TAKE-1"]


def test_a_choice_after_the_master_makes_it_old(journal: Journal) -> None:
    choose(TAKE, journal)
    (entry,) = (act.entry for act in journal.acts("choice"))
    assert list(fresh_gate(candidate(journal, made=entry + 1, asked=entry))) == []
    for asked in (None, entry - 1):
        # While the film was made somebody chose: it was made later, and does not follow.
        (old,) = fresh_gate(candidate(journal, made=entry + 1, asked=asked))
        assert (old.rule, old.element) == ("FRESH-1", "1-1")
        assert "generique produce" in old.lift


def test_a_master_that_does_not_verify_stays(journal: Journal) -> None:
    assert list(seal_gate(candidate(journal))) == []
    untrusted = candidate(journal, report=verified(Verdict.UNTRUSTED_SIGNER))
    assert list(seal_gate(untrusted)) == []
    for report in (
        verified(Verdict.BROKEN),
        verified(Verdict.UNKNOWN),
        verified(file=digest_of(b"another file")),
    ):
        (broken,) = seal_gate(candidate(journal, report=report))
        assert broken.rule == "SEAL-1"
        assert broken.reason.startswith("the master in 'en' does not verify: ")
