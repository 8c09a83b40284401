"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from generique.model.element import Quality

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
