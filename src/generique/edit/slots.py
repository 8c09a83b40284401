"""Slots for lines: where in a shot each line may be heard, the same in every language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil

from pydantic import Field

from generique.model.errors import UnreadableInput
from generique.model.shot import Shot
from generique.model.time import Rate
from generique.model.timing import LineTiming
from generique.model.values import Identifier, Value

AIR_BEFORE = Fraction(1, 2)
"""Least seconds from the cut to the first line: a picture is seen before it is spoken over."""

PAUSE = Fraction(2, 5)
"""Seconds between lines."""

AIR_AFTER = Fraction(3, 5)
"""Seconds from the last line to the cut."""

_LONGEST_DELAY = Fraction(3, 2)
_DELAY_SHARE = Fraction(1, 3)


class LineLength(Value):
    """How long a line takes to say in a language."""

    line: Identifier
    language: str
    seconds: float = Field(gt=0)


@dataclass(frozen=True)
class Slots:
    """The lines of one shot in time; frames from the first frame seen of the shot.

    Attributes:
        lines: Identifiers in order.
        lengths: For each line, language and seconds in that language.
        offsets: For each line, the earliest first frame of its slot.
        ends: For each line, the frame at which the longest language has ended.
        least: Shortest shot that holds all of it; 0 without lines.
    """

    shot: str
    lines: tuple[str, ...]
    lengths: tuple[tuple[tuple[str, float], ...], ...]
    offsets: tuple[int, ...]
    ends: tuple[int, ...]
    least: int

    def must_fit(self, frames: int, rate: Rate, what: str) -> None:
        """Check that the lines fit into a number of frames.

        Raises:
            UnreadableInput: They do not; names the first line that runs over, and by how much.
        """
        if self.least <= frames:
            return
        over = float(rate.seconds(self.least - frames))
        tail = self.least - self.ends[-1]
        index = next(i for i, end in enumerate(self.ends) if end + tail > frames)
        language = max(self.lengths[index], key=lambda entry: entry[1])[0]
        raise UnreadableInput(
            f"line {self.lines[index]} does not fit into shot {self.shot}: "
            f"the lines are {over:.2f} s too long",
            where=f"shot {self.shot}, line {self.lines[index]}, {language}",
            why=f"with air they need {float(rate.seconds(self.least)):.2f} s, "
            f"and {what} is {float(rate.seconds(frames)):.2f} s",
            next_step="shorten the line or its translation, make the shot longer, "
            'or free its length by writing "about" before the seconds',
        )

    def timings(self, start: int, frames: int, rate: Rate) -> tuple[LineTiming, ...]:
        """When each line is heard, for a shot that starts at a frame of the film.

        A third of the time to spare, at most 1.5 s, is spent before the first line.
        """
        spare = frames - self.least
        delay = min(int(spare * _DELAY_SHARE), rate.frames(_LONGEST_DELAY))
        return tuple(
            LineTiming(
                line=line,
                language=language,
                start=float(rate.seconds(start + delay + offset)),
                seconds=seconds,
            )
            for line, offset, lengths in zip(self.lines, self.offsets, self.lengths, strict=True)
            for language, seconds in lengths
        )


def slots_of(
    shot: Shot,
    lines: tuple[LineLength, ...],
    languages: tuple[str, ...],
    rate: Rate,
    lost: tuple[int, int, bool],
) -> Slots:
    """Lay the lines of a shot out from its first frame.

    Args:
        shot: The shot; its lines in order.
        lines: Lengths of lines of the whole film.
        languages: Languages in which each line needs a length.
        rate: Of the film.
        lost: Frames before the cut into the shot and after the cut out of it (halves of the
            dissolves), and True when the shot fades in.

    Raises:
        UnreadableInput: A line has no length in a language.
    """
    known = {(entry.line, entry.language): entry.seconds for entry in lines}
    lengths = []
    for line in shot.lines:
        missing = [code for code in languages if (line.id, code) not in known]
        if missing:
            raise UnreadableInput(
                f"line {line.id} has no spoken length in {', '.join(missing)}",
                where=f"shot {shot.id}, line {line.id}",
                next_step="author the line in every language of the production",
            )
        lengths.append(tuple((code, known[line.id, code]) for code in languages))
    before, after, fades = lost
    air = rate.frames(1) if fades else ceil(AIR_BEFORE * rate.fps)
    pause = ceil(PAUSE * rate.fps)
    durations = [ceil(Fraction(max(s for _, s in entry)) * rate.fps) for entry in lengths]
    offsets = tuple(accumulate((d + pause for d in durations), initial=before + air))[:-1]
    ends = tuple(offset + d for offset, d in zip(offsets, durations, strict=True))
    least = ends[-1] + ceil(AIR_AFTER * rate.fps) + after if ends else 0
    names = tuple(line.id for line in shot.lines)
    return Slots(shot.id, names, tuple(lengths), offsets, ends, least)
