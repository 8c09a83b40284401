"""The essence digest: picture and sound as coded, whatever container dresses them.

Credentials, tags and the order of boxes change a file's digest and not what is seen or heard.
The essence digest covers, for every stream of picture or sound, how it is coded, and every packet
with its times, in the order of decoding. The exact bytes are laid down in
``docs/formats/essence.md``.
"""

from __future__ import annotations

import hashlib
import json
import struct
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from generique.model.errors import UnreadableInput
from generique.model.values import Digest, Value, digest_of

SCHEMA = "generique/essence/1"
NO_TIME = -(2**63)
"""Stands for a time that the container does not state."""

_PACKET = struct.Struct(">qqqQB")


class StreamHeader(Value):
    """How a stream is coded.

    Attributes:
        kind: Picture or sound.
        codec: Name of the codec in ffmpeg's vocabulary.
        extradata: Parameter sets of the codec in hex; empty where it has none.
        time_base: Numerator and denominator of the unit of time, in seconds.
        width: Pixels, 0 for sound.
        height: Pixels, 0 for sound.
        sample_rate: Samples a second, 0 for picture.
        channels: Channels, 0 for picture.
        sample_format: Format of PCM samples, empty for all else.
    """

    kind: Literal["picture", "sound"]
    codec: str
    extradata: str = Field(default="", pattern=r"^([0-9a-f]{2})*$")
    time_base: tuple[PositiveInt, PositiveInt]
    width: NonNegativeInt = 0
    height: NonNegativeInt = 0
    sample_rate: NonNegativeInt = 0
    channels: NonNegativeInt = 0
    sample_format: str = ""

    @property
    def is_pcm(self) -> bool:
        """True for sound without packets of its own: how it is cut up means nothing."""
        return self.codec.startswith("pcm_")


class PacketTimes(Value):
    """When a packet is shown, in units of its stream's time base.

    Attributes:
        pts: Time of presentation; None where unknown.
        dts: Time of decoding; None where unknown.
        duration: 0 where unknown.
        discard: True when it is decoded and not shown (outside the edit list).
    """

    pts: int | None
    dts: int | None
    duration: int = 0
    discard: bool = False


class EssenceHasher:
    """Takes the packets of a file in order of decoding; gives the essence digest.

    Args:
        streams: Headers of the picture and sound streams, in the order of the container.

    Raises:
        UnreadableInput: There is no stream.
    """

    def __init__(self, streams: tuple[StreamHeader, ...]) -> None:
        if not streams:
            raise UnreadableInput("there is neither picture nor sound in this file")
        self._streams = streams
        self._payloads = [hashlib.sha256() for _ in streams]
        self._packets = [0] * len(streams)

    def packet(self, stream: int, times: PacketTimes, payload: bytes | memoryview) -> None:
        """Take a packet.

        Args:
            stream: Index into the headers.
            times: When it is shown.
            payload: Its bytes as coded.
        """
        digest = self._payloads[stream]
        if not self._streams[stream].is_pcm:
            digest.update(
                _PACKET.pack(
                    NO_TIME if times.pts is None else times.pts,
                    NO_TIME if times.dts is None else times.dts,
                    times.duration,
                    len(payload),
                    times.discard,
                )
            )
            self._packets[stream] += 1
        digest.update(payload)

    def digest(self) -> Digest:
        """The essence digest of what came so far."""
        document = {
            "schema": SCHEMA,
            "streams": [
                {**header.to_json(), "packets": packets, "payload": payload.hexdigest()}
                for header, packets, payload in zip(
                    self._streams, self._packets, self._payloads, strict=True
                )
            ],
        }
        # Only text and whole numbers: for these, sorted keys without spaces are RFC 8785.
        return digest_of(json.dumps(document, sort_keys=True, separators=(",", ":")).encode())
