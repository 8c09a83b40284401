"""Pika through fal's queue: text, images or key frames to video.

Source of the shapes: fal's own types of these endpoints (``fal-ai/fal-js``, August 2026), its
pages on the queue, on model errors and on request errors, and the client ``fal-client`` 1.0.3.
That client is not used: it sends a paid order up to ten times, and then to another domain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from generique.backends.hosted.ask import aspect
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.enclosure import data_uri, hold_shape
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    AsksTwice,
    Call,
    Cancels,
    Standing,
    kind_of,
    unnamed,
    words_of,
)
from generique.production.job_ports import Failure, Job

OWNER = "fal-ai/pika"
SEEDS = 1 << 31
KEPT_SECONDS = 604_800
"""How long fal is asked to keep a result: the seven days of the card."""
MOST_INLINE = 10_000_000
"""Most characters of a picture inside an order. Ours: fal states no limit."""
_PLACE = re.compile(r"[\w.-]+(/[\w.-]+)*/requests/[\w-]+")
_MODERATED = "content_policy_violation"
_MAY_CHARGE = "fal may charge for it"


class Pika(AsksTwice, Cancels):
    """The dialect of fal's queue, for Pika's endpoints."""

    name = "pika"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The key, as fal wants it."""
        return {"authorization": f"Key {keys['FAL_KEY']}"}

    def create(self, ask: Ask) -> Call:
        """One submission to the endpoint that the model and the references name."""
        endpoint, body = self._order(ask)
        negative = ask.request.options.get("negative_prompt")
        if negative:
            body["negative_prompt"] = negative
        if ask.entry.seed:
            body["seed"] = ask.request.seed % SEEDS
        lifetime = json.dumps({"expiration_duration_seconds": KEPT_SECONDS})
        headers = {"x-fal-object-lifecycle-preference": lifetime}
        return Call("POST", f"/{OWNER}/v2.2/{endpoint}", headers=headers, body=body)

    def _order(self, ask: Ask) -> tuple[str, dict[str, Any]]:
        body: dict[str, Any] = {"prompt": ask.request.prompt, "resolution": _resolution(ask)}
        if ask.model == "pikaframes":
            frames = (*ask.of_role("first-frame"), *ask.of_role("last-frame"))
            for path, _ in frames:
                hold_shape(path, ask, "Pika")
            body["image_urls"] = [data_uri(*each, MOST_INLINE, "Pika") for each in frames]
            body["transitions"] = [{"duration": int(ask.seconds)}]
            return "pikaframes", body
        body["duration"] = int(ask.seconds)
        firsts = ask.of_role("first-frame")
        if firsts:
            hold_shape(firsts[0][0], ask, "Pika")
            body["image_url"] = data_uri(*firsts[0], MOST_INLINE, "Pika")
            return "image-to-video", body
        body["aspect_ratio"] = aspect(ask.raster)
        if ask.model == "pikascenes":
            subjects = ask.of_role("subject")
            body["image_urls"] = [data_uri(*each, MOST_INLINE, "Pika") for each in subjects]
            body["ingredients_mode"] = ask.request.options.get("ingredients", "precise")
            return "pikascenes", body
        return "text-to-video", body

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """The place of the request in the queue.

        fal names the addresses to ask by; their path is kept, and only ever asked for on the
        queue's own host.
        """
        document = answer.document()
        place = _place(document.get("response_url"))
        if place:
            return Accepted(place)
        number = str(document.get("request_id") or "")
        if not re.fullmatch(r"[\w-]+", number):
            return unnamed("request")
        return Accepted(f"{OWNER}/requests/{number}")

    def look(self, job: Job) -> Call:
        """The status of a request."""
        return Call("GET", f"/{job.number}/status")

    def read(self, answer: Answer) -> Standing:
        """IN_QUEUE, IN_PROGRESS or COMPLETED; what came out is asked for by a second call."""
        document = answer.document()
        status = document.get("status")
        if status == "IN_PROGRESS":
            return Standing("running")
        if status != "COMPLETED":
            return Standing("waiting")
        error, code = document.get("error"), str(document.get("error_type") or "")
        if not (error and code):
            return Standing("running", share=1.0, unclear=True)
        words = str(error)[:300]
        if code == _MODERATED:
            return _failed(Failure(kind="moderated", code=code, words=words))
        if code == "client_cancelled":
            return _failed(Failure(kind="cancelled", code=code, words=words))
        return _failed(Failure(kind="failed", code=code, words=words))

    def look_again(self, job: Job) -> Call:
        """What came out of a request; it lies where the request was taken."""
        return Call("GET", f"/{job.number}")

    def read_again(self, job: Job, answer: Answer) -> Standing:
        """The address of the video."""
        del job
        video = answer.document().get("video")
        if isinstance(video, dict) and isinstance(video.get("url"), str):
            return Standing("finished", share=1.0, result=video["url"])
        return _failed(Failure(kind="failed", words="no video came out", charged=True))

    def refused(self, answer: Answer) -> Failure:
        """A list of errors of the model, or one of the queue; headers say whether to ask again."""
        document = answer.document()
        details = document.get("detail")
        first = details[0] if isinstance(details, list) and details else {}
        code = str(
            (first.get("type") if isinstance(first, dict) else "")
            or document.get("error_type")
            or answer.headers.get("x-fal-error-type", "")
        )
        words = words_of(answer)
        if code == _MODERATED:
            return Failure(kind="moderated", code=code, words=f"{words} ({_MAY_CHARGE})")
        if answer.status == 422:
            words = f"{words} ({_MAY_CHARGE})"
            return Failure(kind="invalid", code=code, words=words, charged=True)
        final = answer.headers.get("x-fal-retryable") == "false" or code
        if answer.status >= 500 and final:
            return Failure(kind="failed", code=code, words=words)
        return Failure(kind=kind_of(answer.status), code=code, words=words, wait=answer.wait)

    def cancel(self, job: Job) -> Call:
        """Takes a request out of the queue; one that runs is told to stop, and may not."""
        return Call("PUT", f"/{job.number}/cancel")


def _place(address: object) -> str:
    """The path of an address, where it is that of a request; else nothing."""
    try:
        place = urlsplit(str(address)).path.strip("/")
    except ValueError:
        return ""
    return place if _PLACE.fullmatch(place) and ".." not in place else ""


def _failed(failure: Failure) -> Standing:
    return Standing("failed", failure=failure)


def _resolution(ask: Ask) -> str:
    """Name of the shorter side."""
    return f"{min(ask.raster.width, ask.raster.height)}p" if ask.raster else "720p"


class PikaBackend(HostedBackend):
    """``pika`` and ``pika:MODEL``."""

    dialect = Pika
