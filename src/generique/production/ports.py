"""What the use cases need of the outside world, as small protocols.

A plug-in author needs this module and :mod:`generique.testing`, nothing else. A backend is a
class with a no-argument constructor, registered under the entry point group
``generique.backends``. It must import heavy libraries inside its methods, so that listing the
backends costs nothing.

The law of a backend, checked by :mod:`generique.testing.backend_contract`:

1. ``interpret`` is pure and quick. It raises :class:`~generique.model.errors.NotCapable` for a
   request that it cannot serve in full, naming the words, before anything is spent.
2. ``generate`` makes exactly what was asked: kind, length, rate, raster. It never shortens,
   resizes, re-seeds or substitutes.
3. The same request gives the same essence on one machine when the passport says *repeatable*.
4. It reads no clock, environment or unseeded randomness, and writes only through its stage.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, runtime_checkable

from pydantic import Field, PositiveInt

from generique.model.delivered import JobFacts
from generique.model.element import Easing, ElementKind, Quality, Raster, SceneEvent
from generique.model.errors import NotCapable
from generique.model.passport import Passport
from generique.model.reference import Reference
from generique.model.time import Rate
from generique.model.values import Digest, Identifier, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generique.production.job_ports import Office

    Frame: TypeAlias = NDArray[np.uint8]
    """A picture: height x width x 3, RGB, 0 to 255, BT.709 display-referred."""

    Samples: TypeAlias = NDArray[np.float32]
    """Sound: samples x channels, full scale -1 to 1."""


class Request(Value):
    """What a backend is asked to make.

    Attributes:
        prompt: What is to be seen or heard; the text to speak for a voice.
        frames: Length in frames at ``rate``; None for a voice, whose length follows its text, and
            for a picture only to ``interpret``, to learn the length that the prompt names.
        raster: Of the picture; None for sound.
        language: Two-letter code for a voice.
        options: Further direction that the backend's documentation names, for example the
            ``voice`` of a speech backend. An option that it does not know is refused.
        references: Files to follow. A role that the backend does not know is refused.
    """

    kind: ElementKind
    prompt: str
    seed: int
    rate: Rate
    frames: PositiveInt | None = None
    raster: Raster | None = None
    quality: Quality = Quality.PREVIEW
    easing: Easing = Easing.LINEAR
    language: str | None = None
    options: dict[str, str] = Field(default_factory=dict)
    references: tuple[Reference, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Directions of retakes, in order: the option ``notes``, a JSON list of texts.

        Raises:
            NotCapable: The option is none.
        """
        try:
            notes = json.loads(self.options.get("notes", "[]"))
        except (ValueError, RecursionError):
            notes = None
        if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
            raise NotCapable(
                "option notes is no JSON list of texts",
                next_step='write it as ["slower, less snow"]',
            )
        return tuple(notes)

    def require_no_references(self, name: str) -> None:
        """Refuse every reference: for a backend that follows none.

        Args:
            name: Of the backend, for people.

        Raises:
            NotCapable: Names the first role that is asked for.
        """
        for reference in self.references:
            raise NotCapable(
                f"{name} takes no reference as {reference.role}",
                why="it makes everything from words",
                next_step="take the reference out, or name a backend that follows one",
            )


class WordUse(Value):
    """What became of a stretch of the prompt.

    Attributes:
        start: Index of the first character.
        end: Index after the last.
        use: ``used`` (see ``became``) or ``filler``.
        became: Field of the scene and value, for example ``time.name = night``.
    """

    start: int
    end: int
    text: str
    use: Literal["used", "filler"]
    became: str = ""


class Interpretation(Value):
    """How a backend reads a request, before anything is spent.

    Attributes:
        scene: The declarative scene document as JSON text, where the backend has one.
        frames: Length that the prompt itself asks for, or the backend's own, when the request
            leaves it open; None for sound whose length follows its text.
        language: That the prompt was read in, as a code; None where the backend reads one only.
    """

    words: tuple[WordUse, ...] = ()
    scene: str | None = None
    language: str | None = None
    frames: PositiveInt | None = None
    warnings: tuple[str, ...] = ()


class Estimate(Value):
    """Expected effort: wall-clock seconds on this machine, and money as a decimal text.

    Attributes:
        currency: ISO 4217 code of what it costs; None where it costs nothing.
    """

    seconds: float
    cost: str = "0"
    currency: str | None = None


class Delivery(Value):
    """What a backend made; the file lies in the stage's workspace.

    Attributes:
        path: Absolute path of the file, of the length, rate and raster that were asked.
        scene: The scene document as JSON text, where there is one.
        original: Absolute path of the provider's own bytes, untouched, where ``path`` was cut or
            scaled from them; ``warnings`` say how.
        job: Of the provider that made it.
    """

    path: Path
    media_type: str
    seed: int
    scene: str | None = None
    events: tuple[SceneEvent, ...] = ()
    warnings: tuple[str, ...] = ()
    original: Path | None = None
    job: JobFacts | None = None


class PictureSink(Protocol):
    """Takes frames one after the other and writes one file."""

    def write(self, frame: Frame) -> None:
        """Append a frame; its shape must be the sink's raster."""

    def close(self) -> Path:
        """Finish the file and return its path. Not calling it leaves no file."""


class Stage(Protocol):
    """All that a backend gets of the machine while it works."""

    @property
    def workspace(self) -> Path:
        """A folder of its own, removed afterwards."""

    def picture(self, raster: Raster, rate: Rate) -> PictureSink:
        """A sink for an MP4 take in the workspace."""

    def sound(self, samples: Samples, sample_rate: int) -> Path:
        """Write samples as a 32-bit float WAV into the workspace."""

    def cached(self, key: Digest) -> Path | None:
        """A file kept earlier under a key (a light bake, say), verified; None if there is none."""

    def keep(self, key: Digest, path: Path) -> Path:
        """Move a file of the workspace into the vault under a key; returns its new path."""

    def progress(self, done: int, total: int, what: str) -> None:
        """Report progress.

        Raises:
            Interrupted: The user asked to stop; let it pass.
        """

    def reference(self, file: Digest) -> Path:
        """Where a file to follow lies, read-only, verified.

        Raises:
            Damaged: It is missing, or its bytes are others.
        """

    @property
    def office(self) -> Office:
        """For backends that ask a provider on the network.

        Raises:
            NotConfigured: There is no office here.
        """


@runtime_checkable
class Backend(Protocol):
    """A generator."""

    def passport(self) -> Passport:
        """What is known of it."""

    def interpret(self, request: Request) -> Interpretation:
        """Read a request without making anything.

        Raises:
            NotCapable: It cannot show or say all of this.
        """

    def estimate(self, request: Request, stage: Stage) -> Estimate:
        """Expected effort, light that is already baked taken into account."""

    def generate(self, request: Request, stage: Stage) -> Delivery:
        """Make it.

        Raises:
            NotCapable: As ``interpret``.
            BackendFailed: It could not be made.
        """


@runtime_checkable
class ListsItems(Protocol):
    """A backend that holds the list of what its model was trained on, item by item."""

    def dataset_of(self, item: Digest) -> Identifier | None:
        """The dataset by which the model was trained on an item; None where it was not."""


class Vault(Protocol):
    """Files by digest. What is in it never changes."""

    def put_bytes(self, data: bytes) -> Digest:
        """Store bytes; storing them again is free."""

    def put_file(self, path: Path) -> Digest:
        """Store a copy of a file."""

    def move_in(self, path: Path) -> Digest:
        """Store a file that is the caller's own; afterwards it is no more where it was."""

    def path(self, digest: Digest) -> Path:
        """Where the file lies, read-only.

        Raises:
            Damaged: It is missing, or its size is not what was stored.
        """

    def read(self, digest: Digest) -> bytes:
        """The bytes, verified against the digest.

        Raises:
            Damaged: Missing or changed.
        """

    def has(self, digest: Digest) -> bool:
        """True when the file is there."""


class Clock(Protocol):
    """Wall-clock time, an argument like any other."""

    def now(self) -> str:
        """Now in UTC, RFC 3339 with whole seconds and ``Z``."""
