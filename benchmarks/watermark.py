"""What the picture mark survives, how well it hides, what it costs, and how often it is wrong.

Every shot of the report side of the test material is marked with an identity of its own, written
as a master, attacked, and read three ways: blind (any of 2^64 identities), by registry (100,000
known identities, the marked ones among them), and, for the smallest pictures, informed (place and
unmarked archive frames known). Results are appended to a file, so that a run that was stopped goes
on; ``--table`` prints what there is. Nothing was tuned on this side of the material.

A shot counts as textured by a measure of its unmarked middle frame that was set before the run:
in at least half of the blocks of 8 x 8 pixels the luma has a standard deviation of 2 and more.
All other shots, whatever they show, are reported apart.

    python benchmarks/watermark.py --shots 300            # main attack on all, others in turn
    python benchmarks/watermark.py --negatives 100000     # alarms on unmarked windows
    python benchmarks/watermark.py --costs                # speed, 10 bits, 4K
    python benchmarks/watermark.py --table
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from mark_material.attacks import Truth, attack
from mark_material.corpus import Corpus, recipes
from mark_material.recipe import Recipe, Split
from mark_material.video import write_frames
from numpy.typing import NDArray

from generique.machineroom.mark_reader import gather_marks, luma_frames
from generique.marks.watermark import (
    MarkGatherer,
    MarkReading,
    MarkRegistry,
    MarkSum,
    PictureMarker,
    Placement,
    read_at,
    read_mark,
)
from generique.marks.watermark.code import CODE_BITS
from generique.marks.watermark.geometry import (
    GRID,
    Geometry,
    Spectrum,
    best_places,
    natural_scale,
    scale_steps,
)

MAIN = "crop5_half_crf28"
SMALL = "426x240_crf28"
LATE = "late_crop5_half_crf28"
PLAIN = (
    LATE,
    *("crop55", SMALL, "hevc_crf28", "av1_crf30", "rate_conversion", "speed_4"),
    *("brightness_up", "brightness_down", "logo", "subtitles", "screen_recording"),
    *("hevc_crf32", "av1_crf32", "h264_crf30", "double_transcode", "ten_bit", "combination"),
)
DISTORTED = ("mirror", "squeeze_4_3", "rotation1")
OTHERS = (*PLAIN, *DISTORTED)
INFORMED = f"{SMALL} informed"
WAYS = ("blind", "registry", "informed")
LIMITS = {MAIN: 0.99, SMALL: 0.60, INFORMED: 0.95}
USUAL_LIMIT = 0.95
UNLIMITED = {LATE, "double_transcode", "combination", "h264_crf30", *DISTORTED}
KNOWN = 100_000
SCALES, BLOCK_OF_WINDOWS = 24, 1000
ALARMS = ("5.0", "5.5", "6.0", "6.5", "7.0", "7.5")
TEXTURED, BLOCK, ROUGH = 0.5, 8, 2.0
REVISION = 2
"""Of the mark: raise it when the mark changes, so that old results no longer count."""
LUMA = np.array([[0.2126, 0.7152, 0.0722]], np.float32)

Row = dict[str, Any]


def identity(recipe: Recipe) -> int:
    """The identity that a shot is marked with."""
    return int(hashlib.sha256(f"mark {recipe.name}".encode()).hexdigest()[:16], 16)


def texture(frame: NDArray[np.uint8]) -> float:
    """Share of the blocks of a frame whose luma varies."""
    luma = cv2.transform(frame, LUMA.astype(np.float32)).astype(np.float32)
    rows, columns = (side // BLOCK for side in luma.shape[:2])
    blocks = luma[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
    return float((blocks.std(axis=(1, 3)) >= ROUGH).mean())


def mark_shot(corpus: Corpus, recipe: Recipe, target: Path) -> Row:
    """Write the marked master of a shot; its quality and the seconds of marking alone."""
    errors: list[float] = []
    spent, rough = 0.0, 0.0

    def frames() -> Iterator[NDArray[np.uint8]]:
        nonlocal spent, rough
        marker = PictureMarker(
            identity(recipe),
            width=recipe.raster.width,
            height=recipe.raster.height,
            frames=recipe.frames,
        )
        for number, frame in enumerate(corpus.frames(recipe)):
            begun = time.perf_counter()
            marked = marker.mark_rgb(frame, number=number)
            spent += time.perf_counter() - begun
            change = cv2.subtract(marked, frame, dtype=cv2.CV_32F)
            luma = cv2.transform(change, LUMA)
            rough = texture(frame) if number == recipe.frames // 2 else rough
            errors.append(float(cv2.norm(luma, cv2.NORM_L2SQR)) / luma.size)
            yield marked

    write_frames(frames(), target, recipe.raster, recipe.rate)
    psnr = 10 * math.log10(255**2 / max(float(np.mean(errors)), 1e-6))
    return {"psnr": psnr, "fps": len(errors) / spent, "texture": round(rough, 3)}


def informed(
    corpus: Corpus, recipe: Recipe, copy: Path, truth: Truth, known: MarkRegistry
) -> MarkReading:
    """Read with the unmarked archive frames, at a place that is known as well as ORB knows it."""
    chance = np.random.default_rng(identity(recipe) % 2**32)
    wobble = np.eye(3)
    wobble[:2, :2] *= 1 + chance.uniform(-0.002, 0.002)
    wobble[:2, 2] = chance.uniform(-1.5, 1.5, 2)
    matrix = (wobble @ truth.matrix)[:2]
    raster = truth.source.raster
    placement = Placement(matrix, width=raster.width, height=raster.height)
    archive = [luma.luma for luma in luma_frames(corpus.path(recipe), longer_side=None)]
    gatherer: MarkGatherer | None = None
    for number, frame in enumerate(luma_frames(copy)):
        if gatherer is None:
            height, width = frame.luma.shape
            gatherer = MarkGatherer(width=width, height=height, bits=frame.bits)
        source = archive[truth.frames[number]]
        gatherer.add_residual(placement.without(frame.luma, source), weight=frame.weight)
    if gatherer is None:
        raise SystemExit(f"{copy} is empty")
    return read_at(gatherer.take(), placement, registry=known)


def judged(reading: MarkReading, due: int) -> Row:
    """What is kept of a reading."""
    name = f"{due:016x}"
    return {
        "right": reading.mark_id == name,
        "wrong": reading.mark_id not in (None, name),
        "sync": round(reading.sync, 2),
        "word": round(reading.word, 2),
        "bits": 1 - reading.corrected_bits / CODE_BITS,
    }


def measure(corpus: Corpus, recipe: Recipe, names: list[str], known: MarkRegistry) -> Iterator[Row]:
    """Mark a shot once and read it after each attack."""
    due = identity(recipe)
    with tempfile.TemporaryDirectory(dir=corpus.folder) as scratch:
        master, copy = Path(scratch) / "master.mp4", Path(scratch) / "copy.mp4"
        about = mark_shot(corpus, recipe, master)
        for name in names:
            begun = time.perf_counter()
            truth = attack(name, master, copy)
            gathered = MarkSum.of([window.gathered for window in gather_marks(copy)])
            thorough = name in DISTORTED
            row: Row = {"shot": recipe.name, "kind": recipe.kind.value, "attack": name, **about}
            row["blind"] = judged(read_mark(gathered, thorough=thorough), due)
            row["registry"] = judged(read_mark(gathered, registry=known, thorough=thorough), due)
            if name == SMALL:
                row["informed"] = judged(informed(corpus, recipe, copy, truth, known), due)
            row["seconds"] = round(time.perf_counter() - begun, 1)
            yield row


def run_shots(arguments: argparse.Namespace, corpus: Corpus, results: Path) -> None:
    """Measure what is not in the results yet."""
    split = Split.TUNE if arguments.tune else Split.REPORT
    textured = recipes(split, textured=True, slow=arguments.slow)[: arguments.shots]
    flat = recipes(split, textured=False)[: arguments.flat]
    ids = [identity(recipe) for recipe in recipes(split)]
    chance = np.random.default_rng(11)
    others = chance.integers(0, 2**64, KNOWN - len(ids), dtype=np.uint64)
    known = MarkRegistry(np.append(others, np.array(ids, np.uint64)))
    done = {(row["shot"], row["attack"]) for row in rows(results)}
    for number, recipe in enumerate([*flat, *textured]):
        turn = [OTHERS[(number * arguments.each + k) % len(OTHERS)] for k in range(arguments.each)]
        wanted = [MAIN, *(turn if recipe.textured else [])]
        names = [name for name in wanted if (recipe.name, name) not in done]
        if not names:
            continue
        for row in measure(corpus, recipe, names, known):
            row["textured"] = row["texture"] >= TEXTURED
            with results.open("a") as stream:
                stream.write(json.dumps(row) + "\n")
        print(
            f"\r{number + 1}/{len(flat) + len(textured)} {recipe.name:<36}", end="", file=sys.stderr
        )
    print(file=sys.stderr)


def negatives(corpus: Corpus, windows: int, results: Path) -> None:
    """Windows of unmarked shots, cropped and resized at random, against random scales.

    Goes on where the results end, in blocks of a thousand windows with seeds of their own.
    """
    shots = recipes(Split.REPORT, slow=False)
    np.random.default_rng(5).shuffle(shots)
    made = [corpus.path(recipe) for recipe in shots if _made(corpus, recipe)][:90]
    sums = [w.gathered.residual for path in made for w in gather_marks(path)]
    summary: Row = json.loads(results.read_text()) if results.exists() else {"windows": 0}
    summary |= {"shots": len(made), "sums": len(sums), "scales": SCALES}
    for block in range(summary["windows"] // BLOCK_OF_WINDOWS, windows // BLOCK_OF_WINDOWS):
        chance = np.random.default_rng([5, block])
        found: list[float] = []
        while len(found) < BLOCK_OF_WINDOWS:
            found += _windows(sums[int(chance.integers(len(sums)))], chance)
        before = summary.get("over", {})
        summary["over"] = {
            level: before.get(level, 0) + sum(z >= float(level) for z in found) for level in ALARMS
        }
        summary["highest"] = max([*found, summary.get("highest", 0.0)])
        summary["windows"] += len(found)
        results.write_text(json.dumps(summary))


def _windows(residual: NDArray[np.float32], chance: np.random.Generator) -> list[float]:
    """Highest pilots of a part of a sum as it is, mirrored, and both upside down."""
    keep = chance.uniform(0.55, 1)
    high, wide = (round(side * keep) for side in residual.shape)
    top, left = (
        int(chance.integers(0, side - cut + 1))
        for side, cut in zip(residual.shape, (high, wide), strict=True)
    )
    part = residual[top : top + high, left : left + wide]
    size = (int(chance.integers(320, 560)), int(chance.integers(180, 320)))
    part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.float32)
    spectrum = Spectrum(MarkSum(np.ascontiguousarray(part), 1))
    natural = natural_scale(*size)
    scales = scale_steps(*size, 0.5 * natural, 3 * natural)
    found = []
    for turn, mirrored in ((0.0, False), (0.0, True), (180.0, False), (180.0, True)):
        # Turned and mirrored the same waves stand against other phases: another window.
        drawn = chance.choice(scales, SCALES, replace=False)
        places = [Geometry(s, s, turn, mirrored=mirrored) for s in drawn]
        found.append(best_places(spectrum, places, 1)[0].sync)
    return found


def _made(corpus: Corpus, recipe: Recipe) -> bool:
    """Whether a shot lies in the corpus already: negatives make none of their own."""
    name = f"{recipe.digest.removeprefix('sha256:')[:32]}.mp4"
    return (corpus.folder / "shots" / name).exists()


def costs(corpus: Corpus) -> bool:
    """Speed of marking and gathering in seconds of one core's time, 10 bits, 4K."""
    cv2.setNumThreads(1)
    frames = [
        frame for _, frame in zip(range(24), corpus.frames(recipes(Split.REPORT)[0]), strict=False)
    ]
    height, width = frames[0].shape[:2]
    marker = PictureMarker(1, width=width, height=height)
    marker.mark_rgb(frames[0])
    begun = time.process_time()
    for frame in frames * 3:
        marker.mark_rgb(frame)
    marking = 72 / (time.process_time() - begun)
    small = [
        cv2.resize(frame[..., 1], (640, 360), interpolation=cv2.INTER_AREA) for frame in frames
    ]
    gatherer = MarkGatherer(width=640, height=360)
    begun = time.process_time()
    for plane in small * 10:
        gatherer.add(np.asarray(plane, np.uint8))
    gathering = 240 / (time.process_time() - begun)
    print(f"marking {width} x {height}, one core {marking:8.1f} fps  limit 40")
    print(f"gathering 640 x 360, one core  {gathering:8.1f} fps  limit 300")
    fits = [marking >= 40, gathering >= 300, *_rasters(frames[0])]
    return all(fits)


def _rasters(frame: NDArray[np.uint8]) -> Iterator[bool]:
    for width, height, bits in ((3840, 2160, 8), (1280, 720, 10), (3840, 2160, 10), (426, 240, 8)):
        plane = cv2.resize(frame[..., 1], (width, height), interpolation=cv2.INTER_CUBIC)
        kind = np.uint8 if bits == 8 else np.uint16
        deep = np.rint(16.0 * 2 ** (bits - 8) + plane * (219 / 255 * 2 ** (bits - 8))).astype(kind)
        marker = PictureMarker(77, width=width, height=height)
        marked = marker.mark_luma(deep, bits=bits)
        begun = time.process_time()
        marker.mark_luma(deep, bits=bits)
        spent = time.process_time() - begun
        error = float(np.mean((marked.astype(np.float64) - deep) ** 2))
        psnr = 10 * math.log10((2**bits - 1) ** 2 / max(error, 1e-9))
        size = (min(width, 640), min(height, 360))
        proxy = cv2.resize(marked, size, interpolation=cv2.INTER_AREA)
        gatherer = MarkGatherer(width=size[0], height=size[1], bits=bits)
        gatherer.add_residual(np.asarray(proxy, np.float32) / 2 ** (bits - 8))
        right = read_mark(gatherer.take()).mark_id == f"{77:016x}"
        about = f"{width} x {height}, {bits} bits: {psnr:5.1f} dB, {1 / spent:5.1f} fps"
        print(f"{about}, read from one frame: {right}")
        yield psnr >= 44 and right


def rows(results: Path) -> list[Row]:
    """The results so far."""
    return (
        [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    )


def table(results: Path, negative: Path) -> bool:
    """Print all rows; True when every limit holds."""
    everything = rows(results)
    textured = [row for row in everything if row["textured"]]
    print(
        f"{'attack':<24}{'shots':>6}{'registry':>10}{'blind':>8}{'id bits':>9}{'code':>7}", end=""
    )
    print(f"{'wrong':>7}  limit")
    holds = []
    for name in (MAIN, *OTHERS):
        some = [row for row in textured if row["attack"] == name]
        if some:
            holds.append(_line(name, some, LIMITS.get(name, USUAL_LIMIT)))
    some = [row for row in textured if "informed" in row]
    if some:
        holds.append(_line(INFORMED, some, LIMITS[INFORMED], how="informed"))
    flat = [row for row in everything if not row["textured"] and row["attack"] == MAIN]
    if flat:
        holds.append(_line("not textured, main", flat, 0.0))
    if everything:
        holds.append(_quality(everything))
    if negative.exists():
        _negative_lines(json.loads(negative.read_text()))
    return all(holds)


def _line(name: str, some: list[Row], limit: float, how: str = "registry") -> bool:
    """One row; an answer that is not given counts as half of its 64 bits guessed."""
    count = len(some)
    right = sum(row[how]["right"] for row in some) / count
    blind = sum(row["blind"]["right"] for row in some) / count
    code = np.median([row[how]["bits"] for row in some])
    wrong = sum(row[way]["wrong"] for row in some for way in WAYS if way in row)
    limited = name not in UNLIMITED and limit > 0
    bits = (1 + right) / 2
    low = limited and (right < limit or (name == "crop55" and bits < 0.99))
    print(
        f"{name:<24}{count:>6}{right:>10.3f}{blind:>8.3f}{bits:>9.3f}{code:>7.3f}{wrong:>7}", end=""
    )
    print(f"  {f'{limit:.2f}' if limited else '-'}{' MISSED' if low or wrong else ''}")
    return not (low or wrong)


def _quality(everything: list[Row]) -> bool:
    """Luma PSNR, and what the main attack leaves of each kind of shot."""
    quality = sorted({row["shot"]: row["psnr"] for row in everything}.values())
    middle = quality[len(quality) // 2]
    print(f"luma PSNR: least {quality[0]:.2f}, median {middle:.2f} dB, limit 44")
    kinds: dict[str, list[bool]] = {}
    for row in everything:
        if row["attack"] == MAIN:
            kinds.setdefault(row["kind"], []).append(row["registry"]["right"])
    by_kind = (f"{kind} {sum(right)}/{len(right)}" for kind, right in sorted(kinds.items()))
    print(f"main attack by kind: {', '.join(by_kind)}")
    return bool(quality[0] >= 44)


def _negative_lines(summary: Row) -> None:
    tried = summary["windows"] * summary["scales"]
    print(
        f"negative windows: {summary['windows']:,} from {summary['shots']} unmarked shots, "
        f"{summary['scales']} scales each; highest pilots {summary['highest']:.2f}"
    )
    for threshold, count in summary["over"].items():
        bound = min(1.0, GRID**2 * math.exp(-(float(threshold) ** 2) / 2))
        print(f"  pilots >= {threshold}: {count} ({count / tried:.1e} a scale; bound {bound:.1e})")


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=0)
    parser.add_argument("--flat", type=int, default=0)
    parser.add_argument("--each", type=int, default=2, help="attacks beside the main one")
    parser.add_argument("--slow", action="store_true", help="with rendered shots")
    parser.add_argument("--tune", action="store_true", help="the other side, while developing")
    parser.add_argument("--negatives", type=int, default=0)
    parser.add_argument("--costs", action="store_true")
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    if not (
        arguments.shots
        or arguments.flat
        or arguments.negatives
        or arguments.costs
        or arguments.table
    ):
        arguments.shots, arguments.flat, arguments.slow = 400, 60, True
        arguments.negatives, arguments.costs = 100_000, True
    corpus = Corpus()
    side = "tune" if arguments.tune else "report"
    results = corpus.folder / f"watermark-{side}-{REVISION}.jsonl"
    negative = corpus.folder / f"watermark-negatives-{REVISION}.json"
    if arguments.shots or arguments.flat:
        run_shots(arguments, corpus, results)
    if arguments.negatives:
        negatives(corpus, arguments.negatives, negative)
    fast = costs(corpus) if arguments.costs else True
    return 0 if table(results, negative) and fast else 1


if __name__ == "__main__":
    sys.exit(main())
