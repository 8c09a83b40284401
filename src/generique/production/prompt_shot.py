"""A shot from a prompt alone, outside any film."""

from __future__ import annotations

import json
import re
from fractions import Fraction

from pydantic import Field

from generique.model.element import ElementKind, Quality, Raster
from generique.model.errors import UsageError
from generique.model.time import Rate
from generique.model.values import ToolName, Value, digest_of
from generique.production.machineroom_ports import Backends
from generique.production.orders import Order
from generique.production.ports import Request
from generique.production.shoot import interpret

PROMPT_AT_MOST = 4000
"""Longest prompt, in characters."""


class PromptShot(Value):
    """What was typed.

    Attributes:
        seconds: Length as a decimal text; None takes the one that the prompt names, or the
            backend's own.
        size: Width x height as text.
        scene: Text of a scene document that a person wrote; None reads the prompt.
    """

    prompt: str
    backend: ToolName
    seconds: str | None = None
    rate: str = "24"
    size: str = "1280x720"
    seed: int = Field(ge=0, le=2**32 - 1)
    quality: Quality = Quality.PREVIEW
    scene: str | None = None

    def order(self, backends: Backends) -> Order:
        """The order.

        Raises:
            UsageError: The size or the length cannot be read, or the prompt is too long.
            NotConfigured: There is no such backend.
            NotCapable: The backend cannot show this.
        """
        backends.get(self.backend)
        rate = Rate.parse(self.rate)
        options = {} if self.scene is None else {"scene": self.scene}
        identity = json.dumps([self.prompt, options], ensure_ascii=False).encode()
        frames = None if self.seconds is None else max(1, rate.frames(Fraction(self.seconds)))
        order = Order(
            element=f"shot-{digest_of(identity)[7:19]}",
            title=self.prompt,
            backend=self.backend,
            request=Request(
                kind=ElementKind.SHOT,
                prompt=self.prompt,
                seed=self.seed,
                rate=rate,
                frames=frames,
                raster=self._raster(),
                quality=self.quality,
                options=options,
            ),
        )
        if len(self.prompt) > PROMPT_AT_MOST:
            interpret(order, backends)  # a backend that reads prompts refuses in their language
            raise UsageError(
                f"the prompt has {len(self.prompt)} characters",
                why=f"{PROMPT_AT_MOST} are the most",
                next_step="say it shorter",
            )
        if frames is not None:
            return order
        named = interpret(order, backends).frames
        request = order.request.model_copy(update={"frames": named})
        return order.model_copy(update={"request": request})

    def _raster(self) -> Raster:
        match = re.fullmatch(r"(\d{2,4})x(\d{2,4})", self.size)
        if match is None:
            raise UsageError(
                f"{self.size!r} is no size", next_step="write width x height: --size 1280x720"
            )
        return Raster.read({"width": int(match[1]), "height": int(match[2])}, where="--size")
