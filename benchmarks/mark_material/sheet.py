"""Contact sheets: ``python -m mark_material.sheet FOLDER`` from the folder of the benchmarks.

One sheet for each side shows the middle frame of every shot, one shows every attack on one shot.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from mark_material.attacks import ATTACKS, attack
from mark_material.corpus import Corpus, recipes
from mark_material.drawing import Picture, captioned
from mark_material.recipe import Kind, Split
from mark_material.video import form_of, read_frames

_WIDE, _HIGH, _COLUMNS = 200, 113, 12


def middle(path: Path) -> Picture:
    """The frame in the middle of a file."""
    wanted = form_of(path).frames // 2
    return next(frame for number, frame in enumerate(read_frames(path)) if number == wanted)


def sheet(pictures: Iterable[tuple[str, Picture]], target: Path) -> Path:
    """Small pictures with their names, in rows, as a PNG."""
    tiles = []
    for name, picture in pictures:
        scale = min(_WIDE / picture.shape[1], _HIGH / picture.shape[0])
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        tile = np.full((_HIGH + 16, _WIDE, 3), 40, np.uint8)
        tile[: small.shape[0], : small.shape[1]] = small
        captioned(tile, name, (2, _HIGH + 12), 11, (255, 255, 255))
        tiles.append(tile)
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % _COLUMNS)
    rows = [np.hstack(tiles[k : k + _COLUMNS]) for k in range(0, len(tiles), _COLUMNS)]
    cv2.imwrite(str(target), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    return target


def main(folder: Path) -> int:
    """Write the sheets into a folder and print their names."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus()
    for split in Split:
        wanted = sorted(recipes(split), key=lambda recipe: (recipe.kind.value, recipe.seed))
        paths = corpus.build(wanted)
        shown = ((r.name, middle(path)) for r, path in zip(wanted, paths, strict=True))
        print(sheet(shown, folder / f"{split.value}.png"))
    shot = corpus.path(next(r for r in recipes(Split.TUNE) if r.kind is Kind.PAN))
    copies = []
    for name in ATTACKS:
        copy = folder / "copy.mp4"
        attack(name, shot, copy)
        copies.append((name, middle(copy)))
        copy.unlink()
    print(sheet(copies, folder / "attacks.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
