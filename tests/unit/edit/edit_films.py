"""Small films for the tests of the cut."""

from __future__ import annotations

from fractions import Fraction

from generique.edit.slots import LineLength
from generique.edit.sources import Source
from generique.edit.spotting import SpottingNeed
from generique.model.element import ElementClass
from generique.model.shot import Line, MediaUse, Shot, ShotList, Transition
from generique.model.time import Rate
from generique.model.timing import MusicGrid, TimingPlan
from generique.model.values import digest_of

RATE = Rate(numerator=24)


def grid(bpm: float = 96.0, seconds: float = 120.0, tension: float = 0.5) -> MusicGrid:
    """An even grid."""
    count = int(seconds * bpm / 60)
    beats = tuple(index * 60 / bpm for index in range(count))
    return MusicGrid(bpm=bpm, beats=beats, tension=(tension,) * count)


def shot(
    name: str,
    seconds: str | None = None,
    *,
    free: bool = True,
    lines: tuple[str, ...] = (),
    transition: Transition = Transition.CUT,
    media: bool = False,
) -> Shot:
    """A shot; generated unless it shows media."""
    return Shot(
        id=name,
        scene="1",
        heading="EXT. SUBURB - NIGHT",
        element_class=ElementClass.AUTHENTIC if media else ElementClass.SYNTHETIC,
        prompt=None if media else "night aerial",
        media=MediaUse(file="finch.mp4", start="2") if media else None,
        seconds=seconds,
        free=free,
        transition=transition,
        lines=tuple(Line(id=line, character="NARRATOR", text="Words.") for line in lines),
        fragment=digest_of(name.encode()),
    )


def shots(*members: Shot) -> ShotList:
    """A shot list."""
    return ShotList(title="Dawn Chorus", language="en", shots=members)


def lengths(**seconds: float) -> tuple[LineLength, ...]:
    """Line lengths from keywords such as ``en_l1=2.0``."""
    return tuple(
        LineLength(line=key[3:], language=key[:2], seconds=value) for key, value in seconds.items()
    )


def need(*line_lengths: LineLength, **more: object) -> SpottingNeed:
    """A need with usual values."""
    values: dict[str, object] = {
        "rate": RATE,
        "languages": ("en", "fr"),
        "lines": line_lengths,
        "credits_seconds": 8.0,
    }
    return SpottingNeed.model_validate(values | more)


def sources_for(plan: TimingPlan, finch: str = "") -> tuple[Source, ...]:
    """A source for each shot: takes with handles, and 25 fps media for the one named."""
    return tuple(
        Source(
            shot=timing.shot,
            id="finch" if timing.shot == finch else f"{timing.shot}.t1",
            name=f"{timing.shot}.mp4",
            url=f"takes/{timing.shot}.mp4",
            rate=Rate(numerator=25) if timing.shot == finch else plan.rate,
            frames=500 if timing.shot == finch else timing.generated_frames,
            source_in=50 if timing.shot == finch else timing.head,
            speed=Fraction(24, 25) if timing.shot == finch else Fraction(1),
            digest=digest_of(timing.shot.encode()),
            essence=digest_of(b"essence " + timing.shot.encode()),
        )
        for timing in plan.shots
    )
