"""Cosignatures and witnesses: a log may grow and nothing else."""

from __future__ import annotations

import base64
from itertools import pairwise

import pytest
from ledger_films import STRANGER, STUDIO, SeededSigner, small_ledger, take_statement

from generique.ledger.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from generique.ledger.cosignature import (
    CosignerKey,
    cosign,
    cosignatures,
    with_cosignatures,
)
from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.notes import read_note
from generique.ledger.witness import Witness, read_submission, write_submission
from generique.model.errors import Damaged, Refused, UnreadableInput

ORIGIN = "dawn-chorus"
ELDER = SeededSigner("witness.example/w1")
ELDER_KEY = CosignerKey.of(ELDER.key)


class Memory:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def last(self, origin: str) -> str | None:
        return self.kept.get(origin)

    def replace(self, origin: str, old: str | None, new: str) -> bool:
        if self.kept.get(origin) != old:
            return False
        self.kept[origin] = new
        return True


def witness(memory: Memory | None = None) -> Witness:
    return Witness(ELDER, memory or Memory(), {ORIGIN: (STUDIO.key,)}, lambda: 1_700_000_000)


def test_a_cosignature_is_that_of_the_specification() -> None:
    """The example of C2SP tlog-cosignature: its line has the key's number, the time, Ed25519."""
    line = (
        "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZC"
        "B9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    )
    data = base64.b64decode(line.rsplit(" ", 1)[1])
    assert len(data) == 4 + 8 + 64
    assert int.from_bytes(data[4:12], "big") == 1679315147
    ours = base64.b64decode(cosign("a\n0\nb\n", 1679315147, ELDER).rsplit(" ", 1)[1])
    assert len(ours) == len(data)
    assert ours[4:12] == data[4:12]
    message = b"cosignature/v1\ntime 1679315147\na\n0\nb\n"
    assert ELDER.key.verifies(message, ours[12:])


def test_the_key_of_a_witness_is_no_key_of_a_log() -> None:
    assert ELDER_KEY.number != ELDER.key.number
    assert CosignerKey.parse(ELDER_KEY.vkey) == ELDER_KEY
    for text in (ELDER.key.vkey, "x", ELDER_KEY.vkey.replace("w1", "w2")):
        with pytest.raises(UnreadableInput):
            CosignerKey.parse(text)


def test_a_log_that_grows_is_cosigned_again_and_again() -> None:
    ledger, elder = small_ledger(0), witness()
    for old, new in pairwise((0, 1, 2, 7, 8, 8, 13)):
        for number in range(old, new):
            ledger.append(take_statement(number))
        line = elder.add_checkpoint(ledger.submission(old))
        held = with_cosignatures(ledger.checkpoint(), line, [ELDER_KEY])
        state, note = read_checkpoint(held)
        assert state.size == new
        assert note.signers([STUDIO.key]) == (STUDIO.key,)
        (found,) = cosignatures(note, [ELDER_KEY])
        assert found.seconds == 1_700_000_000
        assert ledger.extends(state)


def test_a_log_that_forgets_or_forks_is_refused() -> None:
    memory = Memory()
    elder = witness(memory)
    elder.add_checkpoint(small_ledger(5).submission(0))
    kept = dict(memory.kept)
    with pytest.raises(Damaged, match="shorter"):
        elder.add_checkpoint(small_ledger(4).submission(4))
    forked = Ledger(MemoryEntryStore(), STUDIO, ORIGIN)
    for number in (0, 1, 9, 3, 4, 5):
        forked.append(take_statement(number))
    for body in (forked.submission(5), write_submission(5, (), forked.checkpoint())):
        with pytest.raises(Damaged, match="does not continue"):
            elder.add_checkpoint(body)
    with pytest.raises(Refused, match="cosigned at 5"):
        elder.add_checkpoint(forked.submission(0))
    same_size = Ledger(MemoryEntryStore(), STUDIO, ORIGIN)
    for number in range(1, 6):
        same_size.append(take_statement(number))
    with pytest.raises(Damaged, match="does not continue"):
        elder.add_checkpoint(same_size.submission(5))
    assert memory.kept == kept


def test_only_the_log_itself_is_heard() -> None:
    state = read_checkpoint(small_ledger(3).checkpoint())[0]
    strange = write_submission(0, (), write_checkpoint(state, (STRANGER,)))
    with pytest.raises(Refused, match="not signed"):
        witness().add_checkpoint(strange)
    other = Checkpoint(origin="other", size=3, root=state.root)
    with pytest.raises(Refused, match="does not know"):
        witness().add_checkpoint(write_submission(0, (), write_checkpoint(other, (STUDIO,))))
    with pytest.raises(Damaged, match="does not fit"):
        witness().add_checkpoint(small_ledger(3).submission(0).replace("\n3\n", "\n4\n"))


def test_who_was_quicker_is_not_overwritten() -> None:
    class Slow(Memory):
        def replace(self, origin: str, old: str | None, new: str) -> bool:
            return False

    with pytest.raises(Refused, match="meanwhile"):
        witness(Slow()).add_checkpoint(small_ledger(3).submission(0))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("old 0", "old 00"),
        lambda text: text.replace("old 0", "new 0"),
        lambda text: text.replace("\n\n", "\n", 1),
        lambda text: text.replace("old 0\n", "old 0\nAAAA\n"),
        lambda text: text.replace("old 0\n", "old 0\n" + ("A" * 43 + "=\n") * 64),
        lambda text: "",
    ],
)
def test_what_is_no_request_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(UnreadableInput):
        read_submission(change(small_ledger(3).submission(0)))


def test_every_flipped_bit_of_a_cosignature_is_found() -> None:
    checkpoint = small_ledger(3).checkpoint()
    line = cosign(read_note(checkpoint).text, 5, ELDER)
    held = with_cosignatures(checkpoint, line, [ELDER_KEY])
    start = held.rindex(" ") + 1
    data = base64.b64decode(held[start:])
    for place in range(4, len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        text = held[:start] + base64.b64encode(bytes(changed)).decode() + "\n"
        with pytest.raises(Damaged):
            cosignatures(read_note(text), [ELDER_KEY])


def test_a_line_by_somebody_else_is_not_taken() -> None:
    checkpoint = small_ledger(3).checkpoint()
    text = read_note(checkpoint).text
    with pytest.raises(UnreadableInput):
        with_cosignatures(checkpoint, cosign(text, 5, STRANGER), [ELDER_KEY])
    with pytest.raises(Damaged):
        with_cosignatures(checkpoint, cosign(text + "x\n", 5, ELDER), [ELDER_KEY])
    once = with_cosignatures(checkpoint, cosign(text, 5, ELDER), [ELDER_KEY])
    assert with_cosignatures(once, cosign(text, 5, ELDER), [ELDER_KEY]) == once
