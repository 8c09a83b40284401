"""Stops early, with the command to type, when this Python cannot make the environment.

Runs with the system's Python before anything is installed, so it must also load on old ones.
"""

from __future__ import annotations

import importlib.util
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def fault(version: tuple[int, int], *, has_venv: bool) -> str | None:
    """What is wrong with a Python, as text for the reader; None when it will do.

    Args:
        version: Major and minor version.
        has_venv: True when it can make environments with pip in them.
    """
    mine = f"{version[0]}.{version[1]}"
    if not OLDEST <= version <= NEWEST:
        return (
            f"Python {mine} will not do: 3.11, 3.12 or 3.13 is needed.\n"
            "  next: sudo apt-get install python3.11 python3.11-venv\n"
            "        make PYTHON=python3.11 film"
        )
    if not has_venv:
        return (
            f"Python {mine} cannot make virtual environments here.\n"
            f"  next: sudo apt-get install python{mine}-venv"
        )
    return None


def main() -> int:
    """Check the Python that runs this; 0 when it will do, else 2."""
    has_venv = all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))
    found = fault((sys.version_info[0], sys.version_info[1]), has_venv=has_venv)
    if found is None:
        return 0
    print(found, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
