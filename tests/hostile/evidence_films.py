"""A tiny film with everything that proves it: two signed parts, a signed master, a proof."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from generique.ledger.log import Ledger
from generique.ledger.memory import MemoryEntryStore
from generique.ledger.statement import Statement, Subject, predicate_type
from generique.machineroom.credentials import CredentialMaker
from generique.machineroom.essence import essence_of
from generique.machineroom.ffmpeg import steady_x264
from generique.machineroom.keys import KeyRing
from generique.machineroom.observing import observed_credential
from generique.marks.credential.claims import Generator, master_claim, media_claim, take_claim
from generique.marks.credential.originals import ORIGINAL, signed_original
from generique.model.delivered import Observed
from generique.model.element import ElementClass, ElementKind
from generique.model.lineage import ElementUse, Lineage
from generique.model.passport import Passport, Rights, SourceType, Training
from generique.model.production import MediaItem
from generique.model.take import Take
from generique.model.time import Rate
from generique.model.values import Digest, digest_of

GENERATOR = Generator(version="0.1")
WORLD = Passport(
    name="world",
    version="1",
    title="World",
    maker="Generique",
    licence="Apache-2.0",
    kinds=(ElementKind.SHOT,),
    training=Training(statement="none"),
    source_type=SourceType.ALGORITHMIC,
    repeatable=True,
)
RIGHTS = Rights(licence="BSD-3-Clause", holder="Somebody", source="a package", notice="N.txt")
FINCH = "media-"


def clip(path: Path, seed: int) -> Path:
    """Half a second of noise, 64 x 48, with sound."""
    rng = np.random.default_rng(seed)
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=24, options={"x264-params": steady_x264(1)})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="stereo")
        for index in range(12):
            pixels = rng.integers(0, 255, (48, 64, 3), dtype=np.uint8)
            picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            picture.pts, picture.time_base = index, Fraction(1, 24)
            container.mux(video.encode(picture))
        container.mux(video.encode())
        for start in range(0, 24_000, 1_024):
            block = rng.standard_normal((2, 1_024)).astype(np.float32) * 0.1
            sound = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            sound.sample_rate, sound.pts = 48_000, start
            container.mux(audio.encode(sound))
        container.mux(audio.encode())
    return path


def digest_of_file(path: Path) -> Digest:
    return digest_of(path.read_bytes())


@dataclass(frozen=True)
class Film:
    """Paths and values of the film."""

    folder: Path
    ring: KeyRing
    maker: CredentialMaker
    take: Take
    lineage: Lineage
    unsigned: Path
    signed_take: Path
    signed_medium: Path
    master: Path
    essence: Digest
    ledger: Ledger
    proof: str

    @property
    def root(self) -> str:
        return self.ring.root_certificate()

    @property
    def labels(self) -> dict[str, Path]:
        medium = f"media-{self.lineage.elements[1].file[7:19]}"
        return {"1-1.t1": self.signed_take, medium: self.signed_medium}


def make_film(folder: Path) -> Film:
    ring = KeyRing(folder / "keys")
    maker = CredentialMaker(ring)
    shot, camera, cut = (
        clip(folder / name, seed) for seed, name in enumerate(("shot.mp4", "finch.mp4", "cut.mp4"))
    )
    take = take_of(shot)
    maker.sign(shot, folder / "signed-shot.mp4", take_claim(take, GENERATOR), {})
    item = MediaItem(
        file="finch.mp4",
        title="Zebra finch",
        kind="picture",
        captured=True,
        sha256=digest_of_file(camera)[7:],
        rights=RIGHTS,
    )
    essence = essence_of(camera)
    medium = media_claim(
        item, essence, SourceType.DIGITAL_CAPTURE, GENERATOR, media_type="video/mp4"
    )
    maker.sign(camera, folder / "signed-finch.mp4", medium, {})
    lineage = lineage_of(take, digest_of_file(camera), essence)
    film = Film(
        folder=folder,
        ring=ring,
        maker=maker,
        take=take,
        lineage=lineage,
        unsigned=cut,
        signed_take=folder / "signed-shot.mp4",
        signed_medium=folder / "signed-finch.mp4",
        master=folder / "master.mp4",
        essence=essence_of(cut),
        ledger=Ledger(MemoryEntryStore(), ring.studio(), "dawn-chorus"),
        proof="",
    )
    claim = master_claim(lineage, "en", film.essence, GENERATOR)
    maker.sign(cut, film.master, claim, film.labels)
    for number in range(3):
        film.ledger.append(statement(digest_of(b"%d" % number), film.essence))
    film.ledger.append(statement(digest_of_file(film.master), film.essence))
    return Film(**{**film.__dict__, "proof": film.ledger.prove(3)})


def statement(file: Digest, essence: Digest) -> Statement:
    return Statement(
        subjects=(Subject.of("file", file), Subject.of("essence", essence)),
        predicate_type=predicate_type("seal"),
        predicate={"language": "en"},
    )


def take_of(path: Path) -> Take:
    return Take(
        id="1-1.t1",
        element="1-1",
        kind=ElementKind.SHOT,
        prompt="night aerial, light snow",
        seed=7,
        frames=12,
        file=digest_of_file(path),
        media_type="video/mp4",
        essence=essence_of(path),
        recipe=digest_of(b"recipe"),
        passport=WORLD,
    )


def lineage_of(take: Take, camera: Digest, camera_essence: Digest) -> Lineage:
    shot = ElementUse(
        id="1-1",
        title="Aerial",
        kind=ElementKind.SHOT,
        element_class=ElementClass.RECONSTRUCTION,
        track="V1",
        start=0,
        end=6,
        take=take.id,
        file=take.file,
        essence=take.essence,
        source_type=take.passport.source_type,
        passport=take.passport,
        prompt=take.prompt,
        seed=take.seed,
        entry=0,
    )
    finch = ElementUse(
        id="2-1",
        title="Finch",
        kind=ElementKind.SHOT,
        element_class=ElementClass.AUTHENTIC,
        track="V1",
        start=6,
        end=12,
        file=camera,
        essence=camera_essence,
        source_type=SourceType.DIGITAL_CAPTURE,
        rights=RIGHTS,
        entry=1,
    )
    return Lineage(
        production="dawn-chorus",
        title="Dawn Chorus",
        titles={"fr": "Le chœur de l’aube"},
        languages=("en",),
        rate=Rate(numerator=24),
        frames=12,
        demonstration=True,
        elements=(shot, finch),
    )


def flipped(data: bytes, place: int, bit: int = 0) -> bytes:
    """The same bytes with one bit changed."""
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return bytes(changed)


def box(data: bytes, kind: bytes) -> tuple[int, int]:
    """Start and end of the first top-level box of a kind."""
    place = 0
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] == kind:
            return place, place + size
        place += size
    raise LookupError(kind)


def conformed(film: Film, original: bytes, name: str) -> Path:
    """The film's shot as if it had been conformed from a provider's file, signed with it."""
    path = film.folder / f"{name}.original"
    path.write_bytes(original)
    seen = Observed(
        file=digest_of(original), size=len(original), credential=observed_credential(path)
    )
    passport = film.take.passport.model_copy(
        update={"source_type": SourceType.TRAINED_ALGORITHMIC, "repeatable": False}
    )
    take = film.take.model_copy(
        update={"passport": passport, "original": seen.file, "observed": seen}
    )
    target = film.folder / f"{name}.mp4"
    parent = {ORIGINAL: path} if signed_original(take) else {}
    film.maker.sign(film.folder / "shot.mp4", target, take_claim(take, GENERATOR), parent)
    return target
