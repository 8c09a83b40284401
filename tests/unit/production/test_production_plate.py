from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from production_parts import Room, shot_request

from generique.machineroom.bench import MediaBench
from generique.machineroom.exr import read_header
from generique.machineroom.plate_folder import RECIPE, PlateFolders
from generique.machineroom.stage import DiskStageDoor
from generique.model.element import Quality
from generique.model.errors import Interrupted, NotCapable, UsageError
from generique.production.clear import ScratchClearance
from generique.production.orders import Order
from generique.production.plate import Plate, PlateRoom, PlateWish
from generique.production.plate_ports import PlateOrder, PlatePicture, PlateSink
from generique.production.ports import Backend, Interpretation, Request, Stage
from generique.production.shoot import shoot
from generique.testing.canned import CannedBackend

FRAMES = 6


class PlatingBackend(CannedBackend):
    """Canned takes with a scene, and plates of them: every file holds its number."""

    def __init__(self) -> None:
        self.drawn: list[int] = []
        self.asked: list[tuple[Request, PlateOrder]] = []
        self.stop_after: int | None = None

    def interpret(self, request: Request) -> Interpretation:
        return super().interpret(request).model_copy(update={"scene": '{"hour":"noon"}'})

    def plate(self, request: Request, order: PlateOrder, stage: Stage, sink: PlateSink) -> None:
        self.asked.append((request, order))
        first, last = order.frames or (0, FRAMES - 1)
        for index in range(first, last + 1):
            name = f"frame.{index:06d}.exr"
            if sink.has(name):
                continue
            if len(self.drawn) == self.stop_after:
                raise Interrupted("stopped")
            plane = np.full((4, 4), index, np.float32)
            sink.write(name, PlatePicture(channels={"R": plane}, rate=request.rate, frame=index))
            self.drawn.append(index)
            stage.progress(index, last, "drawing")
        sink.text("camera.json", "{}\n")


class PlainBackend(CannedBackend):
    def interpret(self, request: Request) -> Interpretation:
        return super().interpret(request).model_copy(update={"scene": "{}"})


class OneShelf:
    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    def names(self) -> tuple[str, ...]:
        return ("canned",)

    def get(self, name: str) -> Backend:
        assert name == "canned"
        return self.backend


class Workshop:
    """A take in a room, and plates of it."""

    def __init__(self, folder: Path, backend: Backend) -> None:
        self.folder, self.backend = folder / "plate", backend
        self.room = Room(folder)
        shelf = OneShelf(backend)
        door = DiskStageDoor(folder / "state", self.room.vault, self.room.progress)
        clearance = ScratchClearance(shelf)
        order = Order(element="1-1", title="red", backend="canned", request=shot_request())
        self.shot = shoot(order, shelf, self.room.machine, door, MediaBench(), clearance)
        self.plates = PlateRoom(self.room.journal, self.room.vault, shelf, door, clearance)

    def make(self, **wish: object) -> Plate:
        wanted = PlateWish.model_validate({"take": self.shot.take.id, **wish})
        return self.plates.make(wanted, PlateFolders(self.folder))


@pytest.fixture
def backend() -> PlatingBackend:
    return PlatingBackend()


@pytest.fixture
def workshop(tmp_path: Path, backend: PlatingBackend) -> Workshop:
    return Workshop(tmp_path, backend)


def test_a_plate_is_made_from_the_recorded_scene(
    workshop: Workshop, backend: PlatingBackend
) -> None:
    made = workshop.make()
    request, order = backend.asked[0]
    assert request == workshop.shot.order.request
    assert order.scene == '{"hour":"noon"}'
    names = {"camera.json", *(f"frame.{k:06d}.exr" for k in range(FRAMES))}
    assert set(made.files) == names
    assert read_header(workshop.folder / "frame.000000.exr")[RECIPE] == made.recipe
    said = json.loads((workshop.folder / "plate.json").read_text())
    assert said == {"schema": "generique/plate/1", **made.to_json()}


def test_the_ledger_says_what_was_made(workshop: Workshop) -> None:
    made = workshop.make(frames=(1, 2))
    act = next(iter(workshop.room.journal.acts("plate")))
    assert act.stated["files"] == made.files
    assert act.stated["take"] == workshop.shot.take.id
    assert act.stated["entry"] == workshop.shot.entry


def test_a_plate_goes_on_where_it_stopped(workshop: Workshop, backend: PlatingBackend) -> None:
    backend.stop_after = 3
    with pytest.raises(Interrupted):
        workshop.make()
    assert not list(workshop.room.journal.acts("plate"))
    backend.stop_after = None
    made = workshop.make()
    assert backend.drawn == list(range(FRAMES))
    assert len(made.files) == FRAMES + 1
    assert workshop.make().files == made.files
    assert backend.drawn == list(range(FRAMES))


def test_a_folder_holds_one_plate(workshop: Workshop) -> None:
    first = workshop.make(frames=(0, 1))
    with pytest.raises(UsageError, match="another plate"):
        workshop.make(sky=False)
    more = workshop.make(frames=(2, 3))
    assert more.recipe == first.recipe
    assert len(more.files) == 5


def test_another_effort_is_said(workshop: Workshop, backend: PlatingBackend) -> None:
    assert workshop.make(frames=(0, 0)).warnings == ()
    workshop.folder = workshop.folder.with_name("final")
    made = workshop.make(frames=(0, 0), quality=Quality.FINAL)
    assert backend.asked[-1][0].quality is Quality.FINAL
    assert made.warnings == (f"the plate is of quality final, {workshop.shot.take.id} is not",)


@pytest.mark.parametrize("frames", [(0, 6), (3, 2), (6, 9)])
def test_frames_that_are_not_there_are_refused(workshop: Workshop, frames: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="has no frames"):
        workshop.make(frames=frames)
    assert not workshop.folder.exists()


def test_a_backend_without_plates_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotCapable, match="makes no plates"):
        Workshop(tmp_path, PlainBackend()).make()
