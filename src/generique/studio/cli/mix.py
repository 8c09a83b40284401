"""``generique mix``: the stems of every language."""

from __future__ import annotations

import typer

from generique.model.element import Quality
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

app = typer.Typer(help="Mix the stems of every language.", add_completion=False)


@app.command()
def mix(
    folder: FolderArgument = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Mix dialogue, music, effects and backgrounds and write the stems."""
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    film = studio.producer.film(quality)
    mixes = [studio.mixing.mix(film, language) for language in film.script.production.languages]
    for mixed in mixes:
        for stem, digest in mixed.stems.items():
            studio.folder.publish(f"stems/{stem}.{mixed.language}.wav", studio.vault.path(digest))
    show(
        {"schema": "generique/mix/1", "mixes": [mixed.to_json() for mixed in mixes]},
        [
            f"{mixed.language}: {mixed.loudness.integrated:.1f} LUFS, "
            f"{mixed.loudness.true_peak:.1f} dBTP"
            for mixed in mixes
        ],
        as_json=as_json,
    )
