"""The truth map: what a film shows and plays at every moment, and how that stands to the world.

Each strip divides the running time without rest: no moment counts twice. Where a dissolve shows
two elements, the moment counts for the class that is further from the authentic, so that the map
never looks more authentic than the film.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from pydantic import NonNegativeInt, PositiveInt

from generique.model.element import ElementClass, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.time import Rate
from generique.model.values import Value
from generique.titles.labels import labels_of

_FURTHER = (
    ElementClass.SYNTHETIC,
    ElementClass.RECONSTRUCTION,
    ElementClass.ALTERED,
    ElementClass.AUTHENTIC,
)


class Stretch(Value):
    """A stretch of the film.

    Attributes:
        start: First frame.
        end: Frame after the last.
        says: Class of the element, or how it stands, or ``label``; empty for titles and black.
    """

    start: NonNegativeInt
    end: PositiveInt
    says: str


class Strip(Value):
    """One line of the map; stretches in order of time, without gap where it is a track.

    Attributes:
        name: ``picture``, ``labels``, ``decisions``, or a stem: ``DX``, ``MX``, ``FX``, ``BG``.
    """

    name: str
    stretches: tuple[Stretch, ...]


class TruthMap(Value):
    """The map of one language version.

    Attributes:
        strips: Labels, picture, decisions, then the stems that hold anything.
        shares: Share of the running time of picture by class, 0 to 1; ``none`` is titles and
            black. They add up to 1.
    """

    language: str
    rate: Rate
    frames: PositiveInt
    strips: tuple[Strip, ...]
    shares: dict[str, float]

    def track(self, name: str) -> tuple[Stretch, ...]:
        """The stretches of a strip; none where the map has no such strip."""
        return next((strip.stretches for strip in self.strips if strip.name == name), ())


def truth_map(lineage: Lineage, language: str, stands: Mapping[str, str]) -> TruthMap:
    """Draw up the map of a film.

    Args:
        lineage: Of the film.
        language: Of the version.
        stands: How each generated element stands to the people who answer for it, by identifier:
            ``approved``, ``waiting``, ``demonstration`` or ``rejected``. Authentic media, which
            nobody has to approve, are not in it.
    """
    heard = [use for use in lineage.elements if use.language in (None, language)]
    picture = [use for use in heard if use.track == "V1"]
    shown = tuple(_classes(picture, lineage.frames))
    labels = (
        Stretch(start=label.start, end=min(label.end, lineage.frames), says="label")
        for label in labels_of(lineage, language)
        if label.start < lineage.frames
    )
    strips = [
        Strip(name="labels", stretches=tuple(sorted(labels, key=lambda one: one.start))),
        Strip(name="picture", stretches=shown),
        Strip(name="decisions", stretches=tuple(_stands(picture, stands))),
    ]
    for stem in Stem:
        played = [use for use in heard if use.track == stem]
        if played:
            cells = tuple(_classes(played, lineage.frames))
            strips.append(Strip(name=stem.value, stretches=cells))
    return TruthMap(
        language=language,
        rate=lineage.rate,
        frames=lineage.frames,
        strips=tuple(strips),
        shares=_shares(shown, lineage.frames),
    )


def _classes(uses: Iterable[ElementUse], frames: int) -> Iterator[Stretch]:
    """The running time, cut where anything begins or ends, with the class furthest from truth."""
    begins: dict[int, list[ElementClass]] = {}
    ends: dict[int, list[ElementClass]] = {}
    for use in uses:
        begins.setdefault(min(use.start, frames), []).append(use.element_class)
        ends.setdefault(min(use.end, frames), []).append(use.element_class)
    active = dict.fromkeys(_FURTHER, 0)
    begun, says = 0, ""
    for at in sorted({0, frames, *begins, *ends}):
        for kind in begins.get(at, ()):
            active[kind] += 1
        for kind in ends.get(at, ()):
            active[kind] -= 1
        now = next((kind.value for kind in _FURTHER if active[kind]), "")
        if at == frames or now != says:
            if at > begun:
                yield Stretch(start=begun, end=at, says=says)
            begun, says = at, now


def _stands(picture: Iterable[ElementUse], stands: Mapping[str, str]) -> Iterator[Stretch]:
    """Stretches of generated picture by how they stand, neighbours of one kind joined."""
    open_: Stretch | None = None
    for use in sorted(picture, key=lambda use: (use.start, use.end)):
        stand = stands.get(use.id)
        if stand is None:
            continue
        start = max(use.start, open_.end) if open_ else use.start
        if start >= use.end:
            continue
        if open_ and open_.says == stand and open_.end == start:
            open_ = Stretch(start=open_.start, end=use.end, says=stand)
            continue
        if open_:
            yield open_
        open_ = Stretch(start=start, end=use.end, says=stand)
    if open_:
        yield open_


def _shares(cells: Iterable[Stretch], frames: int) -> dict[str, float]:
    lengths = {kind.value: 0 for kind in ElementClass} | {"none": 0}
    for cell in cells:
        lengths[cell.says or "none"] += cell.end - cell.start
    return {name: round(float(Fraction(length, frames)), 6) for name, length in lengths.items()}
