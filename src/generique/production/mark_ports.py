"""What a picture mark of another make must offer, as a small protocol.

Our own mark needs no weights and is always there. Whoever has the weights of a neural mark (and
the right to use them) can add it: a class with a no-argument constructor, registered under the
entry point group ``generique.marks``. Heavy libraries are imported inside its methods.

The law, checked by :mod:`generique.testing.mark_contract`:

1. ``embed`` returns new frames of the same shape, type and number, one by one, in order.
2. ``detect`` on what ``embed`` made answers the payload; on unmarked frames it answers None. It
   never guesses.
3. The same frames and payload give the same marked frames on one machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pydantic import Field

from generique.model.values import Value

if TYPE_CHECKING:
    from generique.production.ports import Frame

MARK_GROUP = "generique.marks"
"""Entry point group of picture marks."""


class PluginReading(Value):
    """What a foreign detector found.

    Attributes:
        payload: The payload, 0 to ``2 ** payload_bits - 1``; None when nothing can be said.
        false_alarm: Upper bound, stated by the maker, on the probability that unmarked frames
            would be read as clearly as this.
        lines: The report for a person.
    """

    payload: int | None = Field(default=None, ge=0)
    false_alarm: float = Field(ge=0, le=1)
    lines: tuple[str, ...] = ()


class MarkShelf(Protocol):
    """The picture marks of another make that are installed."""

    def names(self) -> tuple[str, ...]:
        """Names of all, in alphabetical order."""

    def get(self, name: str) -> PictureMarkPlugin:
        """A mark by name.

        Raises:
            NotConfigured: There is none of that name, or its package cannot be imported.
            BackendFailed: What the entry point names is no mark.
        """


@runtime_checkable
class PictureMarkPlugin(Protocol):
    """A picture mark."""

    @property
    def name(self) -> str:
        """Short name, for example ``videoseal``."""

    @property
    def algorithm(self) -> str:
        """Its name in the C2PA list of soft-binding algorithms."""

    @property
    def payload_bits(self) -> int:
        """Size of the payload."""

    def embed(self, frames: Iterable[Frame], payload: int) -> Iterator[Frame]:
        """Marked copies of the frames of one shot.

        Args:
            frames: Height x width x 3, uint8, RGB.
            payload: 0 to ``2 ** payload_bits - 1``.

        Raises:
            UsageError: The payload is out of range.
            NotCapable: Frames of this raster cannot be marked.
        """

    def detect(self, frames: Iterable[Frame]) -> PluginReading:
        """Look for a payload that all frames have in common; any received raster."""
