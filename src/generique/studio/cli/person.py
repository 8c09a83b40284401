"""``generique person``: people and their keys."""

from __future__ import annotations

from typing import Annotated

import typer

from generique.machineroom.keys import KeyRing
from generique.model.people import Person, Role
from generique.studio.cli.console import AsJson, FolderOption, open_folder, show
from generique.studio.settings import Settings

app = typer.Typer(
    help="Add and list people and their keys.", add_completion=False, no_args_is_help=True
)


@app.command()
def add(
    person: Annotated[str, typer.Argument(help="Short name, for example mira.")],
    name: Annotated[str, typer.Option(help="Name as it stands in the credits.")],
    role: Annotated[list[Role], typer.Option(help="What the person answers for; may be repeated.")],
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make a person's key on this machine and name the person in production.toml."""
    folder = open_folder(production)
    stated = Person.read(
        {"id": person, "name": name, "roles": [held.value for held in role]}, where="the command"
    )
    key = KeyRing(Settings().home / "keys").person(stated.id).key
    folder.add_person(stated)
    show(
        {"schema": "generique/person/1", **stated.to_json(), "key": key.vkey},
        [f"{stated.name} ({', '.join(stated.roles)})", f"public key: {key.vkey}"],
        as_json=as_json,
    )


@app.command("list")
def list_people(production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """List the people of the production."""
    people = open_folder(production).production().people
    show(
        {"schema": "generique/people/1", "people": [person.to_json() for person in people]},
        [f"{person.id}: {person.name} ({', '.join(person.roles)})" for person in people]
        or ["nobody yet; add someone with: generique person add"],
        as_json=as_json,
    )
