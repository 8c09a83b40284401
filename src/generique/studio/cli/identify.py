"""``generique identify``: what a file shows, from its pixels and sound alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generique.machineroom.files import publish_bytes
from generique.machineroom.thumbnails import thumbnails
from generique.model.errors import ExitCode
from generique.production.identified import Identified
from generique.studio.cli.console import AsJson, Quiet, progress_for, show
from generique.studio.identify_page import identify_page, middle_frames
from generique.studio.registry import Registry
from generique.studio.settings import Settings

app = typer.Typer(help="Say what a file shows, from its pixels and sound.", add_completion=False)


@app.command()
def identify(
    file: Annotated[Path, typer.Argument(help="Any film or clip.")],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the strip of thumbnails to this page.")
    ] = None,
    *,
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough",
            help="Where all else finds nothing, seek marks of turned, squeezed, mirrored copies.",
        ),
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Find the takes and works that a file shows; frames that no known work contains are unknown.

    Compared with everything in this machine's archive: masters made here, their takes, and
    libraries taken in with `generique library add`. Exit code 1 when a part is unknown or disputed.
    """
    registry = Registry(Settings(), progress_for(quiet=quiet))
    found = registry.identifier.identify(file, thorough=thorough)
    if html is not None:
        pictures = thumbnails(registry.bench, file, middle_frames(found))
        publish_bytes(identify_page(file.name, found, pictures).encode(), html)
    lines = [*_lines(file, found), *([str(html)] if html is not None else [])]
    show(found.document(), lines, as_json=as_json)
    raise typer.Exit(ExitCode.DONE if found.passed else ExitCode.FINDINGS)


def _lines(file: Path, found: Identified) -> list[str]:
    rate = found.rate
    lines = [f"{file.name}: {found.summary()}", f"  credential: {found.credential}"]
    for segment in found.identification.segments:
        identity = segment.identity
        kind = identity.element_class.value if identity.element_class else "no class"
        lines.append(
            f"  {rate.timecode(segment.start)}-{rate.timecode(segment.end)}  "
            f"{identity.production or 'reference'}  {identity.take or '-'}  {kind}  "
            f"{identity.title}  (confidence {segment.confidence:.6g})"
        )
        lines += [f"      {item.kind.value}: {item.says}" for item in segment.evidence]
        lines += [f"      DISPUTED: {text}" for text in segment.disputed]
    for stretch in found.identification.unknown:
        lines.append(f"  {rate.timecode(stretch.start)}-{rate.timecode(stretch.end)}  unknown")
    lines += [f"  sound: {item.says}" for item in found.sound]
    lines.append(f"  compared with {found.library}")
    return lines
