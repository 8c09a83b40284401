"""From what a provider delivers to what was ordered: cut to length, scaled, never re-timed unsaid.

The provider's file is kept as it came; the take is a copy that is conformed as
``Interpretation.warnings`` said before anything was spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.video.reformatter import ColorRange, Colorspace, Interpolation

from generique.backends.hosted.ask import CROP, FIT, same_shape
from generique.backends.hosted.provider import Ask
from generique.model.element import Raster
from generique.model.errors import BackendFailed, NotCapable
from generique.production.ports import Request

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from generique.production.ports import Samples, Stage

SAMPLE_RATE = 48_000


def conform_picture(source: Path, ask: Ask, stage: Stage) -> Path:
    """A copy of the length, rate and raster that were ordered.

    Raises:
        BackendFailed: The file cannot be decoded, is too short, or has another rate.
    """
    request = ask.request
    if request.raster is None or request.frames is None:
        raise NotCapable("a picture is ordered with its length and raster")
    sink = stage.picture(request.raster, request.rate)
    count = 0
    for frame in _frames(source, ask):
        sink.write(_fitted(frame, request.raster))
        count += 1
        if count % 24 == 0:
            stage.progress(count, request.frames, "conforming what came")
        if count == request.frames:
            return sink.close()
    raise BackendFailed(
        f"the provider delivered {count} frames, {request.frames} are needed",
        where=request.prompt[:60],
        next_step="the provider's file is kept; report it to the provider",
    )


def _frames(source: Path, ask: Ask) -> Iterator[VideoFrame]:
    rates = {Fraction(rate.fps) for rate in ask.entry.frame_rates()}
    try:
        with av.open(str(source)) as container:
            stream = container.streams.video[0]
            found = stream.average_rate
            if found is None or Fraction(found) not in rates:
                raise BackendFailed(
                    f"the provider delivered {found} frames a second",
                    why=f"its card says {', '.join(ask.entry.rates)}",
                    next_step="the provider's file is kept; correct the card",
                )
            _check_shape(Raster(width=stream.width, height=stream.height), ask)
            yield from container.decode(stream)
    except (av.FFmpegError, IndexError) as error:
        raise BackendFailed(
            "what the provider delivered is no picture that can be decoded",
            why=str(error)[:200],
            next_step="the provider's file is kept; report it to the provider",
        ) from error


def _check_shape(size: Raster, ask: Ask) -> None:
    """Cut nothing off unsaid where the provider delivers another shape than was ordered."""
    wanted = ask.request.raster
    if wanted is None or ask.request.options.get(FIT) == CROP or same_shape(size, wanted):
        return
    raise BackendFailed(
        f"the provider delivered {size.width}x{size.height}, which is of another shape than "
        f"{wanted.width}x{wanted.height}",
        next_step=f'the provider\'s file is kept; allow {FIT} = "{CROP}" to have it cut',
    )


def _fitted(frame: VideoFrame, raster: Raster) -> NDArray[np.uint8]:
    """A frame as RGB of the raster, filled and cut evenly at the sides that stand out."""
    scale = max(Fraction(raster.width, frame.width), Fraction(raster.height, frame.height))
    width = max(raster.width, round(frame.width * scale))
    height = max(raster.height, round(frame.height * scale))
    scaled = frame.reformat(
        width=width,
        height=height,
        format="rgb24",
        src_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG,
        interpolation=Interpolation.LANCZOS,
    ).to_ndarray()
    top, left = (height - raster.height) // 2, (width - raster.width) // 2
    cut = scaled[top : top + raster.height, left : left + raster.width]
    return np.ascontiguousarray(cut)


def conform_sound(source: Path, request: Request, stage: Stage) -> Path:
    """A copy at 48 kHz, stereo, of exactly the length that was ordered, where one was.

    Raises:
        BackendFailed: The file cannot be decoded, or is too short.
    """
    samples = _samples(source)
    if request.frames is not None:
        wanted = round(request.rate.seconds(request.frames) * SAMPLE_RATE)
        if len(samples) < wanted:
            raise BackendFailed(
                f"the provider delivered {len(samples) / SAMPLE_RATE:.2f} seconds of sound",
                why=f"{wanted / SAMPLE_RATE:.2f} are needed",
                next_step="the provider's file is kept; report it to the provider",
            )
        samples = samples[:wanted]
    return stage.sound(samples, SAMPLE_RATE)


def _samples(source: Path) -> Samples:
    resampler = AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
    blocks: list[NDArray[Any]] = []
    try:
        with av.open(str(source)) as container:
            for frame in container.decode(container.streams.audio[0]):
                blocks += [block.to_ndarray() for block in resampler.resample(frame)]
            blocks += [block.to_ndarray() for block in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        raise BackendFailed(
            "what the provider delivered is no sound that can be decoded",
            why=str(error)[:200],
            next_step="the provider's file is kept; report it to the provider",
        ) from error
    if not blocks:
        raise BackendFailed("what the provider delivered holds no sound")
    return np.ascontiguousarray(np.concatenate(blocks, axis=1).T, dtype=np.float32)
