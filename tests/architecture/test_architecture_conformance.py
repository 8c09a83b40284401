"""The page that says what backends offer is written from what they offer."""

from __future__ import annotations

import subprocess
import sys

from syntax_trees import ROOT


def test_the_page_of_conformance_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "conformance.py"), "--check"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr


def test_every_backend_passes_the_law_of_its_sort() -> None:
    page = (ROOT / "docs" / "conformance.md").read_text("utf-8")
    table = page[page.index("| Backend | Makes | Law |") : page.index("## Files to follow")]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) >= 15
    assert [row[1].strip() for row in rows if not row[3].strip().startswith("[Test")] == []


def test_every_role_that_a_model_takes_is_shown_by_a_test() -> None:
    page = (ROOT / "docs" / "conformance.md").read_text("utf-8")
    roles = page[page.index("## Files to follow") : page.index("## Models of the cards")]
    assert roles.count("\n| `") >= 20
    assert "**no test**" not in roles
