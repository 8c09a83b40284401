"""Runway's own SDK, unmodified, against the simulator of its sound; and our orders beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_type_hints

import av
import httpx
import pytest
from runwayml import APIStatusError, RunwayML
from runwayml.types.text_to_speech_create_params import ElevenMultilingualV2Voice
from runwayml.types.voice_dubbing_create_params import VoiceDubbingCreateParams

from generique.backends.hosted.card import load_card
from generique.backends.hosted.provider import Ask, Call
from generique.backends.hosted.runway_sound import RunwaySound
from generique.model.element import ElementKind
from generique.model.time import Rate
from generique.production.ports import Request
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.results import tone
from generique.testing.providers.runway_sound import SimulatedRunwaySound

SPEECH, EFFECTS = "eleven_multilingual_v2", "eleven_text_to_sound_v2"
DUBBING = "eleven_voice_dubbing"


@pytest.fixture
def provider() -> Iterator[SimulatedRunwaySound]:
    with SimulatedRunwaySound() as made:
        yield made


@pytest.fixture
def client(provider: SimulatedRunwaySound) -> Iterator[RunwayML]:
    """It checks what comes back against its types."""
    with RunwayML(
        api_key="not-a-real-key",
        base_url=provider.base,
        max_retries=0,
        _strict_response_validation=True,
    ) as made:
        yield made


def call_of(model: str, kind: ElementKind, seconds: int = 0, **more: Any) -> Call:
    """Our call for an order."""
    request = Request(
        kind=kind,
        prompt="Bonjour.",
        seed=7,
        rate=Rate(numerator=24),
        language="fr",
        options=more.get("options", {}),
    )
    entry = load_card("runway-sound").models[model]
    ask = Ask(request, model, entry, Fraction(seconds), None, more.get("files", ()))
    return RunwaySound().create(ask)


def agrees(provider: SimulatedRunwaySound, call: Call) -> None:
    """What came in last is what we would have sent."""
    asked = provider.asked[-1]
    assert (asked.method, asked.path, asked.document()) == (call.method, call.path, call.body)
    ours = RunwaySound().access({"RUNWAYML_API_SECRET": "not-a-real-key"})
    assert ours.items() <= asked.headers.items()


def finished(client: RunwayML, number: str) -> float:
    """Seconds of what a task made."""
    task: Any = client.tasks.retrieve(number)
    while task.status in {"PENDING", "RUNNING"}:
        task = client.tasks.retrieve(number)
    data = httpx.get(task.output[0]).content
    with av.open(io.BytesIO(data), "r") as container:
        frames = list(container.decode(container.streams.audio[0]))
    return sum(frame.samples for frame in frames) / frames[0].sample_rate


def test_effects(client: RunwayML, provider: SimulatedRunwaySound) -> None:
    made = client.sound_effect.create(
        model="eleven_text_to_sound_v2", prompt_text="Bonjour.", duration=2.1, loop=False
    )
    agrees(provider, call_of(EFFECTS, ElementKind.EFFECT, 2, options={"loop": "false"}))
    assert finished(client, made.id) == pytest.approx(2.1, abs=0.01)


def test_speech(client: RunwayML, provider: SimulatedRunwaySound) -> None:
    made = client.text_to_speech.create(
        model="eleven_multilingual_v2",
        prompt_text="Bonjour.",
        voice={"type": "runway-preset", "preset_id": "Maya"},
    )
    agrees(provider, call_of(SPEECH, ElementKind.VOICE, options={"voice": "Maya"}))
    assert finished(client, made.id) == pytest.approx(1.0, abs=0.01)


def test_dubs(client: RunwayML, provider: SimulatedRunwaySound, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(tone(2.0))
    files = (("sound", path, "audio/wav"),)
    call = call_of(DUBBING, ElementKind.VOICE, 2, files=files, options={"translation": "provider"})
    made = client.voice_dubbing.create(
        model="eleven_voice_dubbing",
        audio_uri=call.body["audioUri"],
        target_lang="fr",
        disable_voice_cloning=True,
        drop_background_audio=False,
    )
    agrees(provider, call)
    assert made.id in provider.jobs


def test_the_card_names_the_voices_and_languages_of_the_sdk() -> None:
    card = load_card("runway-sound")
    voices = get_type_hints(ElevenMultilingualV2Voice)["preset_id"]
    assert set(card.models[SPEECH].options["voice"]) == set(get_args(voices))
    languages = get_type_hints(VoiceDubbingCreateParams)["target_lang"]
    assert set(card.models[DUBBING].languages) == set(get_args(languages))


def test_refusals_and_failures(client: RunwayML, provider: SimulatedRunwaySound) -> None:
    made = client.sound_effect.create(model="eleven_text_to_sound_v2", prompt_text="gore")
    task: Any = client.tasks.retrieve(made.id)
    task = client.tasks.retrieve(made.id)
    assert (task.status, task.failure_code) == ("FAILED", "SAFETY.INPUT.TEXT")
    provider.faults = Script({"create": [Fault.THROTTLED_BARE]})
    with pytest.raises(APIStatusError) as caught:
        client.sound_effect.create(model="eleven_text_to_sound_v2", prompt_text="a door")
    assert caught.value.status_code == 429
