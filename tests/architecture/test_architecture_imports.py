from __future__ import annotations

import os
import subprocess
import sys

from syntax_trees import ROOT, modules

HEAVY = (
    "numpy",
    "cv2",
    "numba",
    "scipy",
    "moderngl",
    "av",
    "c2pa",
    "opentimelineio",
    "typst",
    "embreex",
    "py_nanotts",
    "imageio_ffmpeg",
    "pyloudnorm",
    "httpx",
    "torch",
    "diffusers",
)
DEVELOPMENT_ONLY = (
    "hypothesis",
    "pytest",
    "encypher_c2pa",
    "mypy",
    "packaging.requirements",
    "coverage",
    "deptry",
    "httpx",
    "openai",
    "runwayml",
)

START = """
import sys
import generique.studio.cli.main
loaded = [name for name in {heavy!r} if name in sys.modules]
sys.exit(f"loaded at start-up: {{loaded}}" if loaded else 0)
"""

WITHOUT = """
import importlib, sys
for name in {absent!r}:
    sys.modules[name] = None
for name in {names!r}:
    importlib.import_module(name)
"""


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("COV")},
    )


def test_imports_point_down_only() -> None:
    lint_imports = os.path.join(os.path.dirname(sys.executable), "lint-imports")  # noqa: PTH118, PTH120 -- a link must not be followed
    done = subprocess.run([lint_imports], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


def test_heavy_libraries_are_not_loaded_at_start_up() -> None:
    done = python(START.format(heavy=HEAVY))
    assert done.returncode == 0, done.stderr


WITH_AN_EXTRA = {"backends.diffusers.work", "backends.hosted.web"}
"""Modules that only work with an extra; others import them when they are used."""


def test_the_base_install_needs_nothing_of_the_gate() -> None:
    names = [
        f"generique.{module.name}".rstrip(".")
        for module in modules()
        if module.row != "testing" and module.name not in WITH_AN_EXTRA
    ]
    assert len(names) > 30
    done = python(WITHOUT.format(absent=DEVELOPMENT_ONLY, names=names))
    assert done.returncode == 0, done.stderr[-2000:]
