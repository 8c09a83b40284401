"""What is seen or heard: kinds, classes, rasters and qualities."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from generique.model.values import Value


class ElementKind(StrEnum):
    """What an element is."""

    SHOT = "shot"
    SET = "set"
    TRANSITION = "transition"
    EFFECT = "effect"
    VOICE = "voice"
    MUSIC = "music"
    TITLE = "title"


class ElementClass(StrEnum):
    """How an element stands to the world that it shows."""

    AUTHENTIC = "authentic"
    ALTERED = "altered"
    RECONSTRUCTION = "reconstruction"
    SYNTHETIC = "synthetic"


class Quality(StrEnum):
    """Effort spent on a take; changes samples and resolution, never the staging."""

    DRAFT = "draft"
    PREVIEW = "preview"
    FINAL = "final"


class Stem(StrEnum):
    """The four stems of the mix."""

    DIALOGUE = "DX"
    MUSIC = "MX"
    EFFECTS = "FX"
    BACKGROUNDS = "BG"


class Easing(StrEnum):
    """How a camera move starts and stops."""

    LINEAR = "linear"
    EASE_IN = "ease-in"
    EASE_OUT = "ease-out"
    EASE_IN_OUT = "ease-in-out"


class Raster(Value):
    """Width and height of a picture in pixels, both even."""

    width: int = Field(ge=16, le=8192, multiple_of=2)
    height: int = Field(ge=16, le=8192, multiple_of=2)


class SceneEvent(Value):
    """Something audible that happens in a picture, so that sound can follow it.

    Attributes:
        at: Seconds from the first frame of the take (handles included).
        kind: For example ``car-pass``.
        distance_m: Nearest distance to the camera in metres.
        pan_from: Place at the start, -1 left to 1 right.
        pan_to: Place at the end.
        duration: Seconds that the event is audible.
    """

    at: float
    kind: str
    distance_m: float = Field(gt=0)
    pan_from: float = Field(ge=-1, le=1, default=0.0)
    pan_to: float = Field(ge=-1, le=1, default=0.0)
    duration: float = Field(gt=0)
