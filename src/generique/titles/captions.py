"""Captions as WebVTT, from the lines and their timing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import NonNegativeInt, PositiveInt

from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.timing import LineTiming
from generique.model.values import Value
from generique.titles.phrases import typographic

LINE_LENGTH = 42
LINES = 2
READING_SPEED = 17.0
"""Characters a second that a viewer reads with ease, where there is time."""

LEAST_SECONDS = 1.0
GAP_FRAMES = 2
_PAUSES = {".": 0, "!": 0, "?": 0, "…": 0, ";": 10, ":": 10, ",": 15}
_NO_PAUSE = 35
_PIECE_TOO_LONG = 60


class Caption(Value):
    """One caption; frames of the film, ``end`` after the last.

    Attributes:
        lines: One or two lines of text, at most 42 characters each.
    """

    speaker: str
    lines: tuple[str, ...]
    start: NonNegativeInt
    end: PositiveInt

    @property
    def characters(self) -> int:
        """Characters to be read."""
        return len(" ".join(self.lines))


class Spoken(Value):
    """Who says a line, and its words in one language."""

    speaker: str
    text: str


def captions_of(
    timings: Iterable[LineTiming],
    texts: Mapping[str, Spoken],
    language: str,
    rate: Rate,
    film_frames: int,
) -> tuple[Caption, ...]:
    """The captions of one language, in order of time, never two at once.

    A long line is parted at sentences and clauses, each part with its share of the time. A caption
    stays until it can be read at 17 characters a second or the next one comes.

    Args:
        timings: Lines of all languages; those of other languages are left out.
        texts: Words by identifier of the line.
        language: Two-letter code.
        rate: Of the film.
        film_frames: Length of the film.

    Raises:
        UnreadableInput: A line has no words in this language.
    """
    parts: list[_Part] = []
    spoken = sorted(
        (timing for timing in timings if timing.language == language), key=lambda t: t.start
    )
    for timing in spoken:
        text = texts.get(timing.line)
        words = (
            typographic(re.sub(r"[ \t\r\n]+", " ", text.text).strip(" "), language) if text else ""
        )
        if text is None or not words.strip():
            raise UnreadableInput(
                f"line {timing.line} has no words in {language}",
                where=f"languages/{language}.toml",
                next_step=f"author line {timing.line} in languages/{language}.toml",
            )
        parts += _parts(timing, text.speaker, typographic(words, language), rate)
    ends = [*(part.start - GAP_FRAMES for part in parts[1:]), film_frames][: len(parts)]
    captions = []
    for part, latest in zip(parts, ends, strict=True):
        reading = max(LEAST_SECONDS, len(part.text) / READING_SPEED)
        wanted = max(part.end, part.start + rate.frames(reading) + 1)
        end = max(min(wanted, latest, film_frames), part.start + 1)
        captions.append(
            Caption(speaker=part.speaker, lines=_broken(part.text), start=part.start, end=end)
        )
    return tuple(captions)


def write_webvtt(captions: Sequence[Caption], language: str, rate: Rate) -> str:
    """The captions as a WebVTT file, lines ending in a line feed."""
    blocks = [f"WEBVTT\n\nNOTE Language: {language}\n"]
    for number, caption in enumerate(captions, start=1):
        times = f"{_stamp(caption.start, rate)} --> {_stamp(caption.end, rate)}"
        text = "\n".join(_escaped(line) for line in caption.lines)
        speaker = _escaped(re.sub(r"[\s.]+", " ", caption.speaker)).strip()
        voiced = f"<v {speaker}>{text}</v>" if speaker else text
        blocks.append(f"{number}\n{times}\n{voiced}\n")
    return "\n".join(blocks)


@dataclass(frozen=True)
class _Part:
    speaker: str
    text: str
    start: int
    end: int


def _parts(timing: LineTiming, speaker: str, text: str, rate: Rate) -> list[_Part]:
    """A line parted so that each part fits into two lines, time shared by characters."""
    pieces = _pieces(text)
    total = sum(len(piece) for piece in pieces)
    edges = [0]
    for piece in pieces:
        edges.append(edges[-1] + len(piece))
    frames = [rate.frames(timing.start + timing.seconds * edge / total) for edge in edges]
    parts = []
    for piece, (start, end) in zip(pieces, pairwise(frames), strict=True):
        gap = 0 if end == frames[-1] else GAP_FRAMES
        parts.append(_Part(speaker, piece, start, max(end - gap, start + 1)))
    return parts


def _pieces(text: str) -> list[str]:
    """Text in the fewest pieces that fit, cut after a sentence or clause where there is one."""
    if _fits(text):
        return [text]
    words = _words(text)
    middle = len(text) / 2

    def unevenness(count: int) -> float:
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        loose = sum(_PIECE_TOO_LONG for side in (head, tail) if not _fits(side))
        return abs(len(head) - middle) + _PAUSES.get(head[-1], _NO_PAUSE) + loose

    best = min(range(1, len(words)), key=unevenness)
    return _pieces(" ".join(words[:best])) + _pieces(" ".join(words[best:]))


def _words(text: str) -> list[str]:
    """Words at ordinary spaces only; what is longer than a line is cut."""
    words = []
    for word in text.split(" "):
        words += [word[i : i + LINE_LENGTH] for i in range(0, len(word), LINE_LENGTH)]
    return words


def _fits(text: str) -> bool:
    if len(text) > 2 * LINE_LENGTH + 1:
        return False
    words = _words(text)
    return len(text) <= LINE_LENGTH or any(
        len(" ".join(words[:count])) <= LINE_LENGTH and len(" ".join(words[count:])) <= LINE_LENGTH
        for count in range(1, len(words))
    )


def _broken(text: str) -> tuple[str, ...]:
    """One line where it fits; else two, near equal, the lower one rather the longer."""
    if len(text) <= LINE_LENGTH:
        return (text,)
    words = _words(text)
    pairs = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    fitting = [pair for pair in pairs if max(map(len, pair)) <= LINE_LENGTH]

    def imbalance(pair: tuple[str, str]) -> float:
        upper, lower = pair
        after_pause = 0 if upper[-1] in _PAUSES else 12
        return abs(len(upper) - len(lower)) + after_pause + (2 if len(upper) > len(lower) else 0)

    return min(fitting, key=imbalance)


def _escaped(text: str) -> str:
    """Text that no WebVTT reader takes for markup, a time line or the end of a caption."""
    plain = re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(frame: int, rate: Rate) -> str:
    thousandths = int(rate.seconds(frame) * 1000)
    seconds, milli = divmod(thousandths, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02d}:{minute:02d}:{second:02d}.{milli:03d}"
