"""A hosted backend tried against a simulator of its provider, in a hurry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.watch import Clock
from generique.model.element import ElementKind, Raster
from generique.model.reference import Reference, ReferenceRole
from generique.model.time import Rate
from generique.production.job_ports import Job
from generique.production.ports import Delivery, Request
from generique.testing.office import MemoryJobBook, MemoryOffice
from generique.testing.providers.simulator import Simulator
from generique.testing.stage import FolderStage

HURRY = 0.002
"""Of the provider's pauses."""


class Trial:
    """A backend, the production's book of jobs, and the folder that both runs and files share.

    Args:
        folder: Of the test.
        backend: Of the provider.
        provider: Its simulator, serving.
        settings: What is set on this machine: keys, and the simulator's address.
    """

    def __init__(
        self,
        folder: Path,
        backend: type[HostedBackend],
        provider: Simulator,
        settings: Mapping[str, str],
    ) -> None:
        self.folder, self.provider = folder, provider
        self.book = MemoryJobBook()
        self._settings = settings
        self._backend = type(backend.__name__, (backend,), {"clock": Clock(scale=HURRY)})

    def backend(self, model: str | None = None) -> HostedBackend:
        """A new one, as a new process has it."""
        made: HostedBackend = self._backend()
        return made.model(model) if model else made

    def stage(self) -> FolderStage:
        """A new stage in the same office."""
        office = MemoryOffice(self.folder, self._settings, self.book)
        return FolderStage(self.folder / "stage", office=office)

    def lay(self, data: bytes, role: ReferenceRole, media_type: str) -> Reference:
        """A file to follow, laid down where the stage finds it."""
        return Reference(role=role, file=self.stage().lay_down(data), media_type=media_type)

    def generate(self, request: Request, model: str | None = None) -> Delivery:
        """As a new process would, with the same book and folder."""
        return self.backend(model).generate(request, self.stage())

    def job(self) -> Job:
        """The only job of the book."""
        (job,) = self.book.all()
        return job

    @property
    def posts(self) -> int:
        """Orders that reached the provider."""
        return sum(line.startswith("POST") for line in self.provider.log)

    def sent(self) -> Mapping[str, object]:
        """The body of the last order that reached the provider."""
        return [each for each in self.provider.asked if each.method == "POST"][-1].document()


def shot(
    prompt: str = "a harbour at dawn",
    *,
    rate: int = 24,
    frames: int = 6,
    references: tuple[Reference, ...] = (),
    options: Mapping[str, str] | None = None,
) -> Request:
    """A short shot in 16:9, small so that tests are quick."""
    return Request(
        kind=ElementKind.SHOT,
        prompt=prompt,
        seed=7,
        rate=Rate(numerator=rate),
        frames=frames,
        raster=Raster(width=64, height=36),
        references=references,
        options=dict(options or {}),
    )
