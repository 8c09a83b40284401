"""Veo on Vertex AI: what is sent, what comes back, and every way in which it fails."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from provider_trial import Trial, answer, ask_of, card_of, job_of, png, shot

from generique.backends.hosted.provider import Accepted, Answer, Call
from generique.backends.hosted.veo import MOST_ANSWER, Veo, VeoBackend
from generique.model.element import Raster
from generique.model.errors import (
    BackendFailed,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    Retired,
)
from generique.model.reference import Reference
from generique.production.job_ports import Failure
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.veo import SimulatedVeo

MODEL = "veo-3.1-fast-generate-001"
OPERATION = f"projects/p/locations/us-central1/publishers/google/models/{MODEL}/operations/op-1"
KEYS = {
    "GOOGLE_ACCESS_TOKEN": "not-a-real-token",
    "GOOGLE_CLOUD_PROJECT": "p",
    "GOOGLE_CLOUD_LOCATION": "us-central1",
}


def trial(folder: Path, provider: SimulatedVeo) -> Trial:
    return Trial(folder, VeoBackend, provider, {**KEYS, "GOOGLE_VERTEX_BASE_URL": provider.base})


def picture(folder: Path, width: int = 64, height: int = 36) -> tuple[Path, dict[str, str]]:
    """A picture, and how it is sent."""
    path = folder / f"{width}x{height}.png"
    path.write_bytes(png(width, height))
    text = base64.b64encode(path.read_bytes()).decode()
    return path, {"bytesBase64Encoded": text, "mimeType": "image/png"}


def test_text_is_ordered() -> None:
    request = shot(
        raster=Raster(width=1080, height=1920),
        options={"people": "dont_allow", "negative_prompt": "rain"},
    )
    assert Veo().create(ask_of(card_of("veo"), MODEL, request)) == Call(
        "POST",
        f"/publishers/google/models/{MODEL}:predictLongRunning",
        body={
            "instances": [{"prompt": "a harbour at dawn"}],
            "parameters": {
                "sampleCount": 1,
                "durationSeconds": 4,
                "generateAudio": False,
                "seed": 7,
                "aspectRatio": "9:16",
                "resolution": "1080p",
                "personGeneration": "dont_allow",
                "negativePrompt": "rain",
            },
        },
    )


def test_pictures_are_first_last_and_subjects(tmp_path: Path) -> None:
    first, last, thing = picture(tmp_path), picture(tmp_path, 128, 72), picture(tmp_path, 32, 32)
    files = (
        ("first-frame", first[0], "image/png"),
        ("last-frame", last[0], "image/png"),
        ("subject", thing[0], "image/png"),
    )
    request = shot(raster=Raster(width=3840, height=2160), frames=24 * 5)
    call = Veo().create(ask_of(card_of("veo"), "veo-3.1-generate-001", request, files))
    assert call.body == {
        "instances": [
            {
                "prompt": "a harbour at dawn",
                "image": first[1],
                "lastFrame": last[1],
                "referenceImages": [{"image": thing[1], "referenceType": "ASSET"}],
            }
        ],
        "parameters": {
            "sampleCount": 1,
            "durationSeconds": 6,
            "generateAudio": False,
            "seed": 7,
            "aspectRatio": "16:9",
            "resolution": "4k",
        },
    }


@pytest.mark.parametrize(
    ("base", "location", "home"),
    [
        (
            "https://{location}-aiplatform.googleapis.com",
            "europe-west4",
            "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4",
        ),
        (
            "https://{location}-aiplatform.googleapis.com",
            "global",
            "https://aiplatform.googleapis.com/v1/projects/p/locations/global",
        ),
        (
            "http://127.0.0.1:9/",
            "us-central1",
            "http://127.0.0.1:9/v1/projects/p/locations/us-central1",
        ),
    ],
)
def test_the_address_names_project_and_location(base: str, location: str, home: str) -> None:
    assert Veo().home(base, {**KEYS, "GOOGLE_CLOUD_LOCATION": location}) == home


@pytest.mark.parametrize("setting", ["GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"])
@pytest.mark.parametrize("name", ["evil.example/x", "a@b", "..", "", "a?b", "a#b"])
def test_a_setting_that_is_no_name_never_becomes_part_of_an_address(
    setting: str, name: str
) -> None:
    with pytest.raises(NotConfigured, match="no name"):
        Veo().home("https://{location}-aiplatform.googleapis.com", {**KEYS, setting: name})


def test_an_operation_is_asked_after_by_its_name() -> None:
    assert Veo().accepted(answer(200, json.dumps({"name": OPERATION}))) == Accepted(OPERATION)
    assert Veo().look(job_of(OPERATION, f"veo:{MODEL}")) == Call(
        "POST",
        f"/publishers/google/models/{MODEL}:fetchPredictOperation",
        body={"operationName": OPERATION},
        most_bytes=MOST_ANSWER,
    )
    lost = Veo().accepted(answer(200, "{}"))
    assert isinstance(lost, Failure)
    assert lost.kind == "missing"


@pytest.mark.parametrize(
    ("document", "state", "kind"),
    [
        ({"name": OPERATION}, "running", None),
        ({"done": True, "error": {"code": 13, "message": "Internal error"}}, "failed", "failed"),
        ({"done": True, "error": {"code": 1, "message": "stopped"}}, "failed", "cancelled"),
        ({"done": True, "error": {"code": 3, "message": "bad length"}}, "failed", "invalid"),
        ({"done": True, "error": {"code": 8, "message": "busy"}}, "failed", "throttled"),
        (
            {"done": True, "error": {"code": 3, "message": "violates Google's policies"}},
            "failed",
            "moderated",
        ),
        ({"done": True, "response": {"raiMediaFilteredCount": 1}}, "failed", "moderated"),
        ({"done": True, "response": {"videos": []}}, "failed", "failed"),
        ({"done": True, "response": {"videos": [{"gcsUri": "gs://b/o"}]}}, "finished", None),
        ({"done": True, "response": {"videos": [{"gcsUri": "file:///o"}]}}, "failed", "failed"),
        ({"done": True, "response": {"videos": [{"bytesBase64Encoded": "é"}]}}, "failed", "failed"),
        (
            {"done": True, "response": {"videos": [{"bytesBase64Encoded": "YWJj"}]}},
            "finished",
            None,
        ),
    ],
)
def test_states_are_read(document: dict[str, object], state: str, kind: str | None) -> None:
    standing = Veo().read(answer(200, json.dumps(document)))
    assert (standing.state, standing.failure and standing.failure.kind) == (state, kind)
    stored = standing.result == "gs://b/o"
    assert standing.data == (b"abc" if state == "finished" and not stored else None)
    assert standing.keyed is stored


def said(status: str, words: str, reason: str = "") -> str:
    details = [{"reason": reason}] if reason else []
    return json.dumps({"error": {"status": status, "message": words, "details": details}})


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(400, said("INVALID_ARGUMENT", "durationSeconds")), "invalid"),
        (answer(400, said("INVALID_ARGUMENT", "the prompt was blocked")), "moderated"),
        (answer(400, said("INVALID_ARGUMENT", "key", "API_KEY_INVALID")), "access"),
        (answer(401, said("UNAUTHENTICATED", "token")), "access"),
        (answer(403, said("PERMISSION_DENIED", "no")), "access"),
        (answer(403, said("PERMISSION_DENIED", "pay", "BILLING_DISABLED")), "balance"),
        (answer(404, said("NOT_FOUND", "gone")), "missing"),
        (answer(429, said("RESOURCE_EXHAUSTED", "quota"), retry_after="9"), "throttled"),
        (answer(503, said("UNAVAILABLE", "busy")), "capacity"),
    ],
)
def test_refusals_are_named(given: Answer, kind: str) -> None:
    failure = Veo().refused(given)
    assert failure.kind == kind
    assert failure.words
    assert failure.wait == (9.0 if kind == "throttled" else None)


def test_a_shot_is_made_once_and_paid_by_the_second(tmp_path: Path) -> None:
    with SimulatedVeo() as provider:
        rig = trial(tmp_path, provider)
        file = rig.stage.lay_down(png())
        reference = Reference(role="first-frame", file=file, media_type="image/png")
        request = shot(references=(reference,))
        delivery = rig.generate(request, MODEL)
        assert delivery.job
        assert (delivery.job.held, delivery.job.cost) == ("1.20", None)
        assert "4 seconds are made, 6 frames are used" in delivery.warnings
        assert rig.generate(request, MODEL).job == delivery.job
        assert sum(line.endswith("predictLongRunning") for line in provider.log) == 1


@pytest.mark.parametrize(
    "faults",
    [
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.THROTTLED, Fault.LOST, Fault.TRUNCATED]},
    ],
    ids=["throttled", "looks"],
)
def test_what_can_be_asked_again_is(faults: dict[str, list[Fault | None]], tmp_path: Path) -> None:
    with SimulatedVeo(Script(faults)) as provider:
        assert trial(tmp_path, provider).generate(shot(), MODEL).job
        assert len(provider.jobs) == 1


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER, Fault.TRUNCATED])
def test_an_order_whose_answer_is_lost_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedVeo(Script({"create": [fault]})) as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                rig.generate(shot(), MODEL)
        assert len(provider.jobs) == 1


def test_what_is_held_back_is_moderated_and_never_ordered_again(tmp_path: Path) -> None:
    with SimulatedVeo() as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(Moderated) as caught:
                rig.generate(shot("gore in a kitchen"), MODEL)
            assert "Support code" in (caught.value.why or "")
        assert len(provider.jobs) == 1


def test_a_job_that_failed_is_placed_anew_by_the_next_run(tmp_path: Path) -> None:
    with SimulatedVeo(Script({"job": [Fault.BROKEN, Fault.CANCELLED]})) as provider:
        rig = trial(tmp_path, provider)
        for words in ("failed", "cancelled"):
            with pytest.raises(BackendFailed, match=words):
                rig.generate(shot(), MODEL)
        assert rig.generate(shot(), MODEL).job


def test_a_token_that_has_ended_is_said_and_the_job_goes_on_with_a_new_one(tmp_path: Path) -> None:
    with SimulatedVeo() as provider:
        rig = trial(tmp_path, provider)
        for token, words in (("cut off\n", "cannot be sent"), ("stale", "does not let us in")):
            rig.settings["GOOGLE_ACCESS_TOKEN"] = token
            with pytest.raises(NotConfigured, match=words):
                rig.generate(shot(), MODEL)
        assert not provider.jobs
        rig.settings |= KEYS
        assert rig.generate(shot(), MODEL).job


def test_a_model_that_was_withdrawn_is_refused(tmp_path: Path) -> None:
    with SimulatedVeo() as provider:
        rig = trial(tmp_path, provider)
        del rig.settings["GOOGLE_VERTEX_BASE_URL"]
        with pytest.raises(Retired, match="2026-06-30"):
            rig.generate(shot(), "veo-3.0-generate-001")


def test_a_result_in_a_bucket_is_fetched_with_the_token_and_resumed(tmp_path: Path) -> None:
    with SimulatedVeo(Script({"fetch": [Fault.TRUNCATED, Fault.EXPIRED, Fault.FAILS]})) as provider:
        rig = trial(tmp_path, provider)
        rig.settings["STORAGE_EMULATOR_HOST"] = provider.base
        delivery = rig.generate(shot(options={"bucket": "gs://takes-of-ours/day-1/"}), MODEL)
        fetched = [asked for asked in provider.asked if asked.path.startswith("/storage/")]
        (job,) = provider.jobs.values()
        assert delivery.original is not None
        assert delivery.original.read_bytes() == provider.result(job)[0]
        assert {asked.path for asked in fetched} == {
            f"/storage/v1/b/takes-of-ours/o/day-1%2F{job.number}.mp4"
        }
        assert {asked.headers["authorization"] for asked in fetched} == {"Bearer not-a-real-token"}
        assert any(asked.headers.get("range") for asked in fetched), "only the rest is asked for"
        assert len(provider.jobs) == 1


@pytest.mark.parametrize("bucket", ["my-bucket", "s3://my-bucket/", "gs://", "gs://My Bucket/"])
def test_what_is_no_bucket_is_refused_before_money(bucket: str, tmp_path: Path) -> None:
    with SimulatedVeo() as provider:
        with pytest.raises(NotCapable, match="option bucket"):
            trial(tmp_path, provider).generate(shot(options={"bucket": bucket}), MODEL)
        assert not provider.log


def test_keys_go_to_a_storage_that_nobody_can_overhear(tmp_path: Path) -> None:
    with SimulatedVeo() as provider:
        rig = trial(tmp_path, provider)
        rig.settings["STORAGE_EMULATOR_HOST"] = "http://storage.example"
        with pytest.raises(NotConfigured, match="not safe to ask"):
            rig.generate(shot(), MODEL)
        assert not provider.log


def test_an_answer_that_is_too_large_is_said_and_not_asked_eight_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generique.backends.hosted.veo.MOST_ANSWER", 1000)
    with SimulatedVeo() as provider:
        rig = trial(tmp_path, provider)
        with pytest.raises(BackendFailed, match="too large to be read") as caught:
            rig.generate(shot(), MODEL)
        assert "bucket" in (caught.value.next_step or "")
        looks = [line for line in provider.log if line.endswith("fetchPredictOperation")]
        assert len(looks) == 2
        monkeypatch.undo()
        assert rig.generate(shot(), MODEL).job, "what is made and paid is collected once it can be"
        assert len(provider.jobs) == 1
