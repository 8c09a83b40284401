"""A stage for tests of backends: a folder that really holds what a backend makes.

It keeps the whole contract of :class:`generique.production.ports.Stage`: pictures become an MP4
that a player opens, sound a float WAV, files are kept by digest and verified when they come back.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.video.reformatter import ColorRange, Colorspace

from generique.machineroom.ffmpeg import steady_x264
from generique.model.element import Raster
from generique.model.errors import Damaged, Interrupted, NotConfigured, UsageError
from generique.model.time import Rate
from generique.model.values import Digest, digest_of
from generique.sound.wav import encode_wav

if TYPE_CHECKING:
    from av.video.stream import VideoStream

    from generique.production.job_ports import Office
    from generique.production.ports import Frame, PictureSink, Samples

_BT709 = 1
_CRF = "12"


class FolderPictureSink:
    """Writes H.264 in MP4: crf 12, 4:2:0, tagged BT.709 with limited range.

    The file bears the suffix ``.part`` until :meth:`close`, so an interrupted take leaves
    nothing that could be taken for a finished one.

    Args:
        path: Where the finished file will lie.
        raster: Size that every frame must have.
        rate: Frames a second.
    """

    def __init__(self, path: Path, raster: Raster, rate: Rate) -> None:
        self._path = path
        self._part = path.with_suffix(path.suffix + ".part")
        self._raster = raster
        self._container = av.open(str(self._part), "w", format="mp4")
        self._stream: VideoStream = self._container.add_stream(
            "libx264",
            rate=Fraction(rate.fps),
            options={"crf": _CRF, "preset": "veryfast", "x264-params": steady_x264(1)},
        )
        self._stream.width = raster.width
        self._stream.height = raster.height
        self._stream.pix_fmt = "yuv420p"
        context = self._stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = ColorRange.MPEG
        self._written = 0

    def write(self, frame: Frame) -> None:
        """Append a frame of the sink's raster.

        Raises:
            UsageError: The frame has another shape or type.
        """
        expected = (self._raster.height, self._raster.width, 3)
        if frame.shape != expected or str(frame.dtype) != "uint8":
            raise UsageError(
                f"frame {self._written} is {frame.dtype} {frame.shape}",
                why=f"the sink takes uint8 {expected}",
            )
        picture = av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
        )
        picture.pts = self._written
        self._container.mux(self._stream.encode(picture))
        self._written += 1

    def close(self) -> Path:
        """Finish the file and return its path.

        Raises:
            UsageError: No frame was written.
        """
        if self._written == 0:
            raise UsageError("a take without a frame cannot be closed")
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._part.rename(self._path)


class FolderStage:
    """A stage in a folder, which records progress and can interrupt.

    Args:
        folder: Created when missing; ``workspace`` and ``kept`` come to lie in it. Two stages on
            one folder share what is kept, as two takes share a vault.
        interrupt_after: Number of calls of :meth:`progress` after which each further one raises
            :class:`~generique.model.errors.Interrupted`; None never interrupts.
        office: For hosted backends, see :class:`generique.testing.office.MemoryOffice`.

    Attributes:
        reports: Every progress report so far, ``(done, total, what)``.
        asked: Every key that was looked up or kept, in order.
    """

    def __init__(
        self, folder: Path, *, interrupt_after: int | None = None, office: Office | None = None
    ) -> None:
        self._workspace = folder / "workspace"
        self._kept = folder / "kept"
        self._references = folder / "references"
        self._office = office
        self._workspace.mkdir(parents=True, exist_ok=True)
        self._kept.mkdir(parents=True, exist_ok=True)
        self._interrupt_after = interrupt_after
        self.reports: list[tuple[int, int, str]] = []
        self.asked: list[Digest] = []

    @property
    def workspace(self) -> Path:
        """The backend's own folder."""
        return self._workspace

    def picture(self, raster: Raster, rate: Rate) -> PictureSink:
        """A sink for an MP4 in the workspace."""
        return FolderPictureSink(self._fresh("take", ".mp4"), raster, rate)

    def sound(self, samples: Samples, sample_rate: int) -> Path:
        """Write samples (n, channels) as a 32-bit float WAV into the workspace."""
        path = self._fresh("sound", ".wav")
        path.write_bytes(encode_wav(samples, sample_rate))
        return path

    def cached(self, key: Digest) -> Path | None:
        """The file kept under a key, or None.

        Raises:
            Damaged: Its bytes are not those that were kept.
        """
        self.asked.append(key)
        path, seal = self._places(key)
        if not seal.exists():
            return None
        if not path.exists() or digest_of(path.read_bytes()) != seal.read_text():
            raise Damaged("a kept file is not what was kept", where=str(path))
        return path

    def keep(self, key: Digest, path: Path) -> Path:
        """Move a file of the workspace to the kept ones under a key.

        Raises:
            UsageError: The file does not lie in the workspace.
        """
        self.asked.append(key)
        if not path.resolve().is_relative_to(self._workspace.resolve()):
            raise UsageError("only a file of the workspace can be kept", where=str(path))
        kept, seal = self._places(key)
        digest = digest_of(path.read_bytes())
        moved = path.replace(kept)
        seal.write_text(digest)
        return moved

    def progress(self, done: int, total: int, what: str) -> None:
        """Record a report.

        Raises:
            Interrupted: More reports came than the stage was told to let pass.
        """
        if self._interrupt_after is not None and len(self.reports) >= self._interrupt_after:
            raise Interrupted("stopped by the test")
        self.reports.append((done, total, what))

    def lay_down(self, data: bytes) -> Digest:
        """Make bytes a file that requests can refer to; returns its digest."""
        digest = digest_of(data)
        self._references.mkdir(exist_ok=True)
        (self._references / digest.replace(":", "-")).write_bytes(data)
        return digest

    def reference(self, file: Digest) -> Path:
        """Where a file to follow lies.

        Raises:
            Damaged: It was not laid down, or its bytes are others.
        """
        path = self._references / file.replace(":", "-")
        if not path.exists() or digest_of(path.read_bytes()) != file:
            raise Damaged("a file to follow is not there", where=str(path))
        return path

    @property
    def office(self) -> Office:
        """The office that the stage was given.

        Raises:
            NotConfigured: It was given none.
        """
        if self._office is None:
            raise NotConfigured("this stage has no office")
        return self._office

    def _fresh(self, stem: str, suffix: str) -> Path:
        count = sum(1 for path in self._workspace.iterdir() if path.name.startswith(stem))
        return self._workspace / f"{stem}-{count + 1}{suffix}"

    def _places(self, key: Digest) -> tuple[Path, Path]:
        name = key.replace(":", "-")
        return self._kept / name, self._kept / f"{name}.seal"
