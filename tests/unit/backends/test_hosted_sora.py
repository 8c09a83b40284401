"""Servers of the shape of OpenAI's videos: orders, answers, and every failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generique.backends.hosted.provider import Answer
from generique.backends.hosted.sora import Sora, SoraBackend
from generique.model.errors import (
    BackendFailed,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
    Retired,
)
from generique.production.job_ports import JobState
from generique.testing.hosted import Trial, shot
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.sora import SimulatedSora

KEY = "not-a-real-key"
SHOT = shot(rate=30)


def trial(folder: Path, provider: SimulatedSora) -> Trial:
    settings = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": provider.api}
    return Trial(folder, SoraBackend, provider, settings)


@pytest.fixture
def provider() -> Iterator[SimulatedSora]:
    with SimulatedSora() as served:
        yield served


def test_a_shot_of_text(tmp_path: Path, provider: SimulatedSora) -> None:
    made = trial(tmp_path, provider)
    delivery = made.generate(SHOT)
    assert made.sent() == {
        "model": "sora-2",
        "prompt": "a harbour at dawn",
        "seconds": "4",
        "size": "1280x720",
    }
    assert delivery.job is not None
    assert (delivery.job.held, delivery.job.number) == ("0.40", "video_000001")
    assert provider.log[-1] == "GET /v1/videos/video_000001/content"
    assert made.generate(SHOT).job == delivery.job
    assert made.posts == 1


def test_a_shot_of_an_image(tmp_path: Path, provider: SimulatedSora) -> None:
    made = trial(tmp_path, provider)
    image = made.lay(b"an image", "first-frame", "image/png")
    made.generate(shot(rate=30, references=(image,)), "sora-2-pro")
    assert made.sent() == {
        "model": "sora-2-pro",
        "prompt": "a harbour at dawn",
        "seconds": "4",
        "size": "1280x720",
        "input_reference": b"an image",
    }


def test_a_remix(tmp_path: Path, provider: SimulatedSora) -> None:
    made = trial(tmp_path, provider)
    first = made.generate(SHOT).job
    assert first is not None
    again = made.generate(shot("at dusk", rate=30, options={"remix": first.number}))
    assert made.sent() == {"prompt": "at dusk"}
    assert provider.log.count(f"POST /v1/videos/{first.number}/remix") == 1
    assert again.job is not None
    assert again.job.number != first.number


@pytest.mark.parametrize("number", ["../files", "video_1/remix", "a b", "%2e%2e"])
def test_a_remix_names_a_video_and_no_other_place(number: str) -> None:
    with pytest.raises(NotCapable, match="no number of a video"):
        SoraBackend().interpret(shot(rate=30, options={"remix": number}))


def test_a_video_can_be_deleted_and_listed(tmp_path: Path, provider: SimulatedSora) -> None:
    made, dialect = trial(tmp_path, provider), Sora()
    made.generate(SHOT)
    with closing(made.backend()._transport(made.stage().office)) as web:
        assert dialect.listed(web.send(dialect.listing())) == (("video_000001", SHOT.prompt),)
        assert web.send(dialect.delete(made.job())).document()["deleted"] is True
        assert dialect.listed(web.send(dialect.listing())) == ()
        assert web.send(dialect.look(made.job())).status == 404


@pytest.mark.parametrize("base", [None, "https://api.openai.com/v1", "https://api.openai.com"])
def test_openai_itself_has_withdrawn_it(base: str | None, tmp_path: Path) -> None:
    with SimulatedSora() as provider:
        settings = {"OPENAI_API_KEY": KEY} | ({"OPENAI_BASE_URL": base} if base else {})
        made = Trial(tmp_path, SoraBackend, provider, settings)
        with pytest.raises(Retired, match="withdrew sora-2 on 2026-09-24"):
            made.generate(SHOT)
        (lack,) = made.backend().lacks(made.stage().office.setting)
        assert "withdrawn on 2026-09-24" in lack.what
        assert made.book.all() == ()


def test_a_server_that_has_withdrawn_it_says_so(tmp_path: Path, provider: SimulatedSora) -> None:
    provider.retired = True
    with pytest.raises(Retired, match="does not serve sora-2 any more"):
        trial(tmp_path, provider).generate(SHOT)


@pytest.mark.parametrize(
    "faults",
    [
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.THROTTLED]},
        {"fetch": [Fault.EXPIRED, Fault.TRUNCATED, Fault.LOST]},
    ],
    ids=["create", "look", "fetch"],
)
def test_what_can_be_asked_again_is(faults: dict[str, list[Fault | None]], tmp_path: Path) -> None:
    with SimulatedSora(Script(faults)) as provider:
        assert trial(tmp_path, provider).generate(SHOT).path.stat().st_size > 0
        assert len(provider.jobs) == 1


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER])
def test_a_lost_answer_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedSora(Script({"create": [fault]})) as provider:
        made = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                made.generate(SHOT)
        assert made.posts == 1


def test_what_moderation_refused_is_never_sent_again(
    tmp_path: Path, provider: SimulatedSora
) -> None:
    made = trial(tmp_path, provider)
    for _ in range(2):
        with pytest.raises(Moderated, match="refused it by moderation"):
            made.generate(shot("gore", rate=30))
    assert made.posts == 1


def test_a_job_that_failed_can_be_placed_anew(tmp_path: Path) -> None:
    with SimulatedSora(Script({"job": [Fault.BROKEN]})) as provider:
        made = trial(tmp_path, provider)
        with pytest.raises(BackendFailed, match="did not make it"):
            made.generate(SHOT)
        assert made.job().state is JobState.FAILED
        assert made.generate(SHOT).job


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "invalid_value", "invalid"),
        (400, "moderation_blocked", "moderated"),
        (401, "invalid_api_key", "access"),
        (404, "not_found", "missing"),
        (404, "model_not_found", "retired"),
        (410, "", "retired"),
        (429, "rate_limit_exceeded", "throttled"),
        (429, "insufficient_quota", "balance"),
        (503, "", "capacity"),
    ],
)
def test_refusals_are_named(status: int, code: str, kind: str) -> None:
    body = f'{{"error": {{"message": "said", "code": "{code}"}}}}'.encode()
    failure = Sora().refused(Answer(status, {"retry-after": "7"}, body))
    assert (failure.kind, failure.words, failure.wait) == (kind, "said", 7.0)


def test_a_server_that_makes_another_rate_is_told_of(
    tmp_path: Path, provider: SimulatedSora
) -> None:
    provider.rate = 24
    with pytest.raises(BackendFailed, match="24 frames a second"):
        trial(tmp_path, provider).generate(SHOT)


def test_without_a_key_it_says_what_is_missing(tmp_path: Path, provider: SimulatedSora) -> None:
    made = Trial(tmp_path, SoraBackend, provider, {"OPENAI_BASE_URL": provider.api})
    with pytest.raises(NotConfigured, match="cannot be asked"):
        made.generate(SHOT)


def test_a_lost_order_is_found_by_its_prompt(tmp_path: Path) -> None:
    with SimulatedSora(Script({"create": [Fault.LOST]})) as provider:
        made = trial(tmp_path, provider)
        with pytest.raises(OutcomeUnknown):
            made.generate(SHOT)
        assert made.backend().taken(made.job(), made.stage().office) == ("video_000001",)
