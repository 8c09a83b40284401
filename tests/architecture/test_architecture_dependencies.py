from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from syntax_trees import ROOT


def tool(name: str) -> ModuleType:
    """A script of ``tools/`` as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


LOCK = tool("lock")
CHECK_PYTHON = tool("check_python")
SYSTEM = tool("system_libraries")
GATE = tool("gate")


def pins(name: str) -> dict[str, str]:
    """Version by package name of a lock file."""
    lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line[:1] != "#"]
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[A-Za-z0-9.]+", line), line
    found = dict(line.split("==") for line in lines)
    assert list(found) == sorted(found)
    return found


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    base, added = pins("requirements.lock"), pins("requirements-dev.lock")
    assert not set(base) & set(added)
    needs = LOCK.read_needs(ROOT / "pyproject.toml")
    for group, available in ((needs.base, base), (needs.dev, {**base, **added})):
        for text in group:
            requirement = Requirement(text)
            version = available[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version, prereleases=True), text


def test_the_lock_files_are_complete() -> None:
    needs = LOCK.read_needs(ROOT / "pyproject.toml")
    for name, text in LOCK.lock_files(needs).items():
        wanted = {line.partition("==")[0] for line in text.splitlines() if line[:1] != "#"}
        assert set(pins(name)) == wanted, "run `make lock`"


def test_every_range_has_a_floor_and_a_ceiling() -> None:
    needs = LOCK.read_needs(ROOT / "pyproject.toml")
    for text in (*needs.base, *needs.dev):
        operators = {specifier.operator for specifier in Requirement(text).specifier}
        assert operators == {">=", "<"}, text


def test_every_base_dependency_is_credited() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    credited = set(re.findall(r"(?m)^\| ([A-Za-z0-9._-]+) +\|", text))
    credited = {canonicalize_name(name) for name in credited}
    assert set(pins("requirements.lock")) <= credited


def test_the_media_of_the_example_are_credited() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    for path in (ROOT / "examples").glob("*/media/*"):
        if path.suffix not in {".toml", ".txt"}:
            assert path.name in text


@pytest.mark.parametrize(
    ("version", "has_venv", "words"),
    [
        ((3, 11), True, None),
        ((3, 13), True, None),
        ((3, 10), True, "apt-get install python3.11 python3.11-venv"),
        ((3, 14), True, "3.11, 3.12 or 3.13"),
        ((3, 12), False, "sudo apt-get install python3.12-venv"),
    ],
)
def test_a_python_that_will_not_do_is_told_what_to_type(
    version: tuple[int, int], *, has_venv: bool, words: str | None
) -> None:
    fault = CHECK_PYTHON.fault(version, has_venv=has_venv)
    assert (fault is None) if words is None else words in fault


def test_the_driver_is_found_under_each_of_its_names(tmp_path: Path) -> None:
    assert not SYSTEM.has_driver([tmp_path])
    (tmp_path / "libgallium-25.0.7-2.so").touch()
    assert SYSTEM.has_driver([tmp_path])
    other = tmp_path / "other"
    (other / "dri").mkdir(parents=True)
    (other / "dri" / "swrast_dri.so").touch()
    assert SYSTEM.has_driver([other])


def test_a_library_that_is_not_there_does_not_load() -> None:
    assert not SYSTEM.loads("libsurely-not-there.so.1")


def test_missing_libraries_stop_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(SYSTEM, "missing_packages", lambda: ("libegl1", "libgl1-mesa-dri"))
    monkeypatch.setattr(SYSTEM, "prefix", lambda: None)
    assert SYSTEM.main() == 2
    assert "sudo apt-get install libegl1 libgl1-mesa-dri" in capsys.readouterr().err


def test_missing_libraries_are_installed_when_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([("libegl1",), ()])
    asked: list[tuple[object, ...]] = []

    def install(*arguments: object) -> bool:
        asked.append(arguments)
        return True

    monkeypatch.setattr(SYSTEM, "missing_packages", lambda: next(answers))
    monkeypatch.setattr(SYSTEM, "prefix", lambda: ("sudo", "-n"))
    monkeypatch.setattr(SYSTEM, "install", install)
    monkeypatch.setattr(SYSTEM.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert SYSTEM.main() == 0
    assert asked == [(("libegl1",), ("sudo", "-n"), "/usr/bin/apt-get")]


def test_a_stage_that_fails_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    passing = GATE.Stage("good", (sys.executable, "-c", "print('3 passed')"))
    failing = GATE.Stage("bad", (sys.executable, "-c", "raise SystemExit(3)"))
    outcomes = [GATE.run(failing), GATE.run(passing)]
    assert [outcome.passed for outcome in outcomes] == [False, True]
    text = GATE.summary(outcomes)
    assert "FAILED" in text
    assert text.endswith("3 passed")
    assert "=== bad" in capsys.readouterr().out


@pytest.mark.parametrize(("verdict", "code"), [(True, 0), (False, 1)])
def test_the_gate_fails_when_a_stage_does(
    monkeypatch: pytest.MonkeyPatch, *, verdict: bool, code: int
) -> None:
    reached: list[object] = []

    def run(stage: object) -> object:
        reached.append(stage)
        return GATE.Outcome(stage, passed=verdict)

    monkeypatch.setattr(GATE, "run", run)
    assert GATE.main() == code
    assert len(reached) == len(GATE.STATIC) + verdict
