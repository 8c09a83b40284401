"""Results of simulated jobs: small files that decode, of exactly the length that was ordered."""

from __future__ import annotations

import io
from functools import cache

import av
import numpy as np

from generique.sound.wav import encode_wav

SAMPLE_RATE = 48_000


@cache
def clip(seconds: float, size: tuple[int, int], rate: int = 24) -> bytes:
    """An MP4 of a slowly brightening field, ``rate`` frames a second."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for place in range(round(seconds * rate)):
            picture = np.full((size[1], size[0], 3), 40 + place % 160, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return target.getvalue()


@cache
def tone(seconds: float) -> bytes:
    """A WAV of a quiet tone of 440 Hz, stereo at 48 kHz."""
    moments = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = (0.1 * np.sin(2 * np.pi * 440 * moments)).astype(np.float32)
    return encode_wav(np.stack([wave, wave], axis=1), SAMPLE_RATE)


@cache
def compressed_tone(seconds: float) -> bytes:
    """The tone as MP3 of 128 kbit/s, stereo at 44.1 kHz."""
    rate, block = 44_100, 1152
    target = io.BytesIO()
    moments = np.arange(round(seconds * rate)) / rate
    wave = (0.1 * np.sin(2 * np.pi * 440 * moments)).astype(np.float32)
    with av.open(target, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="stereo")
        stream.bit_rate = 128_000
        for start in range(0, len(wave), block):
            part = np.stack([wave[start : start + block]] * 2)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()
