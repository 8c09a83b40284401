"""Luma: orders of every sort, answers, and every failure."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from generique.backends.hosted.luma import Luma, LumaBackend
from generique.backends.hosted.provider import Answer
from generique.model.element import Raster
from generique.model.errors import (
    BackendFailed,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    UnreadableInput,
)
from generique.testing.hosted import Trial, shot
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.luma import SimulatedLuma
from generique.testing.providers.results import clip

KEY = "not-a-real-key"
PROMPT = "a harbour at dawn"
IMAGE = {"data": base64.b64encode(b"first").decode(), "media_type": "image/png"}
LAST = {"data": base64.b64encode(b"last").decode(), "media_type": "image/jpeg"}


def trial(folder: Path, provider: SimulatedLuma) -> Trial:
    settings = {"LUMA_AGENTS_API_KEY": KEY, "LUMA_BASE_URL": provider.api}
    return Trial(folder, LumaBackend, provider, settings)


@pytest.fixture
def provider() -> Iterator[SimulatedLuma]:
    with SimulatedLuma() as served:
        yield served


def test_a_shot_of_text(tmp_path: Path, provider: SimulatedLuma) -> None:
    made = trial(tmp_path, provider)
    delivery = made.generate(shot())
    assert made.sent() == {
        "model": "ray-3.2",
        "type": "video",
        "prompt": PROMPT,
        "aspect_ratio": "16:9",
        "video": {"resolution": "540p", "duration": "5s"},
    }
    assert delivery.job is not None
    assert (delivery.job.held, delivery.job.model) == ("0.15", "ray-3.2")
    assert made.generate(shot()).job == delivery.job
    assert made.posts == 1


@pytest.mark.parametrize(
    ("frames", "block"),
    [
        (6, {"duration": "5s", "start_frame": IMAGE, "end_frame": LAST}),
        (
            121,
            {"duration": "10s", "keyframes": [IMAGE, LAST], "keyframe_indexes": [0, 240]},
        ),
    ],
    ids=["anchors", "key frames"],
)
def test_a_shot_between_two_images(
    frames: int, block: dict[str, object], tmp_path: Path, provider: SimulatedLuma
) -> None:
    made = trial(tmp_path, provider)
    images = (
        made.lay(b"first", "first-frame", "image/png"),
        made.lay(b"last", "last-frame", "image/jpeg"),
    )
    made.generate(shot(frames=frames, references=images))
    assert made.sent()["video"] == {"resolution": "540p", **block}


def test_an_upright_loop(tmp_path: Path, provider: SimulatedLuma) -> None:
    made = trial(tmp_path, provider)
    upright = Raster(width=36, height=64)
    made.generate(shot(options={"loop": "yes"}).model_copy(update={"raster": upright}))
    assert made.sent()["aspect_ratio"] == "9:16"
    assert made.sent()["video"] == {"resolution": "540p", "duration": "5s", "loop": True}


@pytest.mark.parametrize("strength", [None, "flex_2"])
def test_a_shot_made_from_a_video_has_its_length_and_price(
    strength: str | None, tmp_path: Path, provider: SimulatedLuma
) -> None:
    made = trial(tmp_path, provider)
    data = clip(2.5, (128, 72))
    video = made.lay(data, "video", "video/mp4")
    options = {"strength": strength} if strength else {}
    wanted = shot(references=(video,), options=options)
    estimate = made.backend("ray-3.2-edit").estimate(wanted, made.stage())
    delivery = made.generate(wanted, "ray-3.2-edit")
    assert made.sent() == {
        "model": "ray-3.2",
        "type": "video_edit",
        "prompt": PROMPT,
        "source": {"data": base64.b64encode(data).decode(), "media_type": "video/mp4"},
        "video": {
            "resolution": "540p",
            "edit": {"strength": strength} if strength else {"auto_controls": True},
        },
    }
    assert delivery.job is not None
    assert delivery.job.held == estimate.cost == "0.36"
    assert "2.5 seconds are made, 6 frames are used" in delivery.warnings


@pytest.mark.parametrize(
    ("seconds", "size", "frames", "words"),
    [
        (1.0, (128, 72), 30, "lasts 1.00 seconds, and the shot is longer"),
        (1.0, (72, 72), 6, "72x72, of another shape than 64x36"),
        (0.25, (128, 72), 6, "0.5 to 18 seconds, not 0.25"),
    ],
)
def test_a_video_that_does_not_fit_is_refused_before_money(
    seconds: float,
    size: tuple[int, int],
    frames: int,
    words: str,
    tmp_path: Path,
    provider: SimulatedLuma,
) -> None:
    made = trial(tmp_path, provider)
    video = made.lay(clip(seconds, size), "video", "video/mp4")
    with pytest.raises(NotCapable, match=words):
        made.generate(shot(frames=frames, references=(video,)), "ray-3.2-edit")
    assert made.posts == 0


def test_a_video_that_cannot_be_read_is_refused(tmp_path: Path, provider: SimulatedLuma) -> None:
    made = trial(tmp_path, provider)
    video = made.lay(b"no film", "video", "video/mp4")
    with pytest.raises(UnreadableInput, match="cannot be read"):
        made.generate(shot(references=(video,)), "ray-3.2-edit")


def test_an_edit_needs_a_video(tmp_path: Path, provider: SimulatedLuma) -> None:
    with pytest.raises(NotCapable, match="without a reference as video"):
        trial(tmp_path, provider).generate(shot(), "ray-3.2-edit")


def test_a_long_loop_is_refused_before_money() -> None:
    with pytest.raises(NotCapable, match="a loop of 5 seconds"):
        LumaBackend().interpret(shot(frames=200, options={"loop": "yes"}))


def test_ten_seconds_cost_three_times_as_much(tmp_path: Path, provider: SimulatedLuma) -> None:
    made = trial(tmp_path, provider)
    costs = [
        made.backend().estimate(shot(frames=frames), made.stage()).cost for frames in (120, 121)
    ]
    assert costs == ["0.15", "0.45"]
    assert made.backend().price() == "0.15 (up to 3.60) USD a job"


@pytest.mark.parametrize(
    "faults",
    [
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.LOST, Fault.THROTTLED]},
        {"fetch": [Fault.EXPIRED, Fault.TRUNCATED]},
    ],
    ids=["create", "look", "fetch"],
)
def test_what_can_be_asked_again_is(faults: dict[str, list[Fault | None]], tmp_path: Path) -> None:
    with SimulatedLuma(Script(faults)) as provider:
        assert trial(tmp_path, provider).generate(shot()).path.stat().st_size > 0
        assert len(provider.jobs) == 1


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER])
def test_a_lost_answer_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedLuma(Script({"create": [fault]})) as provider:
        made = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                made.generate(shot())
        assert made.posts == 1


def test_what_moderation_refused_is_never_sent_again(
    tmp_path: Path, provider: SimulatedLuma
) -> None:
    made = trial(tmp_path, provider)
    for _ in range(2):
        with pytest.raises(Moderated):
            made.generate(shot("gore"))
    assert made.posts == 1


def test_a_job_that_failed_can_be_placed_anew(tmp_path: Path) -> None:
    with SimulatedLuma(Script({"job": [Fault.BROKEN]})) as provider:
        made = trial(tmp_path, provider)
        with pytest.raises(BackendFailed, match="did not make it"):
            made.generate(shot())
        assert made.generate(shot()).job


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("content_moderated", "moderated"),
        ("generation_failed", "failed"),
        ("budget_exhausted", "balance"),
        ("output_not_found", "missing"),
        ("image_too_large", "invalid"),
        ("unsupported_format", "invalid"),
        ("corrupt_input", "invalid"),
        ("invalid_request", "invalid"),
        ("rate_limited", "throttled"),
        ("something_new", "failed"),
    ],
)
def test_failures_of_generations_are_named(code: str, kind: str) -> None:
    body = f'{{"state": "failed", "failure_code": "{code}", "failure_reason": "said"}}'.encode()
    failure = Luma().read(Answer(200, {}, body)).failure
    assert failure is not None
    assert (failure.kind, failure.code, failure.words) == (kind, code, "said")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, b'{"detail": "said"}', "access"),
        (402, b'{"detail": "said"}', "balance"),
        (404, b'{"detail": "said"}', "missing"),
        (410, b'{"detail": "said"}', "retired"),
        (422, b'{"detail": [{"msg": "said"}]}', "invalid"),
        (422, b'{"error": {"code": "content_moderated", "message": "said"}}', "moderated"),
        (429, b'{"detail": "said"}', "throttled"),
        (500, b'{"detail": "said", "code": "invalid_request"}', "capacity"),
    ],
)
def test_refusals_are_named(status: int, body: bytes, kind: str) -> None:
    failure = Luma().refused(Answer(status, {"retry-after": "3"}, body))
    assert (failure.kind, failure.words, failure.wait) == (kind, "said", 3.0)


def test_without_a_key_it_says_what_is_missing(tmp_path: Path, provider: SimulatedLuma) -> None:
    made = Trial(tmp_path, LumaBackend, provider, {"LUMA_BASE_URL": provider.api})
    with pytest.raises(NotConfigured, match="cannot be asked") as caught:
        made.generate(shot())
    assert "LUMA_AGENTS_API_KEY" in (caught.value.why or "")
