from __future__ import annotations

import pytest
from ledger_films import MIRA, STRANGER, STUDIO, SeededSigner

from generique.ledger.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from generique.ledger.keys import PublicKey
from generique.ledger.merkle import EMPTY_ROOT
from generique.ledger.notes import read_note, write_note
from generique.model.errors import Damaged, UnreadableInput

# The example in the documentation of Go's golang.org/x/mod/sumdb/note: a foreign implementation.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdn"
    "gotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_of_a_foreign_implementation_is_verified() -> None:
    key = PublicKey.parse(GO_KEY)
    assert key.name == "PeterNeumann"
    assert read_note(GO_NOTE).signers([key]) == (key,)
    with pytest.raises(Damaged):
        read_note(GO_NOTE.replace("problem is", "problem was")).signers([key])


def test_keys_have_a_text_that_is_read_back() -> None:
    assert PublicKey.parse(STUDIO.key.vkey) == STUDIO.key
    assert STUDIO.key.id.startswith("studio+")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "studio",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("PeterNeumann", "Peter"),
        GO_KEY.replace("+AR", "+AB"),
        GO_KEY[:-1] + "=",
        GO_KEY.replace("+ARpc", "+ERpc"),
        GO_KEY.replace("+ARpc", "+A=pc"),
    ],
)
def test_what_is_not_a_key_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        PublicKey.parse(text)


def test_several_sign_and_strangers_are_passed_over() -> None:
    note = read_note(write_note("a\n\nb\n", (STUDIO, MIRA)))
    assert note.text == "a\n\nb\n"
    assert note.signers([MIRA.key, STUDIO.key]) == (STUDIO.key, MIRA.key)
    assert note.signers([MIRA.key]) == (MIRA.key,)
    assert note.signers([STRANGER.key]) == ()
    assert note.signers([SeededSigner("studio", "another").key]) == ()


@pytest.mark.parametrize("text", ["", "no newline", "a\tb\n", "a\rb\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(UnreadableInput):
        write_note(text, (STUDIO,))


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n— studio\n",
        "text\n\n- studio AAAAAAAA\n",
        "text\n\n— studio AAAA\n",
        "text\n\n— studio AAAAAAB=\n",
        "text\n\n— studio AAAAA\n",
        "text\n\n— studio AAAAAAAA",
        "text\r\n\n— studio AAAAAAAA\n",
        "text\n\n" + "— studio AAAAAAAA\n" * 33,
        "x" * 1_000_001 + "\n\n— studio AAAAAAAA\n",
    ],
)
def test_what_is_not_a_note_is_refused(note: str) -> None:
    with pytest.raises(UnreadableInput):
        read_note(note)


def test_a_checkpoint_has_the_lines_of_the_specification() -> None:
    state = Checkpoint(origin="dawn-chorus", size=0, root=EMPTY_ROOT)
    note = write_checkpoint(state, (STUDIO,))
    assert note.startswith(
        "dawn-chorus\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— studio "
    )
    assert read_checkpoint(note)[0] == state


@pytest.mark.parametrize(
    "text",
    [
        "origin\n1\n",
        "origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "origin\n1\n47DEQpj8HBSa\n",
        "or igin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n",
        "origin\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "origin\n99999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        read_checkpoint(write_note(text, (STUDIO,)))
