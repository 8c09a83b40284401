"""Survey: the geometry of a run, by registering stills of the file on stills of the work.

A crop of a picture in motion looks like another moment of it. So where pictures agree only
roughly, or not at all, the file's frame is registered on frames of the work; then the work is
fingerprinted as the file shows it, and compared anew, frame by frame.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.leading import leading
from generique.marks.fingerprint.match import Run, match
from generique.marks.fingerprint.registration import Registration, register
from generique.marks.fingerprint.signature import Signatures
from generique.marks.works import Work
from generique.model.errors import UnreadableInput
from generique.model.values import Digest
from generique.production.sight_ports import Crop, Eyes, Window

EXACT = 24.0
"""Distance up to which a run needs no survey: what encoding alone explains."""

_WHOLE = (0.0, 0.0, 1.0, 1.0)
_NEARLY = 0.012
_MARGIN_SECONDS = 2.5
_STEP_SECONDS = 1.5
_MOST_STILLS = 48
_SURE = 90
_ROUNDS = 5
_WIDE = (0.0, -0.25, 0.25, -0.5, 0.5, -1.0, 1.0)
_NARROW = (0.0, -0.08, 0.08)
"""Seconds around the place at which stills are registered, at first and later."""


@dataclass(frozen=True)
class Surveyed:
    """A run and the geometry of what is seen.

    Attributes:
        crop: Part of the work's picture that the file shows; None when it was not measured.
        inliers: Matched points of the registration, 0 when there was none.
    """

    run: Run
    crop: Crop | None = None
    inliers: int = 0


class Surveyor:
    """Surveys runs of one file.

    Args:
        eyes: Look at the file and at the works.
        path: The file.
        query: Its signatures.
        works: The known works.
        library: How many distinct pictures the file was compared with, for the bounds.
    """

    def __init__(
        self,
        eyes: Eyes,
        path: Path,
        query: Signatures,
        works: Mapping[Digest, Work],
        library: int,
    ) -> None:
        self._eyes = eyes
        self._path = path
        self._query = query
        self._works = works
        self._library = library
        self._cuts = find_cuts(query)
        self._known: list[tuple[Crop, bool]] = []

    def survey(self, run: Run) -> Surveyed:
        """The run with its geometry, and placed anew where that shows it elsewhere."""
        path = self._file(run.work)
        if path is None:
            return Surveyed(run)
        if run.distance <= EXACT and not self._known:
            return Surveyed(run, _WHOLE)
        window = self._shot(run)
        for crop, mirrored in self._known:
            found = self._compared(path, run, window, crop, mirrored=mirrored)
            if found is not None and found.distance <= EXACT:
                return Surveyed(found, crop)
        if run.distance <= EXACT:
            return Surveyed(run, _WHOLE)
        return self._settled(path, run, window, _WIDE) or Surveyed(run)

    def _shot(self, run: Run) -> tuple[int, int]:
        """The stretch between two cuts of the file that most of a run lies in."""
        middle = (run.start + run.end) // 2
        start = max((cut for cut in self._cuts if cut <= middle), default=0)
        end = min((cut for cut in self._cuts if cut > middle), default=len(self._query))
        return start, end

    def throughout(self, works: Iterable[Digest]) -> tuple[Surveyed, ...]:
        """Runs in whole works as the file shows them, for each geometry that was found in it.

        A copy that was cropped once is cropped throughout; so one stretch that was registered
        leads to all the others, those too whose own pictures gave no hint.

        Args:
            works: Where to look; each is read once for each geometry.
        """
        found: list[Surveyed] = []
        for work, (crop, mirrored) in itertools.product(works, self._known):
            path = self._file(work)
            if path is None:
                continue
            try:
                shown = self._eyes.signatures(path, Window(crop=crop, mirrored=mirrored))
            except UnreadableInput:
                continue  # the work's file changed; what was found before still stands
            runs = match(
                self._query,
                Library([(work, shown)]),
                {work: shown}.__getitem__,
                beginnings=self._library,
            )
            found += [
                Surveyed(replace(run, mirrored=mirrored), crop)
                for run in leading(runs)
                if run.distance <= EXACT
            ]
        return tuple(found)

    def search(self, start: int, end: int, works: Iterable[Digest]) -> tuple[Surveyed, ...]:
        """Runs of a stretch that fingerprints did not find, in some works.

        Args:
            start: First frame of the stretch, one picture without a cut.
            end: Frame after the last.
            works: Where to look.
        """
        middle = (start + end) // 2
        found: list[Surveyed] = []
        for work in works:
            path = self._file(work)
            if path is None:
                continue
            best: tuple[Registration, int] | None = None
            frames = tuple(self._frames(work))
            self._eyes.prepare(path, frames)
            for frame in frames:
                registration = self._register(middle, path, frame)
                if registration and (best is None or registration.inliers > best[0].inliers):
                    best = (registration, frame)
                    if registration.inliers >= _SURE:
                        break
            if best is None:
                continue
            near = self._near(work, best[1], start, end)
            settled = self._settled(path, near, (start, end), _WIDE)
            if settled is not None:
                found.append(settled)
        return tuple(found)

    def _settled(
        self, path: Path, run: Run, window: tuple[int, int], shifts: tuple[float, ...]
    ) -> Surveyed | None:
        """Register, compare under that geometry, and again from where that led, until it settles.

        The first registration is on a moment that may be off, so that its geometry is a little
        off as well; each round brings the moment nearer, and the geometry with it.
        """
        best: Surveyed | None = None
        for _ in range(_ROUNDS):
            seen = self._registered(path, best.run if best else run, shifts)
            if seen is None:
                break
            crop = _WHOLE if _is_whole(seen.crop) and not seen.mirrored else seen.crop
            found = self._compared(
                path, best.run if best else run, window, crop, mirrored=seen.mirrored
            )
            if found is None or (best is not None and found.distance >= best.run.distance):
                break
            best = Surveyed(found, crop, seen.inliers)
            shifts = _NARROW
        if best is not None and best.run.distance <= EXACT:
            self._remember(best)
        return best

    def _remember(self, surveyed: Surveyed) -> None:
        """Keep a geometry for the other runs of the file: most files have one throughout."""
        geometry = (surveyed.crop or _WHOLE, surveyed.run.mirrored)
        if geometry not in self._known and geometry != (_WHOLE, False):
            self._known.append(geometry)

    def _near(self, work: Digest, frame: int, start: int, end: int) -> Run:
        """A first guess: the stretch around a frame that was registered."""
        pace = float(self._works[work].rate.fps / self._query.fps)
        at = max(0, round(frame - (end - start) / 2 * pace))
        return Run(work=work, start=start, end=end, at=at, pace=pace, distance=760.0, bound=1.0)

    def _registered(self, path: Path, run: Run, shifts: tuple[float, ...]) -> Registration | None:
        """The best registration of a run's middle frame on the work's frames around its place."""
        middle = (run.start + run.end) // 2
        fps = float(self._works[run.work].rate.fps)
        last = self._works[run.work].frames - 1
        best: Registration | None = None
        for shift in shifts:
            frame = min(max(run.place(middle) + round(shift * fps), 0), last)
            seen = self._register(middle, path, frame)
            if seen is not None and (best is None or seen.inliers > best.inliers):
                best = seen
        return best

    def hold(self, guess: Run, geometry: tuple[Crop, bool], places: int) -> Surveyed | None:
        """A guess held against its work under a geometry, frame by frame.

        Args:
            guess: Where a stretch of the file may be shown.
            geometry: Part of the work's picture, and whether it is mirrored.
            places: At which a run could begin by accident, for the bound.
        """
        path, (crop, mirrored) = self._file(guess.work), geometry
        if path is None:
            return None
        window = (guess.start, guess.end)
        found = self._compared(path, guess, window, crop, mirrored=mirrored, places=places)
        return None if found is None else Surveyed(found, crop)

    def _compared(
        self,
        path: Path,
        run: Run,
        window: tuple[int, int],
        crop: Crop,
        *,
        mirrored: bool,
        places: int | None = None,
    ) -> Run | None:
        """Match a stretch against the work as the file would show it."""
        fps = float(self._works[run.work].rate.fps)
        margin = round(_MARGIN_SECONDS * fps)
        first = max(0, run.place(window[0]) - margin)
        length = round((window[1] - window[0]) * run.pace) + 2 * margin
        part = Window(start=first, frames=length, crop=crop, mirrored=mirrored)
        try:
            shown = self._eyes.signatures(path, part)
        except UnreadableInput:
            return None  # the work's file ends or changed; what was found before still stands
        library = Library([(run.work, shown)])
        here = self._query.part(*window)
        beginnings = self._library if places is None else places
        found = match(here, library, lambda _: shown, beginnings=beginnings)
        if not found:
            return None
        best = max(found, key=lambda one: (one.end - one.start, -one.distance))
        return replace(
            best,
            start=best.start + window[0],
            end=best.end + window[0],
            at=best.at + first,
            mirrored=mirrored,
        )

    def _register(self, frame: int, path: Path, there: int) -> Registration | None:
        return register(self._eyes.still(self._path, frame), self._eyes.still(path, there))

    def _frames(self, work: Digest) -> Iterator[int]:
        """Frames of a work to try, spread over its segments."""
        known = self._works[work]
        step = max(round(_STEP_SECONDS * float(known.rate.fps)), known.frames // _MOST_STILLS, 1)
        for segment in known.segments:
            middle = (segment.start + segment.end) // 2
            yield middle
            yield from (f for f in range(segment.start, segment.end, step) if f != middle)

    def _file(self, work: Digest) -> Path | None:
        """The work's file, None when it is not where it was."""
        path = Path(self._works[work].locator)
        return path if self._eyes.has(path) else None


def _is_whole(crop: Crop) -> bool:
    return max(abs(a - b) for a, b in zip(crop, _WHOLE, strict=True)) < _NEARLY
