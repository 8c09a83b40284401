from __future__ import annotations

import copy
import multiprocessing
import pickle
import stat
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID

from generique.ledger.keys import PublicKey
from generique.machineroom.keys import KeyRing
from generique.model.errors import Damaged, StorageUnavailable, UsageError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys", now=lambda: NOW)


def test_keys_are_made_once(ring: KeyRing, tmp_path: Path) -> None:
    assert ring.studio().key == KeyRing(tmp_path / "keys").studio().key
    assert ring.studio().key.name == "studio"
    assert ring.person("mira").key.name == "person/mira"
    assert ring.demonstration().key.name == "demonstration"
    assert [key.name for key in ring.public_keys()] == ["demonstration", "person/mira", "studio"]


def test_signatures_hold(ring: KeyRing) -> None:
    signer = ring.person("mira")
    assert signer.key.verifies(b"approved", signer.sign(b"approved"))
    assert not signer.key.verifies(b"rejected", signer.sign(b"approved"))
    assert not signer.key.verifies(b"approved", b"")


def test_only_the_owner_can_read(ring: KeyRing, tmp_path: Path) -> None:
    ring.studio()
    ring.person("mira")
    ring.credential()
    for path in [tmp_path / "keys", *(tmp_path / "keys").rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        if path.is_dir():
            assert mode == 0o700, path
        elif path.name not in {"root.pem", "issuing.pem"}:
            assert mode == 0o600, path


def test_a_key_that_others_can_read_is_refused(ring: KeyRing, tmp_path: Path) -> None:
    ring.studio()
    (tmp_path / "keys" / "studio.key").chmod(0o644)
    with pytest.raises(UsageError) as caught:
        ring.studio()
    assert "chmod 600" in str(caught.value.next_step)
    (tmp_path / "keys").chmod(0o755)
    with pytest.raises(UsageError, match="others"):
        KeyRing(tmp_path / "keys")


@pytest.mark.parametrize("person", ["", "../studio", "a/b", "a b", "x" * 65])
def test_a_person_is_no_path(ring: KeyRing, person: str) -> None:
    with pytest.raises(UsageError):
        ring.person(person)


def test_private_keys_are_never_shown(ring: KeyRing, tmp_path: Path) -> None:
    signer, credential = ring.studio(), ring.credential()
    secrets = [
        "".join(path.read_text().split("-----")[2].split())
        for path in (tmp_path / "keys").rglob("*")
        if path.suffix == ".key" or path.name == "signer.pem"
    ]
    assert len(secrets) == 4
    shown = [repr(signer), str(signer), repr(credential), repr(ring), signer.key.vkey]
    for broken in ("studio.key", "credential/signer.pem"):
        place = tmp_path / "keys" / broken
        place.write_text(place.read_text().replace("BEGIN PRIVATE", "BEGIN PRIVATE.", 1))
        with pytest.raises(Damaged) as caught:
            ring.studio() if broken == "studio.key" else ring.credential()
        shown += ["".join(traceback.format_exception(caught.value)), caught.value.diagnosis()]
    for secret in secrets:
        assert not any(secret[20:40] in "".join(text.split()) for text in shown)
    for holder in (signer, credential):
        with pytest.raises(TypeError):
            pickle.dumps(holder)
        with pytest.raises(TypeError):
            copy.copy(holder)


def test_public_parts_are_exported_and_nothing_else(ring: KeyRing, tmp_path: Path) -> None:
    ring.studio()
    ring.export(tmp_path / "public")
    assert {path.name for path in (tmp_path / "public").iterdir()} == {"keys.txt", "root.pem"}
    keys = (tmp_path / "public" / "keys.txt").read_text().splitlines()
    assert [PublicKey.parse(line) for line in keys] == list(ring.public_keys())
    assert "PRIVATE" not in (tmp_path / "public" / "root.pem").read_text()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageUnavailable):
        KeyRing(tmp_path / "file" / "keys")


def test_the_chain_leads_from_signer_to_root(ring: KeyRing) -> None:
    credential = ring.credential()
    leaf, issuing = x509.load_pem_x509_certificates(credential.chain.encode())
    root = x509.load_pem_x509_certificate(credential.root.encode())
    leaf.verify_directly_issued_by(issuing)
    issuing.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.EMAIL_PROTECTION]
    basic = leaf.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert not basic.value.ca
    assert leaf.not_valid_before_utc < NOW < leaf.not_valid_after_utc
    raw = credential.sign(b"claim")
    signature = encode_dss_signature(
        int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    )
    public = leaf.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(signature, b"claim", ec.ECDSA(hashes.SHA256()))


def test_a_signer_that_ran_out_is_renewed_under_the_same_root(tmp_path: Path) -> None:
    first = KeyRing(tmp_path / "keys", now=lambda: NOW).credential()
    later = NOW + timedelta(days=400)
    second = KeyRing(tmp_path / "keys", now=lambda: later).credential()
    assert second.root == first.root
    assert second.chain != first.chain
    leaf = x509.load_pem_x509_certificates(second.chain.encode())[0]
    assert leaf.not_valid_before_utc < later < leaf.not_valid_after_utc


def test_a_key_and_a_certificate_that_do_not_match_are_damaged(tmp_path: Path) -> None:
    rings = [KeyRing(tmp_path / name, now=lambda: NOW) for name in ("a", "b")]
    for ring in rings:
        ring.credential()
    texts = [(tmp_path / name / "credential" / "signer.pem").read_text() for name in ("a", "b")]
    mark = "-----BEGIN CERTIFICATE"
    mixed = texts[0].split(mark)[0] + mark + texts[1].split(mark)[1]
    (tmp_path / "a" / "credential" / "signer.pem").write_text(mixed)
    with pytest.raises(Damaged):
        rings[0].credential()
    (tmp_path / "b" / "credential" / "root.pem").write_text("no certificate")
    with pytest.raises(Damaged):
        rings[1].credential()


def _keys(folder: str, done: Callable[[tuple[str, str]], None]) -> None:
    ring = KeyRing(Path(folder))
    done((ring.studio().key.vkey, ring.root_certificate()))


def test_two_processes_get_the_same_keys(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    folder = str(tmp_path / "keys")
    workers = [context.Process(target=_keys, args=(folder, queue.put)) for _ in range(3)]
    for worker in workers:
        worker.start()
    found = {queue.get(timeout=60) for _ in workers}
    for worker in workers:
        worker.join(60)
    assert len(found) == 1
    assert not list((tmp_path / "keys").glob(".new-*"))
