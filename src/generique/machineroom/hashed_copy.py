"""Copies that are hashed on their way: a file is read once, written once, and its hash is known."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_PIECE = 1 << 20
_BEHIND = 4
"""Pieces that may wait to be hashed."""


class HashedCopy:
    """Writes a file; its SHA-256 is computed in a second thread.

    Args:
        written: Where to.
    """

    def __init__(self, written: BinaryIO) -> None:
        self._written = written
        self._hasher = hashlib.sha256()
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._beside.shutdown(cancel_futures=True)

    def write(self, piece: bytes, *, hashed: bool = True) -> None:
        """Write bytes, and hash them unless it is said otherwise."""
        if hashed:
            self.count(piece)
        self._written.write(piece)

    def count(self, piece: bytes) -> None:
        """Hash bytes that are not written."""
        while len(self._waiting) >= _BEHIND:
            self._waiting.popleft().result()
        self._waiting.append(self._beside.submit(self._hasher.update, piece))

    def digest(self) -> bytes:
        """SHA-256 of what was hashed so far."""
        while self._waiting:
            self._waiting.popleft().result()
        return self._hasher.digest()


def pieces(stream: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """The bytes of a stretch of a file, a mebibyte at a time.

    Args:
        stream: The file.
        start: First byte.
        end: Byte after the last.

    Raises:
        EOFError: The file became shorter while it was read.
    """
    stream.seek(start)
    left = end - start
    while left:
        piece = stream.read(min(_PIECE, left))
        if not piece:
            raise EOFError("the file became shorter while it was read")
        left -= len(piece)
        yield piece
