"""Reports as pages: Jinja2 templates that escape everything."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from generique.model.time import Rate
from generique.production.audit import AuditReport


def audit_page(report: AuditReport) -> str:
    """The audit as one HTML file that needs nothing else."""
    environment = Environment(
        loader=PackageLoader("generique.studio", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    rate = report.rate
    return environment.get_template("audit.html").render(
        report=report, timecode=lambda frame: _timecode(rate, frame)
    )


def _timecode(rate: Rate, frame: int) -> str:
    return rate.timecode(frame)
