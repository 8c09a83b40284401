"""Folders published whole: written beside, checked, and put in the place of the old one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from generique.machineroom.whole_files import chunks_of, on_disk, write_whole
from generique.model.errors import Damaged
from generique.model.values import Digest

_READABLE = 0o644


def publish_whole_folder(target: Path, files: Mapping[str, tuple[Path, Digest]]) -> None:
    """Write a folder that holds these files and nothing else.

    It is written under a hidden name beside the target, each file's bytes are checked against
    their digest on the way, and only then does it take the target's name. Whoever looks sees the
    old folder or the new one, or, for the moment between two renames, none.

    Args:
        target: The folder.
        files: Source and digest by name in the folder.

    Raises:
        Damaged: A source has other bytes than its digest says; the old folder stays.
        StorageUnavailable: It cannot be written; the old folder stays.
    """
    new = target.with_name(f".{target.name}-new")
    old = target.with_name(f".{target.name}-old")
    with on_disk(target):
        for left in (new, old) if target.exists() else (new,):
            shutil.rmtree(left, ignore_errors=True)
        new.mkdir(parents=True)
        for name, (source, digest) in sorted(files.items()):
            _copy(source, new / name, digest)
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _copy(source: Path, target: Path, digest: Digest) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as stream:
        expected = digest.removeprefix("sha256:")
        found = write_whole(target.parent, target, chunks_of(stream), _READABLE, expected=expected)
    if found != expected:
        raise Damaged(
            f"{target.name} is not what was recorded",
            where=str(source),
            why=f"its bytes have the digest sha256:{found}, not {digest}",
            next_step="restore the vault from a backup; see: generique vault check",
        )
