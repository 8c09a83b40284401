"""The picture as a CMX 3600 edit decision list, for machines that read nothing newer.

An event runs from its first frame to the first frame of the next one; a dissolve starts at the
event's record-in, as CMX 3600 has it. Source timecode counts seconds of the medium at the film's
rate, from 00:00:00:00. Where a medium is shown at another speed, ``M2`` gives the frames a second
and a comment gives the exact frames of the medium in its own count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generique.edit.sources import Segment
from generique.model.errors import UnreadableInput
from generique.model.time import Rate
from generique.model.values import digest_of

_REEL = 8
_EVENTS = 999
_SPELLED = str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L"}
    | {"ł": "l", "Đ": "D", "đ": "d", "Þ": "TH", "þ": "th", "ð": "d", "’": "'", "–": "-", "—": "-"}
)


def to_ascii(text: str) -> str:
    """Text in printable ASCII: accents are dropped, other characters are named ``<U+4E2D>``."""
    spelled = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    return "".join(
        char if " " <= char <= "~" else f"<U+{ord(char):04X}>"
        for char in spelled
        if not unicodedata.combining(char)
    )


def reel_names(names: Iterable[str]) -> dict[str, str]:
    """A reel of at most eight letters and digits for each name; different names differ.

    A name keeps its own letters as far as eight characters go. Where that would make two names
    equal, or leaves nothing, the reel ends in, or is, a part of the name's digest.
    """
    distinct = sorted(set(names))
    short = {name: _letters(name) for name in distinct}
    counts: dict[str, int] = {}
    for name in distinct:
        counts[short[name][:_REEL]] = counts.get(short[name][:_REEL], 0) + 1
    taken = {"AX", "BL"}
    reels: dict[str, str] = {}
    for name in distinct:
        reel = short[name][:_REEL]
        if not reel or counts[reel] > 1 or reel in taken or name != name.strip():
            reel = _marked(name, short[name], taken)
        taken.add(reel)
        reels[name] = reel
    return reels


def _letters(name: str) -> str:
    plain = re.sub(r"<U\+[0-9A-F]+>", "", to_ascii(name))
    return re.sub(r"[^A-Z0-9]", "", plain.upper())


def _marked(name: str, letters: str, taken: set[str]) -> str:
    digest = digest_of(name.encode("utf-8", "surrogatepass")).removeprefix("sha256:").upper()
    candidates = (
        letters[: _REEL - 4] + digest[index : index + 4] for index in range(len(digest) - 4)
    )
    return next(reel for reel in candidates if reel not in taken)


def write_edl(
    title: str, segments: Sequence[Segment], rate: Rate, *, record_start_seconds: int = 3600
) -> str:
    """The edit decision list, ASCII, lines ending in CR LF.

    Args:
        title: Of the film.
        segments: The picture in order, from frame 0.
        rate: Of the film.
        record_start_seconds: Record timecode of the first frame, in whole seconds of timecode.

    Raises:
        UnreadableInput: More than 999 events, which the format cannot number.
    """
    if len(segments) > _EVENTS:
        raise UnreadableInput(
            f"the film has {len(segments)} events and CMX 3600 numbers {_EVENTS}",
            next_step="exchange the .otio timeline instead, or split the film into reels",
        )
    reels = reel_names(segment.source or "" for segment in segments if segment.shot)
    offset = record_start_seconds * round(rate.fps)
    lines = [f"TITLE: {to_ascii(title)[:70]}", "FCM: NON-DROP FRAME", ""]
    for index, segment in enumerate(segments):
        end = segments[index + 1].start if index + 1 < len(segments) else segment.end
        timing = _Timing(number=index + 1, end=end, offset=offset, rate=rate, reels=reels)
        if segment.overlap or segment.fade_in:
            before = segments[index - 1] if segment.overlap else None
            lines.append(timing.leaving(segment, before))
        lines.append(timing.coming(segment))
        lines += timing.comments(segment)
    return "\r\n".join((*lines, ""))


@dataclass(frozen=True)
class _Timing:
    """One event of the list.

    Attributes:
        end: Frame of the film at which the next event takes over.
        offset: Record timecode of frame 0, in frames.
    """

    number: int
    end: int
    offset: int
    rate: Rate
    reels: dict[str, str]

    def leaving(self, segment: Segment, before: Segment | None) -> str:
        """The first line of a dissolve: what it leaves, with no length."""
        index = segment.start - before.start if before else 0
        source = _source_time(before, index, self.rate)
        return self._line(before, "C", (source, source), (segment.start, segment.start))

    def coming(self, segment: Segment) -> str:
        """The event proper."""
        into = segment.overlap or segment.fade_in
        source = tuple(
            _source_time(segment, index, self.rate) for index in (0, self.end - segment.start)
        )
        effect = f"D    {into:03d}" if into else "C"
        return self._line(segment, effect, (source[0], source[1]), (segment.start, self.end))

    def comments(self, segment: Segment) -> list[str]:
        """Speed, clip name and file of an event."""
        if segment.shot is None:
            return [f"* FROM CLIP NAME: {to_ascii(segment.name or 'BLACK')}"]
        lines = []
        if segment.speed != 1:
            reel = self.reels[segment.source or ""]
            speed = float(segment.speed * self.rate.fps)
            begin = self.rate.timecode(_source_time(segment, 0, self.rate))
            last = segment.source_in + segment.source_frame(self.end - segment.start - 1)
            media = f"{segment.source_in}-{last} AT {segment.source_rate.fps} FPS"
            lines = [
                f"M2   {reel:<8}       {speed:05.1f}                {begin}",
                f"* SPEED: {segment.speed} SOURCE FRAMES: {media}",
            ]
        return [
            *lines,
            f"* FROM CLIP NAME: {to_ascii(f'{segment.shot} {segment.source}')}",
            f"* SOURCE FILE: {to_ascii(segment.url)}",
        ]

    def _line(
        self, segment: Segment | None, effect: str, source: tuple[int, int], film: tuple[int, int]
    ) -> str:
        reel = self.reels[segment.source or ""] if segment and segment.shot else "BL"
        times = (*source, *(self.offset + frame for frame in film))
        codes = " ".join(self.rate.timecode(time) for time in times)
        return f"{self.number:03d}  {reel:<8} V     {effect:<8} {codes}"


def _source_time(segment: Segment | None, index: int, rate: Rate) -> int:
    """Source timecode of a seen frame, in frames at the film's rate."""
    if segment is None:
        return 0
    if segment.shot is None:
        return index
    begin = segment.source_in / segment.source_rate.fps * rate.fps
    return int(begin + index * segment.speed + Fraction(1, 2))
