"""``generique person``: people, their keys, and the roles that their keys speak in."""

from __future__ import annotations

from typing import Annotated

import typer

from generique.ledger.register import Registered
from generique.model.people import Person, Role
from generique.production.people import in_force, register, revoke_key
from generique.production.review import find_person
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Add and list people and their keys; revoke a key.",
    add_completion=False,
    no_args_is_help=True,
)
PersonArgument = Annotated[str, typer.Argument(help="Short name, for example mira.")]


@app.command()
def add(
    person: PersonArgument,
    name: Annotated[str, typer.Option(help="Name as it stands in the credits.")],
    role: Annotated[list[Role], typer.Option(help="What the person answers for; may be repeated.")],
    production: FolderOption = None,
    *,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make another key, after the old one was revoked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a person's key on this machine, register it, and name the person in production.toml."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    stated = Person.read(
        {"id": person, "name": name, "roles": [held.value for held in role]}, where="the command"
    )
    signer = studio.ring.person(stated.id)
    with studio.machine.turn(f"person add {stated.id}"):
        if new_key and in_force(stated.id, studio.journal) is None:
            signer = studio.ring.renew(stated.id)
        entry = register(stated, signer, studio.journal)
    studio.folder.add_person(stated)
    show(
        {
            "schema": "generique/person/1",
            **stated.to_json(),
            "key": signer.key.vkey,
            "entry": entry,
        },
        [
            f"{stated.name} ({', '.join(stated.roles)})",
            f"public key: {signer.key.vkey}, registered in entry {entry}",
        ],
        as_json=as_json,
    )


@app.command("revoke-key")
def revoke(
    person: PersonArgument,
    reason: Annotated[str, typer.Option(help="Why; it stays in the ledger.")],
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """End a person's key from here on. What it signed before stands; what it signs now is void."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    known = find_person(studio.folder.production(), person)
    with studio.machine.turn(f"person revoke-key {known.id}"):
        ended = revoke_key(known.id, reason, studio.journal)
    show(
        {
            "schema": "generique/key-revoked/1",
            "person": known.id,
            "key": ended.stated.key,
            "since": ended.since,
        },
        [
            f"{ended.stated.key} speaks for {known.name} no more",
            f"a new key: generique person add {known.id} --new-key --name … --role …",
        ],
        as_json=as_json,
    )


@app.command("list")
def list_people(production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """List the people of the production, and the state of their keys."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    people = studio.folder.production().people
    keys = studio.journal.people()
    show(
        {
            "schema": "generique/people/1",
            "people": [
                {
                    **person.to_json(),
                    "keys": [_document(key) for key in keys if key.stated.person == person.id],
                }
                for person in people
            ],
        },
        [line for person in people for line in _lines(person, keys)]
        or ["nobody yet; add someone with: generique person add"],
        as_json=as_json,
    )


def _document(key: Registered) -> dict[str, object]:
    return {
        "key": key.stated.vkey,
        "roles": [role.value for role in key.stated.roles],
        "registered": key.since,
        "revoked": key.revoked,
        "reason": key.reason,
    }


def _lines(person: Person, keys: tuple[Registered, ...]) -> list[str]:
    """A person, and each key with its state."""
    own = [key for key in keys if key.stated.person == person.id]
    lines = [f"{person.id}: {person.name} ({', '.join(person.roles)})"]
    for key in own:
        roles = ", ".join(key.stated.roles)
        state = f"registered in entry {key.since} as {roles}"
        if key.revoked is not None:
            state = f"revoked in entry {key.revoked}: {key.reason}"
        lines.append(f"  {key.stated.key}: {state}")
    if not any(key.revoked is None and key.stated.roles == person.roles for key in own):
        lines.append("  no key in force for these roles; register one with: generique person add")
    return lines
