"""What delivered files say of themselves, read apart; and files that do not want to be read."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generique.machineroom.observation import observe
from generique.machineroom.observing import observed_credential, observed_marks
from generique.model.delivered import Observed
from generique.model.passport import SourceType
from generique.model.values import digest_of
from generique.testing.providers.results import clip, compressed_tone, tone
from generique.testing.providers.signed import PROGRAM, signed_result, tampered

SAID = 'credential {{"state": "none", "reader": "a", "why": "{}"}}'
READERS = {
    "hangs": f"import time\nprint({SAID.format('')!r}, flush=True)\ntime.sleep(600)\n",
    "crashes": "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n",
    "babbles": "print('credential {\"state\": \"found\"}', 'mark [', '\xff' * 100, sep='\\n')\n",
    "looks": f"import os\nprint({SAID!r}.format(' '.join(sorted(os.environ))))\n",
}


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return signed_result(clip(1, (64, 36)), tmp_path_factory.mktemp("provider"))


def written(folder: Path, data: bytes) -> Path:
    path = folder / "delivered"
    path.write_bytes(data)
    return path


def told(seen: Observed) -> dict[str, str]:
    return {mark.carrier: mark.state for mark in seen.marks}


def test_a_signed_film_is_read_apart_with_its_credential_and_its_marks(
    tmp_path: Path, signed: bytes
) -> None:
    seen = observe(written(tmp_path, signed))
    assert (seen.file, seen.size) == (digest_of(signed), len(signed))
    said = seen.credential
    assert (said.state, said.verdict, said.holds) == ("found", "untrusted signer", True)
    assert said.source_type == SourceType.TRAINED_ALGORITHMIC.uri
    assert said.program == f"{PROGRAM} 1"
    assert said.signer
    assert "signer.untrusted" in said.findings
    assert told(seen) == {"picture": "none", "sound": "absent"}
    assert all(mark.reader.startswith("org.generique.") for mark in seen.marks)
    assert Observed.read(seen.to_json(), where="take") == seen


def test_a_changed_film_does_not_hold(tmp_path: Path, signed: bytes) -> None:
    said = observed_credential(written(tmp_path, tampered(signed)))
    assert (said.state, said.verdict, said.holds) == ("found", "broken", False)
    assert "credential.tampered" in said.findings


def test_nothing_found_and_not_readable_are_two_things(tmp_path: Path) -> None:
    plain = observed_credential(written(tmp_path, tone(1)))
    assert (plain.state, plain.why, plain.holds) == ("none", "", False)
    assert plain.reader.startswith("c2pa-python ")
    path = written(tmp_path, compressed_tone(1))
    unknown = observed_credential(path)
    assert unknown.state == "unreadable"
    assert "not MP4" in unknown.why
    marks = {mark.carrier: mark for mark in observed_marks(path)}
    assert (marks["picture"].state, marks["sound"].state) == ("absent", "none")


def _huge(size: int) -> bytes:
    return struct.pack(">I4sQ", 1, b"uuid", size) + bytes(64)


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"\0\0\0\x18ftypisom" + bytes(12) + _huge(2**63),
        b"\0\0\0\x18ftypisom" + bytes(12) + _huge(24),
        b"\0\0\0\x18ftypisom" + bytes(range(256)) * 40,
        b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff" + bytes(400),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffcaBX" + bytes(100),
    ],
)
def test_a_malformed_file_is_none_or_unreadable_and_never_an_error(
    tmp_path: Path, data: bytes
) -> None:
    path = written(tmp_path, data)
    assert observed_credential(path).state in {"none", "unreadable"}
    assert {mark.state for mark in observed_marks(path)} <= {"unreadable", "absent"}


def test_every_cut_of_a_signed_film_is_survived(tmp_path: Path, signed: bytes) -> None:
    for length in range(16, len(signed), len(signed) // 12):
        said = observed_credential(written(tmp_path, signed[:length]))
        assert not said.holds


@pytest.mark.parametrize(
    ("reader", "why"),
    [("crashes", "signal 11"), ("babbles", "ended with code 0"), ("missing", "ended with code 1")],
)
def test_a_reader_that_fails_leaves_that_it_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, why: str
) -> None:
    _lay_readers(tmp_path, monkeypatch)
    seen = observe(written(tmp_path, b"data"), program=reader)
    assert (seen.credential.state, seen.credential.holds) == ("unreadable", False)
    assert why in seen.credential.why
    assert told(seen) == {"picture": "unreadable", "sound": "unreadable"}


def test_a_reader_that_hangs_is_stopped_and_what_it_said_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay_readers(tmp_path, monkeypatch)
    seen = observe(written(tmp_path, b"data"), program="hangs", wait=10)
    assert seen.credential.state == "none"
    assert told(seen) == {"picture": "unreadable", "sound": "unreadable"}
    assert "was stopped after 10 s" in seen.marks[0].why


def test_the_reader_is_told_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _lay_readers(tmp_path, monkeypatch)
    monkeypatch.setenv("RUNWAYML_API_SECRET", "not-a-real-key")
    seen = observe(written(tmp_path, b"data"), program="looks")
    assert "PATH" in seen.credential.why.split()
    assert "RUNWAYML_API_SECRET" not in seen.credential.why


def _lay_readers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers of other manners, on the way on which the program is found."""
    for name, text in READERS.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
