"""Kling: orders, the envelope's codes, both ways of being let in, and every failure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generique.backends.hosted.kling import Kling, KlingBackend, signed_token
from generique.backends.hosted.provider import Answer
from generique.model.errors import (
    BackendFailed,
    GeneriqueError,
    Moderated,
    NotCapable,
    NotConfigured,
    OutcomeUnknown,
)
from generique.testing.hosted import Trial, shot
from generique.testing.providers.faults import Fault, Script
from generique.testing.providers.kling import SimulatedKling

PROMPT = "a harbour at dawn"
PAIR = {"KLING_ACCESS_KEY": "access", "KLING_SECRET_KEY": "secret"}
KEYED = {"KLING_API_KEY": "not-a-real-key"}


def trial(folder: Path, provider: SimulatedKling, keys: dict[str, str] | None = None) -> Trial:
    settings = {**(KEYED if keys is None else keys), "KLING_BASE_URL": provider.base}
    return Trial(folder, KlingBackend, provider, settings)


@pytest.fixture
def provider() -> Iterator[SimulatedKling]:
    with SimulatedKling() as served:
        yield served


def test_a_shot_of_text(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider)
    delivery = made.generate(shot(options={"negative_prompt": "text"}))
    assert made.sent() == {
        "model_name": "kling-v3",
        "prompt": PROMPT,
        "negative_prompt": "text",
        "duration": "3",
        "mode": "pro",
        "sound": "off",
        "aspect_ratio": "16:9",
        "external_task_id": made.job().intent.removeprefix("sha256:")[:32],
    }
    assert provider.log[0] == "POST /v1/videos/text2video"
    assert delivery.job is not None
    assert (delivery.job.held, delivery.job.cost) == ("0.34", None)
    assert made.posts == 1


def test_a_shot_between_two_images(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider)
    images = (
        made.lay(b"first", "first-frame", "image/png"),
        made.lay(b"last", "last-frame", "image/jpeg"),
    )
    made.generate(shot(references=images), "kling-v3-image")
    assert made.sent() == {
        "model_name": "kling-v3",
        "prompt": PROMPT,
        "duration": "3",
        "mode": "pro",
        "sound": "off",
        "image": base64.b64encode(b"first").decode(),
        "image_tail": base64.b64encode(b"last").decode(),
        "external_task_id": made.job().intent.removeprefix("sha256:")[:32],
    }
    assert provider.log[0] == "POST /v1/videos/image2video"
    assert provider.log[1].startswith("GET /v1/videos/image2video/")


def test_a_model_of_images_needs_one(tmp_path: Path, provider: SimulatedKling) -> None:
    with pytest.raises(NotCapable, match="without a reference as first-frame"):
        trial(tmp_path, provider).generate(shot(), "kling-v3-image")


def test_a_pair_of_keys_lets_in_as_well(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider, PAIR)
    assert made.generate(shot()).job
    assert made.backend().lacks(made.stage().office.setting) == ()
    sent = [each.headers["authorization"] for each in provider.asked if "/v1/" in each.path]
    assert all(PAIR["KLING_SECRET_KEY"] not in header for header in sent)


def test_half_a_pair_does_not(tmp_path: Path, provider: SimulatedKling) -> None:
    made = trial(tmp_path, provider, {"KLING_ACCESS_KEY": "access"})
    with pytest.raises(NotConfigured, match="cannot be asked") as caught:
        made.generate(shot())
    assert "KLING_ACCESS_KEY and KLING_SECRET_KEY" in (caught.value.next_step or "")


def test_a_wrong_pair_is_named(tmp_path: Path, provider: SimulatedKling) -> None:
    with pytest.raises(NotConfigured, match="does not let us in"):
        trial(tmp_path, provider, {**PAIR, "KLING_SECRET_KEY": "other"}).generate(shot())


def test_a_token_is_made_anew_for_each_call() -> None:
    moments = iter([1000.0, 4000.0])
    dialect = Kling(lambda: next(moments))
    first, second = (dialect.access(PAIR)["authorization"] for _ in range(2))
    assert first != second
    token = signed_token("access", "secret", 1000)
    assert first == f"Bearer {token}"
    text, _, seal = token.rpartition(".")
    assert "=" not in token
    claims = json.loads(base64.urlsafe_b64decode(text.split(".")[1] + "=="))
    assert claims == {"iss": "access", "exp": 2800, "nbf": 995}
    wanted = hmac.new(b"secret", text.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(seal + "=") == wanted


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (1002, 401, "access"),
        (1004, 401, "access"),
        (1103, 403, "access"),
        (1304, 403, "access"),
        (1101, 429, "balance"),
        (1102, 429, "balance"),
        (1200, 400, "invalid"),
        (1201, 400, "invalid"),
        (1203, 404, "missing"),
        (1300, 400, "moderated"),
        (1301, 400, "moderated"),
        (1302, 429, "throttled"),
        (1303, 429, "throttled"),
        (5001, 503, "capacity"),
        (9999, 400, "invalid"),
    ],
)
def test_codes_of_the_envelope_are_named(code: int, status: int, kind: str) -> None:
    body = json.dumps({"code": code, "message": "said"}).encode()
    failure = Kling().refused(Answer(status, {}, body))
    assert (failure.kind, failure.code, failure.words) == (kind, str(code), "said")


@pytest.mark.parametrize("status", [200, 400])
def test_a_refusal_by_policy_is_never_sent_again(
    status: int, tmp_path: Path, provider: SimulatedKling
) -> None:
    provider.refusal = (1301, status, "content security policy")
    made = trial(tmp_path, provider)
    for _ in range(2):
        with pytest.raises(Moderated, match="by moderation"):
            made.generate(shot())
    assert made.posts == 1


def test_an_empty_account_is_named(tmp_path: Path, provider: SimulatedKling) -> None:
    provider.refusal = (1102, 429, "resource pack depleted")
    with pytest.raises(NotConfigured, match="the account at kling is empty"):
        trial(tmp_path, provider).generate(shot())


def test_a_trouble_of_the_server_that_comes_as_success_is_never_sent_again(
    tmp_path: Path, provider: SimulatedKling
) -> None:
    provider.refusal = (5000, 200, "internal")
    made = trial(tmp_path, provider)
    for _ in range(2):
        with pytest.raises(GeneriqueError, match="did not make it"):
            made.generate(shot())
    assert made.posts == 1


def test_a_task_that_moderation_refused_is_never_sent_again(
    tmp_path: Path, provider: SimulatedKling
) -> None:
    made = trial(tmp_path, provider)
    for _ in range(2):
        with pytest.raises(Moderated, match="by moderation"):
            made.generate(shot("gore"))
    assert made.posts == 1


def test_a_task_that_failed_can_be_placed_anew(tmp_path: Path) -> None:
    with SimulatedKling(Script({"job": [Fault.BROKEN]})) as provider:
        made = trial(tmp_path, provider)
        with pytest.raises(BackendFailed, match="did not make it"):
            made.generate(shot())
        assert made.generate(shot()).job
        names = {each.asked["external_task_id"] for each in provider.jobs.values()}
        assert len(names) == 2


@pytest.mark.parametrize(
    "faults",
    [
        {"create": [Fault.THROTTLED_BARE, Fault.THROTTLED]},
        {"look": [Fault.FAILS, Fault.LOST, Fault.THROTTLED]},
        {"fetch": [Fault.EXPIRED, Fault.TRUNCATED]},
    ],
    ids=["create", "look", "fetch"],
)
def test_what_can_be_asked_again_is(faults: dict[str, list[Fault | None]], tmp_path: Path) -> None:
    with SimulatedKling(Script(faults)) as provider:
        assert trial(tmp_path, provider).generate(shot()).path.stat().st_size > 0
        assert len(provider.jobs) == 1


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.FAILS_AFTER])
def test_a_lost_answer_is_never_sent_again(fault: Fault, tmp_path: Path) -> None:
    with SimulatedKling(Script({"create": [fault]})) as provider:
        made = trial(tmp_path, provider)
        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                made.generate(shot())
        assert made.posts == 1


def test_a_look_that_the_envelope_refuses_for_now_is_repeated() -> None:
    standing = Kling().read(Answer(200, {}, b'{"code": 1302, "message": "slow"}'))
    assert standing.state == "waiting"


@pytest.mark.parametrize(("fault", "count"), [(Fault.LOST, 1), (Fault.FAILS, 0)])
def test_a_lost_order_is_found_by_our_name_for_it(fault: Fault, count: int, tmp_path: Path) -> None:
    with SimulatedKling(Script({"create": [fault]})) as provider:
        made = trial(tmp_path, provider)
        with pytest.raises(OutcomeUnknown):
            made.generate(shot())
        numbers = made.backend().taken(made.job(), made.stage().office)
        assert numbers == tuple(provider.jobs)
        assert len(provider.jobs) == count


def test_a_refusal_to_look_for_a_lost_order_is_an_error(tmp_path: Path) -> None:
    with SimulatedKling(Script({"create": [Fault.LOST], "look": [Fault.THROTTLED]})) as provider:
        made = trial(tmp_path, provider)
        with pytest.raises(OutcomeUnknown):
            made.generate(shot())
        with pytest.raises(BackendFailed, match="takes no more jobs"):
            made.backend().taken(made.job(), made.stage().office)
