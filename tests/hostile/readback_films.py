"""A small titled film that is encoded for real, and ways to spoil it before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.machineroom.bench import MediaBench
from generique.model.element import ElementClass, ElementKind, Raster, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, Rights, SourceType, Training
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.readback import MasterReading, Owed, read_back
from generique.titles.credits import Credits, credits_of
from generique.titles.labels import labels_of
from generique.titles.overlay import Frame, Placed, overlay, place_label
from generique.titles.roll import Roll, plan_roll, roll_credits
from generique.titles.typeset import credits_source, label_source

RASTER = Raster(width=320, height=180)
RATE = Rate(numerator=24)
FRAMES, CREDITS_START, FADE_OUT = 384, 192, 12
NOTICE_AT = 48
MACHINE = Passport(
    name="machine",
    version="1",
    title="A picture machine",
    maker="Its makers",
    licence="Apache-2.0",
    kinds=(ElementKind.SHOT, ElementKind.VOICE),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
)
FINCH = Rights(licence="CC0-1.0", holder="A camera person", source="an aviary", notice="N.txt")

Pictures = Iterator[Frame]
Spoil = Callable[[Pictures], Pictures]


def use(name: str, start: int, end: int, **more: object) -> ElementUse:
    values: dict[str, object] = {
        "id": name,
        "title": name,
        "kind": ElementKind.SHOT,
        "element_class": ElementClass.SYNTHETIC,
        "track": "V1",
        "start": start,
        "end": end,
        "file": digest_of(name.encode()),
        "essence": digest_of(b"essence " + name.encode()),
        "source_type": SourceType.ALGORITHMIC,
        "passport": MACHINE,
        "take": f"{name}.t1",
        "prompt": "snow",
        "seed": 7,
        "entry": 3,
    }
    return ElementUse.model_validate(values | more)


def voice(name: str, start: int, end: int) -> ElementUse:
    speaker = MACHINE.model_copy(update={"name": "speaker", "title": "A speaking machine"})
    return use(
        name,
        start,
        end,
        kind=ElementKind.VOICE,
        track=Stem.DIALOGUE,
        language="en",
        passport=speaker,
    )


LINEAGE = Lineage(
    production="small",
    title="Small",
    titles={},
    languages=("en",),
    rate=RATE,
    frames=FRAMES,
    demonstration=False,
    announcement="asked",
    elements=(
        use("1-1", 0, 120),
        use(
            "2-1",
            120,
            192,
            element_class=ElementClass.AUTHENTIC,
            passport=None,
            rights=FINCH,
            take=None,
        ),
        voice("1-L1-en", 12, 40),
        voice("notice-en", NOTICE_AT, 72),
    ),
)


def notice() -> NDArray[np.float32]:
    """A second of sound as uneven as speech."""
    rng = np.random.default_rng(4)
    times = np.arange(48_000) / 48_000
    syllables = np.clip(np.sin(2 * np.pi * 4.0 * times), 0.02, 1)
    wave = rng.standard_normal(48_000) * syllables * 0.08
    return np.repeat(wave[:, None], 2, axis=1).astype(np.float32)


def programme(*, said: bool = True, bed: float = 0.01) -> NDArray[np.float32]:
    """The film's sound: a low bed, and the notice at its place."""
    count = FRAMES * 2_000
    sound = np.random.default_rng(9).standard_normal((count, 2)).astype(np.float32) * bed
    if said:
        first = NOTICE_AT * 2_000
        sound[first : first + 48_000] += notice()
    return sound


@dataclass(frozen=True)
class Film:
    """What the film shows.

    Attributes:
        spoil: Done to the finished frames before they are encoded.
        sound: Of the film.
        trim: Done to the labels before they are laid over.
    """

    spoil: Spoil = lambda frames: frames
    sound: NDArray[np.float32] | None = None
    trim: Callable[[Sequence[Placed]], Sequence[Placed]] = lambda placed: placed
    lineage: Lineage = LINEAGE
    length: int = FRAMES


BENCH = MediaBench()


def written(lineage: Lineage = LINEAGE) -> Credits:
    return credits_of(lineage, "en", thanks=("Thanks to the birds",))


def roll() -> tuple[NDArray[np.uint8], Roll]:
    page = BENCH.typeset(credits_source(written()), RASTER.width)
    return page, plan_roll(page.shape[0], RASTER, RATE, CREDITS_START, FRAMES, FADE_OUT)


def labels(lineage: Lineage = LINEAGE) -> list[Placed]:
    return [
        place_label(label, BENCH.typeset(label_source(label), RASTER.width), RASTER)
        for label in labels_of(lineage, "en")
    ]


def pictures() -> Pictures:
    """Snow that moves, then black under the credits."""
    rng = np.random.default_rng(2)
    coarse = rng.integers(90, 230, (24, 64, 3), dtype=np.uint8)
    snow = cv2.resize(coarse, (480, 180), interpolation=cv2.INTER_CUBIC)
    for index in range(FRAMES):
        if index >= CREDITS_START:
            yield np.zeros((180, 320, 3), np.uint8)
        else:
            left = index % 160
            yield np.ascontiguousarray(snow[:, left : left + 320])


def make(folder: Path, film: Film) -> Path:
    """Encode a film."""
    page, plan = roll()
    titled = overlay(roll_credits(pictures(), page, plan), film.trim(labels()))
    sound = folder / "mix.wav"
    samples = programme() if film.sound is None else film.sound
    sound.write_bytes(BENCH.wav(samples[: film.length * 2_000]))
    target = folder / "master.mp4"
    frames = (frame for index, frame in enumerate(film.spoil(titled)) if index < film.length)
    BENCH.encode(frames, RASTER, RATE, sound, target)
    return target


def reading(
    path: Path, lineage: Lineage = LINEAGE, credits_: Credits | None = None
) -> MasterReading:
    """Read a film back against what the whole one owes."""
    owed = Owed(
        lineage=lineage,
        language="en",
        raster=RASTER,
        credits_start=CREDITS_START,
        fade_out=FADE_OUT,
        written=credits_ or written(),
        notice=notice(),
    )
    return read_back(path, digest_of(path.read_bytes()), owed, BENCH)


def spoilt(change: Callable[[int, Frame], None], first: int = 0, end: int = FRAMES) -> Spoil:
    """A spoil that changes frames in place, from one to another."""

    def spoil(frames: Pictures) -> Pictures:
        for index, frame in enumerate(frames):
            changed = frame.copy()
            if first <= index < end:
                change(index, changed)
            yield changed

    return spoil


def shortened(placed: Sequence[Placed], seconds: float = 1.0) -> list[Placed]:
    """Labels that end too early."""
    return [replace(one, end=one.end - RATE.frames(seconds)) for one in placed]
