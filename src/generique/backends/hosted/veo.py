"""Veo: text and images to video, through Google's Vertex AI.

Source of the shapes: the converters of the SDK ``google-genai`` 3.4.0 and the API reference of
Veo on Vertex AI. The SDK is not used: it asks up to five times when retries are set, and comes
with a library for credentials. A token of access is asked for instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generique.backends.hosted.ask import aspect
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.enclosure import encoded, hold_shape
from generique.backends.hosted.google import Google, decoded, ended
from generique.backends.hosted.provider import (
    BUCKET_NAME,
    Accepted,
    Answer,
    Ask,
    Call,
    Standing,
    unnamed,
)
from generique.model.errors import NotCapable, NotConfigured
from generique.production.job_ports import Failure, Job

SEEDS = 1 << 32
MOST_INLINE = 20_000_000
"""Most characters of a picture inside an order. Ours: a limit of the whole order is stated, none
of a picture."""
MOST_ANSWER = 400_000_000
"""The most that an answer with a video inside may hold: 300 million bytes of video. What is larger
has to be ordered into a bucket."""
GLOBAL = "global"
_BUCKET = re.compile(rf"gs://{BUCKET_NAME}(/[A-Za-z0-9._/-]*)?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_OPERATION = re.compile(r"projects/[^/]+/locations/[^/]+/.+/operations/[^/]+")


class Veo(Google):
    """Vertex AI's dialect for Veo."""

    name = "veo"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """A bearer token."""
        return {"authorization": f"Bearer {keys['GOOGLE_ACCESS_TOKEN']}"}

    def home(self, base: str, keys: Mapping[str, str]) -> str:
        """The host of the location, and the path of the project.

        Raises:
            NotConfigured: Project or location is no name.
        """
        project, location = keys["GOOGLE_CLOUD_PROJECT"], keys["GOOGLE_CLOUD_LOCATION"]
        for setting, name in (
            ("GOOGLE_CLOUD_PROJECT", project),
            ("GOOGLE_CLOUD_LOCATION", location),
        ):
            if not _NAME.fullmatch(name):
                raise NotConfigured(
                    f"{setting} is no name", next_step="set it to a name, not an address"
                )
        host = base.replace("{location}-", "" if location == GLOBAL else f"{location}-")
        return f"{host.rstrip('/')}/v1/projects/{project}/locations/{location}"

    def create(self, ask: Ask) -> Call:
        """``predictLongRunning`` with one instance and one sample.

        No sound is ordered: a take has none, and what is thrown away need not be paid.

        Raises:
            NotCapable: The bucket is none, or a picture is too large or of another shape.
        """
        request = ask.request
        instance: dict[str, Any] = {"prompt": request.prompt}
        for role, name in (("first-frame", "image"), ("last-frame", "lastFrame")):
            for path, media_type in ask.of_role(role):
                hold_shape(path, ask, "Veo")
                instance[name] = _image(path, media_type)
        subjects = [
            {"image": _image(*each), "referenceType": "ASSET"} for each in ask.of_role("subject")
        ]
        if subjects:
            instance["referenceImages"] = subjects
        bucket = request.options.get("bucket")
        if bucket is not None and not _BUCKET.fullmatch(bucket):
            raise NotCapable(
                f"the option bucket is {bucket!r}",
                next_step="name a bucket, and a folder in it, as gs://my-bucket/takes/",
            )
        parameters: dict[str, Any] = {
            "sampleCount": 1,
            "durationSeconds": int(ask.seconds),
            "generateAudio": False,
        }
        if ask.entry.seed:
            parameters["seed"] = request.seed % SEEDS
        if ask.raster is not None:
            short = min(ask.raster.width, ask.raster.height)
            parameters["aspectRatio"] = aspect(ask.raster)
            parameters["resolution"] = "4k" if short == 2160 else f"{short}p"
        for option, name in (("people", "personGeneration"), ("negative_prompt", "negativePrompt")):
            if option in request.options:
                parameters[name] = request.options[option]
        if bucket is not None:
            parameters["storageUri"] = bucket
        body = {"instances": [instance], "parameters": parameters}
        return Call("POST", f"/publishers/google/models/{ask.model}:predictLongRunning", body=body)

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """The name of the operation."""
        name = str(answer.document().get("name") or "")
        if not _OPERATION.fullmatch(name):
            return unnamed("operation")
        return Accepted(name)

    def look(self, job: Job) -> Call:
        """``fetchPredictOperation``; what came out is in the answer."""
        path = f"/publishers/google/models/{job.model}:fetchPredictOperation"
        return Call("POST", path, body={"operationName": job.number}, most_bytes=MOST_ANSWER)

    def read(self, answer: Answer) -> Standing:
        """An operation: done or not, with an error, with videos, or with a count of those held.

        A video is in the answer, or lies in the bucket that was named.
        """
        document = answer.document()
        if not document.get("done"):
            return Standing("running")
        error, response = document.get("error"), document.get("response")
        if isinstance(error, dict):
            return Standing("failed", failure=ended(error))
        response = response if isinstance(response, dict) else {}
        videos = response.get("videos")
        if isinstance(videos, list) and videos and isinstance(videos[0], dict):
            data = decoded(videos[0].get("bytesBase64Encoded"))
            if data:
                return Standing("finished", share=1.0, data=data)
            address = str(videos[0].get("gcsUri") or "")
            if address.startswith("gs://"):
                return Standing("finished", share=1.0, result=address, keyed=True)
        held = response.get("raiMediaFilteredCount")
        if isinstance(held, int) and held > 0:
            reasons = response.get("raiMediaFilteredReasons")
            words = "; ".join(map(str, reasons)) if isinstance(reasons, list) else ""
            words = (words or f"{held} videos were held back")[:300]
            return Standing("failed", failure=Failure(kind="moderated", code="rai", words=words))
        failure = Failure(kind="failed", words="no video came out", charged=True)
        return Standing("failed", failure=failure)


def _image(path: Path, media_type: str) -> dict[str, str]:
    return {"bytesBase64Encoded": encoded(path, MOST_INLINE, "Veo"), "mimeType": media_type}


class VeoBackend(HostedBackend):
    """``veo`` and ``veo:MODEL``."""

    dialect = Veo
