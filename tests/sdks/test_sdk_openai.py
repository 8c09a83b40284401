"""OpenAI's own SDK, unmodified, against the simulator; and our orders as it sends them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import openai
import pytest
from recorded_videos import RECORDING, client_of, record

from generique.backends.hosted.card import load_card
from generique.backends.hosted.sora import SoraBackend
from generique.testing.hosted import Trial, shot
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.results import clip
from generique.testing.providers.sora import SimulatedSora

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
ORDER: Any = {"prompt": "a harbour at dawn", "model": "sora-2", "seconds": "4", "size": "720x1280"}


@pytest.fixture
def provider() -> Iterator[SimulatedSora]:
    with SimulatedSora() as served:
        yield served


def test_it_creates_looks_and_gets_the_result(provider: SimulatedSora) -> None:
    with client_of(provider) as client:
        video = client.videos.create(**ORDER)
        states = [client.videos.retrieve(video.id) for _ in range(2)]
        content = client.videos.download_content(video.id).content
    assert [video.status, *(each.status for each in states)] == [
        "queued",
        "in_progress",
        "completed",
    ]
    assert content == clip(4.0, (720, 1280), 30)
    with av.open(io.BytesIO(content), "r") as container:
        assert len(list(container.decode(video=0))) == 120


def test_it_waits_by_itself(provider: SimulatedSora) -> None:
    with client_of(provider) as client:
        done = client.videos.create_and_poll(**ORDER, poll_interval_ms=10)
    assert done.status == "completed"


def test_it_remixes_lists_and_deletes(provider: SimulatedSora) -> None:
    with client_of(provider) as client:
        video = client.videos.create(**ORDER)
        again = client.videos.remix(video.id, prompt="at dusk")
        assert again.remixed_from_video_id == video.id
        assert [each.id for each in client.videos.list()] == [again.id, video.id]
        assert client.videos.delete(video.id).deleted
        with pytest.raises(openai.NotFoundError):
            client.videos.retrieve(video.id)


@pytest.mark.parametrize(
    ("fate", "code"),
    [(Fault.MODERATED, "moderation_blocked"), (Fault.BROKEN, "video_generation_failed")],
)
def test_it_reads_failures(fate: Fault, code: str) -> None:
    with SimulatedSora(Script({"job": [fate]}), looks=1) as provider, client_of(provider) as client:
        found = client.videos.retrieve(client.videos.create(**ORDER).id)
    assert found.status == "failed"
    assert found.error is not None
    assert found.error.code == code


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault.THROTTLED, openai.RateLimitError), (Fault.FAILS, openai.InternalServerError)],
)
def test_it_reads_refusals(fault: Fault, kind: type[Exception]) -> None:
    with (
        SimulatedSora(Script({"create": [fault]})) as provider,
        client_of(provider) as client,
        pytest.raises(kind),
    ):
        client.videos.create(**ORDER)


def test_left_to_itself_it_would_pay_twice() -> None:
    """Why our orders do not go through the SDK: by default it sends a lost order again."""
    with SimulatedSora(Script({"create": [Fault.LOST]})) as provider:
        with client_of(provider, max_retries=2) as client:
            client.videos.create(**ORDER)
        assert len(provider.jobs) == 2


@pytest.mark.parametrize("model", load_card("sora").models)
def test_the_sdk_sends_what_we_send(model: str, tmp_path: Path, provider: SimulatedSora) -> None:
    settings = {"OPENAI_API_KEY": "not-a-real-key", "OPENAI_BASE_URL": provider.api}
    made = Trial(tmp_path, SoraBackend, provider, settings)
    image = made.lay(b"an image", "first-frame", "image/png")
    made.generate(shot(rate=30, references=(image,)), model)
    ours = dict(made.sent())
    with client_of(provider) as client:
        theirs: Any = {**ours, "input_reference": ("first-frame.png", b"an image", "image/png")}
        client.videos.create(**theirs)
    assert provider.asked[-1].document() == ours
    assert provider.asked[-1].path == "/v1/videos"


def test_the_recording_is_what_the_sdk_says_today() -> None:
    exchanges, _ = record()
    assert json.loads(RECORDING.read_text(encoding="utf-8")) == {"exchanges": exchanges}
