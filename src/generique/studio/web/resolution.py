"""The C2PA Soft Binding Resolution API 2.4 as a small read-only service.

Routes: ``GET`` and ``POST /matches/byBinding``, ``POST /matches/byContent``,
``GET /manifests/{id}``, ``GET /services/supportedAlgorithms``. ``/matches/byReference`` is refused
with 501: this service fetches nothing. It answers from the archive of this machine and writes
nothing to it. It listens on the loopback address unless told otherwise.
"""

from __future__ import annotations

import base64
import binascii
import json
import tempfile
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from generique.model.errors import GeneriqueError, UnreadableInput
from generique.production.resolve import FINGERPRINTS, WATERMARKS, Match, Resolver

LONGEST_QUERY = 64 * 1024
LARGEST_CONTENT = 2 * 1024**3
DEFAULT_RESULTS = 10
MOST_RESULTS = 100
_CHUNK = 1 << 20
_SECONDS = 30.0


class Refused(Exception):
    """A request that is answered with a status other than 200."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def serve(resolver: Resolver, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound and not yet running.

    Args:
        resolver: Answers.
        host: Address to listen on.
        port: 0 takes a free one.
    """
    handler = type("ResolutionHandler", (_Handler,), {"resolver": resolver})
    return ThreadingHTTPServer((host, port), handler)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    resolver: ClassVar[Resolver]
    server_version = "Generique"
    sys_version = ""
    timeout = _SECONDS

    def do_GET(self) -> None:
        """Answer a query without a body."""
        self._answer(
            {
                "/matches/byBinding": self._by_binding,
                "/services/supportedAlgorithms": self._algorithms,
            }
        )

    def do_POST(self) -> None:
        """Answer a query with a body."""
        self._answer(
            {
                "/matches/byBinding": self._by_large_binding,
                "/matches/byContent": self._by_content,
                "/matches/byReference": self._by_reference,
            }
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """Say nothing: queries may hold what somebody does not want to see in a log."""

    def _answer(self, routes: dict[str, Callable[[dict[str, str]], None]]) -> None:
        """Find the route and turn every failure into a status and a sentence."""
        try:
            self._route(routes)
        except Refused as refusal:
            self._send(refusal.status, {"error": refusal.why})
        except UnreadableInput as error:
            self._send(HTTPStatus.BAD_REQUEST, {"error": error.what})
        except GeneriqueError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": error.what})

    def _route(self, routes: dict[str, Callable[[dict[str, str]], None]]) -> None:
        """Call what a path names."""
        if len(self.path) > LONGEST_QUERY:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "use POST for long values")
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        route = routes.get(parts.path)
        if route is not None:
            route(query)
        elif self.command == "GET" and parts.path.startswith("/manifests/"):
            self._manifest(unquote(parts.path.removeprefix("/manifests/")), query)
        else:
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such route")

    def _by_binding(self, query: dict[str, str]) -> None:
        self._send_matches(
            self.resolver.by_binding(
                _named(query, "alg"), _decoded(_named(query, "value").replace(" ", "+"))
            ),
            query,
        )

    def _by_large_binding(self, query: dict[str, str]) -> None:
        try:
            document = json.loads(self._body(LONGEST_QUERY))
        except (ValueError, RecursionError) as error:
            raise Refused(HTTPStatus.BAD_REQUEST, "the body is no JSON document") from error
        if not isinstance(document, dict):
            raise Refused(HTTPStatus.BAD_REQUEST, "the body is no JSON object")
        fields = {str(name): value for name, value in document.items() if isinstance(value, str)}
        self._send_matches(
            self.resolver.by_binding(_named(fields, "alg"), _decoded(_named(fields, "value"))),
            query,
        )

    def _by_content(self, query: dict[str, str]) -> None:
        algorithm = query.get("alg")
        if algorithm is not None and algorithm not in (*WATERMARKS, *FINGERPRINTS):
            raise Refused(HTTPStatus.BAD_REQUEST, f"the algorithm {algorithm[:80]!r} is not known")
        length = self._length(LARGEST_CONTENT)
        with tempfile.NamedTemporaryFile(prefix="generique-", suffix=".query") as file:
            while length > 0:
                data = self.rfile.read(min(length, _CHUNK))
                if not data:
                    raise Refused(HTTPStatus.BAD_REQUEST, "the body is shorter than announced")
                file.write(data)
                length -= len(data)
            file.flush()
            try:
                found = self.resolver.by_content(Path(file.name))
            except UnreadableInput as error:
                raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, error.what) from error
        self._send_matches(found, query)

    def _by_reference(self, _query: dict[str, str]) -> None:
        raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this service fetches nothing; send the content")

    def _manifest(self, label: str, query: dict[str, str]) -> None:
        if query.get("returnActiveManifest", "false").lower() == "true":
            raise Refused(HTTPStatus.NOT_IMPLEMENTED, "only whole manifest stores are given")
        if not label or len(label) > 256:
            raise Refused(HTTPStatus.BAD_REQUEST, "that is no identifier of a manifest")
        store = self.resolver.manifest_store(label)
        if store is None:
            raise Refused(HTTPStatus.NOT_FOUND, "this manifest is not here")
        self._send(HTTPStatus.OK, store)

    def _algorithms(self, _query: dict[str, str]) -> None:
        self._send(
            HTTPStatus.OK,
            {
                "watermarks": [{"alg": name} for name in WATERMARKS],
                "fingerprints": [{"alg": name} for name in FINGERPRINTS],
            },
        )

    def _send_matches(self, matches: tuple[Match, ...], query: dict[str, str]) -> None:
        most = query.get("maxResults", str(DEFAULT_RESULTS))
        if not most.isascii() or not most.isdigit() or not 1 <= int(most[:6]) <= MOST_RESULTS:
            raise Refused(HTTPStatus.BAD_REQUEST, f"maxResults is 1 to {MOST_RESULTS}")
        listed = [
            {"manifestId": match.manifest, "similarityScore": match.score}
            for match in matches[: int(most)]
        ]
        self._send(HTTPStatus.OK, {"matches": listed})

    def _body(self, most: int) -> bytes:
        return self.rfile.read(self._length(most))

    def _length(self, most: int) -> int:
        """Announced length of the body."""
        announced = self.headers.get("Content-Length", "")
        if not announced.isascii() or not announced.isdigit():
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "Content-Length is needed")
        if len(announced) > 12 or int(announced) > most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {most} bytes")
        return int(announced)

    def _send(self, status: HTTPStatus, body: dict[str, Any] | bytes) -> None:
        """Send a JSON document, or a manifest store."""
        is_store = isinstance(body, bytes)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        if status is not HTTPStatus.OK:
            self.close_connection = True  # a body may be left unread
        self.send_response(status)
        self.send_header("Content-Type", "application/c2pa" if is_store else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)


def _named(fields: dict[str, str], name: str) -> str:
    if not fields.get(name):
        raise Refused(HTTPStatus.BAD_REQUEST, f"{name} is missing")
    return fields[name]


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "value is not base64") from error
