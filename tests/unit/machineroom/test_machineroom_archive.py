from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from generique.machineroom.archive import FolderArchive
from generique.marks.fingerprint.signature import BYTES, Signatures
from generique.marks.works import Work, WorkSegment
from generique.model.element import Raster
from generique.model.errors import Damaged, StorageUnavailable, UsageError
from generique.model.time import Rate
from generique.model.values import digest_of


def signatures(seed: int, frames: int = 12) -> Signatures:
    rng = np.random.default_rng(seed)
    packed = rng.integers(0, 256, (frames, BYTES), dtype=np.uint8)
    level = rng.integers(0, 256, frames, dtype=np.uint8)
    return Signatures(packed, level, level[::-1].copy(), Fraction(24000, 1001))


def work(name: str, title: str | None = None) -> Work:
    return Work(
        id=digest_of(name.encode()),
        title=title or name,
        kind="reference",
        locator=f"{name}.mp4",
        rate=Rate(numerator=24),
        frames=12,
        raster=Raster(width=320, height=180),
        segments=(WorkSegment(start=0, end=12, title=name),),
    )


def same(one: Signatures, other: Signatures) -> bool:
    return (
        bool((one.packed == other.packed).all())
        and bool((one.level == other.level).all())
        and bool((one.detail == other.detail).all())
        and one.fps == other.fps
    )


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "archive")


def test_what_is_added_is_there_as_it_was(archive: FolderArchive) -> None:
    one = work("one")
    assert not archive.has(one.id)
    archive.add(one, signatures(1), b"sound")
    assert archive.has(one.id)
    assert archive.work(one.id) == one
    assert same(archive.signatures(one.id), signatures(1))
    assert archive.sound(one.id) == b"sound"
    assert archive.check() == ()


def test_works_come_in_order_of_title(archive: FolderArchive) -> None:
    for name, title in (("x", "B"), ("y", "A"), ("z", "C")):
        archive.add(work(name, title), signatures(2))
    assert [one.title for one in archive.works()] == ["A", "B", "C"]
    assert archive.sound(work("x").id) is None


def test_adding_again_replaces_what_is_said(archive: FolderArchive) -> None:
    archive.add(work("one"), signatures(1))
    archive.add(work("one", "Renamed"), signatures(3))
    assert [one.title for one in archive.works()] == ["Renamed"]
    assert same(archive.signatures(work("one").id), signatures(3))


def test_removing_keeps_what_others_share(archive: FolderArchive) -> None:
    archive.add(work("one"), signatures(1))
    archive.add(work("two"), signatures(1))
    archive.remove(work("one").id)
    assert [one.title for one in archive.works()] == ["two"]
    assert same(archive.signatures(work("two").id), signatures(1))
    archive.remove(work("two").id)
    assert archive.works() == ()


def test_a_work_that_is_not_there_is_a_usage_error(archive: FolderArchive) -> None:
    with pytest.raises(UsageError, match="has no work"):
        archive.work(digest_of(b"nothing"))
    with pytest.raises(UsageError):
        archive.remove(digest_of(b"nothing"))


@pytest.mark.parametrize("folder", ["works", "fingerprints"])
def test_every_flipped_bit_is_told(archive: FolderArchive, tmp_path: Path, folder: str) -> None:
    one = work("one")
    archive.add(one, signatures(1))
    (path,) = (tmp_path / "archive" / folder).iterdir()
    data = path.read_bytes()
    unseen = 0
    for place in range(0, len(data), max(1, len(data) // 60)):
        spoiled = bytearray(data)
        spoiled[place] ^= 4
        path.write_bytes(bytes(spoiled))
        if archive.check():
            continue
        # A record may still be one: then it says something else of the work, and is no damage.
        unseen += folder == "fingerprints"
    assert unseen == 0
    path.write_bytes(data[: len(data) // 2])
    assert archive.check()
    with pytest.raises(Damaged):
        archive.signatures(one.id)


def test_a_lost_fingerprint_is_told(archive: FolderArchive, tmp_path: Path) -> None:
    archive.add(work("one"), signatures(1))
    for path in (tmp_path / "archive" / "fingerprints").iterdir():
        path.unlink()
    with pytest.raises(Damaged, match="damaged"):
        archive.signatures(work("one").id)


def test_writers_at_once_lose_nothing(archive: FolderArchive) -> None:
    def add(number: int) -> None:
        for count in range(8):
            archive.add(work(f"{number}-{count}"), signatures(number))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archive.works()) == 32
    assert archive.check() == ()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(StorageUnavailable, match="cannot be written"):
        FolderArchive(tmp_path / "archive").add(work("one"), signatures(1))


@pytest.mark.parametrize("data", [b"", b"generique-signatures-1\n", b"nonsense" * 9])
def test_bytes_that_are_no_signatures_are_damage(data: bytes) -> None:
    with pytest.raises(Damaged):
        Signatures.decode(data, where="here")
