"""What identification needs of the archive of known works."""

from __future__ import annotations

from typing import Protocol

from generique.marks.fingerprint.signature import Signatures
from generique.marks.works import Work
from generique.model.values import Digest


class Archive(Protocol):
    """Keeps known works with their fingerprints, for all productions of a machine.

    The law, checked on every adapter by the same tests:

    1. A work is there with its fingerprint or not at all; a reader never sees half of one.
    2. Adding a work again replaces what is said of it. Works are found by the digest of their file.
    3. What does not match its digest or cannot be read is told as ``Damaged``, never passed over.
    """

    def add(self, work: Work, signatures: Signatures, sound: bytes | None = None) -> None:
        """Take a work in; durable when this returns.

        Args:
            work: What is known of it.
            signatures: Of every frame.
            sound: Landmarks of its sound, encoded; None when it has none.

        Raises:
            StorageUnavailable: It could not be stored; nothing was changed.
        """

    def has(self, identifier: Digest) -> bool:
        """True when the work is there."""

    def works(self) -> tuple[Work, ...]:
        """All works, in order of title and identifier."""

    def work(self, identifier: Digest) -> Work:
        """One work.

        Raises:
            UsageError: It is not there.
        """

    def signatures(self, identifier: Digest) -> Signatures:
        """Signatures of a work.

        Raises:
            UsageError: It is not there.
            Damaged: They cannot be read.
        """

    def sound(self, identifier: Digest) -> bytes | None:
        """Landmarks of a work's sound; None when it has none."""

    def remove(self, identifier: Digest) -> None:
        """Forget a work.

        Raises:
            UsageError: It is not there.
        """
