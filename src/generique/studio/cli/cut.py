"""``generique cut``: the timeline is assembled from the timing plan."""

from __future__ import annotations

import typer

from generique.edit.edl import write_edl
from generique.model.element import Quality
from generique.production.cut import cut as assemble
from generique.production.cut import published_timeline
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.cli.options import QualityOption
from generique.studio.wiring import Studio

app = typer.Typer(help="Assemble the timeline from the timing plan.", add_completion=False)


@app.command()
def cut(
    folder: FolderArgument = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Assemble picture to the timing plan and write timeline.otio and cut.edl."""
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    film = studio.producer.film(quality)
    segments, digest = assemble(film.script, film.plan, film.chosen, studio.machine)
    timeline = published_timeline(film.script, film.plan, film.chosen, ())
    edl = write_edl(film.script.production.title, segments, film.plan.rate)
    paths = [
        studio.folder.publish("timeline.otio", timeline.encode()),
        studio.folder.publish("cut.edl", edl.encode()),
    ]
    show(
        {
            "schema": "generique/cut/1",
            "timeline": digest,
            "segments": [segment.to_json() for segment in segments],
        },
        [str(path) for path in paths],
        as_json=as_json,
    )
