"""The law of hosted backends on Lantern's: all that its tests have to say is what it is."""

from __future__ import annotations

from lantern import LanternBackend
from lantern.simulated import SimulatedLantern

from generique.backends.hosted.desk import Clock
from generique.model.element import ElementKind, Raster
from generique.model.time import Rate
from generique.production.ports import Backend, Request
from generique.testing.hosted_contract import HostedContract
from generique.testing.providers.faults import Faults
from generique.testing.providers.simulator import Simulator


class QuickLantern(LanternBackend):
    """Lantern's backend, in a hurry."""

    clock = Clock(scale=0.002)


class TestLantern(HostedContract):
    """Every test of the suite."""

    at_once = 3
    currency = "EUR"

    def backend(self) -> Backend:
        return QuickLantern()

    def provider(self, faults: Faults, looks: int) -> Simulator:
        return SimulatedLantern(faults, looks=looks)

    def settings(self, base: str) -> dict[str, str]:
        return {"LANTERN_KEY": self.secret, "LANTERN_BASE_URL": base}

    def request(self) -> Request:
        return Request(
            kind=ElementKind.SHOT,
            prompt="a lantern on a pier",
            seed=3,
            rate=Rate(numerator=24),
            frames=6,
            raster=Raster(width=64, height=36),
        )

    def cannot(self) -> tuple[Request, ...]:
        return (
            self.request().model_copy(update={"frames": 24 * 9}),
            self.request().model_copy(update={"options": {"lens": "fish"}}),
        )
