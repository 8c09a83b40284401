"""Plates on disk: a folder of OpenEXR files, each written in one step and known by its recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generique.machineroom.exr import read_header, write_exr
from generique.machineroom.ffmpeg import Mezzanine, comment_of
from generique.machineroom.files import digest_of_file, publish_bytes, storage_errors
from generique.model.element import Raster
from generique.model.errors import UnreadableInput, UsageError
from generique.model.time import Rate
from generique.model.values import Digest
from generique.production.plate_ports import PlatePicture

RECIPE = "generique/recipe"
"""Attribute of the header that says by what recipe a file was made."""


class PlateFolder:
    """Implements :class:`generique.production.plate_ports.PlateSink`.

    Args:
        root: The folder; made when it is missing.
        recipe: Of the files.
    """

    def __init__(self, root: Path, recipe: Digest) -> None:
        self._root = root
        self._recipe = recipe
        self._texts: list[str] = []

    def has(self, name: str) -> bool:
        """True when a file of this recipe is there; a file is there whole or not at all.

        Raises:
            UsageError: Another file lies in its place; it is left alone.
        """
        path = self._root / name
        if not path.exists():
            return False
        if not self._is_mine(path):
            raise UsageError(
                f"{name} is there and belongs to another plate",
                where=str(path),
                why="it was not made by this recipe, and nothing that somebody made is replaced",
                next_step="give another folder, or move the file away",
            )
        return True

    def write(self, name: str, picture: PlatePicture) -> None:
        """Write a picture beside its place and move it there.

        Raises:
            UsageError: As :meth:`has`.
            StorageUnavailable: It cannot be written; nothing is left of it.
        """
        if self.has(name):
            return
        path = self._root / name
        texts = {**picture.texts, RECIPE: self._recipe}
        with storage_errors(path):
            self._root.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self._root, prefix=".plate-") as beside:
                made = Path(beside) / name
                write_exr(replace(picture, texts=texts), made)
                made.replace(path)

    def movie(self, name: str, raster: Raster, rate: Rate) -> Mezzanine:
        """A movie of ten bits beside its place; closing it moves it there.

        Raises:
            UsageError: As :meth:`has`.
            StorageUnavailable: The folder cannot be made.
        """
        self.has(name)
        path = self._root / name
        with storage_errors(path):
            self._root.mkdir(parents=True, exist_ok=True)
        return Mezzanine(path, raster, rate, comment=f"{RECIPE}={self._recipe}")

    def text(self, name: str, text: str) -> None:
        """Write a text in one step."""
        publish_bytes(text.encode(), self._root / name)
        self._texts.append(name)

    def files(self) -> dict[str, Digest]:
        """Digests of the files of this recipe, and of the texts written by now."""
        names = [*self._pictures(), *self._texts]
        return {name: digest_of_file(self._root / name) for name in sorted(names)}

    def require_own(self) -> None:
        """Stop when the folder holds pictures of another plate; errors as :meth:`has`."""
        for name in self._pictures():
            self.has(name)

    def _pictures(self) -> list[str]:
        found = (*self._root.glob("*.exr"), *self._root.glob("*.mov"))
        return sorted(path.name for path in found)

    def _is_mine(self, path: Path) -> bool:
        try:
            if path.suffix == ".mov":
                return comment_of(path) == f"{RECIPE}={self._recipe}"
            return bool(read_header(path).get(RECIPE) == self._recipe)
        except UnreadableInput:
            return False


class PlateFolders:
    """Implements :class:`generique.production.plate_ports.PlateSinks` for one folder.

    Args:
        root: The folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def open(self, recipe: Digest) -> PlateFolder:
        """A sink for the files of one recipe; a folder holds the files of one.

        Raises:
            UsageError: There are pictures of another plate.
        """
        folder = PlateFolder(self._root, recipe)
        folder.require_own()
        return folder
