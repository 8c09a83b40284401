"""What the tests of every provider share: an order, and a backend that a new process would have."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import av
import numpy as np

from generique.backends.hosted.ask import plan
from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.card import Card, load_card
from generique.backends.hosted.provider import Answer, Ask
from generique.backends.hosted.watch import Clock
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.job_ports import Job, Money
from generique.production.ports import Delivery, Request
from generique.testing.office import MemoryJobBook, MemoryOffice
from generique.testing.providers.simulator import Simulator
from generique.testing.stage import FolderStage

QUICK = Clock(scale=0.002)
NONE = "sha256:" + "0" * 64


def shot(prompt: str = "a harbour at dawn", **changes: object) -> Request:
    """A short shot of a small raster."""
    request = Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        seed=7,
        rate=Rate(numerator=24),
        frames=6,
        raster=Raster(width=64, height=36),
    )
    return request.model_copy(update=changes)


def sound(kind: ElementKind, prompt: str, **changes: object) -> Request:
    """A sound, whose length follows its text unless ``frames`` says it."""
    request = Request(kind=kind, prompt=prompt, seed=7, rate=Rate(numerator=24))
    return request.model_copy(update=changes)


def png(width: int = 64, height: int = 36) -> bytes:
    """A grey picture."""
    target = io.BytesIO()
    with av.open(target, "w", format="image2pipe") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = width, height, "rgb24"
        picture = np.full((height, width, 3), 128, np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return target.getvalue()


def card_of(name: str) -> Card:
    """A provider's card, as it comes with the program."""
    return load_card(name)


def ask_of(
    card: Card, model: str, request: Request, files: tuple[tuple[str, Path, str], ...] = ()
) -> Ask:
    """An order as a dialect gets it."""
    entry = card.models[model]
    seconds, raster = plan(request, entry, model)
    return Ask(request, model, entry, seconds, raster, files)


def job_of(number: str, backend: str = "x:y") -> Job:
    """A job that was accepted."""
    return Job(
        intent=NONE,
        backend=backend,
        provider=backend.split(":", maxsplit=1)[0],
        model=backend.split(":")[1],
        asked=NONE,
        held=Money(amount="1", currency="USD"),
        number=number,
        placed="2026-11-29T00:00:00Z",
    )


def answer(status: int, text: str, **headers: str) -> Answer:
    """An answer with a JSON body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, text.encode())


def priced(name: str, folder: Path, price: str) -> Path:
    """A folder with an operator's copy of a card, in which every model has a price."""
    text = (resources.files("generique.backends.hosted") / "cards" / f"{name}.toml").read_text()
    models = tomllib.loads(text)["models"]

    def add(head: re.Match[str]) -> str:
        known = "price" in models[head[1].strip('"')]
        return head[0] if known else f"{head[0]}\nprice = {price}"

    folder.mkdir(exist_ok=True)
    own = re.sub(r'^\[models\.("[^"]+"|[\w-]+)\]$', add, text, flags=re.MULTILINE)
    (folder / f"{name}.toml").write_text(own)
    return folder


class Trial:
    """A backend, a provider, and a book and a folder that stay between runs.

    Args:
        settings: What the office answers.
    """

    def __init__(
        self,
        folder: Path,
        backend: type[HostedBackend],
        provider: Simulator,
        settings: Mapping[str, str],
    ) -> None:
        self.backend, self.provider, self.settings = backend, provider, dict(settings)
        self.folder = folder
        self.book = MemoryJobBook()
        self.stage = FolderStage(
            folder / "s", office=MemoryOffice(folder, self.settings, self.book)
        )

    def generate(self, request: Request, model: str, cards: Path | None = None) -> Delivery:
        """As a new process would, with the same book and folder."""
        quick = type("Quick", (self.backend,), {"clock": QUICK})
        made: HostedBackend = quick(model, cards)
        self.stage = FolderStage(
            self.folder / "s", office=MemoryOffice(self.folder, self.settings, self.book)
        )
        return made.generate(request, self.stage)
