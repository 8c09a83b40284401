"""What a search by landmarks says, for a person and for the archive."""

from __future__ import annotations

from pydantic import Field

from generique.model.values import Value


class LandmarkRun(Value):
    """A stretch of a sound that is a stretch of a known work.

    Attributes:
        work: Name in the library.
        start: Seconds in the sound.
        end: Seconds in the sound.
        offset: Seconds in the work at the start of the stretch.
        speed: How much faster than the work it runs, as a fraction.
        pitch: How much higher than the work it sounds, as a fraction.
        measured_speed: The speed as fitted to the stretch.
        votes: Landmarks that agree.
        moments: Tenths of a second that agree, in the excerpt that agrees best.
        false_alarm_bound: Bound on the chance that unrelated landmarks agree so well in any place
            of the library, were they independent of each other.
    """

    work: str
    start: float
    end: float
    offset: float
    speed: str
    pitch: str
    measured_speed: float
    votes: int
    moments: int
    false_alarm_bound: float = Field(ge=0, le=1)


class LandmarkReport(Value):
    """What a search found.

    Attributes:
        seconds: Length of the sound.
        works: How many works were searched.
        runs: In order of time; where there is none, the sound is unknown.
    """

    seconds: float
    works: int
    runs: tuple[LandmarkRun, ...]

    def lines(self) -> tuple[str, ...]:
        """The report for a person."""
        found = "no known work" if not self.runs else f"{len(self.runs)} known stretches"
        said = [f"landmarks, {self.seconds:.1f} s against {self.works} works: {found}"]
        said += [
            f"{run.start:8.2f} to {run.end:.2f} s: {run.work} from {run.offset:.2f} s, speed "
            f"{run.speed}, pitch {run.pitch}, {run.votes} landmarks agree, "
            f"chance below {run.false_alarm_bound:.0e}"
            for run in self.runs
        ]
        return tuple(said)
