"""Files of a site that lie beside a work that was had from it."""

from __future__ import annotations

from pathlib import Path

from generique.clearance.reservations.scan import ROBOTS_FILE, SITE_FILE
from generique.machineroom.files import decoded, read_plain_bytes
from generique.model.errors import UnreadableInput

_LARGEST_TEXT = 1_000_000


def site_texts(path: Path) -> dict[str, str]:
    """Files of the site of a work that lie in its folder, by name.

    Raises:
        UnreadableInput: One is too large, a link, or not UTF-8.
    """
    found: dict[str, str] = {}
    for name in (SITE_FILE, ROBOTS_FILE):
        place = path.with_name(name)
        if place.is_symlink():
            raise UnreadableInput(
                f"{name} is a link", where=str(place), next_step="put a copy of the file there"
            )
        if place.exists():
            found[name] = decoded(read_plain_bytes(place, _LARGEST_TEXT), place)
    return found
