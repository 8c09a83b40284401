"""Soft bindings: watermarks and fingerprints by which a file that lost its credential is found.

A soft binding points, it never proves: the claim that holds it does (C2PA 2.4, section 18.10).
One assertion for each algorithm, a block for each time span. The values are text: an ISCC unit as
it is written, a mark's identifier in hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from pydantic import Field, NonNegativeInt, PositiveInt, ValidationError, model_validator

from generique.marks.credential.report import Manifest
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.model.values import Json, Value

SOFT_BINDING_ASSERTION = "c2pa.soft-binding"
ISCC = "io.iscc.v0"
"""Fingerprint; its name in the C2PA list of algorithms."""

WATERMARKS = frozenset(
    {PICTURE_MARK, SOUND_MARK, "com.aiwatermark.videoseal.1", "com.aiwatermark.audioseal.1"}
)
"""Algorithms that change the picture or the sound, so that the claim names the act."""


class SoftBinding(Value):
    """A watermark or fingerprint of a stretch of a file.

    Attributes:
        alg: Name and version of the algorithm; of the C2PA list where it stands there.
        value: As the algorithm writes it.
        start: Milliseconds from the start of the file.
        end: Milliseconds; after ``start``.
    """

    alg: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*(\.[A-Za-z0-9-]+)+$")
    value: str = Field(min_length=1, max_length=4096)
    start: NonNegativeInt
    end: PositiveInt

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.end <= self.start:
            raise ValueError("the end is not after the start")
        return self


def soft_binding_assertions(bindings: Sequence[SoftBinding]) -> list[Json]:
    """One assertion for each algorithm, in order of first use.

    Args:
        bindings: In any order; blocks keep it.
    """
    by_algorithm: dict[str, list[Json]] = {}
    for binding in bindings:
        by_algorithm.setdefault(binding.alg, []).append(
            {
                "scope": {"timespan": {"start": binding.start, "end": binding.end}},
                "value": binding.value,
            }
        )
    return [
        {
            "label": SOFT_BINDING_ASSERTION,
            "created": True,
            "data": {"alg": algorithm, "blocks": blocks},
        }
        for algorithm, blocks in by_algorithm.items()
    ]


def watermark_actions(bindings: Sequence[SoftBinding]) -> list[Json]:
    """``c2pa.watermarked.bound``, once, where one of the bindings is a watermark."""
    marked = any(binding.alg in WATERMARKS for binding in bindings)
    return [{"action": "c2pa.watermarked.bound"}] if marked else []


def soft_bindings_of(manifest: Manifest) -> tuple[SoftBinding, ...]:
    """The soft bindings that a manifest states; blocks that cannot be read are left out."""
    found: list[SoftBinding] = []
    for assertion in manifest.assertions:
        if assertion.label == SOFT_BINDING_ASSERTION and isinstance(assertion.data, dict):
            blocks = assertion.data.get("blocks")
            for block in blocks if isinstance(blocks, list) else ():
                binding = _binding(assertion.data.get("alg"), block)
                if binding is not None:
                    found.append(binding)
    return tuple(found)


def _binding(algorithm: object, block: Any) -> SoftBinding | None:
    try:
        span = block["scope"]["timespan"]
        return SoftBinding.model_validate(
            {
                "alg": algorithm,
                "value": block["value"],
                "start": span["start"],
                "end": span["end"],
            }
        )
    except (KeyError, TypeError, ValidationError):
        return None
