"""Lantern as a backend of Générique: a dialect, which does no input or output, and three lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generique.backends.hosted.backend import HostedBackend
from generique.backends.hosted.provider import (
    Accepted,
    Answer,
    Ask,
    Call,
    Cancels,
    Standing,
    unnamed,
)
from generique.production.job_ports import Failure, Job

FAILURES: dict[str, Failure] = {
    "refused": Failure(kind="moderated", words="its moderation refused it", charged=True),
    "broken": Failure(kind="failed", words="it broke"),
    "stopped": Failure(kind="cancelled", words="it was stopped"),
}


class Lantern(Cancels):
    """How Lantern is spoken to."""

    name = "lantern"

    def access(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The key, in a header of its own."""
        return {"x-lantern-key": keys["LANTERN_KEY"]}

    def create(self, ask: Ask) -> Call:
        """A film from words; the card has been held against the order already."""
        body: dict[str, Any] = {
            "words": ask.request.prompt,
            "seconds": int(ask.seconds),
            "seed": ask.request.seed,
        }
        if "lens" in ask.request.options:
            body["lens"] = ask.request.options["lens"]
        return Call("POST", "/v1/films", body=body)

    def accepted(self, answer: Answer) -> Accepted | Failure:
        """Its number, without which nothing could be followed up."""
        number = answer.document().get("film")
        if isinstance(number, str) and number:
            return Accepted(number)
        return unnamed("film")

    def look(self, job: Job) -> Call:
        """The film; each look gives a new link."""
        return Call("GET", f"/v1/films/{job.number}")

    def read(self, answer: Answer) -> Standing:
        """queued, making, ready, or one of the failures."""
        film = answer.document()
        state = film.get("state")
        if state == "ready":
            return Standing("finished", share=1.0, result=str(film.get("link")))
        if state in FAILURES:
            return Standing("failed", failure=FAILURES[state])
        return Standing("running" if state == "making" else "waiting", share=film.get("part"))

    def cancel(self, job: Job) -> Call:
        """Stops it."""
        return Call("DELETE", f"/v1/films/{job.number}")


class LanternBackend(HostedBackend):
    """``lantern`` and ``lantern:MODEL`` in production.toml."""

    dialect = Lantern
    cards_of = "lantern"
