"""``generique contract``: what the contract says, its document, and what the ledger says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generique.clearance.clauses import Bond, Contract
from generique.clearance.contract_words import NARROW, NO_BREAK, TextLanguage
from generique.ledger.canonical import canonical
from generique.model.errors import ExitCode, Refused, UsageError
from generique.production.contract import (
    SignedDocument,
    bind,
    governing_contract,
    record_binding,
)
from generique.production.review import find_person
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    open_folder,
    show,
)
from generique.studio.desk import Desk
from generique.studio.progress import SilentProgress
from generique.studio.wiring import Studio

if TYPE_CHECKING:
    from generique.machineroom.contract_files import ContractFiles, FoundDocument

app = typer.Typer(
    help="Read, set, sign and bind the contract.", add_completion=False, no_args_is_help=True
)
As = Annotated[str, typer.Option("--as", help="Who does it; a person of the production.")]

_TOLD = {
    Bond.BOUND: "bound: clauses and document are those that a person bound in the ledger",
    Bond.UNBOUND: "never bound: no film is handed over before a person binds it",
    Bond.CHANGED: "void: the clauses were changed since they were bound",
    Bond.OTHER_DOCUMENT: "void: the document is not the one that was bound",
    Bond.NO_DOCUMENT: "void: the document that was bound is missing",
}


@app.command("show")
def show_contract(
    production: FolderArgument = None,
    language: Annotated[
        str, typer.Option(help="Of the clauses: en or fr; the contract's first by default.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Show the clauses in plain sentences, and whether they are bound."""
    from generique.clearance.contract_page import contract_lines

    contract = _contract(_studio(production))
    told = _language(language, contract)
    lines = contract_lines(contract, told)
    document = {
        **_said(contract),
        "language": told,
        "clauses": [
            {**clause.to_json(), "text": line.split(". ", 1)[1]}
            for clause, line in zip(contract.in_order, lines, strict=True)
        ],
    }
    top = [contract.citation, _TOLD[contract.binding.bond], ""]
    spaced = [line.replace(NARROW, " ").replace(NO_BREAK, " ") for line in lines]
    show(document, [*top, *spaced], as_json=as_json)


@app.command()
def pdf(production: FolderArgument = None, *, as_json: AsJson = False) -> None:
    """Set the contract as a document to be signed, in the languages that it names."""
    studio = _studio(production)
    contract = _contract(studio)
    place = _files(studio).set(contract)
    document = {"schema": "generique/contract-file/1", "file": str(place)}
    show(document, [f"set: {place}"], as_json=as_json)


@app.command()
def sign(
    who: As,
    production: FolderArgument = None,
    *,
    own_document: Annotated[
        bool,
        typer.Option("--own-document", help="The document has the parties' own text."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Sign the document with a person's certificate, and name it in the clauses."""
    studio = _studio(production)
    contract = _contract(studio)
    person = find_person(studio.folder.production(), who)
    files = _files(studio)
    found = files.sign(contract, person, foreign=own_document)
    document = {
        "schema": "generique/contract-file/1",
        "file": str(files.place(contract)),
        **found.to_json(),
    }
    show(
        document,
        [f"signed by {', '.join(found.signers)}", f"digest: {found.digest}"],
        as_json=as_json,
    )


@app.command("bind")
def bind_contract(who: As, production: FolderArgument = None, *, as_json: AsJson = False) -> None:
    """State in the ledger that the clauses are a reading of the signed document."""
    studio = _studio(production)
    contract = _contract(studio)
    person = find_person(studio.folder.production(), who)
    found = _whole(_files(studio), contract)
    signer = Desk(studio).signer(person.id)
    document = SignedDocument(digest=found.digest, signatures=found.signers)
    bound, subjects = bind(contract, document, person, signer)
    entry = record_binding(bound, subjects, signer, studio.journal)
    signed = ", ".join(found.signers) or "nobody: it bears no electronic signature"
    show(
        {**bound.to_json(), "schema": "generique/contract-bind/1", "entry": entry},
        [f"bound by {person.name} in entry {entry}", f"document signed by {signed}"],
        as_json=as_json,
    )


@app.command()
def odrl(
    production: FolderArgument = None,
    source: Annotated[
        Path | None, typer.Option("--import", help="Read an agreement into the clauses.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write the contract as an ODRL 2.2 agreement, or read one; with --json in canonical form."""
    from generique.clearance.odrl import to_odrl
    from generique.machineroom.shapes import check_shape

    studio = _studio(production)
    contract = _contract(studio) if source is None else _files(studio).take_odrl(source)
    agreement = to_odrl(contract)
    check_shape(agreement, where=contract.where)
    if as_json:
        typer.echo(canonical(agreement).decode())
    else:
        typer.echo(json.dumps(agreement, ensure_ascii=False, indent=2))


@app.command()
def check(production: FolderArgument = None, *, as_json: AsJson = False) -> None:
    """Check clauses, document, signatures and binding; exit code 1 when something is amiss."""
    studio = _studio(production)
    contract = _contract(studio)
    found = _files(studio).found(contract)
    amiss = _amiss(contract, found)
    document = {
        **_said(contract),
        "document": found.to_json() if found else None,
        "findings": amiss,
    }
    lines = [contract.citation, _TOLD[contract.binding.bond]]
    if found is not None:
        lines += [f"signature of {one.name}: {one.state.value}" for one in found.signatures]
        lines.append(
            "the document is the text of these clauses"
            if found.own_text
            else "the document has a text of its own: compare it with the clauses"
        )
    show(document, [*lines, *(f"amiss: {text}" for text in amiss)], as_json=as_json)
    raise typer.Exit(ExitCode.FINDINGS if amiss else ExitCode.DONE)


def _amiss(contract: Contract, found: FoundDocument | None) -> list[str]:
    """What stands between the contract and a delivery."""
    bond = contract.binding.bond
    amiss = [] if bond is Bond.BOUND else [_TOLD[bond]]
    if found is None:
        amiss.append("there is no document")
        return amiss
    if not found.signatures:
        amiss.append("the document bears no electronic signature")
    amiss += [
        f"the signature of {one.name} does not hold" for one in found.signatures if not one.holds
    ]
    stated = contract.heading.sha256
    if stated is not None and found.digest != f"sha256:{stated}":
        amiss.append("the document is not the one that the clauses name")
    return amiss


def _studio(production: Path | None) -> Studio:
    return Studio(open_folder(production), SilentProgress())


def _contract(studio: Studio) -> Contract:
    contract = governing_contract(studio.folder, studio.journal)
    if contract is None:
        raise UsageError(
            "the production has no contract",
            where=str(studio.folder.contract_folder),
            next_step="write contract/clauses.toml, see docs/formats/contract.md",
        )
    return contract


def _files(studio: Studio) -> ContractFiles:
    from generique.machineroom.contract_files import ContractFiles

    return ContractFiles(studio.folder.contract_folder, studio.ring)


def _whole(files: ContractFiles, contract: Contract) -> FoundDocument:
    """The document, none of whose signatures is broken."""
    found = files.found(contract)
    if found is None:
        raise UsageError(
            "there is no document to bind",
            where=str(files.place(contract)),
            next_step="put the signed contract there, or sign one: generique contract sign",
        )
    if found.broken:
        raise Refused(
            "a signature on the document does not hold",
            where=str(files.place(contract)),
            next_step="go back to the document as it was signed",
        )
    return found


def _language(given: str, contract: Contract) -> TextLanguage:
    if not given:
        return contract.heading.languages[0]
    if given == "fr":
        return "fr"
    if given == "en":
        return "en"
    raise UsageError(
        f"contracts are not told in {given!r}", next_step="choose --language en or --language fr"
    )


def _said(contract: Contract) -> dict[str, Any]:
    """What every document about a contract says of it."""
    return {
        "schema": "generique/contract-report/1",
        "contract": contract.citation,
        "reading": contract.digest,
        "binding": contract.binding.to_json(),
    }
