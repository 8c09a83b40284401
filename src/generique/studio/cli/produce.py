"""``generique produce``: the whole film, from where it stands."""

from __future__ import annotations

import typer

from generique.model.element import Quality
from generique.studio.audit_room import AuditRoom
from generique.studio.cli.console import (
    AsJson,
    FolderArgument,
    Quiet,
    open_folder,
    progress_for,
    show,
)
from generique.studio.cli.options import DemoReview, QualityOption
from generique.studio.wiring import Studio

app = typer.Typer(help="Do all of it, from where it stands.", add_completion=False)


@app.command()
def produce(
    folder: FolderArgument = None,
    quality: QualityOption = Quality.PREVIEW,
    *,
    demo_review: DemoReview = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Bring the production from screenplay to signed masters; can be stopped and resumed."""
    studio = Studio(open_folder(folder), progress_for(quiet=quiet or as_json))
    demonstration = studio.ring.demonstration() if demo_review else None
    released = studio.release.release(studio.producer, quality, demonstration)
    room = AuditRoom(studio)
    report = room.report()
    studio.folder.publish("audit.json", report.text().encode())
    studio.folder.publish("audit.html", room.page(report, "en"))
    studio.ring.export(studio.folder.out / "keys")
    files = (*released.files, "audit.html", "audit.json")
    out = studio.folder.out
    loudness = {master.language: master.loudness.to_json() for master in released.masters}
    lines = [f"{out / name}" for name in files if name.startswith("master.")]
    lines += [f"audit: {report.verdict.value}, see {out / 'audit.html'}"]
    if released.lineage.demonstration:
        lines.append("DEMONSTRATION: no person has approved these takes; it cannot be delivered")
    show(
        {
            "schema": "generique/release/1",
            "files": list(files),
            "loudness": loudness,
            "essences": {seal.language: seal.essence for seal in released.sealed},
            "audit": report.verdict.value,
            "demonstration": released.lineage.demonstration,
        },
        lines,
        as_json=as_json,
    )
