"""The library: films and pictures taken into the archive as works to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.iscc import video_code
from generique.marks.fingerprint.signature import Signatures
from generique.marks.works import Work, WorkSegment
from generique.model.errors import UnreadableInput, UsageError
from generique.model.values import Digest, Value
from generique.production.archive_ports import Archive
from generique.production.machineroom_ports import Progress
from generique.production.sight_ports import Ears, Eyes

_SHORTEST_ID = 6


class Unread(Value):
    """A file that could not be taken in, and why."""

    file: str
    why: str


class TakenIn(Value):
    """What became of a folder's files.

    Attributes:
        added: Works that are new, or whose protection was changed.
        known: Paths of files that were there already.
        unread: Files that could not be read.
    """

    added: tuple[Work, ...] = ()
    known: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


class Librarian:
    """Takes files into the archive as reference works.

    Args:
        archive: The known works.
        eyes: Look at files.
        ears: Listen to them.
        digest: Digest of a file's bytes.
        progress: Where progress is told.
    """

    def __init__(
        self,
        archive: Archive,
        eyes: Eyes,
        ears: Ears,
        digest: Callable[[Path], Digest],
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._eyes = eyes
        self._ears = ears
        self._digest = digest
        self._progress = progress

    def take_in(self, files: Sequence[Path], *, protected: bool) -> TakenIn:
        """Take files in, one after another; each is durable when the next begins.

        A file that is there is passed over, so that the same call goes on where one was stopped.
        A reference that is there unprotected becomes protected when that is asked for; nothing
        takes protection away but removal.

        Args:
            files: Films and pictures.
            protected: Takes must not resemble them.

        Raises:
            StorageUnavailable: The archive cannot be written.
        """
        added: list[Work] = []
        known: list[str] = []
        unread: list[Unread] = []
        for count, path in enumerate(files):
            self._progress.advance(count, len(files), "taking works in")
            try:
                work = self._take(path, protected=protected)
            except UnreadableInput as error:
                self._progress.step(path.name, f"cannot be read: {error.why or error.what}")
                unread.append(Unread(file=str(path), why=error.why or error.what))
                continue
            if work is None:
                known.append(str(path))
            else:
                added.append(work)
        return TakenIn(added=tuple(added), known=tuple(known), unread=tuple(unread))

    def find(self, wanted: str) -> Work:
        """A work by its identifier or the beginning of it, six digits at least.

        Raises:
            UsageError: None or several begin so.
        """
        begins = wanted.removeprefix("sha256:")
        works = self._archive.works() if len(begins) >= _SHORTEST_ID else ()
        found = [work for work in works if work.id.removeprefix("sha256:").startswith(begins)]
        if len(found) == 1:
            return found[0]
        raise UsageError(
            f"{len(found) or 'no'} works have the identifier {wanted}",
            why=f"a work is named by its digest, or by {_SHORTEST_ID} or more of its first digits",
            next_step="see: generique library list",
        )

    def _take(self, path: Path, *, protected: bool) -> Work | None:
        """The work as it was stored; None when there was nothing to do."""
        identifier = self._digest(path)
        if self._archive.has(identifier):
            return self._protect(identifier) if protected else None
        facts = self._eyes.facts(path)
        signatures = self._eyes.signatures(path)
        work = Work(
            id=identifier,
            title=path.stem,
            kind="reference",
            protected=protected,
            locator=str(path.resolve()),
            rate=facts.rate,
            frames=len(signatures),
            raster=facts.raster,
            segments=_segments(signatures, path.stem),
        )
        self._archive.add(work, signatures, self._ears.landmarks(path))
        return work

    def _protect(self, identifier: Digest) -> Work | None:
        work = self._archive.work(identifier)
        if work.protected or work.kind != "reference":
            return None
        work = work.model_copy(update={"protected": True})
        signatures = self._archive.signatures(identifier)
        self._archive.add(work, signatures, self._archive.sound(identifier))
        return work


def _segments(signatures: Signatures, title: str) -> tuple[WorkSegment, ...]:
    """A segment from cut to cut."""
    limits = [0, *find_cuts(signatures), len(signatures)]
    ternary = signatures.ternary()
    return tuple(
        WorkSegment(start=start, end=end, title=title, iscc=video_code(ternary[start:end]))
        for start, end in pairwise(limits)
    )
