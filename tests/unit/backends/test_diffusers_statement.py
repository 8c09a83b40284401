"""What is stated of local models and what lies there; none of it needs the libraries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generique.backends.diffusers.backend import DiffusersBackend
from generique.backends.diffusers.pipelines import PIPELINES
from generique.backends.diffusers.statement import INDEX, lacks_of, read_statement, weights_digest
from generique.model.element import ElementKind, Raster
from generique.model.errors import NotCapable, NotConfigured, UnreadableInput
from generique.model.reference import Reference
from generique.model.time import Rate
from generique.model.values import digest_of
from generique.production.ports import Request
from generique.testing.stage import FolderStage

LICENCE = b"Do as you like.\n"
ACCEPTED = f'accepted = "{digest_of(LICENCE)}"\nby = "mira"\non = "2026-11-28"'


def model(folder: Path, pipeline: str = "WanPipeline", accepted: str = ACCEPTED) -> Path:
    weights = folder / "weights"
    (weights / "vae").mkdir(parents=True)
    (weights / INDEX).write_text(json.dumps({"_class_name": pipeline}), "utf-8")
    (weights / "vae" / "model.safetensors").write_bytes(b"weights")
    (weights / "LICENSE").write_bytes(LICENCE)
    digest = [found for _, _, found in weights_digest(weights)][-1]
    (folder / "tiny.toml").write_text(
        f"""schema = "generique/local-model/1"
folder = "weights"
title = "Tiny"
maker = "The tests"
version = "1"
kinds = ["shot"]
weights = "{digest}"
rate = "16"
rasters = ["832x480", "416x240"]
most_frames = 81
[licence]
name = "Tests"
file = "LICENSE"
{accepted}
""",
        "utf-8",
    )
    return weights


def asked(**changes: object) -> Request:
    request = Request(
        kind=ElementKind.SHOT,
        prompt="a harbour",
        seed=1,
        rate=Rate(numerator=16),
        frames=33,
        raster=Raster(width=416, height=240),
    )
    return request.model_copy(update=changes)


def what(folder: Path) -> list[str]:
    return [lack.what for lack in lacks_of(read_statement(folder, "tiny"), folder / "weights")]


def test_a_whole_model_lacks_nothing(tmp_path: Path) -> None:
    model(tmp_path)
    assert what(tmp_path) == []
    assert DiffusersBackend(None, tmp_path).models() == ("tiny",)


def test_the_passport_names_the_weights_and_says_that_nothing_leaves_the_machine(
    tmp_path: Path,
) -> None:
    weights = model(tmp_path)
    backend = DiffusersBackend(None, tmp_path).model("tiny")
    passport = backend.passport()
    digest = [found for _, _, found in weights_digest(weights)][-1] or ""
    assert passport.version == f"1+{digest[7:19]}"
    assert passport.local
    assert passport.training.statement == "undisclosed"


def test_unsafe_weights_and_unread_licences_are_named(tmp_path: Path) -> None:
    weights = model(tmp_path, accepted="")
    (weights / "vae" / "model.bin").write_bytes(b"")
    assert what(tmp_path) == [
        "safe weights: model.bin can run code when it is read",
        "a person who accepted the licence Tests",
    ]
    (weights / "LICENSE").unlink()
    assert what(tmp_path)[-1] == "the licence: LICENSE is not among the weights"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    weights = model(tmp_path)
    (tmp_path / "elsewhere").write_bytes(b"")
    (weights / "vae" / "more.safetensors").symlink_to(tmp_path / "elsewhere")
    assert "lies elsewhere" in what(tmp_path)[0]


@pytest.mark.parametrize(("index", "words"), [("{}", "no index"), ("[1", "no index")])
def test_weights_without_an_index_are_named(index: str, words: str, tmp_path: Path) -> None:
    weights = model(tmp_path)
    (weights / INDEX).write_text(index, "utf-8")
    assert words in what(tmp_path)[0]


def test_statements_are_read_strictly(tmp_path: Path) -> None:
    model(tmp_path)
    text = (tmp_path / "tiny.toml").read_text("utf-8")
    (tmp_path / "tiny.toml").write_text(f"colour = 1\n{text}", "utf-8")
    with pytest.raises(UnreadableInput, match="ModelStatement"):
        read_statement(tmp_path, "tiny")
    (tmp_path / "tiny.toml").write_text("x = ", "utf-8")
    with pytest.raises(UnreadableInput):
        read_statement(tmp_path, "tiny")
    with pytest.raises(NotConfigured, match="no local model 'other'"):
        DiffusersBackend(None, tmp_path).model("other")
    with pytest.raises(NotConfigured, match="say which"):
        DiffusersBackend(None, tmp_path).passport()
    with pytest.raises(NotConfigured, match="no folder"):
        DiffusersBackend().model("tiny")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ElementKind.MUSIC}, "not music"),
        ({"prompt": " "}, "needs a prompt"),
        ({"prompt": "x" * 2001}, "2001 characters"),
        ({"rate": Rate(numerator=24)}, "16 frames a second, not 24"),
        ({"frames": 82}, "at most 81"),
        ({"raster": Raster(width=100, height=100)}, "no picture of the shape"),
        ({"options": {"style": "x"}}, "no option 'style'"),
        ({"options": {"steps": "many"}}, "steps are a number"),
        (
            {"references": (Reference(role="style", file=digest_of(b""), media_type="image/png"),)},
            "no reference as style",
        ),
    ],
)
def test_what_it_cannot_make_is_refused_in_words(
    changes: dict[str, object], words: str, tmp_path: Path
) -> None:
    model(tmp_path)
    with pytest.raises(NotCapable, match=words):
        DiffusersBackend("tiny", tmp_path).interpret(asked(**changes))


def test_what_will_be_done_is_said_before(tmp_path: Path) -> None:
    model(tmp_path)
    changes: dict[str, object] = {
        "frames": 30,
        "rate": Rate(numerator=24),
        "raster": Raster(width=208, height=120),
        "options": {"conform": "every frame"},
    }
    read = DiffusersBackend("tiny", tmp_path).interpret(asked(**changes))
    assert read.warnings == (
        "made in 416x240 and scaled to 208x120",
        "each frame is shown once, at 24 instead of 16",
        "33 frames are made, 30 are used",
    )


def test_a_model_that_begins_with_a_picture_needs_one(tmp_path: Path) -> None:
    model(tmp_path, "WanImageToVideoPipeline")
    with pytest.raises(NotCapable, match="without a first frame"):
        DiffusersBackend("tiny", tmp_path).interpret(asked())


def test_an_estimate_follows_the_steps(tmp_path: Path) -> None:
    model(tmp_path)
    backend, stage = DiffusersBackend("tiny", tmp_path), FolderStage(tmp_path / "s")
    few = backend.estimate(asked(options={"steps": "2"}), stage).seconds
    many = backend.estimate(asked(options={"steps": "20"}), stage).seconds
    assert many - few == pytest.approx(180.0)


@pytest.mark.parametrize("wanted", range(1, 40))
def test_lengths_hold_what_is_wanted_and_no_step_more(wanted: int) -> None:
    for pipeline in PIPELINES.values():
        step, rest = pipeline.frames
        made = pipeline.holding(wanted)
        assert made >= wanted
        assert (made - rest) % step == 0
        assert made - step < wanted
