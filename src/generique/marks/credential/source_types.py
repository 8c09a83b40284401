"""Digital source types: the IPTC vocabulary, and the type of a composite.

The vocabulary as published on 2024-09-17 (https://cv.iptc.org/newscodes/digitalsourcetype/).
Validators accept any text in its place, so that the check is ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from generique.model.errors import UnreadableInput
from generique.model.passport import IPTC_SOURCE_TYPE, SourceType

TERMS = frozenset(
    {
        "algorithmicMedia",
        "algorithmicallyEnhanced",
        "composite",
        "compositeCapture",
        "compositeSynthetic",
        "compositeWithTrainedAlgorithmicMedia",
        "computationalCapture",
        "dataDrivenMedia",
        "digitalCapture",
        "digitalCreation",
        "humanEdits",
        "negativeFilm",
        "positiveFilm",
        "print",
        "screenCapture",
        "trainedAlgorithmicMedia",
        "virtualRecording",
    }
)
C2PA_SOURCE_TYPE = "http://c2pa.org/digitalsourcetype/"
TRAINED_DATA = C2PA_SOURCE_TYPE + "trainedAlgorithmicData"
"""Data that a trained model made, and the weights of one."""
_OF_C2PA = frozenset({C2PA_SOURCE_TYPE + "empty", TRAINED_DATA})
RETIRED = frozenset({"digitalArt", "minorHumanEdits", "softwareImage"})
"""Terms that stood in the vocabulary and must not be used any more."""

_CAPTURES = frozenset({SourceType.DIGITAL_CAPTURE, SourceType.COMPOSITE_CAPTURE})
_GENERATIVE = frozenset({SourceType.TRAINED_ALGORITHMIC, SourceType.COMPOSITE_SYNTHETIC})


def is_source_type(uri: object) -> bool:
    """True for an address of a term in force in the IPTC vocabulary, or of C2PA's own two."""
    return isinstance(uri, str) and (
        uri in _OF_C2PA
        or (uri.startswith(IPTC_SOURCE_TYPE) and uri.removeprefix(IPTC_SOURCE_TYPE) in TERMS)
    )


def composite_source_type(source_types: Iterable[SourceType]) -> SourceType:
    """Source type of a work made of elements of these types.

    All captured: a composite of captures. All by the same means: that means. Any part from a
    trained model beside others: a composite with a synthetic part. Otherwise a plain composite,
    which says nothing about its parts.

    Args:
        source_types: One for each element, at least one.

    Raises:
        UnreadableInput: There is no element.
    """
    found = frozenset(source_types)
    if not found:
        raise UnreadableInput("a work without elements has no source type")
    if found <= _CAPTURES:
        return SourceType.COMPOSITE_CAPTURE
    if len(found) == 1:
        return next(iter(found))
    if found & _GENERATIVE:
        return SourceType.COMPOSITE_SYNTHETIC
    return SourceType.COMPOSITE
