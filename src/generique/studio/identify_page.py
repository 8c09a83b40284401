"""The strip: what a file shows, as one page that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from generique.model.time import Rate
from generique.production.audit import RuleResult
from generique.production.identified import Identified
from generique.studio.pages import render

_KEYS = (
    ("authentic", "authentic"),
    ("altered", "altered"),
    ("reconstruction", "reconstruction"),
    ("synthetic", "synthetic"),
    ("none", "known, of no class (titles, black, reference works)"),
    ("unknown", "unknown"),
)


def identify_page(
    name: str,
    found: Identified,
    thumbnails: Mapping[int, bytes],
    rules: Sequence[RuleResult] = (),
) -> str:
    """The strip as HTML.

    Args:
        name: Of the file.
        found: What it shows.
        thumbnails: JPEG bytes by frame, at least the middle frame of every stretch.
        rules: Outcome of the final-cut audit, where there was one.
    """
    document = found.document()
    cards = [_known(segment, found.rate, thumbnails) for segment in document["segments"]]
    cards += [_unknown(stretch, found.rate, thumbnails) for stretch in document["unknown"]]
    cards.sort(key=lambda card: int(card["start_frame"]))
    return render(
        "identify.html",
        name=name,
        summary=found.summary(),
        credential=found.credential,
        library=found.library,
        cards=cards,
        rules=rules,
        keys=_KEYS,
        sound=[evidence.says for evidence in found.sound],
    )


def middle_frames(found: Identified) -> tuple[int, ...]:
    """The frames that the strip shows."""
    stretches = [(s.start, s.end) for s in found.identification.segments]
    stretches += [(s.start, s.end) for s in found.identification.unknown]
    return tuple(sorted((start + end) // 2 for start, end in stretches))


def _known(segment: dict[str, Any], rate: Rate, thumbnails: Mapping[int, bytes]) -> dict[str, Any]:
    facts = [
        _line("production", segment["production"]),
        _line("take", segment["take"]),
        _line("class", segment["class"]),
        _line("prompt", segment["prompt"]),
        _line("model", segment["model"]),
        _line("approval", segment["approval"]),
        _line("credit", segment["credit"]),
        f"confidence {segment['confidence']:.6g}",
    ]
    return {
        **_place(segment, rate, thumbnails),
        "colour": segment["class"] or "none",
        "title": segment["title"],
        "lines": [line for line in facts if line],
        "evidence": [f"{item['kind']}: {item['says']}" for item in segment["evidence"]],
        "disputed": segment["disputed"],
    }


def _unknown(
    stretch: dict[str, Any], rate: Rate, thumbnails: Mapping[int, bytes]
) -> dict[str, Any]:
    return {
        **_place(stretch, rate, thumbnails),
        "colour": "unknown",
        "title": "Unknown",
        "lines": ["no known work contains these frames"],
        "evidence": [],
        "disputed": [],
    }


def _place(stretch: dict[str, Any], rate: Rate, thumbnails: Mapping[int, bytes]) -> dict[str, Any]:
    start, end = stretch["start_frame"], stretch["end_frame"]
    middle = (start + end) // 2
    return {
        "start_frame": start,
        "end_frame": end,
        "middle": middle,
        "from_code": rate.timecode(start),
        "to_code": rate.timecode(end),
        "thumbnail": base64.b64encode(thumbnails.get(middle, b"")).decode(),
    }


def _line(name: str, value: object) -> str:
    return f"{name}: {value}" if value else ""
