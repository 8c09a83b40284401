"""The command line: finds the command, and turns errors into words and exit codes.

Commands live in modules of their own, imported when they are called; this module must stay
quick to import, because every ``--help`` pays for it.
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
import traceback
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from generique import __version__
from generique.model.errors import ExitCode, GeneriqueError, Interrupted, UsageError
from generique.studio.terminal import harmless

_CLOSED_PIPE = 128 + signal.SIGPIPE
"""What shells know a command by whose reader went away."""

if TYPE_CHECKING:
    from typer._click.core import Command, Context

COMMANDS = {
    "new": "Make the folder of a new production.",
    "breakdown": "Read the screenplay into the shot list.",
    "spot": "Lay out music, narration and shots in time.",
    "contract": "Read, set, sign and bind the contract.",
    "plan": "Show every step, its cost and every refusal, before doing anything.",
    "shoot": "Generate a shot from a prompt, or the shots of a production.",
    "retake": "Make another take of a shot, differently.",
    "review": "List, look at, choose, approve, reject, take back or judge.",
    "cut": "Assemble the timeline from the timing plan.",
    "mix": "Mix the stems of every language.",
    "master": "Make the signed masters.",
    "deliver": "Hand over the masters, once every gate lets them pass.",
    "produce": "Do all of it, from where it stands.",
    "status": "Show what is done, and what waits for whom.",
    "audit": "List every element with its rights, approval and credit.",
    "trace": "Say where the picture and sound of a moment come from.",
    "identify": "Say what a file shows, from its pixels and sound.",
    "plate": "Draw a take again with depth, mattes and its camera, as OpenEXR.",
    "extend": "Put real footage into the set of a take.",
    "reproduce": "Make a take again and say whether it is the same.",
    "withdraw": "Say what a dataset, model or consent reached, and record its withdrawal.",
    "resolve": "Find the credential that a file or a mark points to; serve it.",
    "library": "Take films and pictures in to compare with; list, remove and check them.",
    "verify": "Check a file's credential, proof and ledger.",
    "passport": "State, show, list and export what is known of tools, models and datasets.",
    "person": "Add and list people and their keys; revoke a key.",
    "keys": "Show or save the public keys of this machine.",
    "backends": "List the generators, what is known of them, and what they lack.",
    "reconcile": "Settle orders to providers whose outcome is unknown.",
    "ledger": "Give checkpoints away, have them witnessed, and export the log.",
    "vault": "Check what the vault holds.",
}


class CommandTable(TyperGroup):
    """Lists commands from the table and imports the one that is called."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 -- the base's signature
        """Names of all commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 -- the base's signature
        """A stub that carries the name and the one-line help."""
        if cmd_name not in COMMANDS:
            return None
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name])

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Import the command that is called."""
        name, stub, rest = super().resolve_command(ctx, args)
        if stub is None or name is None:
            return name, stub, rest
        module = importlib.import_module(f"generique.studio.cli.{name}")
        command = get_command(module.app)
        command.name = name
        return name, command, rest


app = typer.Typer(
    cls=CommandTable,
    name="generique",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001 -- typer's callback signature
    if wanted:
        typer.echo(f"generique {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Générique makes films with generated pictures and sound, and can answer for them."""


def main() -> NoReturn:
    """Run the command line and exit with the code of the error tree."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = app(standalone_mode=False, prog_name="generique")
    except GeneriqueError as error:
        _tell(error)
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = ExitCode.INTERRUPTED
    except SystemExit as closed:  # how Typer ends when nobody reads its output any more
        code = _CLOSED_PIPE if closed.code == 1 else closed.code
    except Exception as error:  # noqa: BLE001 -- the last handler: never a traceback on a screen
        code = _unforeseen(error)
    if code == ExitCode.INTERRUPTED:  # Typer, too, makes this code of Ctrl-C
        _tell(Interrupted("stopped", next_step="run the same command again to go on from here"))
    sys.exit(int(code or 0))


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _tell(error: GeneriqueError) -> None:
    print_error(f"{error.code}: {error.diagnosis()}")
    _document(error.code, error.exit_code, error)


def _document(code: str, exit_code: ExitCode, error: GeneriqueError) -> None:
    """The one JSON document of a command that failed, where one was asked for."""
    if "--json" in sys.argv:
        document = {
            "schema": "generique/error/1",
            "code": code,
            "exit_code": int(exit_code),
            "what": error.what,
            "where": error.where,
            "why": error.why,
            "next": error.next_step,
            "language": error.language,
            **error.details(),
        }
        with suppress(OSError):  # standard output may be what failed
            typer.echo(json.dumps(document, ensure_ascii=False))


def _unforeseen(error: Exception) -> ExitCode:
    """Tell of an error that no one foresaw; a usage error of the command line is told in full."""
    if isinstance(error, ClickException):
        error.show(file=sys.stderr)
        what = error.format_message().splitlines() or ["no command was given"]
        _document("usage", ExitCode.USAGE, UsageError(what[0], next_step="see --help"))
        return ExitCode.USAGE
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(
        "w", prefix="generique-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(error, file=log)
    told = GeneriqueError(
        f"{type(error).__name__}: {error}",
        next_step=f"this is a fault of the program; please report it with the file {log.name}",
    )
    print_error(f"unforeseen: {told.diagnosis()}")
    _document("unforeseen", ExitCode.BACKEND_FAILED, told)
    return ExitCode.BACKEND_FAILED


def print_error(text: str) -> None:
    """Write to standard error; control characters from files and names do not reach it."""
    typer.echo(harmless(text), err=True)


if __name__ == "__main__":
    main()
