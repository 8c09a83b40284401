"""The development chain for content credentials: root, issuing authority, signer.

Made on first use and trusted by nobody who was not told to: it shows how a signed master behaves,
and lets a studio verify its own. A certificate from a listed authority takes its place when the
studio has one. The profile of the signer's certificate (end entity, digital signature, a purpose
that verifiers accept) is the one that C2PA asks of claim signers.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pydantic import ConfigDict

from generique.machineroom.private_files import (
    create_private,
    make_private_folder,
    read_private,
    replace_private,
    storage,
)
from generique.model.errors import Damaged
from generique.model.values import Value

ORGANIZATION = "Generique development (self-issued)"
_AUTHORITY_DAYS = 3650
_SIGNER_DAYS = 365
_PERSON_FOLDER = "person"
_BACKDATED = timedelta(days=1)  # verifiers' clocks may be behind
_COORDINATE_BYTES = 32


class CredentialSigner:
    """Signs claims with ES256.

    Args:
        private: The signer's key.
        chain: Its certificate and the issuing one, PEM.
        root: The root certificate, PEM; not part of what is embedded.
    """

    __slots__ = ("_private", "chain", "root")

    def __init__(self, private: ec.EllipticCurvePrivateKey, chain: str, root: str) -> None:
        self._private = private
        self.chain = chain
        self.root = root

    def sign(self, data: bytes) -> bytes:
        """Signature as COSE wants it: r and s, 32 bytes each."""
        r, s = decode_dss_signature(self._private.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(_COORDINATE_BYTES, "big") + s.to_bytes(_COORDINATE_BYTES, "big")

    def __repr__(self) -> str:
        return "<credential signer>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not copied")


class PersonSigner:
    """A person's key and certificate, for documents.

    Args:
        private: Key and certificate, PEM.
        chain: The certificates above, the root last, PEM.
    """

    __slots__ = ("_private", "chain")

    def __init__(self, private: bytes, chain: str) -> None:
        self._private = private
        self.chain = chain

    def reveal(self) -> bytes:
        """Key and certificate, for the library that signs; they go nowhere else."""
        return self._private

    def __repr__(self) -> str:
        return "<document signer>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not copied")


class _Authority(Value):
    """A certificate and the key below which others are issued."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey

    def __repr__(self) -> str:
        return f"<authority {self.certificate.subject.rfc4514_string()}>"

    __str__ = __repr__


class Certificates:
    """The chain in its folder.

    Args:
        folder: Where it lies; made with all its files in one step.
        now: The clock.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now

    def signer(self) -> CredentialSigner:
        """The signer, renewed under the same authority when its certificate has run out.

        Raises:
            StorageUnavailable: The files cannot be read or written.
            Damaged: A file is not what it should be.
            UsageError: Others can read the private keys.
        """
        if not self._folder.exists():
            self._create()
        root = self._read("root.pem")
        issuing = self._read("issuing.pem")
        leaf = _load(self._folder / "signer.pem")
        if not _valid(leaf.certificate, self._now()):
            issuer = _load(self._folder / "issuing.key")
            leaf = _signer(issuer, self._now())
            replace_private(self._folder / "signer.pem", _both(leaf))
        return CredentialSigner(leaf.private, _pem(leaf.certificate) + issuing, root)

    def person(self, person: str, name: str) -> PersonSigner:
        """A person's certificate for signing documents, below the same authority.

        It is made when it is first asked for, and anew when it has run out or the name changed.

        Args:
            person: Identifier of the person.
            name: As the certificate says it.

        Raises:
            StorageUnavailable: The files cannot be read or written.
            Damaged: A file is not what it should be.
            UsageError: Others can read the private keys.
        """
        chain = self.signer()
        place = self._folder / _PERSON_FOLDER / f"{person}.pem"
        make_private_folder(place.parent)
        leaf = _load(place) if place.exists() else None
        if leaf is None or not _serves(leaf.certificate, name, self._now()):
            leaf = _person(_load(self._folder / "issuing.key"), name, self._now())
            replace_private(place, _both(leaf))
        return PersonSigner(_both(leaf), self._read("issuing.pem") + chain.root)

    def _create(self) -> None:
        """Make the chain beside and put it in place whole; the first of two processes wins."""
        now = self._now()
        root = _authority("Root", None, now, path_length=1)
        issuing = _authority("Issuing", root, now, path_length=0)
        with storage(self._folder):
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(dir=self._folder.parent, prefix=".new-"))
            try:
                make_private_folder(beside)
                create_private(beside / "root.key", _both(root))
                create_private(beside / "issuing.key", _both(issuing))
                create_private(beside / "signer.pem", _both(_signer(issuing, now)))
                (beside / "root.pem").write_text(_pem(root.certificate), encoding="ascii")
                (beside / "issuing.pem").write_text(_pem(issuing.certificate), encoding="ascii")
                if not self._folder.exists():
                    with suppress(FileExistsError, NotADirectoryError):
                        _rename_if_absent(beside, self._folder)
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def _read(self, name: str) -> str:
        place = self._folder / name
        with storage(place):
            try:
                text = place.read_text(encoding="ascii")
                x509.load_pem_x509_certificate(text.encode())
            except ValueError as error:
                raise _damaged(place) from error
        return text


def _rename_if_absent(source: Path, target: Path) -> None:
    """Rename a folder; a target that holds files stays, and that is the point."""
    try:
        source.rename(target)
    except OSError:
        if not target.exists():
            raise


def _authority(
    name: str, issuer: _Authority | None, now: datetime, *, path_length: int
) -> _Authority:
    """A certificate authority."""
    private = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(f"{name} authority", private, issuer, now, _AUTHORITY_DAYS)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=True, path_length=path_length), critical=True
    ).add_extension(_usage(authority=True), critical=True)
    return _issue(builder, private, issuer)


def _signer(issuer: _Authority, now: datetime) -> _Authority:
    """An end entity that may sign claims, and nothing else."""
    private = ec.generate_private_key(ec.SECP256R1())
    builder = _builder("Credential signer", private, issuer, now, _SIGNER_DAYS)
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        # The purpose that every validator takes without further settings.
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
    )
    return _issue(builder, private, issuer)


def _person(issuer: _Authority, name: str, now: datetime) -> _Authority:
    """A person who signs documents and means what they say (content commitment)."""
    private = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, private, issuer, now, _SIGNER_DAYS)
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False, commits=True), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
    )
    return _issue(builder, private, issuer)


def _serves(certificate: x509.Certificate, name: str, now: datetime) -> bool:
    """True when a person's certificate is valid and bears that name."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return _valid(certificate, now) and [str(one.value) for one in names] == [name]


def _builder(
    name: str,
    private: ec.EllipticCurvePrivateKey,
    issuer: _Authority | None,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    """What all certificates have in common."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    above = issuer.private if issuer else private
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False
        )
    )


def _issue(
    builder: x509.CertificateBuilder,
    private: ec.EllipticCurvePrivateKey,
    issuer: _Authority | None,
) -> _Authority:
    certificate = builder.sign(issuer.private if issuer else private, hashes.SHA256())
    return _Authority(certificate=certificate, private=private)


def _usage(*, authority: bool, commits: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=commits,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _valid(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _both(authority: _Authority) -> bytes:
    """Private key and certificate in one file, so that they cannot part."""
    return (
        authority.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + _pem(authority.certificate).encode()
    )


def _load(place: Path) -> _Authority:
    """Key and certificate from one file; no error ever quotes it."""
    data = read_private(place)
    try:
        private = serialization.load_pem_private_key(data, password=None)
        certificate = x509.load_pem_x509_certificate(data)
    except (ValueError, TypeError):
        raise _damaged(place) from None
    if (
        not isinstance(private, ec.EllipticCurvePrivateKey)
        or private.public_key() != certificate.public_key()
    ):
        raise _damaged(place)
    return _Authority(certificate=certificate, private=private)


def _damaged(place: Path) -> Damaged:
    return Damaged(
        "a certificate or its key cannot be read",
        where=str(place),
        why="the file is not the PEM that was written, or key and certificate do not match",
        next_step="restore the folder from a backup, or remove it to start a new chain that others "
        "have to be told to trust",
    )
