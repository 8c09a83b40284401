"""The truth map as a picture: SVG that reads in black and white as it does in colour.

Every class has a pattern of its own besides its colour, every strip its name in words, and the
legend repeats both. Long films fold into lines of equal length, as a text does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from generique.clearance.truth_map import Stretch, TruthMap

WIDTH = 700
"""Width of the picture in its own units; it scales to the page."""

_LEFT = 108
_RIGHT = 8
_EDGE = 12
_FOLDS = (120, 300, 600, 900, 1800, 3600)
_MOST_LINES = 12
_TICKS = 6
_INK = "#1c1b19"
_SOFT = "#5c5952"
_HEIGHTS = {"labels": 9, "picture": 34, "decisions": 13}
_SOUND = 15
_GAP = 4

_PATTERNS = {
    "authentic": ("#f2ead6", ""),
    "altered": ("#f0c987", '<circle cx="3" cy="3" r="1.2" fill="#1c1b19"/>'),
    "reconstruction": ("#8fb7c9", '<path d="M0 3H6" stroke="#1c1b19" stroke-width="1.1"/>'),
    "synthetic": ("#c26a4a", '<path d="M-1 7L7 -1" stroke="#1c1b19" stroke-width="1.5"/>'),
}
"""Colour and pattern of each class, from the plainest to the darkest."""

_STANDS = ("approved", "waiting", "demonstration", "rejected")


def truth_map_picture(drawn: TruthMap, words: Mapping[str, str]) -> str:
    """Draw a truth map.

    Args:
        drawn: The map.
        words: What is written on it: ``labels``, ``picture``, ``decisions`` and the names of the
            stems for the strips; each class, each state of a decision, ``label``, ``none`` and
            ``about`` (the description for who cannot see it).

    Returns:
        SVG, complete in itself: no script, no style sheet, no address.
    """
    fold = _fold(drawn)
    lines = list(_lines(drawn, fold))
    height_of_line = 34 + sum(_height(strip.name) + _GAP for strip in drawn.strips)
    legend = 74
    height = len(lines) * height_of_line + legend
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" '
            f"aria-label={quoteattr(words['about'])} "
            'font-family="Libertinus Serif, Georgia, serif" font-size="11.5">'
        ),
        *_definitions(),
    ]
    for number, (start, end) in enumerate(lines):
        parts += _line(drawn, words, (start, end, fold), number * height_of_line)
    parts += _legend(words, len(lines) * height_of_line + 12)
    return "".join([*parts, "</svg>"])


def _fold(drawn: TruthMap) -> int:
    """Frames of one line."""
    seconds = drawn.rate.seconds(drawn.frames)
    enough = (fold for fold in _FOLDS if seconds <= fold * _MOST_LINES)
    fold = next(enough, _FOLDS[-1])
    if seconds <= fold:
        return drawn.frames
    return drawn.rate.frames(Fraction(fold))


def _lines(drawn: TruthMap, fold: int) -> Iterator[tuple[int, int]]:
    for start in range(0, drawn.frames, fold):
        yield start, min(start + fold, drawn.frames)


def _height(name: str) -> int:
    return _HEIGHTS.get(name, _SOUND)


def _definitions() -> Iterator[str]:
    yield "<defs>"
    for name, (colour, drawing) in _PATTERNS.items():
        yield (
            f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{colour}"/>{drawing}</pattern>'
        )
    yield "</defs>"


def _line(
    drawn: TruthMap, words: Mapping[str, str], part: tuple[int, int, int], top: float
) -> Iterator[str]:
    """One line of the fold: its ruler, then every strip."""
    start, end, fold = part
    scale = (WIDTH - _LEFT - _RIGHT) / fold
    yield from _ruler(drawn, part, top)
    at = top + 24
    for strip in drawn.strips:
        height = _height(strip.name)
        middle = at + height / 2 + 4
        yield (
            f'<text x="{_LEFT - 10}" y="{middle:.1f}" text-anchor="end" '
            f'fill="{_SOFT}">{escape(words[strip.name])}</text>'
        )
        for stretch in _within(strip.stretches, start, end):
            left = _LEFT + (max(stretch.start, start) - start) * scale
            width = (min(stretch.end, end) - max(stretch.start, start)) * scale
            yield from _cell(strip.name, stretch.says, (left, at, width, height))
        at += height + _GAP


def _within(stretches: Iterable[Stretch], start: int, end: int) -> Iterator[Stretch]:
    for stretch in stretches:
        if stretch.start < end and stretch.end > start:
            yield stretch


def _ruler(drawn: TruthMap, part: tuple[int, int, int], top: float) -> Iterator[str]:
    start, end, fold = part
    scale = (WIDTH - _LEFT - _RIGHT) / fold
    for tick in range(_TICKS + 1):
        frame = start + fold * tick // _TICKS
        if frame > end:
            break
        x = _LEFT + (frame - start) * scale
        anchor = "start" if tick == 0 else "end" if tick == _TICKS else "middle"
        yield (
            f'<path d="M{x:.1f} {top + 17:.1f}V{top + 22:.1f}" stroke="{_SOFT}"/>'
            f'<text x="{x:.1f}" y="{top + 13:.1f}" text-anchor="{anchor}" font-size="10" '
            f'fill="{_SOFT}">{_clock(drawn, frame)}</text>'
        )


def _clock(drawn: TruthMap, frame: int) -> str:
    """Minutes and seconds, hours where there are any."""
    seconds = int(drawn.rate.seconds(frame))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _cell(strip: str, says: str, box: tuple[float, float, float, float]) -> Iterator[str]:
    left, top, width, height = box
    place = f'x="{left:.2f}" y="{top:.1f}" width="{max(width, 0.6):.2f}" height="{height}"'
    if strip == "labels":
        yield f'<rect {place} fill="{_INK}"/>'
    elif strip == "decisions":
        yield f'<rect {place} fill="none" stroke="{_SOFT}" stroke-width="0.6"/>'
        if width >= height or says != "approved":
            yield _stand(says, left + width / 2, top + height / 2)
    else:
        fill = f"url(#{says})" if says else "#ffffff"
        stroke = f' stroke="{_INK}" stroke-width="0.5"' if width > 2 or not says else ""
        yield f'<rect {place} fill="{fill}"{stroke}/>'


def _stand(says: str, x: float, y: float) -> str:
    """The sign of a state: tick, ring, letter D, cross."""
    pen = f'fill="none" stroke="{_INK}" stroke-width="1.7"'
    if says == "approved":
        return f'<path d="M{x - 4:.1f} {y:.1f}l3 3.4l5.4 -7" {pen}/>'
    if says == "rejected":
        return f'<path d="M{x - 3.5:.1f} {y - 3.5:.1f}l7 7m0 -7l-7 7" {pen}/>'
    if says == "demonstration":
        return (
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="10" '
            f'font-weight="bold" fill="{_INK}">D</text>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" {pen}/>'


def _legend(words: Mapping[str, str], top: float) -> Iterator[str]:
    """Classes on the first row, signs on the second."""
    step = (WIDTH - _EDGE) / 5
    for place, name in enumerate((*_PATTERNS, "none")):
        x = _EDGE + place * step
        fill = f"url(#{name})" if name in _PATTERNS else "#ffffff"
        yield (
            f'<rect x="{x:.1f}" y="{top:.1f}" width="26" height="15" fill="{fill}" '
            f'stroke="{_INK}" stroke-width="0.5"/>'
            f'<text x="{x + 32:.1f}" y="{top + 12:.1f}" fill="{_INK}">{escape(words[name])}</text>'
        )
    second = top + 30
    yield (
        f'<rect x="{_EDGE}" y="{second + 3:.1f}" width="26" height="9" fill="{_INK}"/>'
        f'<text x="{_EDGE + 32}" y="{second + 12:.1f}" fill="{_INK}">'
        f"{escape(words['label'])}</text>"
    )
    for place, name in enumerate(_STANDS, start=1):
        x = _EDGE + place * step
        yield _stand(name, x + 13, second + 7)
        yield (
            f'<text x="{x + 32:.1f}" y="{second + 12:.1f}" fill="{_INK}">'
            f"{escape(words[name])}</text>"
        )
