"""Essence digests of files, by demultiplexing them; nothing is decoded."""

from __future__ import annotations

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from generique.model.errors import UnreadableInput
from generique.model.essence import EssenceHasher, PacketTimes, StreamHeader
from generique.model.values import Digest


def essence_of(path: Path) -> Digest:
    """Essence digest of a picture or sound file.

    Args:
        path: The file; cover pictures, captions, time code and data tracks in it do not count.

    Raises:
        UnreadableInput: Missing, not a media file, cut short, or without picture and sound.
    """
    try:
        with av.open(str(path)) as container:
            streams = [stream for stream in container.streams if _counts(stream)]
            hasher = EssenceHasher(tuple(_header(stream) for stream in streams))
            places = {stream.index: place for place, stream in enumerate(streams)}
            seen = 0
            for packet in container.demux(streams):
                if packet.dts is None and packet.pts is None and packet.size == 0:
                    continue  # how the demultiplexer says that a stream has ended
                if packet.is_corrupt:
                    raise _unreadable(path, f"packet {seen} is cut short")
                hasher.packet(places[packet.stream_index], _times(packet), memoryview(packet))
                seen += 1
    except (FFmpegError, OSError, UnicodeError) as error:
        raise _unreadable(path, str(error)) from error
    except UnreadableInput as error:
        raise _unreadable(path, error.why or error.what) from error
    if not seen:
        raise _unreadable(path, "its streams are empty")
    return hasher.digest()


def _counts(stream: object) -> bool:
    """True for picture and sound."""
    if isinstance(stream, VideoStream):
        return not stream.disposition & Disposition.attached_pic
    return isinstance(stream, AudioStream)


def _header(stream: object) -> StreamHeader:
    """How a stream is coded."""
    if isinstance(stream, VideoStream):
        picture = stream.codec_context
        return StreamHeader(
            kind="picture",
            codec=picture.name,
            extradata=(picture.extradata or b"").hex(),
            time_base=_time_base(stream),
            width=picture.width,
            height=picture.height,
        )
    if isinstance(stream, AudioStream):
        sound = stream.codec_context
        pcm = sound.name.startswith("pcm_")
        return StreamHeader(
            kind="sound",
            codec=sound.name,
            extradata=(sound.extradata or b"").hex(),
            time_base=_time_base(stream),
            sample_rate=sound.sample_rate,
            channels=sound.channels,
            sample_format=sound.format.name if pcm else "",
        )
    raise TypeError(f"{stream!r} is neither picture nor sound")


def _time_base(stream: VideoStream | AudioStream) -> tuple[int, int]:
    """Unit of time as two whole numbers."""
    base = stream.time_base
    if base is None or base <= 0:
        raise UnreadableInput("a stream has no unit of time")
    return base.numerator, base.denominator


def _times(packet: Packet[Stream]) -> PacketTimes:
    """When a packet is shown."""
    # Built without validation: one for every packet of a film, all from a typed library.
    return PacketTimes.model_construct(
        pts=packet.pts,
        dts=packet.dts,
        duration=packet.duration or 0,
        discard=bool(packet.is_discard),
    )


def _unreadable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        "this is not a picture or sound file that can be read",
        where=str(path),
        why=why,
        next_step="open it in a player; if it is damaged there too, copy or export it again",
    )
