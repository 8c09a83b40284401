"""The key ring: private keys in files that only their owner can read.

``studio`` signs ledger entries and checkpoints, ``person/<id>`` signs what that person decides,
``demonstration`` signs what nobody decided. All are Ed25519. Private keys leave their file only
into the memory of a signer, and never into a message, a log or another file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import TypeAdapter, ValidationError

from generique.ledger.keys import DEMONSTRATION, STUDIO, PublicKey, person_key_name
from generique.machineroom.certificates import Certificates, CredentialSigner, PersonSigner
from generique.machineroom.files import publish_bytes
from generique.machineroom.private_files import (
    create_private,
    make_private_folder,
    read_private,
    storage,
)
from generique.model.errors import Damaged, UsageError
from generique.model.values import Identifier

PERSON_FOLDER = "person"
_WITNESS_FOLDER = "witness"
_SUFFIX = ".key"
_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class KeyFileSigner:
    """A signer whose private key came from a file; implements the ledger's ``Signer``."""

    __slots__ = ("_key", "_private")

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes_raw()
        self._key = PublicKey(name=name, raw=raw.hex())

    @property
    def key(self) -> PublicKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"<signer {self._key.id}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not copied")


class KeyRing:
    """Keys in a folder; each is made when it is first asked for.

    Args:
        folder: Where the keys lie; created for the owner only.
        now: The clock, for the validity of certificates.

    Raises:
        StorageUnavailable: The folder cannot be made or read.
        UsageError: Others can read the folder.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = utc_now) -> None:
        self._folder = folder
        make_private_folder(folder)
        make_private_folder(folder / PERSON_FOLDER)
        self._certificates = Certificates(folder / "credential", now=now)

    def __repr__(self) -> str:
        return f"<key ring {self._folder}>"

    def studio(self) -> KeyFileSigner:
        """The studio's key.

        Raises:
            StorageUnavailable: It cannot be stored.
            Damaged: Its file is not a key.
            UsageError: Others can read its file.
        """
        return self._signer(STUDIO)

    def demonstration(self) -> KeyFileSigner:
        """The key for demonstrations; errors as :meth:`studio`."""
        return self._signer(DEMONSTRATION)

    def person(self, person: str) -> KeyFileSigner:
        """A person's key; errors as :meth:`studio`.

        Args:
            person: Identifier of the person.
        """
        _require_identifier(person)
        return self._signer(person_key_name(person))

    def renew(self, person: str) -> KeyFileSigner:
        """Make a new key for a person; the old one is put aside, never removed.

        Args:
            person: Identifier of the person.

        Returns:
            The new key; errors as :meth:`studio`.
        """
        old = self.person(person)
        place = self._folder / f"{person_key_name(person)}{_SUFFIX}"
        with storage(place):
            place.rename(place.with_suffix(f".{old.key.number.hex()}.retired"))
        return self.person(person)

    def witness(self, name: str) -> KeyFileSigner:
        """The key that this machine cosigns other people's logs with; errors as :meth:`studio`.

        It lies in a folder of its own and is not among :meth:`public_keys`: a key that cosigns
        signs nothing else.

        Args:
            name: Name of the witness, as in its cosignatures; no space, no ``+``.
        """
        make_private_folder(self._folder / _WITNESS_FOLDER)
        place = self._folder / _WITNESS_FOLDER / f"cosigner{_SUFFIX}"
        if not place.exists():
            create_private(place, _encode(Ed25519PrivateKey.generate()))
        return KeyFileSigner(name, _load(place))

    def public_keys(self) -> tuple[PublicKey, ...]:
        """Public halves of all keys in the folder, sorted by name; makes none."""
        with storage(self._folder):
            files = sorted(
                [
                    *self._folder.glob(f"*{_SUFFIX}"),
                    *self._folder.glob(f"{PERSON_FOLDER}/*{_SUFFIX}"),
                ]
            )
        names = [str(file.relative_to(self._folder)).removesuffix(_SUFFIX) for file in files]
        return tuple(self._signer(name).key for name in names)

    def credential(self) -> CredentialSigner:
        """The signer of content credentials, with its development chain; errors as studio."""
        return self._certificates.signer()

    def document(self, person: str, name: str) -> PersonSigner:
        """A person's certificate for signing documents, no key to decide with.

        Args:
            person: Identifier of the person.
            name: As the certificate says it.

        Raises:
            UsageError: That is no identifier.
        """
        _require_identifier(person)  # before it becomes a file's name
        return self._certificates.person(person, name)

    def root_certificate(self) -> str:
        """Root of the development chain in PEM; this is what others may choose to trust."""
        return self._certificates.signer().root

    def export(self, target: Path) -> None:
        """Write the public parts: ``keys.txt`` (a vkey a line) and ``root.pem``.

        Raises:
            StorageUnavailable: The folder cannot be written.
        """
        root = self.root_certificate()
        keys = "".join(f"{key.vkey}\n" for key in self.public_keys())
        publish_bytes(keys.encode(), target / "keys.txt")
        publish_bytes(root.encode(), target / "root.pem")

    def _signer(self, name: str) -> KeyFileSigner:
        place = self._folder / f"{name}{_SUFFIX}"
        if not place.exists():
            create_private(place, _encode(Ed25519PrivateKey.generate()))
        return KeyFileSigner(name, _load(place))


def _require_identifier(person: str) -> None:
    try:
        _IDENTIFIER.validate_python(person)
    except ValidationError as error:
        raise UsageError(
            f"{person!r} is not an identifier of a person",
            next_step="use letters, digits, dot, dash and underscore",
        ) from error


def _encode(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _load(place: Path) -> Ed25519PrivateKey:
    """A private key; no error ever quotes the file."""
    data = read_private(place)
    try:
        private = serialization.load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _damaged(place) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise _damaged(place)
    return private


def _damaged(place: Path) -> Damaged:
    return Damaged(
        "a private key cannot be read",
        where=str(place),
        why="the file is not an Ed25519 key in PEM",
        next_step="restore it from a backup; a new key cannot stand for the old one",
    )
