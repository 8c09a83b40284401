"""What a detector of sound marks says, for a person and for the archive."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generique.model.values import Value

ACCEPTED_BOUND = 5e-10
"""A mark is named only when chance would name one in fewer than this share of excerpts."""


class SoundMarkWindow(Value):
    """What was found in one excerpt.

    Attributes:
        start: Seconds in the file.
        end: Seconds in the file.
        pointer: What the mark says; None when it is unknown.
        agreement: Best agreement with a whole mark, in standard deviations of chance.
        needed: The agreement from which a mark is named.
        wrong_id_bound: Bound on the chance that an excerpt without this mark agrees so well; 1 when
            nothing is named.
        mode: ``blind``, or ``known`` when the pointer was looked for in a list.
        speed: How much faster than the master the sound runs.
        pitch: How much higher than the master it sounds.
        phase: Seconds from the start of the excerpt back to the start of its pattern.
    """

    start: float
    end: float
    pointer: int | None
    agreement: float
    needed: float
    wrong_id_bound: float = Field(ge=0, le=1)
    mode: Literal["blind", "known"]
    speed: str
    pitch: str
    phase: float


class SoundMarkReport(Value):
    """What was found in a sound.

    Attributes:
        seconds: Length of the sound.
        windows: Excerpts in order of time; they overlap.
        known: How many pointers were looked for; 0 for a blind search.
    """

    seconds: float
    windows: tuple[SoundMarkWindow, ...]
    known: int = 0

    @property
    def pointer(self) -> int | None:
        """The pointer, when all excerpts that name one name the same; else None."""
        named = self.pointers
        return named[0] if len(named) == 1 else None

    @property
    def pointers(self) -> tuple[int, ...]:
        """All pointers, in the order in which they are met."""
        found = (window.pointer for window in self.windows if window.pointer is not None)
        return tuple(dict.fromkeys(found))

    @property
    def named_share(self) -> float:
        """Share of the excerpts in which a mark is named, 0 to 1."""
        named = sum(window.pointer is not None for window in self.windows)
        return named / len(self.windows) if self.windows else 0.0

    def lines(self) -> tuple[str, ...]:
        """The report for a person, a line for each stretch with the same answer."""
        how = f"looked for {self.known} known marks" if self.known else "blind"
        said = [f"sound mark, {self.seconds:.1f} s, {how}, {len(self.windows)} excerpts"]
        for first, last in _runs(self.windows):
            where = f"{first.start:8.1f} to {last.end:.1f} s"
            if first.pointer is None:
                said.append(
                    f"{where}: unknown (best agreement {_best(self, first, last):.1f}, "
                    f"{first.needed:.1f} needed)"
                )
            else:
                bound = max(w.wrong_id_bound for w in _between(self, first, last))
                said.append(
                    f"{where}: {first.pointer:09x}, speed {first.speed}, pitch "
                    f"{first.pitch}, chance below {bound:.0e} an excerpt"
                )
        return tuple(said)


def _runs(windows: tuple[SoundMarkWindow, ...]) -> list[tuple[SoundMarkWindow, SoundMarkWindow]]:
    runs: list[tuple[SoundMarkWindow, SoundMarkWindow]] = []
    for window in windows:
        if runs and _same(runs[-1][0], window):
            runs[-1] = (runs[-1][0], window)
        else:
            runs.append((window, window))
    return runs


def _same(left: SoundMarkWindow, right: SoundMarkWindow) -> bool:
    if left.pointer is None or right.pointer is None:
        return left.pointer == right.pointer
    return (left.pointer, left.speed, left.pitch) == (right.pointer, right.speed, right.pitch)


def _between(
    report: SoundMarkReport, first: SoundMarkWindow, last: SoundMarkWindow
) -> list[SoundMarkWindow]:
    return [window for window in report.windows if first.start <= window.start <= last.start]


def _best(report: SoundMarkReport, first: SoundMarkWindow, last: SoundMarkWindow) -> float:
    return max(window.agreement for window in _between(report, first, last))
