"""Runway: text, image and video to video, and more, through its developer API.

Source of the shapes: the types of the SDK ``runwayml`` 5.24.0 and the API reference; the tests
validate our bodies with those types. The SDK is not used: it repeats a paid order by default, and
its waiter does not stop on a cancelled task.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Cancels,
    Standing,
    unnamed,
)
from generique.backends.hosted.runway_film import MULTI_SHOT, enlarged, several_shots
from generique.model.errors import NotCapable
from generique.production.job_ports import Failure, Job, Money

API_VERSION = "2024-11-06"
SEEDS = 1 << 32
_INLINE = 5_000_000
"""Most bytes of a file that is sent inside the order, as its data URI counts; the SDK says it."""


class Runway(Cancels):
    """Runway's dialect."""

    name = "runway"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Bearer key and the version of the API."""
        return {
            "authorization": f"Bearer {keys['RUNWAYML_API_SECRET']}",
            "x-runway-version": API_VERSION,
        }

    def create(self, ask: Ask) -> Call:
        """``text_to_video``, ``image_to_video`` or ``video_to_video``, as the references say.

        Two models are asked elsewhere: see :mod:`generique.backends.hosted.runway_film`.
        """
        if ask.entry.enlarges:
            return enlarged(ask)
        if ask.model == MULTI_SHOT:
            return several_shots(ask)
        body: dict[str, Any] = {"model": ask.model, "promptText": ask.request.prompt}
        if ask.entry.seed:
            body["seed"] = ask.request.seed % SEEDS
        threshold = ask.request.options.get("public_figures")
        if threshold:
            body["contentModeration"] = {"publicFigureThreshold": threshold}
        if ask.entry.follows:
            for each in ask.of_role("video")[:1]:
                body["videoUri"] = _inline(*each)
            return Call("POST", "/v1/video_to_video", body=body)
        if ask.raster is not None:
            body["ratio"] = f"{ask.raster.width}:{ask.raster.height}"
        body["duration"] = int(ask.seconds)
        image = _prompt_image(ask)
        if image is None:
            return Call("POST", "/v1/text_to_video", body=body)
        return Call("POST", "/v1/image_to_video", body=body | {"promptImage": image})

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """Number and estimated cost in credits, a cent each."""
        document = answer.document()
        number = document.get("id")
        if not isinstance(number, str) or not number:
            return unnamed("task")
        return Accepted(number, _credits(document.get("estimatedCost")))

    def look(self, job: Job) -> Call:
        """The task; each look mints a new address for what came out."""
        return Call("GET", f"/v1/tasks/{job.number}")

    def read(self, answer: Answer) -> Standing:
        """State of a task: PENDING, THROTTLED, RUNNING, SUCCEEDED, FAILED or CANCELLED."""
        document = answer.document()
        status, cost = document.get("status"), _credits(document.get("cost"))
        if status == "SUCCEEDED":
            output = document.get("output")
            if not isinstance(output, list) or not output or not isinstance(output[0], str):
                failure = Failure(kind="failed", words="no output")
                return Standing("failed", cost=cost, failure=failure)
            return Standing("finished", share=1.0, result=output[0], cost=cost)
        if status == "FAILED":
            return Standing("failed", cost=cost, failure=_failure(document))
        if status == "CANCELLED":
            failure = Failure(kind="cancelled", words="it was cancelled")
            return Standing("failed", cost=cost, failure=failure)
        if status == "RUNNING":
            share = document.get("progress")
            return Standing("running", share=share if isinstance(share, float) else None)
        return Standing("waiting")

    def cancel(self, job: Job) -> Call:
        """Stops a task that waits; one that runs is charged."""
        return Call("DELETE", f"/v1/tasks/{job.number}")


def _prompt_image(ask: Ask) -> str | list[dict[str, str]] | None:
    """The image to begin with; with one to end with, both by their places; None without any.

    Raises:
        NotCapable: An end without a beginning; a file that is too large.
    """
    first, last = ask.of_role("first-frame"), ask.of_role("last-frame")
    if last and not first:
        raise NotCapable(
            "Runway takes a last frame together with a first one",
            next_step="give a first frame as well",
        )
    if not last:
        return _inline(*first[0]) if first else None
    return [
        {"uri": _inline(*first[0]), "position": "first"},
        {"uri": _inline(*last[0]), "position": "last"},
    ]


def _failure(document: Mapping[str, Any]) -> Failure:
    """A failed task; its code is matched on its first two parts, as the reference asks."""
    code = str(document.get("failureCode") or "")
    words = str(document.get("failure") or code)[:300]
    head = code.split(".")[:2]
    if "SAFETY" in head:
        cost = _credits(document.get("cost"))
        charged = cost is None or float(cost.amount) > 0
        return Failure(kind="moderated", code=code, words=words, charged=charged)
    if head[:1] == ["ASSET"]:
        return Failure(kind="invalid", code=code, words=words)
    return Failure(kind="failed", code=code, words=words)


def _credits(found: object) -> Money | None:
    """Credits as money: one is a cent."""
    if isinstance(found, dict):
        found = found.get("credits")
    if not isinstance(found, int | float) or not 0 <= found < math.inf:
        return None
    return Money(amount=f"{found / 100:.2f}", currency="USD")


def _inline(path: Path, media_type: str) -> str:
    """A file as a data URI.

    Raises:
        NotCapable: It is too large for one.
    """
    data = base64.b64encode(path.read_bytes()).decode()
    uri = f"data:{media_type};base64,{data}"
    if len(uri) > _INLINE:
        raise NotCapable(
            f"the reference is too large: {len(uri)} bytes as text, Runway takes {_INLINE}",
            next_step="give a smaller file",
        )
    return uri


class RunwayBackend(HostedBackend):
    """``runway`` and ``runway:MODEL``."""

    dialect = Runway
