"""OpenAI's published description of its videos, and a recorded exchange: both without a network.

The description judges our orders as well as the answers of our simulator and of the recording.
"""

from __future__ import annotations

import itertools
import json
import socket
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generique.backends.hosted.card import load_card
from generique.backends.hosted.provider import Accepted, Answer, Ask, Call
from generique.backends.hosted.sora import Sora, SoraBackend
from generique.backends.hosted.transport import Transport
from generique.production.job_ports import Failure, JobState, Office
from generique.testing.hosted import Trial, shot
from generique.testing.providers.recorded import RecordedTransport
from generique.testing.providers.sora import SimulatedSora

TESTS = Path(__file__).parents[2]
SPEC = json.loads((TESTS / "conformance" / "openai-videos" / "openapi.json").read_text("utf-8"))
RECORDING = TESTS / "data" / "openai-videos-recorded" / "videos.json"
EXCHANGES = json.loads(RECORDING.read_text("utf-8"))["exchanges"]
CARD = load_card("sora")
MULTIPART = "multipart/form-data"


def schema_of(path: str, method: str, part: str, media_type: str) -> dict[str, Any]:
    """Schema of a body: ``part`` is ``requestBody`` or the status of an answer."""
    operation = SPEC["paths"][path][method]
    holder = operation[part] if part == "requestBody" else operation["responses"][part]
    schema: dict[str, Any] = holder["content"][media_type]["schema"]
    return schema


def judge(schema: dict[str, Any], body: Any) -> None:
    """Fail where a body is not of a schema, or has a field that the schema does not name."""
    whole = {**schema, "components": SPEC["components"]}
    jsonschema.Draft202012Validator(whole).validate(body)
    known = schema
    while "$ref" in known:
        known = SPEC["components"]["schemas"][known["$ref"].rpartition("/")[2]]
    assert set(body) <= set(known["properties"])


def fields_of(call: Call) -> dict[str, Any]:
    """A form as an object; files as text, as the description has it for bytes."""
    return {**(call.form or {}), **{name: "bytes" for name, *_ in call.parts}}


def order(
    model: str, size: int, seconds: int, *, image: bool = False, remix: str | None = None
) -> Call:
    entry = CARD.models[model]
    files = (("first-frame", Path(__file__), "image/png"),) if image else ()
    request = shot(rate=30, options={"remix": remix} if remix else {})
    raster = entry.sizes()[size]
    return Sora().create(Ask(request, model, entry, Fraction(seconds), raster, files))


@pytest.mark.parametrize("model", CARD.models)
def test_our_orders_are_of_the_description(model: str) -> None:
    entry = CARD.models[model]
    schema = schema_of("/videos", "post", "requestBody", MULTIPART)
    for place in range(len(entry.rasters)):
        for seconds, image in itertools.product(entry.seconds, (False, True)):
            call = order(model, place, seconds, image=image)
            assert (call.method, call.path, call.body) == ("POST", "/videos", None)
            assert ("input_reference" in fields_of(call)) == image
            judge(schema, fields_of(call))


def test_our_remix_is_of_the_description() -> None:
    call = order("sora-2", 0, 4, remix="video_1")
    assert (call.method, call.path, call.form) == ("POST", "/videos/video_1/remix", None)
    schema = schema_of("/videos/{video_id}/remix", "post", "requestBody", "application/json")
    judge(schema, call.body)


@pytest.mark.parametrize(
    "change",
    [{"seconds": "5"}, {"seconds": 4}, {"size": "640x360"}, {"prompt": ""}, {"seed": "1"}],
)
def test_the_judge_can_say_no(change: dict[str, object]) -> None:
    body = {**fields_of(order("sora-2", 0, 4)), **change}
    with pytest.raises((jsonschema.ValidationError, AssertionError)):
        judge(schema_of("/videos", "post", "requestBody", MULTIPART), body)


def test_the_card_offers_all_that_the_description_has() -> None:
    schemas = SPEC["components"]["schemas"]
    pro = CARD.models["sora-2-pro"]
    assert set(pro.rasters) == set(schemas["VideoSize"]["enum"])
    assert [str(each) for each in pro.seconds] == schemas["VideoSeconds"]["enum"]
    assert (
        pro.prompt_limit == schemas["CreateVideoMultipartBody"]["properties"]["prompt"]["maxLength"]
    )


@pytest.mark.parametrize("place", range(len(EXCHANGES)))
def test_recorded_answers_are_of_the_description(place: int) -> None:
    asked, answered = (EXCHANGES[place][side] for side in ("asked", "answered"))
    parts = asked["path"].removeprefix("/v1").split("/")
    if len(parts) > 2:
        parts[2] = "{video_id}"
    if "document" in answered:
        schema = schema_of("/".join(parts), asked["method"].lower(), "200", "application/json")
        judge(schema, answered["document"])
    else:
        assert (
            answered["media_type"]
            in SPEC["paths"]["/".join(parts)]["get"]["responses"]["200"]["content"]
        )
    if "fields" in asked:
        body = "application/json" if parts[-1] == "remix" else MULTIPART
        judge(schema_of("/".join(parts), "post", "requestBody", body), asked["fields"])


def test_the_dialect_reads_every_recorded_state() -> None:
    dialect, seen = Sora(), []
    for exchange in EXCHANGES:
        asked, answered = exchange["asked"], exchange["answered"]
        if "document" not in answered or answered["document"]["object"] != "video":
            continue
        answer = Answer(200, {}, json.dumps(answered["document"]).encode())
        if asked["method"] == "POST":
            taken = dialect.accepted(answer)
            assert isinstance(taken, Accepted)
            seen.append(taken.number)
            continue
        standing = dialect.read(answer)
        seen.append(standing.state)
        if standing.failure is not None:
            words = "Your request was blocked by our moderation system."
            wanted = Failure(kind="moderated", code="moderation_blocked", words=words)
            assert standing.failure == wanted
    assert seen == [
        "video_000001",
        "running",
        "finished",
        "video_000002",
        "running",
        "video_000003",
        "running",
        "failed",
    ]


def test_the_dialect_reads_the_recorded_list() -> None:
    (listed,) = (
        each["answered"]["document"]
        for each in EXCHANGES
        if each["asked"] == {"method": "GET", "path": "/v1/videos"}
    )
    assert Sora().listed(Answer(200, {}, json.dumps(listed).encode())) == (
        ("video_000002", "a harbour at dusk"),
        ("video_000001", "a harbour at dawn"),
    )


def test_a_recorded_job_is_played_again_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = RecordedTransport(RECORDING, root="/v1")

    class Replayed(SoraBackend):
        def _transport(self, office: Office) -> Transport:
            return transport

    def no_network(*_: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", no_network)
    settings = {"OPENAI_API_KEY": "-", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    made = Trial(tmp_path, Replayed, SimulatedSora.__new__(SimulatedSora), settings)
    delivery = made.generate(shot(rate=30))
    assert delivery.original is not None
    assert delivery.original.read_bytes() == (RECORDING.parent / "video.mp4").read_bytes()
    assert made.job().state is JobState.FINISHED
    assert transport.log == [
        "POST /videos",
        "GET /videos/video_000001",
        "GET /videos/video_000001",
        "GET /videos/video_000001/content",
    ]
