"""Gemini Omni: text, images and video to video, with a developer's key.

Source of the shapes: the types of the interactions of the SDK ``google-genai`` 3.4.0, as it sends
them. The SDK is not used: it asks up to five times when retries are set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generique.backends.hosted.ask import aspect
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.enclosure import encoded, hold_shape
from generique.backends.hosted.google import Google, by_policy, decoded
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Cancels,
    Standing,
    unnamed,
)
from generique.production.job_ports import Failure, Job

MOST_INLINE = 20_000_000
"""Most characters of a file inside an order. Ours: none is stated."""
_NUMBER = re.compile(r"[\w.-]+")
_FILE = re.compile(r"/files/([\w-]+)")


class Omni(Google, Cancels):
    """The dialect of interactions that make video."""

    name = "omni"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The key, in Google's header."""
        return {"x-goog-api-key": keys["GEMINI_API_KEY"]}

    def create(self, ask: Ask) -> Call:
        """An interaction in the background, whose task follows from the references."""
        firsts, subjects = ask.of_role("first-frame"), ask.of_role("subject")
        videos = ask.of_role("video")
        for path, _ in firsts:
            hold_shape(path, ask, "Omni")
        content: list[dict[str, Any]] = [{"type": "text", "text": ask.request.prompt}]
        content += [_content("image", *each) for each in (*firsts, *subjects)]
        content += [_content("video", *each) for each in videos]
        form: dict[str, Any] = {"type": "video", "delivery": "uri"}
        if ask.raster is not None:
            form["aspect_ratio"] = aspect(ask.raster)
            form["resolution"] = f"{min(ask.raster.width, ask.raster.height)}p"
        if videos:
            task = "edit"
        else:
            form["duration"] = f"{float(ask.seconds):g}s"
            task = "reference_to_video" if subjects else "text_to_video"
            task = "image_to_video" if firsts else task
        body = {
            "model": ask.model,
            "input": [{"type": "user_input", "content": content}],
            "background": True,
            "store": True,
            "response_format": form,
            "generation_config": {"video_config": {"task": task}},
        }
        return Call("POST", "/v1/interactions", body=body)

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """The number of the interaction."""
        number = str(answer.document().get("id") or "")
        if not _NUMBER.fullmatch(number):
            return unnamed("interaction")
        return Accepted(number)

    def look(self, job: Job) -> Call:
        """The interaction."""
        return Call("GET", f"/v1/interactions/{job.number}")

    def read(self, answer: Answer) -> Standing:
        """queued, in_progress, completed, or one of the ways in which it ends without a video."""
        document = answer.document()
        status = str(document.get("status"))
        if status in {"queued", "in_progress"}:
            return Standing("waiting" if status == "queued" else "running")
        if status == "completed":
            return _completed(document)
        return Standing("failed", failure=_failure(status, document))

    def cancel(self, job: Job) -> Call:
        """Stops an interaction in the background."""
        return Call("POST", f"/v1/interactions/{job.number}/cancel", body={})


def _failure(status: str, document: Mapping[str, Any]) -> Failure:
    """Why an interaction ended; one that ended halfway was paid."""
    if status == "cancelled":
        return Failure(kind="cancelled", words="it was cancelled")
    words = _words(document) or f"it ended as {status}"
    if by_policy(words):
        return Failure(kind="moderated", code=status, words=words)
    if status == "budget_exceeded":
        return Failure(kind="balance", code=status, words=words)
    return Failure(kind="failed", code=status, words=words, charged=status != "failed")


def _content(kind: str, path: Path, media_type: str) -> dict[str, str]:
    return {"type": kind, "data": encoded(path, MOST_INLINE, "Omni"), "mime_type": media_type}


def _completed(document: Mapping[str, Any]) -> Standing:
    for item in reversed(_outputs(document)):
        if item.get("type") != "video":
            continue
        data = decoded(item.get("data"))
        if data:
            return Standing("finished", share=1.0, data=data)
        address = item.get("uri")
        if isinstance(address, str) and address:
            return Standing("finished", share=1.0, result=_place(address), keyed=True)
    words = _words(document) or "no video came out"
    if by_policy(words):
        return Standing("failed", failure=Failure(kind="moderated", words=words))
    return Standing("failed", failure=Failure(kind="failed", words=words, charged=True))


def _place(address: str) -> str:
    """Where the bytes of a file lie: the address of a file names what is known of it only."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return address
    found = _FILE.search(path)
    if found is None or path.endswith(":download"):
        return address
    return f"/v1/files/{found[1]}:download?alt=media"


def _steps(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Steps of the model; what it was given is no result."""
    steps = document.get("steps")
    steps = steps if isinstance(steps, list) else []
    return [s for s in steps if isinstance(s, dict) and s.get("type") == "model_output"]


def _outputs(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = [step.get("content") for step in _steps(document)]
    return [each for item in items if isinstance(item, list) for each in item if _dict(each)]


def _dict(found: object) -> bool:
    return isinstance(found, dict)


def _words(document: Mapping[str, Any]) -> str:
    """What the interaction says went wrong: its errors, those of its steps, or its own text."""
    errors = document.get("errors")
    said = [e.get("message") for e in (errors if isinstance(errors, list) else []) if _dict(e)]
    said += [step["error"].get("message") for step in _steps(document) if _dict(step.get("error"))]
    said += [item.get("text") for item in _outputs(document) if item.get("type") == "text"]
    return "; ".join(str(each) for each in said if each)[:300]


class OmniBackend(HostedBackend):
    """``omni`` and ``omni:MODEL``."""

    dialect = Omni
