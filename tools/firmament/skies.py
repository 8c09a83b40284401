"""The dataset behind ``firmament``: skies of ``world``, drawn without a place under them.

    python tools/firmament/skies.py FOLDER

draws every item of :data:`ITEMS` into ``FOLDER/skies`` as a PNG, writes their list with a digest
for each, and the Croissant card of the whole. Nothing is drawn by chance: the same list follows
from the same code on the same machine. What stands in the folder already is not drawn again.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import cv2
import moderngl
import numpy as np

from generique.backends.firmament.words import COVERS, HOURS, Cover, Hour
from generique.backends.world.graphics import matrix, noise_picture, open_context
from generique.backends.world.post import develop
from generique.backends.world.sky_pass import SkyPass, Uniforms
from generique.backends.world.view import view_of
from generique.clearance.interchange.croissant import write_croissant
from generique.model.element import Raster
from generique.model.kept_passports import DatasetPassport
from generique.model.values import Digest, Json, digest_of
from generique.world.arrays import Octets
from generique.world.camera import Pose
from generique.world.look import look_of
from generique.world.scene import SceneDocument
from generique.world.sky.atmosphere import breathe, smooth
from generique.world.sky.sun import hour_of_altitude
from generique.world.words.reading import Brief, read_prompt

PASSPORT = (
    Path(__file__).parents[2] / "src/generique/machineroom/passports/dataset-firmament-skies.toml"
)
WIDTH, HEIGHT = 288, 168
FINER = 2
"""Items are drawn so many times larger and then averaged."""
HFOV = math.radians(62.0)
LATITUDE = 45.4
SCENES = 56
"""For each hour and cover; two items show each."""
HELD = 8
"""One scene of so many is held back from the training."""
_ALTITUDES: dict[Hour, tuple[float, float, bool]] = {
    "first light": (-5.5, -2.0, False),
    "sunrise": (-1.0, 7.0, False),
    "day": (18.0, 50.0, False),
    "sunset": (-1.0, 7.0, True),
    "dusk": (-5.5, -2.0, True),
}
"""Of the sun in degrees, and whether it sets."""
_CLOUD: dict[Cover, tuple[float, float]] = {
    "clear": (0.0, 0.05),
    "broken": (0.28, 0.58),
    "closed": (0.90, 1.0),
}


class Item(NamedTuple):
    """One sky.

    Attributes:
        name: Of its file, without the folder.
        split: ``seen`` in training, or ``held`` back from it to measure by.
        hour: Local solar time.
        day: Of the year.
        east: Metres; where the eye is under the cloud.
        north: Metres.
        heading: Compass degrees of the line of sight.
        elevation: Degrees above the horizon of the line of sight.
    """

    name: str
    split: str
    label: Hour
    cover: Cover
    hour: float
    day: int
    cloud: float
    fog: float
    east: float
    north: float
    heading: float
    elevation: float


def items() -> Iterator[Item]:
    """The list; each hour and cover is sampled evenly by its own stream of numbers."""
    for place, label in enumerate(HOURS):
        for layer, cover in enumerate(COVERS):
            chance = np.random.default_rng((1871, place, layer))
            low, high, setting = _ALTITUDES[label]
            for number in range(SCENES):
                day = int(chance.integers(60, 290))
                altitude = low + (high - low) * (number + chance.random()) / SCENES
                hour = None
                while hour is None:
                    hour = hour_of_altitude(altitude, day, LATITUDE, setting=setting)
                    altitude -= 0.5 if hour is None else 0.0
                cloud = float(chance.uniform(*_CLOUD[cover]))
                fog = float(chance.uniform(0.02, 0.15))
                for view in "ab":
                    yield Item(
                        name=f"{label.replace(' ', '-')}-{cover}-{number:03}{view}.png",
                        split="held" if number % HELD == HELD - 1 else "seen",
                        label=label,
                        cover=cover,
                        hour=round(hour, 4),
                        day=day,
                        cloud=round(cloud, 4),
                        fog=round(fog, 4),
                        east=round(float(chance.uniform(-60_000, 60_000))),
                        north=round(float(chance.uniform(-60_000, 60_000))),
                        heading=round(float(chance.uniform(0, 360)), 1),
                        elevation=round(float(chance.uniform(17.5, 22.0)), 2),
                    )


def scene_of(item: Item) -> SceneDocument:
    """The scene document whose sky an item is."""
    scene = read_prompt("prairie by day", Brief(place_seed=7, frames=1)).scene
    for field, value in (
        ("time.hour", item.hour),
        ("time.day", item.day),
        ("time.latitude", LATITUDE),
        ("time.moon", 0.0),
        ("weather.cloud", item.cloud),
        ("weather.fog", item.fog),
    ):
        scene = scene.with_field(field, value)
    return scene


def draw(context: moderngl.Context, item: Item, pool: ThreadPoolExecutor) -> Octets:
    """HEIGHT x WIDTH x 3, RGB."""
    scene = scene_of(item)
    air, raster = breathe(scene), Raster(width=WIDTH * FINER, height=HEIGHT * FINER)
    sky = air.sky
    view = view_of(_pose(item), raster.width / raster.height, (0.0, 0.0))
    glow = math.radians(sky.glow_heading)
    values: Uniforms = {
        "VP": matrix(view.matrix),
        "eye": view.eye,
        "density": air.density,
        "scaleHeight": air.height,
        "uniformShare": air.uniform,
        "zenith": sky.zenith,
        "horizon": sky.horizon,
        "haze": sky.haze,
        "farHaze": sky.far_haze,
        "glow": sky.glow,
        "glowWay": (math.sin(glow), math.cos(glow)),
        "glowFocus": 4.0 + 5.0 * smooth(-3.5, 1.5, air.sun.altitude),
        "seconds": 0.0,
        "flash": (0.0, 1.0, 0.0, 0.0),
        "flashLight": (0.0, 0.0, 0.0),
        "pixels": raster.width / 2 / math.tan(HFOV / 2),
    }
    noise = context.texture((256, 256), 1, noise_picture().tobytes())
    noise.build_mipmaps()
    noise.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
    noise.use(0)
    target = context.framebuffer([context.texture((raster.width, raster.height), 4, dtype="f4")])
    dome = SkyPass(context, air, scene.weather, raster, discs=False)
    dome.prepare(0.0, lambda _: view, values)
    target.use()
    context.disable(moderngl.DEPTH_TEST | moderngl.BLEND)
    dome.draw(view, values)
    read = np.frombuffer(target.read(components=4, dtype="f4"), np.float32)
    linear = read.reshape(raster.height, raster.width, 4)[::-1]
    small = cv2.resize(np.ascontiguousarray(linear), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    look = replace(look_of(scene), vignette=0.0, grain=0.0, bloom=0.0, flare=0.0, distortion=0.0)
    return develop(small, look, 0, pool)


def _pose(item: Item) -> Pose:
    heading, up = math.radians(item.heading), math.radians(item.elevation)
    level = np.array([math.sin(heading), math.cos(heading), 0.0])
    zenith = np.array([0.0, 0.0, 1.0])
    forward = math.cos(up) * level + math.sin(up) * zenith
    right = np.array([level[1], -level[0], 0.0])
    return Pose(
        np.array([item.east, item.north, 3.0]), forward, right, np.cross(right, forward), 0.0, HFOV
    )


def dataset_passport() -> DatasetPassport:
    """What the program ships as known of this dataset."""
    said = tomllib.loads(PASSPORT.read_text("utf-8"))
    return DatasetPassport.model_validate_json(json.dumps(said))


def write_list(folder: Path, listed: tuple[Item, ...]) -> Digest:
    """``items.csv``: every item with the digest of its file; returns the digest of the list."""
    path = folder / "items.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow((*Item._fields, "sha256"))
        for item in listed:
            octets = (folder / "skies" / item.name).read_bytes()
            rows.writerow((*item, digest_of(octets).removeprefix("sha256:")))
    return digest_of(path.read_bytes())


def write_card(folder: Path, passport: DatasetPassport, listed: Digest) -> None:
    """``skies.croissant.json``: the passport as a Croissant card, with its files and columns."""
    card = write_croissant(passport)
    card["datePublished"] = passport.checked_on
    card["distribution"] = [
        {
            "@type": "cr:FileObject",
            "@id": "items",
            "name": "items.csv",
            "description": "Every item, the scene that it shows and the digest of its file.",
            "contentUrl": "items.csv",
            "encodingFormat": "text/csv",
            "sha256": listed.removeprefix("sha256:"),
        },
        {
            "@type": "cr:FileSet",
            "@id": "skies",
            "name": "skies",
            "description": "The pictures; tools/firmament/skies.py draws them.",
            "encodingFormat": "image/png",
            "includes": "skies/*.png",
        },
    ]
    card["recordSet"] = {
        "@type": "cr:RecordSet",
        "@id": "item",
        "name": "item",
        "key": {"@id": "item/name"},
        "field": [_column(name) for name in (*Item._fields, "sha256")],
    }
    text = json.dumps(card, ensure_ascii=False, indent=1) + "\n"
    (folder / "skies.croissant.json").write_text(text, "utf-8")


def _column(name: str) -> dict[str, Json]:
    kinds: dict[str, str] = {"day": "sc:Integer", "name": "sc:Text", "split": "sc:Text"}
    words = ("label", "cover", "sha256")
    return {
        "@type": "cr:Field",
        "@id": f"item/{name}",
        "name": name,
        "dataType": "sc:Text" if name in words else kinds.get(name, "sc:Float"),
        "source": {"fileObject": {"@id": "items"}, "extract": {"column": name}},
    }


def main(folder: Path) -> None:
    """Draw what is missing, and write list and card."""
    (folder / "skies").mkdir(parents=True, exist_ok=True)
    listed = tuple(items())
    with ThreadPoolExecutor(1) as pool:
        for number, item in enumerate(listed):
            path = folder / "skies" / item.name
            if not path.exists():
                graphics = open_context()
                with graphics:
                    picture = draw(graphics, item, pool)
                graphics.release()
                path.write_bytes(cv2.imencode(".png", picture[..., ::-1])[1].tobytes())
            if number % 100 == 0:
                print(f"{number} of {len(listed)}", flush=True)
    digest = write_list(folder, listed)
    stated = dataset_passport().model_copy(update={"digest": digest, "items": len(listed)})
    write_card(folder, stated, digest)
    print(digest)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
