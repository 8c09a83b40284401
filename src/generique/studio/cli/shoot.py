"""``generique shoot``: a shot from a prompt alone, or the shots of a production."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from generique.machineroom.files import publish_bytes, publish_file, read_text
from generique.machineroom.folder import PRODUCTION_FILE, DiskFolder, find_production
from generique.model.element import Quality
from generique.model.errors import UsageError
from generique.production.ports import Interpretation
from generique.production.prompt_shot import PromptShot
from generique.production.shoot import Shot
from generique.studio.cli.console import AsJson, FolderOption, Quiet, progress_for, show
from generique.studio.cli.options import QualityOption
from generique.studio.settings import Settings
from generique.studio.wiring import Studio, scratch_folder

app = typer.Typer(
    help="Generate a shot from a prompt, or the shots of a production.", add_completion=False
)


@app.command()
def shoot(
    prompt: Annotated[
        str | None, typer.Argument(help="What is to be seen; without it, the production's shots.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the shot is written, .mp4.")
    ] = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    seconds: Annotated[
        float | None, typer.Option(help="Length; the prompt may name it too.", min=0.1, max=600)
    ] = None,
    rate: Annotated[
        str | None, typer.Option(help="Frames a second; 24, or those of the scene.")
    ] = None,
    size: Annotated[str, typer.Option(help="Width x height.")] = "1280x720",
    seed: Annotated[
        int | None, typer.Option(help="Another seed, another take; 1, or that of the scene.")
    ] = None,
    backend: Annotated[str, typer.Option(help="The generator.")] = "world",
    scene: Annotated[
        Path | None,
        typer.Option(help="A scene document, .toml or .json, to shoot instead of a prompt."),
    ] = None,
    write_scene: Annotated[
        Path | None,
        typer.Option(help="Write the prompt's scene as .toml, to edit; shoot nothing."),
    ] = None,
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
    if prompt is not None and scene is not None:
        raise UsageError(
            "a prompt and a scene",
            why="the scene says all of the shot, and the prompt would not be read",
            next_step="leave one of them out",
        )
    given = _given(scene, backend)
    asked = PromptShot.read(
        {
            "prompt": prompt if prompt is not None else f"scene {scene.name if scene else ''}",
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
            _write_scene(interpretation, prompt, write_scene, backend)
        _explain(interpretation, as_json=as_json)
        return
    shot = studio.producer.shoot(order)
    path = studio.vault.path(shot.take.file)
    if output is not None:
        publish_file(path, output)
    _show(studio, shot, output or path, as_json=as_json)


class _Given(NamedTuple):
    """What a scene file brings along: its text, and what the options leave open."""

    text: str | None = None
    seconds: str | None = None
    rate: str = "24"
    seed: int = 1


def _given(scene: Path | None, backend: str) -> _Given:
    """Read a scene file; only ``world`` says in it how long the shot is."""
    if scene is None:
        return _Given()
    text = read_text(scene)
    if backend != "world":
        return _Given(text)
    from generique.world.scene_toml import read_scene  # not at start-up

    document = read_scene(text, where=str(scene))
    seconds = document.rate.seconds(document.frames)
    return _Given(text, str(seconds), str(document.rate.fps), document.seed)


def _write_scene(
    interpretation: Interpretation, prompt: str | None, path: Path, backend: str
) -> None:
    """Write a prompt's scene for a person to edit; never over one that is there.

    Raises:
        UsageError: The file is there, has another ending, or the backend has no scenes.
    """
    if interpretation.scene is None or backend != "world":
        raise UsageError(f"{backend} makes no scene of a prompt", next_step="take --backend world")
    if path.suffix != ".toml":
        raise UsageError("a scene is written as .toml", next_step="--write-scene scene.toml")
    if path.exists():
        raise UsageError(
            f"{path} is there already",
            why="it may hold somebody's changes",
            next_step="name another file, or move this one away",
        )
    from generique.world.scene_toml import read_scene, write_scene  # as above

    scene = read_scene(interpretation.scene, where="the prompt's scene")
    publish_bytes(write_scene(scene, prompt or "").encode(), path)


def _explain(interpretation: Interpretation, *, as_json: bool) -> None:
    document = {"schema": "generique/explain/1", **interpretation.to_json()}
    lines = [f"{word.text:<32} {word.became or word.use}" for word in interpretation.words]
    if interpretation.language is not None:
        lines.append(f"read as {_LANGUAGES.get(interpretation.language, interpretation.language)}")
    lines += [f"note: {warning}" for warning in interpretation.warnings]
    show(document, [*lines, "", interpretation.scene or ""], as_json=as_json)


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


_LANGUAGES = {"en": "English", "fr": "French"}
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
