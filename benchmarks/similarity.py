"""How often near copies of protected pictures are found, and how often others are taken for them.

Stills of the reporting side's shots are copied in the ways below and compared with themselves; then
each is compared with others that share no source with it. A near copy decides, so that its false
alarms count most; a hint asks a person.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Callable, Iterator

import cv2
import numpy as np
from mark_material.corpus import Corpus, recipes
from mark_material.recipe import FLAT, Kind, Recipe, Split
from numpy.typing import NDArray

from generique.marks.fingerprint.similarity import Likeness, Look, compare

Rgb = NDArray[np.uint8]
WIDE, HIGH = 640, 360
SHOTS, PAIRS, SEED = 120, 30_000, 3
RECALL, ALARMS = 0.95, 3e-4
"""Least share of copies found, by change; largest share of strangers taken for near copies."""
COMPOSED = {Kind.LETTERBOX, Kind.DISSOLVE, Kind.MONTAGE}
"""Made of parts that other shots may have too: they are strangers to none."""
LUMA = np.array([[0.2126, 0.7152, 0.0722]], np.float32)


def sized(picture: Rgb | cv2.typing.MatLike) -> Rgb:
    """At the size of the stills."""
    return np.asarray(cv2.resize(picture, (WIDE, HIGH), interpolation=cv2.INTER_AREA), np.uint8)


def hue(degrees: int) -> Callable[[Rgb], Rgb]:
    """Colours turned around the wheel."""

    def turned(picture: Rgb) -> Rgb:
        hsv = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV), np.uint8)
        hsv[..., 0] = (hsv[..., 0].astype(int) + degrees // 2) % 180
        return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)

    return turned


def jpeg(picture: Rgb) -> Rgb:
    """Coded hard."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 25])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def lighter(picture: Rgb) -> Rgb:
    """Brighter, with more contrast."""
    return np.asarray(np.clip(picture.astype(np.float32) * 1.2 + 15, 0, 255), np.uint8)


def gamma(picture: Rgb) -> Rgb:
    """Darker in the middle."""
    return (255 * (picture / 255.0) ** 1.5).astype(np.uint8)


def turned(picture: Rgb) -> Rgb:
    """By two degrees, corners cut."""
    matrix = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), 2.0, 1.08)
    return np.asarray(cv2.warpAffine(picture, matrix, (WIDE, HIGH)), np.uint8)


def pasted(picture: Rgb) -> Rgb:
    """Within another picture, at two thirds of its size."""
    out = np.full_like(picture, 90)
    out[60:300, 100:526] = cv2.resize(picture, (426, 240), interpolation=cv2.INTER_AREA)
    return out


CHANGES: dict[str, Callable[[Rgb], Rgb]] = {
    "as it is": lambda picture: picture,
    "jpeg, quality 25": jpeg,
    "a third of the size": lambda picture: sized(cv2.resize(picture, (213, 120))),
    "lighter": lighter,
    "gamma 1.5": gamma,
    "hue by 30 degrees": hue(30),
    "hue by 90 degrees": hue(90),
    "hue by 180 degrees": hue(180),
    "mirrored": lambda picture: np.ascontiguousarray(picture[:, ::-1]),
    "cropped to 80 %": lambda picture: sized(picture[36:324, 64:576]),
    "corner of 70 %": lambda picture: sized(picture[:252, :448]),
    "turned by 2 degrees": turned,
    "pasted into another": pasted,
}


def look(picture: Rgb) -> Look:
    """Its luma, looked at."""
    return Look.at(np.asarray(np.rint(cv2.transform(picture, LUMA)), np.uint8).reshape(HIGH, WIDE))


def stills(count: int) -> list[tuple[Recipe, Rgb]]:
    """The first frame of each of some shots of many kinds."""
    corpus = Corpus()
    wanted = [r for r in recipes(Split.REPORT) if r.kind not in FLAT and r.kind is not Kind.WORLD]
    order = np.random.default_rng(SEED).permutation(len(wanted))[:count]
    return [(wanted[n], sized(next(iter(corpus.draw(wanted[n]))))) for n in sorted(order)]


def recall(shots: list[tuple[Recipe, Rgb]]) -> Iterator[bool]:
    """One row for each change."""
    print(f"{'change':<24}{'near copy':>10}{'hint':>7}{'missed':>8}   limit {RECALL}")
    originals = [look(picture) for _, picture in shots]
    for name, change in CHANGES.items():
        found = [
            compare(look(change(picture)), original).likeness
            for (_, picture), original in zip(shots, originals, strict=True)
        ]
        near, hint = (
            found.count(kind) / len(found) for kind in (Likeness.NEAR_COPY, Likeness.HINT)
        )
        missed = "" if near >= RECALL else " MISSED"
        print(f"{name:<24}{near:>10.3f}{hint:>7.3f}{1 - near - hint:>8.3f}{missed}", flush=True)
        yield near >= RECALL


def alarms(shots: list[tuple[Recipe, Rgb]], most: int, seconds: float) -> bool:
    """Strangers, each pair once."""
    looks = [look(picture) for _, picture in shots]
    pairs = [
        (a, b)
        for a, b in itertools.combinations(range(len(shots)), 2)
        if not {shots[a][0].kind, shots[b][0].kind} & COMPOSED
        and (not shots[a][0].source or shots[a][0].source != shots[b][0].source)
    ]
    np.random.default_rng(SEED).shuffle(pairs)
    begun, counts, tried, told = time.monotonic(), dict.fromkeys(Likeness, 0), 0, []
    for a, b in pairs[:most]:
        if time.monotonic() - begun > seconds:
            break
        found = compare(looks[a], looks[b])
        counts[found.likeness] += 1
        tried += 1
        if found.likeness is Likeness.NEAR_COPY:
            names = f"{shots[a][0].name} and {shots[b][0].name}"
            told.append(f"  {names}: PDQ {found.distance}, {found.inliers} points")
    near, hint = counts[Likeness.NEAR_COPY] / tried, counts[Likeness.HINT] / tried
    # Of a rate below this one, so few would be seen in one run of twenty at most.
    bound = (counts[Likeness.NEAR_COPY] + 1.65 * counts[Likeness.NEAR_COPY] ** 0.5 + 3.0) / tried
    print(f"strangers: {tried:,} pairs of {len(shots)} stills; hints {hint:.1e}")
    print(
        f"taken for near copies {near:.1e} (at most {bound:.1e}), limit {ALARMS:g}", *told, sep="\n"
    )
    return near <= ALARMS


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=SHOTS)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--seconds", type=float, default=1e9, help="for the strangers")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    shots = stills(arguments.shots)
    holds = [*recall(shots), alarms(shots, arguments.pairs, arguments.seconds)]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
