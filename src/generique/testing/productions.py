"""A small production on disk, whole and correct, for tests that then change one thing of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from generique.machineroom.ffmpeg import steady_x264
from generique.model.values import digest_of

if TYPE_CHECKING:
    from av.video.stream import VideoStream

ENTRY_POINT = "[generique.backends]\ncanned = generique.testing.canned:CannedBackend\n"


_USES = """\
schema = "generique/uses/1"

[[use]]
id = "all"
kinds = ["shot", "voice", "music", "effect"]
backends = [{backends}]
purpose = "A film for tests: everything in it that was not filmed."
inputs = ["own"]
triage = "background"
by = "mira"
on = "2026-11-01"

[use.principles]
owned_traits = "yes"
not_kept = "yes"
secured = "yes"
temporary = "yes"
no_replacement = "yes"
"""


CANNED_PASSPORT = """\
schema = "generique/tool-passport/1"
id = "canned"
version = "1"
title = "Canned takes"
maker = "The Générique authors"
environment = "local"
trains_on_inputs = "no"
retention = "none"
checked_by = "mira"
checked_on = "2026-11-28"

[usage]
licence = "Apache-2.0"
commercial = "yes"
territories = ["*"]
revenue_limited = "no"
"""
"""What the small production keeps of the generator of canned takes, which no passport ships."""


def declared_uses(*backends: str) -> str:
    """``rights/uses.toml`` with one use of these generators, every question answered well."""
    return _USES.format(backends=", ".join(f'"{name}"' for name in backends))


@dataclass(frozen=True)
class TinyFilm:
    """What the small production is made of.

    Attributes:
        shots: Heading, prompt with its length, and the line spoken over it (empty: none), each.
        lines: Text in French of each line's text.
        media: Seconds of an authentic clip of 25 frames a second as the last shot; 0 leaves it out.
        backend: Makes every kind of element; ``None`` takes the program's own.
        extras: Further text of ``production.toml``.
        declared: Whether the generative uses are declared; nothing is made otherwise.
    """

    title: str = "Tiny"
    languages: tuple[str, ...] = ("en", "fr")
    shots: tuple[tuple[str, str, str], ...] = (
        ("EXT. RED - DAY", "red, 2 s", "Here."),
        ("EXT. BLUE - DAY", "blue, 1.2 s", ""),
    )
    lines: dict[str, str] = field(default_factory=lambda: {"Here.": "Ici.", "There.": "Là."})
    media: float = 2.0
    effect: str = "tone"
    music: str = "tone"
    backend: str | None = "canned"
    raster: tuple[int, int] = (320, 180)
    credits_seconds: float = 16.0
    extras: str = ""
    declared: bool = True

    def write(self, folder: Path) -> Path:
        """Write the production; returns its folder."""
        for part in ("media", "languages"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "production.toml").write_text(self._production(), encoding="utf-8")
        (folder / "script.fountain").write_text(self._script(), encoding="utf-8")
        if self.declared:
            (folder / "rights").mkdir(exist_ok=True)
            (folder / "rights" / "uses.toml").write_text(
                declared_uses(*self._makers().values()), encoding="utf-8"
            )
        if self.backend == "canned":
            passports = folder / "rights" / "passports"
            passports.mkdir(parents=True, exist_ok=True)
            (passports / "tool-canned.toml").write_text(CANNED_PASSPORT, encoding="utf-8")
        for language in self.languages[1:]:
            (folder / "languages" / f"{language}.toml").write_text(self._dialogue(), "utf-8")
        if self.media:
            clip = write_clip(folder / "media" / "finch.mp4", round((self.media + 0.6) * 25))
            (folder / "media" / "media.toml").write_text(media_list(clip), encoding="utf-8")
            (folder / "media" / "NOTICE.txt").write_text("All of it may be used.\n", "utf-8")
        return folder

    def _production(self) -> str:
        backends = "".join(f'{kind} = "{maker}"\n' for kind, maker in self._makers().items())
        quoted = ", ".join(f'"{language}"' for language in self.languages)
        music = f'[music]\nprompt = "{self.music}"\nbpm = 72.0\n' if self.music else ""
        width, height = self.raster
        return (
            'schema = "generique/production/1"\n'
            f'id = "tiny"\ntitle = "{self.title}"\nlanguages = [{quoted}]\n'
            'genre = "documentary"\n'
            f"raster = {{ width = {width}, height = {height} }}\n"
            f'rate = "24"\nseed = 5\ncredits_seconds = {self.credits_seconds}\nhandles = 2\n\n'
            f"[backends]\n{backends}\n{music}\n"
            '[[people]]\nid = "mira"\nname = "Mira"\nroles = ["director"]\n'
            f"{self.extras}"
        )

    def _makers(self) -> dict[str, str]:
        """The generator of each kind of element."""
        own = {"shot": "world", "voice": "pico", "music": "score", "effect": "foley"}
        return {kind: self.backend or maker for kind, maker in own.items()}

    def _script(self) -> str:
        scenes = [f"Title: {self.title}\n"]
        for heading, prompt, line in self.shots:
            effect = f"[[sfx: {self.effect}]]\n" if self.effect and not scenes[1:] else ""
            spoken = f"\nNARRATOR (V.O.)\n{line}\n" if line else ""
            scenes.append(f"{heading}\n\n[[shot: {prompt}]]\n{effect}\nNobody.\n{spoken}")
        if self.media:
            scenes.append(
                "INT. AN AVIARY - DAY\n\n"
                f"[[media: finch.mp4 00:00:00.4+{self.media:g}]]\n\n"
                "A bird.\n\nNARRATOR (V.O.)\nThere.\n"
            )
        return "\n".join(scenes)

    def _dialogue(self) -> str:
        said = [(f"{scene}-L1", line) for scene, (_, _, line) in enumerate(self.shots, 1) if line]
        if self.media:
            said.append((f"{len(self.shots) + 1}-L1", "There."))
        entries = "".join(
            f'\n[[line]]\nid = "{name}"\nsource = "{line}"\ntext = "{self.lines[line]}"\n'
            for name, line in said
        )
        return f'schema = "generique/language/1"\ntitle = "Minuscule"\n{entries}'


WORLD_FILM = replace(
    TinyFilm(),
    shots=(
        (
            "EXT. A SUBURB IN CANADA - NIGHT",
            "night aerial over a Canadian residential suburb in light snow, slow push-in, 2 s",
            "Here.",
        ),
        (
            "EXT. THE SAME STREETS - BEFORE DAWN",
            "aerial over a residential suburb before dawn, snow lying, slow pull-back, 1 s",
            "",
        ),
    ),
    effect="soft winter wind",
    music="sparse piano, calm",
    backend=None,
    extras='\n[backend_options.world]\nextent = "100"\n',
)
"""The same film by the program's own generators, in a place of a hundred metres."""


def write_clip(
    path: Path, frames: int, *, rate: int = 25, size: tuple[int, int] = (320, 180)
) -> Path:
    """Write a silent H.264 clip in which a square moves, as a camera would see it."""
    width, height = size
    with av.open(str(path), "w") as container:
        stream: VideoStream = container.add_stream(
            "libx264", rate=rate, options={"x264-params": steady_x264(1)}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index in range(frames):
            pixels = np.full((height, width, 3), (30, 80, 40), np.uint8)
            left = index * 3 % (width - 60)
            pixels[height // 3 : height // 2, left : left + 60] = 210
            picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            picture.pts, picture.time_base = index, Fraction(1, rate)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def media_list(clip: Path, *, speed: str = "24/25", licence: str = "BSD-3-Clause") -> str:
    """``media.toml`` for one clip, rights stated."""
    digest = digest_of(clip.read_bytes()).removeprefix("sha256:")
    return (
        'schema = "generique/media/1"\n\n[[media]]\n'
        f'file = "{clip.name}"\ntitle = "A finch"\nkind = "picture"\ncaptured = true\n'
        f'speed = "{speed}"\nsha256 = "{digest}"\n\n[media.rights]\n'
        f'licence = "{licence}"\nholder = "A camera person"\nsource = "made for this test"\n'
        'notice = "media/NOTICE.txt"\n\n[media.rights.credit]\n'
        'en = "Finch: a camera person"\nfr = "Pinson : une personne"\n'
    )


def install_canned(folder: Path) -> Path:
    """Make a folder that, on ``PYTHONPATH``, installs :class:`CannedBackend` as a plug-in."""
    package = folder / "canned_takes-1.dist-info"
    package.mkdir(parents=True, exist_ok=True)
    (package / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: canned-takes\nVersion: 1\n", "utf-8"
    )
    (package / "entry_points.txt").write_text(ENTRY_POINT, encoding="utf-8")
    return folder
