from __future__ import annotations

import math
from typing import Any

import pytest

from generique.ledger.canonical import LARGEST_EXACT, canonical, read_canonical
from generique.model.errors import UnreadableInput


def test_keys_are_sorted_and_nothing_is_wasted() -> None:
    assert canonical({"b": [1, 2.5, None, True], "a": "é\n"}) == (
        '{"a":"é\\n","b":[1,2.5,null,true]}'.encode()
    )


def test_what_is_written_is_read_back() -> None:
    document: dict[str, Any] = {"seed": LARGEST_EXACT, "speed": 0.96, "none": None, "list": [[]]}
    assert read_canonical(canonical(document), where="test") == document


@pytest.mark.parametrize(
    "document",
    [
        math.nan,
        math.inf,
        -math.inf,
        2**53,
        -(2**53),
        float(2**53),
        1e300,
        "\ud800",
        {"a": {1: 2}},
        {"a": b"bytes"},
        {1, 2},
    ],
    ids=repr,
)
def test_what_json_cannot_carry_exactly_is_refused(document: Any) -> None:
    with pytest.raises(UnreadableInput):
        canonical(document)


def test_a_document_that_is_nested_too_deeply_is_refused() -> None:
    document: Any = []
    for _ in range(100):
        document = [document]
    with pytest.raises(UnreadableInput):
        canonical(document)
    with pytest.raises(UnreadableInput):
        read_canonical(b"[" * 100_000, where="test")


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e0}',
        b'{"a":-0}',
        b'{"a":"\\u00e9"}',
        b'{"a":NaN}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b'{"a":"\xff"}',
        b"{",
        b"",
        b'{"a":9007199254740993}',
    ],
)
def test_every_other_encoding_is_refused(text: bytes) -> None:
    with pytest.raises(UnreadableInput):
        read_canonical(text, where="test")
