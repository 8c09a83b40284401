"""Parts of productions for tests: everything real but the disk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from generique.machineroom.bench import MediaBench
from generique.machineroom.folder import DiskFolder
from generique.machineroom.stage import DiskStageDoor
from generique.model.element import ElementKind, Quality
from generique.model.errors import NotConfigured
from generique.model.people import Person, Role
from generique.model.production import Production
from generique.model.take import Take
from generique.model.time import Rate
from generique.model.values import Json, digest_of
from generique.production.clear import ClearingRoom
from generique.production.people import register
from generique.production.plan import Planner
from generique.production.ports import Backend, Request
from generique.production.producer import Producer
from generique.production.status import ProductionStatus, status
from generique.production.steps import StepMachine
from generique.testing.canned import CannedBackend
from generique.testing.memory import FolderVault, ListedProgress, NamedSigner, memory_journal
from generique.testing.productions import TinyFilm

MIRA = Person(id="mira", name="Mira", roles=(Role.DIRECTOR,))
STRANGER = Person(id="zoe", name="Zoé", roles=(Role.EDITOR,))


@dataclass
class Room:
    """A step machine with all that it stands on."""

    folder: Path
    progress: ListedProgress = field(default_factory=ListedProgress)

    def __post_init__(self) -> None:
        self.vault = FolderVault(self.folder / "vault")
        self.journal = memory_journal()
        self.machine = StepMachine(self.journal, self.vault, self.progress)

    def know(self, *people: Person) -> Room:
        """Register people with keys that follow from their names."""
        for person in people or (MIRA, STRANGER):
            register(person, NamedSigner.person(person.id), self.journal)
        return self


def take(name: str = "1-1.t1", essence: bytes = b"essence", **changes: Json) -> Take:
    """A take of a shot."""
    document: dict[str, Json] = {
        "id": name,
        "element": name.partition(".")[0],
        "kind": "shot",
        "prompt": "red",
        "seed": 1,
        "frames": 24,
        "file": digest_of(b"file" + essence),
        "media_type": "video/mp4",
        "essence": digest_of(essence),
        "recipe": digest_of(name.encode()),
        "passport": CannedBackend().passport().to_json(),
    }
    return Take.read(document | changes, where="test")


def production(**changes: Json) -> Production:
    """Settings of a film by the canned backend."""
    document: dict[str, Json] = {
        "schema": "generique/production/1",
        "id": "tiny",
        "title": "Tiny",
        "languages": ["en", "fr"],
        "genre": "documentary",
        "raster": {"width": 64, "height": 48},
        "rate": "24",
        "seed": 5,
        "people": [MIRA.to_json(), STRANGER.to_json()],
        "backends": dict.fromkeys(("shot", "voice", "music", "effect"), "canned"),
        "music": {"prompt": "tone", "bpm": 72.0},
    }
    return Production.read(document | changes, where="test")


class CannedShelf:
    """A shelf with one backend on it, and one that is not set up."""

    def names(self) -> tuple[str, ...]:
        return ("absent", "canned")

    def get(self, name: str) -> Backend:
        if name != "canned":
            raise NotConfigured(f"there is no backend {name!r}")
        return CannedBackend()


def shot_request(prompt: str = "red", frames: int = 6, **options: str) -> Request:
    """A small request."""
    return Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        seed=3,
        rate=Rate(numerator=24),
        frames=frames,
        raster=production().raster,
        quality=Quality.DRAFT,
        options=options,
    )


FILM = replace(
    TinyFilm(),
    languages=("en",),
    shots=(("EXT. RED - DAY", "red, 2 s", "Here."), ("EXT. BLUE - DAY", "blue, 1 s", "")),
    raster=(64, 48),
)


@dataclass
class House:
    """A production on disk with a step machine in memory."""

    folder: DiskFolder
    room: Room

    def __post_init__(self) -> None:
        self.bench = MediaBench()
        self.door = DiskStageDoor(self.room.folder / "state", self.room.vault, self.room.progress)
        shelf = CannedShelf()
        clearing = ClearingRoom(self.folder, self.room.journal, self.room.vault, shelf)
        parts = (self.folder, self.room.machine, shelf, self.door, self.bench, clearing)
        self.producer, self.planner = Producer(*parts), Planner(*parts)

    def status(self) -> ProductionStatus:
        return status(self.planner.plan(Quality.DRAFT), self.room.journal, self.room.vault)

    def rewrite(self, name: str, old: str, new: str) -> None:
        path = self.folder.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
