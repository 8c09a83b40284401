"""Pictures that people made beside footage: clean plates, and mattes drawn elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from generique.ledger.canonical import canonical
from generique.machineroom.files import read_plain_bytes
from generique.model.element import Raster
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, digest_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 200_000_000
SUFFIXES = (".png", ".tif", ".tiff")


class StillFile:
    """Implements :class:`generique.production.cutting.Still`.

    Args:
        path: PNG or TIFF, of 8 or 16 bits.

    Raises:
        UnreadableInput: It is no picture, or too large.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data = read_plain_bytes(path, LARGEST)

    @property
    def digest(self) -> Digest:
        """Of its bytes."""
        return digest_of(self._data)

    def picture(self, raster: Raster) -> NDArray[np.float32]:
        """The picture as it is shown, height x width x 3, 0 to 1.

        Raises:
            UnreadableInput: It is no picture of this raster.
        """
        found = _decoded(self._data, self._path, raster)
        if found.ndim == 2:
            return np.repeat(found[..., None], 3, axis=2)
        return np.ascontiguousarray(found[..., 2::-1])


class MatteFiles:
    """Implements :class:`generique.production.cutting.MatteFrames`.

    Args:
        path: One picture for all frames, or a folder with one for each, in the order of their
            names. White is kept; where a picture has an alpha channel, that is the matte.

    Raises:
        UnreadableInput: There is no picture.
    """

    def __init__(self, path: Path) -> None:
        self._paths: tuple[Path, ...] = (path,)
        if path.is_dir():
            named = (one for one in path.iterdir() if one.suffix.lower() in SUFFIXES)
            self._paths = tuple(sorted(named, key=lambda one: one.name))
        if not self._paths:
            raise UnreadableInput(
                "the folder holds no mattes",
                where=str(path),
                why=f"no file of it ends with {', '.join(SUFFIXES)}",
                next_step="put one picture for each frame there, or give one for all",
            )

    @property
    def digest(self) -> Digest:
        """Of the bytes of all, in order."""
        parts = [str(digest_of(read_plain_bytes(one, LARGEST))) for one in self._paths]
        return digest_of(canonical({"mattes": list(parts)}))

    @property
    def count(self) -> int | None:
        """For how many frames they are; None for all."""
        return None if len(self._paths) == 1 else len(self._paths)

    def matte(self, index: int, raster: Raster) -> NDArray[np.float32]:
        """The matte of a frame, height x width, 0 to 1.

        Raises:
            UnreadableInput: It is no picture of this raster.
        """
        path = self._paths[index if len(self._paths) > 1 else 0]
        found = _decoded(read_plain_bytes(path, LARGEST), path, raster)
        if found.ndim == 2:
            return found
        if found.shape[2] == 4:
            return np.ascontiguousarray(found[..., 3])
        return np.asarray(found.mean(axis=2), np.float32)


def _decoded(data: bytes, path: Path, raster: Raster) -> NDArray[np.float32]:
    """A picture, 0 to 1, its colours as OpenCV orders them."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None or found.dtype not in (np.uint8, np.uint16):
        raise UnreadableInput(
            f"{path.name} is no picture of 8 or 16 bits",
            where=str(path),
            next_step="give a PNG or a TIFF",
        )
    if found.shape[:2] != (raster.height, raster.width):
        raise UnreadableInput(
            f"{path.name} does not fit the footage",
            where=str(path),
            why=f"it is {found.shape[1]}x{found.shape[0]}, "
            f"the footage {raster.width}x{raster.height}",
            next_step="make it of the footage's size; nothing is resized",
        )
    whole = 255 if found.dtype == np.uint8 else 65535
    return np.asarray(found.astype(np.float32) / np.float32(whole), np.float32)
