"""How big the base install is, how long it takes on a warm cache, how soon the command answers.

Every wheel is fetched into a folder first, untimed. Limits: 1.2 GB, 90 s, 0.4 s for ``--help``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_BYTES = 1_200_000_000
LIMIT_SECONDS = 90.0
LIMIT_HELP = 0.4
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")


def measure(*command: str | Path) -> float:
    """Run a command that has to succeed; its wall time in seconds."""
    begun = time.monotonic()
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def size_of(folder: Path) -> int:
    """Bytes that the files under a folder take on the disk."""
    return sum(
        (Path(parent) / name).lstat().st_blocks * 512
        for parent, _, names in os.walk(folder)
        for name in names
    )


def largest(packages: Path) -> Iterator[tuple[int, str]]:
    """The ten biggest folders of an environment, bytes and name."""
    sizes = sorted(((size_of(p), p.name) for p in packages.iterdir() if p.is_dir()), reverse=True)
    yield from sizes[:10]


def install(folder: Path) -> float:
    """Make a base environment in a folder from wheels fetched before; seconds without fetching."""
    wheels = folder / "wheels"
    measure(sys.executable, *PIP, "download", "-r", "requirements.lock", "-d", wheels)
    python = folder / "venv" / "bin" / "python"
    offline = ("--no-compile", "--no-index", f"--find-links={wheels}")
    return sum(
        (
            measure(sys.executable, "-m", "venv", folder / "venv"),
            measure(python, *PIP, "install", *offline, "-r", "requirements.lock"),
            measure(python, *PIP, "install", "--no-deps", "--no-build-isolation", "-e", "."),
        )
    )


def report(what: str, value: float, limit: float, unit: str) -> bool:
    """Print a figure beside its limit; True when it holds."""
    holds = value <= limit
    print(f"{what:<28}{value:>9.2f} {unit:<3} limit {limit:g} {'' if holds else 'EXCEEDED'}")
    return holds


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds = install(folder)
        command = folder / "venv" / "bin" / "generique"
        measure(command, "--help")  # the first start writes byte code
        help_seconds = min(measure(command, "--help") for _ in range(5))
        packages = next((folder / "venv" / "lib").glob("python*")) / "site-packages"
        for bytes_taken, package in largest(packages):
            print(f"  {package:<36}{bytes_taken / 1e6:>7.0f} MB")
        holds = [
            report("base install, warm cache", seconds, LIMIT_SECONDS, "s"),
            report("size", size_of(folder / "venv") / 1e6, LIMIT_BYTES / 1e6, "MB"),
            report("generique --help", help_seconds, LIMIT_HELP, "s"),
        ]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
