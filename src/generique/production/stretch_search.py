"""Finds stretches of a file that fingerprints alone did not place: cropped, mirrored, turned.

The distinct pictures of the library propose places all the same: a crop moves a signature less than
another picture does. What they propose is surveyed, the likeliest first. A geometry that one
stretch shows is tried on all the others: most copies were handled alike throughout. Where no place
is proposed, works are searched by points. All of it is bounded, whatever the archive holds.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from generique.marks.fingerprint.cuts import find_cuts
from generique.marks.fingerprint.index import Library
from generique.marks.fingerprint.leading import leading
from generique.marks.fingerprint.lines import Proposal, places
from generique.marks.fingerprint.match import Run
from generique.marks.fingerprint.signature import Signatures
from generique.marks.works import Work
from generique.model.values import Digest
from generique.production.sight_ports import Crop, Eyes
from generique.production.survey import EXACT, Surveyed, Surveyor

Geometry = tuple[Crop, bool]
"""Part of the work's picture that is shown, and whether it is mirrored."""

Stretches = list[tuple[int, int]]
"""First frame and frame after the last of each."""

_MOST_STRETCHES = 24
_MOST_PLACES = 4
_WORKS_SEARCHED = 6
_FRAMES_SHOWN = 30_000
"""Frames of works that are fingerprinted once more for each geometry: twenty minutes of film."""

_LEAST_SHARE = 0.5
_FARTHEST = 100.0
_MOST_GEOMETRIES = 2
_WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)


def beginnings(query: Signatures, library: Library) -> int:
    """At how many places a run may begin: at each of a library's pictures, mirrored as well.

    Any shot of the file may begin there, so that bounds hold for a film, not for one shot.
    """
    return 2 * len(library) * (len(find_cuts(query)) + 1)


class StretchSearch:
    """Finds stretches of one file.

    Args:
        eyes: Look at works.
        surveyor: Of the file.
        sides: Signatures of the file, and of the file mirrored where they are at hand.
        library: The distinct pictures of the known works.
        works: The known works.
        told: Called with how many stretches were searched, of how many.
    """

    def __init__(
        self,
        eyes: Eyes,
        surveyor: Surveyor,
        sides: Sequence[Signatures],
        library: Library,
        works: Mapping[Digest, Work],
        told: Callable[[int, int], None],
    ) -> None:
        self._eyes = eyes
        self._surveyor = surveyor
        self._sides = sides
        self._library = library
        self._works = works
        self._places = beginnings(sides[0], library)
        self._told = told

    def find(
        self, found: Sequence[Surveyed], missing: Callable[[Iterable[Surveyed]], Stretches]
    ) -> tuple[Surveyed, ...]:
        """What was not found yet.

        Args:
            found: Runs that were surveyed.
            missing: Stretches, each without a cut, that some runs leave open, the longest first.
        """
        seen = list(found)
        more = self._throughout(seen, missing) if _geometries(seen) else []
        for search in (self._at_places, self._by_points):
            tried: set[tuple[int, int]] = set()
            while open_ := [one for one in missing([*seen, *more]) if one not in tried]:
                if len(tried) >= _MOST_STRETCHES:
                    break
                self._told(len(tried), len(tried) + len(open_))
                known = _geometries([*seen, *more])
                tried.add(open_[0])
                more += search(open_[0], [*seen, *more])
                if _geometries([*seen, *more]) - known:
                    more += self._throughout([*seen, *more], missing)
        settled = [self._settled(one, more) for one in more]
        by_run = {one.run: one for one in settled}
        return tuple(by_run[run] for run in leading(by_run))

    def _settled(self, one: Surveyed, found: Sequence[Surveyed]) -> Surveyed:
        """A run under the geometry of the nearest others, where that shows it nearer.

        The first that is found is often a frame or two off, and its geometry with it.
        """
        if one.run.distance <= EXACT:
            return one
        nearest = sorted(found, key=lambda other: other.run.distance)[:_MOST_GEOMETRIES]
        tried = [self._surveyor.hold(one.run, _geometry(other), self._places) for other in nearest]
        better = [
            shown
            for shown in tried
            if shown is not None and _holds(shown, (one.run.start, one.run.end))
        ]
        return min([one, *better], key=lambda other: other.run.distance)

    def _throughout(
        self, found: Sequence[Surveyed], missing: Callable[[Iterable[Surveyed]], Stretches]
    ) -> list[Surveyed]:
        """What the geometries that were found show in the likeliest works."""
        open_ = missing(found)
        return list(self._surveyor.throughout(self._likely(found, open_))) if open_ else []

    def _at_places(self, stretch: tuple[int, int], found: Sequence[Surveyed]) -> list[Surveyed]:
        """Where one stretch stands, of the places that are proposed."""
        start, end = stretch
        guesses = []
        for place, mirrored in self._proposed(start, end)[:_MOST_PLACES]:
            work = self._works[place.work]
            pace = float(work.rate.fps / self._sides[0].fps)
            at = max(0, round(place.offset * float(work.rate.fps)))
            guesses.append(Run(place.work, start, end, at, pace, 760.0, 1.0, mirrored))
        likely = Counter(map(_geometry, found))
        likely.pop((_WHOLE, False), None)
        for guess in guesses:
            seen = [self._surveyor.survey(guess)]
            # Dark and calm pictures have few points: the geometry of others has to do for them.
            seen += [
                shown
                for geometry, _ in likely.most_common(_MOST_GEOMETRIES)
                if seen[0].run.distance > EXACT
                and (shown := self._surveyor.hold(guess, geometry, self._places)) is not None
            ]
            holding = [one for one in seen if _holds(one, stretch)]
            if holding:
                return [min(holding, key=lambda one: one.run.distance)]
        return []

    def _by_points(self, stretch: tuple[int, int], found: Sequence[Surveyed]) -> list[Surveyed]:
        """Where one stretch stands, of some works that are looked through."""
        order = [place.work for place, _ in self._proposed(*stretch)]
        for work in list(dict.fromkeys([*order, *self._ordered(found)]))[:_WORKS_SEARCHED]:
            seen = [s for s in self._surveyor.search(*stretch, [work]) if _holds(s, stretch)]
            if seen:
                return seen
        return []

    def _proposed(self, start: int, end: int) -> list[tuple[Proposal, bool]]:
        """Places of a stretch in works that can be looked at, best supported first."""
        both = [
            (place, mirrored)
            for mirrored, side in enumerate(self._sides)
            for place in places(side.part(start, end), self._library)
            if self._eyes.has(Path(self._works[place.work].locator))
        ]
        return [
            (place, bool(mirrored))
            for place, mirrored in sorted(both, key=lambda one: -one[0].support)
        ]

    def _likely(self, found: Sequence[Surveyed], open_: Stretches) -> list[Digest]:
        """Works to look through under a geometry, as far as their frames are not too many."""
        proposed = [
            place.work
            for start, end in open_[:_MOST_STRETCHES]
            for place, _ in self._proposed(start, end)[:_MOST_PLACES]
        ]
        order = dict.fromkeys([*self._ordered(found)[:1], *proposed, *self._ordered(found)])
        frames = itertools.accumulate(self._works[work].frames for work in order)
        return [
            work
            for number, (work, total) in enumerate(zip(order, frames, strict=True))
            if not number or total <= _FRAMES_SHOWN
        ]

    def _ordered(self, found: Iterable[Surveyed]) -> list[Digest]:
        """All works: those found in most of the file, then films made here, then the others."""
        covered = dict.fromkeys(self._works, 0)
        for one in found:
            covered[one.run.work] += one.run.end - one.run.start
        own = ("master", "take")
        return sorted(
            self._works, key=lambda work: (-covered[work], self._works[work].kind not in own)
        )


def _holds(seen: Surveyed, stretch: tuple[int, int]) -> bool:
    """True when a survey placed a stretch: most of it, near enough, as one geometry shows it."""
    run = seen.run
    inside = min(run.end, stretch[1]) - max(run.start, stretch[0])
    return (
        run.bound < 1.0
        and run.distance <= _FARTHEST
        and inside >= _LEAST_SHARE * (stretch[1] - stretch[0])
    )


def _geometry(one: Surveyed) -> Geometry:
    return one.crop or _WHOLE, one.run.mirrored


def _geometries(found: Iterable[Surveyed]) -> set[Geometry]:
    """Crops and mirrorings other than none that some runs show."""
    return {_geometry(one) for one in found} - {(_WHOLE, False)}
