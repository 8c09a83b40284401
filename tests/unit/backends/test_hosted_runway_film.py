"""Runway's orders for a film enlarged and for several shots in one."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from generique.backends.hosted.runway import RunwayBackend
from generique.model.errors import NotCapable
from generique.production.ports import Request
from generique.testing.hosted import Trial, shot
from generique.testing.productions import write_clip
from generique.testing.providers.results import clip
from generique.testing.providers.runway import SimulatedRunway

UPSCALER, RECIPE = "magnific_video_upscaler_creative", "multi_shot_video"


@pytest.fixture
def provider() -> Iterator[SimulatedRunway]:
    with SimulatedRunway() as served:
        yield served


def trial(folder: Path, provider: SimulatedRunway) -> Trial:
    settings = {"RUNWAYML_API_SECRET": "not-a-real-key", "RUNWAYML_BASE_URL": provider.base}
    return Trial(folder, RunwayBackend, provider, settings)


def test_a_video_is_enlarged_and_no_word_is_sent(tmp_path: Path, provider: SimulatedRunway) -> None:
    made = trial(tmp_path, provider)
    data = clip(2.0, (128, 72))
    video = made.lay(data, "video", "video/mp4")
    request = shot("the harbour, larger", references=(video,), options={"creativity": "0"})
    read = made.backend(UPSCALER).interpret(request)
    assert [word.use for word in read.words] == ["filler"]
    assert "no word of the prompt is sent" in " ".join(read.warnings)
    price = made.backend(UPSCALER).estimate(request, made.stage())
    assert price.cost == "0.35"
    delivery = made.generate(request, UPSCALER)
    assert provider.log[0] == "POST /v1/video_upscale"
    assert made.sent() == {
        "model": UPSCALER,
        "resolution": "720p",
        "creativity": 0,
        "videoUri": f"data:video/mp4;base64,{base64.b64encode(data).decode()}",
    }
    assert delivery.job is not None
    assert delivery.original is not None


def test_what_it_does_not_enlarge_is_refused_before_money(
    tmp_path: Path, provider: SimulatedRunway
) -> None:
    made = trial(tmp_path, provider)
    quick = write_clip(tmp_path / "quick.mp4", 60, rate=30, size=(128, 72)).read_bytes()
    for data, options, words in (
        (quick, {}, "runs at 30 frames a second"),
        (clip(2.0, (128, 128)), {}, "of another shape"),
        (clip(2.0, (128, 72)), {"creativity": "very"}, "whole number from 0 to 100"),
        (clip(2.0, (128, 72)), {"sharpen": "101"}, "whole number from 0 to 100"),
    ):
        video = made.lay(data, "video", "video/mp4")
        with pytest.raises(NotCapable) as caught:
            made.generate(shot(references=(video,), options=options), UPSCALER)
        assert words in f"{caught.value.what} {caught.value.next_step}"
    with pytest.raises(NotCapable, match="without a reference as video"):
        made.generate(shot(), UPSCALER)
    assert not provider.log


def long_shot(prompt: str, **more: object) -> Request:
    return shot(prompt, frames=240).model_copy(update=more)


def test_a_story_is_taken_apart_and_a_list_stays_a_list(
    tmp_path: Path, provider: SimulatedRunway
) -> None:
    made = trial(tmp_path, provider)
    still = tmp_path / "still.png"
    assert cv2.imwrite(str(still), np.zeros((72, 128, 3), np.uint8))
    frame = made.lay(still.read_bytes(), "first-frame", "image/png")
    made.generate(long_shot("a day in a harbour", references=(frame,)), RECIPE)
    common = {"version": "2026-06", "duration": 10, "audio": False, "ratio": "1280:720"}
    uri = f"data:image/png;base64,{base64.b64encode(still.read_bytes()).decode()}"
    story = {"mode": "auto", "prompt": "a day in a harbour", "firstFrame": {"uri": uri}}
    assert made.sent() == {**common, **story}
    made.generate(long_shot("a gate opens, 3 s | a hall 3s | two faces 4 s"), RECIPE)
    assert made.sent() == {
        **common,
        "mode": "custom",
        "shots": [
            {"prompt": "a gate opens", "duration": 3},
            {"prompt": "a hall", "duration": 3},
            {"prompt": "two faces", "duration": 4},
        ],
    }
    # The card says 1.30; what the provider expects, when it takes the order, is held instead.
    assert [job.held.amount for job in made.book.all()] == ["1.20", "1.20"]


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a gate 5 s | a hall 5 s", "a list of 2 shots"),
        ("a | b 5 s | c 5 s", "'a' is no shot"),
        ("a gate 3 s | a hall 3 s | a face 3 s", "last 9 seconds together, 10 are ordered"),
        (" | ".join(["a gate 2 s"] * 6), "a list of 6 shots"),
        (f"{'a' * 513} 4 s | a hall 3 s | a face 3 s", "is no shot of a list"),
    ],
)
def test_a_list_that_the_recipe_does_not_take_is_refused(
    tmp_path: Path, provider: SimulatedRunway, prompt: str, words: str
) -> None:
    with pytest.raises(NotCapable, match="shot") as caught:
        trial(tmp_path, provider).generate(long_shot(prompt), RECIPE)
    assert words in caught.value.what
    assert not provider.log
