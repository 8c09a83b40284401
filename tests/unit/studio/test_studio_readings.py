from __future__ import annotations

import threading
from pathlib import Path

import pytest

from generique.machineroom.credentials import CredentialMaker
from generique.marks.credential.report import CredentialTree
from generique.model.errors import UnreadableInput
from generique.model.values import Digest, digest_of
from generique.studio.readings import Readings
from generique.studio.witness import Witness

FILE = Path("film.mp4")


class Counted:
    """Readers that count how often each is asked."""

    def __init__(self, failing: str = "") -> None:
        self.asked: list[str] = []
        self._failing = failing

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if what == self._failing:
            raise UnreadableInput(f"no {what}")

    def read(self, path: Path, *, anchors: str | None = None) -> CredentialTree | None:
        self._ask("credential")
        assert (path, anchors) == (FILE, "root")
        return None

    def essence(self, path: Path) -> Digest:
        self._ask("essence")
        return digest_of(b"essence " + path.name.encode())

    def digest(self, path: Path) -> Digest:
        self._ask("digest")
        return digest_of(path.name.encode())


def readings(counted: Counted) -> Readings:
    return Readings(FILE, "root", counted, counted.essence, counted.digest)


def test_each_reading_is_made_once_however_often_it_is_asked_for() -> None:
    counted = Counted()
    with readings(counted) as made:
        for _ in range(2):
            assert made.digest() == digest_of(b"film.mp4")
            assert made.essence(FILE) == digest_of(b"essence film.mp4")
            assert made.read(FILE, anchors="root") is None
    assert sorted(counted.asked) == ["credential", "digest", "essence"]
    assert made.essence(FILE) == digest_of(b"essence film.mp4")
    assert len(counted.asked) == 3


def test_the_readings_run_side_by_side() -> None:
    meeting = threading.Barrier(3, timeout=30)  # breaks, and fails, if one waits for another

    class Meeting(Counted):
        def _ask(self, what: str) -> None:
            super()._ask(what)
            meeting.wait()

    with readings(Meeting()) as made:
        assert made.digest() == digest_of(b"film.mp4")


@pytest.mark.parametrize("failing", ["credential", "essence", "digest"])
def test_a_reading_that_fails_says_so_where_it_is_asked_for_and_nowhere_else(failing: str) -> None:
    with readings(Counted(failing)) as made:
        acts = {
            "credential": lambda: made.read(FILE, anchors="root"),
            "essence": lambda: made.essence(FILE),
            "digest": made.digest,
        }
        for what, act in acts.items():
            if what == failing:
                with pytest.raises(UnreadableInput, match=f"no {failing}"):
                    act()
            else:
                act()


def test_other_files_and_other_roots_are_not_answered_for() -> None:
    with readings(Counted()) as made:
        for act in (
            lambda: made.read(FILE, anchors="another root"),
            lambda: made.read(FILE),
            lambda: made.essence(Path("other.mp4")),
        ):
            with pytest.raises(KeyError):
                act()


def test_a_witness_reads_a_credential_once_to_judge_it_and_to_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "film.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    monkeypatch.setenv("GENERIQUE_HOME", str(tmp_path / "home"))
    asked: list[Path] = []

    def read(_maker: object, path: Path, *, anchors: str | None = None) -> None:
        assert anchors is None
        asked.append(path)

    monkeypatch.setattr(CredentialMaker, "read", read)
    witness = Witness(file)
    assert witness.credential() is None
    report = witness.verify(None, witness.own_trust())
    assert report.file == digest_of(file.read_bytes())
    assert "credential.missing" in {finding.code for finding in report.findings}
    assert witness.credential() is None
    assert asked == [file, file]
