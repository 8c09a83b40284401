"""Lantern, simulated: a provider on this machine with a book of its own, and every fault."""

from __future__ import annotations

from generique.testing.providers.faults import Fault
from generique.testing.providers.simulator import Asked, Reply, SimulatedJob, Simulator

FATES = {Fault.MODERATED: "refused", Fault.BROKEN: "broken", Fault.CANCELLED: "stopped"}


class SimulatedLantern(Simulator):
    """Serves films."""

    def throttled(self, wait: int | None) -> Reply:
        """Its way to say: later."""
        headers = {"retry-after": str(wait)} if wait is not None else {}
        return Reply(429, {"error": "later"}, headers=headers)

    def answer(self, asked: Asked) -> Reply:
        """Make a film, look at one, stop one."""
        if not asked.headers.get("x-lantern-key"):
            return Reply(401, {"error": "who are you?"})
        if asked.method == "POST":
            body = asked.document()
            job = SimulatedJob("", body["words"], body, float(body["seconds"]), (640, 360))
            return Reply(201, {"film": self.open_job("film-", job).number})
        film = self.jobs.get(asked.path.removeprefix("/v1/films/"))
        if film is None:
            return Reply(404, {"error": "no such film"})
        if asked.method == "DELETE":
            film.cancelled = True
        return Reply(document=self._film(film))

    def _film(self, film: SimulatedJob) -> dict[str, object]:
        part = self.progress(film)
        if film.cancelled:
            return {"state": "stopped"}
        if part < 1.0:
            return {"state": "making", "part": part}
        if film.fate in FATES:
            return {"state": FATES[film.fate]}
        return {"state": "ready", "link": self.link(film)}
