"""Stretches of authentic media as people write them: ``finch.mp4 00:00:02+5, framed 0 0 0.5``."""

from __future__ import annotations

import re
from decimal import Decimal

from pydantic import ValidationError

from generique.model.errors import UnreadableInput
from generique.model.shot import Framing, MediaUse

_STRETCH = re.compile(
    r"(?:^|\s)(?P<start>[\d:.]{1,24})"
    r"(?:\s?\+\s?(?P<free>~)?\s?(?P<seconds>\d{1,9}(?:\.\d{1,6})?)\s?s?)?$",
    re.ASCII,
)
_POINT = re.compile(
    r"(?:(?:(?P<hours>\d{1,4}):)?(?P<minutes>[0-5]?\d):(?=\d\d))?(?P<seconds>\d{1,9}(?:\.\d{1,6})?)",
    re.ASCII,
)
_STRETCH_WINDOW = 64
_SHARE = re.compile(r"\d{1,4}(?:\.\d{1,9})?|\.\d{1,9}", re.ASCII)
_FORMS = "write FILE HH:MM:SS or FILE HH:MM:SS+SECONDS, for example finch.mp4 00:00:02.5+5"


def read_media_use(content: str, *, where: str) -> tuple[MediaUse, bool]:
    """Read a file with an optional in-point, length and framing.

    Args:
        content: For example ``finch.mp4``, ``finch.mp4 00:00:02``, ``finch.mp4 2.5+~5``, each
            perhaps with ``, framed LEFT TOP WIDTH`` in shares of the picture.
        where: File and line, for the error.

    Returns:
        The stretch, its in-point and length in seconds as decimal texts, and whether the length
        may be changed (a ``~`` before it, or none given).

    Raises:
        UnreadableInput: The in-point, length or framing cannot be read, the length is 0, or the
            path leaves the media folder.
    """
    stretch, framed, shares = content.partition(", framed")
    framing = _framing(shares, where) if framed else None
    stretch = stretch.rstrip()
    tail_at = max(0, len(stretch) - _STRETCH_WINDOW)
    match = _STRETCH.search(stretch[tail_at:])
    file = (stretch[: tail_at + match.start()] if match else stretch).strip()
    if match is None and ("+" in file.rsplit(".", 1)[-1] or "." not in file):
        raise UnreadableInput(
            f"the stretch of media {stretch[:80]!r} cannot be read", where=where, next_step=_FORMS
        )
    check_media_path(file, where=where)
    if match is None:
        return MediaUse(file=file, start="0", framing=framing), True
    seconds = match["seconds"]
    if seconds is not None and Decimal(seconds) == 0:
        raise UnreadableInput(f"a stretch of {file} cannot last 0 s", where=where, next_step=_FORMS)
    start = _in_point(match["start"], where)
    use = MediaUse(file=file, start=start, seconds=seconds, framing=framing)
    return use, seconds is None or match["free"] is not None


def _framing(shares: str, where: str) -> Framing:
    """The part of the picture that is shown, from its left, top and width."""
    words = shares.split()
    next_step = (
        "write framed LEFT TOP WIDTH as shares of the picture from 0 to 1, "
        "for example framed 0.25 0.1 0.5"
    )
    if len(words) != 3 or not all(_SHARE.fullmatch(word) for word in words):
        raise UnreadableInput(
            f"the framing {shares.strip()[:60]!r} cannot be read", where=where, next_step=next_step
        )
    left, top, width = map(float, words)
    try:
        return Framing(left=left, top=top, width=width)
    except ValidationError as error:
        raise UnreadableInput(
            f"the framing {shares.strip()!r} leaves the picture or shows nothing of it",
            where=where,
            next_step=next_step,
        ) from error


def _in_point(text: str, where: str) -> str:
    """Seconds of an in-point, exactly, as a decimal text."""
    match = _POINT.fullmatch(text)
    whole = match["seconds"] if match else ""
    if match is None or (match["minutes"] and Decimal(whole) >= 60):
        raise UnreadableInput(
            f"the in-point {text!r} cannot be read",
            where=where,
            why="it is seconds of the medium's own time; frames would need the medium's rate",
            next_step=_FORMS,
        )
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    return decimal_text(minutes * 60 + Decimal(whole))


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def check_media_path(file: str, *, where: str) -> None:
    """Make sure that a path stays inside the media folder.

    Raises:
        UnreadableInput: The path is absolute, climbs with ``..``, names a drive, or holds
            backslashes, NUL or other control characters, or empty parts.
    """
    why = _fault(file)
    if why:
        raise UnreadableInput(
            f"the media path {file[:80]!r} is refused",
            where=where,
            why=why,
            next_step="copy the file into the production's media folder and name it from there, "
            "with forward slashes",
        )


def _fault(file: str) -> str | None:
    parts = file.split("/")
    faults = {
        "it is empty": not file,
        "it holds control characters": any(ord(letter) < 32 or letter == "\x7f" for letter in file),
        "it holds a backslash": "\\" in file,
        "it holds a colon, as drives and addresses do": ":" in file,
        "it is absolute": file.startswith(("/", "~")),
        "it climbs out of the media folder with '..'": ".." in parts,
        "it has an empty or '.' part": "" in parts or "." in parts,
        "a part starts or ends with a space": any(part != part.strip() for part in parts),
    }
    return next((why for why, found in faults.items() if found), None)
