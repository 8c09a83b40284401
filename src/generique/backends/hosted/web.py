"""The transport over ``httpx``, which comes with the extra ``generique[hosted]``."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import SplitResult, urlsplit

import httpx

from generique.backends.hosted.provider import Answer, Call
from generique.backends.hosted.transport import Flow, Lost, NotSent
from generique.model.errors import BackendFailed, NotConfigured

CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
MOST_BYTES = 64_000_000
"""The most that an answer may hold that is read whole."""
CHUNK = 1 << 20
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.LocalProtocolError,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


class WebTransport:
    """Implements :class:`generique.backends.hosted.transport.Transport`.

    Nothing is redirected, retried or read from the environment.

    Args:
        base: Address that calls are relative to.
        access: Makes the headers that let us in, anew for each call: some serve for minutes only.
            They are sent to the base's host alone.
        hosts: Host names that results may be fetched from, besides the base's.
        proxy: Of this network, None for none; never used for this machine.

    Raises:
        NotConfigured: The base is neither https nor on this machine, or a key is no text that a
            header can hold.
    """

    def __init__(
        self,
        base: str,
        access: Callable[[], Mapping[str, str]],
        hosts: Sequence[str],
        proxy: str | None = None,
    ) -> None:
        self._base = base.rstrip("/")
        self._access = access
        self._hosts = tuple(hosts)
        if not _private(self._base):
            raise NotConfigured(
                "a provider's address is not safe to ask",
                where=urlsplit(self._base).hostname,
                why="keys are sent over https only, or to this machine",
                next_step="set an https address, or one on 127.0.0.1",
            )
        if not all(_sendable(value) for value in access().values()):
            raise NotConfigured(
                "a key cannot be sent as it is",
                where=urlsplit(self._base).hostname,
                why="it is empty, or holds a space at an end or a mark that no key holds",
                next_step="set it again, without line breaks",
            )
        self._client = httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32),
            follow_redirects=False,
            trust_env=False,
            proxy=None if _loopback(urlsplit(self._base).hostname or "") else proxy,
        )

    def send(self, call: Call) -> Answer:
        """Send a call once."""
        url = call.path if "://" in call.path else self._base + call.path
        headers = {**call.headers, **(self._access() if self._ours(url) else {})}
        if not self._ours(url):
            self._allow(url)
        fields = [(name, (None, text.encode(), None)) for name, text in (call.form or {}).items()]
        files = [(name, (file, data, kind)) for name, file, data, kind in call.parts]
        try:
            with self._client.stream(
                call.method,
                url,
                params=dict(call.query) or None,
                headers=headers,
                json=call.body,
                files=[*fields, *files] or None,
            ) as answer:
                return Answer(answer.status_code, _lower(answer), _whole(answer))
        except _NOT_SENT as error:
            raise NotSent(str(error) or "no connection") from error
        except httpx.HTTPError as error:
            raise Lost(str(error) or type(error).__name__) from error

    @contextmanager
    def fetch(self, url: str, start: int, tag: str | None, *, keyed: bool) -> Iterator[Flow]:
        """Fetch a result from a byte on, as one version of it."""
        url = url if "://" in url else self._base + url
        if not self._ours(url):
            self._allow(url)
        headers = dict(self._access()) if keyed and self._ours(url) else {}
        headers["accept-encoding"] = "identity"
        if start and tag:
            headers |= {"range": f"bytes={start}-", "if-range": tag}
        try:
            with self._client.stream("GET", url, headers=headers) as answer:
                begun = start if answer.status_code == httpx.codes.PARTIAL_CONTENT else 0
                size = answer.headers.get("content-length")
                length = begun + int(size) if size and size.isdigit() else None
                tag = answer.headers.get("etag")
                yield Flow(answer.status_code, begun, length, tag, answer.iter_raw(CHUNK))
        except _NOT_SENT as error:
            raise NotSent(str(error) or "no connection") from error
        except httpx.HTTPError as error:
            raise Lost(str(error) or type(error).__name__) from error

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def _ours(self, url: str) -> bool:
        """Whether an address is on the base's host, port and scheme included."""
        ours, theirs = urlsplit(self._base), _parts(url)
        return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)

    def _allow(self, url: str) -> None:
        """Let nobody send us to a place that the card does not name.

        Raises:
            BackendFailed: The host is not on the list, or the address is not https.
        """
        parts = _parts(url)
        host = parts.hostname or ""
        named = any(
            host == known or (known.startswith("*.") and host.endswith(known[1:]))
            for known in self._hosts
        )
        if named and parts.scheme == "https":
            return
        if _loopback(host) and _loopback(urlsplit(self._base).hostname or ""):
            return
        raise BackendFailed(
            "a provider names a place for its result that is not on its card",
            where=host,
            why="results are fetched from known hosts, over https",
            next_step="check it, and add the host to the card if it is the provider's",
        )


def _lower(answer: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _whole(answer: httpx.Response) -> bytes:
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > MOST_BYTES:
            raise httpx.DecodingError("the answer is too large")
    return bytes(data)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(url: str) -> SplitResult:
    """Parts of an address; none of one that is no address."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _sendable(value: str) -> bool:
    """Whether a header can hold a value as it is (RFC 9110, 5.5)."""
    return value.isascii() and value.isprintable() and value == value.strip() != ""


def _private(base: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(base)
    return parts.scheme == "https" or _loopback(parts.hostname or "")
