from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from production_parts import FILM, Room, shot_request

from generique.machineroom.bench import MediaBench
from generique.machineroom.folder import DiskFolder
from generique.machineroom.stage import DiskStageDoor
from generique.model.element import Raster
from generique.model.errors import NotCapable, UsageError
from generique.model.time import Rate
from generique.production.clear import ScratchClearance
from generique.production.cutting import Scissors
from generique.production.extend import Extension, ExtensionRoom, Wish
from generique.production.extend_light import SIDES, TOLERATED, LightVerdict
from generique.production.orders import Order
from generique.production.ports import Backend, Interpretation, Request
from generique.production.shoot import shoot
from generique.testing.canned import CannedBackend
from generique.testing.lit_figures import Pose, figure, light
from generique.testing.productions import media_list
from generique.testing.scenes import sunny_suburb
from generique.testing.stage import FolderPictureSink
from generique.world.arrays import Octets
from generique.world.plates.light_direction import turn_between
from generique.world.plates.matching import shown
from generique.world.scene import SceneDocument, Weather

KEY = (0.05, 0.40, 0.10)
RASTER, RATE = Raster(width=120, height=180), Rate(numerator=24)
FRAMES = 2


class SunnyBackend(CannedBackend):
    """Canned takes that say what scene they are of; another scene makes another take."""

    OPTIONS = CannedBackend.OPTIONS | {"scene"}

    def interpret(self, request: Request) -> Interpretation:
        given = request.options.get("scene")
        return super().interpret(request).model_copy(update={"scene": given})


class OneShelf:
    def names(self) -> tuple[str, ...]:
        return ("canned",)

    def get(self, name: str) -> Backend:
        assert name == "canned"
        return SunnyBackend()


def frame(bearing: float | None) -> Octets:
    """Somebody lit from a side, or from everywhere, before green."""
    even = bearing is None
    way = light(0, 90) if bearing is None else light(bearing, 30)
    key = figure(Pose(), way, sun=0.0 if even else 3.0, sky=2.0 if even else 1.0)
    picture = shown(key.foreground + (1 - key.matte)[..., None] * np.array(KEY, np.float32))
    return np.asarray(picture * 255 + 0.5, np.uint8)


class Stages:
    """A production with footage lit from a side, and a take of a scene."""

    def __init__(self, folder: Path, bearing: float | None, text: str | None) -> None:
        root = replace(FILM, raster=(120, 180), media=0).write(folder / "film")
        sink = FolderPictureSink(root / "media" / "mira.mp4", RASTER, RATE)
        for _ in range(FRAMES):
            sink.write(frame(bearing))
        (root / "media" / "media.toml").write_text(media_list(sink.close(), speed="1"), "utf-8")
        (root / "media" / "NOTICE.txt").write_text("All of it may be used.\n", "utf-8")
        self.room, shelf, bench = Room(folder), OneShelf(), MediaBench()
        door = DiskStageDoor(folder / "state", self.room.vault, self.room.progress)
        asked = shot_request(frames=FRAMES).model_copy(
            update={"raster": RASTER, "options": {} if text is None else {"scene": text}}
        )
        order = Order(element="1-1", title="red", backend="canned", request=asked)
        clearance, machine = ScratchClearance(shelf), self.room.machine
        self.take = shoot(order, shelf, machine, door, bench, clearance).take
        self.rooms = ExtensionRoom(DiskFolder(root), machine, door, bench, shelf, clearance)

    def extend(self, **changes: object) -> Extension:
        wanted = {"medium": "mira.mp4", "take": self.take.id, **changes}
        return self.rooms.extend(Wish.model_validate(wanted), Scissors(colour=KEY))

    def scene_of(self, take: str) -> SceneDocument:
        found = list(self.room.journal.takes("1-1"))
        texts = {f"1-1.t{k + 1}": act.facts["outputs"]["scene"] for k, act in enumerate(found)}
        return SceneDocument.read(self.room.vault.read(texts[take]), where=take)


def test_two_lights_from_different_sides_are_a_finding(tmp_path: Path) -> None:
    stages = Stages(tmp_path, 90.0, sunny_suburb(frames=FRAMES).model_dump_json())
    made = stages.extend()
    assert made.light.said == "measurement"
    assert made.light.footage is not None
    assert abs(turn_between(90, made.light.footage)) < 15
    assert made.light.plate is not None
    assert abs(turn_between(180, made.light.plate)) < 1
    assert made.light.apart is not None
    assert made.light.apart > TOLERATED
    assert "(right), that of the set from" in made.findings[0]
    assert made.document()["findings"] == list(made.findings)
    act = next(iter(stages.room.journal.steps("extend")))
    assert act.facts["recipe"]["light"] == made.light.to_json()
    measured = next(iter(stages.room.journal.steps("measure-light")))
    assert measured.facts["recipe"]["views"] == 5


def test_two_lights_from_one_side_are_none(tmp_path: Path) -> None:
    made = Stages(tmp_path, 90.0, sunny_suburb(8.0, FRAMES).model_dump_json()).extend()
    assert made.light.said == "measurement"
    assert made.light.apart is not None
    assert made.findings == ()
    assert made.light.remark is None


def test_a_sky_is_turned_until_the_lights_agree(tmp_path: Path) -> None:
    stages = Stages(tmp_path, 90.0, sunny_suburb(frames=FRAMES).model_dump_json())
    made = stages.extend(turn_sky=True)
    assert (made.take, made.light.turned_from) == ("1-1.t2", "1-1.t1")
    assert made.light.apart is not None
    assert made.light.apart < 0.1
    assert made.findings == ()
    before, after = stages.scene_of("1-1.t1"), stages.scene_of("1-1.t2")
    assert after.at_rest().with_field("time.bearing", before.time.bearing) == before
    again = stages.extend(turn_sky=True)
    assert (again.entry, again.take) == (made.entry, made.take)
    settled = stages.extend(turn_sky=True, take="1-1.t2")
    assert settled.take == "1-1.t2"
    assert settled.light.turned_from is None


def test_a_person_knows_better_than_a_measurement(tmp_path: Path) -> None:
    stages = Stages(tmp_path, 90.0, sunny_suburb(frames=FRAMES).model_dump_json())
    made = stages.extend(sun_from=SIDES["front"])
    assert made.light == LightVerdict(said="person", footage=180.0, plate=made.light.plate)
    assert made.findings == ()
    assert not list(stages.room.journal.steps("measure-light"))


def test_what_is_not_known_is_said_and_never_guessed(tmp_path: Path) -> None:
    stages = Stages(tmp_path, None, sunny_suburb(frames=FRAMES).model_dump_json())
    made = stages.extend()
    assert (made.light.said, made.light.footage, made.findings) == ("unknown", None, ())
    assert made.light.spread is not None
    assert "is not known" in made.remarks[0]
    with pytest.raises(UsageError, match="light on the footage comes from is not known") as refused:
        stages.extend(turn_sky=True)
    assert refused.value.next_step is not None
    assert "--sun-from" in refused.value.next_step
    assert stages.extend(turn_sky=True, sun_from=0.0).light.apart == pytest.approx(0, abs=0.1)


def test_a_set_without_a_scene_or_a_sun_has_nothing_to_compare(tmp_path: Path) -> None:
    plain = Stages(tmp_path / "plain", 90.0, None)
    assert "nothing was compared" in plain.extend().remarks[0]
    with pytest.raises(NotCapable, match="cannot be turned"):
        plain.extend(turn_sky=True)
    grey = Stages(
        tmp_path / "grey",
        90.0,
        sunny_suburb(frames=FRAMES, weather=Weather(cloud=1.0)).model_dump_json(),
    )
    assert grey.extend().light.plate is None
    with pytest.raises(NotCapable, match="no light from one side"):
        grey.extend(turn_sky=True)
