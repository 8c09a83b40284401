"""What the use cases need of the machine room, as small protocols.

Plug-in authors do not need these; they are implemented by :mod:`generique.machineroom` and by
the fakes of :mod:`generique.testing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from generique.clearance.clauses import Contract
from generique.clearance.reservations.scan import Sayings
from generique.marks.credential.report import CredentialTree
from generique.model.delivered import Observed
from generique.model.element import Raster
from generique.model.production import MediaList, Production
from generique.model.shot import Framing
from generique.model.time import Rate
from generique.model.values import Digest, Json, Value
from generique.production.ports import Backend, Stage
from generique.production.rights_ports import RightsFolder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generique.production.ports import Frame, Samples


class Document(Value):
    """A text that a person wrote, and what to call it in an error."""

    text: str
    where: str


class Folder(Protocol):
    """A production on disk."""

    @property
    def root(self) -> Path:
        """The production's folder."""

    def production(self) -> Production:
        """``production.toml``, validated.

        Raises:
            UnreadableInput: Missing, not TOML, or with an unknown or missing key.
        """

    def contract(self) -> Contract | None:
        """``contract/clauses.toml``, None where the production has no contract.

        Its binding is not looked at: that stands in the ledger.

        Raises:
            UnreadableInput: It is too large, not TOML, or says what no clause can say.
        """

    def signed_contract(self, name: str) -> Digest | None:
        """Digest of the signed document beside the clauses; None when it is missing."""

    def screenplay(self) -> tuple[str, bytes]:
        """Name and bytes of ``script.fountain`` or ``script.fdx``."""

    def shots(self) -> Document | None:
        """``shots.toml``, None before the first breakdown."""

    def write_shots(self, text: str) -> None:
        """Replace ``shots.toml`` in one step."""

    def translation(self, language: str) -> Document:
        """``languages/<language>.toml``."""

    def media(self) -> MediaList:
        """``media/media.toml``; an empty list where the production has no media."""

    def media_path(self, file: str) -> Path:
        """A file of the media folder.

        Raises:
            UnreadableInput: It is missing, or the path leaves the production.
        """

    def beside(self, file: str) -> dict[str, str]:
        """Texts of the site of a medium that lie beside it: ``tdmrep.json``, ``robots.txt``.

        Raises:
            UnreadableInput: One is too large, a link, or not UTF-8.
        """

    @property
    def rights(self) -> RightsFolder:
        """What people wrote under ``rights/``."""

    def digest(self, path: Path) -> Digest:
        """Digest of a file's bytes."""

    def publish(self, name: str, source: Path | bytes) -> Path:
        """Write a file into ``out/`` in one step; an equal file is left alone."""

    def publish_folder(self, name: str, files: Mapping[str, tuple[Path, Digest]]) -> Path:
        """Write a folder into ``out/`` whole or not at all; what stood there before is replaced.

        Args:
            name: Of the folder.
            files: Source and digest of each file, by its name in the folder.

        Raises:
            Damaged: A source has other bytes than its digest says.
        """

    def size(self, path: Path) -> int:
        """Bytes of a file."""


class PictureFacts(Value):
    """What a picture file holds."""

    frames: int
    rate: Rate
    raster: Raster


class Loudness(Value):
    """Programme loudness of a file in LUFS and its highest true peak in dBTP."""

    integrated: float
    true_peak: float


class Bench(Protocol):
    """Media tools. Every path is absolute."""

    def versions(self) -> dict[str, str]:
        """Names and versions of the outside programs used, for the record."""

    def essence(self, path: Path) -> Digest:
        """Essence digest of a picture or sound file."""

    def picture_facts(self, path: Path) -> PictureFacts:
        """Read a picture file's facts.

        Raises:
            UnreadableInput: It is no picture, or is cut short.
        """

    def frames(
        self, path: Path, start: int, count: int, raster: Raster, framing: Framing | None = None
    ) -> Iterator[Frame]:
        """Frames of a file in its own count, or a part of each, scaled to the raster.

        Raises:
            UnreadableInput: The file cannot be decoded or ends before.
        """

    def carried(self, path: Path) -> Sayings:
        """What a file itself says of text and data mining, in its credential and metadata."""

    def observed(self, path: Path) -> Observed:
        """What a file that a stranger made says of itself: its credential, and marks in it.

        It is never an error of the file's: what cannot be read is said as that, and no file keeps
        the reader longer than some minutes.
        """

    def read_sound(self, path: Path) -> Samples:
        """Sound at 48 kHz, stereo."""

    def wav(self, samples: Samples) -> bytes:
        """Sound at 48 kHz as the bytes of a 32-bit float WAV."""

    def encode(
        self, frames: Iterable[Frame], raster: Raster, rate: Rate, sound: Path, target: Path
    ) -> None:
        """Encode an H.264/AAC MP4 whose bytes depend on the input alone."""

    def loudness(self, path: Path) -> Loudness:
        """Measure a sound or picture file's programme loudness (EBU R 128)."""

    def typeset(self, source: str, width: int) -> NDArray[np.uint8]:
        """Typeset a Typst source: height x width x 4, RGBA, straight alpha."""


class Backends(Protocol):
    """The generators that are installed."""

    def names(self) -> tuple[str, ...]:
        """Names of all backends."""

    def get(self, name: str) -> Backend:
        """A backend by name.

        Raises:
            NotConfigured: There is none of that name, or it cannot be loaded.
        """


class StageDoor(Protocol):
    """Opens a stage for one take."""

    def open(self, name: str) -> Stage:
        """A stage with an empty workspace; whatever an earlier run left there is removed."""

    def close(self, stage: Stage) -> None:
        """Remove the stage's workspace."""


class Credentials(Protocol):
    """Signs and reads content credentials (C2PA)."""

    @property
    def authority(self) -> str | None:
        """Address of the authority that stamps the time of signing; None where none does."""

    def sign(
        self,
        source: Path,
        target: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
    ) -> None:
        """Write a copy of ``source`` with a signed manifest; ingredients by label.

        The essence of what was written is the one that the definition states.

        Raises:
            UnreadableInput: The definition is about another file.
            BackendFailed: No time stamp was to be had, or what was written does not hold.
        """

    def sign_beside(
        self,
        source: Path,
        definition: Mapping[str, Json],
        ingredients: Mapping[str, Path],
    ) -> Path:
        """Write a credential beside a file that cannot carry one, bound to all its bytes."""

    def amend(self, source: Path, target: Path, definition: Mapping[str, Json]) -> None:
        """Write a copy of a signed file with an update; its content stays byte for byte."""

    def read(self, path: Path, *, anchors: str | None = None) -> CredentialTree | None:
        """The credential of a file, None when it has none; ``anchors`` is a root in PEM."""


class Turns(Protocol):
    """One at a time: commands on the same production take turns, step by step."""

    def take(self, waits: Callable[[], None]) -> AbstractContextManager[None]:
        """Wait until no other command is in a step, and keep others out until the end.

        Args:
            waits: Called once when somebody else is at it.

        Raises:
            StorageUnavailable: Turns cannot be kept here.
        """


class Progress(Protocol):
    """Tells a person how far the work is."""

    def step(self, name: str, state: str) -> None:
        """A step began, was found done, or ended."""

    def advance(self, done: int, total: int, what: str) -> None:
        """Part of a step is done.

        Raises:
            Interrupted: The person asked to stop.
        """
