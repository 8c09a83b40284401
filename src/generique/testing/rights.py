"""The papers of a production in memory: for tests of what reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from generique.model.consent import ConsentList
from generique.model.declaration import DeclarationList
from generique.model.errors import UnreadableInput
from generique.model.kept_passports import Document, KeptPassport
from generique.model.values import Digest, Value, digest_of
from generique.production.rights_ports import Paper

_V = TypeVar("_V", bound=Value)


class MemoryRights:
    """Implements :class:`generique.production.rights_ports.RightsFolder` without a disk.

    Args:
        passports: Those that the production keeps.
        shipped: Those that come with the program.
        consents: The list; None where there is none.
        declarations: The list; None where there is none.
        documents: Bytes by path inside the production.
    """

    def __init__(
        self,
        passports: Sequence[KeptPassport] = (),
        *,
        shipped: Sequence[KeptPassport] = (),
        consents: ConsentList | None = None,
        declarations: DeclarationList | None = None,
        documents: dict[str, bytes] | None = None,
    ) -> None:
        self._passports = [*passports]
        self._shipped = (*shipped,)
        self._consents = consents
        self._declarations = declarations
        self._documents = dict(documents or {})

    def passports(self) -> tuple[Paper[KeptPassport], ...]:
        """The passports, in the order in which they were given."""
        return tuple(
            _paper(f"rights/passports/{number:04}.toml", passport)
            for number, passport in enumerate(self._passports)
        )

    def shipped(self) -> tuple[Paper[KeptPassport], ...]:
        """Passports of the generators that come with the program."""
        return tuple(_paper(f"{one.kind}-{one.id}.toml", one) for one in self._shipped)

    def consents(self) -> Paper[ConsentList] | None:
        """The consents."""
        return _paper("rights/consents.toml", self._consents) if self._consents else None

    def declarations(self) -> Paper[DeclarationList] | None:
        """The declared uses."""
        return _paper("rights/uses.toml", self._declarations) if self._declarations else None

    def digest(self, document: str) -> Digest | None:
        """Digest of a document, None when it is not there."""
        if ".." in Path(document).parts or Path(document).is_absolute():
            raise UnreadableInput(f"the path {document!r} leaves the production", where=document)
        data = self._documents.get(document)
        return None if data is None else digest_of(data)

    def keep(self, document: Path, *, read_on: str, source: str) -> Document:
        """Keep the bytes of a file."""
        data = document.read_bytes()
        name = f"rights/documents/{digest_of(data)[7:19]}-{document.name}"
        self._documents[name] = data
        return Document(digest=digest_of(data), read_on=read_on, file=name, source=source)

    def write(self, passport: KeptPassport) -> str:
        """Keep a passport, in the place of one of the same version."""
        names = [(one.kind, one.id, one.version) for one in self._passports]
        name = (passport.kind, passport.id, passport.version)
        if name in names:
            self._passports[names.index(name)] = passport
        else:
            self._passports.append(passport)
        return self.passports()[[*names, name].index(name)].file


def _paper(file: str, value: _V) -> Paper[_V]:
    text = json.dumps(value.model_dump(mode="json", by_alias=True), sort_keys=True)

    def where(place: Sequence[str | int]) -> str:
        return f"{file}:{'.'.join(str(part) for part in place)}"

    return Paper(file, digest_of(text.encode()), value, where)
