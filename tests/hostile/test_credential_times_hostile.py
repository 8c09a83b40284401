from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from evidence_films import GENERATOR, clip, take_of
from time_authority import Authority, serving

from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.marks.credential.claims import take_claim
from generique.marks.credential.judge import judge
from generique.marks.verdict import Judgement, Verdict
from generique.model.errors import BackendFailed, UsageError

SIGNER_DAYS = 365


@pytest.fixture(scope="module")
def shot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("shot") / "shot.mp4", 1)


def signed(shot: Path, ring: KeyRing, folder: Path, stamps: str | None) -> Path:
    target = folder / "signed.mp4"
    CredentialMaker(ring, stamps=stamps).sign(
        shot, target, take_claim(take_of(shot), GENERATOR), {}
    )
    return target


def judged(path: Path, ring: KeyRing, *others: str) -> Judgement:
    anchors = "".join((ring.root_certificate(), *others))
    return judge(CredentialMaker(ring).read(path, anchors=anchors), essence_of(path))


def codes(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings}


def test_a_stamp_says_when_to_who_trusts_the_authority(shot: Path, tmp_path: Path) -> None:
    ring, authority = KeyRing(tmp_path / "keys"), Authority()
    with serving(authority.answer) as address:
        path = signed(shot, ring, tmp_path, address)
    assert authority.count == 1
    trusted = judged(path, ring, authority.root)
    assert trusted.verdict is Verdict.TRUSTED
    assert not trusted.findings
    assert f", {datetime.now(UTC):%Y-%m-%d}" in trusted.signer
    untrusted = judged(path, ring)
    assert untrusted.verdict is Verdict.TRUSTED
    assert codes(untrusted) == {"signer.time-untrusted"}
    assert f"{datetime.now(UTC):%Y}" not in untrusted.signer


def test_a_certificate_that_ran_out_after_a_trusted_time_is_no_fault(
    shot: Path, tmp_path: Path
) -> None:
    moment = datetime.now(UTC) - timedelta(days=SIGNER_DAYS) + timedelta(seconds=2.5)
    ring = KeyRing(tmp_path / "keys", now=lambda: moment)
    authority = Authority()
    (tmp_path / "silent").mkdir()
    with serving(authority.answer) as address:
        stamped = signed(shot, ring, tmp_path, address)
    silent = signed(shot, ring, tmp_path / "silent", None)
    assert judged(silent, ring).verdict is Verdict.TRUSTED
    time.sleep(3)  # until the signer's certificate has run out
    assert judged(stamped, ring, authority.root).verdict is Verdict.TRUSTED
    for late in (judged(silent, ring), judged(stamped, ring)):
        assert late.verdict is Verdict.UNKNOWN, late
        assert "credential.expired" in codes(late)


def _unavailable(_request: bytes) -> bytes:
    raise LookupError


def _broken(request: bytes) -> bytes:
    reply = bytearray(Authority().answer(request))
    reply[-5] ^= 1
    return bytes(reply)


def _of_other_data(request: bytes) -> bytes:
    place = request.index(b"\x04\x20") + 5
    return Authority().answer(request[:place] + bytes([request[place] ^ 1]) + request[place + 1 :])


@pytest.mark.parametrize(
    "answer", [_unavailable, _broken, _of_other_data, lambda _: b"", lambda _: b"no stamp"]
)
def test_without_a_good_stamp_nothing_is_signed(
    shot: Path, tmp_path: Path, answer: Callable[[bytes], bytes]
) -> None:
    ring = KeyRing(tmp_path / "keys")
    (tmp_path / "out").mkdir()
    with serving(answer) as address, pytest.raises(BackendFailed, match="no stamp") as caught:
        signed(shot, ring, tmp_path / "out", address)
    assert address in str(caught.value.where)
    assert not list((tmp_path / "out").iterdir())


def test_an_authority_that_is_not_there_is_said(shot: Path, tmp_path: Path) -> None:
    with pytest.raises(BackendFailed, match="nothing was signed"):
        signed(shot, KeyRing(tmp_path / "keys"), tmp_path, "http://127.0.0.1:9/")
    assert not (tmp_path / "signed.mp4").exists()


@pytest.mark.parametrize("address", ["", "ftp://a/", "http://", "a.example", "http://[a"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="address"):
        CredentialMaker(KeyRing(tmp_path / "keys"), stamps=address)
