"""``generique deliver``: the gates, then the masters with one manifest."""

from __future__ import annotations

import typer

from generique.production.deliver import MANIFEST, Delivered
from generique.production.readback_rules import reading_rules
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Hand over the masters, once every gate lets them pass.", add_completion=False
)


@app.command()
def deliver(
    folder: FolderArgument = None,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Publish the film as it was last made to out/delivery, with a manifest of every file.

    The masters are read back first: labels, the spoken notice and every line of the credits are
    looked for on the very files. Refused (exit 3) when one is missing, when a take was not approved
    by a person, when a seal does not verify, or when a contract or a policy says no. Nothing is
    published then. It can be repeated; the same film is delivered once.
    """
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    delivered = studio.delivering.deliver()
    readings = [master.reading for master in delivered.candidate.masters]
    document = {
        **delivered.manifest,
        "folder": str(delivered.folder),
        "entry": delivered.entry,
        "rules": [rule.to_json() for rule in reading_rules(readings)],
    }
    show(document, _lines(delivered), as_json=as_json)


def _lines(delivered: Delivered) -> list[str]:
    return [
        f"delivered to {delivered.folder}, entry {delivered.entry} of the ledger",
        *(f"  {name}" for name in delivered.names),
        f"  checksums of all of it: {delivered.folder / MANIFEST}",
    ]
