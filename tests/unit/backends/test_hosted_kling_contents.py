"""Kling's newer shape: what is sent, what is asked, and what comes back."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generique.backends.hosted.kling import Kling, KlingBackend
from generique.backends.hosted.provider import Accepted, Answer
from generique.backends.hosted.watch import Clock
from generique.model.errors import BackendFailed, Moderated, NotCapable, OutcomeUnknown
from generique.production.job_ports import Failure
from generique.production.ports import Backend, Request
from generique.testing.hosted import Trial, shot
from generique.testing.hosted_contract import HostedContract
from generique.testing.providers.faults import Fault, Faults, Script
from generique.testing.providers.kling import SimulatedKling
from generique.testing.providers.simulator import Simulator

PROMPT = "a harbour at dawn"
PLAIN, OMNI = "kling-3.0", "kling-3.0-omni"


def trial(folder: Path, provider: SimulatedKling) -> Trial:
    settings = {"KLING_API_KEY": "not-a-real-key", "KLING_BASE_URL": provider.base}
    return Trial(folder, KlingBackend, provider, settings)


@pytest.fixture
def provider() -> Iterator[SimulatedKling]:
    with SimulatedKling() as served:
        yield served


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_words_are_ordered_and_the_task_is_found_by_our_name(
    tmp_path: Path, provider: SimulatedKling
) -> None:
    made = trial(tmp_path, provider)
    delivery = made.generate(shot(), PLAIN)
    label = made.job().intent.removeprefix("sha256:")[:32]
    assert made.sent() == {
        "prompt": PROMPT,
        "settings": {
            "resolution": "720p",
            "duration": 3,
            "audio": "off",
            "multi_shot": False,
            "aspect_ratio": "16:9",
        },
        "options": {"watermark_info": {"enabled": False}, "external_task_id": label},
    }
    assert provider.log[:2] == ["POST /text-to-video/kling-3.0", "GET /tasks"]
    assert provider.asked[1].query == {"task_ids": made.job().number}
    assert delivery.job is not None
    assert (delivery.job.held, delivery.job.cost) == ("0.26", None)
    found = made.backend(PLAIN).taken(made.job(), made.stage().office)
    assert found == (made.job().number,)
    assert provider.asked[-1].query == {"external_task_ids": label}


def test_frames_at_both_ends_decide_the_shape(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider)
    frames = (
        made.lay(b"first", "first-frame", "image/png"),
        made.lay(b"last", "last-frame", "image/jpeg"),
    )
    made.generate(shot(references=frames), PLAIN)
    assert provider.log[0] == "POST /image-to-video/kling-3.0"
    assert made.sent()["contents"] == [
        {"type": "prompt", "text": PROMPT},
        {"type": "first_frame", "url": encoded(b"first")},
        {"type": "last_frame", "url": encoded(b"last")},
    ]
    settings = made.sent()["settings"]
    assert isinstance(settings, dict)
    assert "aspect_ratio" not in settings


def test_subjects_have_names_in_the_prompt(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider)
    files = (
        made.lay(b"a boat", "subject", "image/png"),
        made.lay(b"a man", "subject", "image/png"),
    )
    made.generate(shot("@image_2 in @image_1", references=files), OMNI)
    assert provider.log[0] == "POST /omni-video/kling-3.0-omni"
    assert made.sent()["contents"] == [
        {"type": "prompt", "text": "@image_2 in @image_1"},
        {"type": "refer_image", "url": encoded(b"a boat"), "id": "image_1"},
        {"type": "refer_image", "url": encoded(b"a man"), "id": "image_2"},
    ]


def test_what_it_does_not_take_is_refused(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider)
    last = made.lay(b"last", "last-frame", "image/png")
    with pytest.raises(NotCapable, match="together with a first one"):
        made.generate(shot(references=(last,)), PLAIN)
    with pytest.raises(NotCapable, match="no reference as subject"):
        made.generate(shot(references=(made.lay(b"a", "subject", "image/png"),)), PLAIN)
    with pytest.raises(NotCapable, match="knows no option"):
        made.generate(shot(options={"negative_prompt": "rain"}), PLAIN)
    large = made.lay(bytes(10_000_001), "first-frame", "image/png")
    with pytest.raises(NotCapable, match="too large"):
        made.generate(shot(references=(large,)), PLAIN)
    assert not provider.log


@pytest.mark.parametrize(
    ("fate", "error"), [(Fault.MODERATED, Moderated), (Fault.BROKEN, BackendFailed)]
)
def test_failures_are_named(fate: Fault, error: type[Exception], tmp_path: Path) -> None:
    with SimulatedKling(Script({"job": [fate]})) as provider, pytest.raises(error):
        trial(tmp_path, provider).generate(shot(), PLAIN)


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER])
def test_a_lost_order_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedKling(Script({"create": [fault]})) as provider:
        made = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                made.generate(shot(), PLAIN)
        assert made.posts == 1


@pytest.mark.parametrize("data", [{"id": "7"}, [{"id": "7"}], {"task_id": "7"}])
def test_a_task_is_read_alone_and_in_a_list(data: object) -> None:
    body = json.dumps({"code": 0, "data": data}).encode()
    assert Kling().accepted(Answer(200, {}, body)) == Accepted("7")


@pytest.mark.parametrize("data", [None, [], "7", {"status": "submitted"}])
def test_an_order_without_a_number_is_none_that_is_known(data: object) -> None:
    taken = Kling().accepted(Answer(200, {}, json.dumps({"code": 0, "data": data}).encode()))
    assert isinstance(taken, Failure)
    assert taken.kind == "missing"


@pytest.mark.parametrize(
    ("outputs", "state"),
    [
        ([{"type": "video", "url": "https://a.klingai.com/b.mp4"}], "finished"),
        ([{"type": "image", "url": "https://a.klingai.com/b.png"}], "failed"),
        ([], "failed"),
        ("none", "failed"),
    ],
)
def test_only_a_film_is_a_result(outputs: object, state: str) -> None:
    task = {"id": "7", "status": "succeeded", "outputs": outputs}
    body = json.dumps({"code": 0, "data": [task]}).encode()
    assert Kling().read(Answer(200, {}, body)).state == state


class QuickKling(KlingBackend):
    """Kling's, in a hurry."""

    clock = Clock(scale=0.002)


class TestKling(HostedContract):
    fates = (Fault.BROKEN,)

    def backend(self) -> Backend:
        return QuickKling().model(PLAIN)

    def provider(self, faults: Faults, looks: int) -> Simulator:
        provider = SimulatedKling(faults, looks=looks)
        provider.key = self.secret
        return provider

    def settings(self, base: str) -> dict[str, str]:
        return {"KLING_API_KEY": self.secret, "KLING_BASE_URL": base}

    def request(self) -> Request:
        return shot()

    def cannot(self) -> tuple[Request, ...]:
        return (
            shot(rate=25),
            shot(frames=24 * 16),
            shot("x" * 3073),
            shot(options={"negative_prompt": "rain"}),
        )
