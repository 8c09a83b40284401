"""``generique passport``: what the production knows of its tools, models and datasets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generique.model.errors import ExitCode, UsageError
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show

if TYPE_CHECKING:
    from generique.model.kept_passports import KeptPassport
    from generique.production.rights import RightsFile

app = typer.Typer(
    help="State, show, list and export what is known of tools, models and datasets.",
    add_completion=False,
    no_args_is_help=True,
)


class Kind(StrEnum):
    """What a passport is of."""

    TOOL = "tool"
    MODEL = "model"
    DATASET = "dataset"


class Form(StrEnum):
    """Formats of others."""

    CROISSANT = "croissant"
    SPDX = "spdx3"


KindArgument = Annotated[Kind, typer.Argument(help="tool, model or dataset.")]
NameArgument = Annotated[
    str, typer.Argument(metavar="ID", help="As the generator or the lineage names it.")
]
VersionOption = Annotated[
    str | None, typer.Option("--version", help="The one that was looked at; * for every one.")
]


@app.command()
def add(
    kind: KindArgument,
    name: NameArgument,
    *,
    by: Annotated[str, typer.Option(help="Who looked: a person of the production.")],
    version: VersionOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A field, as the format names it."),
    ] = None,
    imported: Annotated[
        Path | None, typer.Option("--from", help="A Croissant card or an SPDX 3 document.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="SPDX expression, or its own name.")] = None,
    licence_text: Annotated[
        Path | None, typer.Option(help="The licence as it was read; a copy is kept.")
    ] = None,
    terms: Annotated[
        Path | None, typer.Option(help="The terms of use as they were read; a copy is kept.")
    ] = None,
    source: Annotated[str, typer.Option(help="Where these texts were had from.")] = "",
    scan: Annotated[
        list[Path] | None,
        typer.Option(help="Files or folders of a dataset, to look for reservations in."),
    ] = None,
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """State a passport, or state more of one that is there; what is not said stays unknown."""
    from generique.clearance.passport_words import passport_lines
    from generique.machineroom.clock import SystemClock
    from generique.production.passports import Statement, state_passport
    from generique.production.review import find_person
    from generique.studio.passport_forms import read_foreign, scanned, stated_fields

    folder = open_folder(production)
    today = SystemClock().now()[:10]
    taken = read_foreign(imported, kind.value)
    said: list[Mapping[str, Any]] = [taken.fields, stated_fields(field or ())]
    said.append({"usage": {"licence": licence}} if licence else {})
    said.append(scanned(scan, kind.value, today) if scan else {})
    texts = (("licence_text", licence_text), ("terms", terms))
    statement = Statement(
        kind=kind.value,
        name=name,
        version=version,
        by=find_person(folder.production(), by).id,
        on=today,
        said=tuple(said),
        texts={key: path for key, path in texts if path is not None},
        source=source,
    )
    passport, file = state_passport(folder, statement)
    written = passport.model_dump(mode="json", by_alias=True)
    document = {"schema": "generique/passport-added/1", "file": file, "passport": written}
    document["unread"] = [*taken.unread]
    lines = [*passport_lines(passport), f"written to {file}"]
    lines += [f"not read: {words}" for words in taken.unread]
    show(document, lines, as_json=as_json)


@app.command("show")
def show_passport(
    kind: KindArgument,
    name: NameArgument,
    version: VersionOption = None,
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say what is known of a tool, a model or a dataset, and what is not."""
    from generique.clearance.passport_words import passport_lines, unknown_facts
    from generique.production.rights import read_rights

    rights = read_rights(open_folder(production))
    found = _found(rights, kind, name, version)
    document = {
        "schema": "generique/passport-shown/1",
        "passports": [
            {
                "passport": passport.model_dump(mode="json", by_alias=True),
                "shipped": rights.is_shipped(passport),
                "unknown": [*unknown_facts(passport)],
            }
            for passport in found
        ],
    }
    lines = [
        line
        for passport in found
        for line in passport_lines(passport, shipped=rights.is_shipped(passport))
    ]
    show(document, lines, as_json=as_json)


@app.command("list")
def list_passports(production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """List all passports, and name what the production uses without one.

    Exit code 1 when something lacks.
    """
    from generique.production.passports import generators_of, lacking
    from generique.production.rights import read_rights
    from generique.studio.wiring import Studio

    studio = Studio(open_folder(production), progress_for(quiet=True))
    rights = read_rights(studio.folder)
    names = studio.folder.production().every_backend()
    found = lacking(rights, *generators_of(studio.shelf, names))
    rows = [
        {
            "kind": passport.kind,
            "id": passport.id,
            "version": passport.version,
            "title": passport.title,
            "licence": passport.usage.licence,
            "shipped": rights.is_shipped(passport),
        }
        for passport in rights.passports()
    ]
    lines = [
        f"{row['kind']} {row['id']}, version {row['version']}: {row['title']}; "
        f"licence {row['licence']}" + (" (comes with the program)" if row["shipped"] else "")
        for row in rows
    ]
    lines += [f"lacking: {lack.words}" for lack in found]
    document = {
        "schema": "generique/passports/1",
        "passports": rows,
        "lacking": [lack.to_json() for lack in found],
    }
    show(document, lines, as_json=as_json)
    raise typer.Exit(ExitCode.FINDINGS if found else ExitCode.DONE)


@app.command()
def export(
    kind: KindArgument,
    name: NameArgument,
    form: Annotated[Form, typer.Option("--as", help="croissant or spdx3.")],
    version: VersionOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; the screen otherwise.")
    ] = None,
    production: FolderOption = None,
) -> None:
    """Write a dataset's or a model's passport in a format of others; always JSON."""
    from generique.machineroom.files import publish_bytes
    from generique.production.rights import read_rights
    from generique.studio.passport_forms import exported

    rights = read_rights(open_folder(production))
    found = _found(rights, kind, name, version)
    if len(found) > 1:
        raise UsageError(
            f"there are passports of {len(found)} versions of the {kind.value} {name}",
            next_step="say which one with --version",
        )
    passport = found[0]
    document = exported(passport, form.value, rights.datasets)
    if output is None:
        show(document, [], as_json=True)
        return
    publish_bytes(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n", output)
    typer.echo(f"written to {output}")


def _found(
    rights: RightsFile, kind: Kind, name: str, version: str | None
) -> tuple[KeptPassport, ...]:
    from generique.production.passports import find_passport

    found = find_passport(rights, kind.value, name, version)
    if not found:
        known = sorted({one.id for one in rights.passports() if one.kind == kind.value})
        raise UsageError(
            f"no passport of the {kind.value} {name}" + (f", version {version}" if version else ""),
            why=f"there are passports of: {', '.join(known) or 'none'}",
            next_step=f"state one with: generique passport add {kind.value} {name} --version V "
            "--by PERSON --set FIELD=VALUE",
        )
    return found
