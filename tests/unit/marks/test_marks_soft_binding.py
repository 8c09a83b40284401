from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from generique.marks.credential.report import Assertion, Manifest
from generique.marks.credential.soft_binding import (
    ISCC,
    SoftBinding,
    soft_binding_assertions,
    soft_bindings_of,
    watermark_actions,
)
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK

BINDINGS = (
    SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XZ", start=0, end=5000),
    SoftBinding(alg=PICTURE_MARK, value="00112233445566ff", start=0, end=5000),
    SoftBinding(alg=ISCC, value="ISCC:EMAVMHMC7RMJF6XA", start=5000, end=9000),
)


def manifest(assertions: list[Any]) -> Manifest:
    return Manifest(
        assertions=tuple(Assertion(label=item["label"], data=item["data"]) for item in assertions)
    )


def test_each_algorithm_has_one_assertion_with_a_block_for_each_span() -> None:
    found: list[Any] = soft_binding_assertions(BINDINGS)
    assert [item["data"]["alg"] for item in found] == [ISCC, PICTURE_MARK]
    assert [len(item["data"]["blocks"]) for item in found] == [2, 1]
    assert found[0]["data"]["blocks"][1] == {
        "scope": {"timespan": {"start": 5000, "end": 9000}},
        "value": "ISCC:EMAVMHMC7RMJF6XA",
    }


def test_what_is_stated_is_read_back() -> None:
    read = soft_bindings_of(manifest(soft_binding_assertions(BINDINGS)))
    assert sorted(read, key=repr) == sorted(BINDINGS, key=repr)


def test_blocks_that_are_none_are_left_out() -> None:
    blocks: list[Any] = [
        None,
        {},
        {"scope": {"timespan": {"start": 5, "end": 5}}, "value": "x"},
        {"scope": {"timespan": {"start": "0", "end": 5}}, "value": "x"},
        {"scope": {"timespan": {"start": 0, "end": 5}}, "value": b""},
        {"scope": None, "value": "x"},
    ]
    label = "c2pa.soft-binding"
    odd = [
        {"label": label, "data": {"alg": ISCC, "blocks": blocks}},
        {"label": label, "data": {"alg": 1, "blocks": "x"}},
        {"label": label, "data": None},
    ]
    assert soft_bindings_of(manifest(odd)) == ()


@pytest.mark.parametrize(("alg", "acts"), [(ISCC, 0), (PICTURE_MARK, 1), (SOUND_MARK, 1)])
def test_only_a_watermark_changes_the_work(alg: str, acts: int) -> None:
    binding = SoftBinding(alg=alg, value="00", start=0, end=1)
    assert watermark_actions([binding, binding]) == [{"action": "c2pa.watermarked.bound"}] * acts


@pytest.mark.parametrize(
    "change",
    [{"start": 5, "end": 5}, {"start": -1}, {"alg": "iscc"}, {"alg": "Ä.b"}, {"value": ""}],
)
def test_a_binding_without_span_name_or_value_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SoftBinding.model_validate({"alg": ISCC, "value": "x", "start": 0, "end": 10} | change)
