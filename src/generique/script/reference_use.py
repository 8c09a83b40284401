"""References as people write them: ``still.png as first frame``."""

from __future__ import annotations

import difflib

from generique.model.errors import UnreadableInput
from generique.model.reference import ROLES, SUFFIXES, ReferenceRole, media_type_of
from generique.model.shot import ReferenceUse
from generique.script.media_use import check_media_path

_EXAMPLE = "write FILE as ROLE, for example still.png as first frame"


def read_reference_use(content: str, *, where: str) -> ReferenceUse:
    """Read a file and what it is to the shot.

    Args:
        content: For example ``still.png as first frame``; words of a role may be joined by a
            hyphen. The last ``as`` counts, so that a file may have the word in its name.
        where: File and line, for the error.

    Raises:
        UnreadableInput: There is no role, or none that is known, or the file cannot be followed.
    """
    file, _, role = content.rpartition(" as ")
    if not file.strip():
        raise UnreadableInput(
            f"the reference {content[:80]!r} does not say what it is to the shot",
            where=where,
            why=f"roles are {', '.join(ROLES)}",
            next_step=_EXAMPLE,
        )
    return ReferenceUse(
        file=checked_file(file.strip(), where=where), role=checked_role(role, where=where)
    )


def checked_file(file: str, *, where: str) -> str:
    """The path of a file that generators can be given.

    Raises:
        UnreadableInput: It leaves the media folder, or its suffix is of no picture, film or sound.
    """
    check_media_path(file, where=where)
    if media_type_of(file) is None:
        raise UnreadableInput(
            f"{file[:80]!r} is no file that a generator can follow",
            where=where,
            why=f"files that can be followed end in {', '.join(SUFFIXES)}",
            next_step="save it in one of these formats",
        )
    return file


def checked_role(text: str, *, where: str) -> ReferenceRole:
    """A role as it is spelled in files.

    Raises:
        UnreadableInput: It is none; names the nearest.
    """
    word = "-".join(text.casefold().split())
    for role in ROLES:
        if role == word:
            return role
    nearest = difflib.get_close_matches(word[:40], ROLES, n=1, cutoff=0.5)
    raise UnreadableInput(
        f"{text.strip()[:60]!r} is not a role of a reference",
        where=where,
        why=f"roles are {', '.join(ROLES)}",
        next_step=f"did you mean {nearest[0]!r}?" if nearest else _EXAMPLE,
    )
