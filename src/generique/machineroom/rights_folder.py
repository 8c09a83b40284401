"""The folder ``rights/`` on disk: passports, consents, use declarations, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

from generique.machineroom.files import (
    decoded,
    digest_of_file,
    publish_bytes,
    publish_file,
    read_plain_bytes,
    require_plain,
)
from generique.machineroom.toml_places import line_of
from generique.machineroom.toml_text import written
from generique.machineroom.toml_values import parse_toml, read_value, validated
from generique.model.consent import ConsentList
from generique.model.declaration import DeclarationList
from generique.model.errors import UnreadableInput
from generique.model.kept_passports import (
    DatasetPassport,
    Document,
    KeptPassport,
    ModelPassport,
    ToolPassport,
)
from generique.model.values import Digest, Value, digest_of
from generique.production.rights_ports import LARGEST_PAPER, Paper

RIGHTS = "rights"
_KINDS: dict[str, type[ToolPassport | ModelPassport | DatasetPassport]] = {
    "generique/tool-passport/1": ToolPassport,
    "generique/model-passport/1": ModelPassport,
    "generique/dataset-passport/1": DatasetPassport,
}
_V = TypeVar("_V", bound=Value)


class DiskRights:
    """Implements :class:`generique.production.rights_ports.RightsFolder`.

    Args:
        root: The production's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._folder = self._root / RIGHTS

    def passports(self) -> tuple[Paper[KeptPassport], ...]:
        """``rights/passports/*.toml``, in the order of their names."""
        return tuple(
            _passport(path, self._bytes(path), self._name(path))
            for path in sorted((self._folder / "passports").glob("*.toml"))
        )

    def shipped(self) -> tuple[Paper[KeptPassport], ...]:
        """Passports of the generators that come with the program."""
        return tuple(_shipped())

    def consents(self) -> Paper[ConsentList] | None:
        """``rights/consents.toml``; None when there is none."""
        return self._paper("consents.toml", ConsentList)

    def declarations(self) -> Paper[DeclarationList] | None:
        """``rights/uses.toml``; None when there is none."""
        return self._paper("uses.toml", DeclarationList)

    def digest(self, document: str) -> Digest | None:
        """Digest of a document of the production, None when it is not there."""
        path = self._inside(self._root / document, self._root)
        if not path.exists():
            return None
        require_plain(path)
        return digest_of_file(path)

    def keep(self, document: Path, *, read_on: str, source: str) -> Document:
        """Copy a document that was read into ``rights/documents``."""
        require_plain(document)
        digest = digest_of_file(document)
        name = f"{digest.removeprefix('sha256:')[:12]}-{document.name}"
        target = self._folder / "documents" / name
        publish_file(document, self._inside(target, self._folder))
        return Document(digest=digest, read_on=read_on, file=self._name(target), source=source)

    def write(self, passport: KeptPassport) -> str:
        """Write a passport; gives the path inside the production's folder."""
        path = self._place_of(passport)
        before = decoded(self._bytes(path), path) if path.exists() else ""
        said = passport.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        ordered = {"schema": said.pop("schema"), **said}
        publish_bytes(written(ordered, before).encode(), path)
        return self._name(path)

    def _place_of(self, passport: KeptPassport) -> Path:
        """The file that says the passport already, or a new one."""
        for paper in self.passports():
            said = paper.value
            if (said.kind, said.id, said.version) == (passport.kind, passport.id, passport.version):
                return self._root / paper.file
        folder = self._folder / "passports"
        names = (f"{passport.kind}-{passport.id}", f"{passport.kind}-{passport.id}-{{}}")
        taken = {path.name.lower() for path in folder.glob("*.toml")}
        tries = (f"{names[1].format(n) if n else names[0]}.toml" for n in range(len(taken) + 1))
        return folder / next(name for name in tries if name.lower() not in taken)

    def _paper(self, name: str, kind: type[_V]) -> Paper[_V] | None:
        path = self._folder / name
        if not path.is_symlink() and not path.exists():
            return None
        data = self._bytes(path)
        text = decoded(data, path)
        value = read_value(text, path, kind)
        return Paper(self._name(path), digest_of(data), value, partial(_where, path, text))

    def _bytes(self, path: Path) -> bytes:
        return read_plain_bytes(self._inside(path, self._folder), LARGEST_PAPER)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _inside(self, path: Path, folder: Path) -> Path:
        """A path with its links followed, which must not leave a folder."""
        try:
            found = path.resolve()
        except (OSError, RuntimeError, ValueError) as error:  # a ring of links, a zero byte
            raise _leaves(path, self._root, str(error)) from error
        if not found.is_relative_to(folder):
            raise _leaves(path, self._root, f"it leads to {found}")
        return found


def _leaves(path: Path, root: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"the path {path.name!r} leaves the production",
        where=str(root),
        why=why,
        next_step="copy the file into the production's folder and name it there",
    )


def _shipped() -> Iterator[Paper[KeptPassport]]:
    folder = files("generique.machineroom") / "passports"
    with as_file(folder) as root:
        for path in sorted(root.glob("*.toml")):
            yield _passport(path, path.read_bytes(), path.name)


def _passport(path: Path, data: bytes, name: str) -> Paper[KeptPassport]:
    text = decoded(data, path)
    document = parse_toml(text, path)
    schema = document.get("schema")
    kind = _KINDS.get(str(schema))
    if kind is None:
        raise UnreadableInput(
            f"{path.name} is no passport that this release reads",
            where=_where(path, text, ("schema",)),
            why=f"its schema is {schema!r}; known are {', '.join(_KINDS)}",
            next_step="state one of these, or make the file with: generique passport add",
        )
    value = validated(document, text, path, kind)
    return Paper(name, digest_of(data), value, partial(_where, path, text))


def _where(path: Path, text: str, place: Sequence[str | int]) -> str:
    return f"{path}:{line_of(text, place)}"
