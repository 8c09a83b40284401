"""How ``firmament`` stands to the pictures that it was trained on: colours, and copies.

    python benchmarks/firmament.py SKIES

SKIES is the folder that tools/firmament/skies.py drew. Prints, for each class, how far the mean
colour of drawn skies is from that of the items; and whether drawn skies lie nearer to items that
were trained on than to as many that were held back. A model that repeats its training does.
"""

from __future__ import annotations

import csv
import statistics
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.backends.firmament.picture import HEIGHT, STEPS
from generique.backends.firmament.sampling import denoised, moments, unfolded
from generique.backends.firmament.shelf import network, shelf
from generique.backends.firmament.words import COVERS, HOURS

EACH = 5
WIDTH = 96


def items(folder: Path) -> dict[str, list[tuple[int, NDArray[np.float32]]]]:
    """Class and picture (56 x 96 x 3, 0 to 1) of each item, by split."""
    found: dict[str, list[tuple[int, NDArray[np.float32]]]] = {"seen": [], "held": []}
    listed = (shelf() / "items.csv").read_text("utf-8")
    for row in csv.DictReader(listed.splitlines()):
        picture = cv2.imread(str(folder / "skies" / row["name"]))
        if picture is None:
            raise SystemExit(f"{row['name']} is missing: draw the skies first")
        small = cv2.resize(picture[..., ::-1], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        label = HOURS.index(row["label"]) * len(COVERS) + COVERS.index(row["cover"])
        found[row["split"]].append((label, small.astype(np.float32) / np.float32(255)))
    return found


def drawn() -> list[tuple[int, NDArray[np.float32]]]:
    """Skies of the first pass, so many of each class."""
    made = network()
    found = []
    for label in range(len(HOURS) * len(COVERS)):
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


def main(folder: Path) -> None:
    """Measure and print."""
    known, made = items(folder), drawn()
    print(f"{'class':24}{'mean colour off':>18}{'spread, drawn':>16}{'spread, items':>16}")
    for label in range(len(HOURS) * len(COVERS)):
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
