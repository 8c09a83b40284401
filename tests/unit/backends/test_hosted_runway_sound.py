"""Runway's sound: what is sent, what comes back, and how it fails."""

from __future__ import annotations

import base64
from pathlib import Path

import av
import pytest
from provider_trial import Trial, ask_of, card_of, sound

from generique.backends.hosted.provider import Call
from generique.backends.hosted.runway_sound import RunwaySound, RunwaySoundBackend
from generique.model.element import ElementKind
from generique.model.errors import BackendFailed, Moderated, NotCapable, OutcomeUnknown
from generique.model.reference import Reference
from generique.production.ports import Request
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.results import tone
from generique.testing.providers.runway_sound import SimulatedRunwaySound

SPEECH, EFFECTS = "eleven_multilingual_v2", "eleven_text_to_sound_v2"
DUBBING = "eleven_voice_dubbing"
ALLOWED = {"translation": "provider"}


def trial(folder: Path, provider: SimulatedRunwaySound) -> Trial:
    settings = {"RUNWAYML_API_SECRET": "not-a-real-key", "RUNWAYML_BASE_URL": provider.base}
    return Trial(folder, RunwaySoundBackend, provider, settings)


def line(prompt: str = "Bonjour.", **changes: object) -> Request:
    spoken = {"language": "fr", "options": {"voice": "Maya"}}
    return sound(ElementKind.VOICE, prompt, **{**spoken, **changes})


def effect(prompt: str = "a door closes", **changes: object) -> Request:
    return sound(ElementKind.EFFECT, prompt, **{"frames": 30, **changes})


def seconds_of(path: Path) -> float:
    with av.open(str(path), "r") as container:
        stream = container.streams.audio[0]
        assert (stream.rate, stream.channels) == (48_000, 2)
        return sum(frame.samples for frame in container.decode(stream)) / 48_000


def test_an_effect_is_ordered() -> None:
    ask = ask_of(card_of("runway-sound"), EFFECTS, effect(options={"loop": "true"}))
    body = {"model": EFFECTS, "promptText": "a door closes", "duration": 1.3, "loop": True}
    assert RunwaySound().create(ask) == Call("POST", "/v1/sound_effect", body=body)


def test_speech_is_ordered() -> None:
    voice = {"type": "runway-preset", "presetId": "Maya"}
    assert RunwaySound().create(ask_of(card_of("runway-sound"), SPEECH, line())) == Call(
        "POST",
        "/v1/text_to_speech",
        body={"model": SPEECH, "promptText": "Bonjour.", "voice": voice},
    )


def test_a_dub_never_clones_a_voice(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(tone(1.5))
    request = line(frames=36, options={**ALLOWED, "background": "drop"})
    ask = ask_of(card_of("runway-sound"), DUBBING, request, (("sound", path, "audio/wav"),))
    assert RunwaySound().create(ask) == Call(
        "POST",
        "/v1/voice_dubbing",
        body={
            "model": DUBBING,
            "audioUri": "data:audio/wav;base64," + base64.b64encode(tone(1.5)).decode(),
            "targetLang": "fr",
            "disableVoiceCloning": True,
            "dropBackgroundAudio": True,
        },
    )


@pytest.mark.parametrize(
    ("model", "request_", "words"),
    [
        (SPEECH, line(options={}), "the voice that is named"),
        (SPEECH, line(options={"voice": "Nobody"}), "takes voice as"),
        (SPEECH, line("x" * 1001), "1001 utf-16"),
        (SPEECH, line(language="eu"), "does not speak"),
        (EFFECTS, effect(frames=24 * 31), "no sound of 31"),
        (DUBBING, line(frames=36, options=ALLOWED), "cannot work without a reference as sound"),
        (DUBBING, line(options={**ALLOWED, "disable_voice_cloning": "false"}), "as true"),
    ],
)
def test_what_cannot_be_ordered_is_refused_before_money(
    model: str, request_: Request, words: str
) -> None:
    with pytest.raises(NotCapable, match=words):
        RunwaySoundBackend(model).interpret(request_)


def test_a_dub_is_refused_that_would_not_be_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(tone(3.0))
    files = (("sound", path, "audio/wav"),)
    card = card_of("runway-sound")
    for request, words in (
        (line(frames=36, options={}), "translation of its own"),
        (line(frames=36, options=ALLOWED, language=None), "its language and its length"),
        (line(options=ALLOWED), "its language and its length"),
        (line(frames=36, options=ALLOWED), "has 3.00 seconds"),
        (line(frames=96, options=ALLOWED), "has 3.00 seconds"),
    ):
        with pytest.raises(NotCapable, match=words):
            RunwaySound().create(ask_of(card, DUBBING, request, files))
    path.write_bytes(b"RIFF")
    ask = ask_of(card, DUBBING, line(frames=36, options=ALLOWED), files)
    with pytest.raises(NotCapable, match="decoded"):
        RunwaySound().create(ask)


def test_sounds_are_made_once_at_their_price(tmp_path: Path) -> None:
    with SimulatedRunwaySound() as provider:
        rig = trial(tmp_path, provider)
        closing = rig.generate(effect(), EFFECTS)
        assert seconds_of(closing.path) == 1.25
        assert closing.job
        assert closing.job.cost == "0.02"
        spoken = rig.generate(line("x" * 50), SPEECH)
        assert seconds_of(spoken.path) == pytest.approx(3.0, abs=0.01)
        file = rig.stage.lay_down(tone(1.0))
        reference = Reference(role="sound", file=file, media_type="audio/wav")
        request = line(frames=24, options=ALLOWED, references=(reference,))
        assert seconds_of(rig.generate(request, DUBBING).path) == 1.0
        assert rig.generate(effect(), EFFECTS).job == closing.job
        assert len(provider.jobs) == 3


def test_failures_are_named(tmp_path: Path) -> None:
    faults = {"job": [Fault.BROKEN, Fault.CANCELLED, None]}
    with SimulatedRunwaySound(Script(faults)) as provider:
        rig = trial(tmp_path, provider)
        for words in ("failed", "cancelled"):
            with pytest.raises(BackendFailed, match=words):
                rig.generate(effect(), EFFECTS)
        with pytest.raises(Moderated, match="charged"):
            rig.generate(effect("gore"), EFFECTS)
        assert rig.generate(effect(), EFFECTS).job


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER])
def test_an_order_whose_answer_is_lost_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedRunwaySound(Script({"create": [fault]})) as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                rig.generate(effect(), EFFECTS)
        assert len(provider.jobs) == 1
