"""The example of a plug-in: its own test passes, and it is found as an installed package is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PLUGIN = ROOT / "examples" / "plugin-backend"


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """Environment in which it is installed, as pip would have it."""
    project = tomllib.loads((PLUGIN / "pyproject.toml").read_text("utf-8"))["project"]
    place = tmp_path / f"generique_lantern-{project['version']}.dist-info"
    place.mkdir()
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (place / "METADATA").write_text(about)
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
        for group, points in project["entry-points"].items()
    ]
    (place / "entry_points.txt").write_text("\n".join(lines))
    paths = (str(ROOT / "src"), str(PLUGIN), str(tmp_path), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def run(installed: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        check=False,
        capture_output=True,
        text=True,
        env=installed,
        cwd=PLUGIN,
    )


def test_its_own_test_passes(installed: dict[str, str], tmp_path: Path) -> None:
    aside = ("-p", "no:cacheprovider", "--basetemp", str(tmp_path / "aside"))
    done = run(installed, "-B", "-m", "pytest", "-q", *aside)
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout
    assert "skipped" not in done.stdout


def test_it_is_found_as_an_installed_package_is(installed: dict[str, str]) -> None:
    done = run(installed, "-B", "-m", "generique.studio.cli.main", "backends", "--json")
    assert done.returncode == 0, done.stderr
    found = {each["name"]: each for each in json.loads(done.stdout)["backends"]}
    assert found["lantern:one"]["price"] == "0.05 EUR a second"
    assert found["lantern:one"]["capabilities"]["kinds"] == ["shot"]
    assert found["lantern:one"]["state"] == "not configured"
