"""Pika: what is sent, what comes back, and every way in which it fails."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from provider_trial import Trial, answer, ask_of, card_of, job_of, png, priced, shot

from generique.backends.hosted.pika import Pika, PikaBackend
from generique.backends.hosted.provider import Accepted, Answer, Call
from generique.model.errors import (
    BackendFailed,
    Moderated,
    NotCapable,
    OutcomeUnknown,
)
from generique.model.reference import Reference
from generique.production.job_ports import Failure, JobState
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.pika import SimulatedPika

KEY = "not-a-real-key"
PRICE = '{ amount = "0.05", currency = "USD", unit = "second" }'
HEADERS = {"x-fal-object-lifecycle-preference": '{"expiration_duration_seconds": 604800}'}


def trial(folder: Path, provider: SimulatedPika) -> Trial:
    settings = {"FAL_KEY": KEY, "FAL_QUEUE_BASE_URL": provider.base}
    return Trial(folder, PikaBackend, provider, settings)


def picture(folder: Path, width: int = 64, height: int = 36) -> tuple[Path, str]:
    """A picture, and the data URI of it."""
    path = folder / f"{width}x{height}.png"
    path.write_bytes(png(width, height))
    return path, "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()


def made(folder: Path, faults: dict[str, list[Fault | None]], *, details: bool = True) -> None:
    """Make a shot with Pikaframes, whose price is known, against faults."""
    with SimulatedPika(Script(faults)) as provider:
        provider.details = details
        rig = trial(folder, provider)
        first, last = rig.stage.lay_down(png()), rig.stage.lay_down(png(128, 72))
        references = (
            Reference(role="first-frame", file=first, media_type="image/png"),
            Reference(role="last-frame", file=last, media_type="image/png"),
        )
        assert rig.generate(shot(references=references), "pikaframes").path.stat().st_size
        assert len(provider.jobs) == 1


def test_text_is_ordered(tmp_path: Path) -> None:
    request = shot(options={"negative_prompt": "rain"})
    assert Pika().create(ask_of(card_of("pika"), "v2.2", request)) == Call(
        "POST",
        "/fal-ai/pika/v2.2/text-to-video",
        headers=HEADERS,
        body={
            "prompt": "a harbour at dawn",
            "resolution": "720p",
            "duration": 5,
            "aspect_ratio": "16:9",
            "negative_prompt": "rain",
            "seed": 7,
        },
    )


def test_a_picture_is_made_to_move(tmp_path: Path) -> None:
    path, uri = picture(tmp_path)
    ask = ask_of(card_of("pika"), "v2.2", shot(), (("first-frame", path, "image/png"),))
    call = Pika().create(ask)
    assert call.path == "/fal-ai/pika/v2.2/image-to-video"
    assert call.body == {
        "prompt": "a harbour at dawn",
        "resolution": "720p",
        "duration": 5,
        "image_url": uri,
        "seed": 7,
    }


def test_several_pictures_make_a_scene(tmp_path: Path) -> None:
    one, two = picture(tmp_path), picture(tmp_path, 32, 32)
    files = tuple(("subject", path, "image/png") for path, _ in (one, two))
    request = shot(options={"ingredients": "creative"})
    call = Pika().create(ask_of(card_of("pika"), "pikascenes", request, files))
    assert call.path == "/fal-ai/pika/v2.2/pikascenes"
    assert call.body == {
        "prompt": "a harbour at dawn",
        "resolution": "720p",
        "duration": 5,
        "aspect_ratio": "16:9",
        "image_urls": [one[1], two[1]],
        "ingredients_mode": "creative",
        "seed": 7,
    }


def test_two_pictures_are_joined(tmp_path: Path) -> None:
    first, last = picture(tmp_path), picture(tmp_path, 128, 72)
    files = (("last-frame", last[0], "image/png"), ("first-frame", first[0], "image/png"))
    request = shot(frames=24 * 7 - 1)
    call = Pika().create(ask_of(card_of("pika"), "pikaframes", request, files))
    assert call.path == "/fal-ai/pika/v2.2/pikaframes"
    assert call.body == {
        "prompt": "a harbour at dawn",
        "resolution": "720p",
        "image_urls": [first[1], last[1]],
        "transitions": [{"duration": 7}],
        "seed": 7,
    }


def test_a_picture_of_another_shape_is_refused_unless_cutting_is_allowed(tmp_path: Path) -> None:
    path, uri = picture(tmp_path, 40, 40)
    files = (("first-frame", path, "image/png"),)
    with pytest.raises(NotCapable, match="40x40"):
        Pika().create(ask_of(card_of("pika"), "v2.2", shot(), files))
    allowed = shot(options={"fit": "crop"})
    assert Pika().create(ask_of(card_of("pika"), "v2.2", allowed, files)).body["image_url"] == uri
    path.write_bytes(b"no picture")
    with pytest.raises(NotCapable, match="decoded"):
        Pika().create(ask_of(card_of("pika"), "v2.2", shot(), files))


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("https://queue.fal.run/fal-ai/pika/requests/a-1", "fal-ai/pika/requests/a-1"),
        ("https://elsewhere.example/fal-ai/pika/requests/a-1", "fal-ai/pika/requests/a-1"),
        ("https://queue.fal.run/../keys", "fal-ai/pika/requests/a-1"),
        ("", "fal-ai/pika/requests/a-1"),
    ],
)
def test_the_addresses_are_only_ever_asked_for_at_the_queue_itself(place: str, number: str) -> None:
    taken = Pika().accepted(answer(200, json.dumps({"request_id": "a-1", "response_url": place})))
    assert taken == Accepted(number)
    assert Pika().look(job_of(number)) == Call("GET", f"/{number}/status")
    assert Pika().cancel(job_of(number)) == Call("PUT", f"/{number}/cancel")


def test_an_order_without_a_number_is_never_sent_again() -> None:
    taken = Pika().accepted(answer(200, "{}"))
    assert isinstance(taken, Failure)
    assert taken.kind == "missing"


@pytest.mark.parametrize(
    ("document", "state", "kind"),
    [
        ({"status": "IN_QUEUE", "queue_position": 3}, "waiting", None),
        ({"status": "IN_PROGRESS", "logs": None}, "running", None),
        (
            {"status": "COMPLETED", "error": "gone", "error_type": "runner_disconnected"},
            "failed",
            "failed",
        ),
        (
            {"status": "COMPLETED", "error": "flagged", "error_type": "content_policy_violation"},
            "failed",
            "moderated",
        ),
        (
            {"status": "COMPLETED", "error": "stopped", "error_type": "client_cancelled"},
            "failed",
            "cancelled",
        ),
        ({"status": "COMPLETED", "response_url": "https://x/keys"}, "running", None),
        ({"images": []}, "waiting", None),
    ],
)
def test_states_are_read(document: dict[str, object], state: str, kind: str | None) -> None:
    standing = Pika().read(answer(200, json.dumps(document)))
    assert (standing.state, standing.failure and standing.failure.kind) == (state, kind)


def test_what_a_completed_request_made_is_asked_where_it_was_taken() -> None:
    document = {"status": "COMPLETED", "response_url": "https://elsewhere.example/keys"}
    assert Pika().read(answer(200, json.dumps(document))).unclear
    job = job_of("fal-ai/pika/requests/a-1")
    assert Pika().look_again(job) == Call("GET", "/fal-ai/pika/requests/a-1")
    made = answer(200, '{"video": {"url": "https://v3.fal.media/a.mp4"}}')
    assert Pika().read_again(job, made).result == "https://v3.fal.media/a.mp4"
    for nothing in ('{"images": []}', '{"video": {}}', "[]"):
        failure = Pika().read_again(job, answer(200, nothing)).failure
        assert failure is not None
        assert failure.charged


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(401, '{"detail": "no"}'), "access"),
        (answer(403, '{"detail": "no"}'), "access"),
        (answer(402, '{"detail": "no"}'), "balance"),
        (answer(404, '{"detail": "no"}'), "missing"),
        (answer(410, '{"detail": "no"}'), "retired"),
        (answer(429, '{"detail": "no"}', retry_after="9"), "throttled"),
        (answer(502, "bad gateway"), "capacity"),
        (answer(503, '{"detail": "x", "error_type": "runner_disconnected"}'), "failed"),
        (answer(500, '{"detail": "x"}', x_fal_retryable="false"), "failed"),
        (answer(422, '{"detail": [{"type": "missing", "msg": "Field required"}]}'), "invalid"),
        (answer(422, '{"detail": [{"type": "content_policy_violation"}]}'), "moderated"),
    ],
)
def test_refusals_are_named(given: Answer, kind: str) -> None:
    failure = Pika().refused(given)
    assert failure.kind == kind
    assert failure.wait == (9.0 if kind == "throttled" else None)


def test_a_model_without_a_price_takes_no_order(tmp_path: Path) -> None:
    with pytest.raises(NotCapable, match="not known"):
        PikaBackend("v2.2").interpret(shot())
    with SimulatedPika() as provider:
        rig = trial(tmp_path, provider)
        cards = priced("pika", tmp_path / "cards", PRICE)
        delivery = rig.generate(shot(), "v2.2", cards)
        assert delivery.job
        assert (delivery.job.held, delivery.job.cost) == ("0.25", None)
        assert "5 seconds are made, 6 frames are used" in delivery.warnings
        assert rig.generate(shot(), "v2.2", cards).job == delivery.job
        assert sum(line.startswith("POST") for line in provider.log) == 1


@pytest.mark.parametrize(
    "faults",
    [
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.THROTTLED_BARE, Fault.LOST, Fault.TRUNCATED]},
        {"fetch": [Fault.EXPIRED, Fault.TRUNCATED, Fault.FAILS]},
    ],
    ids=["throttled", "looks", "fetches"],
)
def test_what_can_be_asked_again_is(faults: dict[str, list[Fault | None]], tmp_path: Path) -> None:
    made(tmp_path, faults)


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER, Fault.TRUNCATED])
def test_an_order_whose_answer_is_lost_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    cards = priced("pika", tmp_path / "cards", PRICE)
    with SimulatedPika(Script({"create": [fault]})) as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                rig.generate(shot(), "v2.2", cards)
        assert sum(line.startswith("POST") for line in provider.log) == 1


def test_what_moderation_refused_is_said_and_never_sent_again(tmp_path: Path) -> None:
    cards = priced("pika", tmp_path / "cards", PRICE)
    with SimulatedPika() as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(Moderated) as caught:
                rig.generate(shot("gore in a kitchen"), "v2.2", cards)
            assert "may charge" in (caught.value.why or "")
        assert len(provider.jobs) == 1
        (job,) = rig.book.all()
        assert job.state is JobState.FAILED


@pytest.mark.parametrize("details", [True, False])
def test_a_job_that_failed_is_placed_anew_by_the_next_run(tmp_path: Path, *, details: bool) -> None:
    cards = priced("pika", tmp_path / "cards", PRICE)
    with SimulatedPika(Script({"job": [Fault.BROKEN, Fault.CANCELLED]})) as provider:
        provider.details = details
        rig = trial(tmp_path, provider)
        with pytest.raises(BackendFailed, match="failed"):
            rig.generate(shot(), "v2.2", cards)
        with pytest.raises(BackendFailed, match="cancelled"):
            rig.generate(shot(), "v2.2", cards)
        assert rig.generate(shot(), "v2.2", cards).job
