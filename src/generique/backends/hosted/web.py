"""The transport over ``httpx``, which comes with the extra ``generique[hosted]``."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from urllib.parse import SplitResult, quote, urlsplit

import httpx

from generique.backends.hosted.provider import BUCKET_NAME, Answer, Call
from generique.backends.hosted.transport import Flow, Lost, NotSent, TooLarge, is_loopback
from generique.model.errors import BackendFailed, NotConfigured

CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
_OBJECT = re.compile(rf"gs://({BUCKET_NAME})/(.+)")
_PATIENCE = {"timeout": httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS).as_dict()}
PLAIN_HTTP, LOCAL_NETWORK = "GENERIQUE_PLAIN_HTTP", "local-network"
"""Setting that allows http to numbers of the local network, where no key is sent."""
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.LocalProtocolError,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


class WebTransport:
    """Implements :class:`generique.backends.hosted.transport.Transport`.

    Nothing is redirected, retried or read from the environment: requests go to the transport of
    ``httpx`` itself, below its client, which spares a quarter of the work.

    Args:
        base: Address that calls are relative to.
        access: Makes the headers that let us in, anew for each call: some serve for minutes only.
            They are sent to the base's host and to ``buckets`` alone.
        hosts: Host names that results may be fetched from, besides the base's.
        proxy: Of this network, for https, None for none; never used for this machine.
        plain: True to ask an address of the local network without https. Only where no key is sent.
        buckets: Address of the provider's object storage; None where it has none.

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
        *,
        plain: bool = False,
        buckets: str | None = None,
    ) -> None:
        self._base = base.rstrip("/")
        self._buckets = buckets.rstrip("/") if buckets else None
        if self._buckets and not _private(self._buckets):
            raise _unsafe(self._buckets, keyed=True)
        self._access = access
        self._hosts = tuple(hosts)
        keyed = bool(access())
        if not (_private(self._base) or (plain and not keyed and _near(self._base))):
            raise _unsafe(self._base, keyed=keyed)
        if not all(_sendable(value) for value in access().values()):
            raise NotConfigured(
                "a key cannot be sent as it is",
                where=urlsplit(self._base).hostname,
                why="it is empty, or holds a space at an end or a mark that no key holds",
                next_step="set it again, without line breaks",
            )
        secure = urlsplit(self._base).scheme == "https"
        self._link = httpx.HTTPTransport(
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32),
            trust_env=False,
            proxy=proxy if secure and not is_loopback(self._base) else None,
        )

    def send(self, call: Call) -> Answer:
        """Send a call once."""
        url = call.path if "://" in call.path else self._base + call.path
        headers = {**call.headers, **(self._access() if self._ours(url) else {})}
        if not self._ours(url):
            self._allow(url)
        fields = [(name, (None, text.encode(), None)) for name, text in (call.form or {}).items()]
        files = [(name, (file, data, kind)) for name, file, data, kind in call.parts]
        request = httpx.Request(
            call.method,
            url,
            params=dict(call.query) or None,
            headers=headers,
            json=call.body,
            files=[*fields, *files] or None,
            extensions=_PATIENCE,
        )
        try:
            with closing(self._link.handle_request(request)) as answer:
                return Answer(answer.status_code, _lower(answer), _whole(answer, call.most_bytes))
        except _NOT_SENT as error:
            raise NotSent(str(error) or "no connection") from error
        except httpx.HTTPError as error:
            raise Lost(str(error) or type(error).__name__) from error

    @contextmanager
    def fetch(self, url: str, start: int, tag: str | None, *, keyed: bool) -> Iterator[Flow]:
        """Fetch a result from a byte on, as one version of it."""
        stored = self._stored(url)
        url = stored or (url if "://" in url else self._base + url)
        if not stored and not self._ours(url):
            self._allow(url)
        headers = dict(self._access()) if keyed and (stored or self._ours(url)) else {}
        headers["accept-encoding"] = "identity"
        if start and tag:
            headers |= {"range": f"bytes={start}-", "if-range": tag}
        request = httpx.Request("GET", url, headers=headers, extensions=_PATIENCE)
        try:
            with closing(self._link.handle_request(request)) as answer:
                begun = start if answer.status_code == httpx.codes.PARTIAL_CONTENT else 0
                size = answer.headers.get("content-length")
                length = begun + int(size) if size and size.isdigit() else None
                tag = answer.headers.get("etag")
                yield Flow(answer.status_code, begun, length, tag, answer.iter_raw())
        except _NOT_SENT as error:
            raise NotSent(str(error) or "no connection") from error
        except httpx.HTTPError as error:
            raise Lost(str(error) or type(error).__name__) from error

    def close(self) -> None:
        """Let go of connections."""
        self._link.close()

    def _stored(self, url: str) -> str | None:
        """Where an object of a bucket is served; None for an address that is none of a bucket."""
        found = _OBJECT.fullmatch(url)
        if found is None or self._buckets is None:
            return None
        return f"{self._buckets}/storage/v1/b/{found[1]}/o/{quote(found[2], safe='')}?alt=media"

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
        if is_loopback(url) and is_loopback(self._base):
            return
        raise BackendFailed(
            "a provider names a place for its result that is not on its card",
            where=host,
            why="results are fetched from known hosts, over https",
            next_step="check it, and add the host to the card if it is the provider's",
        )


def _lower(answer: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _whole(answer: httpx.Response, most: int) -> bytes:
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > most:
            raise TooLarge(f"the answer is too large: more than {most} bytes")
    return bytes(data)


_LOCAL_NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""Addresses that are not routed to the outside (RFC 1918, RFC 4193)."""


def _near(base: str) -> bool:
    """Whether an address is a number of the local network; a name could lead anywhere."""
    try:
        address = ipaddress.ip_address(urlsplit(base).hostname or "")
    except ValueError:
        return False
    return any(address in network for network in _LOCAL_NETWORKS)


def _unsafe(base: str, *, keyed: bool) -> NotConfigured:
    if not keyed and _near(base):
        return NotConfigured(
            "an address of the local network is not asked in the clear unless that is wanted",
            where=urlsplit(base).hostname,
            why="everybody on that network could read what is asked and what comes back",
            next_step=f"set an https address, or {PLAIN_HTTP}={LOCAL_NETWORK} to allow it",
        )
    return NotConfigured(
        "a provider's address is not safe to ask",
        where=urlsplit(base).hostname,
        why="keys are sent over https only, or to this machine",
        next_step="set an https address, or one on 127.0.0.1",
    )


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
    return urlsplit(base).scheme == "https" or is_loopback(base)
