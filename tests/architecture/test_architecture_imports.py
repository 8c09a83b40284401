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

HELP = """
import sys
from generique.studio.cli.main import main
sys.argv = ["generique", "--help"]
try:
    main()
finally:
    known = {*sys.stdlib_module_names, "generique", "sitecustomize", *@terminal@}
    loaded = {name.partition(".")[0] for name in sys.modules}
    others = sorted(name for name in loaded - known if not name.startswith("_"))
    print(f"loaded: {others}", file=sys.stderr)
"""
TERMINAL = (
    "annotated_doc",
    "attr",
    "markdown_it",
    "mdurl",
    "pygments",
    "rich",
    "shellingham",
    "typer",
)
"""What writes help on a terminal. It takes a third of a second already."""

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


def test_help_loads_nothing_but_what_writes_on_a_terminal() -> None:
    done = python(HELP.replace("@terminal@", repr(TERMINAL)))
    assert done.returncode == 0, done.stderr
    assert "Usage: generique" in done.stdout
    assert done.stderr.splitlines()[-1] == "loaded: []"


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
