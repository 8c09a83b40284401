"""``generique review``: people look, decide and judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from generique.machineroom.files import publish_bytes
from generique.machineroom.sheet import contact_sheet
from generique.model.errors import UsageError
from generique.model.judgement import Question
from generique.model.people import Matter, Role
from generique.model.take import Take
from generique.production.contract import governing_contract
from generique.production.direction import choose as choose_take
from generique.production.judge import Finding, judge
from generique.production.matters import Subject
from generique.production.people import Asked, asked
from generique.production.review import (
    REVIEWER,
    Decidable,
    Opinion,
    Standing,
    all_takes,
    decisions,
    find_take,
    judged,
    signed,
    standing,
)
from generique.production.similarity import record, refuse_copies
from generique.studio.cli.console import AsJson, FolderOption, open_folder, progress_for, show
from generique.studio.desk import Desk, usual_role
from generique.studio.terminal import harmless
from generique.studio.wiring import Studio

app = typer.Typer(
    help="List, look at, choose, approve, reject, take back or judge.",
    add_completion=False,
    no_args_is_help=True,
)

TakeArgument = Annotated[str, typer.Argument(help="The take, for example 1-1.t1.")]
SubjectsArgument = Annotated[
    list[str],
    typer.Argument(
        help="Takes; or with --matter: NARRATOR-en, cut, a language of a master, a declared use."
    ),
]
MatterOption = Annotated[Matter, typer.Option(help="What is decided on.")]
PersonOption = Annotated[str, typer.Option("--as", help="Who decides, by short name.")]
RoleOption = Annotated[
    Role | None, typer.Option(help="In which role; by default the one that is waited for.")
]
ReasonOption = Annotated[str, typer.Option(help="Why; it stays with the decision.")]


@app.command("list")
def list_takes(production: FolderOption = None, *, as_json: AsJson = False) -> None:
    """List takes, castings, cut, masters and declared uses, and whom each waits for."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    said, words = decisions(studio.journal), signed(studio.journal)
    contract = governing_contract(studio.folder, studio.journal)
    rows = [
        _Row(
            take,
            standing(said.get(take.essence, ())),
            asked(take, Matter.TAKE, words, contract, kind=take.kind),
        )
        for take in all_takes(studio.journal, studio.vault)
    ]
    others = [
        (one, asked(one, one.matter, words, contract, likeness=one.likeness))
        for one in Desk(studio).matters()
    ]
    uncounted = [(act.entry, act.void or "") for act in studio.journal.void()]
    show(
        {
            "schema": "generique/review/1",
            "takes": [
                {
                    "take": row.take.id,
                    "standing": row.state.value,
                    "approved": row.asked.approved,
                    "missing": [missing.to_json() for missing in row.asked.missing],
                    "essence": row.take.essence,
                    "prompt": row.take.prompt,
                    "decisions": [
                        {**entry.decision.to_json(), "entry": entry.entry}
                        for entry in said.get(row.take.essence, ())
                    ],
                }
                for row in rows
            ],
            "matters": [_document(subject, one) for subject, one in others],
            "judgements": [one.to_json() for one in judged(studio.journal)],
            "void": [{"entry": entry, "why": why} for entry, why in uncounted],
        },
        [
            *(line for row in rows for line in _take_lines(row)),
            *(line for subject, one in others for line in _lines(subject, one)),
            *(f"entry {entry} does not count: {why}" for entry, why in uncounted),
        ]
        or ["nothing to decide yet; shoot some takes with: generique shoot"],
        as_json=as_json,
    )


class _Row(NamedTuple):
    """A take, as it is listed."""

    take: Take
    state: Standing
    asked: Asked


def _document(subject: Subject, one: Asked) -> dict[str, object]:
    """A matter beside takes, as it is listed."""
    return {
        "matter": subject.matter.value,
        "id": subject.id,
        "title": subject.title,
        "digest": subject.essence,
        "approved": one.approved,
        "missing": [missing.to_json() for missing in one.missing],
        "void": [word.to_json() for word in one.void],
        "rests_on": list(one.rests_on),
    }


def _take_lines(row: _Row) -> list[str]:
    """A take, and who else has to act once whoever decides on takes has decided."""
    partly = row.state is Standing.APPROVED and not row.asked.approved
    state = "partly approved" if partly else row.state.value
    return [
        f"{row.take.id:<16} {state:<15} {row.take.prompt[:80]}",
        *(f"  {missing.why}" for missing in row.asked.missing if partly),
    ]


def _lines(subject: Subject, one: Asked) -> list[str]:
    state = "approved" if one.approved else "waiting"
    return [
        f"{subject.name:<16} {state:<15} {subject.title[:80]}",
        *(f"  {missing.why}" for missing in one.missing),
        *(f"  entry {word.said.entry} is void: {word.why}" for word in one.void),
    ]


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
    subjects: SubjectsArgument,
    person: PersonOption,
    reason: ReasonOption,
    role: RoleOption = None,
    matter: MatterOption = Matter.TAKE,
    *,
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """Approve: signed with the person's key, bound to the exact digest of each."""
    said = _Said("approved", person, role, reason, matter)
    _decide(subjects, said, production, as_json=as_json)


@app.command()
def reject(
    subjects: SubjectsArgument,
    person: PersonOption,
    reason: ReasonOption,
    role: RoleOption = None,
    matter: MatterOption = Matter.TAKE,
    *,
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """Reject; the reason stays in the ledger, and the person has to approve before it goes on."""
    said = _Said("rejected", person, role, reason, matter)
    _decide(subjects, said, production, as_json=as_json)


@app.command()
def revoke(
    subjects: SubjectsArgument,
    person: PersonOption,
    reason: ReasonOption,
    role: RoleOption = None,
    matter: MatterOption = Matter.TAKE,
    *,
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """Take back what the same person approved; the reason stays in the ledger."""
    said = _Said("revoked", person, role, reason, matter)
    _decide(subjects, said, production, as_json=as_json)


@app.command()
def endorse(
    language: Annotated[str, typer.Argument(help="The master, by its language: en.")],
    person: PersonOption,
    reason: ReasonOption,
    credit: Annotated[
        list[str] | None, typer.Option(help="A line of credit that the file is to carry besides.")
    ] = None,
    role: Annotated[Role, typer.Option(help="In which role: director or producer.")] = REVIEWER,
    *,
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """Approve a finished master, and carry that into its file; its essence stays."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    desk = Desk(studio)
    known = desk.person(person)
    opinion = Opinion(verdict="approved", person=known, role=role, reason=reason)
    sealed = studio.endorsing.endorse(language, opinion, desk.signer(person), credit or ())
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


@app.command("judge")
def judge_element(
    element: Annotated[
        str, typer.Argument(help="A take, judged exactly; or an element, or film, as an idea.")
    ],
    question: Annotated[Question, typer.Option(help="What was asked.")],
    answer: Annotated[str, typer.Option(help="yes, no, unsure, or a word of the question's own.")],
    person: PersonOption,
    role: Annotated[Role, typer.Option(help="In which role.")],
    reason: ReasonOption,
    *,
    production: FolderOption = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question that only people answer; signed with the person's key."""
    studio = Studio(open_folder(production), progress_for(quiet=True))
    desk = Desk(studio)
    name, essence = desk.looked_at(element)
    found = Finding(
        question=question,
        answer=answer,
        element=name,
        essence=essence,
        person=desk.person(person),
        role=role,
        reason=reason,
    )
    with studio.machine.turn("review"):
        entry = judge(found, desk.signer(person), studio.journal)
    about = f"exactly {essence}" if essence else "its idea: no take is named"
    show(
        {
            "schema": "generique/judged/1",
            "element": name,
            "essence": essence,
            "question": question.value,
            "answer": answer,
            "entry": entry,
        },
        [f"{name}, {about}: {question.value} is answered with {answer}, entry {entry}"],
        as_json=as_json,
    )


class _Said(NamedTuple):
    verdict: Literal["approved", "rejected", "revoked"]
    person: str
    role: Role | None
    reason: str
    matter: Matter


def _decide(names: list[str], said: _Said, production: Path | None, *, as_json: bool) -> None:
    studio = Studio(open_folder(production), progress_for(quiet=True))
    desk = Desk(studio)
    found = desk.subjects(said.matter, names)
    person = desk.person(said.person)
    opinion = Opinion(
        verdict=said.verdict,
        person=person,
        role=said.role or usual_role(person, said.matter),
        reason=said.reason,
    )
    desk.signer(said.person)
    if said.verdict == "approved":
        _compare(studio, [take for take in found if isinstance(take, Take)])
    desk.decide(said.matter, found, opinion)
    _told(found, said.verdict, as_json=as_json)


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


def _told(takes: Sequence[Decidable], verdict: str, *, as_json: bool) -> None:
    show(
        {
            "schema": "generique/decision-made/1",
            "verdict": verdict,
            "takes": [{"take": take.id, "essence": take.essence} for take in takes],
        },
        [f"{take.id}: {verdict}, bound to {take.essence}" for take in takes],
        as_json=as_json,
    )
