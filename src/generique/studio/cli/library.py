"""``generique library``: the works that this machine compares with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.files import publish_bytes
from generique.machineroom.library_files import library_files
from generique.machineroom.likeness_sheet import likeness_sheet
from generique.marks.works import Work
from generique.model.errors import ExitCode
from generique.production.review import find_take
from generique.studio.cli.console import (
    AsJson,
    FolderOption,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.registry import Registry
from generique.studio.settings import Settings
from generique.studio.wiring import Studio

app = typer.Typer(
    help="Take films and pictures in to compare with; list, remove and check them.",
    add_completion=False,
    no_args_is_help=True,
)


@app.command()
def add(
    folder: Annotated[Path, typer.Argument(help="A folder of films and pictures, or one file.")],
    *,
    protected: Annotated[
        bool, typer.Option("--protected", help="Takes must not resemble these works.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Take the films and pictures of a folder into this machine's archive as reference works.

    Files that are there already are passed over; a file that cannot be read is named and does not
    stop the rest. Exit code 1 when there was one.
    """
    files = library_files(folder)
    taken = _registry(quiet=quiet).librarian.take_in(files, protected=protected)
    lines = [f"{work.id.removeprefix('sha256:')[:12]}  {_told(work)}" for work in taken.added]
    lines += [f"cannot be read: {one.file}: {one.why}" for one in taken.unread]
    lines.append(
        f"{len(taken.added)} taken in, {len(taken.known)} known already, "
        f"{len(taken.unread)} could not be read"
    )
    document = {"schema": "generique/library-add/1", **taken.to_json()}
    document["added"] = [_row(work) for work in taken.added]
    show(document, lines, as_json=as_json)
    raise typer.Exit(ExitCode.FINDINGS if taken.unread else ExitCode.DONE)


@app.command()
def compare(
    what: Annotated[str, typer.Argument(help="A film or picture, or a take of the production.")],
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="Draw the matched points into this .png file.")
    ] = None,
    production: FolderOption = None,
    *,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Compare a take or a file with the protected works: near copy, structural hint, or no match.

    Exit code 1 when there is a near copy or a hint.
    """
    registry = _registry(quiet=quiet)
    path = Path(what)
    if not path.is_file():
        studio = Studio(open_folder(production), registry.progress)
        path = studio.vault.path(find_take(studio.journal, studio.vault, what).file)
    found = registry.comparer.compare(path)
    lines = [f"{what}: {found.words}", *(f"  {one.words}" for one in found.found[1:])]
    if sheet is not None and found.found:
        nearest = found.found[0]
        here = registry.eyes.still(path, nearest.frame)
        there = registry.eyes.still(Path(nearest.work.locator), nearest.at)
        picture = likeness_sheet(here, there, nearest.comparison, f"{what}   {nearest.words}")
        publish_bytes(picture, sheet)
        lines.append(str(sheet))
    document = {
        "schema": "generique/library-compare/1",
        "likeness": found.likeness.value,
        "words": found.words,
        "works": found.works,
        "frames": found.pictures,
        "found": [
            {
                "work": one.work.id,
                "title": one.work.title,
                "likeness": one.comparison.likeness.value,
                "frame": one.frame,
                "at": one.at,
                "distance": one.comparison.distance,
                "points": one.comparison.inliers,
            }
            for one in found.found
        ],
    }
    show(document, lines, as_json=as_json)
    raise typer.Exit(ExitCode.FINDINGS if found.found else ExitCode.DONE)


@app.command("list")
def list_works(*, as_json: AsJson = False) -> None:
    """List all known works: masters and takes made here, and reference works."""
    works = _registry(quiet=True).archive.works()
    show(
        {"schema": "generique/library/1", "works": [_row(work) for work in works]},
        [f"{work.id.removeprefix('sha256:')[:12]}  {_told(work)}" for work in works]
        or ["no works yet; take some in with: generique library add FOLDER"],
        as_json=as_json,
    )


@app.command()
def remove(
    work: Annotated[str, typer.Argument(help="Its identifier, or the beginning of it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Forget a work; its file is not touched."""
    registry = _registry(quiet=True)
    found = registry.librarian.find(work)
    registry.archive.remove(found.id)
    show(
        {"schema": "generique/library-remove/1", "work": _row(found)},
        [f"forgotten: {_told(found)}"],
        as_json=as_json,
    )


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Read everything in the archive again and compare it with its digests."""
    faults = _registry(quiet=True).archive.check()
    show(
        {"schema": "generique/library-check/1", "faults": list(faults)},
        list(faults) or ["every work and fingerprint is whole"],
        as_json=as_json,
    )
    raise typer.Exit(ExitCode.DAMAGED if faults else ExitCode.DONE)


def _registry(*, quiet: bool) -> Registry:
    return Registry(Settings(), progress_for(quiet=quiet))


def _row(work: Work) -> dict[str, object]:
    return {
        "work": work.id,
        "title": work.title,
        "kind": work.kind,
        "production": work.production,
        "protected": work.protected,
        "frames": work.frames,
        "segments": len(work.segments),
        "file": work.locator,
    }


def _told(work: Work) -> str:
    guarded = ", protected" if work.protected else ""
    return f"{work.title}  {work.kind}{guarded}  {work.frames} frames  {work.locator}"
