"""fal's own client, unmodified, against the simulated queue; and what it sends for our orders.

Its address is https and read when it is imported, so its template of the queue's address is
replaced, as a constant of the module; its code is as it came. The addresses of later calls come
from the queue's answers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import fal_client
import httpx
import pytest
from fal_client import client as fal_module

from generique.backends.hosted.card import load_card
from generique.backends.hosted.pika import Pika
from generique.backends.hosted.provider import Ask
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.ports import Request
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.pika import SimulatedPika

ENDPOINT = "fal-ai/pika/v2.2/text-to-video"
ORDER = {"prompt": "a harbour at dawn", "duration": 5, "resolution": "720p"}


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedPika]:
    with SimulatedPika() as provider:
        monkeypatch.setattr(fal_module, "QUEUE_URL_FORMAT", f"{provider.base}/")
        yield provider


@pytest.fixture
def client() -> Iterator[fal_client.SyncClient]:
    made = fal_client.SyncClient(key="not-a-real-key")
    yield made
    vars(made)["_client"].close()  # it has no way of its own to let go of connections


def length_of(url: str) -> int:
    """Frames of the file at an address."""
    with av.open(io.BytesIO(httpx.get(url).content), "r") as container:
        return len(list(container.decode(video=0)))


def test_it_submits_waits_and_gets_the_result(
    queue: SimulatedPika, client: fal_client.SyncClient
) -> None:
    handle = client.submit(ENDPOINT, ORDER)
    states = list(handle.iter_events(interval=0.01))
    assert isinstance(states[0], fal_client.Queued)
    assert isinstance(states[-1], fal_client.Completed)
    assert states[-1].error is None
    result = handle.get(interval=0.01)
    assert length_of(result["video"]["url"]) == 120


def test_it_says_what_we_say(queue: SimulatedPika, client: fal_client.SyncClient) -> None:
    """Our call and the client's are the same request, but for headers of its own."""
    card = load_card("pika")
    request = Request(
        kind=ElementKind.SHOT,
        prompt="a harbour at dawn",
        seed=7,
        rate=Rate(numerator=24),
        frames=6,
        raster=Raster(width=64, height=36),
    )
    raster = Raster(width=1280, height=720)
    call = Pika().create(Ask(request, "v2.2", card.models["v2.2"], Fraction(5), raster))
    client.submit(call.path.strip("/"), call.body, headers=dict(call.headers))
    (asked,) = queue.asked
    assert (asked.method, asked.path) == (call.method, call.path)
    assert asked.document() == call.body
    assert {
        **Pika().access({"FAL_KEY": "not-a-real-key"}),
        **call.headers,
    }.items() <= asked.headers.items()


def test_it_stops_what_it_is_told_to_stop(
    queue: SimulatedPika, client: fal_client.SyncClient
) -> None:
    handle = client.submit(ENDPOINT, ORDER)
    handle.cancel()
    (job,) = queue.jobs.values()
    assert job.cancelled
    status = handle.status()
    assert isinstance(status, fal_client.Completed)
    assert status.error_type == "client_cancelled"


def test_it_tells_a_refusal_by_moderation(
    queue: SimulatedPika, client: fal_client.SyncClient
) -> None:
    handle = client.submit(ENDPOINT, {**ORDER, "prompt": "gore"})
    with pytest.raises(fal_client.FalClientHTTPError) as caught:
        handle.get(interval=0.01)
    assert caught.value.status_code == 422
    assert caught.value.response.json()["detail"][0]["type"] == "content_policy_violation"


def test_it_sends_a_paid_order_twice_which_is_why_we_do_not_use_it(
    queue: SimulatedPika, client: fal_client.SyncClient
) -> None:
    queue.faults = Script({"create": [Fault.LOST]})
    client.submit(ENDPOINT, ORDER)
    assert len(queue.jobs) == 2
