"""Luma: text, images and video to video, through its Agents API.

Source of the shapes: the types of the SDK ``luma-agents`` 0.5.0, against which the tests validate
our bodies. A length in frames is of 24 a second: 5 seconds have anchors 0 to 120, 10 have 0 to 240.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from generique.backends.hosted.ask import aspect
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Provider,
    Standing,
    items_of,
    kind_of,
    unnamed,
    words_of,
)
from generique.model.element import Raster
from generique.model.errors import NotCapable
from generique.production.job_ports import Failure, Job

FRAMES_A_SECOND = 24
_MOST_BYTES = 40_000_000
"""Of a file that is sent inside the order. Luma publishes no limit; this is ours."""
Kind = Literal["moderated", "failed", "balance", "throttled", "invalid", "missing"]
_CODES: Mapping[str, Kind] = {
    "content_moderated": "moderated",
    "budget_exhausted": "balance",
    "rate_limited": "throttled",
    "invalid_request": "invalid",
    "corrupt_input": "invalid",
    "image_too_large": "invalid",
    "unsupported_format": "invalid",
    "output_not_found": "missing",
    "generation_failed": "failed",
}


class Luma(Provider):
    """Luma's dialect."""

    name = "luma"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Bearer key."""
        return {"authorization": f"Bearer {keys['LUMA_AGENTS_API_KEY']}"}

    def create(self, ask: Ask) -> Call:
        """``POST /generations`` of the type ``video``, or ``video_edit`` of a video.

        Raises:
            NotCapable: A loop of 10 seconds, or with images; a file that is too large.
        """
        body: dict[str, Any] = {"model": ask.entry.version, "prompt": ask.request.prompt}
        videos = ask.of_role("video")
        if ask.entry.follows:
            body |= {"type": "video_edit", "video": _editing(ask)}
            if videos:
                body["source"] = _inline(*videos[0])
        else:
            body |= {"type": "video", "aspect_ratio": aspect(ask.raster), "video": _making(ask)}
        return Call("POST", "/generations", body=body)

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """Number of the generation."""
        document = answer.document()
        if document.get("state") == "failed":
            return _failure(document)
        number = document.get("id")
        if not isinstance(number, str) or not number:
            return unnamed("generation")
        return Accepted(number)

    def look(self, job: Job) -> Call:
        """The generation; each look presigns a new address."""
        return Call("GET", f"/generations/{job.number}")

    def read(self, answer: Answer) -> Standing:
        """State of a generation: queued, processing, completed or failed."""
        document = answer.document()
        state = document.get("state")
        if state == "failed":
            return Standing("failed", failure=_failure(document))
        if state != "completed":
            return Standing("running" if state == "processing" else "waiting")
        for each in items_of(document.get("output")):
            if each.get("type") == "video" and each.get("url"):
                return Standing("finished", share=1.0, result=str(each["url"]))
        return Standing("failed", failure=Failure(kind="failed", words="no video came out"))

    def refused(self, answer: Answer) -> Failure:
        """A failure by its code, by the HTTP status where it has none."""
        document = answer.document()
        error = document.get("error")
        code = document.get("failure_code") or document.get("code")
        if isinstance(error, dict):
            code = error.get("code") or code
        kind = _CODES.get(str(code), kind_of(answer.status))
        if answer.status >= 500:
            kind = "capacity"
        return Failure(
            kind=kind,
            code=str(code or ""),
            words=words_of(answer),
            wait=answer.wait,
        )


def _making(ask: Ask) -> dict[str, Any]:
    """The block ``video`` of a new picture.

    First and last frame are anchors of their own in 5 seconds; in 10 they are key frames.
    """
    block: dict[str, Any] = {
        "resolution": _resolution(ask.raster),
        "duration": f"{int(ask.seconds)}s",
    }
    first, last = ask.of_role("first-frame"), ask.of_role("last-frame")
    if ask.request.options.get("loop"):
        if first or last or ask.seconds > 5:
            raise NotCapable(
                "Luma makes a loop of 5 seconds, from words alone",
                next_step="leave out the loop, or the images, or make the shot shorter",
            )
        block["loop"] = True
    if ask.seconds <= 5:
        if first:
            block["start_frame"] = _inline(*first[0])
        if last:
            block["end_frame"] = _inline(*last[0])
        return block
    end = int(ask.seconds) * FRAMES_A_SECOND
    anchors = [(0, each) for each in first[:1]] + [(end, each) for each in last[:1]]
    if anchors:
        block["keyframes"] = [_inline(*each) for _, each in anchors]
        block["keyframe_indexes"] = [place for place, _ in anchors]
    return block


def _editing(ask: Ask) -> dict[str, Any]:
    """The block ``video`` of a picture made from a video, whose length it keeps."""
    strength = ask.request.options.get("strength")
    edit: dict[str, Any] = {"strength": strength} if strength else {"auto_controls": True}
    block: dict[str, Any] = {"resolution": _resolution(ask.raster), "edit": edit}
    first = ask.of_role("first-frame")
    if first:
        block["start_frame"] = _inline(*first[0])
    return block


def _resolution(raster: Raster | None) -> str:
    return f"{min(raster.width, raster.height)}p" if raster else "720p"


def _failure(document: Mapping[str, Any]) -> Failure:
    code = str(document.get("failure_code") or "")
    words = str(document.get("failure_reason") or code)[:300]
    return Failure(kind=_CODES.get(code, "failed"), code=code, words=words)


def _inline(path: Path, media_type: str) -> dict[str, str]:
    """A file inside the order.

    Raises:
        NotCapable: It is too large for that.
    """
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise NotCapable(
            f"the reference is too large: {size} bytes, {_MOST_BYTES} are sent to Luma at most",
            next_step="give a smaller file",
        )
    return {"data": base64.b64encode(path.read_bytes()).decode(), "media_type": media_type}


class LumaBackend(HostedBackend):
    """``luma`` and ``luma:MODEL``."""

    dialect = Luma
