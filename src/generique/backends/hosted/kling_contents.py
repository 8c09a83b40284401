"""Kling's newer shape: the model is part of the address, and what is given is a list of contents.

Source of the shapes: Kling's API reference of the models 3.0 and 3.0 Omni, as others restate it;
there is no SDK. No word of 3.0 onwards is that of the older shape: ``mode``, ``image_tail`` and
``negative_prompt`` are gone. The newest, 4.0, is documented by resellers alone.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generique.backends.hosted.ask import aspect
from generique.backends.hosted.provider import Ask, Call, items_of
from generique.model.element import Raster
from generique.model.errors import NotCapable

_MOST_BYTES = 10_000_000
"""Of an image."""
_ROLES = {"first-frame": "first_frame", "last-frame": "last_frame", "subject": "refer_image"}
_OMNI = "-omni"
TASKS = "/tasks"


def is_newer(model: str) -> bool:
    """Whether a model of the card is asked for in the newer shape."""
    return model.startswith("kling-3.0")


def order(ask: Ask) -> Call:
    """``text-to-video``, ``image-to-video`` or ``omni-video``, as model and references say.

    Raises:
        NotCapable: An end without a beginning; an image that is too large.
    """
    version, prompt = ask.entry.version, ask.request.prompt
    settings: dict[str, Any] = {
        "resolution": _resolution(ask.raster),
        "duration": int(ask.seconds),
        "audio": "off",
        "multi_shot": False,
    }
    given = [
        {"type": kind, "url": inline(path)}
        for role, kind in _ROLES.items()
        for path, _ in ask.of_role(role)
    ]
    first = bool(ask.of_role("first-frame"))
    if ask.of_role("last-frame") and not first:
        raise NotCapable(
            "Kling takes a last frame together with a first one",
            next_step="give a first frame as well",
        )
    if not first:  # with one, the result has its shape
        settings["aspect_ratio"] = aspect(ask.raster)
    if version.endswith(_OMNI):
        return _call("omni-video", version, {"contents": [_said(prompt), *_named(given)]}, settings)
    if given:
        return _call("image-to-video", version, {"contents": [_said(prompt), *given]}, settings)
    return _call("text-to-video", version, {"prompt": prompt}, settings)


def task_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The task that an answer tells of; looks answer with a list of one, orders with the task."""
    data = document.get("data")
    if isinstance(data, dict):
        return data
    return next(iter(items_of(data)), {})


def result_of(task: Mapping[str, Any]) -> str | None:
    """Address of the first film that came out."""
    for each in items_of(task.get("outputs")):
        if each.get("type") == "video" and each.get("url"):
            return str(each["url"])
    return None


def _call(kind: str, version: str, body: dict[str, Any], settings: dict[str, Any]) -> Call:
    options = {"watermark_info": {"enabled": False}}
    return Call(
        "POST", f"/{kind}/{version}", body={**body, "settings": settings, "options": options}
    )


def _said(prompt: str) -> dict[str, str]:
    return {"type": "prompt", "text": prompt}


def _named(given: list[dict[str, str]]) -> list[dict[str, str]]:
    """Contents with a name each, by which a prompt can speak of them: ``@image_1``."""
    return [{**each, "id": f"image_{count}"} for count, each in enumerate(given, start=1)]


def _resolution(raster: Raster | None) -> str:
    lines = min(raster.width, raster.height) if raster else 1080
    return "4k" if lines > 1080 else f"{lines}p"


def inline(path: Path) -> str:
    """An image as base64, without the head of a data URI.

    Raises:
        NotCapable: It is too large.
    """
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise NotCapable(
            f"the image is too large: {size} bytes, Kling takes {_MOST_BYTES}",
            next_step="give a smaller file",
        )
    return base64.b64encode(path.read_bytes()).decode()
