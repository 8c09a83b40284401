"""A small storm: every provider fails by chance, our process is killed, and the books agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generique.testing.providers.parties import PARTIES

ROOT = Path(__file__).parents[2]
SHOTS = 3 * len(PARTIES)


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("storm")
    words = ("--shots", str(SHOTS), "--kills", "3", "--no-crowd", "--keep", str(folder))
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "chaos.py"), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    found: dict[str, object] = json.loads(done.stdout)["storm"]
    found["status"] = done.returncode
    return found


def test_nothing_is_paid_twice_nothing_is_lost_and_no_secret_is_left(
    storm: dict[str, object],
) -> None:
    assert storm["faults"] == []
    assert storm["status"] == 0


def test_every_shot_has_ended_in_a_way_that_has_a_name(storm: dict[str, object]) -> None:
    ends = storm["ends"]
    assert isinstance(ends, dict)
    assert sum(ends.values()) == SHOTS
    assert set(ends) <= {"done", "outcome-unknown", "moderated", "backend-failed"}
    assert ends["done"]


def test_the_process_was_killed_and_every_provider_took_part(storm: dict[str, object]) -> None:
    assert storm["kills"] == 3
    orders = storm["orders"]
    assert isinstance(orders, dict)
    assert set(orders) == {party.house for party in PARTIES}
    assert all(orders.values())
    books = storm["books"]
    assert isinstance(books, dict)
    assert set(books) == {party.name for party in PARTIES}
    assert all(book["shots"] == 3 and book["jobs"] for book in books.values())
