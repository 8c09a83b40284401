from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path
from typing import Any, NoReturn

import pytest

from generique.machineroom.vault import FileVault
from generique.machineroom.whole_files import move_whole
from generique.model.errors import Damaged, StorageUnavailable, UnreadableInput
from generique.model.values import digest_of
from generique.production.ports import Vault


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    return FileVault(tmp_path / "vault")


def test_bytes_come_back(vault: Vault) -> None:
    digest = vault.put_bytes(b"snow")
    assert digest == digest_of(b"snow")
    assert vault.has(digest)
    assert vault.read(digest) == b"snow"
    assert vault.path(digest).read_bytes() == b"snow"
    assert vault.put_bytes(b"snow") == digest


def test_a_file_lies_under_its_digest_read_only(vault: FileVault) -> None:
    digest = vault.put_bytes(b"snow")
    name = digest.removeprefix("sha256:")
    path = vault.path(digest)
    assert path == vault.folder / name[:2] / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_file_is_copied_and_left_as_it_is(vault: FileVault, tmp_path: Path) -> None:
    source = tmp_path / "camera.mp4"
    source.write_bytes(bytes(3_000_000) + b"end")
    digest = vault.put_file(source)
    assert digest == digest_of(source.read_bytes())
    assert vault.put_file(source) == digest
    source.write_bytes(b"changed afterwards")
    assert vault.read(digest).endswith(b"end")


def test_what_is_missing_is_named_with_what_to_do(vault: FileVault) -> None:
    digest = digest_of(b"nothing")
    assert not vault.has(digest)
    for act in (vault.path, vault.read):
        with pytest.raises(Damaged) as caught:
            act(digest)
        assert digest in caught.value.what
        assert "missing" in caught.value.what
        assert caught.value.next_step
        assert caught.value.exit_code == 6


@pytest.mark.parametrize(
    "digest", ["", "sha256:..", "sha256:" + "0" * 63, "../../etc/passwd", "sha256:" + "A" * 64]
)
def test_what_is_no_digest_is_refused(vault: FileVault, digest: str) -> None:
    with pytest.raises(UnreadableInput):
        vault.path(digest)


def test_a_damaged_file_is_made_good_by_storing_it_again(vault: FileVault) -> None:
    digest = vault.put_bytes(b"snow")
    place = vault.path(digest)
    place.chmod(0o644)
    place.write_bytes(b"rain")
    with pytest.raises(Damaged):
        vault.path(digest)
    vault.put_bytes(b"snow")
    assert vault.read(digest) == b"snow"


def test_only_a_damaged_file_is_discarded(vault: FileVault) -> None:
    digest = vault.put_bytes(b"snow")
    vault.discard(digest)
    assert vault.has(digest)
    place = vault.path(digest)
    place.chmod(0o644)
    place.write_bytes(b"rain")
    vault.discard(digest)
    assert not vault.has(digest)
    vault.discard(digest)


def test_a_copy_goes_out_in_one_step(vault: FileVault, tmp_path: Path) -> None:
    digest = vault.put_bytes(b"snow")
    target = tmp_path / "out" / "master.mp4"
    vault.link_out(digest, target)
    target.write_bytes(b"scribbled over")
    assert vault.read(digest) == b"snow"
    vault.link_out(digest, target)
    assert target.read_bytes() == b"snow"
    assert [path.name for path in target.parent.iterdir()] == ["master.mp4"]


def test_checking_names_every_fault(vault: FileVault) -> None:
    assert vault.check() == ()
    good, bad = vault.put_bytes(b"good"), vault.put_bytes(b"bad")
    place = vault.path(bad)
    place.chmod(0o644)
    place.write_bytes(b"dab")
    (vault.folder / "ab").mkdir(exist_ok=True)
    (vault.folder / "ab" / "notes.txt").write_text("stray")
    faults = {fault.code: fault.name for fault in vault.check()}
    assert faults == {"changed": f"{place.name[:2]}/{place.name}", "stray": "ab/notes.txt"}
    assert vault.read(good) == b"good"


def test_left_over_files_go_and_those_at_work_stay(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    stale, busy = vault.folder / "tmp" / "stale", vault.folder / "tmp" / "busy"
    stale.write_bytes(b"half")
    with busy.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        FileVault(tmp_path / "vault")
        assert not stale.exists()
        assert busy.exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "Read-only"), (errno.EACCES, "denied")],
)
def test_the_disks_refusal_is_said_and_nothing_is_left(
    vault: FileVault, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageUnavailable) as caught:
        vault.put_bytes(b"snow")
    monkeypatch.undo()
    assert words in caught.value.diagnosis()
    assert str(vault.folder) in caught.value.diagnosis()
    assert caught.value.next_step
    assert not vault.has(digest_of(b"snow"))
    assert list((vault.folder / "tmp").iterdir()) == []


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "vault").write_bytes(b"")
    with pytest.raises(StorageUnavailable):
        FileVault(tmp_path / "vault")


def test_a_source_that_cannot_be_read_is_said(vault: FileVault, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        vault.put_file(tmp_path / "missing.mp4")
    with pytest.raises(UnreadableInput):
        vault.put_file(tmp_path)


def test_a_source_that_changes_while_it_is_stored_is_refused(
    vault: FileVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "growing.mp4"
    source.write_bytes(b"first")
    monkeypatch.setattr(
        "generique.machineroom.vault.hash_input", lambda _path: digest_of(b"earlier")[7:]
    )
    with pytest.raises(UnreadableInput, match="changed"):
        vault.put_file(source)
    assert vault.check() == ()


def own(tmp_path: Path, data: bytes = b"snow") -> Path:
    path = tmp_path / "stage" / "signed"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_file_of_ones_own_is_moved_and_not_copied(vault: FileVault, tmp_path: Path) -> None:
    source = own(tmp_path)
    number = source.stat().st_ino
    digest = vault.move_in(source)
    assert digest == digest_of(b"snow")
    assert not source.exists()
    place = vault.path(digest)
    assert place.stat().st_ino == number
    assert stat.S_IMODE(place.stat().st_mode) == 0o444
    assert vault.check() == ()


def test_a_file_that_is_there_already_is_only_taken_away(vault: FileVault, tmp_path: Path) -> None:
    number = vault.path(vault.put_bytes(b"snow")).stat().st_ino
    source = own(tmp_path)
    digest = vault.move_in(source)
    assert not source.exists()
    assert vault.path(digest).stat().st_ino == number


def test_a_file_that_is_moved_in_makes_a_damaged_one_good(vault: FileVault, tmp_path: Path) -> None:
    place = vault.path(vault.put_bytes(b"snow"))
    place.chmod(0o644)
    place.write_bytes(b"rain")
    assert vault.read(vault.move_in(own(tmp_path))) == b"snow"


def test_a_file_that_is_damaged_after_it_was_moved_in_is_found(
    vault: FileVault, tmp_path: Path
) -> None:
    digest = vault.move_in(own(tmp_path))
    place = vault.path(digest)
    place.chmod(0o644)
    place.write_bytes(b"rain")
    with pytest.raises(Damaged):
        vault.path(digest)


@pytest.mark.parametrize("way", ["another name", "a link", "another file system"])
def test_a_file_that_cannot_be_moved_is_copied_and_removed(
    vault: FileVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    source, other = own(tmp_path), tmp_path / "other"
    if way == "another name":
        other.hardlink_to(source)
    elif way == "a link":
        source.rename(other)
        source.symlink_to(other)
    else:
        monkeypatch.setattr("generique.machineroom.vault.move_whole", lambda *_: False)
    digest = vault.move_in(source)
    assert not source.is_symlink()
    assert not source.exists()
    if other.exists():
        assert other.read_bytes() == b"snow"
        other.write_bytes(b"changed from outside")
    assert vault.read(digest) == b"snow"
    assert not vault.path(digest).is_symlink()


def test_a_file_that_changes_while_it_is_moved_in_is_refused(
    vault: FileVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = own(tmp_path)

    def late(held: Any, path: Path, target: Path, mode: int) -> bool:
        with path.open("ab") as stream:
            stream.write(b" and rain")
        return move_whole(held, path, target, mode)

    monkeypatch.setattr("generique.machineroom.vault.move_whole", late)
    with pytest.raises(UnreadableInput, match="changed"):
        vault.move_in(source)
    assert vault.check() == ()
    assert not vault.has(digest_of(b"snow"))


def test_what_cannot_be_moved_in_stays_where_it_was(
    vault: FileVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    source = own(tmp_path)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageUnavailable, match="full"):
        vault.move_in(source)
    assert source.read_bytes() == b"snow"
    assert not vault.has(digest_of(b"snow"))
    with pytest.raises(UnreadableInput):
        vault.move_in(tmp_path / "missing")
    with pytest.raises(UnreadableInput):
        vault.move_in(tmp_path)
