"""Kling: text and images to video, through both shapes of its API.

Models of the newer shape are asked for as :mod:`generique.backends.hosted.kling_contents` says.

Source of the shapes: Kling's API reference; there is no SDK. An answer is an envelope with a code
of its own, which says more than the HTTP status: an empty account and too many jobs both are 429.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from generique.backends.hosted.ask import aspect
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.kling_contents import (
    TASKS,
    inline,
    is_newer,
    order,
    result_of,
    task_of,
)
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Finds,
    Standing,
    items_of,
    kind_of,
    unnamed,
)
from generique.model.element import Raster
from generique.production.job_ports import Failure, Job

TOKEN_SECONDS = 1800
"""How long a signed token serves; as the reference asks."""
_EARLY_SECONDS = 5
_TEXT, _IMAGE = "/v1/videos/text2video", "/v1/videos/image2video"
Kind = Literal["access", "balance", "invalid", "moderated", "throttled", "capacity", "missing"]
_CODES: Mapping[int, Kind] = {
    **dict.fromkeys((1000, 1001, 1002, 1003, 1004, 1100, 1103, 1304), "access"),
    **dict.fromkeys((1101, 1102), "balance"),
    **dict.fromkeys((1200, 1201), "invalid"),
    **dict.fromkeys((1202, 1203), "missing"),
    **dict.fromkeys((1300, 1301), "moderated"),
    **dict.fromkeys((1302, 1303), "throttled"),
    **dict.fromkeys((5000, 5001, 5002), "capacity"),
}
_REFUSAL = ("risk control", "policy", "sensitive")
"""Words of a failed task that moderation refused: the envelope has no code for it."""


class Kling(Finds):
    """Kling's dialect.

    Args:
        now: Seconds since 1970, for tokens that serve half an hour.
    """

    name = "kling"

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Bearer key, or a token signed with the pair of access and secret key (RFC 7519)."""
        key = keys.get("KLING_API_KEY")
        if key is None:
            moment = int(self._now())
            key = signed_token(keys["KLING_ACCESS_KEY"], keys["KLING_SECRET_KEY"], moment)
        return {"authorization": f"Bearer {key}"}

    def create(self, ask: Ask) -> Call:
        """``text2video``, or ``image2video`` with the first frame and perhaps the last.

        Raises:
            NotCapable: An image is too large; in the newer shape, an end without a beginning.
        """
        if is_newer(ask.model):
            return order(ask)
        body: dict[str, Any] = {
            "model_name": ask.entry.version,
            "prompt": ask.request.prompt,
            "duration": str(ask.seconds),
            "mode": _mode(ask.raster),
            "sound": "off",
        }
        unwanted = ask.request.options.get("negative_prompt")
        if unwanted:
            body["negative_prompt"] = unwanted
        if not _from_image(ask.model):
            body["aspect_ratio"] = aspect(ask.raster)
            return Call("POST", _TEXT, body=body)
        for role, field in (("first-frame", "image"), ("last-frame", "image_tail")):
            for path, _ in ask.of_role(role)[:1]:
                body[field] = inline(path)
        return Call("POST", _IMAGE, body=body)

    def labelled(self, call: Call, label: str) -> Call:
        """Our name of the job; whether a second order of the same name is refused is not known."""
        named: dict[str, Any] = {"external_task_id": label}
        if "options" in call.body:
            named = {"options": {**call.body["options"], **named}}
        return replace(call, body={**call.body, **named})

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """Number of the task; the envelope can hold a refusal."""
        document = answer.document()
        code = document.get("code")
        if isinstance(code, int) and code != 0:
            failure = self.refused(answer)
            if failure.kind == "capacity":  # it may have been taken: never sent again
                return failure.model_copy(update={"kind": "failed", "charged": True})
            return failure
        task = task_of(document)
        number = task.get("task_id") or task.get("id")
        if not isinstance(number, str) or not number:
            return unnamed("task")
        return Accepted(number)

    def look(self, job: Job) -> Call:
        """The task, where tasks of its sort are asked for."""
        if is_newer(job.model):
            return Call("GET", TASKS, query={"task_ids": job.number or ""})
        return Call("GET", f"{_place(job)}/{job.number}")

    def find(self, job: Job, label: str) -> Call:
        """A task by ``external_task_id``, which serves in place of its number."""
        if is_newer(job.model):
            return Call("GET", TASKS, query={"external_task_ids": label})
        return Call("GET", f"{_place(job)}/{label}")

    def read(self, answer: Answer) -> Standing:
        """State of a task: submitted, processing, succeed (newer: succeeded) or failed."""
        document = answer.document()
        if document.get("code") != 0:
            return _unread(self.refused(answer))
        task = task_of(document)
        status = task.get("task_status") or task.get("status")
        if status == "failed":
            words = task.get("task_status_msg") or task.get("message")
            return Standing("failed", failure=_failure(str(words or "")))
        if status in {"succeed", "succeeded"}:
            url = _video_of(task) or result_of(task)
            if url:
                return Standing("finished", share=1.0, result=url)
            return Standing("failed", failure=Failure(kind="failed", words="no video came out"))
        return Standing("running" if status == "processing" else "waiting")

    def refused(self, answer: Answer) -> Failure:
        """A failure by the envelope's code, by the HTTP status where there is none."""
        document = answer.document()
        code = document.get("code")
        known = _CODES.get(code) if isinstance(code, int) else None
        return Failure(
            kind=known or kind_of(answer.status),
            code=str(code or ""),
            words=str(document.get("message") or f"HTTP {answer.status}")[:300],
            wait=answer.wait,
        )


def signed_token(access_key: str, secret_key: str, moment: int) -> str:
    """A JSON web token that serves half an hour, signed by HMAC with SHA-256 (RFC 7515, 7519).

    Args:
        access_key: Names who asks.
        secret_key: Signs, and is not part of the token.
        moment: Seconds since 1970.
    """
    head = {"alg": "HS256", "typ": "JWT"}
    claims = {"iss": access_key, "exp": moment + TOKEN_SECONDS, "nbf": moment - _EARLY_SECONDS}
    text = ".".join(_base64url(json.dumps(each).encode()) for each in (head, claims))
    seal = hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{_base64url(seal)}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _from_image(model: str) -> bool:
    """Whether a model of the card is asked for with images, elsewhere than one of text."""
    return model.endswith("-image")


def _place(job: Job) -> str:
    return _IMAGE if _from_image(job.model) else _TEXT


def _mode(raster: Raster | None) -> str:
    """Quality by the short side: 720 lines are ``std``, 1080 ``pro``, more ``4k``."""
    lines = min(raster.width, raster.height) if raster else 1080
    if lines <= 720:
        return "std"
    return "pro" if lines <= 1080 else "4k"


def _video_of(task: Mapping[str, Any]) -> str | None:
    result = task.get("task_result")
    found = items_of(result.get("videos") if isinstance(result, dict) else None)
    return next((str(each["url"]) for each in found if each.get("url")), None)


def _unread(failure: Failure) -> Standing:
    """What a look says that the envelope refuses: later again, unless the job itself is refused."""
    if failure.kind in {"moderated", "missing"}:
        return Standing("failed", failure=failure)
    return Standing("waiting")


def _failure(words: str) -> Failure:
    refused = any(part in words.lower() for part in _REFUSAL)
    return Failure(kind="moderated" if refused else "failed", words=words[:300])


class KlingBackend(HostedBackend):
    """``kling`` and ``kling:MODEL``."""

    dialect = Kling
