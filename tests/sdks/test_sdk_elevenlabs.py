"""ElevenLabs' own SDK, unmodified, against the simulator; and what it sends for our orders."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from elevenlabs.client import ElevenLabs as Sdk
from elevenlabs.core.api_error import ApiError
from elevenlabs.types import VoiceSettings

from generique.backends.hosted.card import load_card
from generique.backends.hosted.elevenlabs import ElevenLabs
from generique.backends.hosted.provider import Ask, Call
from generique.model.element import ElementKind
from generique.model.time import Rate
from generique.production.ports import Request
from generique.testing.providers.elevenlabs import SimulatedElevenLabs
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.results import tone

FLASH, EFFECTS = "eleven_flash_v2_5", "eleven_text_to_sound_v2"
KEY = {"ELEVENLABS_API_KEY": "not-a-real-key"}


@pytest.fixture
def provider() -> Iterator[SimulatedElevenLabs]:
    with SimulatedElevenLabs() as made:
        yield made


@pytest.fixture
def client(provider: SimulatedElevenLabs) -> Iterator[Sdk]:
    with httpx.Client() as sender:
        yield Sdk(base_url=provider.base, api_key="not-a-real-key", httpx_client=sender)


def call_of(model: str, kind: ElementKind, **more: Any) -> Call:
    """Our call for an order."""
    request = Request(
        kind=kind,
        prompt="Bonjour.",
        seed=7,
        rate=Rate(numerator=24),
        language="fr",
        options=more.get("options", {}),
    )
    seconds = Fraction(more.get("seconds", 0))
    entry = load_card("elevenlabs").models[model]
    return ElevenLabs().create(Ask(request, model, entry, seconds, None, more.get("files", ())))


def agrees(provider: SimulatedElevenLabs, call: Call) -> None:
    """What came in last is what we would have sent."""
    asked = provider.asked[-1]
    assert (asked.method, asked.path, asked.query) == (call.method, call.path, call.query)
    if call.body is not None:
        assert asked.document() == call.body
    assert ElevenLabs().access(KEY).items() <= asked.headers.items()


def seconds_of(data: bytes) -> float:
    with av.open(io.BytesIO(data), "r") as container:
        frames = list(container.decode(container.streams.audio[0]))
    return sum(frame.samples for frame in frames) / frames[0].sample_rate


def test_speech(client: Sdk, provider: SimulatedElevenLabs) -> None:
    data = b"".join(
        client.text_to_speech.convert(
            "voice1",
            text="Bonjour.",
            model_id=FLASH,
            language_code="fr",
            output_format="mp3_44100_128",
            voice_settings=VoiceSettings(stability=0.4, speed=1.1),
            seed=7,
        )
    )
    assert seconds_of(data) == pytest.approx(1.0, abs=0.01)
    options = {"voice": "voice1", "stability": "0.4", "speed": "1.1"}
    agrees(provider, call_of(FLASH, ElementKind.VOICE, options=options))


def test_effects(client: Sdk, provider: SimulatedElevenLabs) -> None:
    data = b"".join(
        client.text_to_sound_effects.convert(
            text="Bonjour.",
            model_id=EFFECTS,
            duration_seconds=2.1,
            loop=True,
            prompt_influence=0.7,
            output_format="wav_48000",
        )
    )
    assert seconds_of(data) == pytest.approx(2.1)
    options = {"loop": "true", "prompt_influence": "0.7", "format": "wav_48000"}
    agrees(provider, call_of(EFFECTS, ElementKind.EFFECT, seconds=2, options=options))


def test_dubs(client: Sdk, provider: SimulatedElevenLabs, tmp_path: Path) -> None:
    path = tmp_path / "source.wav"
    path.write_bytes(tone(2.0))
    made = client.dubbing.create(
        file=("source.wav", tone(2.0), "audio/wav"),
        name="Bonjour.",
        source_lang="auto",
        target_lang="fr",
        num_speakers=0,
        watermark=False,
        start_time=0,
        end_time=2,
        drop_background_audio=False,
        disable_voice_cloning=True,
    )
    theirs = provider.asked[-1].document()
    files = (("sound", path, "audio/wav"),)
    options = {"translation": "provider"}
    call = call_of("dubbing", ElementKind.VOICE, seconds=2, files=files, options=options)
    agrees(provider, call)
    (part,) = call.parts
    assert theirs == {**(call.form or {}), part[0]: part[2]}
    assert made.expected_duration_sec == 2.0
    states = [client.dubbing.get(made.dubbing_id) for _ in range(2)]
    assert [each.status for each in states] == ["dubbing", "dubbed"]
    data = b"".join(client.dubbing.audio.get(made.dubbing_id, "fr"))
    assert seconds_of(data) == pytest.approx(2.0)


def test_the_history_keeps_what_was_made(client: Sdk, provider: SimulatedElevenLabs) -> None:
    first = b"".join(client.text_to_speech.convert("voice1", text="Bonjour."))
    (number,) = provider.jobs
    assert b"".join(client.history.get_audio(number)) == first


@pytest.mark.parametrize(
    ("text", "voice", "status", "code"),
    [
        ("gore", "voice1", 400, "content_moderation"),
        ("Bonjour.", "nobody", 404, "voice_not_found"),
    ],
)
def test_refusals(client: Sdk, text: str, voice: str, status: int, code: str) -> None:
    with pytest.raises(ApiError) as caught:
        b"".join(client.text_to_speech.convert(voice, text=text))
    assert caught.value.status_code == status
    assert caught.value.body["detail"]["status"] == code


def test_what_is_said_when_too_many_are_at_work(client: Sdk, provider: SimulatedElevenLabs) -> None:
    provider.faults = Script({"create": [Fault.THROTTLED_BARE] * 4})
    with pytest.raises(ApiError) as caught:
        b"".join(client.text_to_speech.convert("voice1", text="Bonjour."))
    assert caught.value.status_code == 429
    assert len(provider.log) == 1, "it does not ask again by itself"
