"""How footage is cut out: by a screen, by a clean plate, by mattes made elsewhere.

A clean plate and mattes may be used together: what differs from the clean plate stands before what
the mattes keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from generique.model.element import Raster
from generique.model.errors import UsageError
from generique.model.values import Digest, Json
from generique.world.arrays import Floats
from generique.world.plates.clean_plate import difference_key
from generique.world.plates.extension import held, joined
from generique.world.plates.keying import Key, pull
from generique.world.plates.matching import linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

OWN: Literal["auto"] = "auto"
"""Says that the clean plate is to be found in the footage itself."""


class Still(Protocol):
    """A picture that a person gives."""

    @property
    def digest(self) -> Digest:
        """Of its bytes."""

    def picture(self, raster: Raster) -> NDArray[np.float32]:
        """The picture as it is shown, height x width x 3, 0 to 1.

        Raises:
            UnreadableInput: It is no picture of this raster.
        """


class MatteFrames(Protocol):
    """Mattes that were made elsewhere."""

    @property
    def digest(self) -> Digest:
        """Of all of them."""

    @property
    def count(self) -> int | None:
        """For how many frames they are; None for all."""

    def matte(self, index: int, raster: Raster) -> NDArray[np.float32]:
        """The matte of a frame, height x width, 0 to 1; counted from the first that is used.

        Raises:
            UnreadableInput: It is no picture of this raster.
        """


@dataclass(frozen=True)
class Scissors:
    """What footage is to be cut out with.

    Attributes:
        colour: Of a screen, 0 to 1, linear light; None where there is none.
        clean: A clean plate, or ``auto`` for the footage's own.
        mattes: Made elsewhere.
    """

    colour: tuple[float, float, float] | None = None
    clean: Still | Literal["auto"] | None = None
    mattes: MatteFrames | None = None

    def recipe(self) -> dict[str, Json]:
        """All that decides what is cut out, but for the footage."""
        clean = self.clean
        return {
            "key": None if self.colour is None else list(self.colour),
            "clean": clean if clean is None or isinstance(clean, str) else clean.digest,
            "matte": None if self.mattes is None else self.mattes.digest,
        }

    def check(self, frames: int) -> None:
        """Refuse what does not go together.

        Args:
            frames: That are to be cut out.

        Raises:
            UsageError: There is nothing to cut with, a screen beside the others, or another
                number of mattes.
        """
        others = self.clean is not None or self.mattes is not None
        if (self.colour is None) is not others:
            raise UsageError(
                "a screen, or a clean plate and mattes: one of both is needed",
                next_step="give --key, or --clean or --matte or both of these",
            )
        count = None if self.mattes is None else self.mattes.count
        if count is not None and count != frames:
            raise UsageError(
                f"there are {count} mattes for {frames} frames",
                next_step="give one for each frame that is used, or one picture for all",
            )


@dataclass(frozen=True)
class Cutter:
    """Cuts frames out.

    Attributes:
        scissors: With what.
        raster: Of the frames.
        clean: Clean plate, linear light, height x width x 3; None without one.
    """

    scissors: Scissors
    raster: Raster
    clean: Floats | None = None

    def key(self, index: int, picture: Floats) -> Key:
        """What is cut out of a frame.

        Args:
            index: Counted from the first that is used.
            picture: height x width x 3, as it is shown.

        Raises:
            UnreadableInput: There is no such screen, the clean plate is another view's, or a matte
                cannot be read.
        """
        light = linear(picture)
        if self.scissors.colour is not None:
            return pull(light, self.scissors.colour)
        keys = []
        if self.clean is not None:
            keys.append(difference_key(light, self.clean))
        if self.scissors.mattes is not None:
            matte = self.scissors.mattes.matte(index, self.raster)
            keys.append(held(light, np.asarray(matte, np.float32)))
        return keys[0] if len(keys) == 1 else joined(*keys)
