"""``generique spot``: music, narration and shots are laid out in time."""

from __future__ import annotations

import typer

from generique.edit.rhythm import rhythm_of
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.wiring import Studio

app = typer.Typer(help="Lay out music, narration and shots in time.", add_completion=False)


@app.command()
def spot(folder: FolderArgument = None, *, quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Speak the lines, lay out music and lines, and give each shot its length and easing."""
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    plan = studio.producer.spot().plan
    rate, rhythm = plan.rate, rhythm_of(plan)
    lines = [
        f"{rate.timecode(place.start)} {place.shot}: {float(rate.seconds(place.frames)):.2f} s, "
        f"{place.easing.value}, handles {place.head}+{place.tail}"
        + ("" if place.beat_offset is None else f", {place.beat_offset:+d} frames from a beat")
        for place in plan.shots
    ]
    lines += [
        f"{rate.timecode(plan.credits_start)} end credits",
        f"film: {float(rate.seconds(plan.frames)):.2f} s",
        f"cuts within two frames of a beat: {rhythm.within_two_frames or 0:.0%}",
    ]
    document = {"schema": "generique/spot/1", "timing": plan.to_json(), "rhythm": rhythm.to_json()}
    show(document, lines, as_json=as_json)
