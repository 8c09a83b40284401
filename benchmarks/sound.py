"""Music, foley and mix: seconds of work for a minute of sound, and how well tension is followed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from scipy.stats import spearmanr

from generique.model.element import Stem
from generique.sound.direction import ScoreDirection
from generique.sound.foley import render_foley
from generique.sound.foley_words import read_foley
from generique.sound.loudness import loudness_report
from generique.sound.mix import SAMPLE_RATE, Clip, duck, normalise, render_stems
from generique.sound.score import compose
from generique.sound.tension import STEP, tension_of

T = TypeVar("T")

MINUTE = 60.0
LIMITS = {"music": 20.0, "wind and city": 20.0, "duck and normalise": 8.0}
LEAST_CORRELATION = 0.6


def silent(done: int, total: int, what: str) -> None:
    """Nobody listens."""


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work made, and its seconds."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def main() -> int:
    """Measure and print; 1 when a limit is exceeded."""
    direction = ScoreDirection(bpm=66)
    total = round(MINUTE * SAMPLE_RATE)
    music, music_took = timed(lambda: compose(direction, MINUTE, 1))
    layers, _, _ = read_foley("soft winter wind, distant city hum", {})
    foley, foley_took = timed(lambda: render_foley(layers, None, total, 1, silent))
    clips = (
        Clip(start_sample=0, samples=music, stem=Stem.MUSIC),
        Clip(start_sample=0, samples=foley, stem=Stem.BACKGROUNDS),
        Clip(start_sample=9 * SAMPLE_RATE, samples=music[: total // 6], stem=Stem.DIALOGUE),
    )
    _, mix_took = timed(lambda: normalise(duck(render_stems(clips, total))))
    measured = tension_of(music, SAMPLE_RATE)
    times = np.arange(len(measured)) * STEP
    target = np.interp(times, direction.beats(MINUTE), direction.targets(MINUTE))
    correlation = float(spearmanr(measured, target)[0])
    took = {"music": music_took, "wind and city": foley_took, "duck and normalise": mix_took}
    for name, seconds in took.items():
        print(f"{name}: {seconds:.1f} s for a minute (limit {LIMITS[name]:g})")
    print(f"tension against target: Spearman {correlation:.2f} (at least {LEAST_CORRELATION})")
    for name, sound in (("music", music), ("wind and city", foley)):
        report = loudness_report(sound, SAMPLE_RATE)
        print(
            f"{name}: {report.integrated:.1f} LUFS, {report.true_peak:.1f} dBTP,"
            f" range {report.range:.1f} LU"
        )
    over = any(took[name] > limit for name, limit in LIMITS.items())
    return int(over or correlation < LEAST_CORRELATION)


if __name__ == "__main__":
    sys.exit(main())
