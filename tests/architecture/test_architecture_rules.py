from __future__ import annotations

import subprocess
import sys

from syntax_trees import ROOT


def test_the_page_of_rules_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "clearance_rules.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_page_is_made_when_faults_are_mended() -> None:
    assert "tools/clearance_rules.py" in (ROOT / "Makefile").read_text("utf-8")
