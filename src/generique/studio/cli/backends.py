"""``generique backends``: the generators and what is known of them."""

from __future__ import annotations

import typer

from generique.machineroom.shelf import Shelf
from generique.model.errors import BackendFailed
from generique.studio.cli.console import AsJson, show

app = typer.Typer(help="List the generators and what is known of them.", add_completion=False)


@app.command()
def backends(*, as_json: AsJson = False) -> None:
    """List the generators that are installed, with what is known of their rights."""
    shelf = Shelf()
    found = [_described(shelf, name) for name in shelf.names()]
    lines = [f"{entry['name']}: {entry['state']} - {entry['line']}" for entry in found]
    document = {
        "schema": "generique/backends/1",
        "backends": [{k: v for k, v in entry.items() if k != "line"} for entry in found],
    }
    show(document, lines, as_json=as_json)


def _described(shelf: Shelf, name: str) -> dict[str, object]:
    try:
        passport = shelf.get(name).passport()
    except BackendFailed as error:
        return {
            "name": name,
            "state": "not configured",
            "capabilities": {},
            "rights": {},
            "line": f"{error.what}; {error.next_step}",
        }
    training = passport.training.statement
    return {
        "name": name,
        "state": "ready",
        "capabilities": {
            "kinds": [kind.value for kind in passport.kinds],
            "repeatable": passport.repeatable,
            "version": passport.version,
        },
        "rights": {
            "licence": passport.licence,
            "training": passport.training.to_json(),
            "source_type": passport.source_type.uri,
        },
        "line": f"{passport.title} {passport.version}, {', '.join(passport.kinds)}; "
        f"licence {passport.licence}; training data: {training}",
    }
