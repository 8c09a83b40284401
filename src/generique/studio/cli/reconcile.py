"""``generique reconcile``: orders whose answer was lost."""

from __future__ import annotations

from typing import Annotated

import typer

from generique.model.errors import ExitCode, UsageError
from generique.production.job_ports import Job
from generique.production.reconcile import SHORT, Open
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show
from generique.studio.wiring import Studio

app = typer.Typer(help="Settle orders to providers whose outcome is unknown.", add_completion=False)


@app.command()
def reconcile(
    job: Annotated[
        str | None, typer.Argument(help="First letters of a job; without it, all are listed.")
    ] = None,
    *,
    number: Annotated[
        str | None, typer.Option(help="The provider took it, under this number.")
    ] = None,
    not_taken: Annotated[
        bool, typer.Option("--not-taken", help="The provider did not take it: order it anew.")
    ] = False,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Ask the provider to stop an accepted job.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who says so, for the record.")] = "",
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """List jobs that are not settled, or say what became of one.

    Exit code 1 while the outcome of a job is unknown.
    """
    studio = Studio(open_folder(production), progress_for(quiet=True))
    room = studio.reconciler
    said = [number is not None, not_taken, cancel]
    if job is None:
        if any(said):
            raise UsageError("say of which job", next_step="generique reconcile lists them")
        _list(room.survey(), as_json=as_json)
        return
    if sum(said) != 1 or not by.strip():
        raise UsageError(
            "say one thing of a job, and who says it",
            next_step="--number N, --not-taken or --cancel, with --by NAME",
        )
    if cancel:
        settled = room.cancel(job, by)
    else:
        settled = room.settle(job, "not taken" if not_taken else "taken", by, number)
    show(
        {"schema": "generique/reconcile/1", "jobs": [_document(settled)]},
        [f"{_short(settled)} {settled.backend}: {settled.state.value}"],
        as_json=as_json,
    )


def _list(found: tuple[Open, ...], *, as_json: bool) -> None:
    lines = [
        f"{_short(each.job)} {each.job.backend}, {each.job.held.amount} {each.job.held.currency}, "
        f"{each.job.placed}, {each.job.prompt!r}\n  {each.says}"
        for each in found
    ]
    jobs = [{**_document(e.job), "found": e.found, "says": e.says} for e in found]
    show(
        {"schema": "generique/reconcile/1", "jobs": jobs},
        lines or ["every order is settled"],
        as_json=as_json,
    )
    unknown = any(each.job.number is None for each in found)
    raise typer.Exit(ExitCode.FINDINGS if unknown else ExitCode.DONE)


def _short(job: Job) -> str:
    return job.intent.removeprefix("sha256:")[:SHORT]


def _document(job: Job) -> dict[str, object]:
    return {"job": job.to_json()}
