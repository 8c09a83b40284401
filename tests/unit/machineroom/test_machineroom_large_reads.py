from __future__ import annotations

import ctypes
import mmap
from pathlib import Path

import numpy as np
import pytest

from generique.machineroom import large_reads
from generique.machineroom.large_reads import HUGE, LEAST, opened_for_library

LENGTH = LEAST + HUGE + 777


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "film.mp4"
    path.write_bytes(np.random.default_rng(1).bytes(LENGTH))
    return path


def address(view: memoryview) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(view))


@pytest.mark.parametrize("begin", [0, 1, 4096, HUGE - 5])
@pytest.mark.parametrize("size", [10, LEAST - 1, LEAST, LENGTH, LENGTH + 100])
def test_a_large_buffer_gets_the_bytes_of_the_file(file: Path, begin: int, size: int) -> None:
    held = memoryview(bytearray(begin + size))
    with opened_for_library(file) as stream:
        stream.seek(3)
        count = stream.readinto(held[begin:])
        assert stream.tell() == 3 + count
    assert count == min(size, LENGTH - 3)
    assert held[begin : begin + count] == file.read_bytes()[3 : 3 + count]
    assert not any(held[:begin])


def test_advice_is_about_whole_pages_inside_large_buffers_and_no_others(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(large_reads, "_advice", lambda: lambda *place: asked.append(place))
    held = memoryview(mmap.mmap(-1, LEAST + HUGE))
    with opened_for_library(file) as stream:
        stream.readinto(held[: LEAST - 1])
        assert asked == []
        stream.seek(0)
        stream.readinto(held)
    ((start, length),) = asked
    assert start % HUGE == length % HUGE == 0
    assert address(held) <= start < address(held) + HUGE
    assert address(held) + len(held) - HUGE < start + length <= address(held) + len(held)


def test_a_system_without_huge_pages_reads_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(mmap, "MADV_HUGEPAGE", raising=False)
    held = memoryview(bytearray(LENGTH))
    with opened_for_library(file) as stream:
        assert stream.readinto(held) == LENGTH
    assert held == file.read_bytes()


def test_advice_that_is_refused_changes_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mmap, "MADV_HUGEPAGE", 9999, raising=False)
    held = memoryview(bytearray(LENGTH))
    with opened_for_library(file) as stream:
        assert stream.readinto(held) == LENGTH
    assert held == file.read_bytes()


def test_a_file_that_is_not_there_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        opened_for_library(tmp_path / "none.mp4")
