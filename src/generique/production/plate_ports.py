"""What plates need of a backend and of the disk: pictures with passes, in files of their own.

A backend that can draw a shot again with depth, mattes and movement beside the picture implements
:class:`PlateMaker` besides :class:`generique.production.ports.Backend`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from generique.model.element import Raster
from generique.model.time import Rate
from generique.model.values import Digest, Value
from generique.production.ports import Request, Stage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PlateOrder(Value):
    """What is wanted of a plate.

    Attributes:
        take: The take that is drawn again.
        scene: Its scene document as JSON text.
        frames: First and last frame; None for all.
        sky: False leaves the sky away: the picture is premultiplied and its alpha says where sky
            would be seen.
        weather: False puts smoke and what falls into a layer of their own.
        panorama: Width in pixels of a picture all round, drawn instead of frames; None for frames.
        at: Where the panorama is seen from, metres; None is where the camera stands in the first
            of the frames.
        movie: True for the picture alone, as it is shown, as one movie of ten bits.
    """

    take: str
    scene: str
    frames: tuple[int, int] | None = None
    sky: bool = True
    weather: bool = True
    panorama: int | None = None
    at: tuple[float, float, float] | None = None
    movie: bool = False


@dataclass(frozen=True)
class PlatePicture:
    """One file of a plate.

    Attributes:
        channels: height x width each, float16 or float32, by name, layers divided by a dot.
        rate: Frames a second.
        frame: From 0; None for a picture that is of no frame.
        matrices: 4 x 4 for row vectors, by the name of the header's attribute.
        texts: Attributes that are text.
        numbers: Attributes that are numbers.
        panorama: True for a picture all round, by longitude and latitude.
    """

    channels: Mapping[str, NDArray[Any]]
    rate: Rate
    frame: int | None = None
    matrices: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    panorama: bool = False


class DeepSink(Protocol):
    """Takes frames of sixteen bits one after the other and writes one movie."""

    def write(self, frame: NDArray[np.uint16]) -> None:
        """Append a frame: height x width x 3, RGB, 0 to 65535."""

    def close(self) -> Path:
        """Finish the movie and return its path."""

    def abandon(self) -> None:
        """Leave nothing of it."""


class PlateSink(Protocol):
    """Where the files of a plate go."""

    def has(self, name: str) -> bool:
        """True when a file of this plate is there, whole, by the same recipe.

        Raises:
            UsageError: Something else lies in its place.
        """

    def write(self, name: str, picture: PlatePicture) -> None:
        """Write a picture in one step."""

    def movie(self, name: str, raster: Raster, rate: Rate) -> DeepSink:
        """A movie of ten bits; it is there whole once it is closed.

        Raises:
            UsageError: Something else lies in its place.
        """

    def text(self, name: str, text: str) -> None:
        """Write a text in one step."""

    def files(self) -> dict[str, Digest]:
        """Digests of all files of this plate that are there by now, by name."""


class PlateSinks(Protocol):
    """Opens sinks."""

    def open(self, recipe: Digest) -> PlateSink:
        """A sink for the files of one recipe.

        Raises:
            UsageError: Files of another plate lie in the way.
        """


@runtime_checkable
class PlateMaker(Protocol):
    """A backend that makes plates of the shots that it made."""

    def plate(self, request: Request, order: PlateOrder, stage: Stage, sink: PlateSink) -> None:
        """Draw a take again with its passes; files that the sink has are not drawn.

        Args:
            request: Of the take.
            order: What is wanted of it.
            stage: Cache and progress.
            sink: Where the files go.

        Raises:
            NotCapable: It cannot draw this.
            Interrupted: The user asked to stop; what was written stays.
        """


class Mattes(Protocol):
    """The mattes of a plate that was made."""

    @property
    def recipe(self) -> Digest:
        """Of the plate."""

    @property
    def take(self) -> str:
        """The take that the plate is of."""

    def share(self, index: int, names: Sequence[str]) -> NDArray[np.float32]:
        """How much of each pixel of a frame things or kinds of these names cover, 0 to 1.

        Raises:
            UnreadableInput: The frame is missing, or nothing in it has one of these names.
        """
