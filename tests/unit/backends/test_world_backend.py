from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import moderngl
import numpy as np
import pytest

from generique.backends.world.backend import WorldBackend
from generique.backends.world.graphics import INSTALL, shader_text
from generique.backends.world.static_pass import mirror
from generique.backends.world.view import view_of
from generique.model.element import ElementKind, Quality, Raster
from generique.model.errors import Interrupted, NotCapable, NotConfigured, UnreadableInput
from generique.model.passport import SourceType
from generique.model.time import Rate
from generique.production.ports import Backend, Delivery, PictureSink, Request
from generique.testing.backend_contract import BackendContract
from generique.testing.stage import FolderStage
from generique.world.arrays import Octets
from generique.world.camera import camera_path
from generique.world.layout import Bounds
from generique.world.places.grammars import lay_out
from generique.world.scene import Place, SceneDocument

PROMPT = "Night aerial over a Canadian residential suburb in light snow, slow push-in"
SMALL = Raster(width=64, height=36)


def request(**changes: object) -> Request:
    asked = Request(
        kind=ElementKind.SHOT,
        prompt=PROMPT,
        seed=3,
        rate=Rate(numerator=24),
        frames=2,
        raster=SMALL,
        quality=Quality.PREVIEW,
        options={"extent": "100"},
    )
    return asked.model_copy(update=changes)


class Gallery:
    """A sink that keeps the frames."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.frames: list[Octets] = []

    def write(self, frame: Octets) -> None:
        self.frames.append(frame)

    def close(self) -> Path:
        self._path.write_bytes(b"".join(frame.tobytes() for frame in self.frames))
        return self._path


class GalleryStage(FolderStage):
    """A stage whose pictures stay arrays, so that no encoder stands between."""

    sink: Gallery

    def picture(self, raster: Raster, rate: Rate) -> PictureSink:
        del raster, rate
        self.sink = Gallery(self.workspace / "take.mp4")
        return self.sink


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("world")


def shoot(asked: Request, folder: Path) -> tuple[Delivery, list[Octets]]:
    stage = GalleryStage(folder)
    delivery = WorldBackend().generate(asked, stage)
    return delivery, stage.sink.frames


def scene_of(asked: Request) -> SceneDocument:
    text = WorldBackend().interpret(asked).scene
    assert text is not None
    return SceneDocument.read(text, where="test")


class TestWorld(BackendContract):
    def backend(self) -> Backend:
        return WorldBackend()

    def can(self) -> tuple[Request, ...]:
        return (request(), request(kind=ElementKind.SET, frames=1))

    def cannot(self) -> tuple[Request, ...]:
        return (
            request(prompt="A lion asleep in a kitchen"),
            request(prompt=PROMPT + ", seen from 300 metres"),
        )


def test_the_same_request_gives_the_same_frames(folder: Path, tmp_path: Path) -> None:
    _, first = shoot(request(), folder)
    _, cold = shoot(request(), tmp_path)
    assert [f.tobytes() for f in first] == [f.tobytes() for f in cold]
    assert first[0].tobytes() != first[1].tobytes()


def test_frames_have_the_raster_that_was_asked_for(folder: Path) -> None:
    for quality in Quality:
        _, frames = shoot(request(quality=quality, frames=1), folder)
        assert frames[0].shape == (36, 64, 3)
        assert frames[0].dtype == np.uint8


def test_hours_look_like_themselves(folder: Path) -> None:
    means = {}
    for time in ("night", "dawn", "dusk", "overcast-day"):
        scene = {**scene_of(request(frames=1)).to_json(), "time": time}
        asked = request(frames=1, options={"scene": json.dumps(scene)})
        _, frames = shoot(asked, folder)
        means[time] = frames[0].reshape(-1, 3).mean(axis=0)
    night, dawn, day = (means[t] for t in ("night", "dawn", "overcast-day"))
    assert night.mean() < dawn.mean() < day.mean()
    assert dawn[2] > 1.15 * dawn[0]
    assert np.ptp(day) < 0.12 * day.mean()
    assert night[0] > 0.95 * night[2]


def test_a_given_scene_is_taken_as_it_is(folder: Path) -> None:
    scene = scene_of(request())
    asked = request(prompt="anything", options={"scene": scene.model_dump_json()})
    delivery, _ = shoot(asked, folder)
    assert delivery.scene == scene.model_dump_json()


@pytest.mark.parametrize(
    "changes",
    [
        {"frames": 3},
        {"seed": 4},
        {"rate": Rate(numerator=25)},
    ],
)
def test_a_scene_of_another_length_rate_or_seed_is_refused(changes: dict[str, object]) -> None:
    scene = scene_of(request()).model_dump_json()
    with pytest.raises(NotCapable, match=next(iter(changes))):
        WorldBackend().interpret(request(options={"scene": scene}, **changes))


def test_a_scene_that_is_none_is_unreadable() -> None:
    with pytest.raises(UnreadableInput):
        WorldBackend().interpret(request(options={"scene": "{}"}))


@pytest.mark.parametrize(
    "options",
    [
        {"extent": "99"},
        {"extent": "4000"},
        {"extent": "wide"},
        {"place_seed": "-1"},
        {"colour": "red"},
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(NotCapable):
        WorldBackend().interpret(request(options=options))


@pytest.mark.parametrize(
    "changes", [{"raster": None}, {"language": "fr"}, {"kind": ElementKind.VOICE}]
)
def test_what_is_no_picture_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(NotCapable):
        WorldBackend().interpret(request(**changes))


def test_the_prompt_may_say_the_length_but_a_take_has_one(tmp_path: Path) -> None:
    asked = request(frames=None)
    assert scene_of(asked).frames == 144
    with pytest.raises(NotCapable):
        WorldBackend().generate(asked, FolderStage(tmp_path))


def test_the_place_does_not_follow_the_seed_of_the_shot() -> None:
    one, two = scene_of(request(seed=3)), scene_of(request(seed=4))
    assert one.place == two.place
    assert one.seed != two.seed
    assert scene_of(request(options={"extent": "100", "place_seed": "9"})).place.seed == 9


def test_a_draft_says_that_it_is_one() -> None:
    assert "draft" in " ".join(WorldBackend().interpret(request(quality=Quality.DRAFT)).warnings)


def test_the_estimate_knows_what_is_kept(folder: Path, tmp_path: Path) -> None:
    shoot(request(frames=1), folder)
    backend, asked = WorldBackend(), request(options={"extent": "1024"}, frames=144)
    cold = backend.estimate(request(), FolderStage(tmp_path)).seconds
    warm = backend.estimate(request(), FolderStage(folder)).seconds
    assert warm < cold
    full = backend.estimate(
        asked.model_copy(update={"raster": Raster(width=1280, height=720)}), FolderStage(tmp_path)
    )
    assert 60 < full.seconds < 400


def test_the_passport_claims_no_training() -> None:
    passport = WorldBackend().passport()
    assert passport.training.statement == "none"
    assert passport.source_type is SourceType.ALGORITHMIC
    assert passport.repeatable


def test_without_opengl_the_next_step_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(**_: object) -> None:
        raise RuntimeError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(moderngl, "create_context", missing)
    with pytest.raises(NotConfigured) as caught:
        shoot(request(frames=1), folder)
    assert caught.value.next_step == INSTALL == "apt-get install libegl1 libgl1-mesa-dri"


def test_a_stop_while_drawing_leaves_no_take(folder: Path) -> None:
    shoot(request(), folder)
    stage = GalleryStage(folder, interrupt_after=2)
    with pytest.raises(Interrupted):
        WorldBackend().generate(request(frames=4), stage)
    assert len(stage.sink.frames) < 4


def test_listing_the_backend_loads_nothing_heavy() -> None:
    code = (
        "import sys, generique.backends.world.backend as b; b.WorldBackend().passport();"
        "print(sorted({'moderngl','numba','cv2','embreex','scipy','numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_shaders_have_both_stages_and_their_includes() -> None:
    vertex, fragment = shader_text("ground")
    assert "hazeTowards" in vertex
    assert "headlights" in fragment
    assert "#include" not in vertex + fragment
    assert vertex.startswith("#version 330")


def test_the_middle_of_the_picture_is_where_the_camera_looks() -> None:
    scene = scene_of(request())
    pose = camera_path(scene, lay_out(scene.place)).pose(0.0)
    view = view_of(pose, 16 / 9)
    ahead = np.append(view.eye + view.forward * 50, 1) @ view.matrix.T
    right = np.append(view.eye + view.forward * 50 + view.right * 5, 1) @ view.matrix.T
    above = np.append(view.eye + view.forward * 50 + view.up * 5, 1) @ view.matrix.T
    assert ahead[:2] == pytest.approx([0, 0], abs=1e-6)
    assert right[0] > 1
    assert above[1] > 1
    near = view.sees(np.array([view.eye + view.forward * 9, view.eye - view.forward * 9]), 0.5)
    assert near.tolist() == [True, False]


def test_copies_of_the_place_meet_at_its_edges() -> None:
    bounds = Bounds(-50, -20, 100)
    east = mirror(bounds, 1, 0) @ np.array([50, 10, 3, 1])
    north = mirror(bounds, 0, 1) @ np.array([7, 80, 3, 1])
    two = mirror(bounds, 2, 0) @ np.array([-50, 10, 3, 1])
    assert east[:3] == pytest.approx([50, 10, 3])
    assert north[:3] == pytest.approx([7, 80, 3])
    assert two[:3] == pytest.approx([150, 10, 3])


def test_a_larger_place_is_another_document() -> None:
    assert scene_of(request(options={"extent": "300"})).place == Place(seed=7, extent=300)
