"""Everything goes wrong at once: providers that fail, and our own process killed again and again.

Shots are ordered from every simulated provider, with faults by chance; the process that orders them
is killed at chosen moments of its traffic and started again, until every shot has ended. Then the
providers' own books are held against ours: nothing may have been paid twice, nothing lost, and no
secret may lie in any file. A second part lets one process follow many jobs at once, and measures
its memory and the time of the processor that each job takes.

``--shots`` and ``--kills`` make it smaller; ``--no-crowd`` leaves out the second part.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from generique.backends.hosted.backend import CARDS
from generique.backends.hosted.desk import Clock
from generique.backends.hosted.provider import Ask
from generique.backends.hosted.runway import RunwayBackend
from generique.machineroom.database import open_database
from generique.machineroom.environment import setting
from generique.machineroom.job_book import DiskOffice, SqlJobBook
from generique.model.errors import GeneriqueError, PastDeadline, Throttled
from generique.model.production import Budget
from generique.production.job_ports import Job, JobState
from generique.production.ports import Stage
from generique.testing.providers.faults import Chance, Fault, Faults
from generique.testing.providers.parties import KEY, PARTIES
from generique.testing.providers.runway import SimulatedRunway
from generique.testing.providers.simulator import Simulator
from generique.testing.stage import FolderStage

RATES: Mapping[str, Mapping[Fault, float]] = {
    "create": {
        Fault.THROTTLED: 0.03, Fault.THROTTLED_BARE: 0.03, Fault.FAILS: 0.01,
        Fault.FAILS_AFTER: 0.01, Fault.LOST: 0.01, Fault.HANG: 0.005,
    },
    "look": {
        Fault.FAILS: 0.03, Fault.THROTTLED_BARE: 0.03, Fault.LOST: 0.02, Fault.TRUNCATED: 0.02,
        Fault.HANG: 0.005,
    },
    "fetch": {
        Fault.EXPIRED: 0.03, Fault.TRUNCATED: 0.05, Fault.LOST: 0.03, Fault.FAILS: 0.03,
        Fault.SLOW: 0.005,
    },
    "job": {Fault.MODERATED: 0.02, Fault.BROKEN: 0.02, Fault.CANCELLED: 0.02},
}  # fmt: skip
"""Probability of each fault, for each event."""
EVENTS_BETWEEN_KILLS = (2, 80)
"""Fewest and most requests that reach a provider before the next kill."""
ROUNDS_WITHOUT_KILLS = 12
CROWD = 200
PACE = 0.4
"""By how much its pauses are shortened: two seconds between looks."""
MOST_MEGABYTES = 300.0
MOST_MILLISECONDS = 5.0
UNKNOWN = "outcome-unknown"
DONE = "done"


# The process that is killed


def drive(folder: Path) -> None:
    """Order all shots that have not ended; each end is written down when it is known."""
    plan = json.loads((folder / "plan.json").read_text())
    ends = folder / "ends.jsonl"
    ended = {each["shot"] for each in read_ends(ends)}
    engine = open_database(folder / ".generique" / "production.db")
    budget = Budget(amount="1000000", currency="USD")
    office = DiskOffice(folder / ".generique", SqlJobBook(engine), lambda: budget)
    with ends.open("a") as book:
        for party in PARTIES:
            shots = [shot for shot in plan[party.name] if shot not in ended]
            backend = party.backend().configured(setting)
            stage = FolderStage(folder / "stages" / party.name, office=office)
            with contextlib.suppress(GeneriqueError):
                backend.place([party.request(shot) for shot in shots], stage)
            for shot in shots:
                end = DONE
                try:
                    made = backend.generate(party.request(shot), stage)
                    made.path.unlink()
                except (PastDeadline, Throttled):
                    continue
                except GeneriqueError as error:
                    end = type(error).code
                book.write(json.dumps({"shot": shot, "end": end}) + "\n")
                book.flush()
                os.fsync(book.fileno())


def read_ends(path: Path) -> list[dict[str, Any]]:
    """Shots that ended, and how; a line that was cut off by a kill says nothing."""
    found = []
    for line in path.read_text().splitlines() if path.exists() else ():
        with contextlib.suppress(ValueError):
            found.append(json.loads(line))
    return found


# The process that kills


class Trap:
    """Faults by chance, and a kill when enough requests have come in.

    Args:
        faults: By chance.
        chance: Of the kills.
    """

    def __init__(self, faults: Faults, chance: random.Random) -> None:
        self._faults, self._chance = faults, chance
        self._left = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def arm(self, process: subprocess.Popen[bytes], events: int) -> None:
        """Kill a process after so many requests; 0 for never."""
        with self._lock:
            self._process, self._left = process, events

    def draw(self, what: str) -> Fault | None:
        """A fault of the chance."""
        if what != "job":
            self._count()
        return self._faults.draw(what)

    def _count(self) -> None:
        with self._lock:
            if self._process is None or self._left == 0:
                return
            self._left -= 1
            if self._left == 0:
                threading.Timer(self._chance.uniform(0, 0.03), self._process.kill).start()


@dataclass
class Storm:
    """A run of the whole: providers, shots and kills."""

    folder: Path
    shots: int
    kills: int
    seed: int
    killed: int = 0
    faults: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def providers(self) -> Iterator[tuple[dict[str, Simulator], Trap]]:
        """All of them, at work."""
        chance = random.Random(self.seed)
        trap = Trap(Chance(self.seed, RATES), chance)
        with contextlib.ExitStack() as stack:
            found = {party.name: stack.enter_context(party.simulator(trap)) for party in PARTIES}
            for provider in found.values():
                provider.hang_seconds = 0.02
            yield found, trap

    def run(self) -> dict[str, Any]:
        """Order, kill and start again until all has ended; then hold the books together."""
        plan = {
            party.name: list(range(place, self.shots, len(PARTIES)))
            for place, party in enumerate(PARTIES)
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "plan.json").write_text(json.dumps(plan))
        with self.providers() as (providers, trap):
            environment = dict(os.environ)
            for party in PARTIES:
                environment |= party.settings(providers[party.name].base, self.folder)
            self._until_ended(trap, environment)
            ends = {each["shot"]: each["end"] for each in read_ends(self.folder / "ends.jsonl")}
            self._account(plan, providers, ends)
            self._look_for_secrets([provider.base for provider in providers.values()])
            return {
                "shots": self.shots,
                "kills": self.killed,
                "ends": dict(sorted(Counter(ends.values()).items())),
                "orders": {name: provider.orders for name, provider in providers.items()},
                "jobs": {name: len(provider.jobs) for name, provider in providers.items()},
                "faults": self.faults,
            }

    def _until_ended(self, trap: Trap, environment: Mapping[str, str]) -> None:
        chance = random.Random(self.seed + 1)
        most = max(4, min(EVENTS_BETWEEN_KILLS[1], 3 * self.shots // (self.kills + 1)))
        quiet = 0
        while quiet < ROUNDS_WITHOUT_KILLS:
            armed = self.killed < self.kills
            with (self.folder / "log.txt").open("ab") as log:
                process = subprocess.Popen(
                    [sys.executable, __file__, "--drive", str(self.folder)],
                    env=environment,
                    stdout=log,
                    stderr=log,
                )
            trap.arm(process, chance.randint(EVENTS_BETWEEN_KILLS[0], most) if armed else 0)
            status = process.wait()
            trap.arm(process, 0)
            self.killed += status == -signal.SIGKILL
            quiet += not armed
            if status not in {0, -signal.SIGKILL}:
                self.faults.append(f"the process ended with {status}, see log.txt")
                return
            if len(read_ends(self.folder / "ends.jsonl")) >= self.shots:
                return

    def _account(
        self,
        plan: Mapping[str, list[int]],
        providers: Mapping[str, Simulator],
        ends: Mapping[int, str],
    ) -> None:
        """Hold our book against those of the providers."""
        engine = open_database(self.folder / ".generique" / "production.db")
        ours: dict[int, list[Job]] = {}
        for job in SqlJobBook(engine).all():
            ours.setdefault(shot_of(job.prompt), []).append(job)
        engine.dispose()
        for name, shots in plan.items():
            theirs: dict[int, list[str]] = {}
            for number, made in providers[name].jobs.items():
                theirs.setdefault(shot_of(made.prompt), []).append(number)
            for shot in shots:
                jobs, numbers = ours.get(shot, []), theirs.get(shot, [])
                paid = [n for n in numbers if providers[name].jobs[n].fate not in FREE]
                self._judge(shot, jobs, set(numbers), len(paid), ends.get(shot))

    def _judge(
        self, shot: int, jobs: list[Job], numbers: set[str], paid: int, end: str | None
    ) -> None:
        """One shot: what our book says of it, and what the provider's."""
        known = {job.number for job in jobs if job.number is not None}
        unknown = sum(job.state is JobState.INTENDED for job in jobs)
        said = [
            (end is None, "has not ended"),
            (paid > 1, f"was paid {paid} times"),
            (bool(known - numbers), "has a number that the provider never gave"),
            (len(numbers - known) > unknown, "has a job that nobody knows of"),
            (end == DONE and paid != 1, f"is done and was paid {paid} times"),
            (
                end == DONE and not any(job.state is JobState.FINISHED for job in jobs),
                "is done and its job is not finished",
            ),
            (end == UNKNOWN and unknown != 1, f"is unknown with {unknown} open intents"),
        ]
        self.faults += [f"shot {shot} {words}" for wrong, words in said if wrong]

    def _look_for_secrets(self, bases: list[str]) -> None:
        for path in self.folder.rglob("*"):
            if not path.is_file():
                continue
            data = path.read_bytes()
            if any(word.encode() in data for word in (KEY, *bases)):
                self.faults.append(f"a secret lies in {path.relative_to(self.folder)}")
            if path.name == "log.txt" and b"Traceback" in data:
                self.faults.append("the process ended with a traceback, see log.txt")


FREE = frozenset({Fault.BROKEN, Fault.CANCELLED})
"""Fates of jobs that are placed anew by the next run, and are not charged."""


def shot_of(prompt: str) -> int:
    """Number of the shot that a prompt names at its end."""
    return int(prompt.rpartition(" ")[2])


# Many at once


class Crowd(RunwayBackend):
    """Runway's backend without the decoding of pictures, which is not the desk's work."""

    clock = Clock(scale=PACE)

    def _conformed(self, original: Path, ask: Ask, stage: Stage) -> Path:
        stage.progress(1, 1, f"{ask.model} came")
        return original


def follow_many(folder: Path) -> None:
    """Follow many jobs at once; prints milliseconds of the processor for each, and megabytes.

    Calls and downloads run in threads of their own, so the first thread's time is what desk, book
    and orders take; the process's is that and the HTTP client.
    """
    engine = open_database(folder / ".generique" / "production.db")
    budget = Budget(amount="1000000", currency="USD")
    office = DiskOffice(folder / ".generique", SqlJobBook(engine), lambda: budget)
    party = PARTIES[0]
    stage = FolderStage(folder / "stage", office=office)
    backend = Crowd().configured({CARDS: str(folder / "cards")}.get)
    requests = [party.request(seed) for seed in range(CROWD + 1)]
    backend.generate(requests.pop(), stage)  # what is loaded once is no part of a job
    start, own = time.process_time(), time.thread_time()
    backend.place(requests, stage)
    numbers = {
        made.job.number for made in (backend.generate(r, stage) for r in requests) if made.job
    }
    each = (time.process_time() - start) / CROWD * 1000
    own_each = (time.thread_time() - own) / CROWD * 1000
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"jobs": len(numbers), "milliseconds": own_each, "with_http": each, "megabytes": most}
    print(json.dumps(found))


def crowd(folder: Path) -> dict[str, Any]:
    """Measure one process with many jobs."""
    cards = folder / "cards"
    cards.mkdir(parents=True)
    own = resources.files("generique.backends.hosted") / "cards" / "runway.toml"
    (cards / "runway.toml").write_text(
        own.read_text("utf-8").replace("jobs = 2", f"jobs = {CROWD}")
    )
    with SimulatedRunway(looks=4) as provider:
        done = subprocess.run(
            [sys.executable, __file__, "--crowd", str(folder)],
            env=os.environ | PARTIES[0].settings(provider.base, folder),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            return {"faults": [f"the crowd ended with {done.returncode}: {done.stderr[-2000:]}"]}
        found: dict[str, Any] = json.loads(done.stdout)
        looks = sum(line.startswith("GET /v1/tasks") for line in provider.log)
        found |= {"looks": looks, "at_once": provider.most_at_once}
    limits = [
        (found["jobs"] != CROWD, f"{found['jobs']} of {CROWD} jobs were followed"),
        (found["at_once"] != CROWD, f"{found['at_once']} were at work at once"),
        (found["megabytes"] > MOST_MEGABYTES, f"over {MOST_MEGABYTES:g} MB"),
        (found["milliseconds"] > MOST_MILLISECONDS, f"over {MOST_MILLISECONDS:g} ms a job"),
    ]
    return found | {"faults": [words for wrong, words in limits if wrong]}


def main(arguments: list[str]) -> int:
    """Run both parts; 1 when a law was broken or a limit exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--no-crowd", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder in which everything stays")
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--crowd", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args(arguments)
    if said.drive or said.crowd:
        (drive if said.drive else follow_many)(said.drive or said.crowd)
        return 0
    with tempfile.TemporaryDirectory() as aside:
        folder = said.keep or Path(aside)
        start = time.monotonic()
        found = {"storm": Storm(folder / "storm", said.shots, said.kills, said.seed).run()}
        found["storm"]["seconds"] = round(time.monotonic() - start, 1)
        if not said.no_crowd:  # the one part with limits of time
            found["crowd"] = crowd(folder / "crowd")
    print(json.dumps(found, indent=2))
    return 1 if any(part["faults"] for part in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
