from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generique.machineroom.documents import set_document
from generique.machineroom.keys import KeyRing
from generique.machineroom.signed_pdf import SignatureState, read_signatures, sign_document
from generique.model.errors import UnreadableInput, UsageError
from generique.titles.typeset import literal

SOURCE = f"#set page(width: 200pt, height: 100pt)\n#set document(title: {literal('Paper')})\nA"


@pytest.fixture(scope="module")
def paper() -> bytes:
    return set_document(SOURCE)


def test_a_document_is_the_same_each_time_and_is_a_pdf(paper: bytes) -> None:
    assert paper == set_document(SOURCE)
    assert paper.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "source", ['#read("x")', "#let x =", '#image("x.png")', '#text(font: "No Such Font")[a]', "@x"]
)
def test_a_source_that_reaches_or_fails_is_refused(source: str) -> None:
    with pytest.raises(UnreadableInput):
        set_document(source)


def test_signatures_of_two_people_hold(paper: bytes, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    assert read_signatures(paper, roots=ring.root_certificate()) == ()
    anne = ring.document("anne", "Anne Exemple")
    once = sign_document(paper, anne, field="anne", reason="agreed")
    twice = sign_document(once, ring.document("mira", "Mira"), field="mira", reason="agreed")
    assert twice.startswith(once)
    assert once.startswith(paper)
    found = read_signatures(twice, roots=ring.root_certificate())
    assert [(one.name, one.state) for one in found] == [
        ("Anne Exemple", SignatureState.TRUSTED),
        ("Mira", SignatureState.TRUSTED),
    ]
    stranger = KeyRing(tmp_path / "other").root_certificate()
    assert {one.state for one in read_signatures(twice, roots=stranger)} == {
        SignatureState.UNTRUSTED
    }
    late = datetime.now(UTC) + timedelta(days=800)
    expired = read_signatures(twice, roots=ring.root_certificate(), moment=late)
    assert {one.state for one in expired} == {SignatureState.UNTRUSTED}
    with pytest.raises(UnreadableInput, match="cannot be read"):
        sign_document(once, anne, field="anne", reason="again")


def test_a_changed_document_breaks_its_signature(paper: bytes, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    signed = sign_document(paper, ring.document("a", "A"), field="a", reason="agreed")
    title = signed.index(b"<</Title") if b"<</Title" in signed else signed.index(b"/Title")
    changed = bytearray(signed)
    place = signed.index(b"(", title) + 1
    changed[place] ^= 1
    found = read_signatures(bytes(changed), roots=ring.root_certificate())
    assert [one.state for one in found] == [SignatureState.BROKEN]
    assert not found[0].holds
    more = signed + b"\n%%EOF\n"
    assert not all(
        one.state is SignatureState.BROKEN
        for one in read_signatures(signed, roots=ring.root_certificate())
    )
    try:
        appended = read_signatures(more, roots=ring.root_certificate())
    except UnreadableInput:
        return
    assert [one.state for one in appended] == [SignatureState.BROKEN]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf", b"%PDF-1.7\nxref\n0 1\n"])
def test_what_is_no_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    with pytest.raises(UnreadableInput):
        read_signatures(data, roots=ring.root_certificate())
    with pytest.raises(UnreadableInput):
        sign_document(data, ring.document("a", "A"), field="a", reason="agreed")


def test_a_person_has_one_certificate_until_it_runs_out_or_the_name_changes(
    tmp_path: Path,
) -> None:
    now = datetime.now(UTC)
    ring = KeyRing(tmp_path / "keys", now=lambda: now)
    first = ring.document("anne", "Anne")
    assert ring.document("anne", "Anne").reveal() == first.reveal()
    renamed = ring.document("anne", "Anne Exemple")
    assert renamed.reveal() != first.reveal()
    later = KeyRing(tmp_path / "keys", now=lambda: now + timedelta(days=400))
    assert later.document("anne", "Anne Exemple").reveal() != renamed.reveal()
    assert "PRIVATE" not in repr(first)
    with pytest.raises(TypeError, match="not copied"):
        pickle.dumps(first)
    with pytest.raises(UsageError):
        ring.document("../anne", "Anne")
    place = tmp_path / "keys" / "credential" / "person" / "anne.pem"
    assert place.stat().st_mode & 0o077 == 0
