"""What content credentials cost, as multiples of one SHA-256 over the same file in the same run.

A movie of a gigabyte is signed inside (copied, hashed, signed, verified once by the library, and
its essence computed from what was written) and verified as ``generique verify`` does (digest,
credential, essence, proof). A file of another kind is signed beside.
Limits are on the clock; the work of all processors stands beside it, for busy machines.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
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
    "sign beside": 5.0,
    "read it beside": 3.0,
}


class Taken(NamedTuple):
    """Seconds of an act on the clock, and of work of all processors."""

    wall: float
    work: float


def seconds(act: Callable[[], object]) -> Taken:
    """What an act took, the best of a few: other programs of the machine only add to it."""
    taken = []
    for _ in range(TRIES):
        begun, worked = time.perf_counter(), time.process_time()
        act()
        taken.append(Taken(time.perf_counter() - begun, time.process_time() - worked))
    return Taken(min(one.wall for one in taken), min(one.work for one in taken))


def ratio(what: str, taken: Taken, reference: Taken) -> bool:
    """Print multiples of SHA-256 beside the upper limit of the one on the clock."""
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


def claim(essence: Digest) -> dict[str, Json]:
    """What is said of the film."""
    rights = Rights(licence="CC0-1.0", holder="nobody", source="noise", notice="none")
    item = MediaItem(
        file="film.mp4",
        title="Noise",
        kind="picture",
        captured=False,
        sha256="0" * 64,
        rights=rights,
    )
    return media_claim(
        item, essence, SourceType.ALGORITHMIC, Generator(version="0"), media_type="video/mp4"
    )


def measure(folder: Path) -> list[bool]:
    """Sign and verify a gigabyte."""
    film, signed = folder / "film.mp4", folder / "signed.mp4"
    large_film(film)
    length = film.stat().st_size
    ring = KeyRing(folder / "keys")
    maker = CredentialMaker(ring)
    root = ring.root_certificate()

    def sha256() -> str:
        with film.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    reference = seconds(sha256)
    print(f"{length / GIGABYTE:.2f} GB; sha256 {reference.wall / length * GIGABYTE:.2f} s/GB")
    holds = [ratio("essence digest", seconds(lambda: essence_of(film)), reference)]
    definition = claim(essence_of(film))
    taken = seconds(lambda: maker.sign(film, signed, definition, {}))
    holds.append(ratio("sign inside", taken, reference))
    taken = seconds(lambda: maker.read(signed, anchors=root))
    holds.append(ratio("read the credential", taken, reference))
    trust = Trust(root=root)
    report = Witness(signed).verify(None, trust)
    if Verdict.BROKEN in {finding.verdict for finding in report.findings}:
        print(f"it does not hold: {report.findings}")
        return [False]
    taken = seconds(lambda: Witness(signed).verify(None, trust))
    holds.append(ratio("verify all", taken, reference))
    weights = folder / "weights.bin"
    film.replace(weights)
    definition = file_claim(
        "weights.bin", digest_of(b""), "model", TRAINED_DATA, Generator(version="0")
    )
    taken = seconds(lambda: maker.sign_beside(weights, definition, {}))
    holds.append(ratio("sign beside", taken, reference))
    taken = seconds(lambda: maker.read(weights, anchors=root))
    holds.append(ratio("read it beside", taken, reference))
    return holds


def main() -> int:
    """Measure and print; 0 when every limit holds, else 1."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("GENERIQUE_BENCHMARK_FOLDER")) as name:
        os.environ["GENERIQUE_HOME"] = str(Path(name) / "home")
        holds = measure(Path(name))
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
