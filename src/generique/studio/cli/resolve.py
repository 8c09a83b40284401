"""``generique resolve``: from a mark, a code or a stripped file back to its credential."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generique.model.errors import ExitCode, UsageError
from generique.production.resolve import FINGERPRINTS, WATERMARKS, Match, Resolver
from generique.studio.cli.console import AsJson, Quiet, progress_for, show
from generique.studio.registry import Registry
from generique.studio.settings import Settings

app = typer.Typer(
    help="Find the credential that a file or a mark points to; serve it.", add_completion=False
)


@app.command()
def resolve(
    file: Annotated[
        Path | None, typer.Argument(help="A film or clip that lost its credential.")
    ] = None,
    alg: Annotated[
        str | None,
        typer.Option("--alg", help=f"Soft binding: {', '.join((*WATERMARKS, *FINGERPRINTS))}."),
    ] = None,
    value: Annotated[str | None, typer.Option("--value", help="Its value, as text.")] = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; this machine alone by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8420,
    *,
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Answer the C2PA Soft Binding Resolution API over HTTP."),
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Look a soft binding or a file up in this machine's archive, or serve such look-ups.

    Exit code 1 when nothing matches. The service is read-only and answers until it is stopped.
    """
    resolver = Registry(Settings(), progress_for(quiet=quiet or serve)).resolver
    if serve:
        _serve(resolver, host, port)
        return
    matches = _look_up(resolver, file, alg, value)
    document = {
        "schema": "generique/resolve/1",
        "matches": [
            {"manifestId": match.manifest, "similarityScore": match.score} for match in matches
        ],
    }
    lines = [f"{match.manifest}  {match.score} of 100" for match in matches]
    show(document, lines or ["no credential in this machine's archive matches"], as_json=as_json)
    raise typer.Exit(ExitCode.DONE if matches else ExitCode.FINDINGS)


def _look_up(
    resolver: Resolver, file: Path | None, alg: str | None, value: str | None
) -> tuple[Match, ...]:
    """Answer the one question that was asked.

    Raises:
        UsageError: None, or more than one.
    """
    if file is not None and alg is None and value is None:
        return resolver.by_content(file)
    if file is None and alg is not None and value is not None:
        return resolver.by_binding(alg, value.encode())
    raise UsageError(
        "give either a file, or a soft binding",
        next_step="generique resolve FILE, generique resolve --alg NAME --value VALUE, or --serve",
    )


def _serve(resolver: Resolver, host: str, port: int) -> None:
    """Serve until stopped."""
    from generique.studio.web.resolution import serve as bound

    try:
        server = bound(resolver, host, port)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host}:{port}",
            why=error.strerror,
            next_step="choose another port with --port, 0 takes a free one",
        ) from error
    with server:
        address, number = server.server_address[:2]
        typer.echo(f"serving on http://{address!s}:{number}", err=True)
        server.serve_forever()
