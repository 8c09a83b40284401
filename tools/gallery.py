"""Draw the gallery: ``python tools/gallery.py [words of a prompt ...]``.

Every prompt of ``docs/gallery/prompts.toml`` becomes a strip of its first, middle and last frame in
``docs/gallery``, and the page that shows them all is written anew. A strip whose scene and program
have not changed is kept, so that the command can be stopped and goes on where it was. With words,
only the prompts that hold all of them are drawn.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import cv2
import numpy as np

import generique
from generique.backends.world.post import develop
from generique.backends.world.reel import Reel
from generique.backends.world.renderer import EFFORTS
from generique.model.element import Quality, Raster
from generique.model.errors import GeneriqueError
from generique.testing.stage import FolderStage
from generique.world.arrays import Octets
from generique.world.places.grammars import lay_out
from generique.world.scene import SceneDocument
from generique.world.staging import stage
from generique.world.trains import vehicles
from generique.world.words.reading import Brief, read_prompt

FOLDER = Path(__file__).parents[1] / "docs" / "gallery"
RASTER = Raster(width=640, height=360)
SHOWN = (426, 240)
EXTENT = 512.0
JPEG = 82


def main() -> int:
    """Draw what is missing; returns 1 when a prompt was refused."""
    asked = tomllib.loads((FOLDER / "prompts.toml").read_text("utf-8"))["prompts"]
    known_path = FOLDER / "gallery.json"
    known = json.loads(known_path.read_text("utf-8")) if known_path.exists() else {}
    program, refused = program_digest(), 0
    for entry in asked:
        name, prompt = entry["name"], entry["prompt"]
        if not all(word.casefold() in prompt.casefold() for word in sys.argv[1:]):
            continue
        try:
            scene = scene_of(entry)
            recipe = hashlib.sha256((program + scene.model_dump_json()).encode()).hexdigest()
            if known.get(name, {}).get("recipe") == recipe and (FOLDER / f"{name}.jpg").exists():
                continue
            strip = draw(scene)
        except GeneriqueError as error:
            print(f"{name}: {error} ({error.why})", flush=True)
            refused += 1
            continue
        cv2.imwrite(str(FOLDER / f"{name}.jpg"), strip[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG])
        known[name] = {"recipe": recipe, "luminance": round(float(strip.mean()) / 255, 4)}
        known_path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
        print(name, flush=True)
    (FOLDER / "README.md").write_text(page(asked), "utf-8")
    return 1 if refused else 0


def scene_of(entry: dict[str, Any]) -> SceneDocument:
    """The scene of a prompt: four seconds in a small place, so that sixty can be drawn."""
    brief = Brief(
        frames=96, seed=entry.get("seed", 1), place_seed=entry.get("place", 7), extent=EXTENT
    )
    return read_prompt(entry["prompt"], brief).scene


def draw(scene: SceneDocument) -> Octets:
    """The first, the middle and the last frame side by side."""
    layout = lay_out(scene.place)
    path = stage(scene, layout)
    cars = vehicles(layout, scene.life, scene.seed)
    frames = (0, scene.frames // 2, scene.frames - 1)
    pictures = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        shown = (RASTER, EFFORTS[Quality.PREVIEW])
        with closing(Reel(scene, (path, cars), shown, FolderStage(Path(folder)))) as reel:
            for index in frames:
                linear, look = reel.frame(index, float(scene.rate.seconds(index)))
                picture = develop(linear, look, scene.seed * 100_003 + index, pool)
                pictures.append(cv2.resize(picture, SHOWN, interpolation=cv2.INTER_AREA))
    return np.asarray(np.hstack(pictures), np.uint8)


def program_digest() -> str:
    """Of all that decides how a scene is drawn."""
    root = Path(generique.__file__).parent
    files = sorted([*root.glob("world/**/*.py"), *root.glob("backends/world/**/*.*")])
    digest = hashlib.sha256()
    for file in files:
        # What reads words decides the scene, which is part of the recipe itself.
        if file.suffix in (".py", ".glsl") and file.parent.name != "words":
            digest.update(file.read_bytes())
    return digest.hexdigest()


def page(asked: list[dict[str, Any]]) -> str:
    """The page that shows every strip that there is."""
    lines = [
        "# Gallery",
        "",
        "Each prompt as it is read and drawn by `world`: the first, the middle and the last frame",
        "of four seconds, 512 m of place, preview quality. Written by `python tools/gallery.py`.",
    ]
    for entry in asked:
        if (FOLDER / f"{entry['name']}.jpg").exists():
            lines += ["", f"## {entry['prompt']}", "", f"![]({entry['name']}.jpg)"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
