"""Gemini Omni: what is sent, what comes back, and every way in which it fails."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from provider_trial import Trial, answer, ask_of, card_of, job_of, png, shot

from generique.backends.hosted.omni import Omni, OmniBackend
from generique.backends.hosted.provider import Accepted, Answer, Call
from generique.model.element import Raster
from generique.model.errors import (
    BackendFailed,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
)
from generique.model.reference import Reference
from generique.production.job_ports import Failure
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.omni import SimulatedOmni

MODEL = "gemini-omni-1.2-flash"
KEY = "not-a-real-key"


def trial(folder: Path, provider: SimulatedOmni) -> Trial:
    settings = {"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": provider.base}
    return Trial(folder, OmniBackend, provider, settings)


def body(task: str, content: list[dict[str, str]], **form: str) -> dict[str, Any]:
    """An order as it is sent."""
    return {
        "model": MODEL,
        "input": [
            {
                "type": "user_input",
                "content": [{"type": "text", "text": "a harbour at dawn"}, *content],
            }
        ],
        "background": True,
        "store": True,
        "response_format": {"type": "video", "delivery": "uri", "resolution": "720p", **form},
        "generation_config": {"video_config": {"task": task}},
    }


def test_text_is_ordered() -> None:
    request = shot(frames=24 * 4 + 1, raster=Raster(width=36, height=64))
    assert Omni().create(ask_of(card_of("omni"), MODEL, request)) == Call(
        "POST",
        "/v1/interactions",
        body=body("text_to_video", [], aspect_ratio="9:16", duration="5s"),
    )


@pytest.mark.parametrize(
    ("role", "task"),
    [("first-frame", "image_to_video"), ("subject", "reference_to_video"), ("video", "edit")],
)
def test_the_task_follows_from_the_references(role: str, task: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(png())
    kind = "video" if role == "video" else "image"
    media_type = "video/mp4" if role == "video" else "image/png"
    ask = ask_of(card_of("omni"), MODEL, shot(), ((role, path, media_type),))
    data = base64.b64encode(path.read_bytes()).decode()
    content = [{"type": kind, "data": data, "mime_type": media_type}]
    length = {} if role == "video" else {"duration": "3s"}
    assert Omni().create(ask).body == body(task, content, aspect_ratio="16:9", **length)


def test_calls_name_the_interaction() -> None:
    assert Omni().accepted(answer(200, '{"id": "v1_a-b"}')) == Accepted("v1_a-b")
    assert Omni().look(job_of("v1_a")) == Call("GET", "/v1/interactions/v1_a")
    assert Omni().cancel(job_of("v1_a")) == Call("POST", "/v1/interactions/v1_a/cancel", body={})
    for text in ("{}", '{"id": "../keys"}'):
        lost = Omni().accepted(answer(200, text))
        assert isinstance(lost, Failure)
        assert lost.kind == "missing"


def completed(*content: dict[str, str], given: bool = False) -> dict[str, object]:
    kind = "user_input" if given else "model_output"
    return {"status": "completed", "steps": [{"type": kind, "content": list(content)}]}


@pytest.mark.parametrize(
    ("document", "state", "kind"),
    [
        ({"status": "queued"}, "waiting", None),
        ({"status": "in_progress"}, "running", None),
        ({"status": "cancelled"}, "failed", "cancelled"),
        ({"status": "failed", "errors": [{"message": "It failed"}]}, "failed", "failed"),
        ({"status": "failed", "errors": [{"message": "Blocked: safety"}]}, "failed", "moderated"),
        ({"status": "budget_exceeded"}, "failed", "balance"),
        ({"status": "incomplete"}, "failed", "failed"),
        ({"status": "requires_action"}, "failed", "failed"),
        (completed({"type": "text", "text": "I cannot, by policy"}), "failed", "moderated"),
        (completed({"type": "text", "text": "no"}), "failed", "failed"),
        (completed({"type": "video", "data": "YWJj"}, given=True), "failed", "failed"),
        (completed({"type": "video", "data": "YWJj"}), "finished", None),
        (completed({"type": "video", "uri": "https://x/v1/files/f-1"}), "finished", None),
    ],
)
def test_states_are_read(document: dict[str, object], state: str, kind: str | None) -> None:
    standing = Omni().read(answer(200, json.dumps(document)))
    assert (standing.state, standing.failure and standing.failure.kind) == (state, kind)


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("https://generativelanguage.googleapis.com/v1/files/f-1", None),
        ("https://generativelanguage.googleapis.com/v1beta/files/f-1", None),
        ("https://elsewhere.example/v1/files/f-1", None),
        ("https://x.googleapis.com/v1/files/f-1:download?alt=media", "same"),
        ("https://storage.googleapis.com/bucket/a.mp4", "same"),
    ],
)
def test_a_file_is_fetched_from_the_provider_itself(address: str, result: str | None) -> None:
    document = completed({"type": "video", "uri": address})
    standing = Omni().read(answer(200, json.dumps(document)))
    assert standing.result == (address if result else "/v1/files/f-1:download?alt=media")
    assert standing.keyed


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(400, '{"error": {"message": "duration"}}'), "invalid"),
        (answer(400, '{"error": {"message": "violates the usage guidelines"}}'), "moderated"),
        (answer(403, '{"error": {"message": "no"}}'), "access"),
        (answer(402, '{"error": {"message": "no"}}'), "balance"),
        (answer(404, '{"error": {"message": "no"}}'), "missing"),
        (answer(429, '{"error": {"message": "no"}}'), "throttled"),
        (answer(500, ""), "capacity"),
    ],
)
def test_refusals_are_named(given: Answer, kind: str) -> None:
    assert Omni().refused(given).kind == kind


def test_a_shot_is_made_once_and_fetched_with_the_key(tmp_path: Path) -> None:
    with SimulatedOmni() as provider:
        rig = trial(tmp_path, provider)
        file = rig.stage.lay_down(png(32, 32))
        reference = Reference(role="subject", file=file, media_type="image/png")
        delivery = rig.generate(shot(references=(reference,)), MODEL)
        assert delivery.job
        assert delivery.job.held == "0.30"
        assert "the model takes no seed: a retake is another picture" in delivery.warnings
        assert rig.generate(shot(references=(reference,)), MODEL).job == delivery.job
        assert len(provider.jobs) == 1
        assert provider.log[-1].endswith(":download")


@pytest.mark.parametrize(
    "faults",
    [
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.THROTTLED, Fault.LOST, Fault.TRUNCATED]},
        {"fetch": [Fault.EXPIRED, Fault.TRUNCATED, Fault.LOST, Fault.FAILS]},
    ],
    ids=["throttled", "looks", "fetches"],
)
def test_what_can_be_asked_again_is(faults: dict[str, list[Fault | None]], tmp_path: Path) -> None:
    with SimulatedOmni(Script(faults)) as provider:
        assert trial(tmp_path, provider).generate(shot(), MODEL).job
        assert len(provider.jobs) == 1


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER, Fault.TRUNCATED])
def test_an_order_whose_answer_is_lost_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedOmni(Script({"create": [fault]})) as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                rig.generate(shot(), MODEL)
        assert len(provider.jobs) == 1


def test_what_moderation_refused_is_never_ordered_again(tmp_path: Path) -> None:
    with SimulatedOmni() as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(Moderated):
                rig.generate(shot("gore in a kitchen"), MODEL)
        assert len(provider.jobs) == 1


def test_a_job_that_failed_is_placed_anew_by_the_next_run(tmp_path: Path) -> None:
    with SimulatedOmni(Script({"job": [Fault.BROKEN, Fault.CANCELLED]})) as provider:
        rig = trial(tmp_path, provider)
        for words in ("failed", "cancelled"):
            with pytest.raises(BackendFailed, match=words):
                rig.generate(shot(), MODEL)
        assert rig.generate(shot(), MODEL).job


def test_the_card_holds_the_lengths_and_the_key_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NotCapable, match=r"no shot of 11\.00 seconds"):
        OmniBackend("gemini-omni-1.1-flash").interpret(shot(frames=24 * 11))
    with SimulatedOmni() as provider:
        rig = trial(tmp_path, provider)
        del rig.settings["GEMINI_API_KEY"]
        with pytest.raises(NotConfigured, match="cannot be asked"):
            rig.generate(shot(), MODEL)
