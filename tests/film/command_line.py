"""The command line as its users meet it: another process, its own home, nothing patched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generique.testing.productions import install_canned


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on standard output."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True)
class Machine:
    """A machine of a person: a home with keys, and the canned backend as a plug-in."""

    home: Path
    plugins: Path

    @classmethod
    def at(cls, folder: Path) -> Machine:
        return cls(home=folder / "home", plugins=install_canned(folder / "plugins"))

    @property
    def environment(self) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(self.plugins), os.environ.get("PYTHONPATH"))))
        return os.environ | {"GENERIQUE_HOME": str(self.home), "PYTHONPATH": path}

    def command(self, *words: object) -> list[str]:
        program = "from generique.studio.cli.main import main; main()"
        return [sys.executable, "-c", program, *(str(word) for word in words)]

    def run(self, *words: object, cwd: Path | None = None) -> Said:
        done = subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start a command as the leader of a process group of its own."""
        return subprocess.Popen(
            self.command(*words),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
