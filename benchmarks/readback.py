"""How fast a master is read back, and how far what stands there is from what does not.

A film of 30 s at 1280 x 720 is titled, encoded as masters are, and read. Its pictures are of the
worst kind for letters: fine, bright and moving. Then the same words are looked for where they are
not, where other words stand, and where one letter is another.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generique.machineroom.bench import MediaBench
from generique.model.element import ElementClass, ElementKind, Raster, Stem
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, SourceType, Training
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.readback import MasterReading, Owed, read_back
from generique.titles.credits import credits_of
from generique.titles.labels import Label, labels_of
from generique.titles.legibility import READ, Writing, legibility, writing_of
from generique.titles.overlay import Frame, composite, overlay, place_label
from generique.titles.presence import fine, luma_of
from generique.titles.roll import plan_roll, roll_credits
from generique.titles.typeset import credits_source, label_source

SECONDS = 30
RATE = Rate(numerator=24)
FRAMES, CREDITS, FADE = SECONDS * 24, 16 * 24, 36
RASTER = Raster(width=1280, height=720)
SEED = 5
LIMITS = {
    "30 s read, seconds": 30.0,
    "words unread that stand": 0.0,
    "words read that do not": 0.0,
    "other words read": 0.0,
}
SAID = (
    "GENERATED IMAGES",
    "RECONSTRUCTION",
    "SYNTHETIC VOICE",
    "IMAGES MODIFIÉES",
    "DEMONSTRATION",
)
MACHINE = Passport(
    name="machine",
    version="1",
    title="A machine for pictures and voices",
    maker="Its makers",
    licence="Apache-2.0",
    kinds=(ElementKind.SHOT, ElementKind.VOICE),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
)


def use(name: str, start: int, end: int, track: str = "V1") -> ElementUse:
    """An element of the film."""
    return ElementUse(
        id=name,
        title=name,
        kind=ElementKind.SHOT if track == "V1" else ElementKind.VOICE,
        element_class=ElementClass.SYNTHETIC,
        track="V1" if track == "V1" else Stem(track),
        start=start,
        end=end,
        language=None if track == "V1" else "en",
        file=digest_of(name.encode()),
        essence=digest_of(name.encode()),
        source_type=SourceType.ALGORITHMIC,
        passport=MACHINE.model_copy(update={"title": f"A machine for {name}"}),
        entry=1,
    )


LINEAGE = Lineage(
    production="benchmark",
    title="Benchmark",
    titles={},
    languages=("en",),
    rate=RATE,
    frames=FRAMES,
    demonstration=True,
    announcement="asked",
    elements=(
        *(use(f"shot-{number}", number * 48, number * 48 + 48) for number in range(8)),
        use("line", 24, 72, "DX"),
        use("notice-en", 96, 120, "DX"),
    ),
)


def snow(seed: int) -> NDArray[np.uint8]:
    """Fine, bright, colourful noise, wider than the frame."""
    chance = np.random.default_rng(seed)
    coarse = chance.integers(40, 255, (180, 480, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (1920, 720), interpolation=cv2.INTER_CUBIC), np.uint8)


def pictures() -> Iterator[Frame]:
    """Noise that moves, then black under the credits."""
    ground = snow(SEED)
    for index in range(FRAMES):
        if index >= CREDITS:
            yield np.zeros((720, 1280, 3), np.uint8)
        else:
            left = index * 3 % 640
            yield np.ascontiguousarray(ground[:, left : left + 1280])


def measure_film(folder: Path, bench: MediaBench) -> list[bool]:
    """Title, encode and read a film."""
    written = credits_of(LINEAGE, "en")
    page = bench.typeset(credits_source(written), RASTER.width)
    roll = plan_roll(page.shape[0], RASTER, RATE, CREDITS, FRAMES, FADE)
    placed = [
        place_label(label, bench.typeset(label_source(label), RASTER.width), RASTER)
        for label in labels_of(LINEAGE, "en")
    ]
    chance = np.random.default_rng(SEED)
    notice = (chance.standard_normal((48_000, 2)) * 0.08).astype(np.float32)
    sound = (chance.standard_normal((SECONDS * 48_000, 2)) * 0.01).astype(np.float32)
    sound[96 * 2_000 : 96 * 2_000 + 48_000] += notice
    mix, target = folder / "mix.wav", folder / "master.mp4"
    mix.write_bytes(bench.wav(sound))
    frames = overlay(roll_credits(pictures(), page, roll), placed)
    bench.encode(frames, RASTER, RATE, mix, target)
    owed = Owed(LINEAGE, "en", RASTER, CREDITS, FADE, written, notice)
    begun = time.perf_counter()
    reading = read_back(target, digest_of(b"film"), owed, bench)
    took = time.perf_counter() - begun
    return [held("30 s read, seconds", took), held("words unread that stand", missing(reading))]


def missing(reading: MasterReading) -> float:
    """How much of what stands was not read."""
    heard = reading.notice is not None and reading.notice.stands
    found = [one.found for one in reading.labels] + [one.found for one in reading.credits]
    stands = [one.stands for one in reading.labels] + [one.stands for one in reading.credits]
    lowest = min(one.agreement for one in found)
    print(f"  {len(found)} writings and a notice; least median agreement {lowest:.3f}")
    return float(stands.count(False) + (not heard))


def measure_words(bench: MediaBench) -> list[bool]:
    """Look for words where they are not, and where others are."""
    bare, other, letters = [], [], []
    layers = {
        head: place_label(label(head), bench.typeset(label_source(label(head)), 1280), RASTER).layer
        for head in (*SAID, *(altered(head) for head in SAID))
    }
    for seed in range(4):
        ground = np.ascontiguousarray(snow(seed)[:, :1280])
        for head in SAID:
            layer = layers[head]
            writing = writing_of(luma_of(layer.colour), layer.x, layer.y, 1280)
            if writing is None:
                raise AssertionError(head)
            bare.append(seen(ground, writing))
            other += [
                seen(composite(ground, layers[name]), writing) for name in SAID if name != head
            ]
            letters.append(seen(composite(ground, layers[altered(head)]), writing))
    print(f"  most agreement with bare picture {max(bare):.3f}, with other words {max(other):.3f}")
    passed = sum(score >= READ for score in letters)
    print(f"  one letter of a label exchanged: read all the same in {passed} of {len(letters)}")
    return [
        held("words read that do not", sum(score >= READ for score in bare)),
        held("other words read", sum(score >= READ for score in other)),
    ]


def label(head: str) -> Label:
    """A label with a head of its own."""
    return Label(kind="picture", head=head, tail="not filmed", start=0, end=96)


def altered(head: str) -> str:
    """The same word with another letter in its middle."""
    at = len(head) // 2 - 2
    return head[:at] + ("O" if head[at] != "O" else "A") + head[at + 1 :]


def seen(frame: Frame, writing: Writing) -> float:
    """How surely a writing is read on a frame."""
    return legibility(fine(luma_of(frame.astype(np.float32)), 1280), writing)


def held(name: str, value: float) -> bool:
    """Print a figure beside its limit."""
    limit = LIMITS[name]
    over = "" if value <= limit else "  EXCEEDED"
    print(f"{name:<28}{value:>12.1f}  limit {limit:g}{over}")
    return value <= limit


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    cv2.setNumThreads(1)
    bench = MediaBench()
    with tempfile.TemporaryDirectory(dir=os.environ.get("GENERIQUE_BENCHMARK_FOLDER")) as name:
        holds = [*measure_film(Path(name), bench), *measure_words(bench)]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
