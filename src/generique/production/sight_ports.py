"""What identification needs to see of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import Field, NonNegativeInt, PositiveInt

from generique.model.time import Rate
from generique.model.values import Value
from generique.production.machineroom_ports import PictureFacts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generique.marks.fingerprint.registration import Registration
    from generique.marks.fingerprint.signature import Signatures
    from generique.marks.watermark import MarkSum, Placement
    from generique.production.ports import Frame, Samples

    Pictures = Iterator[Frame]

SOUND_RATE = 48_000
"""Samples a second of all sound that is listened to."""

Crop = tuple[float, float, float, float]
"""Left, top, width, height of a part of a picture, each 0 to 1."""


class Window(Value):
    """A part of a file's time and picture.

    Attributes:
        start: First frame.
        frames: How many; None to the end.
        crop: Part of the picture; None for all of it.
        mirrored: Left and right exchanged, after the crop.
    """

    start: NonNegativeInt = 0
    frames: PositiveInt | None = None
    crop: Crop | None = Field(default=None)
    mirrored: bool = False


@dataclass(frozen=True)
class Shown:
    """Frames of a known work that a stretch of a file shows.

    Attributes:
        file: The work's file.
        frames: The work's frame for each frame of the stretch.
        registration: Of a still of the stretch on one of the work.
    """

    file: Path
    frames: tuple[int, ...]
    registration: Registration


@dataclass(frozen=True)
class Pairing:
    """A stretch of a file and where it lies in known works.

    Attributes:
        start: First frame of the file.
        placed: In the work whose picture carries the mark, or in one of the same picture.
        unmarked: In a work that carries no mark; its frames are taken off the file's.
    """

    start: int
    placed: Shown
    unmarked: Shown | None = None


class Eyes(Protocol):
    """Looks at picture files.

    Every method raises ``UnreadableInput`` for what is no picture or is cut short.
    """

    def has(self, path: Path) -> bool:
        """True when the file is there."""

    def facts(self, path: Path) -> PictureFacts:
        """Facts of a picture file."""

    def rate(self, path: Path) -> Rate:
        """Frames a second, as the file states them."""

    def signatures(self, path: Path, window: Window | None = None) -> Signatures:
        """Signatures of a file, or of a part of its time and picture."""

    def marks(self, path: Path, stretches: Sequence[tuple[int, int]]) -> Iterator[MarkSum]:
        """What the picture mark's reader needs of each stretch (first frame, past-last frame)."""

    def marks_at(self, path: Path, pairing: Pairing) -> tuple[MarkSum, Placement]:
        """What the reader of a mark at a known place needs of one stretch."""

    def pictures(self, path: Path, stretches: Sequence[tuple[int, int]]) -> Iterator[Pictures]:
        """RGB frames of each stretch, in one pass; those of one end where the next is asked for."""

    def prepare(self, path: Path, frames: Sequence[int]) -> None:
        """Read stills that will be asked for."""

    def still(self, path: Path, frame: int) -> NDArray[np.uint8]:
        """Luma of one frame: height x width, at most 360 lines."""


class Ears(Protocol):
    """Listens to sound."""

    def sound(self, path: Path) -> Samples | None:
        """Sound at 48 kHz, stereo; None when the file has none."""

    def landmarks(self, path: Path) -> bytes | None:
        """Landmarks of a file's sound, encoded; None when it has none."""
