"""``generique withdraw``: what a dataset, a model or a consent reached."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import Annotated

import typer

from generique.model.errors import UsageError
from generique.model.time import Rate
from generique.model.values import Digest
from generique.production.provenance import Projection
from generique.production.review import required_reason
from generique.production.rights import read_rights, record_rights
from generique.production.withdrawal import (
    Impact,
    dataset_of_item,
    impact,
    is_known,
    record_withdrawal,
    unreached,
)
from generique.studio.cli.console import AsJson, FolderArgument, open_folder, progress_for, show
from generique.studio.desk import Desk
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Say what a dataset, model or consent reached, and record its withdrawal.",
    add_completion=False,
)


class Withdrawn(StrEnum):
    """What can be withdrawn."""

    DATASET = "dataset"
    MODEL = "model"
    CONSENT = "consent"


@app.command()
def withdraw(
    kind: Annotated[Withdrawn, typer.Argument(help="dataset, model or consent.")],
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="As its passport or rights name it; sha256:… for one item of a dataset.",
        ),
    ],
    folder: FolderArgument = None,
    *,
    record: Annotated[bool, typer.Option("--record", help="Write it into the ledger.")] = False,
    person: Annotated[str, typer.Option("--as", help="Who records it.")] = "",
    reason: Annotated[str, typer.Option(help="Why; it stays in the ledger.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the takes, stretches and masters reached; nothing changes without --record."""
    if record and not (person and reason):
        raise UsageError(
            "a withdrawal is recorded by a person, for a reason",
            next_step='add --as PERSON --reason "…"',
        )
    studio = Studio(open_folder(folder), progress_for(quiet=True))
    item = name if kind is Withdrawn.DATASET and name.startswith("sha256:") else None
    if item is not None:
        name = dataset_of_item(item, studio.shelf)
    if record:
        found = _recorded(studio, kind, name, person, reason)
    else:
        graph = studio.provenance.graph()
        papers = _only_in_papers(studio, kind, name, graph)
        found = unreached(kind.value, name) if papers else _impact(studio, kind, name, graph)
    found = found.model_copy(update={"item": item})
    show(found.document(), _lines(found), as_json=as_json)


def _impact(studio: Studio, kind: Withdrawn, name: str, graph: Projection) -> Impact:
    rate = Rate.parse(studio.folder.production().rate)
    return impact(kind.value, name, graph, studio.journal, rate)


def _recorded(studio: Studio, kind: Withdrawn, name: str, person: str, reason: str) -> Impact:
    """What is reached, and a person's word in the ledger; nothing is written before all is known.

    What only the papers name is written down with them first, so that the withdrawal is of
    something that the ledger knows.
    """
    desk = Desk(studio)
    who, why = desk.person(person), required_reason(reason)
    signer = desk.signer(who.id)
    with studio.machine.turn("withdraw"):
        graph = studio.provenance.graph()
        if _only_in_papers(studio, kind, name, graph):
            record_rights(read_rights(studio.folder), studio.journal, studio.vault)
            graph = studio.provenance.graph()
        found = _impact(studio, kind, name, graph)
        entry = record_withdrawal(found, who, why, signer, studio.journal, graph)
    return found.model_copy(update={"recorded": (*found.recorded, entry)})


def _only_in_papers(studio: Studio, kind: Withdrawn, name: str, graph: Projection) -> bool:
    """Whether only the papers name it: nothing that was made rests on it yet."""
    if is_known(kind.value, name, graph):
        return False
    return read_rights(studio.folder).names(kind.value, name)


def _lines(found: Impact) -> list[str]:
    lines = [f"{found.item} is an item of {found.id}"] if found.item else []
    lines += [found.statement + (":" if found.takes or found.media else "; nothing rests on it")]
    lines += [f"  model   {name}" for name in found.models]
    lines += [
        f"  medium  {medium.medium}" + ("" if medium.mastered else "  (in no master)")
        for medium in found.media
    ]
    lines += [
        f"  take    {take.take}" + ("" if take.mastered else "  (in no master)")
        for take in found.takes
    ]
    parts: dict[Digest, list[str]] = defaultdict(list)
    for part in found.segments:
        said = f"    {part.timecode_in} - {part.timecode_out}  {part.element}"
        parts[part.master].append(said)
    for master in found.masters:
        left = ", ".join(map(str, master.delivered))
        gone = f"; delivered, entry {left} of the ledger" if left else ""
        lines.append(f"  {master.label}: {master.published or 'replaced since'}{gone}")
        lines += parts[master.file]
    lines += [f"  for the {role.value}: {act}" for role, act in found.who]
    lines += [f"  withdrawn in entry {entry} of the ledger" for entry in found.recorded]
    return lines
