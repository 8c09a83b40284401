"""Resolve: from a soft binding, or from a file's pixels, back to the credential it lost.

What is answered is which credentials of this machine's archive match, and how strongly; whether
to believe them is for the reader to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pydantic import Field

from generique.marks.credential.soft_binding import ISCC
from generique.marks.pointer import PICTURE_MARK, SOUND_MARK
from generique.marks.works import Work
from generique.model.errors import UnreadableInput
from generique.model.values import Value
from generique.production.archive_ports import Archive
from generique.production.identify import Identifier

WATERMARKS = (PICTURE_MARK, SOUND_MARK)
FINGERPRINTS = (ISCC,)
_POINTER_DIGITS = {PICTURE_MARK: 16, SOUND_MARK: 9}


class Match(Value):
    """A credential that answers a query.

    Attributes:
        manifest: Label of the manifest.
        score: Strength of the match, 0 to 100.
    """

    manifest: str
    score: int = Field(ge=0, le=100)


class Resolver:
    """Answers the queries of the C2PA Soft Binding Resolution API.

    Args:
        archive: The known works.
        stores: Gives the manifest store of a file.
        identifier: Finds works in the pixels of a file.
    """

    def __init__(
        self, archive: Archive, stores: Callable[[Path], bytes | None], identifier: Identifier
    ) -> None:
        self._archive = archive
        self._stores = stores
        self._identifier = identifier

    def by_binding(self, algorithm: str, value: bytes) -> tuple[Match, ...]:
        """Credentials that carry a soft binding.

        Args:
            algorithm: One of :data:`WATERMARKS` and :data:`FINGERPRINTS`.
            value: As the algorithm writes it: hex digits of a mark's number, or the text of an
                ISCC.

        Raises:
            UnreadableInput: The algorithm is unknown, or the value is none of its values.
        """
        if algorithm in _POINTER_DIGITS:
            wanted = _pointer(value, _POINTER_DIGITS[algorithm])
        elif algorithm == ISCC:
            wanted = _text(value)
        else:
            raise UnreadableInput(
                f"the soft binding algorithm {algorithm[:80]!r} is not known here",
                next_step=f"use one of {', '.join((*WATERMARKS, *FINGERPRINTS))}",
            )
        found = (work for work in self._archive.works() if _carries(work, algorithm, wanted))
        return tuple(_matches((work, 100) for work in found))

    def by_content(self, path: Path) -> tuple[Match, ...]:
        """Credentials of the works that a file's pixels show, best first.

        Raises:
            UnreadableInput: It is no picture file.
        """
        found = self._identifier.identify(path).identification
        shown: dict[str, float] = {}
        for segment in found.segments:
            for place in segment.places:
                length = (segment.end - segment.start) * segment.confidence
                shown[place.work] = shown.get(place.work, 0.0) + length
        ranked = sorted(shown, key=lambda work: -shown[work])
        return tuple(
            _matches(
                (self._archive.work(work), round(100 * min(shown[work] / found.frames, 1.0)))
                for work in ranked
            )
        )

    def manifest_store(self, manifest: str) -> bytes | None:
        """The manifest store (JUMBF) of an active manifest, by label; None when it is not here."""
        for work in self._archive.works():
            if work.manifest == manifest:
                return self._stores(Path(work.locator))
        return None


def _carries(work: Work, algorithm: str, wanted: str) -> bool:
    if algorithm == SOUND_MARK:
        return work.sound_mark == wanted
    if algorithm == ISCC:
        return any(segment.iscc == wanted for segment in work.segments)
    return any(segment.mark == wanted for segment in work.segments)


def _matches(found: Iterable[tuple[Work, int]]) -> Iterator[Match]:
    """One match for each credential; works without one cannot be answered with."""
    seen: set[str] = set()
    for work, score in found:
        if work.manifest is not None and work.manifest not in seen:
            seen.add(work.manifest)
            yield Match(manifest=work.manifest, score=score)


def _pointer(value: bytes, digits: int) -> str:
    """A mark's number as the archive writes it.

    Raises:
        UnreadableInput: It is no number of that many hex digits.
    """
    text = value.decode("latin-1").lower()
    if len(text) != digits or set(text) - set("0123456789abcdef"):
        raise UnreadableInput(
            "the value of the soft binding is none of this algorithm",
            why=f"expected {digits} hex digits",
        )
    return text


def _text(value: bytes) -> str:
    try:
        return value.decode("ascii")
    except UnicodeDecodeError as error:
        raise UnreadableInput("the value of the soft binding is no ISCC") from error
