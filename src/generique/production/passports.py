"""Passports that a production keeps: stating one, and finding those that lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from generique.clearance.case import by_version, of_version
from generique.model.errors import BackendFailed, UnreadableInput, UsageError
from generique.model.kept_passports import (
    DatasetPassport,
    KeptPassport,
    ModelPassport,
    ToolPassport,
)
from generique.model.passport import Passport
from generique.model.values import Identifier, Value
from generique.production.machineroom_ports import Backends, Folder
from generique.production.rights import RightsFile, read_rights

PassportKind = Literal["tool", "model", "dataset"]

_VALUES: dict[PassportKind, type[ToolPassport | ModelPassport | DatasetPassport]] = {
    "tool": ToolPassport,
    "model": ModelPassport,
    "dataset": DatasetPassport,
}


class Lack(Value):
    """Something that the production uses and of which it keeps no paper.

    Attributes:
        kind: ``tool``, ``model``, ``dataset`` or ``consent``.
        version: The one that is used; None when nobody knows.
        needed_by: What uses it.
        others: Versions that there are passports of.
    """

    kind: Literal["tool", "model", "dataset", "consent"]
    id: Identifier
    version: str | None = None
    needed_by: str
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The lack, for people."""
        version = f", version {self.version}" if self.version else ""
        held = f"; there is one for {', '.join(self.others)}" if self.others else ""
        paper = "consent" if self.kind == "consent" else f"passport of the {self.kind}"
        return f"no {paper} {self.id}{version}, used by {self.needed_by}{held}"


@dataclass(frozen=True)
class Statement:
    """What a person states of a thing.

    Attributes:
        version: The one that was looked at; None for the only one that is kept already.
        by: Identifier of the person.
        on: Day.
        said: Fields as the format names them; what comes later counts.
        texts: Files of texts that were read, by their field of ``usage``.
        source: Where these texts were had from.
    """

    kind: PassportKind
    name: str
    version: str | None
    by: str
    on: str
    said: tuple[Mapping[str, Any], ...] = ()
    texts: Mapping[str, Path] = field(default_factory=dict)
    source: str = ""


def state_passport(folder: Folder, statement: Statement) -> tuple[KeptPassport, str]:
    """Keep a passport, or more of one that is kept; gives it and its file.

    Nothing is written unless all of it can be read.

    Raises:
        UsageError: Several versions are kept, and none is named.
        UnreadableInput: A field is unknown, missing or of the wrong type.
        Refused: A document of the production is not the one that was read.
        StorageUnavailable: It cannot be written.
    """
    kind, name, version = statement.kind, statement.name, statement.version
    rights = read_rights(folder)
    kept = [one for one in find_passport(rights, kind, name, version) if not rights.is_shipped(one)]
    if len(kept) > 1:
        raise UsageError(
            f"there are passports of {len(kept)} versions of the {kind} {name}",
            next_step="say which one with --version",
        )
    if not kept and not version and not any("version" in said for said in statement.said):
        raise UsageError(
            f"there is no passport of the {kind} {name} yet",
            next_step="say of which version this one is: --version V",
        )
    named = {"version": version} if version else {}
    looked = {"checked_by": statement.by, "checked_on": statement.on}
    before = [one.model_dump(mode="json", by_alias=True) for one in kept]
    draft = stated(kind, name, *before, *statement.said, named, looked)
    texts = {
        key: folder.rights.keep(path, read_on=statement.on, source=statement.source).to_json()
        for key, path in statement.texts.items()
    }
    document = draft.model_dump(mode="json", by_alias=True)
    passport = stated(kind, name, document, {"usage": texts})
    return passport, folder.rights.write(passport)


def stated(
    kind: PassportKind, name: str, *said: Mapping[str, Any], where: str = "the command"
) -> KeptPassport:
    """A passport from what was known before and what is said now; what is said later counts.

    Args:
        kind: What it is of.
        name: Identifier of that.
        said: Fields as the format names them; of ``usage`` each field counts for itself.
        where: For the error.

    Raises:
        UnreadableInput: A field is unknown, missing or of the wrong type; names each one.
    """
    document: dict[str, Any] = {"title": name}
    usage: dict[str, Any] = {}
    for fields in said:
        document.update({key: value for key, value in fields.items() if key != "usage"})
        said_of_usage = fields.get("usage", {})
        if not isinstance(said_of_usage, Mapping):
            raise UnreadableInput(
                "usage is a table, not a value",
                where=where,
                next_step="state each of its fields: usage.FIELD",
            )
        usage.update(said_of_usage)
    document["schema"] = f"generique/{kind}-passport/1"
    document.update(id=name, kind=kind, usage=usage)
    return _VALUES[kind].read(document, where=where)


def find_passport(
    rights: RightsFile, kind: PassportKind, name: str, version: str | None = None
) -> tuple[KeptPassport, ...]:
    """The passports of a thing: of one version, or of every version."""
    return tuple(
        passport
        for passport in rights.passports()
        if (passport.kind, passport.id) == (kind, name) and version in (None, passport.version)
    )


def generators_of(
    backends: Backends, names: Iterable[str]
) -> tuple[tuple[Passport, ...], tuple[str, ...]]:
    """What generators say of themselves, and the names of those that cannot be asked here."""
    said: list[Passport] = []
    silent: list[str] = []
    for name in names:
        try:
            said.append(backends.get(name).passport())
        except BackendFailed:
            silent.append(name)
    return tuple(said), tuple(silent)


def lacking(
    rights: RightsFile, generators: Iterable[Passport], silent: Iterable[str] = ()
) -> tuple[Lack, ...]:
    """Everything that the generators rest on and the production keeps no paper of.

    Args:
        rights: What the production knows.
        generators: What the generators in use say of themselves.
        silent: Names of generators in use that cannot be asked.
    """
    known = _Known(rights)
    found = [
        Lack(kind="tool", id=name, needed_by="production.toml")
        for name in silent
        if not find_passport(rights, "tool", name)
    ]
    for generator in generators:
        found += known.lacks_of(generator)
    return tuple(dict.fromkeys(found))


class _Known:
    """What the production knows, by name."""

    def __init__(self, rights: RightsFile) -> None:
        self._tools = by_version(rights.tools)
        self._models = by_version(rights.models)
        self._datasets = {dataset.id: dataset for dataset in rights.datasets}
        self._consents = {consent.id for consent in rights.consents}

    def lacks_of(self, generator: Passport) -> Iterator[Lack]:
        name, version = generator.name, generator.version
        tool = of_version(self._tools.get(name, {}), version)
        if tool is None:
            others = tuple(self._tools.get(name, {}))
            yield Lack(kind="tool", id=name, version=version, needed_by=name, others=others)
        for model in tool.models if tool and tool.models else (name,):
            yield from self._model(model, version if model == name else None, name)
        yield from self._papers(
            tuple(dataset.id for dataset in generator.training.datasets),
            generator.training.consents,
            name,
        )

    def _model(self, name: str, version: str | None, needed_by: str) -> Iterator[Lack]:
        held = self._models.get(name, {})
        model = of_version(held, version)
        if model is None:
            yield Lack(
                kind="model", id=name, version=version, needed_by=needed_by, others=tuple(held)
            )
        else:
            yield from self._papers(model.datasets, model.talent, name)

    def _papers(
        self, datasets: tuple[str, ...], consents: tuple[str, ...], needed_by: str
    ) -> Iterator[Lack]:
        for name in datasets:
            dataset = self._datasets.get(name)
            if dataset is None:
                yield Lack(kind="dataset", id=name, needed_by=needed_by)
            else:
                yield from self._papers((), dataset.consents, name)
        for name in consents:
            if name not in self._consents:
                yield Lack(kind="consent", id=name, needed_by=needed_by)
