"""Runway's orders that are no plain generation: a film enlarged, and several shots in one.

The shapes are those of the SDK ``runwayml`` 5.24.0, its ``video_upscale`` and the recipe
``multi_shot_video``; the number of shots, the limits of their words and that a video lasts up to
30 seconds stand in Runway's reference alone.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from generique.backends.hosted.enclosure import data_uri, hold_shape
from generique.backends.hosted.provider import Ask, Call
from generique.model.errors import NotCapable

MULTI_SHOT = "multi_shot_video"
MOST_INLINE = 5_000_000
"""Most characters of a file inside an order."""
SHOT_MARK = "|"
"""Stands between the shots of a list: ``a door opens 3 s | a hall 4 s | a face 3 s``."""
_SHOTS = range(3, 6)
_WORDS = range(3, 513)
_SHOT = re.compile(r"(?P<words>.*\S)\s+(?P<seconds>\d{1,2})\s?s\.?", re.DOTALL)
_TIERS = {720: "720p", 1080: "1k", 1440: "2k", 2160: "4k"}
"""Names of the sizes that it enlarges to, by the lines that come out."""


def enlarged(ask: Ask) -> Call:
    """``video_upscale``: a video made larger, its length and rate as they were.

    Raises:
        NotCapable: An option is no number from 0 to 100.
    """
    options = ask.request.options
    body: dict[str, Any] = {"model": ask.model}
    if ask.raster is not None:
        body["resolution"] = _TIERS[min(ask.raster.width, ask.raster.height)]
    for option in ("creativity", "sharpen"):
        if option in options:
            body[option] = _share(option, options[option])
    if "flavor" in options:
        body["flavor"] = options["flavor"]
    for path, media_type in ask.of_role("video")[:1]:
        body["videoUri"] = data_uri(path, media_type, MOST_INLINE, "Runway")
    return Call("POST", "/v1/video_upscale", body=body)


def several_shots(ask: Ask) -> Call:
    """``recipes/multi_shot_video``: a story that Runway takes apart, or a list of shots.

    Raises:
        NotCapable: The list is none that the recipe takes; the first frame has another shape.
    """
    body: dict[str, Any] = {
        "version": ask.entry.version,
        "duration": int(ask.seconds),
        "audio": False,
    }
    if ask.raster is not None:
        body["ratio"] = f"{ask.raster.width}:{ask.raster.height}"
    for path, media_type in ask.of_role("first-frame"):
        hold_shape(path, ask, "Runway")
        body["firstFrame"] = {"uri": data_uri(path, media_type, MOST_INLINE, "Runway")}
    prompt = ask.request.prompt
    if SHOT_MARK in prompt:
        body |= {"mode": "custom", "shots": _listed(prompt, ask.seconds)}
    else:
        body |= {"mode": "auto", "prompt": prompt}
    return Call("POST", "/v1/recipes/multi_shot_video", body=body)


def _listed(prompt: str, seconds: Fraction) -> list[dict[str, Any]]:
    """Words and length of each shot of a list."""
    shots: list[dict[str, Any]] = []
    for part in prompt.split(SHOT_MARK):
        found = _SHOT.fullmatch(part.strip())
        words = found["words"].rstrip(" ,;") if found else ""
        if found is None or len(words) not in _WORDS:
            raise NotCapable(
                f"{part.strip()[:60]!r} is no shot of a list",
                why=f"a shot has {_WORDS[0]} to {_WORDS[-1]} characters, then its whole seconds",
                next_step=f"for example: a door opens 3 s {SHOT_MARK} a hall 4 s {SHOT_MARK} "
                "a face 3 s",
            )
        shots.append({"prompt": words, "duration": int(found["seconds"])})
    if len(shots) not in _SHOTS:
        raise NotCapable(
            f"a list of {len(shots)} shots", why=f"Runway takes {_SHOTS[0]} to {_SHOTS[-1]}"
        )
    whole = sum(shot["duration"] for shot in shots)
    if whole != seconds:
        raise NotCapable(
            f"the shots of the list last {whole} seconds together, {float(seconds):g} are ordered",
            why="what is ordered holds the shot with its handles",
            next_step="let the seconds of the list make up what is ordered",
        )
    return shots


def _share(option: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 100):
        raise NotCapable(
            f"{option} is {text!r}", next_step=f"give {option} as a whole number from 0 to 100"
        )
    return int(text)
