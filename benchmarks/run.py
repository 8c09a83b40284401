"""Runs every benchmark of this folder, one after the other, and says which limits were exceeded.

A benchmark is a script that prints its figures and exits with 1 when one of them is over its
limit. Names may be given to run only some: ``python benchmarks/run.py install``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def benchmarks() -> tuple[Path, ...]:
    """The scripts of this folder, this one left out."""
    return tuple(path for path in sorted(HERE.glob("*.py")) if path != Path(__file__).resolve())


def main(names: list[str]) -> int:
    """Run them; 0 when all limits hold, 2 for a name that is not there, else 1."""
    known = {path.stem: path for path in benchmarks()}
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    exceeded = []
    for name in names or known:
        print(f"=== {name}", flush=True)
        if subprocess.run([sys.executable, str(known[name])], check=False).returncode != 0:
            exceeded.append(name)
    print(f"=== exceeded or failed: {', '.join(exceeded) or 'none'}")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
