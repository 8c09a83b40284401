"""The media bench: reading pictures and sound, encoding, measuring, typesetting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from generique.clearance.reservations.scan import Sayings
from generique.machineroom import essence, ffmpeg
from generique.machineroom.mining_words import carried_words
from generique.machineroom.observation import observe
from generique.machineroom.typesetter import Typesetter
from generique.model.delivered import Observed
from generique.model.element import Raster
from generique.model.errors import UnreadableInput
from generique.model.shot import Framing
from generique.model.time import Rate
from generique.model.values import Digest
from generique.production.machineroom_ports import Loudness, PictureFacts
from generique.sound.wav import encode_wav

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generique.production.ports import Frame, Samples

SAMPLE_RATE = 48_000
MASTER_CRF = 17


class MediaBench:
    """Implements :class:`generique.production.machineroom_ports.Bench`."""

    def __init__(self) -> None:
        self._typesetter = Typesetter()

    def versions(self) -> dict[str, str]:
        """Versions of the outside programs, for the record."""
        return {"ffmpeg": ffmpeg.version()}

    def essence(self, path: Path) -> Digest:
        """Essence digest of a picture or sound file."""
        return essence.essence_of(path)

    def picture_facts(self, path: Path) -> PictureFacts:
        """Facts of a picture file, every frame decoded: a file cut short is found here."""
        try:
            with av.open(str(path)) as container:
                stream = container.streams.video[0]
                rate = Fraction(stream.average_rate or 0)
                count = sum(1 for _ in container.decode(stream))
                facts = PictureFacts(
                    frames=count,
                    rate=Rate(numerator=rate.numerator, denominator=rate.denominator),
                    raster=Raster(width=stream.width, height=stream.height),
                )
                announced = stream.frames
        except (FFmpegError, IndexError, ValueError) as error:
            raise _unreadable(path, str(error)) from error
        if announced and count < announced:
            raise _unreadable(path, f"{count} of {announced} frames can be decoded")
        return facts

    def frames(
        self, path: Path, start: int, count: int, raster: Raster, framing: Framing | None = None
    ) -> Iterator[Frame]:
        """Frames of a file in its own count, or a part of each, scaled to the raster."""
        given = 0
        try:
            with av.open(str(path)) as container:
                for index, frame in enumerate(container.decode(container.streams.video[0])):
                    if index < start:
                        continue
                    if given == count:
                        break
                    yield _scaled(frame, raster, framing)
                    given += 1
        except (FFmpegError, IndexError) as error:
            raise _unreadable(path, str(error)) from error
        if given < count:
            raise _unreadable(path, f"it ends {count - given} frames before frame {start + count}")

    def carried(self, path: Path) -> Sayings:
        """What a file itself says of text and data mining."""
        return carried_words(path)

    def observed(self, path: Path) -> Observed:
        """What a delivered file says of itself, read apart and within limits."""
        return observe(path)

    def read_sound(self, path: Path) -> Samples:
        """Sound at 48 kHz, stereo: samples x 2, float32."""
        resampler = AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        blocks: list[NDArray[np.float32]] = []
        try:
            with av.open(str(path)) as container:
                for frame in container.decode(container.streams.audio[0]):
                    blocks += [_floats(out) for out in resampler.resample(frame)]
            blocks += [_floats(out) for out in resampler.resample(None)]
        except (FFmpegError, IndexError) as error:
            raise _unreadable(path, str(error)) from error
        if not blocks:
            raise _unreadable(path, "it holds no sound")
        return np.ascontiguousarray(np.concatenate(blocks, axis=1).T)

    def wav(self, samples: Samples) -> bytes:
        """Sound at 48 kHz as the bytes of a 32-bit float WAV."""
        return encode_wav(samples, SAMPLE_RATE)

    def encode(
        self, frames: Iterable[Frame], raster: Raster, rate: Rate, sound: Path, target: Path
    ) -> None:
        """Encode an H.264/AAC MP4 whose bytes depend on the input alone."""
        encoder = ffmpeg.Encoder(target, raster, rate, crf=MASTER_CRF, sound=sound)
        finished = False
        try:
            for frame in frames:
                encoder.write(frame)
            encoder.close()
            finished = True
        finally:
            if not finished:
                encoder.abandon()

    def loudness(self, path: Path) -> Loudness:
        """Programme loudness by ffmpeg's ebur128, the meter of record."""
        return ffmpeg.loudness(path)

    def typeset(self, source: str, width: int) -> NDArray[np.uint8]:
        """Typeset a Typst source: height x width x 4, RGBA, straight alpha."""
        return self._typesetter.render(source, width)


def _floats(frame: av.AudioFrame) -> NDArray[np.float32]:
    return np.asarray(frame.to_ndarray(), np.float32)


def _scaled(frame: av.VideoFrame, raster: Raster, framing: Framing | None) -> Frame:
    picture = frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()
    if framing is not None:
        height, width = picture.shape[:2]
        left, top = round(framing.left * width), round(framing.top * height)
        wide, high = round(framing.width * width), round(framing.width * height)
        picture = picture[top : top + high, left : left + wide]
    if picture.shape[:2] == (raster.height, raster.width):
        return np.ascontiguousarray(picture)
    shrinks = picture.shape[1] > raster.width
    scaled = cv2.resize(
        picture,
        (raster.width, raster.height),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4,
    )
    return np.asarray(scaled, np.uint8)


def _unreadable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} cannot be decoded",
        where=str(path),
        why=why,
        next_step="play the file from start to end; if it is cut short, fetch it again",
    )
