"""What content credentials cost, as multiples of one SHA-256 over the same file in the same run.

A movie of a gigabyte is signed inside (copied, hashed, signed, verified once by the library, and
its essence computed from what was written) and verified as ``generique verify`` does (digest,
credential, essence, proof). So is a gigabyte of sound; a file of another kind is signed beside.
Limits are on the clock; the work of all processors stands beside it, for busy machines. The
SHA-256 is taken again before every try, so that both see the machine as it is then.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np

from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.keys import KeyRing
from generique.marks.credential.claims import Generator, media_claim
from generique.marks.credential.file_claims import file_claim
from generique.marks.credential.source_types import TRAINED_DATA
from generique.marks.verdict import Verdict
from generique.model.passport import Rights, SourceType
from generique.model.production import MediaItem
from generique.model.values import Digest, Json, digest_of
from generique.production.evidence import Trust
from generique.studio.witness import Witness

TRIES = 3
FILE_BYTES = 1_080_000_000
GIGABYTE = 1e9
LIMITS = {
    "essence digest": 4.0,
    "sign inside": 5.0,
    "read the credential": 3.0,
    "verify all": 3.0,
    "sign sound": 5.0,
    "verify sound": 3.0,
    "sign beside": 5.0,
    "read it beside": 3.0,
}


class Taken(NamedTuple):
    """Seconds of an act on the clock, and of work of all processors."""

    wall: float
    work: float


def once(act: Callable[[], object]) -> Taken:
    """What an act takes."""
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return Taken(time.perf_counter() - begun, time.process_time() - worked)


def sha256(path: Path) -> str:
    """Digest of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def best(tries: list[Taken]) -> Taken:
    """The shortest of a few tries: other programs of the machine only add to it."""
    return Taken(min(one.wall for one in tries), min(one.work for one in tries))


def ratio(what: str, path: Path, act: Callable[[], object]) -> bool:
    """Measure an act and print multiples of SHA-256 beside the upper limit of the one on the clock.

    Args:
        what: Name of the act in the limits.
        path: The file that SHA-256 is taken of.
        act: The act.
    """
    pairs = [(once(lambda: sha256(path)), once(act)) for _ in range(TRIES)]
    reference, taken = best([one for one, _ in pairs]), best([one for _, one in pairs])
    value, limit = taken.wall / reference.wall, LIMITS[what]
    missed = "" if value <= limit else " MISSED"
    work = taken.work / reference.work
    print(
        f"{what:<22}{taken.wall:>7.2f} s{value:>7.2f} x sha256, limit {limit:g}{missed:<8}"
        f"{taken.work:>7.2f} s of work,{work:>6.2f} x",
        flush=True,
    )
    return value <= limit


def large_film(path: Path) -> None:
    """A film of raw noise: as many bytes as asked for, little work to make."""
    rng = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        video = container.add_stream("mjpeg", rate=24)
        video.width, video.height, video.pix_fmt = 1920, 1080, "yuvj420p"
        video.codec_context.options = {"qmin": "1", "qmax": "1"}
        noise = rng.integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
        packets = video.encode(av.VideoFrame.from_ndarray(noise, format="rgb24"))
        packets += video.encode()
        size = sum(packet.size for packet in packets)
        for number in range(FILE_BYTES // size):
            copy = av.Packet(bytes(packets[0]))
            copy.stream, copy.time_base = video, packets[0].time_base
            copy.pts = copy.dts = number
            container.mux(copy)


def long_sound(path: Path) -> None:
    """Sound of raw noise, as long as the film."""
    block = np.random.default_rng(1).bytes(6 << 20)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((2, 3, 48_000, 0, "NONE", ""))
        for _ in range(FILE_BYTES // len(block)):
            sound.writeframes(block)


def claim(essence: Digest, media_type: str) -> dict[str, Json]:
    """What is said of the film, or of the sound."""
    rights = Rights(licence="CC0-1.0", holder="nobody", source="noise", notice="none")
    item = MediaItem(
        file="noise",
        title="Noise",
        kind="picture" if media_type.startswith("video") else "sound",
        captured=False,
        sha256="0" * 64,
        rights=rights,
    )
    return media_claim(
        item, essence, SourceType.ALGORITHMIC, Generator(version="0"), media_type=media_type
    )


def holds(signed: Path, trust: Trust) -> bool:
    """True when nothing about a signed file is broken."""
    report = Witness(signed).verify(None, trust)
    broken = [finding for finding in report.findings if finding.verdict is Verdict.BROKEN]
    if broken:
        print(f"it does not hold: {broken}")
    return not broken


def film(folder: Path, maker: CredentialMaker, trust: Trust) -> list[bool]:
    """Sign and verify a gigabyte of film."""
    source, signed = folder / "film.mp4", folder / "signed.mp4"
    large_film(source)
    length = source.stat().st_size
    reference = best([once(lambda: sha256(source)) for _ in range(TRIES)])
    print(f"{length / GIGABYTE:.2f} GB; sha256 {reference.wall / length * GIGABYTE:.2f} s/GB")
    kept = [ratio("essence digest", source, lambda: essence_of(source))]
    definition = claim(essence_of(source), "video/mp4")
    kept.append(ratio("sign inside", source, lambda: maker.sign(source, signed, definition, {})))
    kept.append(
        ratio("read the credential", signed, lambda: maker.read(signed, anchors=trust.root))
    )
    kept.append(holds(signed, trust))
    kept.append(ratio("verify all", signed, lambda: Witness(signed).verify(None, trust)))
    signed.unlink()
    source.unlink()
    return kept


def sound(folder: Path, maker: CredentialMaker, trust: Trust) -> list[bool]:
    """Sign and verify a gigabyte of sound."""
    source, signed = folder / "sound.wav", folder / "signed.wav"
    long_sound(source)
    definition = claim(essence_of(source), "audio/wav")
    kept = [ratio("sign sound", source, lambda: maker.sign(source, signed, definition, {}))]
    kept.append(holds(signed, trust))
    kept.append(ratio("verify sound", signed, lambda: Witness(signed).verify(None, trust)))
    signed.unlink()
    source.rename(folder / "weights.bin")
    return kept


def weights(folder: Path, maker: CredentialMaker, trust: Trust) -> list[bool]:
    """Sign and read beside a gigabyte of any kind."""
    file = folder / "weights.bin"
    definition = file_claim(
        file.name, digest_of(b""), "model", TRAINED_DATA, Generator(version="0")
    )
    return [
        ratio("sign beside", file, lambda: maker.sign_beside(file, definition, {})),
        ratio("read it beside", file, lambda: maker.read(file, anchors=trust.root)),
    ]


def measure(folder: Path) -> list[bool]:
    """Sign and verify gigabytes."""
    ring = KeyRing(folder / "keys")
    maker, trust = CredentialMaker(ring), Trust(root=ring.root_certificate())
    return [
        *film(folder, maker, trust),
        *sound(folder, maker, trust),
        *weights(folder, maker, trust),
    ]


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("GENERIQUE_BENCHMARK_FOLDER")) as name:
        os.environ["GENERIQUE_HOME"] = str(Path(name) / "home")
        kept = measure(Path(name))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
