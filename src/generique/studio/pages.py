"""Reports as pages: Jinja2 templates that escape everything."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generique.studio.audit_sheet import Sheet


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


def audit_page(sheet: Sheet, pictures: Mapping[int, bytes]) -> str:
    """The audit as one HTML file that needs nothing else and runs nothing.

    Args:
        sheet: What it says.
        pictures: JPEG bytes by frame; an element whose frame is missing is shown without.
    """
    return render(
        "audit.html",
        sheet=sheet,
        words=sheet.words,
        map=Markup(sheet.map),  # noqa: S704 -- drawn by us, which escapes every word in it
        pictures={frame: base64.b64encode(data).decode() for frame, data in pictures.items()},
    )
