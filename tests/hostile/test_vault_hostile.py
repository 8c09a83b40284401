from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from evidence_films import flipped

from generique.machineroom.vault import FileVault
from generique.model.errors import Damaged
from generique.model.values import digest_of


def overwrite(place: Path, data: bytes) -> None:
    place.chmod(0o644)
    place.write_bytes(data)


def test_every_flipped_bit_is_found(tmp_path: Path) -> None:
    vault = FileVault(tmp_path)
    data = bytes(range(256)) * 2
    digest = vault.put_bytes(data)
    place = vault.path(digest)
    for index in range(len(data)):
        overwrite(place, flipped(data, index, index % 8))
        for act in (FileVault(tmp_path).path, vault.read):
            with pytest.raises(Damaged) as caught:
                act(digest)
            assert caught.value.exit_code == 6
            assert digest in caught.value.diagnosis()
            assert caught.value.next_step
        assert [fault.code for fault in vault.check()] == ["changed"]


@pytest.mark.parametrize("data", [b"", b"sno", b"snow and rain"])
def test_a_file_of_another_length_is_found(tmp_path: Path, data: bytes) -> None:
    vault = FileVault(tmp_path)
    digest = vault.put_bytes(b"snow")
    overwrite(vault.path(digest), data)
    with pytest.raises(Damaged):
        vault.path(digest)


def test_damage_does_not_go_out(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    digest = vault.put_bytes(b"snow")
    overwrite(vault.path(digest), b"rain")
    target = tmp_path / "master.mp4"
    target.write_bytes(b"before")
    with pytest.raises(Damaged):
        vault.link_out(digest, target)
    assert target.read_bytes() == b"before"


def test_a_link_out_of_the_vault_is_found(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "vault")
    digest = vault.put_bytes(b"snow")
    place = vault.path(digest)
    (tmp_path / "elsewhere").write_bytes(b"rain")
    place.unlink()
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Damaged):
        vault.path(digest)
    place.unlink()
    place.symlink_to(tmp_path / "nowhere")
    assert not vault.has(digest)
    assert [fault.code for fault in vault.check()] == ["unreadable"]


PUT = """
import sys
from pathlib import Path
from generique.machineroom.vault import FileVault
vault = FileVault(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    print(vault.put_bytes(b"%s %d" % (sys.argv[2].encode(), number) * 20000), flush=True)
"""


def test_killed_in_the_middle_of_storing(tmp_path: Path) -> None:
    for attempt in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", PUT, str(tmp_path), str(attempt)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(0.011 * (attempt + 1))
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read()
        process.wait()
        process.stdout.close()
        vault = FileVault(tmp_path)
        assert list((tmp_path / "tmp").iterdir()) == []
        assert vault.check() == ()
        promised = [line for line in said.splitlines(keepends=True) if line.endswith("\n")]
        assert promised
        for line in promised:
            assert digest_of(vault.read(line.strip())) == line.strip()
