"""The law of hosted backends on Runway's."""

from __future__ import annotations

from generique.backends.hosted.runway import RunwayBackend
from generique.backends.hosted.watch import Clock
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.ports import Backend, Request
from generique.testing.hosted_contract import HostedContract
from generique.testing.providers.faults import Faults
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.simulator import Simulator


class QuickRunway(RunwayBackend):
    """Runway's, in a hurry."""

    clock = Clock(scale=0.002)


class TestRunway(HostedContract):
    def backend(self) -> Backend:
        return QuickRunway()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedRunway(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"RUNWAYML_API_SECRET": self.secret, "RUNWAYML_BASE_URL": base}

    def request(self) -> Request:
        return Request(
            kind=ElementKind.SHOT,
            prompt="a harbour at dawn",
            seed=7,
            rate=Rate(numerator=24),
            frames=6,
            raster=Raster(width=64, height=36),
        )

    def cannot(self) -> tuple[Request, ...]:
        return tuple(
            self.request().model_copy(update=changes)
            for changes in (
                {"rate": Rate(numerator=25)},
                {"frames": 24 * 11},
                {"raster": Raster(width=100, height=100)},
                {"prompt": "x" * 1001},
                {"kind": ElementKind.VOICE},
            )
        )
