"""The transport sends keys nowhere but to the provider, and results come from known hosts only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generique.backends.hosted.provider import Call
from generique.backends.hosted.transport import NotSent
from generique.backends.hosted.web import WebTransport
from generique.model.errors import BackendFailed, NotConfigured

HOSTS = ("*.fal.media", "fal.media")


@pytest.fixture
def transport() -> Iterator[WebTransport]:
    made = WebTransport("https://queue.example", lambda: {"authorization": "Key k"}, HOSTS)
    yield made
    made.close()


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/a.mp4",
        "https://fal.media.elsewhere.example/a.mp4",
        "https://notfal.media/a.mp4",
        "http://fal.media/a.mp4",
        "https://fal.media@elsewhere.example/a.mp4",
        "http://127.0.0.1/a.mp4",
        "file:///etc/passwd://",
        "http://[",
        "://",
    ],
)
def test_a_result_of_another_place_is_not_fetched(transport: WebTransport, url: str) -> None:
    flow = transport.fetch(url, 0, None, keyed=True)
    with pytest.raises(BackendFailed, match="not on its card"):
        flow.__enter__()
    with pytest.raises(BackendFailed, match="not on its card"):
        transport.send(Call("GET", url))


@pytest.mark.parametrize("key", ["", " ", "key\n", " key", "k\r\nhost: x", "clé", "k\x00"])
def test_a_key_that_no_header_can_hold_is_said(key: str) -> None:
    with pytest.raises(NotConfigured, match="cannot be sent"):
        WebTransport("https://queue.example", lambda: {"authorization": key}, HOSTS)


def test_a_call_that_cannot_be_put_into_words_was_not_sent() -> None:
    transport = WebTransport("http://127.0.0.1:9", lambda: {"authorization": "Key k"}, HOSTS)
    with pytest.raises(NotSent):
        transport.send(Call("GET", "/a", headers={"x": "a\nb"}))
    transport.close()
