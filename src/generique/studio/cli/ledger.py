"""``generique ledger``: checkpoints for others to hold, witnesses, and the log as static files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generique.ledger.checkpoint import read_checkpoint
from generique.ledger.cosignature import CosignerKey, with_cosignatures
from generique.ledger.keys import PublicKey
from generique.ledger.witness import Witness, read_submission
from generique.machineroom.clock import unix_seconds
from generique.machineroom.files import publish_bytes, read_text
from generique.machineroom.keys import KeyRing
from generique.machineroom.witness_memory import FileWitnessMemory
from generique.model.errors import ExitCode, UnreadableInput
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show
from generique.studio.settings import Settings
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Give checkpoints away, have them witnessed, and export the log.",
    add_completion=False,
    no_args_is_help=True,
)
WITNESS = "generique-witness"
"""Name of this machine's witness where none is given."""


@app.command()
def submit(
    old: Annotated[int, typer.Option(help="Entries that the witness knows; 0 for none.")] = 0,
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write the request that a witness is asked with: checkpoint and consistency proof."""
    text = _studio(production).ledger.submission(old)
    show({"schema": "generique/submission/1", "request": text}, text.splitlines(), as_json=as_json)


@app.command()
def witness(
    request: Annotated[Path, typer.Argument(help="What `generique ledger submit` printed.")],
    log: Annotated[list[str], typer.Option(help="Public key of the log's studio; repeatable.")],
    name: Annotated[str, typer.Option(help="Name of this witness.")] = WITNESS,
    *,
    as_json: AsJson = False,
) -> None:
    """Cosign another studio's log if it is what was cosigned before and more."""
    home = Settings().home
    signer = KeyRing(home / "keys").witness(name)
    text = read_text(request)
    origin = read_submission(text, where=str(request)).checkpoint.origin
    keys = tuple(PublicKey.parse(key) for key in log)
    memory = FileWitnessMemory(home / "witness")
    line = Witness(signer, memory, {origin: keys}, unix_seconds).add_checkpoint(text)
    key = CosignerKey.of(signer.key).vkey
    show(
        {"schema": "generique/cosignature/1", "cosignature": line, "witness": key},
        [line.rstrip("\n")],
        as_json=as_json,
    )
    typer.echo(f"this witness's key: {key}", err=True)


@app.command()
def cosign(
    answer: Annotated[Path, typer.Argument(help="What the witness answered.")],
    witness_key: Annotated[
        list[str], typer.Option("--witness", help="Public key of a witness; repeatable.")
    ],
    request: Annotated[Path, typer.Option(help="The request that it answers.")],
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Keep a witness's cosignature, after checking it, and publish the checkpoint with it."""
    studio = _studio(production)
    asked = read_submission(read_text(request), where=str(request))
    keys = [CosignerKey.parse(key) for key in witness_key]
    if not studio.ledger.extends(asked.checkpoint):
        raise UnreadableInput(
            "that checkpoint is not of this ledger",
            where=str(request),
            next_step="submit this production's own checkpoint to the witness",
        )
    held = with_cosignatures(asked.text, read_text(answer), keys)
    publish_bytes(held.encode(), studio.witnessed)
    page = studio.folder.publish("checkpoint.witnessed.txt", held.encode())
    show(
        {"schema": "generique/witnessed/1", "checkpoint": held, "size": asked.checkpoint.size},
        [str(page)],
        as_json=as_json,
    )


@app.command()
def extends(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint of this ledger, kept before.")],
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say whether the ledger still begins with all that a checkpoint was signed for."""
    ledger = _studio(production).ledger
    state, _ = read_checkpoint(read_text(checkpoint), where=str(checkpoint))
    holds = ledger.extends(state)
    told = "begins with" if holds else "does not begin with"
    show(
        {
            "schema": "generique/extends/1",
            "extends": holds,
            "old": state.size,
            "new": ledger.size(),
        },
        [f"the ledger of {ledger.size()} entries {told} the {state.size} of {state.origin}"],
        as_json=as_json,
    )
    raise typer.Exit(ExitCode.DONE if holds else ExitCode.FINDINGS)


@app.command()
def tiles(
    target: Annotated[Path, typer.Argument(help="Folder to write the static files into.")],
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Export the whole log as tiles, entry bundles and checkpoint (C2SP tlog-tiles)."""
    written = []
    for name, data in _studio(production).ledger.tiles():
        publish_bytes(data, target / name)
        written.append(name)
    show(
        {"schema": "generique/tiles/1", "folder": str(target), "files": written},
        [f"{len(written)} files in {target}"],
        as_json=as_json,
    )


def _studio(production: Path | None) -> Studio:
    return Studio(open_folder(production), progress_for(quiet=True))
