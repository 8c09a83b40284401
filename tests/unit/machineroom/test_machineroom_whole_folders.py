from __future__ import annotations

from pathlib import Path

import pytest

from generique.machineroom.whole_folders import publish_whole_folder
from generique.model.errors import Damaged, StorageUnavailable
from generique.model.values import Digest, digest_of


def source(folder: Path, name: str, data: bytes) -> tuple[Path, Digest]:
    path = folder / name
    path.write_bytes(data)
    return path, digest_of(data)


def held(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_holds_what_was_published_last_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out" / "delivery"
    publish_whole_folder(target, {"a": source(tmp_path, "1", b"one")})
    (target / "scribble").write_text("left by somebody")
    publish_whole_folder(target, {"b/c": source(tmp_path, "2", b"two")})
    assert held(target) == {"b/c": b"two"}
    assert [path.name for path in target.parent.iterdir()] == ["delivery"]


def test_a_source_that_was_changed_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "delivery"
    publish_whole_folder(target, {"a": source(tmp_path, "1", b"one")})
    changed = source(tmp_path, "2", b"two")
    changed[0].write_bytes(b"TWO")
    with pytest.raises(Damaged, match="not what was recorded"):
        publish_whole_folder(target, {"a": source(tmp_path, "3", b"x"), "b": changed})
    assert held(target) == {"a": b"one"}


@pytest.mark.parametrize("left", [".delivery-new", ".delivery-old"])
def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path, left: str) -> None:
    target = tmp_path / "out" / "delivery"
    (target.parent / left).mkdir(parents=True)
    (target.parent / left / "half").write_text("half")
    files = {"a": source(tmp_path, "1", b"one")}
    publish_whole_folder(target, files)
    publish_whole_folder(target, files)
    assert held(target) == {"a": b"one"}
    assert [path.name for path in target.parent.iterdir()] == ["delivery"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where a folder should be")
    with pytest.raises(StorageUnavailable):
        publish_whole_folder(tmp_path / "out" / "delivery", {})
