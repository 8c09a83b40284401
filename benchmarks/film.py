"""How long the example takes: cold, with light baked, with nothing changed; and is it the same?

The plain reference, measured in the same run, is the encoding of as many flat frames by ffmpeg
alone: the least that any way of making the masters costs. Run with ``--quality preview`` for the
figures of ``make film``; ``draft`` is the default.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import imageio_ffmpeg

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "dawn-chorus"
LIMITS = {
    ("draft", "cold"): 300.0,
    ("draft", "light baked"): 180.0,
    ("preview", "cold"): 720.0,
    ("draft", "nothing changed"): 5.0,
    ("preview", "nothing changed"): 5.0,
}


def copy_of_the_example(target: Path) -> Path:
    """The example without what an earlier run made."""
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("out", ".generique"))
    return target


def produce(folder: Path, quality: str, home: Path) -> tuple[float, dict[str, str]]:
    """Make the film; wall seconds and the essence digest of each master."""
    begun = time.monotonic()
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "generique"),
            *("produce", str(folder), "--quality", quality, "--demo-review", "-q", "--json"),
        ],
        env={**os.environ, "GENERIQUE_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    essences: dict[str, str] = json.loads(done.stdout)["essences"]
    return time.monotonic() - begun, essences


def reseed(folder: Path) -> None:
    """Another seed: every take is made anew, the place and its light stay."""
    settings = folder / "production.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^seed = \d+$", "seed = 2", text), encoding="utf-8")


def flat_encode(frames: int, folder: Path) -> float:
    """Seconds that ffmpeg alone takes to encode flat frames with the masters' settings."""
    begun = time.monotonic()
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(),
            *("-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=1280x720:r=24"),
            *("-frames:v", str(frames), "-c:v", "libx264", "-preset", "medium", "-crf", "17"),
            *("-threads", "2", str(folder / "flat.mp4")),
        ],
        check=True,
    )
    return time.monotonic() - begun


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a limit is exceeded or a repetition differs."""
    quality = "preview" if "preview" in arguments else "draft"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        first = copy_of_the_example(Path(name) / "first")
        rows: list[tuple[str, float]] = []
        seconds, essences = produce(first, quality, home)
        rows.append(("cold", seconds))
        seconds, again = produce(first, quality, home)
        rows.append(("nothing changed", seconds))
        reseed(first)
        seconds, other = produce(first, quality, home)
        rows.append(("light baked", seconds))
        frames = json.loads((first / "out" / "lineage.json").read_text(encoding="utf-8"))["frames"]
        reference = flat_encode(frames * 2, Path(name))
    bad = essences != again or essences == other
    print(f"{quality:<20} {'seconds':>9} {'limit':>8} {'x flat encode':>14}")
    for what, seconds in rows:
        limit = LIMITS.get((quality, what))
        bad = bad or (limit is not None and seconds > limit)
        print(f"{what:<20} {seconds:>9.1f} {limit or '':>8} {seconds / reference:>14.1f}")
    print(f"flat encode of {frames * 2} frames: {reference:.1f} s")
    print(
        f"same essences the second time: {essences == again}; others with a new seed: "
        f"{essences != other}"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
