"""Reports as pages: Jinja2 templates that escape everything."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from generique.model.time import Rate
from generique.production.audit import AuditReport


def render(template: str, **values: object) -> str:
    """Fill a template; everything in it is escaped, and a name that is missing is an error."""
    environment = Environment(
        loader=PackageLoader("generique.studio", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)


def audit_page(report: AuditReport) -> str:
    """The audit as one HTML file that needs nothing else."""
    rate = report.rate
    return render("audit.html", report=report, timecode=lambda frame: _timecode(rate, frame))


def _timecode(rate: Rate, frame: int) -> str:
    return rate.timecode(frame)
