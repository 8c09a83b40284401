"""The answer of ``identify``: what a file shows, and what that rests on."""

from __future__ import annotations

from typing import Any

from generique.marks.identification.sighting import Evidence, FoundSegment, Identification
from generique.model.time import Rate
from generique.model.values import Digest, Value

_FACTS = ("prompt", "model", "approval", "credit", "entry", "rights")


class Identified(Value):
    """What a file shows.

    Attributes:
        file: Digest of the file.
        rate: Of its picture.
        identification: Segments and what is unknown, in its frames.
        cuts: Frames at which its picture changes to another.
        credential: What its credential is worth, in words.
        sound: What its sound says.
        library: What it was compared with, in words.
    """

    file: Digest
    rate: Rate
    identification: Identification
    cuts: tuple[int, ...]
    credential: str
    sound: tuple[Evidence, ...] = ()
    library: str

    @property
    def passed(self) -> bool:
        """True when every frame is known and nothing is disputed."""
        found = self.identification
        return not found.unknown and not any(segment.disputed for segment in found.segments)

    def document(self) -> dict[str, Any]:
        """The JSON document of the command."""
        found = self.identification
        return {
            "schema": "generique/identify/1",
            "file": self.file,
            "rate": f"{self.rate.numerator}/{self.rate.denominator}",
            "frames": found.frames,
            "segments": [self._segment(segment) for segment in found.segments],
            "unknown": [self._place(stretch.start, stretch.end) for stretch in found.unknown],
            "cuts": list(self.cuts),
            "sound": [evidence.to_json() for evidence in self.sound],
            "credential": self.credential,
            "compared_with": self.library,
        }

    def summary(self) -> str:
        """One sentence for a person."""
        found = self.identification
        known = sum(segment.end - segment.start for segment in found.segments)
        names = dict.fromkeys(
            segment.identity.production or segment.identity.title for segment in found.segments
        )
        shown = f", from {', '.join(names)}" if names else ""
        disputed = sum(bool(segment.disputed) for segment in found.segments)
        more = f"; {disputed} disputed" if disputed else ""
        parts = _counted(len(found.segments), "segment")
        return (
            f"{known} of {found.frames} frames are known, in {parts}{shown}; "
            f"unknown: {_counted(len(found.unknown), 'stretch', 'stretches')}{more}"
        )

    def _segment(self, segment: FoundSegment) -> dict[str, Any]:
        identity = segment.identity
        return {
            **self._place(segment.start, segment.end),
            "production": identity.production,
            "shot": identity.shot,
            "take": identity.take,
            "class": identity.element_class.value if identity.element_class else None,
            "title": identity.title,
            "evidence": [evidence.to_json() for evidence in segment.evidence],
            "confidence": segment.confidence,
            "disputed": list(segment.disputed),
            "places": [place.to_json() for place in segment.places],
            **{name: segment.facts.get(name) for name in _FACTS},
        }

    def _place(self, start: int, end: int) -> dict[str, Any]:
        return {
            "start": round(float(self.rate.seconds(start)), 6),
            "end": round(float(self.rate.seconds(end)), 6),
            "start_frame": start,
            "end_frame": end,
        }


def _counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
