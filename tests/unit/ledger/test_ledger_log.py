from __future__ import annotations

import pytest
from ledger_films import MIRA, STRANGER, STUDIO, SeededSigner, small_ledger, take_statement

from generique.ledger.checkpoint import read_checkpoint, write_checkpoint
from generique.ledger.envelope import seal
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.merkle import verify_consistency
from generique.ledger.proof import read_proof
from generique.ledger.replay import verify_ledger
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged, UnreadableInput, UsageError
from generique.model.values import digest_of

KEYS = [STUDIO.key, MIRA.key]


def test_what_is_appended_is_found_again() -> None:
    ledger = small_ledger(3)
    key = digest_of(b"step")
    entry = ledger.append(take_statement(3), step_key=key, signers=(MIRA,))
    assert entry.index == 3
    assert ledger.size() == 4
    assert ledger.origin == "dawn-chorus"
    assert ledger.find_step(key) == 3
    assert ledger.find_step(digest_of(b"other")) is None
    assert ledger.entry(3) == entry
    assert entry.statement() == take_statement(3)
    assert [e.index for e in ledger.entries(2)] == [2, 3]
    assert entry.envelope.signers(KEYS) == (MIRA.key, STUDIO.key)


def test_a_later_entry_takes_the_place_of_a_step() -> None:
    ledger = small_ledger(0)
    key = digest_of(b"step")
    ledger.append(take_statement(0), step_key=key)
    ledger.append(take_statement(1), step_key=key)
    assert ledger.find_step(key) == 1


def test_every_entry_has_a_proof_that_stands_alone() -> None:
    ledger = small_ledger(11)
    for index in range(11):
        proof = read_proof(ledger.prove(index))
        assert proof.index == index
        assert proof.included()
        assert proof.note.signers([STUDIO.key]) == (STUDIO.key,)
        assert proof.entry == ledger.entry(index).envelope.encode()


def test_a_proof_has_the_lines_of_the_specification() -> None:
    lines = small_ledger(5).prove(4).split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 4"
    assert lines[4:7] == ["", "dawn-chorus", "5"]


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_an_entry_that_is_not_there(index: int) -> None:
    with pytest.raises(UsageError):
        small_ledger(3).prove(index)
    with pytest.raises(UsageError):
        small_ledger(3).entry(index)


def test_the_log_grows_and_never_forgets() -> None:
    ledger = small_ledger(5)
    old, _ = read_checkpoint(ledger.checkpoint())
    for number in range(5, 12):
        ledger.append(take_statement(number))
    new, _ = read_checkpoint(ledger.checkpoint())
    proof = ledger.prove_consistency(5)
    assert verify_consistency((old.size, new.size), (old.root, new.root), proof)
    with pytest.raises(UsageError):
        ledger.prove_consistency(0)


@pytest.mark.parametrize("entries", [0, 1, 2, 7, 8])
def test_a_sound_ledger_is_sound(entries: int) -> None:
    ledger = small_ledger(entries)
    report = verify_ledger(ledger.raw_entries(), ledger.checkpoint(), KEYS)
    assert report.sound, report.faults
    assert report.size == entries
    assert report.origin == "dawn-chorus"
    assert report.signers == ((STUDIO.key.id,) if entries else ())


def faults(report_of: Ledger, entries: list[tuple[int, bytes]], **more: object) -> set[str]:
    report = verify_ledger(entries, report_of.checkpoint(), KEYS, **more)  # type: ignore[arg-type]
    return {fault.code for fault in report.faults}


def test_a_missing_reordered_or_repeated_entry_is_found() -> None:
    ledger = small_ledger(5)
    raw = list(ledger.raw_entries())
    assert faults(ledger, raw[:-1]) == {"ledger.size", "ledger.root"}
    assert faults(ledger, raw[1:]) == {"ledger.order", "ledger.size", "ledger.root"}
    swapped = [(index, raw[place][1]) for index, place in enumerate((0, 2, 1, 3, 4))]
    assert faults(ledger, swapped) == {"ledger.root"}
    replayed = [*raw, (5, raw[0][1])]
    assert faults(ledger, replayed) == {"ledger.size"}


def test_an_entry_by_a_stranger_is_found() -> None:
    ledger = small_ledger(2)
    raw = list(ledger.raw_entries())
    raw[1] = (1, seal(take_statement(1), (STRANGER,)).encode())
    assert faults(ledger, raw) == {"entry.unknown-signer", "ledger.root"}


DEMO = SeededSigner("demonstration")
BOB = SeededSigner("person/bob")


def decision(verdict: str | list[str], signer: SeededSigner, **more: object) -> Statement:
    facts = {
        "verdict": verdict,
        "person": "mira",
        "key": signer.key.id,
        "essence": digest_of(b"e"),
    }
    return Statement(
        subjects=(Subject.of("essence", digest_of(b"e")),),
        predicate_type=predicate_type("decision"),
        predicate=facts | more,
    )


@pytest.mark.parametrize(
    ("stated", "signer", "found"),
    [
        (decision("approved", MIRA), MIRA, set()),
        (decision("rejected", MIRA), MIRA, set()),
        (decision("demonstration", DEMO), DEMO, set()),
        (decision("approved", MIRA), BOB, {"entry.decider"}),
        (decision("approved", BOB), BOB, {"entry.decision"}),
        (decision("approved", DEMO), DEMO, {"entry.decision"}),
        (decision("demonstration", MIRA), MIRA, {"entry.decision"}),
        (decision("approved", MIRA, essence=digest_of(b"x")), MIRA, {"entry.decision"}),
        (decision("perhaps", MIRA), MIRA, {"entry.decision"}),
        (decision(["approved"], MIRA), MIRA, {"entry.decision"}),
        (decision("approved", MIRA, key=None), MIRA, {"entry.decision"}),
        (decision("approved", MIRA, person=1), MIRA, {"entry.decision"}),
    ],
)
def test_a_decision_is_signed_by_who_decides(
    stated: Statement, signer: SeededSigner, found: set[str]
) -> None:
    ledger = small_ledger(0)
    ledger.append(stated, signers=(signer,))
    keys = [*KEYS, DEMO.key, BOB.key]
    report = verify_ledger(ledger.raw_entries(), ledger.checkpoint(), keys)
    assert {fault.code for fault in report.faults} == found


def test_a_statement_of_unknown_type_is_kept_and_reported() -> None:
    ledger = small_ledger(1)
    ledger.append(take_statement(1).model_copy(update={"predicate_type": "https://x.example/y"}))
    raw = list(ledger.raw_entries())
    report = verify_ledger(raw, ledger.checkpoint(), KEYS)
    assert report.sound
    assert report.unknown_types == ((1, "https://x.example/y"),)
    narrow = verify_ledger(raw, ledger.checkpoint(), KEYS, known_types=frozenset())
    assert len(narrow.unknown_types) == 2


def test_checkpoints_that_somebody_kept_must_still_hold() -> None:
    ledger = small_ledger(3)
    kept = ledger.checkpoint()
    ledger.append(take_statement(3))
    assert faults(ledger, list(ledger.raw_entries()), held=[kept]) == set()
    rewritten = Ledger(MemoryEntryStore(), STUDIO, "dawn-chorus")
    for number in (7, 8, 9, 10):
        rewritten.append(take_statement(number))
    assert faults(rewritten, list(rewritten.raw_entries()), held=[kept]) == {"ledger.root"}


def test_checkpoints_by_strangers_or_forged_are_found() -> None:
    ledger = small_ledger(2)
    raw = list(ledger.raw_entries())
    state, _ = read_checkpoint(ledger.checkpoint())
    strange = verify_ledger(raw, write_checkpoint(state, (STRANGER,)), KEYS)
    assert [fault.code for fault in strange.faults] == ["checkpoint.unknown-signer"]
    other = write_checkpoint(state.model_copy(update={"root": bytes(32)}), (STUDIO,))
    forged = ledger.checkpoint().split("\n\n")[0] + "\n\n" + other.split("\n\n")[1]
    assert [fault.code for fault in verify_ledger(raw, forged, KEYS).faults] == [
        "checkpoint.signature"
    ]
    assert [fault.code for fault in verify_ledger(raw, "nonsense", KEYS).faults] == [
        "checkpoint.malformed"
    ]


def test_large_numbers_are_refused_before_anything_is_appended() -> None:
    ledger = small_ledger(1)
    with pytest.raises(UnreadableInput):
        ledger.append(take_statement(1).model_copy(update={"predicate": {"seed": 2**63}}))
    assert ledger.size() == 1


def test_a_damaged_node_is_never_proved() -> None:
    store = MemoryEntryStore()
    ledger = Ledger(store, STUDIO, "dawn-chorus")
    for number in range(5):
        ledger.append(take_statement(number))
    store._nodes[2, 0] = bytes(32)
    with pytest.raises(Damaged):
        ledger.prove(0)
    report = verify_ledger(ledger.raw_entries(), ledger.checkpoint(), KEYS)
    assert [fault.code for fault in report.faults] == ["ledger.root"]


@pytest.mark.parametrize("extra", ["", "QR==", "Q", "####", "QQ== "])
def test_an_entry_in_another_spelling_is_refused(extra: str) -> None:
    lines = small_ledger(1).prove(0).split("\n")
    lines[1] = f"extra {extra}"
    if extra:
        with pytest.raises(UnreadableInput):
            read_proof("\n".join(lines))
    else:
        assert not read_proof("\n".join(lines)).included()


def test_a_proof_without_its_entry_is_refused() -> None:
    lines = small_ledger(1).prove(0).split("\n")
    with pytest.raises(UnreadableInput, match="stands alone"):
        read_proof("\n".join([lines[0], *lines[2:]]))


def test_a_ledger_that_came_as_a_file_is_read_like_the_one_it_was() -> None:
    ledger = Ledger(MemoryEntryStore(), STUDIO, "generique/test")
    for _ in range(3):
        ledger.append(decision("approved", MIRA), signers=(MIRA,))
    entries = [data for _, data in ledger.raw_entries()]
    held = Ledger(MemoryEntryStore.holding(entries), STUDIO, "generique/test")
    assert (held.checkpoint(), held.prove(1)) == (ledger.checkpoint(), ledger.prove(1))
