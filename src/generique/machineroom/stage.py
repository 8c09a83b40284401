"""Stages: a workspace for a take, and what is kept between takes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from generique.machineroom.ffmpeg import Encoder
from generique.machineroom.files import publish_bytes, storage_errors
from generique.model.element import Raster
from generique.model.errors import Damaged, NotConfigured
from generique.model.time import Rate
from generique.model.values import Digest
from generique.production.machineroom_ports import Progress
from generique.production.ports import PictureSink, Stage, Vault
from generique.sound.wav import encode_wav

if TYPE_CHECKING:
    from generique.production.job_ports import Office
    from generique.production.ports import Samples

TAKE_CRF = 12


class DiskStage:
    """Implements :class:`generique.production.ports.Stage`."""

    def __init__(
        self,
        workspace: Path,
        kept: Path,
        vault: Vault,
        progress: Progress,
        office: Office | None = None,
    ) -> None:
        self._workspace = workspace
        self._kept = kept
        self._vault = vault
        self._progress = progress
        self._office = office
        self._encoders: list[Encoder] = []

    @property
    def workspace(self) -> Path:
        """A folder of the take's own."""
        return self._workspace

    def picture(self, raster: Raster, rate: Rate) -> PictureSink:
        """A sink for an MP4 take: H.264, 4:2:0, BT.709, visually lossless."""
        encoder = Encoder(self._fresh("picture", "mp4"), raster, rate, crf=TAKE_CRF)
        self._encoders.append(encoder)
        return encoder

    def sound(self, samples: Samples, sample_rate: int) -> Path:
        """Write samples as a 32-bit float WAV."""
        path = self._fresh("sound", "wav")
        publish_bytes(encode_wav(samples, sample_rate), path)
        return path

    def cached(self, key: Digest) -> Path | None:
        """A file kept earlier, verified; one that was damaged is forgotten, to be made again."""
        note = self._note(key)
        if not note.is_file():
            return None
        try:
            return self._vault.path(note.read_text().strip())
        except (Damaged, ValueError):
            note.unlink()
            return None

    def keep(self, key: Digest, path: Path) -> Path:
        """Move a file of the workspace into the vault under a key."""
        digest = self._vault.put_file(path)
        publish_bytes(digest.encode(), self._note(key))
        path.unlink()
        return self._vault.path(digest)

    def progress(self, done: int, total: int, what: str) -> None:
        """Report progress; raises Interrupted when the user asked to stop."""
        self._progress.advance(done, total, what)

    def reference(self, file: Digest) -> Path:
        """Where a file to follow lies."""
        return self._vault.path(file)

    @property
    def office(self) -> Office:
        """For backends that ask a provider on the network."""
        if self._office is None:
            raise NotConfigured(
                "no provider can be asked from here",
                why="jobs are written into the book of a production, and there is none here",
                next_step="use the backend in a production; see generique new",
            )
        return self._office

    def release(self) -> None:
        """Stop encoders that were not closed."""
        for encoder in self._encoders:
            encoder.abandon()

    def _fresh(self, stem: str, suffix: str) -> Path:
        count = sum(1 for path in self._workspace.iterdir() if path.name.startswith(stem))
        return self._workspace / f"{stem}-{count + 1}.{suffix}"

    def _note(self, key: Digest) -> Path:
        return self._kept / key.removeprefix("sha256:")


class DiskStageDoor:
    """Implements :class:`generique.production.machineroom_ports.StageDoor`.

    Args:
        folder: The production's ``.generique`` folder.
        vault: Where kept files lie.
        progress: Where stages report.
        office: For hosted backends; None where no provider is to be asked.
    """

    def __init__(
        self, folder: Path, vault: Vault, progress: Progress, office: Office | None = None
    ) -> None:
        self._folder = folder
        self._vault = vault
        self._progress = progress
        self._office = office

    def open(self, name: str) -> DiskStage:
        """A stage with an empty workspace; what a killed run left there is removed."""
        workspace = self._folder / "stage" / name
        with storage_errors(workspace):
            shutil.rmtree(workspace, ignore_errors=True)
            workspace.mkdir(parents=True, exist_ok=True)
        kept = self._folder / "kept"
        return DiskStage(workspace, kept, self._vault, self._progress, self._office)

    def close(self, stage: Stage) -> None:
        """Stop what still runs and remove the workspace."""
        if isinstance(stage, DiskStage):
            stage.release()
        shutil.rmtree(stage.workspace, ignore_errors=True)
