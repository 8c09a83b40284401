"""Makes sure that the renderer finds OpenGL without a screen: libEGL, libGL and a Mesa driver.

Instant when all is there. What is missing is installed when this user may (root, or sudo that
asks for no password); otherwise the exact command is shown and the exit code is 2.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SHARED_OBJECTS = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}
"""What the OpenGL loader opens, and the Debian package that holds it."""

DRIVER_PACKAGE = "libgl1-mesa-dri"

DRIVER_PATTERNS = ("dri/*swrast_dri.so", "libgallium-*.so", "libgallium_dri.so")
"""Mesa's software renderer: one file for each driver up to release 24, one for all since."""


def library_folders() -> tuple[Path, ...]:
    """Folders where a distribution keeps shared objects, those that exist."""
    roots = [Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/local/lib")]
    return tuple(
        folder
        for root in roots
        for folder in (root, *sorted(root.glob("*-linux-gnu")))
        if folder.is_dir()
    )


def loads(name: str) -> bool:
    """True when the dynamic linker finds and loads a shared object."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_driver(folders: Iterable[Path]) -> bool:
    """True when one of the folders holds Mesa's software renderer."""
    return any(
        next(folder.glob(pattern), None) is not None
        for folder in folders
        for pattern in DRIVER_PATTERNS
    )


def missing_packages() -> tuple[str, ...]:
    """Debian packages that have to be installed, none when all is there."""
    packages = [package for name, package in SHARED_OBJECTS.items() if not loads(name)]
    if not has_driver(library_folders()):
        packages.append(DRIVER_PACKAGE)
    return tuple(packages)


def prefix() -> tuple[str, ...] | None:
    """Words before ``apt-get`` that give the right to install; None when there are none."""
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)
    return (sudo, "-n") if asked.returncode == 0 else None


def install(packages: tuple[str, ...], before: tuple[str, ...], apt: str) -> bool:
    """Install packages; True when both steps went well."""
    steps = (
        [*before, apt, "update", "-q"],
        [*before, apt, "install", "-q", "-y", "--no-install-recommends", *packages],
    )
    for step in steps:
        print("+", *step, file=sys.stderr)
        if subprocess.run(step, check=False, stdin=subprocess.DEVNULL).returncode != 0:
            return False
    return True


def main() -> int:
    """Check, install what is missing when allowed; 0 when all is there, else 2."""
    packages = missing_packages()
    if not packages:
        return 0
    print(f"The renderer needs {', '.join(packages)}.", file=sys.stderr)
    apt = shutil.which("apt-get")
    before = prefix()
    allowed = apt is not None and before is not None
    if allowed and install(packages, before or (), apt or "") and not missing_packages():
        return 0
    print(
        f"  next: sudo apt-get update && sudo apt-get install {' '.join(packages)}", file=sys.stderr
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
