"""Packages in their one form: what is written is read, and nothing else is."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from generique.machineroom.sealed_zip import SealedZip, write_sealed
from generique.model.errors import Damaged, GeneriqueError, UnreadableInput
from generique.model.values import digest_of

FILES: dict[str, bytes | Path] = {"b/two.txt": b"two", "a.txt": b"one" * 9, "empty.txt": b""}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write_sealed(FILES, tmp_path / "package.zip")
    return tmp_path / "package.zip"


def test_what_is_written_is_read_in_the_order_of_names(package: Path) -> None:
    with SealedZip(package) as opened:
        assert opened.names == ("a.txt", "b/two.txt", "empty.txt")
        assert opened.read("b/two.txt") == b"two"
        assert opened.size("a.txt") == 27
        assert opened.digest("a.txt") == digest_of(b"one" * 9)
        assert opened.is_canonical()


def test_the_same_files_give_the_same_bytes_in_any_order_and_from_any_place(
    package: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"two")
    again = {name: FILES[name] for name in reversed(FILES)} | {"b/two.txt": large}
    write_sealed(again, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == package.read_bytes()


def test_every_flipped_byte_is_found(package: Path, tmp_path: Path) -> None:
    whole = package.read_bytes()
    changed = tmp_path / "changed.zip"
    for place in range(len(whole)):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        assert not holds(changed), f"byte {place}"


def holds(path: Path) -> bool:
    """Whether a file opens as a package, in its one form, with exactly our files in it."""
    try:
        with SealedZip(path) as opened:
            return (
                opened.is_canonical()
                and {name: opened.read(name) for name in opened.names} == FILES
            )
    except GeneriqueError:
        return False


@pytest.mark.parametrize(("before", "after"), [(b"x", b""), (b"", b"x"), (b"", b"PK\x05\x06")])
def test_bytes_besides_the_members_are_found(package: Path, before: bytes, after: bytes) -> None:
    assert holds(package)
    package.write_bytes(before + package.read_bytes() + after)
    assert not holds(package)


def test_a_comment_is_found(package: Path) -> None:
    package.write_bytes(package.read_bytes()[:-2] + struct.pack("<H", 3) + b"abc")
    assert not holds(package)


def raw(path: Path, *members: tuple[str, bytes, int], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, data, mode in members:
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            member.compress_type = method
            made.writestr(member, data)
    return path


PLAIN = stat.S_IFREG | 0o644


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "/etc/passwd",
        "a/../../b",
        "C:\\a",
        "a//b",
        ".hidden",
        "-rf",
        "a/-rf",
        "x" * 200,
        "a\nb",
        "é.txt",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="no evidence package"):
        SealedZip(raw(tmp_path / "p.zip", (name, b"x", PLAIN)))
    with pytest.raises(UnreadableInput):
        write_sealed({name: b"x"}, tmp_path / "made.zip")
    assert not (tmp_path / "made.zip").exists()


@pytest.mark.parametrize(
    "names", [("a.txt", "A.txt"), ("a", "a/b"), ("A/b", "a/B"), ("a/b", "a/b/c/d"), ("A", "a/b")]
)
def test_names_that_meet_when_they_are_unpacked_are_refused(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    with pytest.raises(UnreadableInput, match="no evidence package") as caught:
        SealedZip(raw(tmp_path / "p.zip", *((name, b"x", PLAIN) for name in names)))
    assert "in the place of another" in (caught.value.why or "")
    with pytest.raises(UnreadableInput):
        write_sealed(dict.fromkeys(names, b"x"), tmp_path / "made.zip")
    assert not (tmp_path / "made.zip").exists()


def test_a_header_that_lies_outside_the_file_is_told(package: Path) -> None:
    """The directory names a place near the end, where no whole header can stand."""
    data = bytearray(package.read_bytes())
    entry = data.index(b"PK\1\2")
    data[entry + 42 : entry + 46] = struct.pack("<L", len(data) - 10)
    package.write_bytes(bytes(data))
    with SealedZip(package) as opened, pytest.raises(Damaged):
        opened.read(opened.names[0])


def test_links_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as caught:
        SealedZip(raw(tmp_path / "p.zip", ("a", b"/etc/passwd", stat.S_IFLNK | 0o777)))
    assert "link" in (caught.value.why or "")


def test_a_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bomb = raw(tmp_path / "p.zip", ("a", b"0" * 5_000_000, PLAIN), method=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 10_000
    with pytest.raises(UnreadableInput) as caught:
        SealedZip(bomb)
    assert "compressed" in (caught.value.why or "")


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a", b"2")
    with pytest.raises(UnreadableInput) as caught:
        SealedZip(path)
    assert "twice" in (caught.value.why or "")


def test_overlapping_members_that_claim_more_than_the_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a", b"x" * 1000)
        first = made.infolist()[0]
        for name in ("b", "c"):
            again = zipfile.ZipInfo(name)
            again.header_offset, again.CRC = first.header_offset, first.CRC
            again.file_size = again.compress_size = first.file_size
            made.filelist.append(again)
    with pytest.raises(UnreadableInput) as caught:
        SealedZip(path)
    assert "larger" in (caught.value.why or "")


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(b"PK\x03\x04 and nothing")
    with pytest.raises(UnreadableInput):
        SealedZip(tmp_path / "p.zip")
    with pytest.raises(UnreadableInput):
        SealedZip(tmp_path)


def test_a_member_that_is_not_there_is_told(package: Path) -> None:
    with SealedZip(package) as opened, pytest.raises(Damaged, match="lacks other"):
        opened.read("other")
