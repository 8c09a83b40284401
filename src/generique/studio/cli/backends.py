"""``generique backends``: the generators, what is known of them, and what they lack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from generique.machineroom.environment import setting
from generique.machineroom.shelf import Shelf
from generique.model.errors import BackendFailed, ExitCode, UsageError
from generique.production.job_ports import Hosted, Lack, Lacking, ManyModels, Weighed
from generique.production.ports import Backend
from generique.studio.cli.console import AsJson, progress_for, show

app = typer.Typer(
    help="List the generators, what is known of them, and what they lack.",
    add_completion=False,
    invoke_without_command=True,
)


@app.callback()
def backends(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the generators that are installed, with capabilities, price and rights."""
    if context.invoked_subcommand is not None:
        return
    shelf = Shelf()
    found = [_described(shelf, name) for family in shelf.names() for name in _names(shelf, family)]
    document = {
        "schema": "generique/backends/1",
        "backends": [{k: v for k, v in entry.items() if k != "says"} for entry in found],
    }
    show(document, [_table(found)], as_json=as_json)


@app.command()
def check(
    name: Annotated[str, typer.Argument(help="Of the generator, as production.toml names it.")],
    *,
    weigh: Annotated[
        bool, typer.Option("--hash", help="Read the weights of a local model; say their digest.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what a generator lacks, and how to get it; nothing is spent.

    Exit code 5 when something is missing.
    """
    backend = Shelf().get(name)
    digest = _weighed(backend, name, quiet=as_json) if weigh else None
    lacks = _lacks(backend)
    passport = backend.passport()
    show(
        {
            "schema": "generique/backend-check/1",
            "name": name,
            "state": "not configured" if lacks else "ready",
            "lacks": [lack.to_json() for lack in lacks],
            "passport": passport.to_json(),
            "weights": digest,
        },
        [
            f"{name}: {passport.title}, by {passport.maker}",
            f"rights: {passport.licence}; training data {passport.training.statement}",
            *([passport.notes] if passport.notes else []),
            *([f'weights = "{digest}"'] if digest else []),
            *(f"missing: {lack.what}\n  next: {lack.next_step}" for lack in lacks),
            "it cannot be asked yet" if lacks else "it can be asked",
        ],
        as_json=as_json,
    )
    raise typer.Exit(ExitCode.BACKEND_FAILED if lacks else ExitCode.DONE)


def _weighed(backend: Backend, name: str, *, quiet: bool) -> str | None:
    """Digest of a local model's weights.

    Raises:
        UsageError: The generator has none on this machine.
    """
    if not isinstance(backend, Weighed):
        raise UsageError(f"{name} has no weights on this machine")
    progress = progress_for(quiet=quiet)
    found = None
    for done, total, digest in backend.weigh():
        progress.advance(done // 1_000_000, max(1, total // 1_000_000), "reading the weights")
        found = digest
    return found


def _names(shelf: Shelf, family: str) -> Iterator[str]:
    """A backend's name, or those of its models."""
    try:
        backend = shelf.get(family)
    except BackendFailed:
        yield family
        return
    if isinstance(backend, ManyModels):
        yield from (f"{family}:{model}" for model in backend.models())
    else:
        yield family


def _lacks(backend: Backend) -> tuple[Lack, ...]:
    if not isinstance(backend, Lacking):
        return ()
    return backend.lacks(setting)


def _described(shelf: Shelf, name: str) -> dict[str, Any]:
    try:
        backend = shelf.get(name)
        passport = backend.passport()
    except BackendFailed as error:
        return {
            "name": name,
            "state": "not configured",
            "capabilities": {},
            "rights": {},
            "price": "",
            "says": f"{error.what}; {error.next_step}",
        }
    lacks = _lacks(backend)
    return {
        "name": name,
        "state": "not configured" if lacks else "ready",
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
        "price": backend.price() if isinstance(backend, Hosted) else "free",
        "says": "; ".join(lack.what for lack in lacks) or passport.title,
    }


def _table(found: list[dict[str, Any]]) -> str:
    """All of it as a table, as wide as the terminal."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "state", "makes", "price", "licence; training data", ""):
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")
    for entry in found:
        rights = entry["rights"]
        training = rights["training"]["statement"] if rights else ""
        table.add_row(
            entry["name"],
            entry["state"],
            ", ".join(entry["capabilities"].get("kinds", ())),
            entry["price"],
            f"{rights['licence']}; {training}" if rights else "",
            entry["says"],
        )
    console = Console(width=max(100, Console().width), highlight=False)
    with console.capture() as captured:
        console.print(table)
    return captured.get().rstrip()
