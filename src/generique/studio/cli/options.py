"""Options that several commands share."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from generique.model.element import Quality
from generique.model.errors import UsageError

QualityOption = Annotated[
    Quality, typer.Option(help="Effort spent on generated shots; never changes the staging.")
]
DemoReview = Annotated[
    bool,
    typer.Option(
        "--demo-review",
        help="Write a demonstration for takes that wait for a person. Never an approval; "
        "the picture and every report say so.",
    ),
]


def read_range(text: str) -> tuple[int, int]:
    """First and last frame of what a person typed: ``0-10``, or one frame.

    Raises:
        UsageError: It names no frames.
    """
    match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", text)
    if match is None:
        raise UsageError(f"{text!r} names no frames", next_step="write first and last: 0-10")
    return int(match[1]), int(match[2] or match[1])
