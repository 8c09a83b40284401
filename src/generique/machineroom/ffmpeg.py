"""The ffmpeg program: found once, called with argument lists, its complaints translated.

The binary comes with imageio-ffmpeg. It is GPL-3 and is called as a program, never linked. It runs
in a process group of its own, so that Ctrl-C reaches us first and we end it, not the other way.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, ClassVar

import av
import cv2
import imageio_ffmpeg

from generique.machineroom.files import storage_error
from generique.model.element import Raster
from generique.model.errors import BackendFailed, NotConfigured, UnreadableInput
from generique.model.time import Rate
from generique.production.machineroom_ports import Loudness

_FULL = re.compile(r"No space left on device|Disk quota exceeded")
_NO_ENTRY = 28
_AVX2 = 11
"""What OpenCV calls ``CV_CPU_AVX2``; its Python names no processors."""
_TAGS = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"


@lru_cache(maxsize=1)
def program() -> str:
    """Path of the program.

    Raises:
        NotConfigured: It is not installed.
    """
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise NotConfigured(
            "ffmpeg is not installed",
            why=str(error),
            next_step="pip install imageio-ffmpeg",
        ) from error


@lru_cache(maxsize=1)
def version() -> str:
    """Version of the program, as it says itself."""
    return str(imageio_ffmpeg.get_ffmpeg_version())


def run(arguments: Sequence[str], *, reads: Path, folder: Path | None = None) -> str:
    """Run the program to its end and return what it said.

    Args:
        arguments: Without the program's name and the global options.
        reads: The file that it reads, for the error.
        folder: Working folder of the program, for names that a filter graph cannot quote.

    Raises:
        UnreadableInput: It failed on that file.
        StorageUnavailable: The disk is full.
    """
    done = subprocess.run(
        [program(), "-nostdin", "-hide_banner", *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        process_group=0,
        cwd=folder,
    )
    if done.returncode:
        raise _translated(done.stderr, reads)
    return done.stderr


def _translated(said: str, path: Path) -> Exception:
    if _FULL.search(said):
        return storage_error(OSError(_NO_ENTRY, "No space left on device"), path)
    last = [line for line in said.splitlines() if line.strip()][-1:] or ["no reason given"]
    return UnreadableInput(
        f"{path.name} cannot be processed",
        where=str(path),
        why=last[0].strip(),
        next_step="play the file from start to end; if it is cut short, fetch it again",
    )


def loudness(path: Path) -> Loudness:
    """Integrated loudness and true peak by the program's ``ebur128`` filter (EBU R 128)."""
    said = run(
        ["-i", str(path), "-map", "0:a:0", "-af", "ebur128=peak=true", "-f", "null", "-"],
        reads=path,
    )
    summary = said[said.rfind("Summary:") :]
    integrated = re.search(r"I:\s+(-?[\d.]+|-inf) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    if not integrated or not peak:
        raise UnreadableInput(
            f"the loudness of {path.name} could not be measured", where=str(path), why=said[-200:]
        )
    return Loudness(integrated=float(integrated[1]), true_peak=float(peak[1]))


def steady_x264(threads: int) -> str:
    """Parameters under which x264 gives the same bytes for the same frames, on every machine.

    The number of threads is stated, or it would be the machine's. AVX-512 is left unused: with it
    the look-ahead of core 165 reads memory that nobody wrote, so that a few bits of a film depend
    on what the process did before (docs/decisions/0020).

    Args:
        threads: At which it encodes, 1 or more.
    """
    known = "asm=avx2:" if cv2.checkHardwareSupport(_AVX2) else ""
    return f"{known}threads={threads}"


class Encoder:
    """A running ffmpeg that takes RGB frames and writes H.264, and AAC when given sound.

    Two threads always, so that the bytes do not depend on the machine's cores; no time stamps
    or encoder names in the file. The file bears the suffix ``.part`` until :meth:`close`.

    Args:
        target: Where the finished file will lie; it ends in ``.mp4``.
        raster: Size of the frames.
        rate: Frames a second.
        crf: Constant rate factor of x264: 12 is visually lossless, 17 a good master.
        sound: WAV to encode beside the picture, or None.
    """

    depth: ClassVar[str] = "uint8"
    """Of the frames that it takes."""

    def __init__(
        self, target: Path, raster: Raster, rate: Rate, *, crf: int, sound: Path | None = None
    ) -> None:
        self._start(target, raster, _arguments(raster, rate, crf, sound))

    def _start(self, target: Path, raster: Raster, arguments: Sequence[str]) -> None:
        self._target = target
        self._part = target.with_suffix(target.suffix + ".part")
        self._frames = 0
        self._size = (raster.height, raster.width, 3)
        self._process = subprocess.Popen(
            [program(), *arguments, str(self._part)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
        )

    def write(self, frame: object) -> None:
        """Append a frame: height x width x 3, RGB, of :attr:`depth`.

        Raises:
            BackendFailed: The frame has another shape or type.
            StorageUnavailable: The disk is full.
        """
        shape, kind = getattr(frame, "shape", None), str(getattr(frame, "dtype", None))
        if shape != self._size or kind != self.depth:
            raise BackendFailed(
                f"a frame is {kind} {shape}", why=f"{self.depth} {self._size} is due"
            )
        self._frames += 1
        try:
            self._pipe().write(frame.data if _contiguous(frame) else frame.tobytes())  # type: ignore[attr-defined]
        except BrokenPipeError as error:
            raise self._failed() from error

    def close(self) -> Path:
        """Finish the file and return its path.

        Raises:
            BackendFailed: No frame was written.
            StorageUnavailable: The disk is full.
            UnreadableInput: The sound could not be read.
        """
        if not self._frames:
            self.abandon()
            raise BackendFailed("a take without a frame cannot be finished")
        self._pipe().close()
        error = self._failed()
        if self._process.returncode:
            self._part.unlink(missing_ok=True)
            raise error
        return self._part.rename(self._target)

    def abandon(self) -> None:
        """Stop and remove what was written so far."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._process.wait()
        self._part.unlink(missing_ok=True)

    def _pipe(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise BackendFailed("the encoder takes no frames")
        return self._process.stdin

    def _failed(self) -> Exception:
        """Wait for the end; what the program said of it, as an error."""
        said = b""
        if self._process.stderr is not None:
            said = self._process.stderr.read()
            self._process.stderr.close()
        self._process.wait()
        return _translated(said.decode(errors="replace"), self._part)


class Mezzanine(Encoder):
    """As :class:`Encoder`, of frames of 16 bits: ProRes 422 HQ, 10 bits, in a QuickTime movie.

    Args:
        target: Where the finished file will lie; it ends in ``.mov``.
        raster: Size of the frames.
        rate: Frames a second.
        comment: A text that the file bears.
    """

    depth: ClassVar[str] = "uint16"

    def __init__(self, target: Path, raster: Raster, rate: Rate, *, comment: str) -> None:
        self._start(target, raster, _mezzanine(raster, rate, comment))


def comment_of(path: Path) -> str:
    """The comment that a movie bears.

    Raises:
        UnreadableInput: It is no movie.
    """
    try:
        with av.open(str(path)) as container:
            return container.metadata.get("comment", "")
    except av.FFmpegError as error:
        raise UnreadableInput("this is no movie", where=str(path), why=str(error)) from error


def _contiguous(frame: object) -> bool:
    flags = getattr(frame, "flags", None)
    return bool(flags is not None and flags["C_CONTIGUOUS"])


def _raw(raster: Raster, rate: Rate, pixels: str) -> list[str]:
    """Frames that come through the pipe."""
    return [
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
        *("-f", "rawvideo", "-pix_fmt", pixels, "-s", f"{raster.width}x{raster.height}"),
        *("-r", f"{rate.numerator}/{rate.denominator}", "-i", "pipe:0"),
    ]


def _mezzanine(raster: Raster, rate: Rate, comment: str) -> list[str]:
    return [
        *_raw(raster, rate, "rgb48le"),
        *("-vf", f"scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,{_TAGS}"),
        *("-c:v", "prores_ks", "-profile:v", "3", "-vendor", "apl0", "-pix_fmt", "yuv422p10le"),
        *("-threads", "2", "-fflags", "+bitexact", "-flags:v", "+bitexact"),
        *("-map_metadata", "-1", "-metadata", f"comment={comment}", "-f", "mov"),
    ]


def _arguments(raster: Raster, rate: Rate, crf: int, sound: Path | None) -> list[str]:
    picture = _raw(raster, rate, "rgb24")
    if sound is not None:
        picture += ["-i", str(sound), "-map", "0:v:0", "-map", "1:a:0"]
        picture += ["-c:a", "aac", "-b:a", "256k", "-ar", "48000"]
    return [
        *picture,
        *("-vf", f"scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,{_TAGS}"),
        *("-c:v", "libx264", "-preset", "medium", "-crf", str(crf), "-pix_fmt", "yuv420p"),
        *("-threads", "2", "-x264-params", steady_x264(2)),
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *("-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4"),
    ]
