"""OpenAI's video API as a frozen contract: withdrawn at its own host, alive on servers like it.

Source of the shapes: the ``/videos`` part of OpenAI's OpenAPI description, against which the tests
validate our bodies, and the SDK ``openai`` 3.54.0, whose recorded exchange they read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Lists,
    Standing,
    items_of,
    kind_of,
    unnamed,
    words_of,
)
from generique.model.errors import NotCapable
from generique.production.job_ports import Failure, Job

REMIX = "remix"
"""Option that names a finished video to be made again after another prompt."""
_MODERATED = ("moderation", "content_policy", "content_filter", "safety")
_GONE = frozenset({"model_not_found", "model_deprecated", "model_retired"})
_SUFFIX = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


class Sora(Lists):
    """The dialect of OpenAI's videos."""

    name = "sora"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """Bearer key."""
        return {"authorization": f"Bearer {keys['OPENAI_API_KEY']}"}

    def create(self, ask: Ask) -> Call:
        """``POST /videos`` as a multipart form, or ``/videos/{id}/remix`` for the option.

        Raises:
            NotCapable: A remix with an image: it takes a prompt alone.
        """
        images = ask.of_role("first-frame")
        source = ask.request.options.get(REMIX)
        if source:
            if images:
                raise NotCapable(
                    "a remix takes no image", next_step=f"leave out the image, or {REMIX}"
                )
            if not source.replace("_", "").replace("-", "").isalnum():
                raise NotCapable(f"{source!r} is no number of a video")
            return Call("POST", f"/videos/{source}/remix", body={"prompt": ask.request.prompt})
        form = {
            "model": ask.model,
            "prompt": ask.request.prompt,
            "seconds": str(ask.seconds),
        }
        if ask.raster is not None:
            form["size"] = f"{ask.raster.width}x{ask.raster.height}"
        parts = tuple(
            ("input_reference", f"first-frame.{_SUFFIX[kind]}", path.read_bytes(), kind)
            for path, kind in images
        )
        return Call("POST", "/videos", form=form, parts=parts)

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """Number of the video; an order can be refused as a job that has failed."""
        document = answer.document()
        number = document.get("id")
        if document.get("status") == "failed":
            return _failure(document)
        if not isinstance(number, str) or not number:
            return unnamed("video")
        return Accepted(number)

    def look(self, job: Job) -> Call:
        """The video."""
        return Call("GET", f"/videos/{job.number}")

    def read(self, answer: Answer) -> Standing:
        """State of a video: queued, in_progress, completed or failed."""
        document = answer.document()
        status, share = document.get("status"), _share(document)
        if status == "completed":
            if not document.get("id"):
                return Standing("failed", failure=Failure(kind="failed", words="it has no number"))
            path = f"/videos/{document['id']}/content"
            return Standing("finished", share=1.0, result=path, keyed=True)
        if status == "failed":
            return Standing("failed", failure=_failure(document))
        return Standing("running" if status == "in_progress" else "waiting", share=share)

    def refused(self, answer: Answer) -> Failure:
        """A failure by the code in ``error``, by the HTTP status where it has none."""
        error = answer.document().get("error")
        code = str(error.get("code") or "") if isinstance(error, dict) else ""
        kind: Any = kind_of(answer.status)
        if any(part in code for part in _MODERATED):
            kind = "moderated"
        elif code == "insufficient_quota":
            kind = "balance"
        elif code in _GONE:
            kind = "retired"
        return Failure(kind=kind, code=code, words=words_of(answer), wait=answer.wait)

    def delete(self, job: Job) -> Call:
        """Takes a finished video and its files from the server; what it costs stays."""
        return Call("DELETE", f"/videos/{job.number}")

    def listing(self) -> Call:
        """The last hundred videos."""
        return Call("GET", "/videos", query={"limit": "100", "order": "desc"})

    def listed(self, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Number and prompt of each."""
        return tuple(
            (str(each.get("id")), str(each.get("prompt") or ""))
            for each in items_of(answer.document().get("data"))
        )


def _share(document: Mapping[str, Any]) -> float | None:
    share = document.get("progress")
    return share / 100 if isinstance(share, int | float) else None


def _failure(document: Mapping[str, Any]) -> Failure:
    error = document.get("error")
    error = error if isinstance(error, dict) else {}
    code, words = str(error.get("code") or ""), str(error.get("message") or "")[:300]
    kind: Literal["moderated", "failed"] = "failed"
    if any(part in code for part in _MODERATED):
        kind = "moderated"
    return Failure(kind=kind, code=code, words=words or code)


class SoraBackend(HostedBackend):
    """``sora`` and ``sora:MODEL``."""

    dialect = Sora
