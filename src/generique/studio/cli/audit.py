"""``generique audit``: every element with its rights, approval and credit."""

from __future__ import annotations

import typer

from generique.model.errors import ExitCode, UsageError
from generique.production.audit import AuditReport, Status
from generique.production.withdrawal import with_withdrawals
from generique.studio.cli.console import AsJson, FolderArgument, open_folder, progress_for, show
from generique.studio.pages import audit_page
from generique.studio.wiring import Studio

app = typer.Typer(
    help="List every element with its rights, approval and credit.", add_completion=False
)


@app.command()
def audit(folder: FolderArgument = None, *, as_json: AsJson = False) -> None:
    """Audit the film as it was last made, from its ledger; writes out/audit.html and .json."""
    studio = Studio(open_folder(folder), progress_for(quiet=True))
    report = studio.last_report()
    if report is None:
        raise UsageError(
            "there is no film to audit yet",
            where=str(studio.folder.root),
            next_step="make it first with: generique produce",
        )
    report = with_withdrawals(report, studio.impacts())
    studio.folder.publish("audit.json", report.text().encode())
    page = studio.folder.publish("audit.html", audit_page(report).encode())
    show(report.document(), [*_lines(report), str(page)], as_json=as_json)
    raise typer.Exit(ExitCode.DONE if report.verdict is Status.PASSED else ExitCode.FINDINGS)


def _lines(report: AuditReport) -> list[str]:
    lines = [f"{report.title}: {report.verdict.value}"]
    for rule in report.rules:
        who = f"  (for the {rule.who})" if rule.who else ""
        lines.append(f"  {rule.status.value:<7} {rule.id:<12} {rule.title}{who}")
        if rule.status is not Status.PASSED:
            lines += [f"          {line}" for line in rule.evidence]
    shares = ", ".join(f"{name} {share:.0%}" for name, share in report.shares.items() if share)
    lines.append(f"  on picture: {shares}")
    return lines
