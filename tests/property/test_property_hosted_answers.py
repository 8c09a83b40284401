"""Whatever a provider answers, its dialect finds a meaning in it and never breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generique.backends.hosted.elevenlabs import ElevenLabs
from generique.backends.hosted.omni import Omni
from generique.backends.hosted.pika import Pika
from generique.backends.hosted.provider import Accepted, Answer, Provider, Standing
from generique.backends.hosted.runway_sound import RunwaySound
from generique.backends.hosted.veo import Veo
from generique.production.job_ports import Failure

DIALECTS = [Pika, Veo, Omni, ElevenLabs]
KEYS = st.sampled_from(
    [
        "code",
        "content",
        "data",
        "detail",
        "details",
        "done",
        "dubbing_id",
        "error",
        "error_type",
        "errors",
        "id",
        "message",
        "name",
        "reason",
        "raiMediaFilteredCount",
        "raiMediaFilteredReasons",
        "request_id",
        "response",
        "response_url",
        "status",
        "steps",
        "target_languages",
        "text",
        "type",
        "uri",
        "url",
        "video",
        "videos",
        "bytesBase64Encoded",
    ]
)
WORDS = st.sampled_from(
    [
        "COMPLETED",
        "IN_QUEUE",
        "completed",
        "content_policy_violation",
        "dubbed",
        "failed",
        "https://x/fal-ai/pika/requests/a",
        "http://[",
        "model_output",
        "projects/p/locations/l/publishers/google/models/m/operations/o",
        "video",
        "../..",
        "",
        "é",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers(-5, 600) | st.floats(allow_nan=False) | WORDS
TREES: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=14,
)
DOCUMENTS = st.dictionaries(KEYS, TREES, max_size=6)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["content-type", "retry-after", "date", "x-fal-error-type", "x-fal-retryable", "request-id"]
    ),
    st.sampled_from(["application/json", "audio/mpeg", "7", "false", "soon", "", "a/b"]),
    max_size=4,
)


def answered(status: int, headers: dict[str, str], document: Any) -> Answer:
    return Answer(status, headers, json.dumps(document).encode())


@pytest.mark.parametrize("dialect", DIALECTS)
@given(headers=HEADERS, document=DOCUMENTS)
def test_an_answer_of_success_means_something(
    dialect: type[Provider], headers: dict[str, str], document: dict[str, Any]
) -> None:
    answer = answered(200, headers, document)
    taken, standing = dialect().accepted(answer), dialect().read(answer)
    assert isinstance(taken, Accepted | Failure)
    if isinstance(taken, Accepted):
        assert taken.number
        assert ".." not in taken.number
    else:
        assert taken.kind == "missing", "an order that may have been taken is never sent again"
    assert isinstance(standing, Standing)
    assert (standing.state == "failed") == (standing.failure is not None)
    results = (standing.result, standing.data)
    assert (standing.state == "finished") == any(
        standing.state == "finished" and r for r in results
    )


@pytest.mark.parametrize("dialect", [*DIALECTS, RunwaySound])
@given(status=st.integers(300, 599), headers=HEADERS, document=DOCUMENTS)
def test_an_answer_of_failure_has_a_name_and_words(
    dialect: type[Provider], status: int, headers: dict[str, str], document: dict[str, Any]
) -> None:
    failure = dialect().refused(answered(status, headers, document))
    assert failure.words
    assert len(failure.words) <= 400


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"null", b"<html>", b'"x"', b"1"])
def test_what_is_no_document_means_something_too(dialect: type[Provider], data: bytes) -> None:
    answer = Answer(200, {"content-type": "application/json"}, data)
    taken = dialect().accepted(answer)
    assert isinstance(taken, Failure)
    assert taken.kind == "missing"
    assert dialect().read(answer).state in {"failed", "running", "waiting"}
    assert dialect().refused(Answer(500, {}, data)).words
