"""The gate: everything that must hold before a change is taken, in one command.

Cheap stages come first. When one of them fails, the others of its kind still run, so that one
round shows every fault, and the tests, which take minutes, wait for the next round. Nothing is
ever skipped in a passing run: the exit code is 0 only when every stage ran and passed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON_FOLDERS = ("src", "tests", "benchmarks", "tools")

COVERAGE_FLOOR = 94
"""Branch coverage of the package in percent below which the tests fail."""

MOST_PROCESSES = 4
"""Tests at once; each may render, which takes up to 3 GB."""


@dataclass(frozen=True)
class Stage:
    """One command of the gate."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a stage; ``passed`` is None when it was not reached."""

    stage: Stage
    passed: bool | None
    seconds: float = 0.0
    last_line: str = ""


STATIC = (
    Stage("lint", (str(BIN / "ruff"), "check", *PYTHON_FOLDERS)),
    Stage("format", (str(BIN / "ruff"), "format", "--check", *PYTHON_FOLDERS)),
    Stage("layers", (str(BIN / "lint-imports"),)),
    Stage("dependencies", (str(BIN / "deptry"), "src")),
    Stage("types", (str(BIN / "mypy"),)),
)

TESTS = Stage(
    "tests",
    (
        sys.executable,
        "-m",
        "pytest",
        "--numprocesses=auto",
        f"--maxprocesses={MOST_PROCESSES}",
        "--dist=loadfile",
        "--no-loadscope-reorder",
        "--cov",
        "--cov-branch",
        "--cov-report=term:skip-covered",
        f"--cov-fail-under={COVERAGE_FLOOR}",
        "--durations=10",
    ),
)


def run(stage: Stage) -> Outcome:
    """Run a stage, showing its output as it comes."""
    print(f"\n=== {stage.name}", flush=True)
    begun = time.monotonic()
    last_line = ""
    with subprocess.Popen(
        stage.command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last_line = line.strip() or last_line
    seconds = time.monotonic() - begun
    return Outcome(stage, process.returncode == 0, seconds, last_line)


def summary(outcomes: list[Outcome]) -> str:
    """The closing lines: every stage with its verdict and time."""
    words = {True: "passed", False: "FAILED", None: "not reached"}
    lines = ["", "=== summary"]
    lines += [f"{o.stage.name:<14}{words[o.passed]:<13}{o.seconds:7.1f} s" for o in outcomes]
    lines.append(outcomes[-1].last_line or "tests were not reached")
    return "\n".join(lines)


def main() -> int:
    """Run the gate; 0 when every stage passed, else 1."""
    outcomes = [run(stage) for stage in STATIC]
    clean = all(outcome.passed for outcome in outcomes)
    outcomes.append(run(TESTS) if clean else Outcome(TESTS, passed=None))
    print(summary(outcomes), flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
