"""Reads the mark out of a gathered sum, blind or at a known place, and reports how sure it is.

Usage::

    reading = read_mark(gathered, registry=MarkRegistry(known_ids))
    if reading.mark_id is not None: ...      # sixteen hex digits
    for line in reading.lines():
        print(line)

Without a registry any of the 2^64 identities can be answered, which asks for a clearer mark. An
identity is given only when the bound on its being wrong is below :data:`UNMARKED_LIMIT` for
unmarked pictures and :data:`CONFUSION_LIMIT` for marks that are hardly legible; otherwise the
answer is None. It is a pointer into a ledger, never a proof by itself: a mark can be copied.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generique.marks.watermark import geometry as finding
from generique.marks.watermark.bounds import LOG_ALL_IDS, unmarked_bound
from generique.marks.watermark.code import CODE_BITS, confusion_bound, decode, encode
from generique.marks.watermark.gathering import MarkSum
from generique.marks.watermark.geometry import Geometry, Place, Spectrum
from generique.marks.watermark.lattice import TILE, WAVES, lattice
from generique.marks.watermark.registry import MarkRegistry
from generique.model.errors import UsageError
from generique.model.values import Value

UNMARKED_LIMIT = 1e-8
CONFUSION_LIMIT = 9e-7
_KEEP, _LIST = 3, 12
"""Places that are always read, and how many are read while no known identity stands out."""
_FINE_GRID = 256
_BLOCKS = 16
_WORTH_DECODING = 4.5
"""Pilot correlation below which a blind decoder cannot reach the limits any more in practice."""


class MarkReading(Value):
    """What was read, and how surely.

    Attributes:
        mark_id: Sixteen hex digits; None when nothing could be said.
        method: ``registry`` when it was chosen among known identities, ``blind`` when among all.
        sync: Correlation of the pilots in standard deviations.
        word: Correlation of the code word in standard deviations.
        scale_across: Received pixels per canonical pixel (the longer side of a whole picture is
            1280 of them), horizontally.
        scale_down: The same, vertically.
        turn: Degrees clockwise.
        mirrored: Left and right are swapped.
        shift: Canonical position of the picture's centre within a tile, 0 to 256 each.
        bit_quality: Share of the energy of the code bits that agrees with the word, 0 to 1.
        corrected_bits: Code bits of 384 whose sign disagreed with the word.
        wrong_id_bound: Upper bound on the probability that the best answer is wrong.
        frames: Frames that were gathered.
        why: One sentence: why there is an identity, or why not.
    """

    mark_id: str | None
    method: Literal["registry", "blind"] | None
    sync: float
    word: float
    scale_across: float
    scale_down: float
    turn: float
    mirrored: bool
    shift: tuple[float, float]
    bit_quality: float
    corrected_bits: int
    wrong_id_bound: float
    frames: int
    why: str

    def lines(self) -> tuple[str, ...]:
        """The report for a person."""
        how = f" ({self.method})" if self.method else ""
        mirrored = ", mirrored" if self.mirrored else ""
        turned = f", turned {self.turn:+.2f} degrees" if self.turn else ""
        clarity = f"  pilots {self.sync:.1f} and code word {self.word:.1f} standard deviations"
        size = f"{self.scale_across:.4f} x {self.scale_down:.4f} of 1280{turned}{mirrored}"
        corrected = f"  code bits corrected: {self.corrected_bits} of {CODE_BITS}"
        return (
            f"picture mark: {self.mark_id or 'none that can be told'}{how}",
            f"  {self.why}",
            f"{clarity} above chance, over {self.frames} frames",
            f"  scale {size}, tile shift {self.shift[0]:.0f}, {self.shift[1]:.0f}",
            f"{corrected}; soft quality {self.bit_quality:.2f}",
            f"  an answer this clear is wrong with probability below {self.wrong_id_bound:.1e}",
        )


@dataclass(frozen=True)
class _Soft:
    """Soft bits at one place, with what is needed to judge a word."""

    place: Place
    soft: NDArray[np.float64]
    spread: float
    noise: float
    sync: float

    def word(self, score: float) -> float:
        """Correlation in standard deviations, by the worst-case spread of :mod:`bounds`."""
        return score / self.spread

    def energy(self, score: float) -> float:
        """Squared signal-to-noise ratio, by the noise in quadrature to the carrier."""
        return (score / self.noise) ** 2


@dataclass(frozen=True)
class _Answer:
    soft: _Soft
    mark_id: int
    word: float
    method: Literal["registry", "blind"]
    unmarked: float
    confusion: float

    @property
    def given(self) -> bool:
        return self.unmarked <= UNMARKED_LIMIT and self.confusion <= CONFUSION_LIMIT

    @property
    def bound(self) -> float:
        return min(1.0, self.unmarked + self.confusion)


def read_mark(
    gathered: MarkSum, *, registry: MarkRegistry | None = None, thorough: bool = False
) -> MarkReading:
    """Read without knowing what the picture is: any crop, any scale.

    Args:
        gathered: Sum over a shot or a part of one.
        registry: Known identities; None accepts any.
        thorough: Also look for mirrored, squeezed and slightly turned pictures (about fifteen
            times as long), when the first search finds nothing.
    """
    spectrum = Spectrum(gathered)
    searches = [_upright(spectrum), _distorted(spectrum)] if thorough else [_upright(spectrum)]
    best: _Answer | None = None
    trials = 0
    for geometries in searches:
        places = finding.best_places(spectrum, geometries, _LIST if registry else _KEEP)
        trials += len(geometries) * finding.GRID**2
        answer, trials = _answer(gathered, spectrum, places, registry, trials)
        if best is None or answer.bound < best.bound:
            best = answer
        if best.given:
            break
    if best is None:
        raise UsageError("no geometry was tried")
    return _report(best, gathered, registry)


def read_places(
    gathered: MarkSum,
    spectrum: Spectrum,
    places: list[Place],
    *,
    registry: MarkRegistry | None,
    trials: int,
) -> MarkReading:
    """Read at supposed places.

    Args:
        gathered: The sum.
        spectrum: Of the same sum.
        places: One or more, from :func:`generique.marks.watermark.geometry.best_places`.
        registry: Known identities; None accepts any.
        trials: Geometries times shifts that were compared to find the places.
    """
    answer, _ = _answer(gathered, spectrum, places, registry, trials)
    return _report(answer, gathered, registry)


def _upright(spectrum: Spectrum) -> list[Geometry]:
    natural = finding.natural_scale(spectrum.width, spectrum.height)
    scales = finding.scale_steps(spectrum.width, spectrum.height, 0.5 * natural, 3.0 * natural)
    return [Geometry(float(scale), float(scale)) for scale in scales]


def _distorted(spectrum: Spectrum) -> list[Geometry]:
    upright = _upright(spectrum)
    shapes = [(aspect, 0.0) for aspect in (0.75, 4 / 3, *np.arange(0.94, 1.061, 0.01))]
    shapes += [(1.0, float(turn)) for turn in np.arange(-2, 2.01, 0.25) if turn]
    distorted = [
        Geometry(place.across, place.down * aspect, turn)
        for place in upright
        for aspect, turn in shapes
        if aspect != 1 or turn
    ]
    mirrored = [Geometry(place.across, place.down, mirrored=True) for place in upright]
    return mirrored + distorted


def _answer(
    gathered: MarkSum,
    spectrum: Spectrum,
    places: list[Place],
    registry: MarkRegistry | None,
    trials: int,
) -> tuple[_Answer, int]:
    # All places count as tried from the first on, so that the bound covers the whole list.
    turned = [place.geometry.turn != 0 for place in places]
    climbs = sum(finding.refined(turns=turns) for turns in turned)
    trials += climbs * finding.GRID**2 + len(places) * _FINE_GRID**2
    best: _Answer | None = None
    for number, (place, turns) in enumerate(zip(places, turned, strict=True)):
        if number >= _KEEP and best is not None and best.given:
            break
        better = finding.refine(spectrum, place, turns=turns)
        soft = _soft_at(gathered, spectrum, better)
        answer = _judge(soft, registry, trials, listed=number >= _KEEP)
        if best is None or answer.bound < best.bound:
            best = answer
    if best is None:
        raise UsageError("no place was tried")
    return best, trials


def _soft_at(gathered: MarkSum, spectrum: Spectrum, place: Place) -> _Soft:
    """Demodulate at a place; the shift is made exact by the pilots."""
    base = lattice()
    geometry = place.geometry
    waves = (
        spectrum.waves(geometry.matrix()[None])[0]
        if geometry.turn
        else finding.exact_waves(gathered, geometry)
    )
    magnitude = np.abs(waves)
    blocks = np.median(magnitude.reshape(_BLOCKS, -1), axis=1)
    level = np.interp(np.arange(WAVES), (np.arange(_BLOCKS) + 0.5) * WAVES / _BLOCKS, blocks)
    waves = waves / (magnitude + 0.5 * level + 1e-12)
    surface = finding.correlate_pilots(waves[None, base.pilot].astype(np.complex64), _FINE_GRID)[0]
    row, column = _near(surface, place.shift)
    shift = (column * TILE / _FINE_GRID, row * TILE / _FINE_GRID)
    phase = (base.kx * shift[0] + base.ky * shift[1]) / TILE
    turned = waves * np.conj(base.carrier) * np.exp(-2j * np.pi * phase)
    weight = _weights(turned.real)
    data = ~base.pilot
    spread = math.sqrt(float((weight[data] ** 2 * np.abs(turned[data]) ** 2).sum()) / 2)
    noise = math.sqrt(float((weight[data] ** 2 * turned[data].imag ** 2).sum()))
    return _Soft(
        place=Place(place.sync, geometry, shift),
        soft=base.by_bit(weight * turned.real),
        spread=spread + 1e-12,
        noise=noise + 1e-12,
        sync=float(surface[row, column]),
    )


def _near(surface: NDArray[np.float32], shift: tuple[float, float]) -> tuple[int, int]:
    """Index of the greatest value within three canonical pixels of a shift."""
    reach = 3 * _FINE_GRID // TILE
    rows = (round(shift[1] * _FINE_GRID / TILE) + np.arange(-reach, reach + 1)) % _FINE_GRID
    columns = (round(shift[0] * _FINE_GRID / TILE) + np.arange(-reach, reach + 1)) % _FINE_GRID
    row, column = divmod(int(surface[np.ix_(rows, columns)].argmax()), len(columns))
    return int(rows[row]), int(columns[column])


def _weights(real: NDArray[np.float64]) -> NDArray[np.float64]:
    """Expected amplitude of each wave, by a straight line over its radius through the pilots.

    Only pilots are asked: the weights of the data waves are independent of the data.
    """
    base = lattice()
    radius = np.hypot(base.kx, base.ky)
    slope, level = np.polyfit(radius[base.pilot], real[base.pilot], 1)
    mean = max(float(real[base.pilot].mean()), 1e-6)
    return np.asarray(np.clip((slope * radius + level) / mean, 0.3, 2.0), np.float64)


def _judge(
    soft: _Soft, registry: MarkRegistry | None, trials: int, *, listed: bool = False
) -> _Answer:
    """The best answer at one place.

    Args:
        soft: Soft bits there.
        registry: Known identities.
        trials: Geometries times shifts compared so far.
        listed: The place is one of many: any identity is sought only to confirm a known one.
    """
    if registry is None or not len(registry):
        return _blind(soft, trials)
    mark_id, score = registry.best(soft.soft)
    word = soft.word(score)
    bound = unmarked_bound(soft.sync, word, log_words=math.log(len(registry)), trials=trials)
    known = _Answer(soft, mark_id, word, "registry", bound, 0.0)
    if soft.sync >= _WORTH_DECODING and (known.given or not listed):
        blind = _blind(soft, trials)
        if blind.given and blind.mark_id != mark_id:
            # A mark that is clearly another's: the nearest known word is no answer.
            return blind
    return known


def _blind(soft: _Soft, trials: int) -> _Answer:
    mark_id = decode(soft.soft)
    score = float(encode(mark_id) @ soft.soft)
    return _Answer(
        soft,
        mark_id,
        soft.word(score),
        "blind",
        unmarked_bound(soft.sync, soft.word(score), log_words=LOG_ALL_IDS, trials=trials),
        confusion_bound(soft.energy(score)),
    )


def _report(answer: _Answer, gathered: MarkSum, registry: MarkRegistry | None) -> MarkReading:
    soft, place = answer.soft, answer.soft.place
    word = encode(answer.mark_id)
    agreed = float(np.clip(word * soft.soft, 0, None).sum() / (np.abs(soft.soft).sum() + 1e-12))
    known = registry is None or answer.mark_id in registry
    if not answer.given:
        why = "no mark stands clearly enough above chance; nothing is said"
    elif not known:
        why = "a mark is there, and its identity is not among the known ones"
    else:
        why = "a mark was read; it points to a shot and proves nothing by itself"
    return MarkReading(
        mark_id=f"{answer.mark_id:016x}" if answer.given else None,
        method=answer.method if answer.given else None,
        sync=soft.sync,
        word=answer.word,
        scale_across=place.geometry.across,
        scale_down=place.geometry.down,
        turn=place.geometry.turn,
        mirrored=place.geometry.mirrored,
        shift=place.shift,
        bit_quality=agreed,
        corrected_bits=int(((soft.soft > 0) != (word > 0)).sum()),
        wrong_id_bound=answer.bound,
        frames=gathered.frames,
        why=why,
    )
