"""The journal reads each entry once, and sees what others append meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged
from generique.model.values import digest_of
from generique.production.journal import Journal
from generique.testing.memory import FixedClock, NamedSigner

SUBJECTS = {"file": digest_of(b"file")}


class CountingStore(MemoryEntryStore):
    def __init__(self) -> None:
        super().__init__()
        self.reads: list[int] = []

    def entries(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        for index, data in super().entries(start):
            self.reads.append(index)
            yield index, data


def ledger(store: MemoryEntryStore) -> Ledger:
    return Ledger(store, NamedSigner("studio"), "generique/test")


def test_what_others_append_is_seen_and_nothing_is_read_twice() -> None:
    store = CountingStore()
    ours, theirs = Journal(ledger(store), FixedClock()), Journal(ledger(store), FixedClock())
    theirs.record("direction", SUBJECTS, {"note": "darker"})
    assert [act.facts["note"] for act in ours.acts("direction")] == ["darker"]
    theirs.record("choice", SUBJECTS, {"take": "1-1.t1"})
    theirs.record("direction", SUBJECTS, {"note": "slower"})
    assert [act.entry for act in ours.acts("choice", "direction")] == [0, 1, 2]
    assert [act.facts["note"] for act in ours.acts("direction")] == ["darker", "slower"]
    assert store.reads == [0, 1, 2]


def test_foreign_statements_are_passed_over_and_forged_decisions_are_not() -> None:
    store = MemoryEntryStore()
    log = ledger(store)
    subject = (Subject.of("file", digest_of(b"file")),)
    foreign = Statement(subjects=subject, predicate_type="https://example.org/x", predicate={})
    forged = Statement(
        subjects=subject,
        predicate_type=predicate_type("decision"),
        predicate={"verdict": "approved", "person": "mira", "key": "person/mira+00000000"},
    )
    journal = Journal(log, FixedClock())
    log.append(foreign)
    log.append(forged)
    journal.record("direction", SUBJECTS, {"note": "darker"})
    assert [act.entry for act in journal.acts("direction")] == [2]
    with pytest.raises(Damaged, match="entry 1"):
        list(journal.acts("decision"))
