"""``generique shoot``: a shot from a prompt alone, or the shots of a production."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.files import publish_bytes, publish_file
from generique.machineroom.folder import PRODUCTION_FILE, DiskFolder, find_production
from generique.model.element import Quality
from generique.model.errors import UsageError
from generique.production.ports import Interpretation
from generique.production.prompt_shot import PromptShot
from generique.production.shoot import Shot
from generique.studio.cli.console import AsJson, FolderOption, Quiet, progress_for, show
from generique.studio.cli.options import QualityOption
from generique.studio.cli.scene_files import given_scene, write_scene_file
from generique.studio.settings import Settings
from generique.studio.wiring import Studio, scratch_folder
from generique.world.reasons import remarks

app = typer.Typer(
    help="Generate a shot from a prompt, or the shots of a production.", add_completion=False
)


Prompt = Annotated[
    str | None, typer.Argument(help="What is to be seen; without it, the production's shots.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where the shot is written, .mp4.")
]
Seconds = Annotated[
    float | None, typer.Option(help="Length; the prompt may name it too.", min=0.1, max=600)
]
FramesASecond = Annotated[
    str | None, typer.Option(help="Frames a second; 24, or those of the scene.")
]
Seed = Annotated[
    int | None, typer.Option(help="Another seed, another take; 1, or that of the scene.")
]
SceneFile = Annotated[
    Path | None, typer.Option(help="A scene, .toml or .json, to shoot instead of a prompt.")
]
WriteScene = Annotated[
    Path | None, typer.Option(help="Write the prompt's scene as .toml, to edit; shoot nothing.")
]


@app.command()
def shoot(
    prompt: Prompt = None,
    output: Output = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    seconds: Seconds = None,
    rate: FramesASecond = None,
    size: Annotated[str, typer.Option(help="Width x height.")] = "1280x720",
    seed: Seed = None,
    backend: Annotated[str, typer.Option(help="The generator.")] = "world",
    scene: SceneFile = None,
    write_scene: WriteScene = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show which word became what; shoot nothing.")
    ] = False,
    production: FolderOption = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Generate a shot from a prompt, in a scratch production where there is none."""
    progress = progress_for(quiet=quiet or as_json)
    if prompt is None and scene is None:
        _shoot_all(production, quality, quiet=quiet, as_json=as_json)
        return
    given = given_scene(scene, prompt, backend)
    asked = PromptShot.read(
        {
            "prompt": given.title,
            "backend": backend,
            "seconds": given.seconds if seconds is None else str(seconds),
            "rate": rate or given.rate,
            "size": size,
            "seed": given.seed if seed is None else seed,
            "quality": quality.value,
            "scene": given.text,
        },
        where="the command",
    )
    if output is not None and output.suffix != ".mp4":
        raise UsageError("a shot is written as .mp4", next_step="for example: -o shot.mp4")
    studio = Studio(_scratch(Settings()), progress, scratch=True)
    order = asked.order(studio.shelf)
    if explain or write_scene is not None:
        interpretation = studio.producer.explain(order)
        if write_scene is not None:
            write_scene_file(interpretation, given.title, write_scene, backend)
        _explain(interpretation, as_json=as_json)
        return
    shot = studio.producer.shoot(order)
    path = studio.vault.path(shot.take.file)
    if output is not None:
        publish_file(path, output)
    _show(studio, shot, output or path, as_json=as_json)


def _explain(interpretation: Interpretation, *, as_json: bool) -> None:
    """What became of each word; told in the language of the prompt, the document's keys in none."""
    document = {"schema": "generique/explain/1", **interpretation.to_json()}
    language = interpretation.language or "en"
    uses = {"used": remarks.USED.say(language), "filler": remarks.FILLER.say(language)}
    lines = [
        f"{word.text:<32} {word.became or uses.get(word.use, word.use)}"
        for word in interpretation.words
    ]
    if interpretation.language is not None:
        lines.append(remarks.READ_AS.say(language))
    lines += _remarks(interpretation.warnings, language)
    show(document, [*lines, "", interpretation.scene or ""], as_json=as_json)


def _remarks(warnings: Sequence[str], language: str) -> list[str]:
    return [remarks.REMARK.say(language, {"remark": warning}) for warning in warnings]


def _show(studio: Studio, shot: Shot, path: Path, *, as_json: bool) -> None:
    take = shot.take
    show(
        {
            "schema": "generique/shoot/1",
            "take": take.id,
            "file": str(path),
            "seed": take.seed,
            "scene": json.loads(studio.vault.read(take.scene)) if take.scene else None,
            "essence": take.essence,
            "warnings": list(take.warnings),
        },
        [f"{path}", *(f"note: {warning}" for warning in take.warnings)],
        as_json=as_json,
    )


def _shoot_all(production: Path | None, quality: Quality, *, quiet: bool, as_json: bool) -> None:
    found = production or find_production(Path.cwd())
    if found is None:
        raise UsageError(
            "there is nothing to shoot",
            next_step='give a prompt: generique shoot "night aerial over a suburb" -o shot.mp4',
        )
    studio = Studio(DiskFolder(found), progress_for(quiet=quiet or as_json))
    film = studio.producer.film(quality)
    takes = [shot.take for shot in film.chosen.takes()]
    show(
        {"schema": "generique/shoot-all/1", "takes": [take.to_json() for take in takes]},
        [f"{take.id}: {take.prompt}" for take in takes],
        as_json=as_json,
    )


def _scratch(settings: Settings) -> DiskFolder:
    """The scratch production: no people, no contract, backends that need no clearance."""
    folder = scratch_folder(settings)
    if not (folder / PRODUCTION_FILE).is_file():
        publish_bytes(_SCRATCH.encode(), folder / PRODUCTION_FILE)
    return DiskFolder(folder)


_SCRATCH = """\
# Shots made without a production.
schema = "generique/production/1"
id = "scratch"
title = "Scratch"
languages = ["en"]
genre = "documentary"
raster = { width = 1280, height = 720 }
rate = "24"

[backends]
shot = "world"
"""
