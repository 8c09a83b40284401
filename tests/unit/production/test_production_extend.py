from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from production_parts import FILM, CannedShelf, Room, shot_request

from generique.machineroom.bench import MediaBench
from generique.machineroom.folder import DiskFolder
from generique.machineroom.plate_folder import PlateFolders
from generique.machineroom.plate_mattes import FolderMattes
from generique.machineroom.stage import DiskStageDoor
from generique.model.element import ElementClass, Raster
from generique.model.errors import Refused, UnreadableInput, UsageError
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.clear import ScratchClearance
from generique.production.cutting import Scissors
from generique.production.extend import ExtensionRoom, Wish
from generique.production.orders import Order
from generique.production.plate_ports import PlatePicture
from generique.production.shoot import shoot
from generique.testing.productions import media_list
from generique.testing.stage import FolderPictureSink
from generique.world.arrays import Octets
from generique.world.owners import Thing, kind_name, owner, owner_name
from generique.world.plates.cryptomatte import matte_layers

WIDTH, HEIGHT, FRAMES = 96, 64, 3
RASTER, RATE = Raster(width=WIDTH, height=HEIGHT), Rate(numerator=24)
KEY = (0.05, 0.40, 0.10)
GREENS = Scissors(colour=KEY)
GREEN = tuple(int(255 * value ** (1 / 2.4)) for value in KEY)
SOMEBODY = (slice(16, 64), slice(32, 64))


def clip(path: Path, colour: tuple[int, ...], frames: int = FRAMES, rate: Rate = RATE) -> Path:
    """Somebody in white before a wall of a colour."""
    sink = FolderPictureSink(path, RASTER, rate)
    for _ in range(frames):
        frame = np.full((HEIGHT, WIDTH, 3), colour, np.uint8)
        frame[SOMEBODY] = (235, 225, 220)
        sink.write(frame)
    return sink.close()


class Stages:
    """A production with footage and a red take."""

    def __init__(
        self,
        folder: Path,
        *,
        colour: tuple[int, ...] = GREEN,
        frames: int = FRAMES,
        rate: Rate = RATE,
        speed: str = "1",
    ) -> None:
        root = replace(FILM, raster=(WIDTH, HEIGHT), media=0).write(folder / "film")
        footage = clip(root / "media" / "mira.mp4", colour, frames, rate)
        (root / "media" / "media.toml").write_text(media_list(footage, speed=speed), "utf-8")
        (root / "media" / "NOTICE.txt").write_text("All of it may be used.\n", "utf-8")
        self.root = folder
        self.room = Room(folder)
        self.bench = MediaBench()
        shelf, machine = CannedShelf(), self.room.machine
        door = DiskStageDoor(folder / "state", self.room.vault, self.room.progress)
        asked = shot_request(frames=FRAMES).model_copy(update={"raster": RASTER})
        order = Order(element="1-1", title="red", backend="canned", request=asked)
        clearance = ScratchClearance(shelf)
        self.take = shoot(order, shelf, machine, door, self.bench, clearance).take
        parts = DiskFolder(root), machine, door, self.bench
        self.extension = ExtensionRoom(*parts, shelf, clearance)

    def wish(self, **changes: object) -> Wish:
        wanted = {"medium": "mira.mp4", "take": self.take.id, **changes}
        return Wish.model_validate(wanted)

    def picture(self, file: str, index: int = 1) -> Octets:
        path = self.room.vault.path(file)
        return list(self.bench.frames(path, 0, FRAMES, RASTER))[index]

    def plate(self) -> FolderMattes:
        """A plate in which a tree covers the left half, and a car the right edge."""
        owners = np.full((2, HEIGHT, WIDTH), int(owner(Thing.GROUND)), np.int32)
        owners[0, :, : WIDTH // 2] = int(owner(Thing.TREE, 4))
        cover = np.stack([np.ones((HEIGHT, WIDTH)), np.zeros((HEIGHT, WIDTH))]).astype(np.float32)
        objects, said = matte_layers("CryptoObject", owners, cover, owner_name)
        kinds, also = matte_layers("CryptoAsset", owners // (1 << 20) * (1 << 20), cover, kind_name)
        recipe = digest_of(b"plate")
        sink = PlateFolders(self.root / "plate").open(recipe)
        depth = {"Z": np.ones((HEIGHT, WIDTH), np.float32)}
        for index in range(FRAMES):
            channels, texts = {**depth, **objects, **kinds}, {**said, **also}
            made = PlatePicture(channels=channels, rate=RATE, frame=index, texts=texts)
            sink.write(f"frame.{index:06d}.exr", made)
        sink.text("plate.json", f'{{"take": "{self.take.id}", "recipe": "{recipe}"}}')
        return FolderMattes(self.root / "plate")


@pytest.fixture
def stages(tmp_path: Path) -> Stages:
    return Stages(tmp_path)


def test_footage_stands_in_the_set(stages: Stages) -> None:
    made = stages.extension.extend(stages.wish(), GREENS)
    assert made.element_class is ElementClass.ALTERED
    seen, plate = stages.picture(made.file), stages.picture(stages.take.file)
    # The canned take is red; nobody stands at its left.
    assert np.abs(seen[8:56, 4:20].astype(int) - plate[8:56, 4:20]).mean() < 12
    somebody = seen[24:56, 40:56].reshape(-1, 3).mean(axis=0)
    assert np.abs(somebody - (235, 225, 220)).max() < 8
    green = seen[..., 1].astype(int) - seen[..., [0, 2]].max(axis=2)
    assert green.max() < 25


def test_the_step_is_recorded_and_recalled(stages: Stages) -> None:
    first = stages.extension.extend(stages.wish(), GREENS)
    again = stages.extension.extend(stages.wish(), GREENS)
    assert (again.file, again.entry) == (first.file, first.entry)
    act = next(iter(stages.room.journal.steps("extend")))
    assert act.facts["inputs"]["take"] == stages.take.file
    assert act.facts["recipe"]["plate"] is None


def test_what_is_named_stands_before_the_footage(stages: Stages) -> None:
    plate = stages.plate()
    assert (plate.share(0, ["tree-4"]) == plate.share(0, ["tree"])).all()
    made = stages.extension.extend(stages.wish(front=("tree",)), GREENS, plate)
    seen, take = stages.picture(made.file), stages.picture(stages.take.file)
    behind = seen[24:56, 36:44].reshape(-1, 3).mean(axis=0)
    before = seen[24:56, 53:61].reshape(-1, 3).mean(axis=0)
    assert np.abs(behind - take[24:56, 36:44].reshape(-1, 3).mean(axis=0)).max() < 12
    assert np.abs(before - (235, 225, 220)).max() < 10


def test_a_name_that_the_plate_does_not_show_is_refused(stages: Stages) -> None:
    with pytest.raises(UnreadableInput, match="shows no lighthouse"):
        stages.plate().share(0, ["lighthouse"])
    with pytest.raises(UsageError, match="without a plate"):
        stages.extension.extend(stages.wish(front=("tree",)), GREENS)


def test_another_size_or_length_is_refused(tmp_path: Path) -> None:
    longer = Stages(tmp_path, frames=FRAMES + 2)
    with pytest.raises(UsageError, match="does not fit"):
        longer.extension.extend(longer.wish(), GREENS)
    with pytest.raises(UsageError, match="has no frames"):
        longer.extension.extend(longer.wish(frames=(3, 5)), GREENS)
    part = longer.extension.extend(longer.wish(frames=(2, 4)), GREENS)
    assert part.frames == FRAMES


def test_footage_of_another_rate_is_shown_at_its_declared_speed(tmp_path: Path) -> None:
    fast = Stages(tmp_path, rate=Rate(numerator=25), speed="24/25")
    made = fast.extension.extend(fast.wish(), GREENS)
    facts = fast.bench.picture_facts(fast.room.vault.path(made.file))
    assert (facts.frames, facts.rate) == (FRAMES, RATE)


def test_footage_without_rights_or_screen_is_refused(tmp_path: Path) -> None:
    grey = Stages(tmp_path, colour=(120, 120, 120))
    with pytest.raises(Refused, match="nothing is known of the rights"):
        grey.extension.extend(grey.wish(medium="other.mp4"), GREENS)
    with pytest.raises(UnreadableInput, match="no screen"):
        grey.extension.extend(grey.wish(), GREENS)
