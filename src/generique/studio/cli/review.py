"""``generique review``: people look at takes and decide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from generique.ledger.ports import Signer
from generique.machineroom.files import publish_bytes
from generique.machineroom.sheet import contact_sheet
from generique.model.errors import UsageError
from generique.model.people import Role
from generique.model.take import Take
from generique.production.direction import choose as choose_take
from generique.production.review import (
    REVIEWER,
    Opinion,
    all_takes,
    decide,
    decisions,
    find_person,
    find_take,
    standing,
)
from generique.production.similarity import record, refuse_copies
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show
from generique.studio.terminal import harmless
from generique.studio.wiring import Studio

app = typer.Typer(
    help="List, look at, choose, approve or reject takes.",
    add_completion=False,
    no_args_is_help=True,
)

TakeArgument = Annotated[str, typer.Argument(help="The take, for example 1-1.t1.")]
TakesArgument = Annotated[list[str], typer.Argument(help="One take or several, each looked at.")]
PersonOption = Annotated[str, typer.Option("--as", help="Who decides, by short name.")]
RoleOption = Annotated[Role, typer.Option(help="In which role.")]
ReasonOption = Annotated[str, typer.Option(help="Why; it stays with the decision.")]


@app.command("list")
def list_takes(production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """List all takes and where they stand."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    said = decisions(studio.journal)
    rows = [
        (take, standing(said.get(take.essence, ())))
        for take in all_takes(studio.journal, studio.vault)
    ]
    show(
        {
            "schema": "generique/review/1",
            "takes": [
                {
                    "take": take.id,
                    "standing": state.value,
                    "essence": take.essence,
                    "prompt": take.prompt,
                    "decisions": [
                        {**entry.decision.to_json(), "entry": entry.entry}
                        for entry in said.get(take.essence, ())
                    ],
                }
                for take, state in rows
            ],
        },
        [f"{take.id:<16} {state.value:<14} {take.prompt[:80]}" for take, state in rows]
        or ["no takes yet; shoot some with: generique shoot"],
        as_json=as_json,
    )


@app.command()
def sheet(
    take: TakeArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A .png file.")] = None,
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write a contact sheet of a take: twelve frames with their timecodes."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    found = find_take(studio.journal, studio.vault, take)
    if not found.media_type.startswith("video/"):
        raise UsageError(
            f"{take} is a sound",
            why="a contact sheet shows pictures",
            next_step=f"listen to {studio.vault.path(found.file)}",
        )
    picture = contact_sheet(studio.bench, studio.vault.path(found.file), found.id)
    target = output or studio.folder.out / "review" / f"{found.id}.png"
    publish_bytes(picture, target)
    show(
        {"schema": "generique/sheet/1", "take": found.id, "file": str(target)},
        [str(target)],
        as_json=as_json,
    )


@app.command()
def approve(
    takes: TakesArgument,
    person: PersonOption,
    reason: ReasonOption,
    role: RoleOption = REVIEWER,
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Approve takes: each signed with the person's key, bound to its exact essence."""
    _decide(takes, _Said(person, role, reason, approved=True), production, as_json=as_json)


@app.command()
def reject(
    takes: TakesArgument,
    person: PersonOption,
    reason: ReasonOption,
    role: RoleOption = REVIEWER,
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Reject takes; the reason stays in the ledger."""
    _decide(takes, _Said(person, role, reason, approved=False), production, as_json=as_json)


@app.command()
def endorse(
    language: Annotated[str, typer.Argument(help="The master, by its language: en.")],
    person: PersonOption,
    reason: ReasonOption,
    credit: Annotated[
        list[str] | None, typer.Option(help="A line of credit that the file is to carry besides.")
    ] = None,
    production: FolderOption = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Approve a finished master, and carry that into its file; its essence stays."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    known = find_person(studio.folder.production(), person)
    opinion = Opinion(approved=True, person=known, role=REVIEWER, reason=reason)
    sealed = studio.endorsing.endorse(language, opinion, _signer(studio, person), credit or ())
    file = studio.publish_master(sealed)
    show(
        {
            "schema": "generique/endorsed/1",
            "file": str(file),
            "essence": sealed.essence,
            "entry": sealed.entry,
        },
        [f"{file}: approved by {known.name}, bound to {sealed.essence}"],
        as_json=as_json,
    )


@app.command()
def choose(take: TakeArgument, production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """Use this take of its shot in the cut from now on."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    found = find_take(studio.journal, studio.vault, take)
    choose_take(found, studio.journal)
    _told([found], "chosen", as_json=as_json)


@dataclass(frozen=True)
class _Said:
    person: str
    role: Role
    reason: str
    approved: bool


def _decide(takes: list[str], said: _Said, production: Path | None, *, as_json: bool) -> None:
    studio = Studio(open_folder(production), progress_for(quiet=True))
    found = [find_take(studio.journal, studio.vault, take) for take in takes]
    opinion = Opinion(
        approved=said.approved,
        person=find_person(studio.folder.production(), said.person),
        role=said.role,
        reason=said.reason,
    )
    signer = _signer(studio, said.person)
    if said.approved:
        _compare(studio, found)
    for take in found:
        decide(take, opinion, signer, studio.journal)
    _told(found, "approved" if said.approved else "rejected", as_json=as_json)


def _compare(studio: Studio, takes: list[Take]) -> None:
    """Hold pictures against protected works before anything is approved.

    Near copies are refused; a hint is told, recorded, and left to the person who decides.
    """
    comparer = studio.registry.comparer
    if not comparer.protected():
        return
    compared = [
        (take, comparer.compare(studio.vault.path(take.file)))
        for take in takes
        if take.media_type.startswith("video/")
    ]
    for take, resemblance in compared:
        refuse_copies(take.id, resemblance)
    for take, resemblance in compared:
        record(take, resemblance, studio.journal)
        typer.echo(harmless(f"{take.id}: {resemblance.words}"), err=True)


def _signer(studio: Studio, person: str) -> Signer:
    """The person's key, which must have been made on purpose before."""
    if not any(key.name == f"person/{person}" for key in studio.ring.public_keys()):
        raise UsageError(
            f"{person} has no key on this machine",
            why="a decision is signed with the person's own key",
            next_step=f'make it with: generique person add {person} --name "…" --role director',
        )
    return studio.ring.person(person)


def _told(takes: list[Take], verdict: str, *, as_json: bool) -> None:
    show(
        {
            "schema": "generique/decision-made/1",
            "verdict": verdict,
            "takes": [{"take": take.id, "essence": take.essence} for take in takes],
        },
        [f"{take.id}: {verdict}, bound to {take.essence}" for take in takes],
        as_json=as_json,
    )
