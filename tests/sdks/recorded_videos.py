"""The recorded exchange of OpenAI's SDK with our simulator: how it is made, and by hand made anew.

python tests/sdks/recorded_videos.py
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import openai

from generique.testing.providers.faults import Fault
from generique.testing.providers.results import clip
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob
from generique.testing.providers.sora import SimulatedSora

FOLDER = Path(__file__).parents[1] / "data" / "openai-videos-recorded"
RECORDING, CONTENT = FOLDER / "videos.json", FOLDER / "video.mp4"


class Recorder(SimulatedSora):
    """Keeps what was asked and answered; its videos are small."""

    def __init__(self) -> None:
        super().__init__(looks=2)
        self.exchanges: list[dict[str, Any]] = []
        self.content = b""

    def respond(self, asked: Asked) -> tuple[Reply, Fault | None]:
        reply, fault = super().respond(asked)
        said: dict[str, Any] = {"method": asked.method, "path": asked.path}
        if asked.method == "POST":
            said["fields"] = asked.document()
        answered: dict[str, Any] = {"status": reply.status, "media_type": reply.media_type}
        if reply.data is None:
            answered["document"] = reply.document
        else:
            answered["file"], self.content = CONTENT.name, reply.data
        self.exchanges.append({"asked": said, "answered": answered})
        return reply, fault

    def result(self, job: SimulatedJob) -> tuple[bytes, str]:
        return clip(job.seconds, (64, 36), self.rate), "video/mp4"


def client_of(provider: SimulatedSora, **options: Any) -> openai.OpenAI:
    return openai.OpenAI(
        api_key="not-a-real-key",
        base_url=provider.api,
        _strict_response_validation=True,
        **{"max_retries": 0, **options},
    )


def record() -> tuple[list[dict[str, Any]], bytes]:
    """Exchanges and content of: create, look, get, remix, look, list, delete, and a refusal."""
    with Recorder() as provider, client_of(provider) as client, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        videos = client.videos
        video = videos.create(
            prompt="a harbour at dawn", model="sora-2", seconds="4", size="1280x720"
        )
        while videos.retrieve(video.id).status != "completed":
            pass
        videos.download_content(video.id)
        again = videos.remix(video.id, prompt="a harbour at dusk")
        videos.retrieve(again.id)
        videos.list(limit=100, order="desc")
        videos.delete(again.id)
        refused = videos.create(prompt="gore", model="sora-2", seconds="4", size="1280x720")
        while videos.retrieve(refused.id).status != "failed":
            pass
        return provider.exchanges, provider.content


if __name__ == "__main__":
    exchanges, content = record()
    FOLDER.mkdir(parents=True, exist_ok=True)
    RECORDING.write_text(json.dumps({"exchanges": exchanges}, indent=1) + "\n", encoding="utf-8")
    CONTENT.write_bytes(content)
