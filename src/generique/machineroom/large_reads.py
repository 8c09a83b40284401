"""Files that are read into large buffers of a library, with few page faults.

The credential library hashes a file through buffers of 256 MiB, new ones each time. In pages of
4 KiB the kernel has to hand out 65,536 of them before the first byte is hashed, which took longer
than the hash itself; in huge pages it is 128. It is advice: where the system has no such pages,
or does not follow, the same bytes are read, slower.
"""

from __future__ import annotations

import ctypes
import io
import mmap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

BUFFER = 1 << 18
"""Bytes that are read at once where a library asks for few; it copies by 8 KiB."""
HUGE = 1 << 21
"""Bytes of a huge page."""
LEAST = 1 << 25
"""Shorter buffers may come from memory that was in use before, and are left as they are.

glibc never takes this much from its heap (``DEFAULT_MMAP_THRESHOLD_MAX``).
"""


def opened_for_library(path: Path) -> io.BufferedReader:
    """A file for reading, for a library that reads much at once.

    Raises:
        OSError: It cannot be opened.
    """
    return io.BufferedReader(_LargeReads(path), BUFFER)


class _LargeReads(io.FileIO):
    """An unbuffered file that asks for huge pages where it is read into a large buffer."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._advise = _advice()

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        """Read up to as many bytes as the buffer holds; 0 at the end."""
        view = memoryview(buffer)
        if self._advise is not None and view.nbytes >= LEAST:
            first = ctypes.addressof(ctypes.c_char.from_buffer(view))
            start = -(-first // HUGE) * HUGE
            self._advise(start, (first + view.nbytes - start) // HUGE * HUGE)
        return super().readinto(view)


def _advice() -> Callable[[int, int], object] | None:
    """Asks for huge pages at an address, for a length; None where the system has none."""
    kind = getattr(mmap, "MADV_HUGEPAGE", None)
    if kind is None:
        return None
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    madvise.restype = ctypes.c_int
    return lambda start, length: madvise(start, length, kind)
