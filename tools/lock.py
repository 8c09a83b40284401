"""Brings the environment within the ranges of ``pyproject.toml`` and writes the lock files.

What is installed and within its range stays as it is; ``--upgrade`` takes the newest instead.
``requirements.lock`` pins what the program needs and the backend that installs it;
``requirements-dev.lock`` pins what the gate needs on top. Both hold plain ``name==version``
lines: no addresses, no paths, so that any package index serves.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

EDITABLE_SUPPORT = "editables>=0.5,<1"
"""What hatchling asks for when it installs a checkout in place."""


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Everything that some requirements need, as installed here.

    Args:
        requirements: PEP 508 requirements.

    Returns:
        Version by normalised name.

    Raises:
        importlib.metadata.PackageNotFoundError: One of them is not installed.
    """
    versions: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        distribution = metadata.distribution(name)
        versions[name] = distribution.version
        for text in distribution.requires or ():
            need = Requirement(text)
            marker = need.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras)):
                waiting.append(need)
    return versions


def render(title: str, versions: dict[str, str]) -> str:
    """A lock file's text: a title line and sorted pins."""
    pins = "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))
    return f"# {title}; written by `make lock`, not by hand.\n{pins}"


@dataclass(frozen=True)
class Needs:
    """What ``pyproject.toml`` asks for, as PEP 508 requirements."""

    base: tuple[str, ...]
    dev: tuple[str, ...]


def read_needs(pyproject: Path) -> Needs:
    """The requirements of a project: its own and its build backend's, and those of its gate."""
    project = tomllib.loads(pyproject.read_text("utf-8"))
    return Needs(
        base=(
            *project["project"]["dependencies"],
            *project["build-system"]["requires"],
            EDITABLE_SUPPORT,
        ),
        dev=tuple(project["dependency-groups"]["dev"]),
    )


def lock_files(needs: Needs) -> dict[str, str]:
    """The text of both lock files, by file name."""
    base = closure(needs.base)
    added = {name: version for name, version in closure(needs.dev).items() if name not in base}
    return {
        "requirements.lock": render("What the program needs", base),
        "requirements-dev.lock": render("What the gate needs on top", added),
    }


def main(arguments: list[str]) -> int:
    """Install what is asked for and write both files; 0 when done."""
    needs = read_needs(ROOT / "pyproject.toml")
    upgrade = ["--upgrade", "--upgrade-strategy=eager"] if "--upgrade" in arguments else []
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    installed = subprocess.run([*pip, *upgrade, *needs.base, *needs.dev], check=False)
    if installed.returncode != 0:
        return installed.returncode
    for name, text in lock_files(needs).items():
        (ROOT / name).write_text(text, "utf-8")
        print(f"{name}: {text.count('==')} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
