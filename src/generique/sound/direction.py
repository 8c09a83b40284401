"""What a composer is told: tempo, tension, instruments and mood."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from generique.model.values import Value
from generique.sound.beats import beat_grid, tension_curve


class Instrument(StrEnum):
    """What may play."""

    PIANO = "piano"
    STRINGS = "strings"
    DRONE = "drone"
    BELLS = "bells"


class ScoreDirection(Value):
    """Direction for a music bed.

    Attributes:
        bpm: Beats a minute.
        first: Time of the first beat in seconds.
        tension: Target at each beat, 0 calm to 1 climax; empty takes the quiet arc. A list that
            is shorter than the music is held at its last value.
        sparse: 0 every beat is played, 1 only what has to be.
        dark: 0 open and bright, 1 low and covered.
        hopeful: Whether the music ends in major.
        tonic: Pitch class of the tonic, 0 to 11 from C; None leaves it to the seed.
        beats_per_bar: A chord lasts one bar.
    """

    bpm: float = Field(ge=20, le=300)
    first: float = Field(ge=0, le=600, default=0.0)
    tension: tuple[float, ...] = ()
    instruments: tuple[Instrument, ...] = (Instrument.PIANO, Instrument.STRINGS, Instrument.DRONE)
    sparse: float = Field(ge=0, le=1, default=0.4)
    dark: float = Field(ge=0, le=1, default=0.4)
    hopeful: bool = False
    tonic: int | None = Field(ge=0, le=11, default=None)
    beats_per_bar: int = Field(ge=2, le=7, default=4)

    def beats(self, seconds: float) -> tuple[float, ...]:
        """Times of the beats in music of a length."""
        return beat_grid(self.bpm, seconds, first=self.first)

    def targets(self, seconds: float) -> tuple[float, ...]:
        """Target tension at each beat in music of a length."""
        count = len(self.beats(seconds))
        if not self.tension:
            return tension_curve(count)
        held = self.tension + (self.tension[-1],) * max(0, count - len(self.tension))
        return held[:count]
