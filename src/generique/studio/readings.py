"""The readings that verifying one file takes, side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from generique.marks.credential.report import CredentialTree
    from generique.model.values import Digest
    from generique.production.evidence import CredentialReader


class Readings:
    """One file's digest, credential and essence, each from a reading of its own.

    They are three hashes of three different strings of bytes, by three programs, so that none can
    be spared; side by side they take little longer than the slowest. What was read stays known
    after the end. Implements both readers of :func:`generique.production.evidence.verify_file`.

    Args:
        file: The file.
        anchors: Root certificates in PEM that the reader trusts; None trusts nobody.
        credentials: Reads the credential.
        essence: Gives the essence digest of a file.
        digest: Gives the digest of a file.
    """

    def __init__(
        self,
        file: Path,
        anchors: str | None,
        credentials: CredentialReader,
        essence: Callable[[Path], Digest],
        digest: Callable[[Path], Digest],
    ) -> None:
        self._aside = ThreadPoolExecutor(max_workers=3)
        tree: Future[CredentialTree | None]
        tree = self._aside.submit(credentials.read, file, anchors=anchors)
        self._trees = {(file, anchors): tree}
        self._essences = {file: self._aside.submit(essence, file)}
        self._digest = self._aside.submit(digest, file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._aside.shutdown(cancel_futures=True)

    def digest(self) -> Digest:
        """Digest of the bytes of the file.

        Raises:
            UnreadableInput: They cannot be read.
        """
        return self._digest.result()

    def essence(self, path: Path) -> Digest:
        """Essence digest of the file.

        Raises:
            UnreadableInput: It is neither picture nor sound, or cut short.
        """
        return self._essences[path].result()

    def read(self, path: Path, *, anchors: str | None = None) -> CredentialTree | None:
        """Credential of the file.

        Raises:
            UnreadableInput: The file cannot be read, or what stands in it is no credential.
        """
        return self._trees[path, anchors].result()
