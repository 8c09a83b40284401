"""Mattes of a plate that lies in a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from generique.machineroom.exr import read_exr
from generique.machineroom.files import read_plain_bytes
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Excerpt
from generique.world.plates.cryptomatte import share_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST_LIST = 16_000_000


class _List(Excerpt):
    """What is looked at of ``plate.json``."""

    take: str
    recipe: Digest


class FolderMattes:
    """Implements :class:`generique.production.plate_ports.Mattes`.

    Args:
        root: Folder of the plate.

    Raises:
        UnreadableInput: It holds no plate.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        path = root / "plate.json"
        self._list = _List.read(read_plain_bytes(path, LARGEST_LIST), where=str(path))

    @property
    def recipe(self) -> Digest:
        """Of the plate."""
        return self._list.recipe

    @property
    def take(self) -> str:
        """The take that the plate is of."""
        return self._list.take

    def share(self, index: int, names: Sequence[str]) -> NDArray[np.float32]:
        """How much of each pixel of a frame things or kinds of these names cover, 0 to 1.

        Raises:
            UnreadableInput: The frame is missing, or nothing in it has one of these names.
        """
        path = self._root / f"frame.{index:06d}.exr"
        header, channels = read_exr(path)
        manifests = {
            header[key.replace("/name", "/manifest")]: value
            for key, value in header.items()
            if key.startswith("cryptomatte/") and key.endswith("/name")
        }
        known = {name: matte for text, matte in manifests.items() for name in json.loads(text)}
        total = np.zeros_like(channels["Z"])
        for name in dict.fromkeys(names):
            if name in known:
                mine = {k: v for k, v in channels.items() if k.startswith(known[name])}
                total += share_of(name, known[name], mine)
            elif not any(other.split("-")[0] == name.split("-")[0] for other in known):
                raise UnreadableInput(
                    f"the plate shows no {name}",
                    where=str(path),
                    why=f"it shows {', '.join(sorted(n for n in known if '-' not in n))}",
                    next_step="name a kind, or one of its things, such as tree-12",
                )
        return np.asarray(np.minimum(total, 1), np.float32)
