"""What ``firmament`` costs, and how it stands to the pictures that it was trained on.

    python benchmarks/firmament.py [SKIES]

Prints seconds to draw a sky and a frame over it. With SKIES, the folder that
tools/firmament/skies.py drew, also how far the mean colour of drawn skies is from that of the
items of each class, and whether drawn skies lie nearer to items that were trained on than to as
many that were held back: a model that repeats its training does.
"""

from __future__ import annotations

import csv
import statistics
import sys
import time
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from world_material import row

from generique.backends.firmament.picture import HEIGHT, STEPS, Movement, columns, sky
from generique.backends.firmament.sampling import denoised, moments, unfolded
from generique.backends.firmament.shelf import network, shelf
from generique.backends.firmament.words import CLOSE, COVERS, HOURS, class_of, read_wish
from generique.model.element import Easing, Raster

EACH = 5
FRAMES = 24
WIDTH = 96


def items(folder: Path) -> dict[str, list[tuple[int, NDArray[np.float32]]]]:
    """Class and picture (56 x 96 x 3, 0 to 1) of each item, by split."""
    found: dict[str, list[tuple[int, NDArray[np.float32]]]] = {"seen": [], "held": []}
    listed = (shelf() / "items.csv").read_text("utf-8")
    for item in csv.DictReader(listed.splitlines()):
        picture = cv2.imread(str(folder / "skies" / item["name"]))
        if picture is None:
            raise SystemExit(f"{item['name']} is missing: draw the skies first")
        small = cv2.resize(picture[..., ::-1], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        label = class_of(item["label"], item["cover"])
        found[item["split"]].append((label, small.astype(np.float32) / np.float32(255)))
    return found


def drawn() -> list[tuple[int, NDArray[np.float32]]]:
    """Skies of the first pass, so many of each class."""
    made = network()
    found = []
    for label in range(CLOSE):
        for seed in range(EACH):
            chance = np.random.default_rng((label, seed))
            noise = chance.standard_normal((12, HEIGHT // 2, WIDTH // 2), dtype=np.float32)
            held = unfolded(denoised(made, noise, label, moments(STEPS), lambda: None))
            level = np.clip(held.transpose(1, 2, 0) / 2 + 0.5, 0, 1)
            found.append((label, level.astype(np.float32)))
    return found


def nearest(picture: NDArray[np.float32], among: NDArray[np.float32]) -> float:
    """Root mean square distance to the nearest, mirrored ones too."""
    both = np.concatenate((among, among[:, :, ::-1]))
    return float(np.sqrt(((both - picture) ** 2).mean(axis=(1, 2, 3))).min())


def costs() -> None:
    """Seconds for a sky and for a frame of 1280 x 720 over it."""
    made, wish, raster = (
        network(),
        read_wish("sky at sunrise, clouds"),
        Raster(width=1280, height=720),
    )
    start = time.perf_counter()
    plate = sky(made, wish, 1, columns(raster), lambda: None)
    row("a sky", time.perf_counter() - start)
    movement = Movement(plate, raster, 4.0, "left", Easing.LINEAR, 1)
    start = time.perf_counter()
    for number in range(FRAMES):
        movement.frame(number / 24, number)
    row("a frame", (time.perf_counter() - start) / FRAMES)


def resemblance(folder: Path) -> None:
    """Colours and copies."""
    known, made = items(folder), drawn()
    print(f"{'class':24}{'mean colour off':>18}{'spread, drawn':>16}{'spread, items':>16}")
    for label in range(CLOSE):
        mine = np.stack([picture for of, picture in made if of == label])
        theirs = np.stack([picture for of, picture in known["seen"] if of == label])
        off = np.abs(mine.mean(axis=(0, 1, 2)) - theirs.mean(axis=(0, 1, 2))).max()
        name = f"{HOURS[label // len(COVERS)]}, {COVERS[label % len(COVERS)]}"
        print(
            f"{name:24}{off:18.3f}{mine.std(axis=(1, 2)).mean():16.3f}"
            f"{theirs.std(axis=(1, 2)).mean():16.3f}"
        )
    held = np.stack([picture for _, picture in known["held"]])
    seen = np.stack([picture for _, picture in known["seen"]])
    few = seen[np.random.default_rng(1).permutation(len(seen))[: len(held)]]
    to_seen = [nearest(picture, few) for _, picture in made]
    to_held = [nearest(picture, held) for _, picture in made]
    between = [nearest(picture, seen) for picture in held]
    print(f"nearest of {len(few)} trained on, median {statistics.median(to_seen):.4f}")
    print(f"nearest of {len(held)} held back, median {statistics.median(to_held):.4f}")
    print(f"drawn, nearest of all trained on: least {min(nearest(p, seen) for _, p in made):.4f}")
    print(f"held back, nearest of all trained on: median {statistics.median(between):.4f}")


def main(folders: list[str]) -> None:
    """Measure and print."""
    costs()
    for folder in folders:
        resemblance(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
