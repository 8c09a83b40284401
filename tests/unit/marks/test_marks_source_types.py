from __future__ import annotations

import pytest

from generique.marks.credential.source_types import composite_source_type, is_source_type
from generique.model.errors import UnreadableInput
from generique.model.passport import SourceType

CAPTURE = SourceType.DIGITAL_CAPTURE
ALGORITHMIC = SourceType.ALGORITHMIC
TRAINED = SourceType.TRAINED_ALGORITHMIC


@pytest.mark.parametrize("term", list(SourceType))
def test_our_terms_are_in_the_vocabulary(term: SourceType) -> None:
    assert is_source_type(term.uri)


@pytest.mark.parametrize(
    "uri",
    [
        None,
        1,
        "",
        "foo",
        "composite",
        "https://cv.iptc.org/newscodes/digitalsourcetype/composite",
        "http://cv.iptc.org/newscodes/digitalsourcetype/",
        "http://cv.iptc.org/newscodes/digitalsourcetype/composite ",
        "http://cv.iptc.org/newscodes/digitalsourcetype/softwareImage",
        "http://cv.iptc.org/newscodes/digitalsourcetype/minorHumanEdits",
        "http://cv.iptc.org/newscodes/digitalsourcetype/compositedWithTrainedAlgorithmicMedia",
    ],
)
def test_other_terms_are_not(uri: object) -> None:
    assert not is_source_type(uri)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([CAPTURE], SourceType.COMPOSITE_CAPTURE),
        ([CAPTURE, SourceType.COMPOSITE_CAPTURE], SourceType.COMPOSITE_CAPTURE),
        ([ALGORITHMIC, ALGORITHMIC], ALGORITHMIC),
        ([TRAINED, TRAINED], TRAINED),
        ([CAPTURE, ALGORITHMIC], SourceType.COMPOSITE),
        ([CAPTURE, TRAINED], SourceType.COMPOSITE_SYNTHETIC),
        ([ALGORITHMIC, TRAINED, CAPTURE], SourceType.COMPOSITE_SYNTHETIC),
        ([CAPTURE, SourceType.COMPOSITE_SYNTHETIC], SourceType.COMPOSITE_SYNTHETIC),
        ([CAPTURE, SourceType.HUMAN_EDITS], SourceType.COMPOSITE),
        ([SourceType.COMPOSITE, ALGORITHMIC], SourceType.COMPOSITE),
    ],
)
def test_the_whole_follows_from_its_parts(parts: list[SourceType], whole: SourceType) -> None:
    assert composite_source_type(parts) is whole
    assert composite_source_type(reversed(parts)) is whole


def test_nothing_has_no_source_type() -> None:
    with pytest.raises(UnreadableInput):
        composite_source_type([])
