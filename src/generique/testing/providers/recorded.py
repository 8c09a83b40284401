"""A recorded exchange with a provider, played again without a network.

A recording is a JSON document ``{"exchanges": [{"asked", "answered"}]}``. ``asked`` has ``method``,
``path`` and, for an order, ``fields``; ``answered`` has ``status``, ``media_type`` and either a
``document`` or the name of a ``file`` beside the recording.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generique.backends.hosted.provider import Answer, Call
from generique.backends.hosted.transport import Flow
from generique.model.errors import UsageError


class RecordedTransport:
    """Implements :class:`generique.backends.hosted.transport.Transport` from a recording.

    Each exchange answers once, in the order of the recording.

    Args:
        recording: The JSON document.
        root: Path before that of calls, for example ``/v1``.

    Attributes:
        log: Method and path of every call.
    """

    def __init__(self, recording: Path, root: str = "") -> None:
        self._folder = recording.parent
        self._left = list(json.loads(recording.read_text(encoding="utf-8"))["exchanges"])
        self._root = root
        self.log: list[str] = []

    def send(self, call: Call) -> Answer:
        """The recorded answer to a call.

        Raises:
            UsageError: Nothing of the kind was recorded, or an order has other fields.
        """
        fields = dict(call.form or {}) or call.body
        answered = self._next(call.method, call.path, fields)
        headers = {"content-type": str(answered["media_type"])}
        return Answer(int(answered["status"]), headers, self._body(answered))

    @contextmanager
    def fetch(self, url: str, start: int, tag: str | None, *, keyed: bool) -> Iterator[Flow]:
        """The recorded result."""
        del tag, keyed
        answered = self._next("GET", url, None)
        data = self._body(answered)
        yield Flow(int(answered["status"]), start, len(data), None, iter([data[start:]]))

    def close(self) -> None:
        """Nothing is held."""

    def _next(self, method: str, path: str, fields: Any) -> Mapping[str, Any]:
        self.log.append(f"{method} {path}")
        for place, exchange in enumerate(self._left):
            asked = exchange["asked"]
            if (asked["method"], asked["path"]) != (method, self._root + path):
                continue
            if asked.get("fields") != fields:
                raise UsageError(
                    f"an order to {path} has other fields than the recorded one",
                    why=f"{fields} against {asked.get('fields')}",
                )
            del self._left[place]
            found: Mapping[str, Any] = exchange["answered"]
            return found
        raise UsageError(f"no {method} {path} was recorded, or not as often")

    def _body(self, answered: Mapping[str, Any]) -> bytes:
        if "file" in answered:
            return (self._folder / str(answered["file"])).read_bytes()
        return json.dumps(answered["document"]).encode()
