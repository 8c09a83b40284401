"""``generique library``: works come in, are listed, guarded, checked and forgotten."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import studio_fixtures
from studio_fixtures import Run

run = studio_fixtures.run


def picture(path: Path, seed: int) -> Path:
    """A picture of blurred noise with a few shapes."""
    rng = np.random.default_rng(seed)
    canvas = np.asarray(cv2.resize(rng.integers(0, 256, (9, 16, 3), np.uint8), (320, 180)))
    for _ in range(30):
        x, y, size = (int(v) for v in rng.integers(5, 150, 3))
        colour = [int(v) for v in rng.integers(0, 256, 3)]
        cv2.rectangle(canvas, (2 * x, y), (2 * x + size // 4, y + size // 5), colour, -1)
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), canvas)
    return path


def test_a_folder_is_taken_in_once_and_what_cannot_be_read_is_named(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    picture(folder / "one.png", 1)
    picture(folder / "deeper" / "two.JPG", 2)
    picture(folder / ".hidden.png", 3)
    (folder / "broken.mp4").write_bytes(b"no film")
    (folder / "notes.txt").write_text("not looked at")
    said = run("library", "add", folder, "--quiet", "--json")
    assert said.code == 1
    assert {row["title"] for row in said.document["added"]} == {"one", "two"}
    assert [row["frames"] for row in said.document["added"]] == [1, 1]
    assert [Path(row["file"]).name for row in said.document["unread"]] == ["broken.mp4"]
    (folder / "broken.mp4").unlink()
    again = run("library", "add", folder, "--json")
    assert again.code == 0
    assert len(again.document["known"]) == 2
    assert again.document["added"] == []
    guarded = run("library", "add", folder / "one.png", "--protected", "--json")
    assert [row["protected"] for row in guarded.document["added"]] == [True]
    assert "cannot be read" not in run("library", "list").out


def test_works_are_checked_and_forgotten(run: Run, tmp_path: Path) -> None:
    assert "no works yet" in run("library", "list").out
    run("library", "add", picture(tmp_path / "one.png", 1))
    assert run("library", "check").code == 0
    (work,) = run("library", "list", "--json").document["works"]
    blob = next((tmp_path / "home" / "archive" / "fingerprints").iterdir())
    blob.write_bytes(blob.read_bytes()[:-1])
    damaged = run("library", "check", "--json")
    assert damaged.code == 6
    assert str(blob) in damaged.document["faults"][0]
    assert run("library", "remove", "0123456789").code == 2
    assert run("library", "remove", work["work"].removeprefix("sha256:")[:8]).code == 0
    assert run("library", "list", "--json").document["works"] == []


def test_a_folder_without_films_is_told(run: Run, tmp_path: Path) -> None:
    assert run("library", "add", tmp_path / "nowhere").code == 2
    (tmp_path / "empty").mkdir()
    assert "no films or pictures" in run("library", "add", tmp_path / "empty").err
