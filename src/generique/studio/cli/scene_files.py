"""Scenes as files: read for a shot, and written from a prompt for a person to edit."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generique.machineroom.files import publish_bytes, read_text
from generique.model.errors import UsageError
from generique.production.ports import Interpretation


class GivenScene(NamedTuple):
    """What is to be shot: a prompt, or a scene and what the command's options leave to it.

    Attributes:
        title: The prompt, or the name of the file.
        text: Of the scene; None for a prompt.
        seconds: Exact length as a fraction, where the scene says it.
    """

    title: str
    text: str | None = None
    seconds: str | None = None
    rate: str = "24"
    seed: int = 1


def given_scene(path: Path | None, prompt: str | None, backend: str) -> GivenScene:
    """Read a scene file, if there is one; only ``world`` says in it how long the shot is.

    Raises:
        UsageError: There is a prompt too.
        UnreadableInput: The file is no scene; names each field that is wrong.
    """
    if path is None:
        return GivenScene(prompt or "")
    if prompt is not None:
        raise UsageError(
            "a prompt and a scene",
            why="the scene says all of the shot, and the prompt would not be read",
            next_step="leave one of them out",
        )
    text, title = read_text(path), f"scene {path.name}"
    if backend != "world":
        return GivenScene(title, text)
    from generique.world.scene_toml import read_scene  # not at start-up

    scene = read_scene(text, where=str(path))
    seconds = scene.rate.seconds(scene.frames)
    return GivenScene(title, text, str(seconds), str(scene.rate.fps), scene.seed)


def write_scene_file(interpretation: Interpretation, prompt: str, path: Path, backend: str) -> None:
    """Write a prompt's scene as TOML; never over a file that is there.

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
    from generique.world.scene_toml import read_scene, write_scene  # not at start-up

    scene = read_scene(interpretation.scene, where="the prompt's scene")
    publish_bytes(write_scene(scene, prompt).encode(), path)
