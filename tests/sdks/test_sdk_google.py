"""Google's own SDK, unmodified, against the simulators; and our orders against its types."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from google import genai
from google.genai import types
from google.oauth2.credentials import Credentials

from generique.backends.hosted.card import load_card
from generique.backends.hosted.omni import Omni
from generique.backends.hosted.provider import Ask
from generique.backends.hosted.veo import Veo
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.job_ports import Job, Money
from generique.production.ports import Request
from generique.testing.providers.omni import SimulatedOmni
from generique.testing.providers.veo import SimulatedVeo

OMNI = "gemini-omni-1.2-flash"
MODEL = "veo-3.1-fast-generate-001"
CREDENTIALS: Any = Credentials
"""Google does not type it."""
NONE = "sha256:" + "0" * 64
PIXEL = b"not looked at by the simulator"


@pytest.fixture
def vertex() -> Iterator[SimulatedVeo]:
    with SimulatedVeo() as provider:
        yield provider


@pytest.fixture
def client(vertex: SimulatedVeo) -> Iterator[genai.Client]:
    made = genai.Client(
        vertexai=True,
        project="p",
        location="us-central1",
        credentials=CREDENTIALS(token="not-a-real-token"),
        http_options=types.HttpOptions(base_url=vertex.base),
    )
    yield made
    made.close()


def frames_of(data: bytes) -> int:
    with av.open(io.BytesIO(data), "r") as container:
        return len(list(container.decode(video=0)))


def ask(model: str, card: str, **changes: Any) -> Ask:
    """An order of a picture of five seconds or so."""
    request = Request(
        kind=ElementKind.SHOT,
        prompt="a harbour at dawn",
        seed=7,
        rate=Rate(numerator=24),
        frames=6,
        raster=Raster(width=64, height=36),
    ).model_copy(update=changes)
    raster = Raster(width=1280, height=720)
    return Ask(request, model, load_card(card).models[model], Fraction(4), raster)


def job(number: str) -> Job:
    """A job of Veo that was accepted."""
    return Job(
        intent=NONE,
        backend=f"veo:{MODEL}",
        provider="veo",
        model=MODEL,
        asked=NONE,
        held=Money(amount="1", currency="USD"),
        number=number,
        placed="2026-11-29T00:00:00Z",
    )


def ended(client: genai.Client, operation: types.GenerateVideosOperation) -> Any:
    """An operation that has ended."""
    while not operation.done:
        operation = client.operations.get(operation)
    return operation


def test_veo_is_ordered_waited_for_and_got(client: genai.Client) -> None:
    operation = client.models.generate_videos(
        model=MODEL,
        source=types.GenerateVideosSource(prompt="a harbour at dawn"),
        config=types.GenerateVideosConfig(duration_seconds=4, resolution="720p"),
    )
    done = ended(client, operation)
    assert frames_of(done.response.generated_videos[0].video.video_bytes) == 96


def test_veo_tells_what_was_held_back(client: genai.Client) -> None:
    operation = client.models.generate_videos(
        model=MODEL, source=types.GenerateVideosSource(prompt="gore in a kitchen")
    )
    done = ended(client, operation)
    assert done.response.rai_media_filtered_count == 1
    assert not done.response.generated_videos


def test_veo_is_told_what_we_tell_it(client: genai.Client, vertex: SimulatedVeo) -> None:
    """The SDK sends our very body when it is given the same order, and asks after it alike."""
    order = ask(MODEL, "veo", options={"people": "dont_allow", "negative_prompt": "rain"})
    call = Veo().create(order)
    operation = client.models.generate_videos(
        model=MODEL,
        source=types.GenerateVideosSource(prompt="a harbour at dawn"),
        config=types.GenerateVideosConfig(
            number_of_videos=1,
            duration_seconds=4,
            generate_audio=False,
            seed=7,
            aspect_ratio="16:9",
            resolution="720p",
            person_generation="dont_allow",
            negative_prompt="rain",
        ),
    )
    client.operations.get(operation)
    ordered, looked = vertex.asked
    assert ordered.document() == call.body
    assert ordered.path.endswith(call.path)
    look = Veo().look(job(operation.name or ""))
    assert looked.document() == look.body
    assert looked.path.endswith(look.path)


def test_veo_is_given_pictures_as_we_give_them(
    client: genai.Client, vertex: SimulatedVeo, tmp_path: Path
) -> None:
    path = tmp_path / "p.png"
    path.write_bytes(PIXEL)
    order = ask("veo-3.1-generate-001", "veo", options={"fit": "crop"})
    roles = ("first-frame", "last-frame", "subject")
    files = tuple((role, path, "image/png") for role in roles)
    call = Veo().create(
        Ask(order.request, order.model, order.entry, order.seconds, order.raster, files)
    )
    image = types.Image(image_bytes=PIXEL, mime_type="image/png")
    reference = types.VideoGenerationReferenceImage(
        image=image, reference_type=types.VideoGenerationReferenceType.ASSET
    )
    client.models.generate_videos(
        model="veo-3.1-generate-001",
        source=types.GenerateVideosSource(prompt="a harbour at dawn", image=image),
        config=types.GenerateVideosConfig(last_frame=image, reference_images=[reference]),
    )
    (asked,) = vertex.asked
    theirs, ours = asked.document()["instances"][0], call.body["instances"][0]
    assert theirs == ours


@pytest.fixture
def developers() -> Iterator[SimulatedOmni]:
    with SimulatedOmni() as provider:
        yield provider


@pytest.fixture
def developer(developers: SimulatedOmni) -> Iterator[genai.Client]:
    made = genai.Client(
        api_key="not-a-real-key", http_options=types.HttpOptions(base_url=developers.base)
    )
    yield made
    made.close()


def interaction(developer: genai.Client, order: dict[str, Any]) -> Any:
    """An interaction that has ended."""
    made = developer.interactions.create(**order)
    while made.status == "in_progress":
        made = developer.interactions.get(id=made.id)
    return made


def test_omni_takes_our_very_order(developer: genai.Client, developers: SimulatedOmni) -> None:
    """The SDK's types hold our body, and it sends what we send."""
    call = Omni().create(ask(OMNI, "omni"))
    done = interaction(developer, call.body)
    assert developers.asked[0].document() == call.body
    assert (developers.asked[0].method, developers.asked[0].path) == (call.method, call.path)
    assert done.status == "completed"
    assert done.output_video.uri.endswith(done.id)


def test_omni_answers_with_the_video_itself_when_asked_to(developer: genai.Client) -> None:
    order = Omni().create(ask(OMNI, "omni")).body
    order["response_format"] = {"type": "video", "duration": "3s"}
    done = interaction(developer, order)
    assert frames_of(base64.b64decode(done.output_video.data)) == 72


def test_omni_can_be_told_to_stop(developer: genai.Client, developers: SimulatedOmni) -> None:
    made = developer.interactions.create(**Omni().create(ask(OMNI, "omni")).body)
    stopped: Any = developer.interactions.cancel(id=made.id)
    assert stopped.status == "cancelled"
    assert developers.log[-1] == f"POST {Omni().cancel(job(made.id)).path}"


def test_omni_tells_why_it_refused(developer: genai.Client) -> None:
    order = Omni().create(ask(OMNI, "omni", prompt="gore in a kitchen")).body
    done = interaction(developer, order)
    assert done.status == "failed"
    assert "safety" in done.errors[0].message


def test_the_files_of_omni_are_fetched_as_the_sdk_fetches_them(
    developer: genai.Client, developers: SimulatedOmni
) -> None:
    done = interaction(developer, Omni().create(ask(OMNI, "omni")).body)
    address = done.output_video.uri.replace("http:", "https:")  # it knows no other
    video = types.Video(uri=address)
    data = developer.files.download(file=video)
    assert frames_of(data) == 96
    assert developers.log[-1] == f"GET /v1/files/{done.id}:download"
