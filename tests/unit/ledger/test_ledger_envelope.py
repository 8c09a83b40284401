from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from ledger_films import MIRA, STRANGER, STUDIO, SeededSigner, take_statement
from pydantic import ValidationError

from generique.ledger.canonical import canonical
from generique.ledger.envelope import (
    PAYLOAD_TYPE,
    open_envelope,
    pre_authentication,
    seal,
)
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.model.errors import Damaged, UnreadableInput
from generique.model.values import digest_of


def test_the_encoding_that_is_signed_is_that_of_the_specification() -> None:
    # The example of the DSSE protocol document.
    assert (
        pre_authentication("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_a_statement_is_an_in_toto_statement() -> None:
    document = json.loads(take_statement(1).encode())
    assert document["_type"] == "https://in-toto.io/Statement/v1"
    assert document["predicateType"] == "urn:generique:step:1"
    assert document["subject"][0] == {
        "name": "file",
        "digest": {"sha256": digest_of(b"file 1").removeprefix("sha256:")},
    }
    assert set(document) == {"_type", "subject", "predicateType", "predicate"}


def test_a_statement_is_read_back() -> None:
    statement = take_statement(2)
    assert Statement.decode(statement.encode(), where="test") == statement
    assert statement.digest_of("essence") == digest_of(b"essence 2")
    assert statement.digest_of("scene") is None


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"_type": "https://in-toto.io/Statement/v0.1"},
        {"subject": []},
        {"subject": [{"name": "a", "digest": {"sha256": "00" * 32}, "uri": "x"}]},
        {"subject": [{"name": "a", "digest": {"sha256": "00" * 32, "sha1": "0"}}]},
        {"subject": [{"name": "a", "digest": {"sha256": "00" * 32}}] * 2},
        {"subject": [{"name": "a", "digest": {"sha256": "0" * 63}}]},
        {"predicateType": "no type"},
        {"predicate": []},
        {"predicate": None},
    ],
    ids=repr,
)
def test_a_statement_with_anything_else_in_it_is_refused(change: dict[str, Any]) -> None:
    document = json.loads(take_statement(1).encode()) | change
    with pytest.raises(UnreadableInput):
        Statement.decode(canonical(document), where="test")


def test_two_subjects_of_one_name_are_refused() -> None:
    subject = Subject.of("file", digest_of(b""))
    with pytest.raises(ValidationError):
        Statement(subjects=(subject, subject), predicate_type=predicate_type("step"), predicate={})


def test_signatures_stand_in_the_order_of_their_keys() -> None:
    envelope = seal(take_statement(1), (STUDIO, MIRA, STUDIO))
    assert [s.keyid for s in envelope.signatures] == [MIRA.key.id, STUDIO.key.id]
    assert open_envelope(envelope.encode(), where="test") == envelope
    assert envelope.signers([STUDIO.key, MIRA.key]) == (MIRA.key, STUDIO.key)
    assert envelope.signers([MIRA.key]) == (MIRA.key,)
    assert envelope.signers([STRANGER.key]) == ()


def test_nobody_cannot_sign() -> None:
    with pytest.raises(UnreadableInput):
        seal(take_statement(1), ())


def test_a_key_of_the_same_name_is_another_key() -> None:
    envelope = seal(take_statement(1), (STUDIO,))
    assert envelope.signers([SeededSigner("studio", "another").key]) == ()


def test_a_forged_signature_breaks_the_envelope_whoever_else_signed() -> None:
    envelope = seal(take_statement(1), (STUDIO, MIRA))
    forged = envelope.signatures[0].model_copy(update={"sig": base64.b64encode(bytes(64)).decode()})
    broken = envelope.model_copy(update={"signatures": (forged, envelope.signatures[1])})
    with pytest.raises(Damaged):
        broken.signers([STUDIO.key, MIRA.key])


def test_a_signature_of_another_statement_does_not_fit() -> None:
    first, second = (seal(take_statement(number), (STUDIO,)) for number in (1, 2))
    swapped = first.model_copy(update={"signatures": second.signatures})
    with pytest.raises(Damaged):
        swapped.signers([STUDIO.key])


@pytest.mark.parametrize(
    "change",
    [
        {"payloadType": "application/json"},
        {"extra": "x"},
        {"signatures": []},
        {"signatures": [{"keyid": "studio", "sig": "AAAA"}]},
        {"signatures": [{"keyid": "studio", "sig": "not base64"}]},
        {"signatures": [{"sig": base64.b64encode(bytes(64)).decode()}]},
        {"payload": "####"},
        {"payload": "QR=="},  # loose bits: the same byte as QQ==
    ],
    ids=repr,
)
def test_an_envelope_with_anything_else_in_it_is_refused(change: dict[str, Any]) -> None:
    document = json.loads(seal(take_statement(1), (STUDIO,)).encode()) | change
    with pytest.raises(UnreadableInput):
        open_envelope(canonical(document), where="test")


def test_an_algorithm_cannot_be_chosen() -> None:
    document = json.loads(seal(take_statement(1), (STUDIO,)).encode())
    document["signatures"][0]["alg"] = "none"
    with pytest.raises(UnreadableInput):
        open_envelope(canonical(document), where="test")
    assert document["payloadType"] == PAYLOAD_TYPE


def test_signatures_out_of_order_or_twice_are_refused() -> None:
    document = json.loads(seal(take_statement(1), (STUDIO, MIRA)).encode())
    signatures = document["signatures"]
    for wrong in (signatures[::-1], [signatures[0]] * 2):
        with pytest.raises(UnreadableInput):
            open_envelope(canonical(document | {"signatures": wrong}), where="test")
