"""References: files that a generator is given to follow, and the rights in them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal, get_args

from generique.model.passport import Rights
from generique.model.values import Digest, Value

ReferenceRole = Literal["first-frame", "last-frame", "subject", "style", "video", "sound"]
"""What a file is to the element that follows it."""

ROLES: tuple[ReferenceRole, ...] = get_args(ReferenceRole)

_MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
}
SUFFIXES = tuple(_MEDIA_TYPES)
"""Suffixes of files that can be followed."""


class Reference(Value):
    """A file that a backend is to follow.

    Attributes:
        role: What it is to it. A backend names the roles that it knows.
        file: Digest of the file, which lies in the vault.
        media_type: For example ``image/png``.
    """

    role: ReferenceRole
    file: Digest
    media_type: str


class Followed(Value):
    """A file that an element follows, with what is known of the rights in it.

    Attributes:
        name: Of the file in the media folder; its digest where nobody knows the name.
        title: For people.
        rights: As media.toml states them for exactly these bytes; None where it states none.
    """

    role: ReferenceRole
    file: Digest
    media_type: str
    name: str
    title: str
    rights: Rights | None = None


def media_type_of(name: str) -> str | None:
    """Media type of a file by its suffix; None for one that no generator is given."""
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower())
