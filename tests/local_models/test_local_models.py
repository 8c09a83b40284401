"""Local models: loading, seeding, stopping, licences and weights, with weights drawn at random."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_models import tiny_ddpm, tiny_wan

from generique.backends.diffusers.backend import DiffusersBackend
from generique.backends.diffusers.statement import weights_digest
from generique.model.element import ElementKind, Raster
from generique.model.errors import BackendFailed, Damaged, Interrupted, NotCapable, NotConfigured
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.ports import Backend, Request
from generique.testing.backend_contract import BackendContract
from generique.testing.essence import picture_form
from generique.testing.stage import FolderStage

STATEMENT = """\
schema = "generique/local-model/1"
folder = "{folder}"
title = "Tiny"
maker = "The tests"
version = "1"
kinds = ["shot"]
{weights}
rate = "24"
rasters = ["{raster}"]
most_frames = {most}
steps = 2
[licence]
name = "Tests"
file = "LICENSE"
{accepted}
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name, make, raster, most in (
        ("wan", tiny_wan, "32x32", 13),
        ("still", tiny_ddpm, "32x32", 100),
    ):
        make(folder / f"{name}-weights")
        state(folder, name, raster, most)
    return folder


def state(folder: Path, name: str, raster: str, most: int, *, accepted: bool = True) -> None:
    weights = folder / f"{name}-weights"
    digest = [found for _, _, found in weights_digest(weights)][-1]
    licence = digest_of((weights / "LICENSE").read_bytes())
    text = STATEMENT.format(
        folder=weights.name,
        weights=f'weights = "{digest}"',
        raster=raster,
        most=most,
        accepted=f'accepted = "{licence}"\nby = "mira"\non = "2026-11-28"' if accepted else "",
    )
    (folder / f"{name}.toml").write_text(text, "utf-8")


def asked(prompt: str = "a harbour", *, seed: int = 3, frames: int = 6) -> Request:
    return Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        seed=seed,
        rate=Rate(numerator=24),
        frames=frames,
        raster=Raster(width=32, height=32),
    )


class TestDiffusers(BackendContract):
    @pytest.fixture(autouse=True)
    def shelf(self, models: Path) -> None:
        self.models = models

    def backend(self) -> Backend:
        return DiffusersBackend("wan", self.models)

    def can(self) -> tuple[Request, ...]:
        return (asked("a harbour, at dawn"),)

    def cannot(self) -> tuple[Request, ...]:
        return (
            asked(" "),
            asked("a harbour " * 1000),
            asked(frames=20),
            asked().model_copy(update={"raster": Raster(width=64, height=32)}),
            asked().model_copy(update={"rate": Rate(numerator=25)}),
            asked().model_copy(update={"options": {"steps": "many"}}),
        )


def test_a_clip_is_made_and_the_same_again(models: Path, tmp_path: Path) -> None:
    backend = DiffusersBackend("wan", models)
    assert backend.missing() == ()
    first = backend.generate(asked(), FolderStage(tmp_path / "a"))
    again = backend.generate(asked(), FolderStage(tmp_path / "b"))
    other = backend.generate(asked(seed=4), FolderStage(tmp_path / "c"))
    assert picture_form(first.path) == picture_form(again.path)
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.path.read_bytes() != other.path.read_bytes()
    assert "9 frames are made, 6 are used" in first.warnings


def test_a_still_fills_the_shot(models: Path, tmp_path: Path) -> None:
    delivery = DiffusersBackend("still", models).generate(asked(), FolderStage(tmp_path))
    assert "a still picture: nothing moves in it" in delivery.warnings


def test_it_can_be_stopped_between_two_steps(models: Path, tmp_path: Path) -> None:
    stage = FolderStage(tmp_path, interrupt_after=3)
    with pytest.raises(Interrupted):
        DiffusersBackend("wan", models).generate(asked(), stage)
    assert not list(stage.workspace.glob("*.mp4"))


def test_changed_weights_are_not_used(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    tiny_ddpm(folder / "still-weights")
    state(folder, "still", "32x32", 10)
    path = next((folder / "still-weights" / "unet").glob("*.safetensors"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged, match="not those that were stated"):
        DiffusersBackend("still", folder).generate(asked(), FolderStage(tmp_path))


def test_a_licence_that_nobody_accepted_stops_it(tmp_path: Path) -> None:
    tiny_ddpm(tmp_path / "still-weights")
    state(tmp_path, "still", "32x32", 10, accepted=False)
    backend = DiffusersBackend("still", tmp_path)
    with pytest.raises(NotConfigured) as caught:
        backend.generate(asked(), FolderStage(tmp_path))
    assert "accepted the licence" in (caught.value.why or "")
    state(tmp_path, "still", "32x32", 10)
    (tmp_path / "still-weights" / "LICENSE").write_text("Another licence.", "utf-8")
    assert [lack.what for lack in backend.missing()] == ["a person who accepted the licence Tests"]


def test_broken_weights_fail_in_words(models: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    tiny_wan(folder / "wan-weights")
    next((folder / "wan-weights" / "vae").glob("*.safetensors")).write_bytes(b"x" * 100)
    state(folder, "wan", "32x32", 13)
    with pytest.raises(BackendFailed, match="cannot be loaded"):
        DiffusersBackend("wan", folder).generate(asked(), FolderStage(tmp_path))


def test_a_pipeline_that_is_not_on_the_list_is_not_loaded(tmp_path: Path) -> None:
    tiny_ddpm(tmp_path / "still-weights")
    state(tmp_path, "still", "32x32", 10)
    index = tmp_path / "still-weights" / "model_index.json"
    document = json.loads(index.read_text("utf-8"))
    index.write_text(json.dumps({**document, "_class_name": "EvilPipeline"}), "utf-8")
    with pytest.raises(NotConfigured, match="EvilPipeline"):
        DiffusersBackend("still", tmp_path).interpret(asked())


def test_what_it_cannot_make_is_refused(models: Path) -> None:
    backend = DiffusersBackend("wan", models)
    with pytest.raises(NotCapable, match="at most 13 frames"):
        backend.interpret(asked(frames=20))
    with pytest.raises(NotCapable, match="shape 64x32"):
        backend.interpret(asked().model_copy(update={"raster": Raster(width=64, height=32)}))
