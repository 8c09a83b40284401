"""ElevenLabs: what is sent, what comes back, and every way in which it fails."""

from __future__ import annotations

import io
import json
from pathlib import Path

import av
import numpy as np
import pytest
from provider_trial import Trial, answer, ask_of, card_of, job_of, priced, sound

from generique.backends.hosted.elevenlabs import ElevenLabs, ElevenLabsBackend
from generique.backends.hosted.provider import Accepted, Answer, Call
from generique.model.element import ElementKind
from generique.model.errors import (
    BackendFailed,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
)
from generique.model.reference import Reference
from generique.production.job_ports import Failure, JobState
from generique.production.ports import Delivery, Request
from generique.testing.providers.elevenlabs import SimulatedElevenLabs
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.results import tone

KEY = "not-a-real-key"
SPEECH, FLASH = "eleven_multilingual_v2", "eleven_flash_v2_5"
EFFECTS = "eleven_text_to_sound_v2"
PRICE = '{ amount = "0.01", currency = "USD", unit = "second" }'


def trial(folder: Path, provider: SimulatedElevenLabs) -> Trial:
    settings = {"ELEVENLABS_API_KEY": KEY, "ELEVENLABS_BASE_URL": provider.base}
    return Trial(folder, ElevenLabsBackend, provider, settings)


def line(prompt: str = "Bonjour à tous.", **changes: object) -> Request:
    changes = {"language": "fr", "options": {"voice": "voice1"}, **changes}
    return sound(ElementKind.VOICE, prompt, **changes)


def effect(prompt: str = "a door closes", **changes: object) -> Request:
    return sound(ElementKind.EFFECT, prompt, **{"frames": 30, **changes})


def dub(**changes: object) -> Request:
    allowed = {"language": "fr", "frames": 36, "options": {"translation": "provider"}}
    return sound(ElementKind.VOICE, "Hello.", **{**allowed, **changes})


def heard(delivery: Delivery) -> tuple[float, float]:
    """Seconds and loudest sample of a delivery, which is 48 kHz stereo."""
    with av.open(io.BytesIO(delivery.path.read_bytes()), "r") as container:
        stream = container.streams.audio[0]
        assert (stream.rate, stream.channels, stream.codec.name) == (48_000, 2, "pcm_f32le")
        blocks = [frame.to_ndarray() for frame in container.decode(stream)]
    samples = np.concatenate(blocks, axis=1)
    return samples.size / 2 / 48_000, float(np.abs(samples).max())


def test_speech_is_ordered() -> None:
    assert ElevenLabs().create(ask_of(card_of("elevenlabs"), SPEECH, line())) == Call(
        "POST",
        "/v1/text-to-speech/voice1",
        query={"output_format": "mp3_44100_128"},
        body={"text": "Bonjour à tous.", "model_id": SPEECH, "seed": 7},
    )


def test_speech_names_its_language_where_the_model_wants_it_named() -> None:
    options = {"voice": "voice1", "format": "wav_48000", "stability": "0.4", "speed": "1.1"}
    call = ElevenLabs().create(ask_of(card_of("elevenlabs"), FLASH, line(options=options)))
    assert call.query == {"output_format": "wav_48000"}
    assert call.body == {
        "text": "Bonjour à tous.",
        "model_id": FLASH,
        "language_code": "fr",
        "voice_settings": {"stability": 0.4, "speed": 1.1},
        "seed": 7,
    }


def test_an_effect_is_ordered_a_little_longer_than_it_is_needed() -> None:
    request = effect(options={"loop": "true", "prompt_influence": "0.7"})
    assert ElevenLabs().create(ask_of(card_of("elevenlabs"), EFFECTS, request)) == Call(
        "POST",
        "/v1/sound-generation",
        query={"output_format": "mp3_44100_128"},
        body={
            "text": "a door closes",
            "model_id": EFFECTS,
            "duration_seconds": 1.3,
            "loop": True,
            "prompt_influence": 0.7,
        },
    )
    longest = ask_of(card_of("elevenlabs"), EFFECTS, effect(frames=720))
    assert ElevenLabs().create(longest).body["duration_seconds"] == 30.0
    free = ask_of(card_of("elevenlabs"), EFFECTS, effect(frames=None))
    assert "duration_seconds" not in ElevenLabs().create(free).body


@pytest.mark.parametrize("role", ["sound", "video"])
def test_a_dub_never_clones_a_voice(role: str, tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_bytes(tone(1.5))
    media_type = "audio/wav" if role == "sound" else "video/mp4"
    options = {"translation": "provider", "background": "drop", "source": "en", "speakers": "2"}
    ask = ask_of(
        card_of("elevenlabs"), "dubbing", dub(options=options), ((role, path, media_type),)
    )
    assert ElevenLabs().create(ask) == Call(
        "POST",
        "/v1/dubbing",
        form={
            "name": "Hello.",
            "source_lang": "en",
            "target_lang": "fr",
            "num_speakers": "2",
            "watermark": "false",
            "start_time": "0",
            "end_time": "2",
            "drop_background_audio": "true",
            "disable_voice_cloning": "true",
        },
        parts=(("file", f"source.{media_type[-3:]}", tone(1.5), media_type),),
    )


@pytest.mark.parametrize(
    ("model", "request_", "words"),
    [
        (SPEECH, line(options={}), "the voice that is named"),
        (SPEECH, line(options={"voice": "a/../b"}), "the voice that is named"),
        (SPEECH, line(options={"voice": "v", "stability": "much"}), "a number from 0"),
        (SPEECH, line(language="eu"), "does not speak 'eu'"),
        (SPEECH, line("x" * 10_001), "10001 characters"),
        (SPEECH, effect(), "makes voice, not effect"),
        (EFFECTS, effect(options={"prompt_influence": "2"}), "a number from 0 to 1"),
        (EFFECTS, effect(frames=24 * 31), "no sound of 31"),
        ("dubbing", dub(), "is not known"),
    ],
)
def test_what_cannot_be_ordered_is_refused_before_money(
    model: str, request_: Request, words: str
) -> None:
    with pytest.raises(NotCapable, match=words):
        ElevenLabsBackend(model).interpret(request_)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"options": {"translation": "provider", "disable_voice_cloning": "false"}}, "as true"),
        ({"options": {}}, "a translation of its own"),
        ({"language": None}, "its language and its length"),
        ({"frames": None}, "its language and its length"),
        ({}, "one recording"),
    ],
)
def test_a_dub_is_refused_that_would_not_be_what_was_asked(
    changes: dict[str, object], words: str, tmp_path: Path
) -> None:
    cards = priced("elevenlabs", tmp_path / "cards", PRICE)
    with pytest.raises(NotCapable, match=words):
        ElevenLabsBackend("dubbing", cards).interpret(dub(**changes))


def test_calls_name_what_they_ask_for() -> None:
    spoken = Answer(200, {"content-type": "audio/mpeg", "request-id": "r-1"}, b"ID3")
    assert ElevenLabs().accepted(spoken) == Accepted("r-1", data=b"ID3")
    kept = Answer(200, {**spoken.headers, "history-item-id": "h-1"}, b"ID3")
    assert ElevenLabs().accepted(kept) == Accepted("h-1", data=b"ID3")
    bare = Answer(200, {"content-type": "audio/mpeg"}, b"ID3")
    assert ElevenLabs().accepted(bare) == Accepted("unnumbered", data=b"ID3")
    assert ElevenLabs().accepted(answer(200, '{"dubbing_id": "d1"}')) == Accepted("d1")
    for lost in (answer(200, "{}"), Answer(200, {"content-type": "audio/mpeg"}, b"")):
        failure = ElevenLabs().accepted(lost)
        assert isinstance(failure, Failure)
        assert failure.kind == "missing"
    told, made = job_of("d1", "elevenlabs:dubbing"), job_of("h1", f"elevenlabs:{SPEECH}")
    assert ElevenLabs().look(told) == Call("GET", "/v1/dubbing/d1")
    assert ElevenLabs().look(made) == Call("GET", "/v1/history/h1/audio")
    assert ElevenLabs().cancel(told) == Call("DELETE", "/v1/dubbing/d1")
    assert ElevenLabs().cancel(made) == Call("DELETE", "/v1/history/h1")


DUBBED = {"dubbing_id": "d1", "status": "dubbed", "target_languages": ["fr"]}


@pytest.mark.parametrize(
    ("document", "state", "kind", "result"),
    [
        ({"status": "dubbing"}, "running", None, None),
        ({"status": "cloning"}, "running", None, None),
        (DUBBED, "finished", None, "/v1/dubbing/d1/audio/fr"),
        ({**DUBBED, "target_languages": []}, "failed", "failed", None),
        ({**DUBBED, "target_languages": ["../../user"]}, "failed", "failed", None),
        ({"status": "failed", "error": "It failed"}, "failed", "failed", None),
        ({"status": "failed", "error": "Violates our policy"}, "failed", "moderated", None),
    ],
)
def test_states_are_read(
    document: dict[str, object], state: str, kind: str | None, result: str | None
) -> None:
    standing = ElevenLabs().read(answer(200, json.dumps(document)))
    assert (standing.state, standing.failure and standing.failure.kind) == (state, kind)
    assert (standing.result, standing.keyed) == (result, result is not None)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "invalid_api_key", "access"),
        (401, "quota_exceeded", "balance"),
        (401, "detected_unusual_activity", "access"),
        (402, "payment_required", "balance"),
        (400, "max_character_limit_exceeded", "invalid"),
        (400, "content_moderation", "moderated"),
        (404, "voice_not_found", "invalid"),
        (404, "not_found", "missing"),
        (422, "invalid", "invalid"),
        (425, "dubbing_not_ready", "invalid"),
        (429, "too_many_concurrent_requests", "throttled"),
        (429, "system_busy", "throttled"),
        (503, "", "capacity"),
    ],
)
def test_refusals_are_named(status: int, code: str, kind: str) -> None:
    text = json.dumps({"detail": {"status": code, "message": "in words"}})
    failure = ElevenLabs().refused(answer(status, text, retry_after="3"))
    assert (failure.kind, failure.words) == (kind, "in words")


@pytest.mark.parametrize("form", ["mp3_44100_128", "wav_48000"])
def test_a_line_is_spoken_once_at_the_length_of_its_text(form: str, tmp_path: Path) -> None:
    request = line("x" * 50, options={"voice": "voice2", "format": form})
    with SimulatedElevenLabs() as provider:
        rig = trial(tmp_path, provider)
        delivery = rig.generate(request, SPEECH)
        seconds, peak = heard(delivery)
        assert seconds == pytest.approx(3.0, abs=0.01)
        assert peak == pytest.approx(0.1, abs=0.02)
        assert delivery.job
        assert (delivery.job.held, delivery.job.number) == ("0.01", "snd000001")
        assert delivery.original
        assert delivery.original.read_bytes()[:4] == (b"RIFF" if form[0] == "w" else b"ID3\x04")
        assert rig.generate(request, SPEECH).job == delivery.job
        assert len(provider.log) == 1


def test_an_effect_is_cut_to_the_frame(tmp_path: Path) -> None:
    with SimulatedElevenLabs() as provider:
        delivery = trial(tmp_path, provider).generate(effect(), EFFECTS)
        assert heard(delivery)[0] == 1.25
        assert delivery.job
        assert delivery.job.held == "0.12"


@pytest.mark.parametrize(
    "faults",
    [
        {},
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.THROTTLED, Fault.LOST, Fault.TRUNCATED]},
        {"fetch": [Fault.EXPIRED, Fault.TRUNCATED, Fault.LOST, Fault.FAILS]},
    ],
    ids=["none", "throttled", "looks", "fetches"],
)
def test_a_dub_is_followed_to_its_end(
    faults: dict[str, list[Fault | None]], tmp_path: Path
) -> None:
    cards = priced("elevenlabs", tmp_path / "cards", PRICE)
    with SimulatedElevenLabs(Script(faults)) as provider:
        rig = trial(tmp_path, provider)
        file = rig.stage.lay_down(tone(1.5))
        reference = Reference(role="sound", file=file, media_type="audio/wav")
        delivery = rig.generate(dub(references=(reference,)), "dubbing", cards)
        assert heard(delivery)[0] == 1.5
        (job,) = provider.jobs.values()
        assert job.asked["disable_voice_cloning"] == "true"


def test_a_file_that_was_lost_is_had_again_from_the_history(tmp_path: Path) -> None:
    with SimulatedElevenLabs() as provider:
        rig = trial(tmp_path, provider)
        delivery = rig.generate(line(), SPEECH)
        assert delivery.original
        delivery.original.unlink()
        assert rig.generate(line(), SPEECH).job == delivery.job
        assert provider.log == ["POST /v1/text-to-speech/voice1", "GET /v1/history/snd000001/audio"]


def test_a_file_that_nobody_kept_is_missing_and_not_paid_again(tmp_path: Path) -> None:
    with SimulatedElevenLabs() as provider:
        rig = trial(tmp_path, provider)
        delivery = rig.generate(line(), SPEECH)
        assert delivery.original
        delivery.original.unlink()
        provider.jobs.clear()
        for _ in range(2):
            with pytest.raises(BackendFailed, match="missing"):
                rig.generate(line(), SPEECH)
        assert sum(each.startswith("POST") for each in provider.log) == 1


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER, Fault.TRUNCATED])
def test_an_order_whose_answer_is_lost_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedElevenLabs(Script({"create": [fault]})) as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                rig.generate(line(), SPEECH)
        assert len(provider.jobs) == 1
        (job,) = rig.book.all()
        assert (job.state, job.number) == (JobState.INTENDED, None)


def test_what_moderation_refused_is_never_ordered_again(tmp_path: Path) -> None:
    with SimulatedElevenLabs() as provider:
        rig = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(Moderated, match="moderation"):
                rig.generate(line("gore"), SPEECH)
        assert len(provider.log) == 1


def test_an_empty_account_and_an_unknown_voice_are_said(tmp_path: Path) -> None:
    with SimulatedElevenLabs() as provider:
        rig = trial(tmp_path, provider)
        with pytest.raises(NotCapable, match="does not take this order") as caught:
            rig.generate(line(options={"voice": "nobody"}), SPEECH)
        assert "not found" in (caught.value.why or "")
        provider.credits = 3
        with pytest.raises(NotConfigured, match="is empty"):
            rig.generate(line(), SPEECH)
        provider.credits = None
        assert rig.generate(line(), SPEECH).job


def test_a_dub_that_failed_is_placed_anew_by_the_next_run(tmp_path: Path) -> None:
    cards = priced("elevenlabs", tmp_path / "cards", PRICE)
    with SimulatedElevenLabs(Script({"job": [Fault.BROKEN]})) as provider:
        rig = trial(tmp_path, provider)
        file = rig.stage.lay_down(tone(1.5))
        reference = Reference(role="sound", file=file, media_type="audio/wav")
        with pytest.raises(BackendFailed, match="failed"):
            rig.generate(dub(references=(reference,)), "dubbing", cards)
        assert rig.generate(dub(references=(reference,)), "dubbing", cards).job
