"""Whatever a provider answers, a dialect says what it means and never breaks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.backends.hosted.kling import Kling
from generique.backends.hosted.luma import Luma
from generique.backends.hosted.provider import Accepted, Answer, Lists, Provider, Standing
from generique.backends.hosted.runway import Runway
from generique.backends.hosted.sora import Sora
from generique.production.job_ports import Failure

NAMES = [
    *("id", "code", "message", "error", "output", "url", "type", "videos", "credits", "prompt"),
    *("task_id", "task_status_msg", "failure", "failureCode", "failure_code", "failure_reason"),
]
ENDS = ["completed", "succeed", "SUCCEEDED", "failed", "FAILED", "CANCELLED"]
WORDS = [*ENDS, "RUNNING", "processing", "in_progress", "queued", "video"]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=16,
)
ENDED = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NAMES, VALUES),
        "status": st.sampled_from(WORDS),
        "state": st.sampled_from(WORDS),
        "code": st.just(0),
        "output": st.lists(VALUES | st.fixed_dictionaries({"type": st.just("video")}), max_size=2),
        "progress": VALUES,
        "cost": VALUES,
        "estimatedCost": VALUES,
        "data": VALUES
        | st.fixed_dictionaries(
            {"task_status": st.sampled_from(WORDS)},
            optional={
                "task_id": VALUES,
                "task_status_msg": VALUES,
                "task_result": VALUES | st.fixed_dictionaries({"videos": VALUES}),
            },
        ),
    },
)
BODIES = st.one_of(
    ENDED.map(lambda document: json.dumps(document).encode()),
    VALUES.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=40),
)
STATUSES = st.sampled_from([400, 401, 402, 403, 404, 409, 410, 422, 429, 500, 503])


@pytest.mark.parametrize("provider", [Sora(), Luma(), Kling(), Runway()], ids=lambda p: p.name)
@given(body=BODIES, status=STATUSES, wait=st.text(max_size=12))
def test_any_answer_is_read(provider: Provider, body: bytes, status: int, wait: str) -> None:
    good = Answer(200, {}, body)
    assert isinstance(provider.accepted(good), Accepted | Failure)
    standing = provider.read(good)
    assert isinstance(standing, Standing)
    assert (standing.state == "failed") == (standing.failure is not None)
    assert (standing.state == "finished") <= bool(standing.result)
    assert isinstance(provider.refused(Answer(status, {"retry-after": wait}, body)), Failure)
    if isinstance(provider, Lists):
        assert isinstance(provider.listed(good), tuple)
