"""Every provider that is simulated, with its backend: who takes part where all are tried at once.

A new provider joins by one entry in :data:`PARTIES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.comfyui import ComfyUIBackend
from generique.backends.hosted.desk import Clock
from generique.backends.hosted.runway import RunwayBackend
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.ports import Request
from generique.testing.providers.comfyui import SimulatedComfyUI, write_workflows
from generique.testing.providers.faults import Faults
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.simulator import Simulator

KEY = "sk-party-7c2e5d90b1f4"
"""Stands for every key, so that it is found wherever it was left."""
HURRY = 0.002
"""By how much pauses are shortened."""


class QuickRunway(RunwayBackend):
    """Runway's backend, in a hurry."""

    clock = Clock(scale=HURRY)


class QuickComfyUI(ComfyUIBackend):
    """ComfyUI's backend, in a hurry."""

    clock = Clock(scale=HURRY)


@dataclass(frozen=True)
class Party:
    """A provider that is simulated.

    Attributes:
        backend: Makes the backend, in a hurry, not yet configured.
        simulator: Makes the simulator, with faults.
        settings: Settings that lead to a simulator at an address; files that they need are laid
            into the folder.
    """

    name: str
    backend: Callable[[], HostedBackend]
    simulator: Callable[[Faults], Simulator]
    settings: Callable[[str, Path], dict[str, str]]
    kind: ElementKind = ElementKind.SHOT

    def request(self, seed: int, prompt: str = "a harbour at dawn") -> Request:
        """A short request that it serves."""
        return Request(
            kind=self.kind,
            prompt=f"{prompt}, number {seed}",
            seed=seed,
            rate=Rate(numerator=24),
            frames=6,
            raster=Raster(width=64, height=36) if self.kind is ElementKind.SHOT else None,
        )


def _runway(base: str, _: Path) -> dict[str, str]:
    return {"RUNWAYML_API_SECRET": KEY, "RUNWAYML_BASE_URL": base}


def _comfyui(base: str, folder: Path) -> dict[str, str]:
    workflows = write_workflows(folder / "workflows")
    return {"COMFYUI_BASE_URL": base, "GENERIQUE_WORKFLOWS": str(workflows)}


PARTIES: tuple[Party, ...] = (
    Party("runway", QuickRunway, SimulatedRunway, _runway),
    Party("comfyui", lambda: QuickComfyUI("film"), SimulatedComfyUI, _comfyui),
)
"""All of them."""
